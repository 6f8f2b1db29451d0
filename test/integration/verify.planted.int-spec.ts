import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { SqlPool } from '../../src/common/db/pool';
import { runVerify } from '../../src/verify/run-verify';
import { chargesOf, issued, subscribe } from '../support/billing';
import { keyIn } from '../support/merchant';
import { eventually } from '../support/program';
import { Stack } from '../support/stack';

jest.setTimeout(120_000);

/** `npm run verify` must find what is wrong: each violation is planted by hand in a database that is right otherwise. */
let stack: Stack;
let pool: SqlPool;
let charged: string;
let declined: string;
let partly: string;

beforeAll(async () => {
  stack = await Stack.start('planted');
  pool = new SqlPool(stack.databaseUrl, { connectionsMax: 1, waitMs: 5_000, queryTimeoutMs: 10_000 });
  charged = (await stack.merchant.approve(keyIn({ amount: 10_000 }))).body.paymentId;
  partly = (await stack.merchant.approve(keyIn({ amount: 10_000 }))).body.paymentId;
  await stack.merchant.cancel(partly, { cancelAmount: 4_000 });
  declined = (await stack.merchant.approve(keyIn({ cardNumber: '4000000000000002' }))).body.paymentId;
});
afterAll(async () => {
  await pool?.close();
  await stack?.stop();
});

const verify = (sandboxUrl = stack.sandboxUrl) =>
  runVerify({ databaseUrl: stack.databaseUrl, sandboxUrl }, { between: 'FORBIDDEN', settleMs: 0 });

async function found(): Promise<string[]> {
  const { violations } = await verify();
  return [...new Set(violations.map(({ invariant, id }) => `${invariant} ${id}`))];
}

/** The statement is undone afterwards, so that each plant stands alone. */
async function planted(sql: string, undo: string, parameters: readonly string[]): Promise<string[]> {
  await pool.execute(sql, [...parameters]);
  try {
    return await found();
  } finally {
    await pool.execute(undo, [...parameters]);
  }
}

it('finds nothing where nothing is wrong', async () => {
  expect(await found()).toEqual([]);
});

const set = (assignments: string) => `UPDATE payments SET ${assignments} WHERE id = ?`;

it.each([
  ['an approval that the acquirer declined', 'INV-3', () => declined, "status='APPROVED'", "status='FAILED'"],
  ['a charged payment told as failed', 'INV-2', () => charged, "status='FAILED'", "status='APPROVED'"],
  ['a charged payment told as undone', 'INV-2', () => charged, "status='REVERSED'", "status='APPROVED'"],
  [
    'another amount than the acquirer took',
    'INV-3',
    () => charged,
    'amount=amount+1, balance_amount=balance_amount+1',
    'amount=amount-1, balance_amount=balance_amount-1',
  ],
  [
    'a cancel that is not counted',
    'INV-5',
    () => partly,
    'cancelled_amount=0, balance_amount=10000',
    'cancelled_amount=4000, balance_amount=6000',
  ],
  [
    'another acquirer key',
    'INV-3',
    () => charged,
    "acquirer_transaction_id=CONCAT('x', acquirer_transaction_id)",
    'acquirer_transaction_id=SUBSTRING(acquirer_transaction_id, 2)',
  ],
  ['a payment that no worker would end', 'INV-2', () => charged, "status='REVERSING'", "status='APPROVED'"],
])('finds %s (%s)', async (_what, invariant, id, wrong, right) => {
  expect(await planted(set(wrong), set(right), [id()])).toContain(`${invariant} ${id()}`);
});

it('finds a cancel row that the payment does not know', async () => {
  const wrong = 'UPDATE payment_cancels SET amount = amount + 1 WHERE payment_id = ?';
  const right = 'UPDATE payment_cancels SET amount = amount - 1 WHERE payment_id = ?';
  expect(await planted(wrong, right, [partly])).toContain(`INV-5 ${partly}`);
});

it('finds an attempt that is gone: the acquirer approved what we do not know', async () => {
  const hide =
    "UPDATE payment_attempts SET operation = 'INQUIRE' WHERE payment_id = ? AND operation = 'APPROVE'";
  const show =
    "UPDATE payment_attempts SET operation = 'APPROVE' WHERE payment_id = ? AND operation = 'INQUIRE'";
  expect(await planted(hide, show, [charged])).toContain(`INV-2 ${charged}`);
});

