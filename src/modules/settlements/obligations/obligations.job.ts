import { Injectable } from '@nestjs/common';
import { type RollUp, RollUps } from '../../../common/roll-up/roll-up';
import { Clock } from '../../../common/time/clock';
import { AppConfig } from '../../../config/app-config';
import { SettlementRunner } from '../run/settlement-runner.service';
import { coverRatiosOf, ratioOn, requiredCover } from './cover-ratio.policy';
import { ADD_TRANSFERS, MERCHANT_BALANCES } from './obligations-sql';
import { ObligationsRepository } from './obligations.repository';

const BALANCES: RollUp = {
  ...MERCHANT_BALANCES,
  add: (tx, { from, through }) => tx.query(ADD_TRANSFERS, [from, through]),
};
/** The days of a first filling go on in the next sweep. */
const DAYS_AT_ONCE = 31;

/** The worker's part: sums up what merchants are owed, and keeps the obligations of each day once it is over. */
@Injectable()
export class ObligationsJob {
  private nextAt = 0;

  constructor(
    private readonly obligations: ObligationsRepository,
    private readonly runner: SettlementRunner,
    private readonly rollUps: RollUps,
    private readonly clock: Clock,
    private readonly config: AppConfig,
  ) {}

  /** Answers how many batches were summed up and days kept. */
  async sweep(): Promise<number> {
    const batches = await this.rollUps.sweep(BALANCES);
    const now = this.clock.monotonicMs();
    if (now < this.nextAt) return batches;
    this.nextAt = now + this.config.settlement.sweepMs;
    return batches + (await this.catchUp());
  }

  /** Keeps the days that are over and not kept; answers how many. */
  async catchUp(): Promise<number> {
    if (!(await this.rollUps.isNear(BALANCES))) return 0;
    const last = await this.runner.lastClosedDay();
    for (let days = 0; days < DAYS_AT_ONCE; days += 1) {
      const day = await this.obligations.nextDay();
      if (day === null || day > last) return days;
      await this.keep(day);
    }
    return DAYS_AT_ONCE;
  }

  /** A day that is over: two workers reckon the same, and one row is kept. */
  async keep(day: string): Promise<void> {
    const owed = await this.obligations.owedAt(day);
    const coverRatioPpm = ratioOn(coverRatiosOf(this.config.settlement.coverRatios), day);
    const obligation = Object.values(owed).reduce<number>((sum, each: number) => sum + each, 0);
    await this.obligations.keep({
      ...{ day, ...owed, coverRatioPpm },
      requiredCover: requiredCover(obligation, coverRatioPpm),
      registeredCover: await this.obligations.registeredCover(day),
    });
  }
}
