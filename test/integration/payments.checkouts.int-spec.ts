import { randomBytes } from 'node:crypto';
import { SqlPool } from '../../src/common/db/pool';
import { newId } from '../../src/common/ids/id';
import { Secret } from '../../src/common/masking/secret';
import type { AcquirerContract } from '../../src/modules/merchants/merchants.types';
import type { NewCheckout } from '../../src/modules/payments/checkout/checkout.types';
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
