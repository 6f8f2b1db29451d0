import { randomBytes } from 'node:crypto';
import { AccountShop } from '../support/accounts';
import { issued, subscribe } from '../support/billing';
import { database, loggedIn } from '../support/logins';
import { CARD, keyIn, MerchantClient, newOrderNo } from '../support/merchant';
import {
  answering,
  HOOK_ENV,
  isSigned,
  MerchantHook,
  type Received,
  type Registered,
  register,
  remove,
  silent,
} from '../support/merchant-hook';
import { eventually } from '../support/program';
import { messagesTo } from '../support/sms-payer';
import { Stack } from '../support/stack';
import { addDays, koreanDay } from '../../src/common/time/korean-time';

jest.setTimeout(240_000);

const DAY_MS = 86_400_000;
const OWNER_EMAIL = 'owner.of.hooks@example.com';
const DECLINED = '4000000000000002';

let stack: Stack;
let hook: MerchantHook;
let merchant: MerchantClient;
let other: MerchantClient;

beforeAll(async () => {
  stack = await Stack.start('webhooks', { env: HOOK_ENV, webhookUrl: true });
  hook = await MerchantHook.start();
  merchant = stack.merchant;
  other = merchant.as('M0000002');
  const connection = await database(stack.databaseUrl);
  await connection.execute(`UPDATE members SET email = ? WHERE login_id = 'merchant1'`, [OWNER_EMAIL]);
  await connection.end();
});
afterAll(async () => {
  await stack?.stop();
  await hook?.stop();
});

async function approved(more: Record<string, unknown> = {}, by = merchant): Promise<string> {
  const answer = await by.approve(keyIn(more));
  if (answer.status !== 200) throw new Error(`not approved: ${answer.status} ${answer.text}`);
  return answer.body.paymentId;
}

const about = (type: string, subject: string) => (received: Received) =>
  received.event.type === type && Object.values(received.event.data).includes(subject);

interface Shown {
  readonly deliveryId: string;
  readonly eventId: string;
  readonly status: string;
  readonly tries: number;
  readonly round: number;
  readonly lastOutcome: string | null;
  readonly lastHttpStatus: number | null;
}

async function deliveriesOf({ endpointId }: Registered, more = ''): Promise<Shown[]> {
  const answer = await merchant.send('GET', `/v1/webhook-deliveries?endpointId=${endpointId}${more}`);
  return answer.body.data as Shown[];
}

async function shown({ endpointId }: Registered) {
  const { body } = await merchant.send('GET', '/v1/webhook-endpoints?limit=200');
  return (body.data as Record<string, unknown>[]).find((each) => each.endpointId === endpointId);
}

async function until<T>(what: string, ask: () => Promise<T | undefined>): Promise<T> {
  return eventually(ask, { withinMs: 60_000, what });
}

/** A day so many days from now, as a worker sees it. */
async function onDay<T>(days: number, work: () => Promise<T>): Promise<T> {
  const worker = await stack.startWorker({ CLOCK_OFFSET_MS: String(days * DAY_MS) });
  try {
    return await work();
  } finally {
    await worker.stop();
  }
}

