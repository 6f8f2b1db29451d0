import { ChangedMeanwhile } from '../../common/db/database-errors';
import { openSettlements } from './open-settlement';
import { payoutKey } from './run/payout-place.policy';
import type { Payout } from './run/price.types';

/** Stands for the table: an open settlement for each payout that is asked for. */
function table({ frozen = false } = {}) {
  const ids = new Map<string, string>();
  const statements: string[] = [];
  const query = <T>(sql: string, values: unknown[]): Promise<T> => {
    statements.push(sql.trim().slice(0, 6));
    if (sql.startsWith('INSERT INTO settlements ')) {
      const fresh = chunks(values, 4).filter(([, ...payout]) => !ids.has(payout.join('|')));
      for (const [id, ...payout] of fresh) ids.set(payout.join('|'), String(id));
      return Promise.resolve({} as T);
    }
    if (sql.startsWith('INSERT')) return Promise.resolve({} as T);
    if (sql.startsWith('SELECT EXISTS')) return Promise.resolve([{ found: frozen ? 1 : 0 }] as T);
    const rows = chunks(values, 3).map(([mid, contract_id, day]) => {
      return { id: ids.get([mid, contract_id, day].join('|')), mid, contract_id, day };
    });
    return Promise.resolve(rows as T);
  };
  return { ids, statements, query };
}
const chunks = (values: readonly unknown[], size: number) =>
  Array.from({ length: values.length / size }, (_, at) => values.slice(at * size, (at + 1) * size));

const payouts: Payout[] = Array.from({ length: 450 }, (_, index) => ({
  mid: `M${String(index).padStart(7, '0')}`,
  contractId: 'ctr_1',
  payoutDay: '2026-03-04',
}));
const deed = { actor: 'system:settlement', reason: 'daily run' };

it('opens hundreds of settlements by a handful of statements, and finds them again by as many', async () => {
  const { ids, statements, query } = table();
  const opened = await openSettlements(query, payouts, deed);
  expect(opened).toEqual(ids);
  expect([...opened.keys()].sort()).toEqual(payouts.map(payoutKey).sort());
  expect(statements).toHaveLength(12);
  statements.length = 0;
  expect(await openSettlements(query, [...payouts].reverse(), deed)).toEqual(opened);
  expect(statements).toHaveLength(12);
  expect((await openSettlements(query, [], deed)).size).toBe(0);
});

it('opens nothing for a payout day that has a frozen settlement already', async () => {
  const { query } = table({ frozen: true });
  await expect(openSettlements(query, payouts.slice(0, 1), deed)).rejects.toThrow(ChangedMeanwhile);
});
