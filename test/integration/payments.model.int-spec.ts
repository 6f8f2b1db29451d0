import fc from 'fast-check';
import { checkDatabase } from '../../src/verify/database-checks';
import { SqlPool } from '../../src/common/db/pool';
import { newId } from '../../src/common/ids/id';
import { ApprovalJournal } from '../../src/modules/payments/journal/approval-journal';
import { CancelJournal } from '../../src/modules/payments/journal/cancel-journal';
import type { ApprovalIntent } from '../../src/modules/payments/journal/journal.types';
import { ReversalJournal } from '../../src/modules/payments/journal/reversal-journal';
import { mayFollow, type PaymentStatus } from '../../src/modules/payments/payment.state';
import type { Payment, PaymentCancel } from '../../src/modules/payments/payments.types';
import { closing, intent, record } from '../support/journal-samples';
import { PaymentPointsBook } from '../../src/modules/points/payment-points';
import { PointLedger } from '../../src/modules/points/point-ledger';
import { createTestDatabase, type TestDatabase } from '../support/test-database';

/**
 * Random sequences of everything that may happen to a payment, done to the journals over a real MariaDB and to a model of
 * a few lines beside it; after each step both must say the same (INV-5, INV-8). Stale writers are part of the sequences.
 */
const RUNS = Number(process.env.MODEL_RUNS ?? 250);
const SEED = Number(process.env.MODEL_SEED ?? 20261121);
const STEPS_MAX = 16;
const AMOUNT = 1_000;

let database: TestDatabase;
let pool: SqlPool;
let approvals: ApprovalJournal;
let cancels: CancelJournal;
let reversals: ReversalJournal;

beforeAll(async () => {
  database = await createTestDatabase('model');
  pool = new SqlPool(database.url, { connectionsMax: 4, waitMs: 5_000, queryTimeoutMs: 10_000 });
  const points = new PaymentPointsBook(new PointLedger());
  approvals = new ApprovalJournal(pool, { batchMax: 8, inFlightMax: 2, waitingMax: 100 }, points);
  cancels = new CancelJournal(pool, points);
  reversals = new ReversalJournal(pool, points);
});

afterAll(async () => {
  await pool.close();
  await database.drop();
});

type Step =
  | { readonly do: 'close'; readonly to: 'APPROVED' | 'FAILED' | 'REVERSING'; readonly stale: boolean }
  | { readonly do: 'tryAgain'; readonly stale: boolean }
  | { readonly do: 'netCancel' }
  | { readonly do: 'openCancel'; readonly amount: number | undefined }
  | { readonly do: 'closeCancel'; readonly which: number; readonly done: boolean }
  | { readonly do: 'undone'; readonly stale: boolean };

const step: fc.Arbitrary<Step> = fc.oneof(
  {
    weight: 3,
    arbitrary: fc.record({
      do: fc.constant('close' as const),
      to: fc.constantFrom('APPROVED' as const, 'APPROVED' as const, 'FAILED' as const, 'REVERSING' as const),
      stale: fc.boolean(),
    }),
  },
  fc.record({ do: fc.constant('tryAgain' as const), stale: fc.boolean() }),
  fc.record({ do: fc.constant('netCancel' as const) }),
  {
    weight: 4,
    arbitrary: fc.record({
      do: fc.constant('openCancel' as const),
      amount: fc.option(fc.integer({ min: 1, max: AMOUNT + 100 }), { nil: undefined }),
    }),
  },
  {
    weight: 5,
    arbitrary: fc.record({
      do: fc.constant('closeCancel' as const),
      which: fc.nat(2),
      done: fc.boolean(),
    }),
  },
  fc.record({ do: fc.constant('undone' as const), stale: fc.boolean() }),
);

interface OpenedCancel {
  readonly cancel: PaymentCancel;
  readonly amount: number;
  ended: boolean;
}

/** What ought to be, in the plainest words; and the real thing, driven beside it. */
class Case {
  status: PaymentStatus = 'IN_PROGRESS';
  version = 1;
  pending = 0;
  cancelled = 0;
  private barred = false;
  private attempts = 1;
  private openedAt = 1;
  private readonly open: OpenedCancel[] = [];
  readonly seen: PaymentStatus[] = ['IN_PROGRESS'];

  constructor(private made: ApprovalIntent) {}

  get balance(): number {
    return AMOUNT - this.pending - this.cancelled;
  }

