import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { SqlPool } from '../../src/common/db/pool';
import { SEALED_COLUMNS } from '../../src/verify/sealed-checks';
import { runVerify } from '../../src/verify/run-verify';
import { AccountShop, type IssuedAccount } from '../support/accounts';
import { keyIn } from '../support/merchant';
import { Customer, setPolicy } from '../support/points';
import { type Made, SmsShop } from '../support/sms-payer';
import { chargesOf, issued, subscribe } from '../support/billing';
import { eventually } from '../support/program';
import { Stack } from '../support/stack';

jest.setTimeout(120_000);

/** `npm run verify` must find what is wrong: each violation is planted by hand in a database that is right otherwise. */
let stack: Stack;
let pool: SqlPool;
let charged: string;
let declined: string;
let partly: string;
let hybrid: string;
let paid: Made;
let asked: Made;

beforeAll(async () => {
  stack = await Stack.start('planted');
  pool = new SqlPool(stack.databaseUrl, { connectionsMax: 1, waitMs: 5_000, queryTimeoutMs: 10_000 });
  charged = (await stack.merchant.approve(keyIn({ amount: 10_000 }))).body.paymentId;
  partly = (await stack.merchant.approve(keyIn({ amount: 10_000 }))).body.paymentId;
  await stack.merchant.cancel(partly, { cancelAmount: 4_000 });
  await setPolicy(stack);
  const customer = await Customer.with(stack.merchant, 5_000);
  hybrid = (await stack.merchant.approve(customer.order(4_000, { amount: 10_000 }))).body.paymentId;
  await stack.merchant.cancel(hybrid, { cancelAmount: 7_000 });
  const shop = new SmsShop(stack);
  [paid, asked] = [await shop.request(), await shop.request()];
  const token = await shop.token(paid.phone);
  await shop.confirm(token, await shop.code(token, paid.phone));
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

describe('of virtual accounts', () => {
  let waiting: IssuedAccount;
  let deposited: IssuedAccount;
  let closed: IssuedAccount;

  beforeAll(async () => {
    const shop = new AccountShop(stack.merchant);
    [waiting, deposited, closed] = [await shop.issue(), await shop.issue(), await shop.issue()];
    await shop.close(closed);
    await stack.control.deposit(deposited.accountNumber, deposited.amount, '홍길동');
    await shop.becomes(deposited, 'APPROVED');
    expect(await found()).toEqual([]);
    // It would look at an account whose time is planted to be over, and end it.
    await stack.worker.stop();
  });
  afterAll(() => stack.worker.start());

  const account = (assignments: string) => `UPDATE virtual_accounts SET ${assignments} WHERE payment_id = ?`;

  it.each([
    [
      'one past its time',
      'INV-2',
      () => waiting,
      account('due_at = due_at - INTERVAL 30 DAY'),
      account('due_at = due_at + INTERVAL 30 DAY'),
    ],
    [
      'one that no worker would look at',
      'INV-2',
      () => waiting,
      account('check_at = NULL'),
      account('check_at = UTC_TIMESTAMP(3) + INTERVAL 1 DAY'),
    ],
    [
      'a deposit that is not approved here',
      'INV-2',
      () => deposited,
      set("status = 'WAITING_FOR_DEPOSIT'"),
      set("status = 'APPROVED'"),
    ],
    [
      'an approval without a deposit there',
      'INV-3',
      () => waiting,
      set("status = 'APPROVED', approved_at = created_at"),
      set("status = 'WAITING_FOR_DEPOSIT', approved_at = NULL"),
    ],
    [
      'one whose row does not know its deposit',
      'INV-3',
      () => deposited,
      account('deposited_at = NULL'),
      account('deposited_at = created_at'),
    ],
    [
      'a closed one told as refunded',
      'INV-5',
      () => closed,
      set('approved_at = created_at'),
      set('approved_at = NULL'),
    ],
  ])('finds %s (%s)', async (_what, invariant, of, wrong, right) => {
    const { paymentId } = of();
    expect(await planted(wrong, right, [paymentId])).toContain(`${invariant} ${paymentId}`);
  });
});

it('finds a cancel row that the payment does not know', async () => {
  const wrong = 'UPDATE payment_cancels SET amount = amount + 1 WHERE payment_id = ?';
  const right = 'UPDATE payment_cancels SET amount = amount - 1 WHERE payment_id = ?';
  expect(await planted(wrong, right, [partly])).toContain(`INV-5 ${partly}`);
});

const setSms = (assignments: string) => `UPDATE sms_payments SET ${assignments} WHERE id = ?`;

it.each([
  [
    'paid by nothing',
    'INV-3',
    () => paid,
    'payment_id=REVERSE(payment_id)',
    'payment_id=REVERSE(payment_id)',
  ],
  ['paid at another amount', 'INV-3', () => paid, 'amount=amount+1', 'amount=amount-1'],
  ['charged, and said not to be', 'INV-4', () => paid, "status='EXPIRED'", "status='PAID'"],
  ['tried too often', 'INV-22', () => asked, 'code_tries=6', 'code_tries=0'],
  ['paid, with its code left', 'INV-22', () => paid, 'code_hash=phone_index', 'code_hash=NULL'],
  ['in no state that its events tell of', 'INV-8', () => asked, "status='CANCELLED'", "status='REQUESTED'"],
  ['that no worker would end', 'INV-2', () => asked, 'due_at=NULL', 'due_at=expires_at'],
  [
    'with its number in clear',
    'INV-15',
    () => asked,
    "phone_sealed=CONCAT('01012345678', phone_sealed)",
    'phone_sealed=SUBSTRING(phone_sealed, 12)',
  ],
])('finds an SMS payment %s (%s)', async (_what, invariant, made, wrong, right) => {
  const { smsPaymentId } = made();
  expect(await planted(setSms(wrong), setSms(right), [smsPaymentId])).toContain(
    `${invariant} ${smsPaymentId}`,
  );
});

it('finds a message whose text was kept after it was sent', async () => {
  const of = `WHERE subject_id = ? AND purpose = 'sms-payment.link'`;
  const [row] = await pool.execute<{ id: string }[]>(`SELECT id FROM messages ${of}`, [asked.smsPaymentId]);
  const wrong = `UPDATE messages SET content_sealed = recipient_sealed ${of}`;
  const right = `UPDATE messages SET content_sealed = NULL ${of}`;
  expect(await planted(wrong, right, [asked.smsPaymentId])).toContain(`INV-15 ${row!.id}`);
});

describe('a nonce that was used twice under one key', () => {
  it('is looked for in every sealed column that there is', async () => {
    const rows = await pool.execute<{ place: string }[]>(
      `SELECT CONCAT(table_name, '.', column_name) AS place FROM information_schema.columns
       WHERE table_schema = DATABASE() AND column_name LIKE '%\\_sealed'`,
    );
    expect(SEALED_COLUMNS.map(([table, column]) => `${table}.${column}`).sort()).toEqual(
      rows.map(({ place }) => place).sort(),
    );
  });

  const kept = '(SELECT recipient_sealed FROM messages ORDER BY id LIMIT 1)';

  it.each([
    [
      'members.phone_sealed',
      `UPDATE members SET phone_sealed = ${kept}, phone_index = REPEAT('x', 32)
       WHERE login_id = ? AND phone_sealed IS NULL`,
      'UPDATE members SET phone_sealed = NULL, phone_index = NULL WHERE login_id = ?',
      'operator',
    ],
    [
      'member_codes.contact_sealed',
      `INSERT INTO member_codes (code_key, code_hash, tries, id, contact_channel, contact_sealed, created_at, expires_at)
       VALUES (REPEAT('k', 32), REPEAT('h', 32), 0, ?, 'SMS', ${kept}, NOW(3), NOW(3))`,
      'DELETE FROM member_codes WHERE id = ?',
      'mvc_planted',
    ],
    [
      'encryption_keys.key_sealed',
      `INSERT INTO encryption_keys (kid, mid, key_sealed, created_by, created_at, revoked_at)
       VALUES (?, 'M0000001', ${kept}, 'test', NOW(3), NOW(3))`,
      'DELETE FROM encryption_keys WHERE kid = ?',
      'key_planted',
    ],
  ])('is found in %s and in a message', async (place, wrong, right, name) => {
    const seen = await planted(wrong, right, [name]);
    expect(seen.filter((each) => each.startsWith('INV-17'))).toEqual([
      expect.stringMatching(new RegExp(`^INV-17 ${place} `)),
    ]);
  });
});

it('finds an attempt that is gone: the acquirer approved what we do not know', async () => {
  const hide =
    "UPDATE payment_attempts SET operation = 'INQUIRE' WHERE payment_id = ? AND operation = 'APPROVE'";
  const show =
    "UPDATE payment_attempts SET operation = 'APPROVE' WHERE payment_id = ? AND operation = 'INQUIRE'";
  expect(await planted(hide, show, [charged])).toContain(`INV-2 ${charged}`);
});

const points = (assignments: string) => `UPDATE payment_points SET ${assignments} WHERE payment_id = ?`;

it.each([
  ['points that are held for a settled payment', "state='HELD'", "state='USED'"],
  ['points that a charged payment did not use', "state='FREED'", "state='USED'"],
  ['points given back without a cancel', 'restored_amount=2000', 'restored_amount=1000'],
  ['earned points that were not taken back', 'clawed_back_amount=0', 'clawed_back_amount=60'],
  ['another point part than was used', 'point_amount=4001', 'point_amount=4000'],
])('finds %s (INV-28)', async (_what, wrong, right) => {
  expect(await planted(points(wrong), points(right), [hybrid])).toContain(`INV-28 ${hybrid}`);
});

it('finds points that the acquirer was asked for as well', async () => {
  const found = await planted(set('point_amount=3999'), set('point_amount=4000'), [hybrid]);
  expect(found).toEqual(expect.arrayContaining([`INV-28 ${hybrid}`, `INV-3 ${hybrid}`]));
});

it('finds points that no history tells of', async () => {
  const account = `UPDATE point_accounts SET balance = balance + ? WHERE customer_key =
    (SELECT customer_key FROM payment_points WHERE payment_id = ?)`;
  await pool.execute(account, [1, hybrid]);
  expect((await found()).map((line) => line.slice(0, 16))).toEqual(['INV-28 M0000001 ']);
  await pool.execute(account, [-1, hybrid]);
  expect(await found()).toEqual([]);
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

it('finds a second payment by one link', async () => {
  await pool.execute(
    `INSERT INTO sms_payment_events (sms_payment_id, from_status, to_status, actor, reason, occurred_at)
     VALUES (?, 'PAYING', 'PAID', 'test', 'planted', UTC_TIMESTAMP(3))`,
    [paid.smsPaymentId],
  );
  expect(await found()).toContain(`INV-22 ${paid.smsPaymentId}`);
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

describe('of reconciliation', () => {
  const RUN = 'run_planted';
  const CASE = 'rcn_planted';

  beforeAll(async () => {
    await pool.execute(
      `INSERT INTO reconciliation_runs (id, day, list, contract_id, mid, acquirer, basis, status, listed_count, own_count,
         difference_count, open_count, requested_by, created_at, started_at, finished_at)
       SELECT ?, '2026-01-02', 'MOVEMENTS', id, mid, acquirer, 'LIST', 'DONE', 1, 0, 1, 0, 'test', UTC_TIMESTAMP(3),
         UTC_TIMESTAMP(3) - INTERVAL 1 MINUTE, UTC_TIMESTAMP(3) FROM acquirer_contracts ORDER BY id LIMIT 1`,
      [RUN],
    );
    await pool.execute(
      `INSERT INTO acquirer_movements (contract_id, movement_key, kind, acquirer_order_no, acquirer_transaction_id, amount,
         occurred_at, listed_day, first_seen_at, seen_at)
       SELECT contract_id, 'planted', 'APPROVAL', 'order', 'tx', 1, '2026-01-02 03:00:00', day, started_at, started_at
       FROM reconciliation_runs WHERE id = ?`,
      [RUN],
    );
    await pool.execute(
      `INSERT INTO reconciliation_cases (id, run_id, finding_key, kind, day, list, contract_id, mid, acquirer, status,
         version, opened_at, confirmed_at)
       SELECT ?, id, REPEAT('a', 64), 'MISSING_HERE', day, list, contract_id, mid, acquirer, 'OPEN', 1, UTC_TIMESTAMP(3),
         UTC_TIMESTAMP(3) FROM reconciliation_runs WHERE id = ?`,
      [CASE, RUN],
    );
    await pool.execute(
      `INSERT INTO reconciliation_case_events (case_id, to_status, actor, occurred_at)
       VALUES (?, 'OPEN', 'system:reconciliation', UTC_TIMESTAMP(3))`,
      [CASE],
    );
    // What was planted before and cannot be undone is still found.
    expect((await found()).filter((each) => each.startsWith('INV-11'))).toEqual([]);
  });

  const run = (assignments: string) => `UPDATE reconciliation_runs SET ${assignments} WHERE id = ?`;
  const one = (assignments: string) => `UPDATE reconciliation_cases SET ${assignments} WHERE id = ?`;

  it.each([
    ['a count of the list', RUN, run('listed_count = 2'), run('listed_count = 1')],
    ['a count of differences', RUN, run('difference_count = 0'), run('difference_count = 1')],
    [
      'a row that is gone',
      RUN,
      "UPDATE acquirer_movements SET withdrawn_at = seen_at WHERE 'run_planted' = ?",
      "UPDATE acquirer_movements SET withdrawn_at = NULL WHERE 'run_planted' = ?",
    ],
    [
      'a break that nobody found again',
      CASE,
      one('confirmed_at = confirmed_at - INTERVAL 1 HOUR'),
      one('confirmed_at = confirmed_at + INTERVAL 1 HOUR'),
    ],
    [
      'an owner without an event',
      CASE,
      one("status = 'ASSIGNED', owner_id = 'mem_x'"),
      one("status = 'OPEN', owner_id = NULL"),
    ],
    [
      'a case that was resolved in silence',
      CASE,
      one("status = 'RESOLVED', resolution = 'ACCEPTED', resolved_by = 'x', resolved_at = opened_at"),
      one("status = 'OPEN', resolution = NULL, resolved_by = NULL, resolved_at = NULL"),
    ],
  ])('finds %s', async (_what, id, wrong, right) => {
    expect(await planted(wrong, right, [id])).toContain(`INV-11 ${id}`);
  });

  it('finds a change that the table of states does not have', async () => {
    await pool.execute(
      `INSERT INTO reconciliation_case_events (case_id, from_status, to_status, actor, occurred_at)
       VALUES (?, 'RESOLVED', 'OPEN', 'x', UTC_TIMESTAMP(3))`,
      [CASE],
    );
    expect(await found()).toContain(`INV-11 ${CASE}`);
  });
});

it('refuses to take an unreadable book for a good one', async () => {
  const broken: Server = createServer((_request, response) => response.writeHead(500).end());
  await new Promise<void>((done) => broken.listen(0, '127.0.0.1', done));
  const { port } = broken.address() as AddressInfo;
  await expect(verify(`http://127.0.0.1:${port}`)).rejects.toThrow('500');
  broken.close();
});
