import { SqlPool } from '../../src/common/db/pool';
import { newId } from '../../src/common/ids/id';
import { ApprovalJournal } from '../../src/modules/payments/journal/approval-journal';
import { CancelJournal } from '../../src/modules/payments/journal/cancel-journal';
import type { ApprovalIntent } from '../../src/modules/payments/journal/journal.types';
import { CancelTurns } from '../../src/modules/payments/journal/cancel-turns';
import { ReversalJournal } from '../../src/modules/payments/journal/reversal-journal';
import { PaymentPointsBook } from '../../src/modules/points/payment-points';
import { PointLedger } from '../../src/modules/points/point-ledger';
import { closing, intent, record } from '../support/journal-samples';
import { createTestDatabase, type TestDatabase } from '../support/test-database';

/** The journal against a real MariaDB: what is committed together, what is refused, and what many at once may not do. */
let database: TestDatabase;
let pool: SqlPool;
let journal: ApprovalJournal;
let cancels: CancelJournal;
let turns: CancelTurns;
let reversals: ReversalJournal;

beforeAll(async () => {
  database = await createTestDatabase('journal');
  pool = new SqlPool(database.url, { connectionsMax: 8, waitMs: 5_000, queryTimeoutMs: 10_000 });
  const points = new PaymentPointsBook(new PointLedger());
  journal = new ApprovalJournal(pool, { batchMax: 64, inFlightMax: 2, waitingMax: 5_000 }, points);
  cancels = new CancelJournal(pool, points);
  turns = new CancelTurns(pool);
  reversals = new ReversalJournal(pool, points);
});

afterAll(async () => {
  await pool.close();
  await database.drop();
});

const row = async (id: string) =>
  (await pool.execute<Record<string, unknown>[]>('SELECT * FROM payments WHERE id = ?', [id]))[0];
const attemptOf = async ({ attemptId }: ApprovalIntent) =>
  (
    await pool.execute<Record<string, unknown>[]>('SELECT * FROM payment_attempts WHERE id = ?', [attemptId])
  )[0];
const count = async (sql: string, id: string) =>
  Number((await pool.execute<{ n: number }[]>(`SELECT COUNT(*) AS n FROM ${sql}`, [id]))[0]!.n);

async function approved(over: Partial<ApprovalIntent> = {}): Promise<ApprovalIntent> {
  const made = intent(over);
  expect(await journal.open(made)).toEqual({ kind: 'OPENED', version: 1 });
  expect(await journal.close(closing(made))).toEqual({ kind: 'CLOSED', version: 2 });
  return made;
}

const claimOf = (limit: number) => ({ limit, leaseMs: 60_000, without: [] });