  private move(to: PaymentStatus): void {
    this.status = to;
    this.version += 1;
    this.seen.push(to);
  }

  async run(next: Step): Promise<void> {
    switch (next.do) {
      case 'close':
        return this.close(next);
      case 'tryAgain':
        return this.tryAgain(next);
      case 'netCancel':
        return this.netCancel();
      case 'openCancel':
        return this.openCancel(next);
      case 'closeCancel':
        return this.closeCancel(next);
      case 'undone':
        return this.undone(next);
    }
  }

  private async close({ to, stale }: { to: 'APPROVED' | 'FAILED' | 'REVERSING'; stale: boolean }) {
    const version = stale ? this.openedAt - 1 : this.openedAt;
    const outcome = { APPROVED: 'APPROVED', FAILED: 'DECLINED', REVERSING: 'UNKNOWN' }[to] as 'APPROVED';
    const got = await approvals.close(
      closing(this.made, { to, version, outcome, failureCode: to === 'FAILED' ? 'CARD_DECLINED' : null }),
    );
    const isMine = this.status === 'IN_PROGRESS' && this.version === version;
    // Its own outcome, written before, is answered as written.
    const isThere = this.status === to && this.version === version + 1;
    expect(got.kind).toBe(isMine || isThere ? 'CLOSED' : 'LOST');
    if (isMine) this.move(to);
  }

  private async tryAgain({ stale }: { stale: boolean }) {
    const attemptNumber = this.attempts + 1;
    const again: ApprovalIntent = {
      ...this.made,
      attemptId: newId('att'),
      acquirerOrderNo: `${this.made.paymentId}-${attemptNumber}`,
      requestHash: String(attemptNumber).padStart(64, '0'),
    };
    const fromVersion = stale ? this.version - 1 : this.version;
    const got = await approvals.next({ intent: again, fromVersion, attemptNumber }, 'FAILED', null);
    const may = this.status === 'FAILED' && !stale;
    expect(got.kind).toBe(!may ? 'LOST' : this.barred ? 'BARRED' : 'OPENED');
    if (!may || this.barred) return;
    this.move('IN_PROGRESS');
    this.made = again;
    this.attempts = attemptNumber;
    this.openedAt = this.version;
  }

  private async netCancel() {
    const { mid, orderNo } = this.made;
    const writer = { actor: 'merchant:M0000001', reason: 'no answer', at: new Date() };
    const begun = await reversals.begin(
      { mid, orderNo },
      { leaseMs: 60_000, maxAgeMs: Number.MAX_SAFE_INTEGER },
      writer,
    );
    this.barred = true;
    const untouched = this.pending === 0 && this.cancelled === 0;
    if (['REVERSING', 'REVERSED', 'FAILED'].includes(this.status)) return expect(begun.kind).toBe('SETTLED');
    const may = untouched && (this.status === 'IN_PROGRESS' || this.status === 'APPROVED');
    expect(begun.kind).toBe(may ? 'BEGUN' : 'NOT_REVERSIBLE');
    if (may) this.move('REVERSING');
  }

  private async openCancel({ amount }: { amount: number | undefined }) {
    const got = await cancels.open({
      cancelId: newId('pcn'),
      paymentId: this.made.paymentId,
      wish: { cancelAmount: amount },
      reason: 'model',
      requestedBy: 'merchant:M0000001',
      requestKey: null,
      dueInMs: 60_000,
      at: new Date(),
    });
    expect(got.kind).toBe(this.expectedOpening(amount));
    if (got.kind !== 'OPENED') return;
    const taken = amount ?? this.balance;
    this.pending += taken;
    this.version += 1;
    this.open.push({ cancel: got.cancel, amount: taken, ended: false });
  }

  private expectedOpening(amount: number | undefined): string {
    if (this.status === 'CANCELLED') return 'NOTHING_LEFT';
    if (this.status !== 'APPROVED' && this.status !== 'PARTIALLY_CANCELLED') return 'NOT_CANCELLABLE';
    if (this.balance === 0) return 'NOTHING_LEFT';
    return (amount ?? 0) > this.balance ? 'OVER_BALANCE' : 'OPENED';
  }

