import mysql from 'mysql2/promise';
import { addDays, koreanDay } from '../../src/common/time/korean-time';
import { addMonths } from '../../src/modules/billing/subscriptions/subscription.calc';
import { chargesOf, issued, type ShownCharge, subscribe } from '../support/billing';
import { CARD, MerchantClient } from '../support/merchant';
import { eventually } from '../support/program';
import { SandboxControl } from '../support/sandbox-control';
import { Stack } from '../support/stack';

jest.setTimeout(240_000);

const DAY_MS = 86_400_000;
const DECLINED = '4000000000000002';

let stack: Stack;
let merchant: MerchantClient;
let control: SandboxControl;
let goodKey: string;
let today: string;

beforeAll(async () => {
  stack = await Stack.start('subscriptions', { env: { SUBSCRIPTION_UNDONE_PAUSE_MS: '3000' } });
  // Key-in under every storage: what is due is proved apart from whose token it is.
  merchant = new MerchantClient(stack.api.url, 'M0000004');
  control = new SandboxControl(stack.sandboxUrl, 'nicepay');
  goodKey = await issued(merchant);
  today = koreanDay(new Date());
});
afterAll(() => stack?.stop());

async function subscribed(more: Record<string, unknown>): Promise<string> {
  const answer = await subscribe(merchant, more);
  if (answer.status !== 201) throw new Error(`no subscription: ${answer.status} ${answer.text}`);
  return String(answer.body.subscriptionId);
}

async function shown(id: string) {
  return (await merchant.send('GET', `/v1/subscriptions/${id}`)).body;
}

/** Waits until the charges look as wanted. */
function until(id: string, what: string, look: (charges: ShownCharge[]) => boolean): Promise<ShownCharge[]> {
  return eventually(
    async () => {
      const charges = await chargesOf(merchant, id);
      return look(charges) ? charges : undefined;
    },
    { withinMs: 60_000, what },
  );
}

/** What a worker does on a day so many days from now. */
async function onDay<T>(days: number, work: () => Promise<T>): Promise<T> {
  const worker = await stack.startWorker({ CLOCK_OFFSET_MS: String(days * DAY_MS) });
  try {
    return await work();
  } finally {
    await worker.stop();
  }
}

async function execute(sql: string, values: string[]): Promise<void> {
  const connection = await mysql.createConnection(stack.databaseUrl);
  try {
    await connection.execute(sql, values);
  } finally {
    await connection.end();
  }
}

async function told(id: string): Promise<string[]> {
  const connection = await mysql.createConnection(stack.databaseUrl);
  try {
    const [rows] = await connection.execute(
      'SELECT type FROM outbox_events WHERE subject_id = ? ORDER BY seq',
      [id],
    );
    return (rows as { type: string }[]).map(({ type }) => type);
  } finally {
    await connection.end();
  }
}

const act = (id: string, what: string, body?: object) =>
  merchant.send('POST', `/v1/subscriptions/${id}/${what}`, body);