describe('approvals', () => {
  it('keeps a payment, its attempt and its events, exactly as told', async () => {
    const made = await approved();
    expect(await row(made.paymentId)).toMatchObject({
      status: 'APPROVED',
      version: 2,
      amount: 55_000,
      balance_amount: 55_000,
      goods_name: '아메리카노 "두 잔"',
      metadata: '{"cart":"c-1"}',
      buyer_contact_sealed: Buffer.from([1, 2, 250]),
      created_at: '2026-01-02 03:04:05.678',
      approved_at: '2026-01-02 03:04:06',
      due_at: null,
      acquirer_transaction_id: `tx-${made.paymentId}`,
      interest_free: 0,
    });
    expect(
      await count(`payment_attempts WHERE outcome = 'APPROVED' AND payment_id = ?`, made.paymentId),
    ).toBe(1);
    const events = await pool.execute<{ from_status: string | null; to_status: string }[]>(
      'SELECT from_status, to_status FROM payment_events WHERE payment_id = ? ORDER BY id',
      [made.paymentId],
    );
    expect(events).toEqual([
      { from_status: null, to_status: 'IN_PROGRESS' },
      { from_status: 'IN_PROGRESS', to_status: 'APPROVED' },
    ]);
  });

  it('lets one of 200 intents of the same order through, whatever batches they fall into', async () => {
    const all = Array.from({ length: 200 }, () => intent({ orderNo: 'ORDER-SAME' }));
    const results = await Promise.all(all.map((one) => journal.open(one)));
    expect(results.filter(({ kind }) => kind === 'OPENED')).toHaveLength(1);
    expect(results.filter(({ kind }) => kind === 'EXISTS')).toHaveLength(199);
    const opened = all[results.findIndex(({ kind }) => kind === 'OPENED')]!;
    expect(await count(`payment_attempts WHERE payment_id = ?`, opened.paymentId)).toBe(1);
  });

  it('tells orders that differ in case apart', async () => {
    expect((await journal.open(intent({ orderNo: 'order-case' }))).kind).toBe('OPENED');
    expect((await journal.open(intent({ orderNo: 'ORDER-case' }))).kind).toBe('OPENED');
  });

  it('closes the good ones of a batch in which one was taken over', async () => {
    const made = await Promise.all(
      Array.from({ length: 20 }, () => intent()).map(async (one) => (await journal.open(one), one)),
    );
    await pool.execute(`UPDATE payments SET version = version + 1, status = 'REVERSING' WHERE id = ?`, [
      made[7]!.paymentId,
    ]);
    const results = await Promise.all(made.map((one) => journal.close(closing(one))));
    expect(results.map(({ kind }) => kind)).toEqual(
      made.map((_, index) => (index === 7 ? 'LOST' : 'CLOSED')),
    );
    expect((await row(made[7]!.paymentId))?.status).toBe('REVERSING');
  });

  it('writes an intent and an outcome whatever text came with it', async () => {
    const made = intent();
    // Cut to its column's length in the middle of a character.
    const odd = { ...closing(made).exchange, message: `${'x'.repeat(199)}😀` };
    expect(await journal.open({ ...made, goodsName: 'a\ud800' })).toMatchObject({ kind: 'OPENED' });
    expect(await row(made.paymentId)).toMatchObject({ goods_name: 'a\ufffd' });
    expect(await journal.close(closing(made, { exchange: odd }))).toMatchObject({
      kind: 'CLOSED',
    });
    expect(await attemptOf(made)).toMatchObject({ message: `${'x'.repeat(199)}\ufffd` });
  });

  it('answers CLOSED again for its own outcome that is written already', async () => {
    const made = await approved();
    expect(await journal.close(closing(made))).toEqual({ kind: 'CLOSED', version: 2 });
  });

  it('refuses an order that was net-cancelled before it came, and only that one of a batch', async () => {
    const order = { mid: 'M0000001', orderNo: 'ORDER-BARRED' };
    const rules = { leaseMs: 1_000, maxAgeMs: 1_000 };
    const begun = await reversals.begin(order, rules, {
      actor: 'merchant',
      reason: 'no answer',
      at: new Date(),
    });
    expect(begun.kind).toBe('NOT_FOUND');
    const results = await Promise.all([
      journal.open(intent()),
      journal.open(intent({ orderNo: 'ORDER-BARRED' })),
      journal.open(intent()),
    ]);
    expect(results.map(({ kind }) => kind)).toEqual(['OPENED', 'BARRED', 'OPENED']);
  });

  it('of a net cancel and an approval that cross, at least one sees the other', async () => {
    for (let round = 0; round < 40; round += 1) {
      const orderNo = `ORDER-CROSS-${round}`;
      const [opened, begun] = await Promise.all([
        journal.open(intent({ orderNo })),
        reversals.begin(
          { mid: 'M0000001', orderNo },
          { leaseMs: 60_000, maxAgeMs: 60_000 },
          {
            actor: 'merchant',
            reason: 'no answer',
            at: new Date(),
          },
        ),
      ]);
      expect([opened.kind, begun.kind]).not.toEqual(['OPENED', 'NOT_FOUND']);
    }
  });

  it('counts towards daily and monthly limits, never past them, and gives back what was declined', async () => {
    const limits = { day: '2026-01-02', dailyLimit: 100_000, monthlyLimit: 120_000 };
    const made = Array.from({ length: 10 }, () =>
      intent({ amount: 30_000, contractId: 'ctr_limited', limits }),
    );
    const results = await Promise.all(made.map((one) => journal.open(one)));
    expect(results.filter(({ kind }) => kind === 'OPENED')).toHaveLength(3);
    expect(results.filter(({ kind }) => kind === 'OVER_LIMIT')).toHaveLength(7);
    const first = made[results.findIndex(({ kind }) => kind === 'OPENED')]!;
    const failed = {
      to: 'FAILED',
      outcome: 'DECLINED',
      failureCode: 'CARD_DECLINED',
      usageDay: '2026-01-02',
    } as const;
    await journal.close(closing(first, failed));
    expect((await journal.open(intent({ amount: 30_000, contractId: 'ctr_limited', limits }))).kind).toBe(
      'OPENED',
    );
    const tomorrow = { ...limits, day: '2026-01-03' };
    expect(
      (await journal.open(intent({ amount: 40_000, contractId: 'ctr_limited', limits: tomorrow }))).kind,
    ).toBe('OVER_LIMIT');
  });

  it('makes a new attempt after a decline, once', async () => {
    const made = intent();
    await journal.open(made);
    await journal.close(closing(made, { to: 'FAILED', outcome: 'DECLINED', failureCode: 'CARD_DECLINED' }));
    const same = () => ({ ...made, attemptId: newId('att'), acquirerOrderNo: `${made.paymentId}-2` });
    const again = () => ({ ...same(), requestHash: 'd'.repeat(64), channel: 'BILLING' as const });
    const captured = await journal.next({ intent: same(), fromVersion: 2, attemptNumber: 2 }, 'FAILED', null);
    expect(captured).toEqual({ kind: 'ASKED_BEFORE' });
    const results = await Promise.all(
      Array.from({ length: 10 }, () =>
        journal.next({ intent: again(), fromVersion: 2, attemptNumber: 2 }, 'FAILED', null),
      ),
    );
    expect(results.filter(({ kind }) => kind === 'OPENED')).toHaveLength(1);
    expect(results.filter(({ kind }) => kind === 'LOST')).toHaveLength(9);
    expect(await row(made.paymentId)).toMatchObject({
      status: 'IN_PROGRESS',
      version: 3,
      channel: 'BILLING',
      failure_code: null,
    });
  });

  it('never lets anyone change or remove an event', async () => {
    await expect(pool.execute('UPDATE payment_events SET reason = ?', ['x'])).rejects.toMatchObject({
      errno: 1644,
    });
    await expect(pool.execute('DELETE FROM payment_events')).rejects.toMatchObject({ errno: 1644 });
  });
});

