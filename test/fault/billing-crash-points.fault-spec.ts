import mysql from 'mysql2/promise';
import { billingCard, charge, chargesOf, issue, issued, subscribe } from '../support/billing';
import { encrypt, newOrderNo } from '../support/merchant';
import { eventually } from '../support/program';
import { Stack } from '../support/stack';

jest.setTimeout(300_000);

const ROUNDS = Number(process.env.FAULT_ROUNDS ?? 1);
const SETTLED_WITHIN_MS = 120_000;
const AMOUNT = 19_900;

const ISSUE_POINTS = ['billing.before-intent', 'billing.before-call', 'billing.after-call'] as const;
const REVOKE_POINTS = ['billing.revoking', 'billing.revoked-there'] as const;
const CHARGE_POINTS = [
  'approve.before-intent',
  'approve.after-intent',
  'approve.before-call',
  'approve.after-call',
  'approve.before-outcome',
  'approve.after-outcome',
] as const;
const SUBSCRIPTION_POINTS = ['subscription.claimed', 'subscription.answered'] as const;

let stack: Stack;

beforeAll(async () => {
  stack = await Stack.start('billing-crash', { env: { WORKER_LEASE_MS: '20000' } });
});
afterAll(() => stack?.stop());

const rounds = <T>(points: readonly T[]) => Array.from({ length: ROUNDS }, () => points).flat();
const settles = <T>(what: string, look: () => Promise<T | undefined>) =>
  eventually(look, { withinMs: SETTLED_WITHIN_MS, what });

/** The API dies under the request, and is there again. */
async function dies(point: string, send: () => Promise<unknown>): Promise<void> {
  stack.api.crashAt(point);
  await expect(send()).rejects.toThrow();
  await stack.api.program.ended();
  await stack.api.program.start();
}

async function statusOf(billingKey: string): Promise<string> {
  return String((await stack.merchant.send('GET', `/v1/billing-keys/${billingKey}`)).body.status);
}

async function told(billingKey: string): Promise<string[]> {
  const connection = await mysql.createConnection(stack.databaseUrl);
  try {
    const sql = 'SELECT type FROM outbox_events WHERE subject_id = ? ORDER BY seq';
    const [found] = await connection.execute(sql, [billingKey]);
    return (found as { type: string }[]).map(({ type }) => type);
  } finally {
    await connection.end();
  }
}

describe('kill -9 of the API while a billing key is issued', () => {
  it.each(rounds(ISSUE_POINTS))('at %s: one key, or none that could pay', async (point) => {
    const { merchant } = stack;
    const customerKey = `crash-${newOrderNo()}`;
    const encData = await encrypt(merchant.mid, billingCard({ customerKey }));
    const send = () => merchant.send('POST', '/v1/billing-keys', { mid: merchant.mid, encData });
    await dies(point, send);
    const again = await settles('the same request is answered', async () => {
      const answer = await send();
      return answer.status === 409 ? undefined : answer;
    });
    const list = await merchant.send('GET', `/v1/billing-keys?customerKey=${customerKey}`);
    const [key, ...others] = list.body.data as { billingKey: string; status: string }[];
    expect(others).toEqual([]);
    if (point === 'billing.before-intent') {
      expect([again.status, key!.status]).toEqual([201, 'ACTIVE']);
      return;
    }
    expect(again.status).toBe(504);
    expect(again.body).toMatchObject({ code: 'BILLING_KEY_OUTCOME_UNKNOWN', outcome: 'UNKNOWN' });
    expect(key!.status).toBe('ISSUE_UNKNOWN');
    expect((await charge(merchant, key!.billingKey)).body.code).toBe('BILLING_KEY_NOT_ACTIVE');
    expect((await issue(merchant, { customerKey })).status).toBe(201);
  });
});

describe('kill -9 of the API while a billing key is revoked', () => {
  it.each(rounds(REVOKE_POINTS))(
    'at %s: it pays nothing from then on, and is gone in the end',
    async (point) => {
      const { merchant } = stack;
      const key = await issued(merchant);
      await dies(point, () => merchant.send('DELETE', `/v1/billing-keys/${key}`));
      expect((await charge(merchant, key)).body.code).toBe('BILLING_KEY_REVOKED');
      await settles('it is revoked', async () => (await statusOf(key)) === 'REVOKED' || undefined);
      expect(await told(key)).toEqual(['billing_key.issued', 'billing_key.revoked']);
    },
  );
});

describe('kill -9 of the API while a billing key is charged', () => {
  it.each(rounds(CHARGE_POINTS))('at %s: both books agree, also once the key is revoked', async (point) => {
    const { merchant, control } = stack;
    const key = await issued(merchant);
    const orderNo = newOrderNo();
    const send = () => charge(merchant, key, { orderNo, amount: AMOUNT });
    await dies(point, send);
    await merchant.send('DELETE', `/v1/billing-keys/${key}`);
    const early = await send();
    if (point === 'approve.before-intent') {
      expect(early.body.code).toBe('BILLING_KEY_REVOKED');
      expect((await merchant.order(orderNo)).status).toBe(404);
      return;
    }
    const isApproved = point === 'approve.after-outcome';
    const open = ['PAYMENT_IN_PROGRESS', 'ACQUIRER_TIMEOUT'];
    expect(isApproved ? ['DUPLICATE'] : open).toContain(isApproved ? early.body.outcome : early.body.code);
    const settled = await settles('it comes to a final state', async () => {
      const { body } = await merchant.order(orderNo);
      return ['IN_PROGRESS', 'REVERSING'].includes(String(body.status)) ? undefined : body;
    });
    expect(settled.status).toBe(isApproved ? 'APPROVED' : 'REVERSED');
    expect(await control.charged(settled.paymentId)).toBe(isApproved ? AMOUNT : 0);
  });
});

describe('kill -9 of the worker while a subscription is charged', () => {
  it.each(rounds(SUBSCRIPTION_POINTS))('at %s: it is charged once, by the next one', async (point) => {
    const { merchant, control } = stack;
    const billingKey = await issued(merchant);
    stack.crashWorkerAt(point);
    const made = await subscribe(merchant, { billingKey, amount: AMOUNT, noticeDays: 0 });
    await stack.worker.ended(SETTLED_WITHIN_MS);
    await stack.worker.start();
    const paid = await settles('it is paid', async () => {
      const [first] = await chargesOf(merchant, String(made.body.subscriptionId));
      return first?.status === 'PAID' ? first : undefined;
    });
    expect(paid.tries).toBe(1);
    expect(await control.calls('billing', paid.paymentId!)).toBe(1);
    expect(await control.charged(paid.paymentId!)).toBe(AMOUNT);
  });
});

it('comes to rest with nothing that verify objects to', async () => {
  const { code, output } = await stack.verify();
  expect(`${code} ${output}`).toMatch(/^0 .*/);
});
