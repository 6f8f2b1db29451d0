import type { AcquirerPort } from '../../src/acquirers/port/acquirer.port';
import type { InquiryOutcome } from '../../src/acquirers/port/acquirer.types';
import { SqlPool } from '../../src/common/db/pool';
import { newId } from '../../src/common/ids/id';
import type { Logger } from '../../src/common/logging/logger';
import { Clock } from '../../src/common/time/clock';
import type { AppConfig } from '../../src/config/app-config';
import type { MerchantsFacade } from '../../src/modules/merchants/merchants.facade';
import type { AccountIntent } from '../../src/modules/payments/journal/account-journal';
import { PaymentJournal } from '../../src/modules/payments/journal/payment-journal';
import type { PaymentMetrics } from '../../src/modules/payments/payment.metrics';
import { PaymentsRepository } from '../../src/modules/payments/payments.repository';
import type { Payment } from '../../src/modules/payments/payments.types';
import { DepositSettler } from '../../src/modules/payments/use-cases/deposit-settler';
import { VirtualAccountsRepository } from '../../src/modules/payments/virtual-accounts/virtual-accounts.repository';
import type { RoutingFacade } from '../../src/modules/routing/routing.facade';
import { accountIntent, at, issuedAccount } from '../support/account-samples';
import { exchange } from '../support/journal-samples';
import type { PointPolicies } from '../../src/modules/points/point-policies.service';
import { PointsFacade } from '../../src/modules/points/points.facade';
import { createTestDatabase, type TestDatabase } from '../support/test-database';

/** Waiting accounts over a real database; the acquirer is played, since none says such things by itself. */
let database: TestDatabase;
let pool: SqlPool;
let journal: PaymentJournal;
let accounts: VirtualAccountsRepository;
let payments: PaymentsRepository;
let settler: DepositSettler;
let seen: InquiryOutcome;
const alerts: string[] = [];

beforeAll(async () => {
  database = await createTestDatabase('vaccounts');
  pool = new SqlPool(database.url, { connectionsMax: 12, waitMs: 10_000, queryTimeoutMs: 10_000 });
  const config = { journal: { batchMax: 50, batchesInFlightMax: 2 } } as unknown as AppConfig;
  const points = new PointsFacade({ atWithin: () => Promise.resolve(null) } as unknown as PointPolicies);
  journal = new PaymentJournal(pool, points, config);
  payments = new PaymentsRepository(pool);
  accounts = new VirtualAccountsRepository(pool, payments);
  const adapter = { inquire: () => Promise.resolve(seen) } as unknown as AcquirerPort;
  settler = new DepositSettler(
    new Map([['toss', adapter]]),
    { findContract: () => Promise.resolve({}) } as unknown as MerchantsFacade,
    { accessTo: () => ({ answerTimeoutMs: 1_000 }) } as unknown as RoutingFacade,
    journal,
    accounts,
    { attempt: () => undefined, approval: () => undefined } as unknown as PaymentMetrics,
    new Clock(),
    { error: (event: string) => alerts.push(event), warn: () => undefined } as unknown as Logger,
  );
});
afterAll(async () => {
  await pool?.close();
  await database?.drop();
});
beforeEach(() => alerts.splice(0));

const found = (over: Partial<Extract<InquiryOutcome, { kind: 'FOUND' }>> = {}): InquiryOutcome => ({
  kind: 'FOUND',
  state: 'APPROVED',
  acquirerTransactionId: 'tk_1',
  amount: 10_000,
  balanceAmount: 10_000,
  cancels: [],
  deposit: { depositor: '홍길동', depositedAt: at },
  exchange,
  ...over,
});

async function opened(over: Partial<AccountIntent> = {}): Promise<Payment> {
  const result = await journal.accounts.open(accountIntent(over));
  if (result.kind !== 'OPENED') throw new Error(result.kind);
  return result.payment;
}

async function waiting(): Promise<Payment> {
  const payment = await journal.accounts.issued(await opened(), issuedAccount());
  if (payment === null) throw new Error('not issued');
  return payment;
}

