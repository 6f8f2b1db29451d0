import type { AcquirerRegistry } from '../../acquirers/port/acquirer.port';
import type { SqlPool } from '../../common/db/pool';
import { Clock } from '../../common/time/clock';
import type { AcquirerContract } from '../merchants/merchants.types';
import type { RoutingFacade } from '../routing/routing.facade';
import { TransactionNumbers } from './transaction-numbers';

class HandClock extends Clock {
  atMs = 0;
  override monotonicMs(): number {
    return this.atMs;
  }
}

const adapter = (ownTransactionId: boolean) => ({
  capabilities: { ownTransactionId },
  newTransactionId: (access: { contractId: string }, _what: string, number: number) =>
    `${access.contractId}:${number}`,
});
const registry = new Map([
  ['own', adapter(true)],
  ['theirs', adapter(false)],
]) as unknown as AcquirerRegistry;
const routing = { accessTo: ({ contractId }: AcquirerContract) => ({ contractId }) } as RoutingFacade;
const contract = (contractId: string, acquirer = 'own', acquirerMerchantId = `mid ${contractId}`) =>
  ({ contractId, acquirer, acquirerMerchantId }) as AcquirerContract;

describe('transaction numbers', () => {
  let clock: HandClock;
  let leases: string[];
  let numbers: TransactionNumbers;
  let fail: boolean;

  beforeEach(() => {
    clock = new HandClock();
    leases = [];
    fail = false;
    const ends = new Map<string, number>();
    const execute = async (_sql: string, [contractId]: string[]) => {
      await Promise.resolve();
      if (fail) throw Object.assign(new Error('gone'), { code: 'ECONNRESET' });
      const end = (ends.get(contractId ?? '') ?? 0) + 100;
      ends.set(contractId ?? '', end);
      leases.push(contractId ?? '');
      return [{ next_number: end }];
    };
    numbers = new TransactionNumbers(registry, { execute } as unknown as SqlPool, routing, clock);
  });

  it('are asked for only where the acquirer wants our ids', async () => {
    expect(await numbers.idFor(contract('c', 'theirs'), 'KEY_IN')).toBeNull();
    expect(await numbers.idFor(contract('c', 'nobody'), 'KEY_IN')).toBeNull();
    expect(leases).toEqual([]);
    expect(await numbers.idFor(contract('c'), 'KEY_IN')).toBe('c:0');
  });

  it('are different for many at once, and leased by the hundred', async () => {
    const ids = await Promise.all(Array.from({ length: 250 }, () => numbers.idFor(contract('c'), 'KEY_IN')));
    expect(new Set(ids).size).toBe(250);
    expect(leases).toHaveLength(3);
    expect(new Set(leases).size).toBe(1);
  });

  it('are counted together for contracts of one merchant id of the acquirer', async () => {
    expect(await numbers.idFor(contract('c', 'own', 'shared'), 'KEY_IN')).toBe('c:0');
    expect(await numbers.idFor(contract('d', 'own', 'shared'), 'VIRTUAL_ACCOUNT')).toBe('d:1');
  });

  it('are counted for each merchant id of the acquirer', async () => {
    expect(await numbers.idFor(contract('c'), 'KEY_IN')).toBe('c:0');
    expect(await numbers.idFor(contract('d'), 'KEY_IN')).toBe('d:0');
    expect(await numbers.idFor(contract('c'), 'KEY_IN')).toBe('c:1');
    expect(new Set(leases).size).toBe(2);
  });

  it('are thrown away after five seconds', async () => {
    await numbers.idFor(contract('c'), 'KEY_IN');
    clock.atMs = 4_999;
    expect(await numbers.idFor(contract('c'), 'KEY_IN')).toBe('c:1');
    clock.atMs = 5_000;
    expect(await numbers.idFor(contract('c'), 'KEY_IN')).toBe('c:100');
  });

  it('are not given while the database is away, and are again when it is back', async () => {
    fail = true;
    await expect(numbers.idFor(contract('c'), 'KEY_IN')).rejects.toThrow('gone');
    fail = false;
    expect(await numbers.idFor(contract('c'), 'KEY_IN')).toBe('c:0');
  });
});