describe('what a merchant is told', () => {
  let all: Registered;
  beforeAll(async () => {
    all = await register(merchant, hook, { description: '주문 서버' });
  });
  afterAll(() => remove(merchant, all));

  const told = (type: string, subject: string) => hook.arrives(all.path, type, about(type, subject));

  it('is each end of a payment, signed, in the form of the API, in its order', async () => {
    const paymentId = await approved({ amount: 10_000, metadata: { cart: '7' } });
    const first = await told('payment.approved', paymentId);
    await merchant.cancel(paymentId, { cancelAmount: 4_000 });
    const second = await told('payment.partially_cancelled', paymentId);
    await merchant.cancel(paymentId);
    const third = await told('payment.cancelled', paymentId);
    for (const each of [first, second, third]) {
      expect(isSigned(each, all.secret)).toBe(true);
      expect(isSigned({ ...each, text: `${each.text} ` }, all.secret)).toBe(false);
      expect(each.headers).toMatchObject({
        'webhook-id': each.event.id,
        'content-type': 'application/json',
      });
      expect(Math.abs(Number(each.headers['webhook-timestamp']) - Date.now() / 1_000)).toBeLessThan(60);
      expect(each.event).toMatchObject({ schemaVersion: '2026-11-21', mid: merchant.mid });
    }
    const { body } = await merchant.payment(paymentId);
    const { events: _events, attempts: _attempts, cancels, ...payment } = body;
    expect(third.event.data).toEqual({ ...payment, cancel: (cancels as unknown[])[1] });
    expect(first.event.data).toMatchObject({
      ...{ status: 'APPROVED', amount: 10_000, balanceAmount: 10_000, cancelledAmount: 0, cancel: null },
      metadata: { cart: '7' },
    });
    expect(second.event.data).toMatchObject({
      ...{ status: 'PARTIALLY_CANCELLED', balanceAmount: 6_000, cancelledAmount: 4_000 },
      cancel: { amount: 4_000, status: 'DONE' },
    });
    const sequences = [first, second, third].map(({ event }) => event.sequence);
    expect(sequences).toEqual([...sequences].sort((a, b) => a - b));
    expect(new Set(sequences).size).toBe(3);
  });

  it('is a decline, and an approval that was undone', async () => {
    const declined = (await merchant.approve(keyIn({ cardNumber: DECLINED }))).body.paymentId;
    const failed = await told('payment.failed', declined);
    expect(failed.event.data).toMatchObject({ status: 'FAILED', balanceAmount: 0, approvedAt: null });
    expect(failed.event.data.failure).toMatchObject({ code: 'CARD_DECLINED' });
    const lost = await merchant.approve(keyIn({ cardNumber: CARD.silentAfterApproving }));
    expect(lost.status).toBe(504);
    const reversed = await told('payment.reversed', lost.body.paymentId);
    expect(reversed.event.data).toMatchObject({ status: 'REVERSED', balanceAmount: 0 });
    expect(hook.at(all.path).some(about('payment.approved', lost.body.paymentId))).toBe(false);
  });

  it('is what becomes of an account', async () => {
    const shop = new AccountShop(merchant);
    const account = await shop.issue();
    await told('virtual_account.issued', account.virtualAccountId);
    await stack.control.deposit(account.accountNumber, account.amount, '홍길동');
    const { event } = await told('virtual_account.deposited', account.virtualAccountId);
    expect(event.data).toMatchObject({ status: 'APPROVED', amount: account.amount });
    expect(JSON.stringify(event)).not.toContain(account.accountNumber);
    await told('payment.approved', account.paymentId);
    const closed = await shop.issue();
    await shop.close(closed);
    await told('virtual_account.closed', closed.virtualAccountId);
    expect(hook.at(all.path).some(about('payment.cancelled', closed.paymentId))).toBe(false);
  });

  it('is a billing key, its subscription with the notice days before, and its end', async () => {
    const billingKey = await issued(merchant);
    await told('billing_key.issued', billingKey);
    const startOn = addDays(koreanDay(new Date()), 5);
    const made = await subscribe(merchant, { billingKey, startOn, noticeDays: 3, totalCount: 1 });
    const id = String(made.body.subscriptionId);
    await onDay(2, async () => {
      const { event } = await told('subscription.upcoming', id);
      expect(event.data).toMatchObject({ subscriptionId: id, chargeOn: startOn, amount: 9_900, period: 1 });
    });
    await onDay(5, async () => {
      const { event } = await told('subscription.charged', id);
      expect(event.data).toMatchObject({ chargeOn: startOn, orderNo: `${id}-1-1` });
      await told('subscription.completed', id);
    });
    await merchant.send('DELETE', `/v1/billing-keys/${billingKey}`);
    await told('billing_key.revoked', billingKey);
  });

  it('is a cash receipt and its cancel, without the number of who gets it', async () => {
    const identifier = '01077315599';
    const wish = { orderNo: newOrderNo(), amount: 55_000, purpose: 'INCOME_DEDUCTION', identifier };
    const { body } = await merchant.send('POST', '/v1/cash-receipts', wish);
    const receiptId = String(body.receiptId);
    await told('cash_receipt.issued', receiptId);
    await merchant.send('POST', `/v1/cash-receipts/${receiptId}/cancel`, { reason: '고객 변심' });
    const { event } = await told('cash_receipt.cancelled', receiptId);
    expect(event.data).toMatchObject({ cancelledAmount: 55_000, cancel: { amount: 55_000 } });
    expect(hook.received.some(({ text }) => text.includes(identifier))).toBe(false);
  });

  it('holds nothing that the description does not name', async () => {
    const document = (await (await fetch(`${stack.api.url}/docs-json`)).json()) as {
      components: { schemas: Record<string, { properties: Record<string, unknown> }> };
    };
    const { schemas } = document.components;
    const family: Record<string, string> = {
      payment: 'PaymentEventData',
      virtual_account: 'VirtualAccountEventData',
      billing_key: 'BillingKeyEventData',
      subscription: 'SubscriptionEventData',
      cash_receipt: 'CashReceiptEventData',
    };
    const seen = new Set<string>();
    for (const { event } of hook.at(all.path)) {
      const [name = ''] = event.type.split('.');
      seen.add(name);
      const described = Object.keys(schemas[family[name]!]!.properties);
      expect(Object.keys(event.data).filter((field) => !described.includes(field))).toEqual([]);
      expect(Object.keys(schemas.WebhookEventResponse!.properties).sort()).toEqual(Object.keys(event).sort());
    }
    expect([...seen].sort()).toEqual(Object.keys(family).sort());
  });

  it('is never a card number, nor a secret', () => {
    const everything = hook.received.map(({ text }) => text).join('\n');
    expect(everything).not.toMatch(/4242424242424242|whsec_|sk_test_|_sealed/);
  });
});

