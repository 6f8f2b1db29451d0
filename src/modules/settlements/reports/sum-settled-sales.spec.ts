import type { EntityManager } from 'typeorm';
import type { UnitOfWork } from '../../../common/db/unit-of-work';
import { ADD_TO_BRANCH_SUMS } from './branch-sums-sql';
import { HOLD_SUMS, LAST_OF_NEXT_MERCHANTS, NEXT_PART } from './settled-sums-sql';
import { SumSettledSales } from './sum-settled-sales';

const MIDS = Array.from({ length: 9 }, (_, index) => `M000000${index + 1}`);
const PART = { day: '2026-03-01', part: 2, first_mid: MIDS[0]!, last_mid: MIDS.at(-1)! };

/** Stands for a database that ends a statement over more than so many merchants; a transaction writes all or nothing. */
function database({ merchantsMax, isHeld = false }: { merchantsMax: number; isHeld?: boolean }) {
  let summed: string[] = [];
  let isDone = false;
  const query = (sql: string, values: (string | number)[] = []): Promise<unknown> => {
    if (sql === HOLD_SUMS) return Promise.resolve(isHeld ? [] : [{}]);
    if (sql === NEXT_PART) return Promise.resolve(isDone ? [] : [PART]);
    const after = MIDS.filter((mid) => mid > String(values[2]));
    if (sql === LAST_OF_NEXT_MERCHANTS) {
      const last = after[Number(values.at(-1))];
      return Promise.resolve(last === undefined ? [] : [{ mid: last }]);
    }
    if (sql === ADD_TO_BRANCH_SUMS) {
      const these = after.filter((mid) => mid <= String(values[3]));
      if (these.length > merchantsMax) return Promise.reject(Object.assign(new Error(), { errno: 1969 }));
      summed.push(...these);
    }
    return Promise.resolve([]);
  };
  const manager = { query } as unknown as EntityManager;
  const run = async (_name: string, work: (tx: EntityManager) => Promise<boolean>) => {
    const before = [...summed];
    try {
      isDone = (await work(manager)) || isDone;
      return isDone;
    } catch (error) {
      summed = before;
      throw error;
    }
  };
  return { sums: new SumSettledSales({ run } as unknown as UnitOfWork), summed: () => summed };
}

it.each([1, 3, 9])(
  'sums up each merchant of a part once, %d at most in one statement',
  async (merchantsMax) => {
    const { sums, summed } = database({ merchantsMax });
    expect(await sums.advance()).toBe(true);
    expect(summed()).toEqual(MIDS);
  },
);

it('tells that not even one merchant is summed up', async () => {
  const { sums, summed } = database({ merchantsMax: 0 });
  await expect(sums.advance()).rejects.toMatchObject({ errno: 1969 });
  expect(summed()).toEqual([]);
});

it('leaves the sums to another process that is at them', async () => {
  const { sums, summed } = database({ merchantsMax: 9, isHeld: true });
  expect(await sums.advance()).toBe(false);
  expect(summed()).toEqual([]);
});