const open = (paymentId: string, cancelAmount?: number, requestKey: string | null = null) =>
  cancels.open({
    cancelId: newId('pcn'),
    paymentId,
    wish: { cancelAmount },
    reason: '고객 변심',
    requestedBy: 'merchant:M0000001',
    requestKey,
    dueInMs: 60_000,
    at: new Date(),
  });

describe('cancels', () => {
  it('50 partial cancels at once never pass the balance', async () => {
    const made = await approved({ amount: 1_000, vat: 91 });
    const opened = await Promise.all(Array.from({ length: 50 }, () => open(made.paymentId, 100)));
    const good = opened.filter(({ kind }) => kind === 'OPENED');
    expect(good).toHaveLength(10);
    await Promise.all(
      good.map((one) =>
        one.kind === 'OPENED'
          ? cancels.close(one.cancel, { kind: 'DONE', acquirerCancelId: 'c', cancelledAt: new Date() }, [
              record(made.paymentId),
            ])
          : Promise.resolve(false),
      ),
    );
    expect(await row(made.paymentId)).toMatchObject({
      status: 'CANCELLED',
      balance_amount: 0,
      pending_cancel_amount: 0,
      cancelled_amount: 1_000,
    });
    expect(await open(made.paymentId)).toMatchObject({ kind: 'NOTHING_LEFT' });
  });

  it('gives the amount back when the acquirer refused', async () => {
    const made = await approved({ taxFreeAmount: 5_000 });
    const opened = await open(made.paymentId, 52_000);
    if (opened.kind !== 'OPENED') throw new Error(opened.kind);
    expect(opened.cancel).toMatchObject({ amount: 52_000, taxFreeAmount: 2_000, status: 'IN_PROGRESS' });
    expect(await row(made.paymentId)).toMatchObject({ balance_amount: 3_000, tax_free_balance: 3_000 });
    const refused = record(made.paymentId, { outcome: 'REFUSED' });
    expect(
      await cancels.close(opened.cancel, { kind: 'FAILED', failureCode: 'CANCEL_REFUSED' }, [refused]),
    ).toBe(true);
    expect(await row(made.paymentId)).toMatchObject({
      status: 'APPROVED',
      balance_amount: 55_000,
      tax_free_balance: 5_000,
    });
  });

  it('finds the first cancel of the same request', async () => {
    const made = await approved();
    const key = 'a'.repeat(64);
    const opened = await Promise.all(Array.from({ length: 10 }, () => open(made.paymentId, 100, key)));
    expect(opened.filter(({ kind }) => kind === 'OPENED')).toHaveLength(1);
    expect(opened.filter(({ kind }) => kind === 'REPEATED')).toHaveLength(9);
  });

  it('is taken over by one worker, and the old owner writes nothing', async () => {
    const made = await approved();
    const opened = await open(made.paymentId, 100);
    if (opened.kind !== 'OPENED') throw new Error(opened.kind);
    await pool.execute('UPDATE payment_cancels SET due_at = UTC_TIMESTAMP(3) WHERE id = ?', [
      opened.cancel.cancelId,
    ]);
    const claims = (await Promise.all([cancels.claimDue(claimOf(10)), cancels.claimDue(claimOf(10))])).flat();
    expect(claims.map(({ cancelId }) => cancelId)).toEqual([opened.cancel.cancelId]);
    const end = { kind: 'DONE', acquirerCancelId: 'c', cancelledAt: new Date() } as const;
    expect(await cancels.close(opened.cancel, end, [record(made.paymentId)])).toBe(false);
    expect(await cancels.close(claims[0]!, end, [record(made.paymentId)])).toBe(true);
    expect(await row(made.paymentId)).toMatchObject({ status: 'PARTIALLY_CANCELLED', cancelled_amount: 100 });
  });
});

