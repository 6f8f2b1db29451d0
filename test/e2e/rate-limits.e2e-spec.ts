import { basic } from '../support/merchant';
import { pause } from '../support/program';
import { Stack } from '../support/stack';

jest.setTimeout(120_000);

const LIMITS = { merchant: 5, member: 20, public: 4, login: 3 };

let stack: Stack;
beforeAll(async () => {
  stack = await Stack.start('limits', {
    worker: false,
    env: {
      RATE_MERCHANT_PER_SECOND: String(LIMITS.merchant),
      RATE_MEMBER_PER_SECOND: String(LIMITS.member),
      RATE_PUBLIC_PER_MINUTE: String(LIMITS.public),
      RATE_LOGIN_PER_MINUTE: String(LIMITS.login),
      // The tests speak as the proxy in front of clients of many addresses.
      TRUST_PROXY: '127.0.0.1',
    },
  });
});
afterAll(() => stack?.stop());

interface Call {
  readonly path: string;
  readonly from: string;
  readonly authorization?: string;
  readonly body?: string;
}

async function call({ path, from, authorization, body }: Call): Promise<Response> {
  const isForm = path.startsWith('/oauth/');
  const answer = await fetch(`${stack.api.url}${path}`, {
    method: body === undefined ? 'GET' : 'POST',
    body,
    headers: {
      'x-forwarded-for': from,
      ...(authorization && { authorization }),
      ...(body && { 'content-type': isForm ? 'application/x-www-form-urlencoded' : 'application/json' }),
    },
  });
  return answer;
}

async function many(count: number, one: Call): Promise<Response[]> {
  return Promise.all(Array.from({ length: count }, () => call(one)));
}

const statusesOf = (answers: readonly Response[]) =>
  answers.map(({ status }) => status).sort((a, b) => a - b);

/** What a refused answer tells a client of when to come again. */
async function isRefusal(answer: Response, rateClass: string, points: number, seconds: number) {
  expect(answer.status).toBe(429);
  const retryAfter = Number(answer.headers.get('retry-after'));
  expect(retryAfter).toBeGreaterThanOrEqual(1);
  expect(retryAfter).toBeLessThanOrEqual(seconds);
  expect(Object.fromEntries(answer.headers)).toMatchObject({
    'ratelimit-limit': String(points),
    'ratelimit-remaining': '0',
    'ratelimit-reset': String(retryAfter),
    'ratelimit-policy': `"${rateClass}";q=${points};w=${seconds}`,
    ratelimit: `"${rateClass}";r=0;t=${retryAfter}`,
  });
  return (await answer.json()) as Record<string, unknown>;
}

const refusalIn = (answers: readonly Response[]) => answers.find(({ status }) => status === 429)!;

it('counts a merchant system by its mid, whatever its address, and opens again', async () => {
  const path = '/v1/payments/orders/nothing';
  const own = { path, from: '203.0.113.1', authorization: basic('sk_test_M0000001') };
  const answers = await many(LIMITS.merchant, own);
  answers.push(await call({ ...own, from: '203.0.113.2' }));
  expect(statusesOf(answers)).toEqual([...Array(LIMITS.merchant).fill(404), 429]);
  const problem = await isRefusal(refusalIn(answers), 'merchant', LIMITS.merchant, 1);
  expect(problem).toMatchObject({ status: 429, code: 'RATE_LIMITED' });
  expect((await call({ ...own, authorization: basic('sk_test_M0000002') })).status).toBe(404);
  await pause(1_100);
  const again = await call(own);
  expect(again.status).toBe(404);
  expect(again.headers.get('ratelimit-remaining')).toBe(String(LIMITS.merchant - 1));
});

it('counts the public by address', async () => {
  const open = { path: '/.well-known/jwks.json', from: '203.0.113.10' };
  const answers = await many(LIMITS.public + 1, open);
  expect(statusesOf(answers)).toEqual([...Array(LIMITS.public).fill(200), 429]);
  await isRefusal(refusalIn(answers), 'public', LIMITS.public, 60);
  expect((await call({ ...open, from: '203.0.113.11' })).status).toBe(200);
});

it('counts logins and OAuth requests by address, apart from the rest', async () => {
  const from = '203.0.113.20';
  const body = JSON.stringify({ loginId: 'nobody', password: 'wrong' });
  const login = { path: '/v1/auth/login', from, body };
  const answers: Response[] = [];
  for (let n = 0; n <= LIMITS.login; n += 1) answers.push(await call(login));
  expect(statusesOf(answers)).toEqual([...Array(LIMITS.login).fill(401), 429]);
  await isRefusal(refusalIn(answers), 'login', LIMITS.login, 60);
  const token = await call({ path: '/oauth/token', from, body: 'grant_type=client_credentials' });
  expect(await isRefusal(token, 'login', LIMITS.login, 60)).toMatchObject({
    error: 'temporarily_unavailable',
  });
  expect((await call({ path: '/.well-known/jwks.json', from })).status).toBe(200);
  expect((await call({ ...login, from: '203.0.113.21' })).status).toBe(401);
});

it('counts a member by its id', async () => {
  const body = JSON.stringify({ loginId: 'merchant1', password: 'Demo!2026pass' });
  const session = await call({ path: '/v1/auth/login', from: '203.0.113.30', body });
  const { accessToken } = (await session.json()) as { accessToken: string };
  const own = {
    path: '/v1/members/me',
    from: '203.0.113.30',
    authorization: `Bearer ${accessToken}`,
  };
  const answers = await many(LIMITS.member + 10, own);
  expect(answers.filter(({ status }) => status === 200).length).toBeGreaterThanOrEqual(LIMITS.member);
  await isRefusal(refusalIn(answers), 'member', LIMITS.member, 1);
});

it.each([
  ['unknown secret keys', basic('sk_test_nobody')],
  ['tokens that are none', 'Bearer a.b.c'],
  ['no credentials at all', undefined],
])('counts refused credentials by address, and then looks none up: %s', async (what, authorization) => {
  const from = `198.51.100.${what.length}`;
  const path = '/v1/payments/orders/nothing';
  const answers: Response[] = [];
  for (let n = 0; n <= LIMITS.public; n += 1) answers.push(await call({ path, from, authorization }));
  expect(statusesOf(answers)).toEqual([...Array(LIMITS.public).fill(401), 429]);
  expect(await isRefusal(answers.at(-1)!, 'refused', LIMITS.public, 60)).toMatchObject({
    code: 'RATE_LIMITED',
  });
  // Not even right ones are looked at there; elsewhere they are.
  const right = basic('sk_test_M0000003');
  expect((await call({ path, from, authorization: right })).status).toBe(429);
  expect((await call({ path, from: '198.51.100.250', authorization: right })).status).toBe(404);
});

it.each(['/health/live', '/health/ready'])('never refuses a probe of %s', async (path) => {
  const answers = await many(5 * LIMITS.public, { path, from: '203.0.113.40' });
  expect(new Set(statusesOf(answers))).toEqual(new Set([200]));
  expect(answers[0]!.headers.get('ratelimit-limit')).toBeNull();
});