describe('an endpoint', () => {
  it('is told of what it asks for, from its next event on', async () => {
    const some = await register(merchant, hook, { eventTypes: ['payment.cancelled'] });
    const paymentId = await approved();
    await merchant.cancel(paymentId);
    await hook.arrives(some.path, 'the cancel', about('payment.cancelled', paymentId));
    expect(hook.at(some.path).map(({ event }) => event.type)).toEqual(['payment.cancelled']);
    const change = { eventTypes: null, description: null };
    const answer = await merchant.send('PATCH', `/v1/webhook-endpoints/${some.endpointId}`, change);
    expect([answer.status, answer.body.eventTypes, answer.body.description]).toEqual([200, null, null]);
    const later = await approved();
    await hook.arrives(some.path, 'the approval', about('payment.approved', later));
    await remove(merchant, some);
  });

  it('shows its secret once', async () => {
    const made = await register(merchant, hook);
    expect(made.secret).toMatch(/^whsec_[A-Za-z0-9+/]{43}=$/);
    expect(await shown(made)).toMatchObject({ enabled: true, disabledReason: null });
    expect(JSON.stringify(await shown(made))).not.toContain('whsec_');
    await remove(merchant, made);
    expect(await shown(made)).toBeUndefined();
    expect((await remove(merchant, made)).status).toBe(204);
    expect((await merchant.send('POST', `/v1/webhook-endpoints/${made.endpointId}/test`)).status).toBe(404);
  });

  it('is signed with both secrets while they change over, and with one when the old one has leaked', async () => {
    const one = await register(merchant, hook, { eventTypes: ['payment.failed'] });
    const rotate = (body: object) =>
      merchant.send('POST', `/v1/webhook-endpoints/${one.endpointId}/rotate-secret`, body);
    const second = (await rotate({})).body as unknown as Registered & { previousSecretUntil: string };
    expect(Date.parse(second.previousSecretUntil) - Date.now()).toBeGreaterThan(23 * 3_600_000);
    const both = await test(one);
    expect(String(both.headers['webhook-signature']).split(' ')).toHaveLength(2);
    expect([isSigned(both, one.secret), isSigned(both, second.secret)]).toEqual([true, true]);
    const third = (await rotate({ overlapSeconds: 0 })).body as unknown as Registered;
    const last = await test(one);
    expect([one, second, third].map(({ secret }) => isSigned(last, secret))).toEqual([false, false, true]);
    await remove(merchant, one);
  });

  async function test(of: Registered): Promise<Received> {
    const { status, body } = await merchant.send('POST', `/v1/webhook-endpoints/${of.endpointId}/test`);
    expect(status).toBe(202);
    const received = await hook.arrives(of.path, 'the test', ({ event }) => event.id === body.eventId);
    expect(received.event).toMatchObject({ type: 'webhook.test', data: { endpointId: of.endpointId } });
    return received;
  }

  it.each([
    ['http to the outside', 'http://shop.example.com/hook', 'NOT_ALLOWED'],
    ['another port', 'https://shop.example.com:3306/hook', 'NOT_ALLOWED'],
    ['a private address', 'https://10.0.0.7/hook', 'NOT_ALLOWED'],
    ['a private address, written as a number', 'https://167772167/hook', 'NOT_ALLOWED'],
    ['the metadata of a cloud', 'https://169.254.169.254/latest', 'NOT_ALLOWED'],
    ['IPv4 within IPv6', 'https://[::ffff:10.0.0.7]/hook', 'NOT_ALLOWED'],
    ['an inside name', 'https://db.internal/hook', 'NOT_ALLOWED'],
    ['a user name', 'https://user:pass@shop.example.com/', 'BAD_FORMAT'],
    ['no address', 'nothing', 'BAD_FORMAT'],
  ])('cannot be %s', async (_what, url, code) => {
    const { status, body } = await merchant.send('POST', '/v1/webhook-endpoints', { url });
    expect([status, body.code, body.errors![0]!.field, body.errors![0]!.code]).toEqual([
      ...[400, 'VALIDATION_FAILED', 'url', code],
    ]);
  });

  it('is one of sixteen at most, however many ask at once', async () => {
    const answers = await Promise.all(
      Array.from({ length: 20 }, () =>
        other.send('POST', '/v1/webhook-endpoints', { url: `${hook.url}/many` }),
      ),
    );
    const made = answers.filter(({ status }) => status === 201);
    const refused = answers.filter(({ status }) => status !== 201);
    expect([made.length, refused.map(({ body }) => body.code)]).toEqual([
      16,
      Array<string>(4).fill('WEBHOOK_ENDPOINT_LIMIT'),
    ]);
    for (const { body } of made)
      await other.send('DELETE', `/v1/webhook-endpoints/${String(body.endpointId)}`);
  });

  it('is made by the merchant, its owner, or nobody; is told again for one key', async () => {
    const member = async (loginId: string) =>
      new MerchantClient(stack.api.url, loginId, await loggedIn(stack.api.url, loginId));
    const owner = await member('merchant1');
    const wish = { url: `${hook.url}/owner` };
    const key = { 'idempotency-key': randomBytes(8).toString('hex') };
    const [first, again] = [
      await owner.send('POST', '/v1/webhook-endpoints', wish, key),
      await owner.send('POST', '/v1/webhook-endpoints', wish, key),
    ];
    expect([first.status, again.text]).toEqual([201, first.text]);
    const branch = await member('branch1');
    expect((await branch.send('POST', '/v1/webhook-endpoints', wish)).status).toBe(403);
    expect((await branch.send('GET', '/v1/events')).status).toBe(403);
    await owner.send('DELETE', `/v1/webhook-endpoints/${String(first.body.endpointId)}`);
  });
});