const stateOf = async ({ paymentId }: Payment) => (await payments.find({ kind: 'ALL' }, paymentId))?.status;
const told = async ({ paymentId }: Payment) => {
  const rows = await pool.execute<{ type: string }[]>(
    `SELECT o.type FROM outbox_events o JOIN virtual_accounts v ON v.id = o.subject_id
     WHERE v.payment_id = ? ORDER BY o.seq`,
    [paymentId],
  );
  return rows.map(({ type }) => type);
};
const casesOf = ({ paymentId }: Payment) =>
  pool.execute<{ code: string; amount: number | null; status: string }[]>(
    'SELECT code, amount, status FROM virtual_account_cases WHERE payment_id = ? ORDER BY seq',
    [paymentId],
  );
const writer = { actor: 'test', reason: 'test', at };

describe('the issue', () => {
  it('is one of 50 of the same order', async () => {
    const orderNo = `VA-RACE-${newId('pay').slice(-6)}`;
    const results = await Promise.all(
      Array.from({ length: 50 }, () => journal.accounts.open(accountIntent({ orderNo }))),
    );
    expect(results.filter(({ kind }) => kind === 'OPENED')).toHaveLength(1);
    expect(results.filter(({ kind }) => kind === 'EXISTS')).toHaveLength(49);
  });

  it('keeps an id that is ours to make before anybody is asked, each attempt its own', async () => {
    const { acquirerTransactionId: id, ...first } = await opened({ acquirerTransactionId: 'tid_1' });
    expect(id).toBe('tid_1');
    const failed = await journal.confirms.close({
      payment: { ...first, acquirerTransactionId: id },
      to: 'FAILED',
      outcome: 'NOT_SENT',
      exchange,
      set: { failureCode: 'ACQUIRER_UNAVAILABLE' },
      dueInMs: null,
      ...writer,
    });
    const { paymentId, orderNo } = first;
    const again = await journal.accounts.reopen(
      failed!,
      accountIntent({ paymentId, orderNo, acquirerTransactionId: 'tid_2' }),
    );
    expect(again).toMatchObject({ kind: 'OPENED', payment: { acquirerTransactionId: 'tid_2' } });
    const { attempts } = await payments.withHistory(failed!);
    expect(attempts.map(({ acquirerTransactionId }) => acquirerTransactionId)).toEqual(['tid_1', 'tid_2']);
  });

  it('is not told once its undoing has begun', async () => {
    const payment = await opened({ dueInMs: -1 });
    const claimed = await journal.reversals.claimDue({ limit: 100, leaseMs: 60_000, without: [] }, writer);
    expect(claimed.map(({ payment: { paymentId } }) => paymentId)).toContain(payment.paymentId);
    expect(await journal.accounts.issued(payment, issuedAccount())).toBeNull();
    expect(await told(payment)).toEqual([]);
  });

  it('is tried again after it failed by one of many', async () => {
    const first = await opened();
    const failed = await journal.confirms.close({
      payment: first,
      to: 'FAILED',
      outcome: 'NOT_SENT',
      exchange,
      set: { failureCode: 'ACQUIRER_UNAVAILABLE' },
      dueInMs: null,
      ...writer,
    });
    const again = { paymentId: first.paymentId, orderNo: first.orderNo };
    const results = await Promise.all(
      Array.from({ length: 10 }, () => journal.accounts.reopen(failed!, accountIntent(again))),
    );
    expect(results.filter(({ kind }) => kind === 'OPENED')).toHaveLength(1);
    expect(results.filter(({ kind }) => kind === 'EXISTS')).toHaveLength(9);
  });

  it('is refused for an order that was net-cancelled before it came', async () => {
    const { orderNo, ...rest } = accountIntent();
    await pool.execute(
      'INSERT INTO barred_orders (mid, order_no, reason, barred_at) VALUES (?, ?, ?, NOW())',
      [...['M0000001', orderNo, 'test']],
    );
    expect(await journal.accounts.open({ orderNo, ...rest })).toEqual({ kind: 'BARRED' });
  });
});

