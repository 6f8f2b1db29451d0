import fc from 'fast-check';
import { SqlPool } from '../../src/common/db/pool';
import { newId } from '../../src/common/ids/id';
import type { AppConfig } from '../../src/config/app-config';
import { PaymentJournal } from '../../src/modules/payments/journal/payment-journal';
import { mayFollow, type PaymentStatus } from '../../src/modules/payments/payment.state';
import type { Payment, PaymentCancel } from '../../src/modules/payments/payments.types';
import type { PointPolicies } from '../../src/modules/points/point-policies.service';
import { PointsFacade } from '../../src/modules/points/points.facade';
import { accountIntent, at, issuedAccount } from '../support/account-samples';
import { record } from '../support/journal-samples';
import { createTestDatabase, type TestDatabase } from '../support/test-database';

/**
 * Random lives of a virtual account: deposits, ends and wishes to close in any order and again, then refunds; done to the
 * journals over a real MariaDB and to a model of a few lines. Whoever ends the wait first has ended it, once.
 */
const RUNS = Number(process.env.MODEL_RUNS ?? 150);
const SEED = Number(process.env.MODEL_SEED ?? 20261121);
const AMOUNT = 10_000;
const writer = { actor: 'test', reason: 'model', at };

let database: TestDatabase;
let pool: SqlPool;
let journal: PaymentJournal;

beforeAll(async () => {
  database = await createTestDatabase('accmodel');
  pool = new SqlPool(database.url, { connectionsMax: 4, waitMs: 5_000, queryTimeoutMs: 10_000 });
  const points = new PointsFacade({ atWithin: () => Promise.resolve(null) } as unknown as PointPolicies);
  const config = { journal: { batchMax: 8, batchesInFlightMax: 2 } } as unknown as AppConfig;
  journal = new PaymentJournal(pool, points, config);
});

afterAll(async () => {
  await pool.close();
  await database.drop();
});

type Step =
  | { readonly do: 'deposit' }
  | { readonly do: 'end'; readonly to: 'CANCELLED' | 'EXPIRED' }
  | { readonly do: 'wishClose' }
  | { readonly do: 'withdraw' }
  | { readonly do: 'openRefund'; readonly amount: number; readonly hasAccount: boolean }
  | { readonly do: 'closeRefund'; readonly which: number; readonly done: boolean };

const step: fc.Arbitrary<Step> = fc.oneof(
  { weight: 2, arbitrary: fc.record({ do: fc.constant('deposit' as const) }) },
  {
    weight: 1,
    arbitrary: fc.record({
      do: fc.constant('end' as const),
      to: fc.constantFrom('CANCELLED' as const, 'EXPIRED' as const),
    }),
  },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('wishClose' as const) }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('withdraw' as const) }) },
  {
    weight: 4,
    arbitrary: fc.record({
      do: fc.constant('openRefund' as const),
      amount: fc.integer({ min: 1, max: AMOUNT + 500 }),
      hasAccount: fc.boolean(),
    }),
  },
  {
    weight: 4,
    arbitrary: fc.record({ do: fc.constant('closeRefund' as const), which: fc.nat(2), done: fc.boolean() }),
  },
);

interface OpenedRefund {
  readonly cancel: PaymentCancel;
  readonly amount: number;
  ended: boolean;
}

class Account {
  status: PaymentStatus = 'WAITING_FOR_DEPOSIT';
  pending = 0;
  refunded = 0;
  told = ['virtual_account.issued'];
  private readonly refunds: OpenedRefund[] = [];

  constructor(private readonly payment: Payment) {}

  private get waits(): boolean {
    return this.status === 'WAITING_FOR_DEPOSIT';
  }

  private get left(): number {
    return AMOUNT - this.pending - this.refunded;
  }

  async run(next: Step): Promise<void> {
    const { paymentId } = this.payment;
    switch (next.do) {
      case 'deposit': {
        const deposit = { acquirerTransactionId: 'tk_1', depositor: null, depositedAt: at };
        expect(await journal.deposits.deposited(paymentId, deposit, writer, [])).toBe(this.waits);
        if (!this.waits) return;
        this.status = 'APPROVED';
        this.told.push('virtual_account.deposited');
        return;
      }
      case 'end':
        expect(await journal.deposits.ended(paymentId, next.to, writer, [])).toBe(this.waits);
        if (!this.waits) return;
        this.status = next.to;
        this.told.push(next.to === 'EXPIRED' ? 'virtual_account.expired' : 'virtual_account.closed');
        return;
      case 'wishClose': {
        const wish = { by: 'merchant:M0000001', at, leaseMs: 60_000 };
        expect(await journal.deposits.requestClose(paymentId, wish)).toBe(this.waits);
        return;
      }
      case 'withdraw':
        expect(await journal.deposits.withdrawClose(paymentId, 60_000, [])).toBe(this.waits);
        return;
      case 'openRefund':
        return this.openRefund(next);
      case 'closeRefund':
        return this.closeRefund(next);
    }
  }