describe('an endpoint that does not take it', () => {
  it('is tried by the schedule, and what it says is not shown', async () => {
    const one = await register(merchant, hook, { eventTypes: ['payment.approved'] });
    const word = 'internal-token-of-the-shop';
    let asked = 0;
    hook.on(one.path, (response) => {
      asked += 1;
      response.writeHead(asked < 3 ? 500 : 200).end(word);
    });
    const paymentId = await approved();
    const [delivery] = await until('it is delivered', async () => {
      const found = await deliveriesOf(one, '&status=DELIVERED');
      return found.length === 1 ? found : undefined;
    });
    expect(delivery).toMatchObject({ tries: 3, lastOutcome: 'DELIVERED', lastHttpStatus: 200 });
    const tries = hook.at(one.path);
    expect(new Set(tries.map(({ event }) => event.id)).size).toBe(1);
    expect(new Set(tries.map(({ text }) => text)).size).toBe(1);
    expect(tries.every(about('payment.approved', paymentId))).toBe(true);
    const detail = await merchant.send('GET', `/v1/webhook-deliveries/${delivery!.deliveryId}`);
    expect((detail.body.attempts as unknown as Shown[]).map((each) => ({ ...each }))).toMatchObject([
      { outcome: 'HTTP_ERROR', httpStatus: 500 },
      { outcome: 'HTTP_ERROR', httpStatus: 500 },
      { outcome: 'DELIVERED', httpStatus: 200 },
    ]);
    expect(detail.text).not.toContain(word);
    await remove(merchant, one);
  });

  it('gets no redirect followed', async () => {
    const target = await register(merchant, hook, { eventTypes: ['settlement.paid'] });
    const one = await register(merchant, hook, { eventTypes: ['payment.approved'] });
    hook.on(one.path, answering(302, { location: hook.url + target.path }));
    await approved();
    const [delivery] = await until('two tries', async () => {
      const found = await deliveriesOf(one);
      return (found[0]?.tries ?? 0) >= 2 ? found : undefined;
    });
    expect(delivery).toMatchObject({ lastOutcome: 'REDIRECTED', lastHttpStatus: 302 });
    expect(hook.at(target.path)).toEqual([]);
    await remove(merchant, one);
    await remove(merchant, target);
  });

  it('that asks for a pause gets it, for everything', async () => {
    const one = await register(merchant, hook, { eventTypes: ['payment.approved'] });
    let asked = 0;
    hook.on(one.path, (response) => {
      asked += 1;
      if (asked === 1) response.writeHead(429, { 'retry-after': '4' }).end();
      else response.writeHead(204).end();
    });
    await approved();
    const first = await hook.arrives(one.path, 'the first', () => true);
    await until('it waits', async () => (await deliveriesOf(one, '&status=PENDING'))[0]);
    await approved();
    await until('both arrived', async () => (hook.at(one.path).length >= 3 ? true : undefined));
    for (const later of hook.at(one.path).slice(1)) expect(later.atMs - first.atMs).toBeGreaterThan(3_900);
    await remove(merchant, one);
  });

  it('and says 410 is disabled at once; its owners and its other endpoints are told', async () => {
    const watch = await register(merchant, hook, { eventTypes: ['webhook_endpoint.disabled'] });
    const gone = await register(merchant, hook, { eventTypes: ['payment.approved'] });
    hook.on(gone.path, answering(410));
    await approved();
    const news = await hook.arrives(
      watch.path,
      'the news',
      about('webhook_endpoint.disabled', gone.endpointId),
    );
    expect(news.event.data).toMatchObject({ status: 'DISABLED', reason: 'GONE' });
    expect(await shown(gone)).toMatchObject({ enabled: false, disabledReason: 'GONE' });
    expect(await deliveriesOf(gone)).toMatchObject([{ status: 'FAILED', tries: 1, lastOutcome: 'GONE' }]);
    await approved();
    expect(hook.at(gone.path)).toHaveLength(1);
    const mails = async () =>
      (await messagesTo(stack.sandboxUrl, OWNER_EMAIL)).filter(({ text }) => text.includes('410'));
    await until('the e-mail', async () => ((await mails()).length === 1 ? true : undefined));
    const test = await merchant.send('POST', `/v1/webhook-endpoints/${gone.endpointId}/test`);
    expect([test.status, test.body.code]).toEqual([409, 'WEBHOOK_ENDPOINT_DISABLED']);

    const owner = new MerchantClient(stack.api.url, 'merchant1', await loggedIn(stack.api.url, 'merchant1'));
    const settings = [{ kind: 'WEBHOOK', channel: 'EMAIL', enabled: false }];
    expect((await owner.send('PATCH', '/v1/members/me/notifications', { settings })).status).toBe(200);
    await merchant.send('PATCH', `/v1/webhook-endpoints/${gone.endpointId}`, { enabled: true });
    await approved();
    await until('the second news', async () =>
      hook.at(watch.path).filter(about('webhook_endpoint.disabled', gone.endpointId)).length === 2
        ? true
        : undefined,
    );
    expect(await mails()).toHaveLength(1);
    await remove(merchant, gone);
    await remove(merchant, watch);
  });

  it.each([
    ['410', answering(410)],
    ['a pause', answering(429, { 'retry-after': '86400' })],
  ])('at an address that it has left says nothing of the new one (%s)', async (_what, answer) => {
    const one = await register(merchant, hook, { eventTypes: ['payment.approved'] });
    let asked: () => void = () => undefined;
    const isAsked = new Promise<void>((resolve) => (asked = resolve));
    let moved: () => void = () => undefined;
    const hasMoved = new Promise<void>((resolve) => (moved = resolve));
    hook.on(one.path, (response, received) => {
      asked();
      void hasMoved.then(() => answer(response, received));
    });
    const paymentId = await approved();
    await isAsked;
    const url = `${hook.url}${one.path}-new`;
    const changed = await merchant.send('PATCH', `/v1/webhook-endpoints/${one.endpointId}`, { url });
    expect(changed.status).toBe(200);
    moved();
    await hook.arrives(`${one.path}-new`, 'it', about('payment.approved', paymentId));
    await until('it is delivered', async () => (await deliveriesOf(one, '&status=DELIVERED'))[0]);
    expect(await shown(one)).toMatchObject({ enabled: true, disabledReason: null });
    await remove(merchant, one);
  });

  it('to the end of the schedule is disabled; enabled again it gets what has waited', async () => {
    const one = await register(merchant, hook, { eventTypes: ['payment.approved'] });
    hook.on(one.path, silent);
    const payments = [await approved(), await approved()];
    await until('it is disabled', async () =>
      (await shown(one))?.enabled === false ? (true as const) : undefined,
    );
    expect(await shown(one)).toMatchObject({ disabledReason: 'EXHAUSTED' });
    const failed = await deliveriesOf(one, '&status=FAILED');
    expect(failed[0]).toMatchObject({ tries: 4, lastOutcome: 'TIMED_OUT', lastHttpStatus: null });
    hook.on(one.path, answering(204));
    await merchant.send('PATCH', `/v1/webhook-endpoints/${one.endpointId}`, { enabled: true });
    for (const { deliveryId } of failed) {
      const again = await merchant.send('POST', `/v1/webhook-deliveries/${deliveryId}/redeliver`);
      expect([again.status, again.body.round]).toEqual([202, 1]);
    }
    await until('everything is delivered', async () => {
      const done = await deliveriesOf(one, '&status=DELIVERED');
      return payments.length === done.length ? true : undefined;
    });
    await remove(merchant, one);
  });
});