describe('a subscription', () => {
  it('is charged on its day, under an order number made of its period and try', async () => {
    const id = await subscribed({ billingKey: goodKey, noticeDays: 0 });
    const [charge] = await until(id, 'the first period is paid', ([first]) => first?.status === 'PAID');
    expect(charge).toMatchObject({ period: 1, chargeOn: today, tries: 1, orderNo: `${id}-1-1` });
    const payment = await merchant.order(`${id}-1-1`);
    expect(payment.body).toMatchObject({ paymentId: charge!.paymentId, status: 'APPROVED', amount: 9_900 });
    expect(await control.charged(charge!.paymentId!)).toBe(9_900);
    expect(await shown(id)).toMatchObject({
      status: 'ACTIVE',
      nextPeriod: 2,
      nextChargeOn: addMonths(today, 1),
    });
    expect(await told(id)).toEqual(['subscription.charged']);
  });

  it('is over after its last period', async () => {
    const id = await subscribed({ billingKey: goodKey, totalCount: 1, noticeDays: 0 });
    await eventually(async () => (await shown(id)).status === 'COMPLETED' || undefined, {
      withinMs: 60_000,
      what: 'it is completed',
    });
    expect(await told(id)).toEqual(['subscription.charged', 'subscription.completed']);
  });

  it('charges nothing before its start or during its trial', async () => {
    const later = await subscribed({ billingKey: goodKey, startOn: addDays(today, 30) });
    const trial = await subscribed({ billingKey: goodKey, trialDays: 14 });
    expect(await shown(trial)).toMatchObject({ firstChargeOn: addDays(today, 14) });
    const probe = await subscribed({ billingKey: goodKey });
    await until(probe, 'a later one is paid', ([first]) => first?.status === 'PAID');
    expect([await chargesOf(merchant, later), await chargesOf(merchant, trial)]).toEqual([[], []]);
    await act(trial, 'cancel', { when: 'PERIOD_END' });
    expect(await shown(trial)).toMatchObject({ status: 'ACTIVE', cancelAtPeriodEnd: true });
  });

  it('takes a payment whose answer was lost for neither charged nor declined, and asks again on the same day', async () => {
    await control.arm('billing', 'drop-after', { times: 1 });
    const id = await subscribed({ billingKey: goodKey, noticeDays: 0 });
    const [charge] = await until(id, 'it is paid', ([first]) => first?.status === 'PAID');
    expect(charge).toMatchObject({ tries: 2, undoneTries: 1, orderNo: `${id}-1-2`, failureCode: null });
    const undone = await merchant.order(`${id}-1-1`);
    expect(undone.body.status).toBe('REVERSED');
    expect(await control.charged(undone.body.paymentId)).toBe(0);
    expect(await control.charged(charge!.paymentId!)).toBe(9_900);
    expect(await told(id)).toEqual(['subscription.charged']);
  });

  it('does not ask for ever: the sixth undone try of a period is a failed one', async () => {
    const key = await issued(merchant, { cardNumber: CARD.silentAfterApproving });
    const id = await subscribed({ billingKey: key, noticeDays: 0 });
    const [charge] = await until(
      id,
      'six tries are undone',
      ([first]) => first?.nextTryOn === addDays(today, 1),
    );
    expect(charge).toMatchObject({
      ...{ status: 'RETRY', tries: 6, undoneTries: 5, failureCode: 'ACQUIRER_TIMEOUT' },
      orderNo: `${id}-1-6`,
    });
    for (let n = 1; n <= 6; n += 1) {
      const { body } = await merchant.order(`${id}-1-${n}`);
      expect([body.status, await control.charged(body.paymentId)]).toEqual(['REVERSED', 0]);
    }
    expect(await told(id)).toEqual(['subscription.failed']);
    await act(id, 'cancel', { when: 'NOW' });
    const [voided] = await chargesOf(merchant, id);
    expect(voided!.status).toBe('VOIDED');
  });

  it('is charged although another, due before it, cannot be worked on', async () => {
    const broken = await subscribed({ billingKey: goodKey, noticeDays: 0 });
    await until(broken, 'the first period is paid', ([first]) => first?.status === 'PAID');
    const set = (sql: string) => execute(`UPDATE subscriptions SET ${sql} WHERE id = ?`, [broken]);
    // Its period 1 has its charge already: the unique key refuses another.
    await set(`next_period = 1, next_charge_on = '${addDays(today, -1)}'`);
    const id = await subscribed({ billingKey: goodKey, noticeDays: 0 });
    await until(id, 'it is paid', ([first]) => first?.status === 'PAID');
    expect(await chargesOf(merchant, broken)).toHaveLength(1);
    expect(stack.output).toMatch(new RegExp(`${broken}.*subscription.set-aside`));
    await set(`next_period = 2, next_charge_on = '${addMonths(today, 1)}'`);
  });

  it('names every bad field, and does not take what cannot be charged', async () => {
    const bad = await subscribe(merchant, {
      billingKey: 'bil_x',
      amount: 99,
      interval: { unit: 'HOUR', count: 0 },
      startOn: '2026-02-30',
      missedPolicy: 'NEVER',
    });
    expect(bad.body.errors?.map(({ field }) => field).sort()).toEqual([
      'amount',
      'billingKey',
      'interval.count',
      'interval.unit',
      'missedPolicy',
      'startOn',
    ]);
    const past = await subscribe(merchant, { billingKey: goodKey, startOn: addDays(today, -1) });
    expect(past.body.errors?.map(({ field }) => field)).toEqual(['startOn']);
    const far = await subscribe(merchant, { billingKey: goodKey, startOn: '9999-12-31', trialDays: 730 });
    expect(far.body.errors?.map(({ field }) => field)).toEqual(['startOn']);
    const stranger = await subscribe(merchant, { billingKey: goodKey, customerKey: 'somebody-else' });
    expect(stranger.body.errors?.map(({ field }) => field)).toEqual(['customerKey']);
    const over = await subscribe(merchant, { billingKey: goodKey, amount: 10_000_001 });
    expect([over.status, over.body.errors?.map(({ field }) => field)]).toEqual([400, ['amount']]);
    const later = await subscribed({ billingKey: goodKey, startOn: addDays(today, 60) });
    const raised = await merchant.send('PATCH', `/v1/subscriptions/${later}`, { amount: 10_000_001 });
    expect([raised.status, raised.body.errors?.map(({ field }) => field)]).toEqual([400, ['amount']]);
    expect(await shown(later)).toMatchObject({ amount: 9_900 });
    const gone = await issued(merchant);
    await merchant.send('DELETE', `/v1/billing-keys/${gone}`);
    expect((await subscribe(merchant, { billingKey: gone })).body.code).toBe('BILLING_KEY_REVOKED');
  });

  it('takes null for a field that is left out', async () => {
    const left = [
      'customerKey',
      'buyerName',
      'taxFreeAmount',
      'trialDays',
      'totalCount',
      'endOn',
      'missedPolicy',
    ];
    const nothing = Object.fromEntries(left.map((field) => [field, null]));
    const startOn = addDays(today, 300);
    const made = await subscribe(merchant, { billingKey: goodKey, startOn, noticeDays: null, ...nothing });
    expect(made.status).toBe(201);
    expect(made.body).toMatchObject({
      taxFreeAmount: 0,
      trialDays: 0,
      firstChargeOn: startOn,
      noticeDays: 3,
    });
    const path = `/v1/subscriptions/${String(made.body.subscriptionId)}`;
    const none = { billingKey: null, amount: null, taxFreeAmount: null, goodsName: null };
    expect((await merchant.send('PATCH', path, none)).body).toEqual(made.body);
  });

  it('is not there for another merchant', async () => {
    const id = await subscribed({ billingKey: goodKey, startOn: addDays(today, 300) });
    const answers = await Promise.all([
      stack.merchant.send('GET', `/v1/subscriptions/${id}`),
      stack.merchant.send('GET', `/v1/subscriptions/${id}/charges`),
      stack.merchant.send('PATCH', `/v1/subscriptions/${id}`, { amount: 100 }),
      ...['pause', 'resume'].map((what) => stack.merchant.send('POST', `/v1/subscriptions/${id}/${what}`)),
      stack.merchant.send('POST', `/v1/subscriptions/${id}/cancel`, { when: 'NOW' }),
    ]);
    for (const { status, body } of answers)
      expect([status, body.code]).toEqual([404, 'SUBSCRIPTION_NOT_FOUND']);
    expect((await subscribe(stack.merchant, { billingKey: goodKey })).body.code).toBe(
      'BILLING_KEY_NOT_FOUND',
    );
    expect(await shown(id)).toMatchObject({ status: 'ACTIVE', amount: 9_900 });
  });
});

