import { Injectable } from '@nestjs/common';
import { crashPoint } from '../../../common/crash/crash-point';
import { UnitOfWork } from '../../../common/db/unit-of-work';
import { type RollUp, RollUps } from '../../../common/roll-up/roll-up';
import { Clock } from '../../../common/time/clock';
import {
  ADD_MERCHANT_MOVEMENTS,
  ADD_MOVEMENTS,
  OPEN_DAY_SALES,
  OPEN_MERCHANT_SALES,
  REMOVE_SETTLED,
  REMOVE_SETTLED_OF_MERCHANTS,
} from './open-sales-sql';
import { SumSettledSales } from './sum-settled-sales';

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

/** The worker's part of sales: sums up open days as they go on, and settled parts of days by scope and by branch. */
@Injectable()
export class RollUpSalesJob {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly rollUps: RollUps,
    private readonly settled: SumSettledSales,
    private readonly clock: Clock,
  ) {}

  /** Answers how many batches and parts were summed up. */
  async sweep(): Promise<number> {
    const byBranch = await this.rollUps.sweep(BY_BRANCH);
    if (byBranch > 0) await this.remove(REMOVE_SETTLED);
    const byMerchant = await this.rollUps.sweep(BY_MERCHANT);
    if (byMerchant > 0) await this.remove(REMOVE_SETTLED_OF_MERCHANTS);
    const until = this.clock.monotonicMs() + SWEEP_MS;
    let parts = 0;
    while (await this.settled.advance()) {
      crashPoint('settlement.sums-done');
      parts += 1;
      if (this.clock.monotonicMs() > until) break;
    }
    return byBranch + byMerchant + parts;
  }

  private remove(statement: string): Promise<void> {
    return this.unitOfWork.run('settlement.remove-open-sales', (tx) => tx.query(statement));
  }
}