  /** A second end of the same cancel must change nothing. */
  private async closeCancel({ which, done }: { which: number; done: boolean }) {
    const one = this.open[which];
    if (one === undefined) return;
    const end = done
      ? ({ kind: 'DONE', acquirerCancelId: 'c', cancelledAt: new Date() } as const)
      : ({ kind: 'FAILED', failureCode: 'CANCEL_REFUSED' } as const);
    const kept = record(this.made.paymentId, { cancelId: one.cancel.cancelId });
    expect(await cancels.close(one.cancel, end, [kept])).toBe(!one.ended);
    if (one.ended) return;
    one.ended = true;
    this.pending -= one.amount;
    if (!done) {
      this.version += 1;
      return;
    }
    this.cancelled += one.amount;
    this.move(this.cancelled === AMOUNT ? 'CANCELLED' : 'PARTIALLY_CANCELLED');
  }

  private async undone({ stale }: { stale: boolean }) {
    const version = stale ? this.version - 1 : this.version;
    const held = { paymentId: this.made.paymentId, status: 'REVERSING', version } as Payment;
    const end = { actor: 'worker', reason: 'undone', at: new Date(), recheckInMs: null };
    if (this.status !== 'REVERSING' || stale) {
      expect(await reversals.finish(held, end, [])).toBe(false);
      return;
    }
    const [row] = await pool.execute<{ contract_id: string }[]>(
      'SELECT contract_id FROM payments WHERE id = ?',
      [held.paymentId],
    );
    const payment = { ...held, contractId: row!.contract_id, amount: AMOUNT, usageDay: null } as Payment;
    expect(await reversals.finish(payment, end, [])).toBe(true);
    this.move('REVERSED');
  }
}

async function compare(model: Case, paymentId: string): Promise<void> {
  const [row] = await pool.execute<Record<string, unknown>[]>(
    `SELECT status, version, balance_amount, pending_cancel_amount, cancelled_amount FROM payments WHERE id = ?`,
    [paymentId],
  );
  expect({ ...row }).toEqual({
    status: model.status,
    version: model.version,
    balance_amount: model.balance,
    pending_cancel_amount: model.pending,
    cancelled_amount: model.cancelled,
  });
  const events = await pool.execute<{ from_status: PaymentStatus | null; to_status: PaymentStatus }[]>(
    'SELECT from_status, to_status FROM payment_events WHERE payment_id = ? ORDER BY id',
    [paymentId],
  );
  expect(events.map(({ to_status }) => to_status)).toEqual(model.seen);
  for (const { from_status: from, to_status: to } of events.slice(1)) {
    expect(from !== null && mayFollow(from, to)).toBe(true);
  }
  await compareLedger(model, paymentId);
}

/** What the merchant is owed for it at this moment, by the movements and by the ledger. */
async function compareLedger(model: Case, paymentId: string): Promise<void> {
  const [moved] = await pool.execute<{ owed: string }[]>(
    'SELECT COALESCE(SUM(settled_amount), 0) AS owed FROM transactions WHERE payment_id = ?',
    [paymentId],
  );
  const [booked] = await pool.execute<{ owed: string }[]>(
    `SELECT COALESCE(-SUM(e.amount), 0) AS owed FROM ledger_entries e JOIN transactions t
       ON t.source_id = e.source_id AND t.kind = e.kind
     WHERE t.payment_id = ? AND e.account = 'MERCHANT_PAYABLE'`,
    [paymentId],
  );
  const isCharged = ['APPROVED', 'PARTIALLY_CANCELLED', 'CANCELLED'].includes(model.status);
  const owed = isCharged ? AMOUNT - model.cancelled : 0;
  expect([Number(moved!.owed), Number(booked!.owed)]).toEqual([owed, owed]);
}

it(`a payment does what the model says, in ${RUNS} random lives (seed ${SEED})`, async () => {
  const reached = new Set<PaymentStatus>();
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 8, maxLength: STEPS_MAX, size: 'max' }), async (steps) => {
      const made = intent({ amount: AMOUNT, vat: 91 });
      expect(await approvals.open(made)).toEqual({ kind: 'OPENED', version: 1 });
      const model = new Case(made);
      for (const next of steps) {
        await model.run(next);
        await compare(model, made.paymentId);
      }
      for (const status of model.seen) reached.add(status);
    }),
    { numRuns: RUNS, seed: SEED },
  );
  expect([...reached].sort()).toEqual(
    ['APPROVED', 'CANCELLED', 'FAILED', 'IN_PROGRESS', 'PARTIALLY_CANCELLED', 'REVERSED', 'REVERSING'].sort(),
  );
  const broken = await checkDatabase(pool, 'ALLOWED');
  expect(broken.filter(({ invariant }) => invariant === 'INV-9')).toEqual([]);
});
