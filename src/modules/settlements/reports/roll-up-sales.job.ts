import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { UnitOfWork } from '../../../common/db/unit-of-work';
import { type RollUp, RollUps } from '../../../common/roll-up/roll-up';
import { ADD_MOVEMENTS, ADD_TOTALS, NEXT_TOTALS, OPEN_DAY_SALES, REMOVE_SETTLED } from './sales-sql';

const MOVEMENTS: RollUp = {
  ...OPEN_DAY_SALES,
  add: (tx, { from, through }) => tx.query(ADD_MOVEMENTS, [from, through]),
};

/** The worker's part of sales: sums up open days as they go on, and settled days over all merchants. */
@Injectable()
export class RollUpSalesJob {
  constructor(
    private readonly dataSource: DataSource,
    private readonly unitOfWork: UnitOfWork,
    private readonly rollUps: RollUps,
  ) {}

  /** Answers how many batches and days were summed up. */
  async sweep(): Promise<number> {
    const batches = await this.rollUps.sweep(MOVEMENTS);
    if (batches > 0) await this.dataSource.manager.query(REMOVE_SETTLED);
    let days = 0;
    while (await this.addTotals()) days += 1;
    return batches + days;
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
}