describe('what was missed', () => {
  it('is sent again for a time, also what was never sent while the endpoint was off', async () => {
    const one = await register(merchant, hook, { eventTypes: ['payment.approved'] });
    const change = (body: object) => merchant.send('PATCH', `/v1/webhook-endpoints/${one.endpointId}`, body);
    const from = new Date(Date.now() - 60_000).toISOString();
    const sent = await approved();
    await hook.arrives(one.path, 'it', about('payment.approved', sent));
    await change({ enabled: false });
    const missed = await approved();
    await eventOf(missed, 'payment.approved');
    await change({ enabled: true });
    const range = (body: object) =>
      merchant.send('POST', `/v1/webhook-endpoints/${one.endpointId}/redeliver`, body);
    const to = new Date(Date.now() + 60_000).toISOString();
    await until('it is delivered', async () => (await deliveriesOf(one, '&status=DELIVERED'))[0]);
    const ofOthers = await range({ from: to, to: new Date(Date.now() + 120_000).toISOString() });
    expect([ofOthers.status, ofOthers.body.count]).toEqual([202, 0]);
    expect((await range({ from, to, state: 'FAILED' })).body.count).toBe(0);
    const today = koreanDay(new Date());
    const listed = (days: string) => deliveriesOf(one, `&${days}`);
    expect(await listed(`from=${addDays(today, -1)}&to=${addDays(today, 1)}`)).toHaveLength(1);
    expect(await listed(`from=${addDays(today, 2)}`)).toEqual([]);
    expect(await listed(`to=${addDays(today, -2)}`)).toEqual([]);
    const count = Number((await range({ from, to })).body.count);
    expect(count).toBeGreaterThanOrEqual(2);
    await hook.arrives(one.path, 'what was missed', about('payment.approved', missed));
    await until('again', async () =>
      hook.at(one.path).filter(about('payment.approved', sent)).length >= 2 ? true : undefined,
    );
    const ids = hook.at(one.path).filter(about('payment.approved', sent));
    expect(new Set(ids.map(({ event }) => event.id)).size).toBe(1);
    await remove(merchant, one);
  });

  it('is there without any endpoint, page by page from a number on', async () => {
    const payments = [await approved({}, other), await approved({}, other), await approved({}, other)];
    for (const each of payments) await eventOf(each, 'payment.approved', other);
    const list = async (query: string) => (await other.send('GET', `/v1/events?${query}`)).body;
    const newest = (await list('limit=200')) as unknown as Page;
    expect(newest.data.map(({ sequence }) => sequence)).toEqual(
      newest.data.map(({ sequence }) => sequence).sort((a, b) => b - a),
    );
    const start = Math.min(...newest.data.slice(0, 3).map(({ sequence }) => sequence)) - 1;
    const first = (await list(`order=asc&afterSequence=${start}&limit=2`)) as unknown as Page;
    const rest = (await list(
      `order=asc&afterSequence=${start}&limit=2&cursor=${first.nextCursor}`,
    )) as unknown as Page;
    const read = [...first.data, ...rest.data].map(({ data }) => data.paymentId);
    expect(read).toEqual(payments);
    expect(rest.nextCursor).toBeNull();
    expect(((await list('type=payment.failed')) as unknown as Page).data).toEqual([]);
  });

  interface Page {
    readonly data: readonly { id: string; sequence: number; data: { paymentId: string } }[];
    readonly nextCursor: string | null;
  }

  async function eventOf(paymentId: string, type: string, by = merchant): Promise<string> {
    return until(`an event of ${paymentId}`, async () => {
      const page = (await by.send('GET', `/v1/events?type=${type}`)).body as unknown as Page;
      return page.data.find(({ data }) => data.paymentId === paymentId)?.id;
    });
  }

  it("is nobody else's", async () => {
    const one = await register(merchant, hook);
    const paymentId = await approved();
    const { event } = await hook.arrives(one.path, 'it', about('payment.approved', paymentId));
    const [delivery] = await until('it is listed', async () => {
      const found = await deliveriesOf(one);
      return found.length > 0 ? found : undefined;
    });
    const at = `/v1/webhook-endpoints/${one.endpointId}`;
    const asked = [
      await other.send('GET', `/v1/events/${event.id}`),
      await other.send('GET', `/v1/webhook-deliveries/${delivery!.deliveryId}`),
      await other.send('POST', `/v1/webhook-deliveries/${delivery!.deliveryId}/redeliver`),
      await other.send('PATCH', at, { enabled: false }),
      await other.send('DELETE', at),
      await other.send('POST', `${at}/rotate-secret`, {}),
      await other.send('POST', `${at}/test`),
      await other.send('POST', `${at}/redeliver`, { from: event.timestamp, to: event.timestamp }),
    ];
    expect(asked.map(({ status }) => status)).toEqual(asked.map(() => 404));
    const list = await other.send('GET', `/v1/webhook-deliveries?endpointId=${one.endpointId}`);
    expect(list.body.data).toEqual([]);
    expect((await merchant.send('GET', `/v1/events/${event.id}`)).body).toEqual(event);
    await remove(merchant, one);
  });
});

it('leaves nothing untold, and nothing told that is not so', async () => {
  const output = await until('nothing waits', async () => {
    const { code, output: said } = await stack.verify([]);
    return code === 0 ? said : undefined;
  });
  expect(output).toContain('0 violations');
});
