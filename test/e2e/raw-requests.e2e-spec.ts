import { connect } from 'node:net';
import { loggedIn } from '../support/logins';
import { eventually } from '../support/program';
import { Stack } from '../support/stack';

jest.setTimeout(120_000);

/** What a client library would never send, and what each answer says to a browser, to the byte. */
let stack: Stack;
beforeAll(async () => {
  stack = await Stack.start('raw', { worker: false });
});
afterAll(() => stack?.stop());

interface Answer {
  readonly status: number;
  readonly headers: Headers;
  readonly body: string;
  /** Everything that came on the connection until it was closed. */
  readonly text: string;
}

/** Sends the lines as they are, and reads until the other side closes. */
function exchange(...lines: readonly string[]): Promise<Answer> {
  const { hostname, port } = new URL(stack.api.url);
  return new Promise((done, fail) => {
    let text = '';
    const socket = connect(Number(port), hostname, () => socket.write(lines.join('\r\n')));
    socket.setTimeout(30_000, () => socket.destroy(new Error('the connection was left open')));
    socket.setEncoding('utf8').on('data', (chunk: string) => (text += chunk));
    socket.on('error', fail).on('close', () => done(answerIn(text)));
  });
}

function answerIn(text: string): Answer {
  const [head = '', body = ''] = text.split('\r\n\r\n');
  const [first = '', ...fields] = head.split('\r\n');
  const headers = new Headers(fields.map((field) => field.split(/: (.*)/s).slice(0, 2) as [string, string]));
  return { status: Number(first.split(' ')[1]), headers, body, text };
}

const HOST = 'Host: 127.0.0.1';
const get = (path: string, ...more: readonly string[]) =>
  exchange(`GET ${path} HTTP/1.1`, HOST, 'Connection: close', ...more, '', '');
const post = (...more: readonly string[]) =>
  exchange('POST /v1/auth/login HTTP/1.1', HOST, 'Content-Type: application/json', ...more);

function isSafe({ headers }: Answer): void {
  expect(Object.fromEntries(headers)).toMatchObject({
    'strict-transport-security': 'max-age=31536000; includeSubDomains',
    'x-content-type-options': 'nosniff',
    'referrer-policy': 'no-referrer',
  });
  const policy = headers.get('content-security-policy') ?? '';
  for (const directive of ["default-src 'none'", "base-uri 'none'", "frame-ancestors 'none'"])
    expect(policy).toContain(directive);
}

interface Line {
  readonly msg: string;
  readonly requestId: string;
}

const logged = (): Line[] =>
  stack.output
    .split('\n')
    .filter((line) => line.includes('"msg":"http.request"'))
    .map((line) => JSON.parse(line.slice(line.indexOf('{'))) as Line);

it.each([
  ['/health/live', 200],
  ['/docs', 200],
  ['/docs/', 200],
  ['/docs/swagger-ui.css', 200],
  ['/docs/swagger-ui-init.js', 200],
  ['/docs/errors/UNAUTHENTICATED', 200],
  ['/reference', 200],
  ['/v1/payments/none', 401],
  ['/pay/no-such-link', 404],
  ['/nothing', 404],
  ['/metrics', 404],
  ['/%zz', 404],
  ['/v1/payments/%ff', 404],
  [`/docs/errors/${'x'.repeat(301)}`, 404],
])('%s is answered with all headers, and with the alphabet of a text', async (path, status) => {
  const answer = await get(path);
  expect(answer.status).toBe(status);
  isSafe(answer);
  // A style sheet is the same for everybody.
  if (!path.endsWith('.css')) expect(answer.headers.get('cache-control')).toBe('no-store');
  const type = answer.headers.get('content-type') ?? '';
  expect(type).toMatch(/^[\w/+.-]+; charset=utf-8$/i);
  if (status >= 400 && !path.startsWith('/pay/')) {
    expect(JSON.parse(answer.body)).toMatchObject({ status, traceId: answer.headers.get('x-request-id') });
    expect(answer.body).not.toContain(path);
  }
});