describe('turns of cancels', () => {
  const lease = { ms: 60_000, newKeyAfterMs: 60_000 };

  it('gives one cancel of a payment the turn at a time, and shows it what is cancelled already', async () => {
    const made = await approved();
    const [first, second] = [await open(made.paymentId, 100), await open(made.paymentId, 200)];
    if (first.kind !== 'OPENED' || second.kind !== 'OPENED') throw new Error('not opened');
    const taken = await Promise.all([turns.take(first.cancel, lease), turns.take(second.cancel, lease)]);
    expect(taken.map(({ kind }) => kind).sort()).toEqual(['BUSY', 'TURN']);
    const [holder, waiting] = taken[0].kind === 'TURN' ? [first, second] : [second, first];
    const turn = taken.find(({ kind }) => kind === 'TURN');
    if (turn?.kind !== 'TURN') throw new Error('no turn');
    expect(turn).toMatchObject({ doneAmount: 0, doneIds: [], unansweredForMs: null });
    expect(await turns.isFree(made.paymentId)).toBe(false);
    const end = { kind: 'DONE', acquirerCancelId: 'c-1', cancelledAt: new Date() } as const;
    expect(await cancels.close(turn.cancel, end, [record(made.paymentId)])).toBe(true);
    expect(await turns.isFree(made.paymentId)).toBe(true);
    const next = await turns.take(waiting.cancel, lease);
    expect(next).toMatchObject({ kind: 'TURN', doneAmount: holder.cancel.amount, doneIds: ['c-1'] });
  });

  it('keeps the turn over an answer that was lost, and changes the key only after the longest processing time', async () => {
    const made = await approved();
    const opened = await open(made.paymentId, 100);
    if (opened.kind !== 'OPENED') throw new Error(opened.kind);
    const turn = await turns.take(opened.cancel, lease);
    if (turn.kind !== 'TURN') throw new Error(turn.kind);
    const kept = await cancels.postpone(turn.cancel, { dueInMs: 1, unanswered: true }, [
      record(made.paymentId),
    ]);
    const soon = await turns.take(kept!, lease);
    if (soon.kind !== 'TURN') throw new Error(soon.kind);
    expect(soon.cancel.cancelKey).toBe(opened.cancel.cancelKey);
    expect(soon.unansweredForMs).toBeLessThan(60_000);
    await new Promise((resolve) => setTimeout(resolve, 20));
    const later = await turns.take(soon.cancel, { ...lease, newKeyAfterMs: 10 });
    if (later.kind !== 'TURN') throw new Error(later.kind);
    expect(later.cancel.cancelKey).not.toBe(opened.cancel.cancelKey);
    expect(await turns.take(opened.cancel, lease)).toEqual({ kind: 'LOST' });
  });
});

