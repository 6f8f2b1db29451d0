import fc from 'fast-check';
import { SqlPool } from '../../src/common/db/pool';
import { newId } from '../../src/common/ids/id';
import { PaymentPointsBook } from '../../src/modules/points/payment-points';
import { PointLedger } from '../../src/modules/points/point-ledger';
import type { PaymentPoints } from '../../src/modules/points/points.types';
import { POINT_CHECKS } from '../../src/verify/point-checks';
import { createTestDatabase, type TestDatabase } from '../support/test-database';

jest.setTimeout(180_000);

/** Series of holds, uses, freeings, earnings, cancels and corrections on one customer, against a model in memory. */
let database: TestDatabase;
let pool: SqlPool;
const ledger = new PointLedger();
const book = new PaymentPointsBook(ledger);
const RUNS = 40;
const CARD_AMOUNT = 1_000;

beforeAll(async () => {
  database = await createTestDatabase('points-model');
  pool = new SqlPool(database.url, { connectionsMax: 4, waitMs: 5_000, queryTimeoutMs: 10_000 });
});
afterAll(async () => {
  await pool.close();
  await database.drop();
});

/** A payment as the model sees it. */
interface Modelled {
  readonly id: string;
  readonly points: PaymentPoints;
  state: 'HELD' | 'FREED' | 'USED' | 'UNDONE';
  cardLeft: number;
  pointsLeft: number;
  /** What of its earnings it has not given back. */
  earned: number;
}

type Step =
  | { readonly do: 'adjust'; readonly amount: number }
  | { readonly do: 'ask'; readonly pointAmount: number; readonly earnRatePpm: number }
  | { readonly do: 'approve' | 'decline' | 'undo'; readonly which: number }
  | { readonly do: 'cancel'; readonly which: number; readonly card: number; readonly points: number };

const which = fc.nat(20);
const percent = fc.nat(100);
const step: fc.Arbitrary<Step> = fc.oneof(
  fc.record({ do: fc.constant('adjust' as const), amount: fc.integer({ min: -800, max: 1_500 }) }),
  fc.record({
    do: fc.constant('ask' as const),
    pointAmount: fc.nat(900),
    earnRatePpm: fc.constantFrom(0, 10_000, 333_333, 1_000_000),
  }),
  fc.record({ do: fc.constantFrom('approve' as const, 'decline' as const, 'undo' as const), which }),
  fc.record({ do: fc.constant('cancel' as const), which, card: percent, points: percent }),
);

/** Reckons on its own: nothing of the module's own rules is used here. */
class Model {
  balance = 0;
  held = 0;
  debt = 0;
  readonly payments: Modelled[] = [];

  earn(amount: number): void {
    const repaid = this.debt > amount ? amount : this.debt;
    this.debt -= repaid;
    this.balance += amount - repaid;
  }

  clawBack(amount: number): void {
    this.balance -= amount;
    if (this.balance >= 0) return;
    this.debt -= this.balance;
    this.balance = 0;
  }

  giveBack(payment: Modelled, card: number, points: number): void {
    payment.cardLeft -= card;
    payment.pointsLeft -= points;
    this.balance += points;
    const keeps = Math.floor((payment.cardLeft * payment.points.earnRatePpm) / 1_000_000);
    this.clawBack(payment.earned - keeps);
    payment.earned = keeps;
  }
}

class Short extends Error {}

class World {
  readonly model = new Model();
  readonly customerKey = newId('req');
  private readonly who = { actor: 'test', at: new Date('2026-01-02T03:04:05.678Z') };

  async run(step: Step): Promise<void> {
    switch (step.do) {
      case 'adjust':
        return this.adjust(step.amount);
      case 'ask':
        return this.ask(step);
      case 'cancel':
        return this.cancel(step);
      default:
        return this.end(step.do, step.which);
    }
  }

  private pick(index: number, state: Modelled['state']): Modelled | undefined {
    const found = this.model.payments.filter((payment) => payment.state === state);
    return found[index % Math.max(1, found.length)];
  }

  private async adjust(amount: number): Promise<void> {
    if (amount === 0) return;
    const owner = { mid: 'M0000001', customerKey: this.customerKey };
    const entry = await pool.transaction('adjust', (tx) =>
      ledger.move(tx, {
        ...{ owner, amount, kind: 'ADJUST', paymentId: null, cancelId: null, requestKey: null },
        ...{ ...this.who, reason: 'test' },
      }),
    );
    expect(entry !== null).toBe(this.model.balance + amount >= 0);
    if (entry !== null) this.model.balance += amount;
  }

  private payment(paymentId: string) {
    const { customerKey, who } = this;
    return { paymentId, mid: 'M0000001', customerKey, cardAmount: CARD_AMOUNT, ...who };
  }

  private async ask(asked: { pointAmount: number; earnRatePpm: number }): Promise<void> {
    const points: PaymentPoints = { ...asked, refundOrder: 'CARD_FIRST' };
    const id = newId('pay');
    const { pointAmount } = points;
    if (pointAmount > 0) {
      const held = await pool
        .transaction('hold', async (tx) => {
          if (!(await book.hold(tx, this.payment(id), points))) throw new Short();
          return true;
        })
        .catch((error: unknown) => {
          if (error instanceof Short) return false;
          throw error;
        });
      expect(held).toBe(this.model.balance >= pointAmount);
      if (!held) return;
      this.model.balance -= pointAmount;
      this.model.held += pointAmount;
    }
    const { model } = this;
    model.payments.push({
      id,
      points,
      state: 'HELD',
      cardLeft: CARD_AMOUNT,
      pointsLeft: pointAmount,
      earned: 0,
    });
  }