it('finds an event that the state table does not allow', async () => {
  await pool.execute(
    `INSERT INTO payment_events (payment_id, from_status, to_status, actor, reason, occurred_at)
     VALUES (?, 'FAILED', 'APPROVED', 'test', 'planted', UTC_TIMESTAMP(3))`,
    [declined],
  );
  expect(await found()).toContain(`INV-8 ${declined}`);
  expect((await stack.verify(['--settle-ms', '0'])).code).toBe(1);
});

describe('billing', () => {
  let key: string;
  let charge: string;
  let paymentId: string;

  beforeAll(async () => {
    key = await issued(stack.merchant);
    const made = await subscribe(stack.merchant, { billingKey: key });
    const id = String(made.body.subscriptionId);
    const paid = await eventually(
      async () => (await chargesOf(stack.merchant, id)).find(({ status }) => status === 'PAID'),
      { withinMs: 30_000, what: 'a period is paid' },
    );
    charge = paid.chargeId;
    paymentId = paid.paymentId!;
  });

  const onKey = (assignments: string) => `UPDATE billing_keys SET ${assignments} WHERE id = ?`;
  const onCharge = (assignments: string) => `UPDATE subscription_charges SET ${assignments} WHERE id = ?`;

  it('finds an active key with neither card nor token, one with both, and one that nobody would end', async () => {
    const [kept] = await pool.execute<{ token: string | null; card: string | null }[]>(
      'SELECT HEX(token_sealed) AS token, HEX(card_sealed) AS card FROM billing_keys WHERE id = ?',
      [key],
    );
    const column = kept!.token === null ? 'card' : 'token';
    const restore = onKey(`${column}_sealed = UNHEX('${kept![column]}')`);
    expect(await planted(onKey(`${column}_sealed = NULL`), restore, [key])).toContain(`INV-15 ${key}`);
    const other = column === 'card' ? 'token' : 'card';
    const both = onKey(`${other}_sealed = REPEAT('x', 40)`);
    expect(await planted(both, onKey(`${other}_sealed = NULL`), [key])).toContain(`INV-15 ${key}`);
    const stuck = await planted(onKey("status = 'REVOKING'"), onKey("status = 'ACTIVE'"), [key]);
    expect(stuck).toContain(`INV-2 ${key}`);
  });

  it('finds a charge that is told wrongly, or that no worker would take up', async () => {
    const failed = await planted(onCharge("status = 'FAILED'"), onCharge("status = 'PAID'"), [charge]);
    expect(failed).toContain(`INV-3 ${charge}`);
    const dearer = await planted(onCharge('amount = amount + 1'), onCharge('amount = amount - 1'), [charge]);
    expect(dearer).toContain(`INV-3 ${charge}`);
    const lost = await planted(onCharge("status = 'WAITING'"), onCharge("status = 'PAID'"), [charge]);
    expect(lost).toContain(`INV-2 ${charge}`);
  });

  it('finds a period that was charged twice', async () => {
    const [paid] = await pool.execute<{ order_no: string }[]>('SELECT order_no FROM payments WHERE id = ?', [
      paymentId,
    ]);
    const second = paid!.order_no.replace(/-1$/, '-2');
    const rename = (to: string) => `UPDATE payments SET order_no = '${to}' WHERE id = ?`;
    const [own] = await pool.execute<{ order_no: string }[]>('SELECT order_no FROM payments WHERE id = ?', [
      charged,
    ]);
    const seen = await planted(rename(second), rename(own!.order_no), [charged]);
    expect(seen.some((each) => each === `INV-1 ${paymentId}` || each === `INV-1 ${charged}`)).toBe(true);
  });
});

it('refuses to take an unreadable book for a good one', async () => {
  const broken: Server = createServer((_request, response) => response.writeHead(500).end());
  await new Promise<void>((done) => broken.listen(0, '127.0.0.1', done));
  const { port } = broken.address() as AddressInfo;
  await expect(verify(`http://127.0.0.1:${port}`)).rejects.toThrow('500');
  broken.close();
});