describe('as days go by', () => {
  it('a declined period is tried 1, 3 and 7 days later, then the subscription is past due until it is resumed', async () => {
    const key = await issued(merchant, { cardNumber: DECLINED });
    const id = await subscribed({ billingKey: key, noticeDays: 0, interval: { unit: 'MONTH', count: 1 } });
    const tried = (tries: number, status: string) =>
      until(id, `try ${tries}`, ([first]) => first?.tries === tries && first.status === status);
    expect((await tried(1, 'RETRY'))[0]).toMatchObject({
      failureCode: 'CARD_DECLINED',
      nextTryOn: addDays(today, 1),
    });
    expect((await onDay(1, () => tried(2, 'RETRY')))[0]!.nextTryOn).toBe(addDays(today, 3));
    expect((await onDay(3, () => tried(3, 'RETRY')))[0]!.nextTryOn).toBe(addDays(today, 7));
    await onDay(7, () => tried(4, 'FAILED'));
    expect((await shown(id)).status).toBe('PAST_DUE');
    expect(await told(id)).toEqual([
      ...Array.from({ length: 4 }, () => 'subscription.failed'),
      'subscription.past_due',
    ]);
    for (let n = 1; n <= 4; n += 1) {
      expect((await merchant.order(`${id}-1-${n}`)).body.status).toBe('FAILED');
    }
    await merchant.send('PATCH', `/v1/subscriptions/${id}`, { billingKey: goodKey, amount: 12_900 });
    expect((await act(id, 'resume')).body).toMatchObject({ status: 'ACTIVE', amount: 12_900 });
    const charges = await onDay(32, () => until(id, 'period 2', ([, second]) => second?.status === 'PAID'));
    expect((await merchant.order(charges[1]!.orderNo!)).body.amount).toBe(12_900);
  });

  it('one that ends with its period ends, too, when that cannot be charged', async () => {
    const key = await issued(merchant, { cardNumber: DECLINED });
    const id = await subscribed({ billingKey: key, noticeDays: 0 });
    await until(id, 'the first try', ([first]) => first?.status === 'RETRY');
    await act(id, 'cancel', { when: 'PERIOD_END' });
    const tried = (tries: number) => until(id, `try ${tries}`, ([first]) => first?.tries === tries);
    for (const [index, day] of [1, 3, 7].entries()) await onDay(day, () => tried(index + 2));
    const [last] = await until(id, 'the end', ([first]) => first?.status === 'FAILED');
    expect(last!.tries).toBe(4);
    expect((await shown(id)).status).toBe('CANCELLED');
    expect((await told(id)).at(-1)).toBe('subscription.cancelled');
  });

  it('another card is tried on the next retry day', async () => {
    const key = await issued(merchant, { cardNumber: DECLINED });
    const id = await subscribed({ billingKey: key, noticeDays: 0 });
    await until(id, 'the first try', ([first]) => first?.status === 'RETRY');
    await merchant.send('PATCH', `/v1/subscriptions/${id}`, { billingKey: goodKey });
    const [paid] = await onDay(1, () => until(id, 'the second try', ([first]) => first?.status === 'PAID'));
    expect(paid).toMatchObject({ tries: 2, orderNo: `${id}-1-2`, failureCode: null });
  });

  it('what was missed is charged by the policy, and a pause is charged to nobody', async () => {
    const startOn = addDays(today, 40);
    const make = (missedPolicy: string) =>
      subscribed({
        billingKey: goodKey,
        interval: { unit: 'DAY', count: 2 },
        startOn,
        missedPolicy,
        totalCount: 4,
        noticeDays: 1,
      });
    const [all, latest, skip, paused] = await Promise.all(
      ['CHARGE_ALL', 'CHARGE_LATEST', 'SKIP', 'CHARGE_ALL'].map(make),
    );
    await act(paused!, 'pause');
    // Nobody looked for days: periods 1 to 3 have come by day 44, the last of them on that very day.
    const seen = await onDay(44, async () => {
      const settled = (id: string) =>
        until(
          id,
          'three periods have ended',
          (charges) =>
            charges.length === 3 && charges.every(({ status }) => ['PAID', 'SKIPPED'].includes(status)),
        );
      return Promise.all([all!, latest!, skip!].map(settled));
    });
    expect(seen.map((charges) => charges.map(({ status }) => status))).toEqual([
      ['PAID', 'PAID', 'PAID'],
      ['SKIPPED', 'SKIPPED', 'PAID'],
      ['SKIPPED', 'SKIPPED', 'PAID'],
    ]);
    expect(await chargesOf(merchant, paused!)).toEqual([]);
    expect(await told(all!)).toContain('subscription.charged');
  });

  it('tells of a charge before it comes, and ends at the end of the period', async () => {
    const id = await subscribed({ billingKey: goodKey, startOn: addDays(today, 50), noticeDays: 3 });
    await onDay(47, () =>
      eventually(async () => (await told(id)).includes('subscription.upcoming') || undefined, {
        withinMs: 60_000,
        what: 'the notice',
      }),
    );
    await act(id, 'cancel', { when: 'PERIOD_END' });
    await onDay(50, () =>
      eventually(async () => (await shown(id)).status === 'CANCELLED' || undefined, {
        withinMs: 60_000,
        what: 'the end of the period',
      }),
    );
    expect(await chargesOf(merchant, id)).toEqual([]);
    expect(await told(id)).toEqual(['subscription.upcoming', 'subscription.cancelled']);
    const again = await act(id, 'resume');
    expect([again.status, again.body.code]).toEqual([409, 'SUBSCRIPTION_STATE_CONFLICT']);
  });
});

it('leaves books that agree', async () => {
  const { code, output } = await stack.verify();
  expect(`${code} ${output}`).toMatch(/^0 /);
});