  private async openRefund({ amount, hasAccount }: { amount: number; hasAccount: boolean }) {
    const refund = hasAccount ? { sealed: Buffer.alloc(40, 7), bankCode: '088', masked: '***789' } : null;
    const got = await journal.cancels.open({
      cancelId: newId('pcn'),
      paymentId: this.payment.paymentId,
      wish: { cancelAmount: amount },
      reason: 'model',
      requestedBy: 'merchant:M0000001',
      requestKey: null,
      refund,
      dueInMs: 60_000,
      at,
    });
    expect(got.kind).toBe(this.expected(amount, hasAccount));
    if (got.kind !== 'OPENED') return;
    this.pending += amount;
    this.refunds.push({ cancel: got.cancel, amount, ended: false });
  }

  private expected(amount: number, hasAccount: boolean): string {
    if (this.status === 'CANCELLED') return 'NOTHING_LEFT';
    const isPaid = this.status === 'APPROVED' || this.status === 'PARTIALLY_CANCELLED';
    if (!isPaid || !hasAccount) return 'NOT_CANCELLABLE';
    if (this.left === 0) return 'NOTHING_LEFT';
    return amount > this.left ? 'OVER_BALANCE' : 'OPENED';
  }

  private async closeRefund({ which, done }: { which: number; done: boolean }) {
    const one = this.refunds[which];
    if (one === undefined) return;
    const end = done
      ? ({ kind: 'DONE', acquirerCancelId: 'c', cancelledAt: at } as const)
      : ({ kind: 'FAILED', failureCode: 'CANCEL_REFUSED' } as const);
    const kept = record(this.payment.paymentId, { cancelId: one.cancel.cancelId });
    expect(await journal.cancels.close(one.cancel, end, [kept])).toBe(!one.ended);
    if (one.ended) return;
    one.ended = true;
    this.pending -= one.amount;
    if (!done) return;
    this.refunded += one.amount;
    this.status = this.refunded === AMOUNT ? 'CANCELLED' : 'PARTIALLY_CANCELLED';
  }

  async compare(): Promise<void> {
    const { paymentId } = this.payment;
    const [row] = await pool.execute<Record<string, unknown>[]>(
      'SELECT status, balance_amount, pending_cancel_amount, cancelled_amount FROM payments WHERE id = ?',
      [paymentId],
    );
    expect({ ...row }).toEqual({
      status: this.status,
      balance_amount: this.left,
      pending_cancel_amount: this.pending,
      cancelled_amount: this.refunded,
    });
    const told = await pool.execute<{ type: string }[]>(
      `SELECT o.type FROM outbox_events o JOIN virtual_accounts v ON v.id = o.subject_id
       WHERE v.payment_id = ? ORDER BY o.seq`,
      [paymentId],
    );
    expect(told.map(({ type }) => type)).toEqual(this.told);
    const events = await pool.execute<{ from_status: PaymentStatus | null; to_status: PaymentStatus }[]>(
      'SELECT from_status, to_status FROM payment_events WHERE payment_id = ? ORDER BY id',
      [paymentId],
    );
    for (const { from_status: from, to_status: to } of events.slice(1)) {
      expect(from !== null && mayFollow(from, to)).toBe(true);
    }
    expect(events.at(-1)?.to_status).toBe(this.status);
  }
}

it(`a virtual account does what the model says, in ${RUNS} random lives (seed ${SEED})`, async () => {
  const reached = new Set<PaymentStatus>();
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 5, maxLength: 14, size: 'max' }), async (steps) => {
      const opened = await journal.accounts.open(accountIntent({ amount: AMOUNT }));
      if (opened.kind !== 'OPENED') throw new Error(opened.kind);
      const payment = await journal.accounts.issued(opened.payment, issuedAccount());
      if (payment === null) throw new Error('not issued');
      const account = new Account(payment);
      for (const next of steps) {
        await account.run(next);
        await account.compare();
        reached.add(account.status);
      }
    }),
    { numRuns: RUNS, seed: SEED },
  );
  expect([...reached].sort()).toEqual(
    ['APPROVED', 'CANCELLED', 'EXPIRED', 'PARTIALLY_CANCELLED', 'WAITING_FOR_DEPOSIT'].sort(),
  );
});
