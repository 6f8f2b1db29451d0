import type { DataSource, EntityManager } from 'typeorm';
import type { UnitOfWork } from '../../../common/db/unit-of-work';
import { NEXT_DAYS } from './scope-sales-sql';
import { SumScopes } from './sum-scopes';

const DAYS = Array.from({ length: 9 }, (_, index) => ({ day: `2026-03-0${index + 1}` }));

/** Stands for a database that ends a statement over more than so many days; each transaction writes all or nothing. */
function database(daysMax: number) {
  let through: string | null = null;
  const asked: number[] = [];
  const query = (sql: string, values: unknown[]): Promise<unknown> => {
    if (sql === NEXT_DAYS) {
      const [before, count] = values as [string | null, number];
      asked.push(count);
      return Promise.resolve(DAYS.filter(({ day }) => day > (before ?? '')).slice(0, count));
    }
    if (sql.startsWith('INSERT INTO daily_scope_sales')) {
      const [from, to] = values as [string, string];
      const days = DAYS.filter(({ day }) => day >= from && day <= to).length;
      return days > daysMax ? Promise.reject(Object.assign(new Error(), { errno: 1969 })) : Promise.resolve();
    }
    if (sql.startsWith('UPDATE sales_scopes')) [through] = values as [string];
    return Promise.resolve([{ scope: '', summed_through: through }]);
  };
  const manager = { query } as unknown as EntityManager;
  const unitOfWork = { run: (_name: string, work: (tx: EntityManager) => unknown) => work(manager) };
  const scopes = new SumScopes({ manager } as DataSource, unitOfWork as unknown as UnitOfWork);
  return { asked, scopes, through: () => through };
}

it('sums up fewer days at once where the database ends the statement over more', async () => {
  const { asked, scopes, through } = database(3);
  while (await scopes.advance());
  expect(through()).toBe('2026-03-09');
  expect(asked).toEqual([10, 5, 3, 3, 3, 3]);
});

it('tells that not even one day is summed up', async () => {
  const { asked, scopes, through } = database(0);
  await expect(scopes.advance()).rejects.toMatchObject({ errno: 1969 });
  expect(through()).toBeNull();
  expect(asked).toEqual([10, 5, 3, 2, 1]);
});