describe('what the acquirer says of a waiting account', () => {
  it('approves it once, however many hear it at the same time', async () => {
    const payment = await waiting();
    seen = found();
    await Promise.all(Array.from({ length: 50 }, () => settler.look(payment, 'test')));
    expect(await stateOf(payment)).toBe('APPROVED');
    expect(await told(payment)).toEqual(['virtual_account.issued', 'virtual_account.deposited']);
    const { events, attempts } = await payments.withHistory(payment);
    expect(events.map(({ to }) => to)).toEqual(['IN_PROGRESS', 'WAITING_FOR_DEPOSIT', 'APPROVED']);
    expect(attempts.filter(({ operation }) => operation === 'INQUIRE')).toHaveLength(1);
  });

  it.each([9_999, 10_001])('never approves %d of 10,000 won: a case, alerted once', async (amount) => {
    const payment = await waiting();
    seen = found({ amount, balanceAmount: amount });
    for (let look = 0; look < 3; look += 1) expect((await settler.look(payment, 'test')).kind).toBe('CASE');
    expect(await stateOf(payment)).toBe('WAITING_FOR_DEPOSIT');
    expect(alerts).toEqual(['virtual-account.case']);
    expect(await casesOf(payment)).toEqual([{ code: 'AMOUNT_MISMATCH', amount, status: 'OPEN' }]);
  });

  it('leaves it as it is when nothing can be learnt', async () => {
    const payment = await waiting();
    for (const [unknown, kind] of [
      ['UNKNOWN', 'UNKNOWN'],
      ['NOT_FOUND', 'ABSENT'],
    ] as const) {
      seen = { kind: unknown, exchange };
      expect((await settler.look(payment, 'test')).kind).toBe(kind);
    }
    expect(await stateOf(payment)).toBe('WAITING_FOR_DEPOSIT');
  });

  it('ends it as closed where we asked for that, else as run out', async () => {
    const [closed, ranOut] = [await waiting(), await waiting()];
    await journal.deposits.requestClose(closed.paymentId, { by: 'test', at, leaseMs: 60_000 });
    seen = found({ state: 'NOT_APPROVED', balanceAmount: 0 });
    await settler.look(closed, 'test');
    await settler.look(ranOut, 'test');
    expect([await stateOf(closed), await stateOf(ranOut)]).toEqual(['CANCELLED', 'EXPIRED']);
    expect((await told(closed)).at(-1)).toBe('virtual_account.closed');
    expect((await told(ranOut)).at(-1)).toBe('virtual_account.expired');
  });

  it('a look that was claimed before somebody wanted it closed does not put that off', async () => {
    const claim = async ({ paymentId }: Payment) => {
      await pool.execute('UPDATE virtual_accounts SET check_at = UTC_TIMESTAMP(3) WHERE payment_id = ?', [
        paymentId,
      ]);
      const claimed = await journal.deposits.claimDue({ limit: 100, leaseMs: 60_000, without: [] });
      return claimed.find(({ payment }) => payment.paymentId === paymentId)!.claimedUntil;
    };
    const inSeconds = async ({ paymentId }: Payment) => {
      const [row] = await pool.execute<{ s: number }[]>(
        'SELECT TIMESTAMPDIFF(SECOND, UTC_TIMESTAMP(3), check_at) AS s FROM virtual_accounts WHERE payment_id = ?',
        [paymentId],
      );
      return Number(row!.s);
    };
    const [wanted, left] = [await waiting(), await waiting()];
    const wantedUntil = await claim(wanted);
    await journal.deposits.requestClose(wanted.paymentId, { by: 'test', at, leaseMs: 20_000 });
    await journal.deposits.postpone(wanted.paymentId, 3_600_000, [], wantedUntil);
    expect(await inSeconds(wanted)).toBeLessThanOrEqual(20);
    await journal.deposits.postpone(left.paymentId, 3_600_000, [], await claim(left));
    expect(await inSeconds(left)).toBeGreaterThan(3_500);
  });

  it('is alerted, and changes nothing, when money is in an account that had ended', async () => {
    const payment = await waiting();
    await journal.deposits.ended(payment.paymentId, 'EXPIRED', writer, []);
    const ended = (await payments.find({ kind: 'ALL' }, payment.paymentId))!;
    expect(await settler.heardAfterEnd(ended, found())).toBe('CASE');
    expect(await settler.heardAfterEnd(ended, found({ state: 'NOT_APPROVED' }))).toBe('AGREED');
    expect(await stateOf(payment)).toBe('EXPIRED');
    expect(alerts).toEqual(['virtual-account.case']);
  });
});