it('is logged with its code when it is refused, and with who asked for what is not there', async () => {
  const headers = { authorization: await loggedIn(stack.api.url, 'merchant2') };
  const foreign = await fetch(`${stack.api.url}/v1/members/me/none`, { headers });
  const other = await fetch(`${stack.api.url}/v1/transactions/pay_01K9Z3V4T5W6X7Y8Z9ABCDEFGH`, { headers });
  const bad = await stack.merchant.send('POST', '/v1/payments/card', { mid: 'M0000001', surprise: 1 });
  expect([foreign.status, other.status, bad.status]).toEqual([404, 404, 400]);
  const lineOf = ({ headers: told }: { headers: Headers }) =>
    logged().find(({ requestId }) => requestId === told.get('x-request-id'));
  await eventually(() => Promise.resolve(lineOf(bad)), { withinMs: 5_000, what: 'the line of the last' });
  const member = { memberId: expect.stringMatching(/^mem_/), mid: 'M0000002' };
  expect(lineOf(other)).toMatchObject({ level: 30, status: 404, code: 'TRANSACTION_NOT_FOUND', ...member });
  expect(lineOf(bad)).toMatchObject({ level: 30, status: 400, code: 'VALIDATION_FAILED', mid: 'M0000001' });
});

describe('what is no request', () => {
  const next = ['GET /health/live HTTP/1.1', HOST, '', ''];

  it.each<[string, () => Promise<Answer>, number]>([
    [
      'a length and chunks',
      () => post('Content-Length: 4', 'Transfer-Encoding: chunked', '', '0', '', ...next),
      400,
    ],
    ['two lengths', () => post('Content-Length: 2', 'Content-Length: 40', '', `{}${next.join('\r\n')}`), 400],
    ['an encoding that nobody knows', () => post('Transfer-Encoding: xchunked', '', '0', '', ...next), 400],
    ['a blank before the colon', () => post('Transfer-Encoding : chunked', '', '0', '', ...next), 400],
    ['a length below nothing', () => post('Content-Length: -1', '', ...next), 400],
    ['a chunk of no number', () => post('Transfer-Encoding: chunked', '', 'zz', '', '0', '', ...next), 400],
    ['headers that are too long', () => get('/health/live', `X-Long: ${'x'.repeat(20_000)}`), 431],
    ['a method that nobody knows', () => exchange('NONSENSE / HTTP/1.1', HOST, '', ...next), 400],
  ])(
    'is refused and the connection closed, so that nothing hides behind it: %s',
    async (_what, send, status) => {
      const answer = await send();
      expect(answer.status).toBe(status);
      expect(answer.text.match(/^HTTP\/1\.1 /gm)).toHaveLength(1);
      isSafe(answer);
      expect(answer.headers.get('content-type')).toBe('application/problem+json; charset=utf-8');
      expect(JSON.parse(answer.body)).toMatchObject({ type: 'about:blank', status });
    },
  );
});

it('believes nobody about an address where no proxy is named', async () => {
  const left: number[] = [];
  for (const more of ['X-Forwarded-For: 203.0.113.1', 'Forwarded: for=203.0.113.2', 'X-Real-IP: 203.0.113.3'])
    left.push(Number((await get('/.well-known/jwks.json', more)).headers.get('ratelimit-remaining')));
  // One bucket, that of the connection.
  expect(left).toEqual([left[0], left[0]! - 1, left[0]! - 2]);
});

it('decodes a path once', async () => {
  expect((await get('/docs/errors/UNAUTHENTICATE%44')).status).toBe(200);
  expect((await get('/docs/errors/UNAUTHENTICATE%2544')).status).toBe(404);
});

it('sends back nothing of a TRACE, and lists no folder', async () => {
  const trace = await exchange('TRACE / HTTP/1.1', HOST, 'X-Mark: canary', 'Connection: close', '', '');
  expect([trace.status, trace.text.includes('canary')]).toEqual([404, false]);
  for (const folder of ['/docs/static/', '/docs/..%2f', '/docs/../', '/.git/', '/dist/'])
    expect([403, 404]).toContain((await get(folder)).status);
});
