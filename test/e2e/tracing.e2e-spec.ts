import { randomBytes } from 'node:crypto';
import { SPAN_ATTRIBUTES } from '../../src/common/tracing/span.types';
import { database } from '../support/logins';
import { CARD, encrypt, keyIn, MerchantClient, newOrderNo } from '../support/merchant';
import { MerchantHook } from '../support/merchant-hook';
import { eventually } from '../support/program';
import { type CollectedSpan, SpanCollector } from '../support/span-collector';
import { runToEnd, Stack } from '../support/stack';
import { WebhookReceiver } from '../support/webhook-receiver';

jest.setTimeout(180_000);

/** Spans leave in batches of a few seconds. */
const EXPORTED = { withinMs: 60_000, what: 'the spans' };
const SERVER = 2;
const CLIENT = 3;
const CONSUMER = 5;
const ERROR = 2;
const COLLECTOR_KEY = 'collector-key-7731';

let collector: SpanCollector;
let outside: WebhookReceiver;
let stack: Stack;
beforeAll(async () => {
  [collector, outside] = await Promise.all([SpanCollector.start(), WebhookReceiver.start()]);
  stack = await Stack.start('tracing', {
    env: {
      OTEL_EXPORTER_OTLP_ENDPOINT: `${collector.url}/`,
      OTEL_EXPORTER_OTLP_HEADERS: `x-collector-key=${COLLECTOR_KEY}`,
      KAKAOPAY_BASE_URL: outside.url,
      WEBHOOK_LOOPBACK_ALLOWED: 'true',
    },
  });
});
afterAll(async () => {
  await stack?.stop();
  await Promise.all([collector?.stop(), outside?.stop()]);
});

const newTrace = () => {
  const traceId = randomBytes(16).toString('hex');
  const spanId = randomBytes(8).toString('hex');
  return { traceId, spanId, traceparent: `00-${traceId}-${spanId}-01` };
};

/** All spans of a trace, once `isWhole` of them. */
const traceOf = (traceId: string, isWhole: (spans: readonly CollectedSpan[]) => boolean) =>
  eventually(async () => {
    const spans = collector.ofTrace(traceId);
    return isWhole(spans) ? spans : undefined;
  }, EXPORTED);

/** Spans whose parent is not there: it is exported later, when it has ended. */
function orphans(spans: readonly CollectedSpan[], root: string): readonly CollectedSpan[] {
  const known = new Set([root, ...spans.map(({ spanId }) => spanId)]);
  return spans.filter(({ parentSpanId = '' }) => !known.has(parentSpanId));
}

const named = (spans: readonly CollectedSpan[], name: string) => spans.filter((span) => span.name === name);

function only(spans: readonly CollectedSpan[], name: string): CollectedSpan {
  const found = named(spans, name);
  expect(found).toHaveLength(1);
  return found[0]!;
}

describe('an approval whose answer is lost', () => {
  const trace = newTrace();
  let spans: readonly CollectedSpan[];
  let paymentId = '';
  let answer: { status: number; traceId: unknown; requestId: string | null };
  const root = () => only(spans, 'POST /v1/payments/card');

  beforeAll(async () => {
    const given = await stack.merchant.approve(keyIn({ cardNumber: CARD.silent }), {
      traceparent: trace.traceparent,
    });
    answer = {
      status: given.status,
      traceId: given.body.traceId,
      requestId: given.headers.get('x-request-id'),
    };
    paymentId = given.body.paymentId;
    spans = await traceOf(
      trace.traceId,
      (all) =>
        named(all, 'POST /v1/payments/card').length > 0 &&
        named(all, 'worker resolve payment').length > 0 &&
        orphans(all, trace.spanId).length === 0,
    );
  });

  it('answers with the id of its trace, which is the caller’s', () => {
    expect(answer).toMatchObject({ status: 504, traceId: trace.traceId });
    expect(root()).toMatchObject({
      service: 'pg-gateway-api',
      kind: SERVER,
      parentSpanId: trace.spanId,
      status: ERROR,
      attributes: {
        'http.request.method': 'POST',
        'http.route': '/v1/payments/card',
        'http.response.status_code': 504,
        'pg.payment_id': paymentId,
        'pg.request_id': answer.requestId,
      },
    });
  });

  it('shows the intent and the outcome, each with its statements, and the call between them', () => {
    for (const name of ['transaction open-intents', 'transaction close-approvals']) {
      const unit = only(spans, name);
      expect(unit.parentSpanId).toBe(root().spanId);
      const statements = spans.filter(({ parentSpanId }) => parentSpanId === unit.spanId);
      expect(statements.length).toBeGreaterThan(0);
      expect(statements[0]!.attributes['db.system.name']).toBe('mariadb');
    }
    const call = only(spans, 'acquirer toss approveKeyIn');
    expect(call).toMatchObject({
      parentSpanId: root().spanId,
      status: ERROR,
      attributes: { 'pg.acquirer': 'toss', 'pg.operation': 'approveKeyIn', 'pg.outcome': 'UNKNOWN' },
    });
    const sent = spans.filter(({ parentSpanId }) => parentSpanId === call.spanId);
    expect(sent).toHaveLength(1);
    expect(sent[0]).toMatchObject({
      name: 'POST 127.0.0.1',
      attributes: { 'server.address': '127.0.0.1', 'pg.outcome': 'BROKEN', 'error.type': 'TIMEOUT' },
    });
  });

  it('goes on in the worker under the same id', () => {
    const [resolved] = named(spans, 'worker resolve payment');
    expect(resolved).toMatchObject({
      service: 'pg-gateway-worker',
      parentSpanId: root().spanId,
      attributes: { 'pg.payment_id': paymentId, 'pg.acquirer': 'toss' },
    });
    const below = spans.filter(({ parentSpanId }) => parentSpanId === resolved!.spanId);
    expect(below.map(({ name }) => name)).toContain('acquirer toss inquire');
  });

  it('is found by the same id in the log, beside that of the request', () => {
    const lines = stack.api.program.output.split('\n').filter((line) => line.includes(trace.traceId));
    const request = lines.map((line) => JSON.parse(line)).find(({ msg }) => msg === 'http.request');
    expect(request).toMatchObject({ traceId: trace.traceId, requestId: answer.requestId, status: 504 });
  });
});

