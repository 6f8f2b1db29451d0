import { SqlPool } from '../../src/common/db/pool';
import { runVerify } from '../../src/verify/run-verify';
import { MerchantClient, newOrderNo } from '../support/merchant';
import { Stack } from '../support/stack';

jest.setTimeout(120_000);

/** `npm run verify` must find what is wrong with cash receipts: each violation is planted by hand, and undone. */
let stack: Stack;
let pool: SqlPool;
let issued: string;
let partly: string;
let refused: string;

beforeAll(async () => {
  stack = await Stack.start('planted_receipts', { worker: false });
  pool = new SqlPool(stack.databaseUrl, { connectionsMax: 1, waitMs: 5_000, queryTimeoutMs: 10_000 });
  // The tables' own CHECKs would not let most of it in.
  await pool.query('SET SESSION check_constraint_checks = 0');
  const merchant = new MerchantClient(stack.api.url, 'M0000006');
  const issue = async () => {
    const order = { orderNo: newOrderNo(), amount: 11_000, purpose: 'VOLUNTARY' };
    return String((await merchant.send('POST', '/v1/cash-receipts', order)).body.receiptId);
  };
  issued = await issue();
  partly = await issue();
  const cancel = { cancelAmount: 1_100, reason: 'test' };
  expect((await merchant.send('POST', `/v1/cash-receipts/${partly}/cancel`, cancel)).status).toBe(200);
  await stack.control.of('popbill').arm('cashReceipt', 'decline:-14001001', { times: 1 });
  refused = await issue();
});
afterAll(async () => {
  await pool?.close();
  await stack?.stop();
});

async function found(): Promise<string[]> {
  const addresses = { databaseUrl: stack.databaseUrl, sandboxUrl: stack.sandboxUrl };
  const { violations } = await runVerify(addresses, { between: 'FORBIDDEN', settleMs: 0 });
  return [...new Set(violations.map(({ invariant, id }) => `${invariant} ${id}`))];
}

it('finds nothing where nothing is wrong', async () => {
  expect(await found()).toEqual([]);
});

it.each([
  ['a receipt issued there that we say failed', 'INV-26', () => issued, "status='FAILED'", "status='ISSUED'"],
  ['a receipt that is not there', 'INV-26', () => refused, "status='ISSUED'", "status='FAILED'"],
  [
    'another approval number',
    'INV-26',
    () => issued,
    "approval_no=CONCAT('x', approval_no)",
    'approval_no=SUBSTRING(approval_no, 2)',
  ],
  ['one that no worker would end', 'INV-26', () => issued, "status='IN_PROGRESS'", "status='ISSUED'"],
  ['parts that do not add up', 'INV-27', () => issued, 'vat=vat+1', 'vat=vat-1'],
  [
    'another amount than the provider has',
    'INV-27',
    () => issued,
    'amount=amount+1, supply_amount=supply_amount+1, balance_amount=balance_amount+1',
    'amount=amount-1, supply_amount=supply_amount-1, balance_amount=balance_amount-1',
  ],
  [
    'a balance that does not add up',
    'INV-27',
    () => issued,
    'balance_amount=balance_amount-1',
    'balance_amount=balance_amount+1',
  ],
  [
    'a cancel that is not counted',
    'INV-27',
    () => partly,
    "cancelled_amount=0, balance_amount=11000, status='ISSUED'",
    "cancelled_amount=1100, balance_amount=9900, status='PARTIALLY_CANCELLED'",
  ],
  [
    'one replaced that stands',
    'INV-26',
    () => issued,
    "replaced_by_id='crc_00000000000000000000000000'",
    'replaced_by_id=NULL',
  ],
  ['one that follows on none', 'INV-26', () => issued, 'generation=2', 'generation=1'],
  ['a state without its event', 'INV-8', () => issued, "status='UNCONFIRMED'", "status='ISSUED'"],
])('finds %s (%s)', async (_what, invariant, id, wrong, right) => {
  await pool.execute(`UPDATE cash_receipts SET ${wrong} WHERE id = ?`, [id()]);
  try {
    expect(await found()).toContain(`${invariant} ${id()}`);
  } finally {
    await pool.execute(`UPDATE cash_receipts SET ${right} WHERE id = ?`, [id()]);
  }
});

it('finds cancels above the amount', async () => {
  const set = (amount: number) =>
    pool.execute('UPDATE cash_receipt_cancels SET amount = ?, supply_amount = ? - vat WHERE receipt_id = ?', [
      amount,
      amount,
      partly,
    ]);
  await set(11_001);
  expect(await found()).toContain(`INV-27 ${partly}`);
  await set(1_100);
});

it('finds two receipts of one order, and one that the provider has and we do not', async () => {
  const [{ order_no: orderNo, acquirer_order_no: number }] = (await pool.execute<Record<string, string>[]>(
    'SELECT order_no, acquirer_order_no FROM cash_receipts WHERE id = ?',
    [issued],
  )) as [{ order_no: string; acquirer_order_no: string }];
  await pool.query('ALTER TABLE cash_receipts DROP KEY uq_cash_receipts_order');
  const [{ order_no: other }] = (await pool.execute<Record<string, string>[]>(
    'SELECT order_no FROM cash_receipts WHERE id = ?',
    [partly],
  )) as [{ order_no: string }];
  await pool.execute('UPDATE cash_receipts SET order_no = ? WHERE id = ?', [orderNo, partly]);
  const both = await found();
  expect(both.includes(`INV-26 ${issued}`) || both.includes(`INV-26 ${partly}`)).toBe(true);
  await pool.execute('UPDATE cash_receipts SET order_no = ? WHERE id = ?', [other, partly]);
  expect(await found()).toEqual([]);
  await pool.execute("UPDATE cash_receipts SET provider = 'other' WHERE id = ?", [issued]);
  await pool.query('DROP TRIGGER cash_receipt_attempts_no_update');
  await pool.execute("UPDATE cash_receipt_attempts SET provider = 'other' WHERE receipt_id = ?", [issued]);
  expect(await found()).toContain(`INV-26 ${number}`);
});
