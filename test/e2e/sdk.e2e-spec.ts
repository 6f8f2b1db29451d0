import { createHmac, randomUUID } from 'node:crypto';
import { createServer, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { PgGateway, type PgGatewayOptions } from '../../sdk/src/client';
import { ConnectionFailedError, OutcomeUnknownError, PgGatewayError } from '../../sdk/src/errors';
import { verifyWebhook, WebhookSignatureError } from '../../sdk/src/webhooks';
import { CARD, demoKey, newOrderNo } from '../support/merchant';
import { Stack } from '../support/stack';

const MID = 'M0000001';
const SECRET_KEY = `sk_test_${MID}`;
const TRIES = 4;
/** Longer than the shortest life of a token. */
const TOKEN_MS = 1_100;

let stack: Stack;
let proxy: LossyProxy;

beforeAll(async () => {
  stack = await Stack.start('sdk');
  proxy = await LossyProxy.start(stack.api.url);
});
afterAll(async () => {
  await proxy?.stop();
  await stack?.stop();
});

function gateway(more: Partial<PgGatewayOptions> = {}): PgGateway {
  return new PgGateway({
    baseUrl: stack.api.url,
    mid: MID,
    credentials: { secretKey: SECRET_KEY },
    encryptionKey: { kid: `ek_test_${MID}`, key: demoKey(MID) },
    language: 'en',
    ...more,
  });
}

function card(more: Record<string, unknown> = {}) {
  return {
    orderNo: newOrderNo(),
    amount: 50_000,
    goodsName: '만년필',
    cardNumber: CARD.approved as string,
    cardExpiry: '3012',
    birthOrBusinessNo: '900101',
    cardPasswordTwoDigits: '12',
    installmentMonths: 0,
    ...more,
  };
}

const failureOf = (promise: Promise<unknown>): Promise<unknown> =>
  promise.then(
    () => undefined,
    (error: unknown) => error,
  );

describe('a merchant with the SDK', () => {
  it('approves, cancels, looks up, and reads its transactions page by page', async () => {
    const client = gateway();
    const wanted = card();
    const payment = await client.approve(wanted);
    expect(payment).toMatchObject({ outcome: 'SUCCESS', status: 'APPROVED', amount: 50_000 });
    const { paymentId } = payment;
    const cancelled = await client.call('post', '/v1/payments/{paymentId}/cancel', {
      path: { paymentId },
      body: { cancelAmount: 10_000, reason: '일부 반품' },
    });
    expect(cancelled.balanceAmount).toBe(40_000);
    const found = await client.call('get', '/v1/payments/orders/{orderNo}', {
      path: { orderNo: wanted.orderNo },
    });
    expect(found.paymentId).toBe(paymentId);
    for (let more = 0; more < 2; more += 1) await client.approve(card());
    const ids: string[] = [];
    for await (const { transactionId } of client.each('/v1/transactions', { limit: 2 }))
      ids.push(transactionId);
    expect(ids.length).toBeGreaterThanOrEqual(3);
    expect(new Set(ids).size).toBe(ids.length);
  });

  it('is told of a decline, and of bad fields, with their codes', async () => {
    const declined = await failureOf(gateway().approve(card({ cardNumber: '4000000000000002' })));
    expect(declined).toBeInstanceOf(PgGatewayError);
    expect(declined).toMatchObject({
      httpStatus: 402,
      code: 'CARD_DECLINED',
      problem: { outcome: 'FAILURE' },
    });
    const wrong = await failureOf(gateway().approve(card({ amount: 1 })));
    expect(wrong).toMatchObject({ code: 'VALIDATION_FAILED', problem: { errors: [{ field: 'amount' }] } });
  });

  it('takes an acquirer that stays silent for what it is: unknown until it is known', async () => {
    const error = await failureOf(gateway().approve(card({ cardNumber: CARD.silent })));
    expect(error).toBeInstanceOf(OutcomeUnknownError);
    const { paymentId } = error as OutcomeUnknownError;
    expect(paymentId).toMatch(/^pay_/);
    const payment = await gateway().call('get', '/v1/payments/{paymentId}', {
      path: { paymentId: paymentId! },
    });
    expect(['REVERSING', 'REVERSED']).toContain(payment.status);
  });
});

it('a checkout is confirmed and failed with the SDK, though both calls are public', async () => {
  const client = gateway();
  const order = { orderNo: newOrderNo(), amount: 30_000, goodsName: '잉크', acquirer: 'toss' } as const;
  const { checkoutId, paymentToken } = await client.call('post', '/v1/checkouts', { body: order });
  const path = { checkoutId };
  const body = { paymentToken, amount: 30_000, paymentKey: 'tk_20260102030405none1' };
  const unpaid = await failureOf(client.call('post', '/v1/checkouts/{checkoutId}/confirm', { path, body }));
  expect(unpaid).toBeInstanceOf(PgGatewayError);
  const failed = { code: 'USER_CANCEL', paymentToken };
  await client.call('post', '/v1/checkouts/{checkoutId}/fail', { path, body: failed });
  const { status } = await client.call('get', '/v1/checkouts/{checkoutId}', { path });
  expect(status).not.toBe('CREATED');
});

describe('an answer that is lost', () => {
  it('is asked for again under the same key, and the card is charged once', async () => {
    const wanted = card();
    proxy.loseAnswers(2);
    const payment = await gateway({ baseUrl: proxy.url }).approve(wanted);
    expect(payment).toMatchObject({ outcome: 'SUCCESS', status: 'APPROVED' });
    expect(proxy.seen).toHaveLength(3);
    expect(new Set(proxy.seen.map(({ key, body }) => `${key} ${body}`)).size).toBe(1);
    const found = await gateway().call('get', '/v1/payments/orders/{orderNo}', {
      path: { orderNo: wanted.orderNo },
    });
    expect(found.attempts).toHaveLength(1);
  });

  it('every time: the outcome is unknown, and the same key finds the payment later', async () => {
    const wanted = card();
    const idempotencyKey = randomUUID();
    proxy.loseAnswers(TRIES);
    const client = gateway({ baseUrl: proxy.url });
    const error = await failureOf(client.approve(wanted, { idempotencyKey }));
    expect(error).toBeInstanceOf(OutcomeUnknownError);
    expect((error as OutcomeUnknownError).attempted).toMatchObject({ idempotencyKey, method: 'POST' });
    expect(proxy.seen).toHaveLength(TRIES);
    const found = await client.call('get', '/v1/payments/orders/{orderNo}', {
      path: { orderNo: wanted.orderNo },
    });
    expect([found.status, found.attempts.length]).toEqual(['APPROVED', 1]);
  });

  it('of a read is no doubt about anything', async () => {
    proxy.loseAnswers(TRIES);
    const read = gateway({ baseUrl: proxy.url }).call('get', '/v1/payments/stats', {
      query: { from: '2026-01-01', to: '2026-01-02' },
    });
    expect(await failureOf(read)).toBeInstanceOf(ConnectionFailedError);
  });
});

/** A client to whom every token is `token`, after `takesMs`, and every other call answers {}. */
function withTokens(token: string, takesMs = 0) {
  const paths: string[] = [];
  const send: typeof fetch = async (url) => {
    const { pathname } = new URL(url instanceof Request ? url.url : url);
    paths.push(pathname);
    if (pathname !== '/oauth/token') return new Response('{}', { status: 200 });
    await new Promise((wait) => setTimeout(wait, takesMs));
    return new Response(token, { status: 200 });
  };
  const client = gateway({ credentials: { clientId: MID, clientSecret: SECRET_KEY }, fetch: send });
  return { client, asked: (path: string) => paths.filter((each) => each === path).length };
}

const statsOf = (client: PgGateway) =>
  client.call('get', '/v1/payments/stats', { query: { from: '2026-01-01', to: '2026-01-02' } });

describe('tokens', () => {
  it('are fetched once for many calls, and anew when they were revoked', async () => {
    const asked: string[] = [];
    const tokens: string[] = [];
    const watching: typeof fetch = async (url, init) => {
      const { pathname } = new URL(url instanceof Request ? url.url : url);
      asked.push(pathname);
      const answer = await fetch(url, init);
      if (pathname === '/oauth/token')
        tokens.push(((await answer.clone().json()) as { access_token: string }).access_token);
      return answer;
    };
    const client = gateway({ credentials: { clientId: MID, clientSecret: SECRET_KEY }, fetch: watching });
    const stats = () => statsOf(client);
    await Promise.all([stats(), stats(), stats()]);
    await stats();
    expect(asked.filter((path) => path === '/oauth/token')).toHaveLength(1);
    const revoked = await fetch(`${stack.api.url}/oauth/revoke`, {
      method: 'POST',
      headers: { authorization: `Basic ${Buffer.from(`${MID}:${SECRET_KEY}`).toString('base64')}` },
      body: new URLSearchParams({ token: tokens[0]! }),
    });
    expect(revoked.status).toBe(200);
    await stats();
    expect(tokens).toHaveLength(2);
    expect(tokens[1]).not.toBe(tokens[0]);
  });

  it.each([
    ['shorter than its fetch takes', 1],
    ['over before it comes', 0],
  ])('that live %s are used once each: no call asks for a second one', async (_what, expiresIn) => {
    const { client, asked } = withTokens(`{"access_token":"t","expires_in":${expiresIn}}`, TOKEN_MS);
    for (let calls = 1; calls <= 2; calls += 1) {
      await statsOf(client);
      expect([asked('/oauth/token'), asked('/v1/payments/stats')]).toEqual([calls, calls]);
    }
  });

  it.each([
    ['missing', '{"access_token":"t"}'],
    ['null', '{"access_token":"t","expires_in":null}'],
    ['a text', '{"access_token":"t","expires_in":"3600"}'],
  ])('whose expires_in is %s are refused, and nothing is sent', async (_what, token) => {
    const { client, asked } = withTokens(token);
    const error = await failureOf(statsOf(client));
    expect(error).toBeInstanceOf(ConnectionFailedError);
    expect((error as Error).cause).toMatchObject({ message: expect.stringContaining('expires_in') });
    expect([asked('/oauth/token'), asked('/v1/payments/stats')]).toEqual([1, 0]);
  });

  it('that are refused to a wrong secret say so', async () => {
    const wrong = gateway({ credentials: { clientId: MID, clientSecret: 'sk_test_none' } });
    expect(await failureOf(wrong.approve(card()))).toMatchObject({ httpStatus: 401, code: 'invalid_client' });
  });
});

describe('tries', () => {
  const problem =
    (status: number, body: object, headers: Record<string, string> = {}) =>
    () =>
      Promise.resolve(
        new Response(JSON.stringify(body), {
          status,
          headers: { 'content-type': 'application/problem+json', ...headers },
        }),
      );
  const good = () => Promise.resolve(new Response('{"paymentId":"pay_1"}', { status: 200 }));
  const broken = () => Promise.reject(new TypeError('fetch failed'));

  /** A client whose gateway answers so, one after the other; and how often it was asked. */
  function scripted(...answers: (() => Promise<Response>)[]) {
    let asked = 0;
    const send: typeof fetch = () => answers[Math.min(asked++, answers.length - 1)]!();
    return { client: gateway({ fetch: send }), asked: () => asked };
  }

  it.each([
    ['429', problem(429, { code: 'RATE_LIMITED' }, { 'retry-after': '0' })],
    ['503', problem(503, { code: 'SERVICE_UNAVAILABLE' }, { 'retry-after': '0' })],
    ['a 504 that is not the gateway’s', problem(504, {}, { 'retry-after': '0' })],
    ['still running', problem(409, { code: 'IDEMPOTENCY_IN_PROGRESS' }, { 'retry-after': '0' })],
    ['a broken connection', broken],
  ])('go on after %s', async (_what, first) => {
    const { client, asked } = scripted(first, good);
    expect(await client.approve(card())).toEqual({ paymentId: 'pay_1' });
    expect(asked()).toBe(2);
  });

  it('wait as long as they are asked to', async () => {
    const { client } = scripted(problem(429, { code: 'RATE_LIMITED' }, { 'retry-after': '1' }), good);
    const since = performance.now();
    await client.approve(card());
    expect(performance.now() - since).toBeGreaterThanOrEqual(990);
  });

  it.each([
    [PgGatewayError, 'a refusal', problem(400, { code: 'VALIDATION_FAILED' })],
    [
      PgGatewayError,
      'undone',
      problem(504, { code: 'ACQUIRER_TIMEOUT', status: 'REVERSED', outcome: 'FAILURE' }),
    ],
    [OutcomeUnknownError, 'being undone', problem(504, { code: 'ACQUIRER_TIMEOUT', outcome: 'UNKNOWN' })],
    [OutcomeUnknownError, 'not written down', problem(503, { code: 'PAYMENT_OUTCOME_UNKNOWN' })],
    [OutcomeUnknownError, 'a fault of the gateway', problem(500, { code: 'INTERNAL_ERROR' })],
    [OutcomeUnknownError, 'running under another key', problem(409, { code: 'PAYMENT_IN_PROGRESS' })],
    [OutcomeUnknownError, 'sent before in other bytes', problem(422, { code: 'IDEMPOTENCY_KEY_REUSED' })],
  ])('end at once, with %p: %s', async (type, _what, answer) => {
    const { client, asked } = scripted(answer, good);
    expect(await failureOf(client.approve(card()))).toBeInstanceOf(type);
    expect(asked()).toBe(1);
  });

  it.each([
    ['lost', broken],
    ['refused for coming often', problem(429, { code: 'RATE_LIMITED' }, { 'retry-after': '0' })],
  ])('leave the first one in doubt when all that came after it was %s', async (_what, then) => {
    const { client, asked } = scripted(broken, then);
    expect(await failureOf(client.approve(card()))).toBeInstanceOf(OutcomeUnknownError);
    expect(asked()).toBe(TRIES);
  });

  it.each([
    ['the key was revoked meanwhile', problem(401, { code: 'UNAUTHENTICATED' })],
    ['it came too late to be taken', problem(400, { code: 'REQUEST_EXPIRED' })],
    ['something between refused it', () => Promise.resolve(new Response('<html>', { status: 403 }))],
  ])('leave the first one in doubt when the second was refused since %s', async (_what, refused) => {
    const { client, asked } = scripted(broken, refused);
    expect(await failureOf(client.approve(card()))).toBeInstanceOf(OutcomeUnknownError);
    expect(asked()).toBe(2);
  });

  it('are over when the second one tells how the first one ended', async () => {
    const declined = problem(402, { code: 'CARD_DECLINED', outcome: 'FAILURE' });
    const { client } = scripted(broken, declined);
    expect(await failureOf(client.approve(card()))).toBeInstanceOf(PgGatewayError);
  });

  it('leave the first one in doubt when no token is to be had for the next', async () => {
    const token = () => Promise.resolve(new Response('{"access_token":"t","expires_in":1}', { status: 200 }));
    const paths: string[] = [];
    const answers = [token, problem(503, {}, { 'retry-after': '2' }), broken];
    const send: typeof fetch = (url) => {
      paths.push(new URL(url instanceof Request ? url.url : url).pathname);
      return answers[Math.min(paths.length, answers.length) - 1]!();
    };
    const credentials = { clientId: MID, clientSecret: SECRET_KEY };
    const error = await failureOf(gateway({ fetch: send, credentials }).approve(card()));
    expect(error).toBeInstanceOf(OutcomeUnknownError);
    expect(paths).toEqual(['/oauth/token', '/v1/payments/card', '/oauth/token']);
  });

  it('are none without a token: nothing was sent, so nothing is in doubt', async () => {
    const credentials = { clientId: MID, clientSecret: SECRET_KEY };
    const client = gateway({ fetch: broken, credentials });
    expect(await failureOf(client.approve(card()))).toBeInstanceOf(ConnectionFailedError);
  });
});

describe('a webhook', () => {
  const secret = `whsec_${Buffer.from('k'.repeat(32)).toString('base64')}`;
  const body = '{"type":"payment.approved"}';
  const now = new Date('2026-01-02T03:04:05Z');
  const timestamp = String(now.getTime() / 1_000);
  const sign = (key: string, text = body) =>
    `v1,${createHmac('sha256', Buffer.from(key.slice(6), 'base64'))
      .update(`msg_1.${timestamp}.${text}`)
      .digest('base64')}`;
  const headers = (signature: string) => ({
    'webhook-id': 'msg_1',
    'webhook-timestamp': timestamp,
    'webhook-signature': signature,
  });
  const other = `whsec_${Buffer.from('o'.repeat(32)).toString('base64')}`;

  it('is believed by any of its signatures and any of our secrets', () => {
    const event = { id: 'msg_1', payload: { type: 'payment.approved' } };
    expect(verifyWebhook({ headers: headers(sign(secret)), body }, [secret], { now })).toMatchObject(event);
    const rotated = headers(`${sign(other)} ${sign(secret)}`);
    expect(verifyWebhook({ headers: rotated, body: Buffer.from(body) }, [secret], { now })).toMatchObject(
      event,
    );
    expect(verifyWebhook({ headers: headers(sign(secret)), body }, [other, secret], { now })).toMatchObject(
      event,
    );
  });

  it('is believed by no secret that is none', () => {
    for (const none of ['', 'whsec_', 'whsec_c2hvcnQ=']) {
      expect(() => verifyWebhook({ headers: headers(sign(none)), body }, [none], { now })).toThrow(TypeError);
    }
  });

  it.each([
    ['another body', headers(sign(secret)), `${body} `, now],
    ['another secret', headers(sign(other)), body, now],
    ['no signature', headers(''), body, now],
    ['another version', headers(sign(secret).replace('v1,', 'v2,')), body, now],
    ['an old one', headers(sign(secret)), body, new Date(now.getTime() + 301_000)],
    ['one from the future', headers(sign(secret)), body, new Date(now.getTime() - 301_000)],
    ['a time that is none', { ...headers(sign(secret)), 'webhook-timestamp': 'soon' }, body, now],
  ])('is refused: %s', (_what, given, text, at) => {
    expect(() => verifyWebhook({ headers: given, body: text }, [secret], { now: at })).toThrow(
      WebhookSignatureError,
    );
  });
});

/** Passes requests on, and breaks the connection instead of giving so many of the answers back. */
class LossyProxy {
  seen: { key: string; body: string }[] = [];
  private lost = 0;

  private constructor(
    private readonly server: Server,
    readonly url: string,
  ) {}

  static async start(target: string): Promise<LossyProxy> {
    const server = createServer((incoming, outgoing) => {
      void pass(incoming, target).then(({ body, status, text }) => {
        proxy.seen.push({ key: String(incoming.headers['idempotency-key']), body });
        if (proxy.lost > 0) {
          proxy.lost -= 1;
          outgoing.destroy();
          return;
        }
        outgoing.writeHead(status, { 'content-type': 'application/json' }).end(text);
      });
    });
    await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
    const proxy = new LossyProxy(server, `http://127.0.0.1:${(server.address() as AddressInfo).port}`);
    return proxy;
  }

  loseAnswers(count: number): void {
    this.lost = count;
    this.seen = [];
  }

  async stop(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise((done) => this.server.close(done));
  }
}

async function pass(incoming: IncomingMessage, target: string) {
  const chunks: Buffer[] = [];
  for await (const chunk of incoming) chunks.push(chunk as Buffer);
  const body = Buffer.concat(chunks).toString();
  const names = ['authorization', 'content-type', 'idempotency-key', 'x-request-id'] as const;
  const headers = Object.fromEntries(
    names.flatMap((name) =>
      incoming.headers[name] === undefined ? [] : [[name, String(incoming.headers[name])]],
    ),
  );
  const answer = await fetch(new URL(incoming.url ?? '/', target), {
    method: incoming.method,
    headers,
    ...(body === '' ? {} : { body }),
  });
  return { body, status: answer.status, text: await answer.text() };
}