describe('a webhook', () => {
  const PATH = '/hooks/path-token-7731?key=query-token-7731';
  const trace = newTrace();
  let hook: MerchantHook;
  let paymentId = '';

  beforeAll(async () => {
    hook = await MerchantHook.start();
    const wish = { url: hook.url + PATH, eventTypes: ['payment.approved'] };
    expect((await stack.merchant.send('POST', '/v1/webhook-endpoints', wish)).status).toBe(201);
    const approved = await stack.merchant.approve(keyIn(), { traceparent: trace.traceparent });
    paymentId = approved.body.paymentId;
    await hook.arrives(PATH, 'the approval', ({ event }) => event.data.paymentId === paymentId);
    await traceIsKnown();
    await sendAgain();
  });
  afterAll(() => hook?.stop());

  /** Written some time after the answer: the first try may have been quicker. */
  async function traceIsKnown(): Promise<void> {
    const connection = await database(stack.databaseUrl);
    const known = async () => {
      const [rows] = await connection.execute('SELECT 1 FROM trace_links WHERE subject_id = ?', [paymentId]);
      return (rows as unknown[]).length > 0 ? true : undefined;
    };
    await eventually(known, { ...EXPORTED, what: 'the link' }).finally(() => connection.end());
  }

  async function sendAgain(): Promise<void> {
    const deliveryId = await eventually(
      async () => {
        const { body } = await stack.merchant.send('GET', '/v1/webhook-deliveries?status=DELIVERED');
        return (body.data as { deliveryId: string }[])[0]?.deliveryId;
      },
      { ...EXPORTED, what: 'the delivery' },
    );
    const again = await stack.merchant.send('POST', `/v1/webhook-deliveries/${deliveryId}/redeliver`);
    expect(again.status).toBe(202);
  }

  it('goes on in the trace of its payment, and tells of the endpoint its host only', async () => {
    const spans = await traceOf(
      trace.traceId,
      (all) => named(all, 'webhook deliver').length > 0 && orphans(all, trace.spanId).length === 0,
    );
    const delivery = named(spans, 'webhook deliver').at(-1)!;
    expect(delivery).toMatchObject({
      service: 'pg-gateway-worker',
      kind: CONSUMER,
      parentSpanId: only(spans, 'POST /v1/payments/card').spanId,
      attributes: { 'pg.payment_id': paymentId, 'pg.operation': 'payment.approved' },
    });
    const sent = spans.filter(
      ({ parentSpanId, kind }) => parentSpanId === delivery.spanId && kind === CLIENT,
    );
    const calls = sent.filter(({ attributes }) => attributes['db.system.name'] === undefined);
    expect(calls.map(({ name, attributes }) => [name, attributes])).toEqual([
      [
        'POST webhook',
        {
          'http.request.method': 'POST',
          'http.response.status_code': 204,
          'pg.outcome': 'DELIVERED',
          'server.address': '127.0.0.1',
        },
      ],
    ]);
    expect(collector.raw).not.toContain('token-7731');
    const headers = hook.at(PATH).map((each) => JSON.stringify(each.headers));
    expect(headers.filter((text) => /traceparent/.test(text) || text.includes(trace.traceId))).toEqual([]);
  });
});