  private async end(how: 'approve' | 'decline' | 'undo', index: number): Promise<void> {
    const { model, who } = this;
    const payment = this.pick(index, how === 'undo' ? 'USED' : 'HELD');
    if (payment === undefined) return;
    const { id, points } = payment;
    await pool.transaction(how, (tx) => {
      if (how === 'approve') return book.approved(tx, this.payment(id), points);
      return how === 'decline' ? book.declined(tx, id, who) : book.reversed(tx, id, who);
    });
    if (how === 'undo') {
      model.giveBack(payment, payment.cardLeft, payment.pointsLeft);
      payment.state = 'UNDONE';
      return;
    }
    model.held -= points.pointAmount;
    if (how === 'decline') {
      model.balance += points.pointAmount;
      payment.state = 'FREED';
      return;
    }
    payment.state = 'USED';
    payment.earned = Math.floor((CARD_AMOUNT * points.earnRatePpm) / 1_000_000);
    model.earn(payment.earned);
  }

  private async cancel(step: { which: number; card: number; points: number }): Promise<void> {
    const { model } = this;
    const payment = this.pick(step.which, 'USED');
    if (payment === undefined) return;
    const card = Math.floor((payment.cardLeft * step.card) / 100);
    const pointAmount = Math.floor((payment.pointsLeft * step.points) / 100);
    const whole = CARD_AMOUNT + payment.points.pointAmount;
    const before = whole - payment.cardLeft - payment.pointsLeft;
    const cancel = { paymentId: payment.id, cancelId: newId('pcn'), pointAmount };
    await pool.transaction('cancel', (tx) =>
      book.cancelled(tx, { ...cancel, cancelledAmount: before + card + pointAmount }, this.who),
    );
    model.giveBack(payment, card, pointAmount);
  }

  async compare(): Promise<void> {
    const { balance, held, debt } = this.model;
    const [account] = await pool.execute<Record<string, string>[]>(
      `SELECT COALESCE(MAX(a.balance), 0) AS balance, COALESCE(MAX(a.held), 0) AS held, COALESCE(MAX(a.debt), 0) AS debt,
         COALESCE(SUM(e.balance_change), 0) AS balance_sum, COALESCE(SUM(e.held_change), 0) AS held_sum,
         COALESCE(SUM(e.debt_change), 0) AS debt_sum, COALESCE(MIN(e.balance_after), 0) AS least
       FROM point_entries e JOIN point_accounts a USING (mid, customer_key) WHERE e.customer_key = ?`,
      [this.customerKey],
    );
    const { least, ...seen } = Object.fromEntries(
      Object.entries(account!).map(([name, value]) => [name, Number(value)]),
    );
    expect(seen).toEqual({ balance, held, debt, balance_sum: balance, held_sum: held, debt_sum: debt });
    expect(least).toBeGreaterThanOrEqual(0);
  }
}

it('agree with the model after every step, whatever happens in whatever order', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 5, maxLength: 30 }), async (steps) => {
      const world = new World();
      await world.run({ do: 'adjust', amount: 1_000 });
      for (const next of steps) {
        await world.run(next);
        await world.compare();
      }
    }),
    { numRuns: RUNS },
  );
});

it('left a history that verify finds whole', async () => {
  const ofHistory = POINT_CHECKS.filter(({ what }) => /histor/.test(what));
  expect(ofHistory.length).toBeGreaterThanOrEqual(4);
  for (const { what, sql } of ofHistory) {
    expect({ what, found: await pool.execute<unknown[]>(sql) }).toEqual({ what, found: [] });
  }
});

it('refuse to use, free or hold one payment’s points twice', async () => {
  const world = new World();
  await world.run({ do: 'adjust', amount: 1_000 });
  await world.run({ do: 'ask', pointAmount: 500, earnRatePpm: 0 });
  const [payment] = world.model.payments;
  const asked = {
    ...{ paymentId: payment!.id, mid: 'M0000001', customerKey: world.customerKey, cardAmount: CARD_AMOUNT },
    ...{ actor: 'test', at: new Date('2026-01-02T03:04:05.678Z') },
  };
  const again = () => pool.transaction('hold', (tx) => book.hold(tx, asked, payment!.points));
  const use = () => pool.transaction('use', (tx) => book.approved(tx, asked, payment!.points));
  await expect(again()).rejects.toThrow('HELD');
  await world.run({ do: 'approve', which: 0 });
  await expect(use()).rejects.toThrow('not HELD');
  await pool.transaction('free', (tx) => book.declined(tx, asked.paymentId, asked));
  await world.compare();
});

it('keep every line for ever: none is changed or removed', async () => {
  await expect(pool.execute('UPDATE point_entries SET amount = amount + 1')).rejects.toThrow('APPEND_ONLY');
  await expect(pool.execute('DELETE FROM point_entries')).rejects.toThrow('APPEND_ONLY');
  await pool.execute(
    `INSERT INTO point_policies (id, mid, method, effective_from, earn_rate_ppm, minimum_use, maximum_share_ppm,
       refund_order, reason, created_by, created_at)
     VALUES ('ppl_1', 'M0000001', 'CARD', '2026-01-01', 1, 0, 0, 'CARD_FIRST', 'test', 'test', '2026-01-01')`,
  );
  await expect(pool.execute('UPDATE point_policies SET earn_rate_ppm = 2')).rejects.toThrow('APPEND_ONLY');
  await expect(pool.execute('DELETE FROM point_policies')).rejects.toThrow('APPEND_ONLY');
});

it('cannot be below zero in the database either', async () => {
  await expect(pool.execute('UPDATE point_accounts SET balance = -1')).rejects.toThrow(
    'ck_point_accounts_money',
  );
});