describe('reversals', () => {
  const writer = { actor: 'gateway:worker', reason: 'abandoned', at: new Date() };

  it('takes abandoned approvals over; a late approval then finds them lost', async () => {
    const made = intent({ dueInMs: 1 });
    await journal.open(made);
    await new Promise((resolve) => setTimeout(resolve, 20));
    const claims = await reversals.claimDue(claimOf(50), writer);
    const claim = claims.find(({ payment }) => payment.paymentId === made.paymentId);
    expect(claim?.payment).toMatchObject({ status: 'REVERSING', version: 2 });
    expect(await journal.close(closing(made))).toEqual({ kind: 'LOST' });
    await reversals.keepLateAnswer({ ...closing(made), acquirerTransactionId: 'tx-late' });
    expect(await attemptOf(made)).toMatchObject({ outcome: 'APPROVED', code: null });
    expect(await row(made.paymentId)).toMatchObject({
      status: 'REVERSING',
      acquirer_transaction_id: 'tx-late',
    });
  });

  it('finishes once, by the holder of the newest version', async () => {
    const made = intent({ dueInMs: 60_000 });
    await journal.open(made);
    const closed = await journal.close(
      closing(made, { to: 'REVERSING', outcome: 'UNKNOWN', dueInMs: 60_000, approvedAt: null }),
    );
    expect(closed).toEqual({ kind: 'CLOSED', version: 2 });
    await pool.execute('UPDATE payments SET due_at = UTC_TIMESTAMP(3) WHERE id = ?', [made.paymentId]);
    const [claim] = (await reversals.claimDue(claimOf(50), writer)).filter(
      ({ payment }) => payment.paymentId === made.paymentId,
    );
    const old = { ...claim!.payment, version: 2 };
    const end = { ...writer, recheckInMs: null };
    expect(await reversals.finish(old, end, [])).toBe(false);
    expect(
      await reversals.finish(claim!.payment, end, [
        record(made.paymentId, { operation: 'INQUIRE', outcome: 'FOUND' }),
      ]),
    ).toBe(true);
    expect(await reversals.finish(claim!.payment, end, [])).toBe(false);
    expect(await row(made.paymentId)).toMatchObject({ status: 'REVERSED', due_at: null });
  });

  it('begins on a running or fresh approval, not on one with cancels', async () => {
    const made = await approved();
    const rules = { leaseMs: 60_000, maxAgeMs: 1e15 };
    const order = { mid: made.mid, orderNo: made.orderNo };
    expect((await reversals.begin(order, rules, writer)).kind).toBe('BEGUN');
    expect((await reversals.begin(order, rules, writer)).kind).toBe('SETTLED');
    const cancelled = await approved();
    await pool.execute(
      'UPDATE payments SET cancelled_amount = 100, balance_amount = amount - 100 WHERE id = ?',
      [cancelled.paymentId],
    );
    expect(
      (await reversals.begin({ mid: cancelled.mid, orderNo: cancelled.orderNo }, rules, writer)).kind,
    ).toBe('NOT_REVERSIBLE');
  });
});