it('begins a trace of its own where the caller names none, or a card number for one', async () => {
  const card = `00-${CARD.approved}${'b'.repeat(16)}-${'c'.repeat(16)}-01`;
  const headers: Record<string, string>[] = [{}, { traceparent: card }];
  for (const each of headers) {
    const answer = await stack.merchant.send('GET', '/v1/payments/none', undefined, each);
    expect(answer.body.traceId).toMatch(/^[0-9a-f]{32}$/);
    expect(answer.body.traceId).not.toContain(CARD.approved);
    const spans = await traceOf(String(answer.body.traceId), (all) => all.length > 0);
    const server = spans.find(({ kind }) => kind === SERVER);
    // What a caller did wrong is no error of ours.
    expect(server).toMatchObject({ parentSpanId: undefined, status: 0 });
  }
});

it('tells nobody outside of the trace', async () => {
  const wallet = new MerchantClient(stack.api.url, 'M0000006');
  const { traceparent, traceId } = newTrace();
  const order = { orderNo: newOrderNo(), amount: 30_000, goodsName: '수제 만년필', acquirer: 'kakaopay' };
  await wallet.send('POST', '/v1/checkouts', order, { traceparent });
  const received = await eventually(
    async () => (outside.received.length > 0 ? outside.received : undefined),
    EXPORTED,
  );
  for (const { headers } of received) {
    expect(Object.keys(headers)).not.toEqual(expect.arrayContaining(['traceparent']));
    expect(JSON.stringify(headers)).not.toContain(traceId);
  }
});

it('exports no secret, no card number and no attribute that is not listed', async () => {
  const secrets: string[] = [CARD.approved, CARD.check, 'sk_test_M0000001', 'Demo!2026pass'];
  const encrypted = await encrypt(
    'M0000001',
    keyIn({ buyerPhone: '01077315511', buyerEmail: 'c7731@example.com' }),
  );
  secrets.push(encrypted, '01077315511', 'c7731@example.com');
  const approved = await stack.merchant.approveSealed(encrypted);
  expect(approved.status).toBe(200);
  await stack.merchant.cancel(approved.body.paymentId);
  await stack.merchant.send('POST', `/v1/payments/card?cardNumber=${CARD.check}`, { cardNumber: CARD.check });
  const login = await stack.merchant.send('POST', '/v1/auth/login', {
    loginId: 'merchant1',
    password: 'Demo!2026pass',
  });
  secrets.push(String(login.body.accessToken), String(login.body.refreshToken));
  await eventually(
    async () =>
      collector.spans.some(({ name }) => name === 'POST /v1/auth/login') &&
      collector.spans.some(({ attributes }) => attributes['pg.payment_id'] === approved.body.paymentId)
        ? true
        : undefined,
    EXPORTED,
  );
  expect(secrets.filter((secret) => collector.raw.includes(secret))).toEqual([]);
  const names = new Set(collector.spans.flatMap(({ attributes }) => Object.keys(attributes)));
  expect([...names].filter((name) => !(SPAN_ATTRIBUTES as readonly string[]).includes(name))).toEqual([]);
  // Probes and sweeps that found nothing to do are no traces.
  expect(collector.spans.filter(({ name }) => /health/.test(name))).toEqual([]);
  expect(collector.headers.every((headers) => headers['x-collector-key'] === COLLECTOR_KEY)).toBe(true);
});

it('counts what it exported, and answers as well when the collector is away', async () => {
  const text = await (await fetch(stack.api.metricsUrl)).text();
  expect(Number(/^pg_trace_spans_total\{outcome="taken"\} (\d+)$/m.exec(text)?.[1])).toBeGreaterThan(0);
  await collector.stop();
  expect((await stack.merchant.approve(keyIn())).status).toBe(200);
});

it('loads nothing of OpenTelemetry where it is off, but the interface that prom-client brings', async () => {
  const build = process.env.TEST_BUILD_DIR ?? 'dist-test';
  const program = `
    require('reflect-metadata');
    for (const file of ['http-app', 'app.module']) require('./${build}/src/' + file + '.js');
    const { startTracing } = require('./${build}/src/ops/tracing/start-tracing.js');
    startTracing({ tracing: null }, 'api').then(() => {
      const loaded = Object.keys(require.cache).filter((path) => /@opentelemetry.(?!api[^-])/.test(path));
      process.stdout.write('loaded ' + loaded.length + ' of ' + Object.keys(require.cache).length);
    });`;
  const { code, output } = await runToEnd('--eval', {}, [program]);
  expect({ code, output }).toEqual({ code: 0, output: expect.stringMatching(/^loaded 0 of \d{3,}$/) });
});