describe('a case', () => {
  const mismatch = { code: 'AMOUNT_MISMATCH', amount: 9_000 } as const;
  const keep = (payment: Payment, found: Parameters<PaymentJournal['deposits']['keepCase']>[1]) =>
    journal.deposits.keepCase(payment.paymentId, found, at);
  const close = ({ paymentId }: Payment) =>
    pool.execute(
      `UPDATE virtual_account_cases SET status = 'CLOSED', closed_at = NOW(3), closed_by = 'x', close_reason = 'x'
       WHERE payment_id = ? AND status = 'OPEN'`,
      [paymentId],
    );

  it('is kept once by 30 that find it at the same time', async () => {
    const payment = await waiting();
    const kept = await Promise.all(Array.from({ length: 30 }, () => keep(payment, mismatch)));
    expect(kept.filter(Boolean)).toHaveLength(1);
    expect(await casesOf(payment)).toHaveLength(1);
  });

  it('is one at a time, and what was closed is not opened again for the same finding', async () => {
    const payment = await waiting();
    const absent = { code: 'NOT_FOUND_AT_ACQUIRER', amount: null } as const;
    expect([await keep(payment, absent), await keep(payment, mismatch)]).toEqual([true, false]);
    await close(payment);
    expect([await keep(payment, absent), await keep(payment, mismatch)]).toEqual([false, true]);
    await close(payment);
    expect(await keep(payment, { ...mismatch, amount: 8_000 })).toBe(true);
    const [row] = await pool.execute<{ n: number }[]>(
      'SELECT COUNT(DISTINCT virtual_account_id) AS n FROM virtual_account_cases WHERE payment_id = ?',
      [payment.paymentId],
    );
    expect(Number(row!.n)).toBe(1);
  });
});

describe('the worker’s claims', () => {
  it('go to one worker each, say what is past due, and drop what waits no more', async () => {
    const [due, early, done] = [await waiting(), await waiting(), await waiting()];
    await journal.deposits.deposited(
      done.paymentId,
      { acquirerTransactionId: 'tk_1', depositor: null, depositedAt: at },
      writer,
      [],
    );
    const soon =
      'UPDATE virtual_accounts SET check_at = UTC_TIMESTAMP(3) - INTERVAL 1 SECOND WHERE payment_id = ?';
    for (const { paymentId } of [due, early, done]) await pool.execute(soon, [paymentId]);
    await pool.execute(
      'UPDATE virtual_accounts SET due_at = UTC_TIMESTAMP(3) - INTERVAL 1 MINUTE WHERE payment_id = ?',
      [due.paymentId],
    );
    const claim = { limit: 100, leaseMs: 60_000, without: [] };
    const claims = (
      await Promise.all([journal.deposits.claimDue(claim), journal.deposits.claimDue(claim)])
    ).flat();
    const of = ({ paymentId }: Payment) => claims.filter(({ payment }) => payment.paymentId === paymentId);
    expect(of(due).map(({ pastDue }) => pastDue)).toEqual([true]);
    expect(of(early).map(({ pastDue }) => pastDue)).toEqual([false]);
    expect(of(done)).toEqual([]);
    expect(await journal.deposits.claimDue({ ...claim, without: ['toss'] })).toEqual([]);
  });
});

it('lets a deposit and an end cross: one of them has happened', async () => {
  for (let round = 0; round < 20; round += 1) {
    const payment = await waiting();
    const deposit = { acquirerTransactionId: 'tk_1', depositor: null, depositedAt: at };
    const [deposited, ended] = await Promise.all([
      journal.deposits.deposited(payment.paymentId, deposit, writer, []),
      journal.deposits.ended(payment.paymentId, 'EXPIRED', writer, []),
    ]);
    expect([deposited, ended].filter(Boolean)).toHaveLength(1);
    expect(await stateOf(payment)).toBe(deposited ? 'APPROVED' : 'EXPIRED');
    expect(await told(payment)).toHaveLength(2);
  }
});
