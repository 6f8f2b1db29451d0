import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { StatementSize } from '../../../common/db/statement-size';
import { UnitOfWork } from '../../../common/db/unit-of-work';
import { type RollUp, RollUps } from '../../../common/roll-up/roll-up';
import { Clock } from '../../../common/time/clock';
import { ADD_SUMS, LAST_OF_NEXT_MERCHANTS, NEXT_SUMS } from './branch-sums-sql';
import {
  ADD_MERCHANT_MOVEMENTS,
  ADD_MOVEMENTS,
  OPEN_DAY_SALES,
  OPEN_MERCHANT_SALES,
  REMOVE_SETTLED,
  REMOVE_SETTLED_OF_MERCHANTS,
} from './open-sales-sql';
import { ADD_TOTALS, NEXT_TOTALS } from './sales-sql';
import { SumScopes } from './sum-scopes';

const BY_BRANCH: RollUp = {
  ...OPEN_DAY_SALES,
  add: (tx, { from, through }) => tx.query(ADD_MOVEMENTS, [from, through]),
};
const BY_MERCHANT: RollUp = {
  ...OPEN_MERCHANT_SALES,
  add: (tx, { from, through }) => tx.query(ADD_MERCHANT_MOVEMENTS, [from, through]),
};

/** A first filling goes on in the next sweep, so that the worker's other work has its turn. */
const SWEEP_MS = 1_000;
/** In one statement, at most: fewer where they take longer than DB_QUERY_TIMEOUT_MS. */
const MERCHANTS_AT_ONCE = 500;
/** After the mid of every merchant. */
const AFTER_ALL = '~';

/** The worker's part of sales: sums up open days as they go on, and settled days by scope and by branch. */
@Injectable()
export class RollUpSalesJob {
  private readonly merchants = new StatementSize(MERCHANTS_AT_ONCE);

  constructor(
    private readonly dataSource: DataSource,
    private readonly unitOfWork: UnitOfWork,
    private readonly rollUps: RollUps,
    private readonly scopes: SumScopes,
    private readonly clock: Clock,
  ) {}

  /** Answers how many batches and days were summed up. */
  async sweep(): Promise<number> {
    const byBranch = await this.rollUps.sweep(BY_BRANCH);
    if (byBranch > 0) await this.dataSource.manager.query(REMOVE_SETTLED);
    const byMerchant = await this.rollUps.sweep(BY_MERCHANT);
    if (byMerchant > 0) await this.dataSource.manager.query(REMOVE_SETTLED_OF_MERCHANTS);
    const until = this.clock.monotonicMs() + SWEEP_MS;
    let days = 0;
    for (const step of [() => this.addTotals(), () => this.addSums(), () => this.scopes.advance()]) {
      while (await step()) {
        days += 1;
        if (this.clock.monotonicMs() > until) break;
      }
    }
    return byBranch + byMerchant + days;
  }

  /** Under the row lock of the day's run: a day is summed up once. */
  private addTotals(): Promise<boolean> {
    return this.unitOfWork.run('settlement.day-totals', async (tx) => {
      const [next] = await tx.query<{ day: string }[]>(NEXT_TOTALS);
      if (next === undefined) return false;
      await tx.query(ADD_TOTALS, [next.day]);
      await tx.query('UPDATE settlement_runs SET totals_at = UTC_TIMESTAMP(3) WHERE captured_day = ?', [
        next.day,
      ]);
      return true;
    });
  }

  /** The same by branch, some merchants at once. */
  private addSums(): Promise<boolean> {
    return this.merchants.run((count) => this.addSumsOf(count));
  }

  private addSumsOf(merchantsAtOnce: number): Promise<boolean> {
    return this.unitOfWork.run('settlement.branch-sums', async (tx) => {
      const [next] = await tx.query<{ day: string }[]>(NEXT_SUMS);
      if (next === undefined) return false;
      for (let after = ''; after < AFTER_ALL;) {
        const [last] = await tx.query<{ mid: string }[]>(LAST_OF_NEXT_MERCHANTS, [
          ...[next.day, after, merchantsAtOnce - 1],
        ]);
        const through = last?.mid ?? AFTER_ALL;
        await tx.query(ADD_SUMS, [next.day, after, through]);
        after = through;
      }
      await tx.query('UPDATE settlement_runs SET sums_at = UTC_TIMESTAMP(3) WHERE captured_day = ?', [
        next.day,
      ]);
      return true;
    });
  }
}
