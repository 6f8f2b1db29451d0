import { randomBytes } from 'node:crypto';
import { SqlPool } from '../../src/common/db/pool';
import { newId } from '../../src/common/ids/id';
import { Secret } from '../../src/common/masking/secret';
import type { AcquirerContract } from '../../src/modules/merchants/merchants.types';
import type { NewCheckout } from '../../src/modules/payments/checkout/checkout.types';
import { PaymentJournal } from '../../src/modules/payments/journal/payment-journal';
import { PaymentsRepository } from '../../src/modules/payments/payments.repository';
import type { PointPolicies } from '../../src/modules/points/point-policies.service';
import { PointsFacade } from '../../src/modules/points/points.facade';
import type { AppConfig } from '../../src/config/app-config';
import { exchange } from '../support/journal-samples';
import { CheckoutJournal } from '../../src/modules/payments/journal/checkout-journal';
import { createTestDatabase, type TestDatabase } from '../support/test-database';

let database: TestDatabase;
let pool: SqlPool;
let checkouts: CheckoutJournal;

beforeAll(async () => {
  database = await createTestDatabase('checkouts');
  pool = new SqlPool(database.url, { connectionsMax: 8, waitMs: 5_000, queryTimeoutMs: 10_000 });
  checkouts = new CheckoutJournal(pool);
});
afterAll(async () => {
  await pool.close();
  await database.drop();
});

const contract = {
  contractId: 'ctr_1',
  acquirer: 'toss',
  credentials: new Secret({}),
} as unknown as AcquirerContract;

const checkout = (over: Partial<NewCheckout> = {}): NewCheckout => ({
  checkoutId: newId('chk'),
  paymentId: newId('pay'),
  mid: 'M0000001',
  orderNo: `O-${randomBytes(8).toString('hex')}`,
  contract,
  method: 'CARD',
  amount: 1_000,
  taxFreeAmount: 0,
  vat: 91,
  goodsName: '만년필',
  buyerName: null,
  buyerContactSealed: null,
  customerKey: null,
  metadata: null,
  contentFingerprint: 'f'.repeat(64),
  tokenHash: randomBytes(32),
  lifetimeMs: 60_000,
  acknowledgeWithinSeconds: 10,
  receiptWish: null,
  actor: 'merchant:M0000001',
  at: new Date(),
  ...over,
});

const setDue = (id: string, inSeconds: number) =>
  pool.execute('UPDATE checkouts SET due_at = UTC_TIMESTAMP(3) + INTERVAL ? SECOND WHERE id = ?', [
    inSeconds,
    id,
  ]);

describe('the time to acknowledge', () => {
  it('is over once the worker says so, although its claim has moved the due time', async () => {
    const made = checkout();
    expect(await checkouts.create(made)).toBe('CREATED');
    await setDue(made.checkoutId, -1);
    expect(await checkouts.acknowledge(made.checkoutId, new Date())).toBe(false);
    expect(await checkouts.claimDue(10, 60_000)).toContain(made.checkoutId);
    expect(await checkouts.missAcknowledgement(made.checkoutId)).toBe(true);
    expect(await checkouts.acknowledge(made.checkoutId, new Date())).toBe(false);
  });

  it('is kept or missed, never both, however close they come', async () => {
    for (let round = 0; round < 20; round += 1) {
      const made = checkout();
      await checkouts.create(made);
      await setDue(made.checkoutId, 60);
      const [heard, missed] = await Promise.all([
        checkouts.acknowledge(made.checkoutId, new Date()),
        checkouts.missAcknowledgement(made.checkoutId),
      ]);
      expect([heard, missed].filter(Boolean)).toHaveLength(1);
    }
  });

  it('is claimed by one worker', async () => {
    const made = [checkout(), checkout(), checkout()];
    for (const one of made) {
      await checkouts.create(one);
      await setDue(one.checkoutId, -1);
    }
    const claims = (
      await Promise.all([checkouts.claimDue(50, 60_000), checkouts.claimDue(50, 60_000)])
    ).flat();
    for (const { checkoutId } of made) expect(claims.filter((id) => id === checkoutId)).toHaveLength(1);
  });
});

describe('a limit of its contract', () => {
  const limits = { day: '2026-01-02', dailyLimit: 100_000, monthlyLimit: null };
  const used = async () => {
    const rows = await pool.execute<{ amount: number | string }[]>(
      `SELECT amount FROM contract_usages WHERE contract_id = 'ctr_1' AND period = ?`,
      [limits.day],
    );
    return Number(rows[0]?.amount ?? 0);
  };

  it('gets an amount back once, also when money comes after a try that took nothing', async () => {
    const config = { journal: { batchMax: 50, batchesInFlightMax: 2 } } as unknown as AppConfig;
    const points = new PointsFacade({ atWithin: () => Promise.resolve(null) } as unknown as PointPolicies);
    const journal = new PaymentJournal(pool, points, config);
    const payments = new PaymentsRepository(pool);
    const writer = { actor: 'gateway:worker', reason: 'test', at: new Date() };
    const begun = async () => {
      const { paymentId } = await made();
      const payment = (await payments.find({ kind: 'ALL' }, paymentId))!;
      const begin = {
        payment,
        limits,
        attemptId: newId('att'),
        acquirerTransactionId: null,
        proofHash: null,
      };
      const intent = await journal.confirms.begin({ ...begin, ...writer, dueInMs: 60_000 });
      if (intent.kind !== 'BEGUN') throw new Error(intent.kind);
      return intent.payment;
    };
    const made = async () => {
      const one = checkout();
      await checkouts.create(one);
      return one;
    };
    const close = (payment: Awaited<ReturnType<typeof begun>>, to: 'APPROVED' | 'CREATED') =>
      journal.confirms.close({
        ...{
          payment,
          to,
          exchange,
          set: { method: 'EASY_PAY', approvedAt: writer.at },
          dueInMs: null,
          ...writer,
        },
        outcome: to === 'CREATED' ? 'NOT_SENT' : 'APPROVED',
      });
    // Another payment of the day counts on: it must not be forgotten with the late one.
    await close(await begun(), 'APPROVED');
    const late = await begun();
    expect(await used()).toBe(2_000);
    await close(late, 'CREATED');
    expect(await used()).toBe(1_000);
    await checkouts.end(late.paymentId, { to: 'EXPIRED', failureCode: 'CHECKOUT_EXPIRED', ...writer });
    const ended = (await payments.find({ kind: 'ALL' }, late.paymentId))!;
    const money = { acquirerTransactionId: 'imp_1', leaseMs: 60_000, ...writer };
    const undoing = await journal.confirms.undoLate(ended, money);
    expect(await journal.reversals.finish(undoing!, { ...writer, recheckInMs: null }, [])).toBe(true);
    expect(await used()).toBe(1_000);
  });
});
