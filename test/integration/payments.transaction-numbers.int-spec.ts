import type { AcquirerRegistry } from '../../src/acquirers/port/acquirer.port';
import { SqlPool } from '../../src/common/db/pool';
import { Clock } from '../../src/common/time/clock';
import type { AcquirerContract } from '../../src/modules/merchants/merchants.types';
import { TransactionNumbers } from '../../src/modules/payments/transaction-numbers';
import type { RoutingFacade } from '../../src/modules/routing/routing.facade';
import { createTestDatabase, type TestDatabase } from '../support/test-database';

/** Two processes of one contract against a real MariaDB: no number is given twice. */
let database: TestDatabase;
let pools: SqlPool[];

beforeAll(async () => {
  database = await createTestDatabase('numbers');
  const limits = { connectionsMax: 4, waitMs: 5_000, queryTimeoutMs: 10_000 };
  pools = [new SqlPool(database.url, limits), new SqlPool(database.url, limits)];
});

afterAll(async () => {
  await Promise.all(pools.map((pool) => pool.close()));
  await database.drop();
});

const adapter = {
  capabilities: { ownTransactionId: true },
  newTransactionId: (_access: unknown, _what: string, number: number) => String(number),
};
const registry = new Map([['nicepay', adapter]]) as unknown as AcquirerRegistry;
const routing = { accessTo: () => ({}) } as unknown as RoutingFacade;
const contract = {
  contractId: 'ctr_1',
  acquirer: 'nicepay',
  acquirerMerchantId: 'nictest04m',
} as AcquirerContract;

it('gives every number once, to many at once and to two processes', async () => {
  const processes = pools.map((pool) => new TransactionNumbers(registry, pool, routing, new Clock()));
  const asked = processes.flatMap((numbers) =>
    Array.from({ length: 350 }, () => numbers.idFor(contract, 'KEY_IN')),
  );
  const given = (await Promise.all(asked)).map(Number);
  expect(new Set(given).size).toBe(700);
  expect(Math.min(...given)).toBe(0);
  // Each process has leased four blocks for its 350.
  expect(Math.max(...given)).toBeLessThan(800);
  const [row] =
    (await pools[0]?.execute<{ next_number: number }[]>(
      'SELECT next_number FROM acquirer_sequences WHERE next_number <> 0',
    )) ?? [];
  expect(row?.next_number).toBe(800);
});
