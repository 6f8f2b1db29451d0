import { Injectable } from '@nestjs/common';
import type { SqlTransaction } from '../../common/outbox/outbox';
import { cycleOf, payoutOn } from './calendar/cycle.policy';
import { Holidays } from './calendar/holidays.service';
import { SettlementTermsService } from './calendar/settlement-terms.service';
import { ObligationsJob } from './obligations/obligations.job';
import { RollUpSalesJob } from './reports/roll-up-sales.job';
import { SettleDaysJob } from './settle-days.job';
import type { CycleKey, HolidayYears, TermsInForce } from './settlements.types';

/** What other modules may ask of settlements. Days are Korean days, `YYYY-MM-DD`. */
@Injectable()
export class SettlementsFacade {
  constructor(
    private readonly holidays: Holidays,
    private readonly terms: SettlementTermsService,
    private readonly days: SettleDaysJob,
    private readonly salesRollUps: RollUpSalesJob,
    private readonly obligations: ObligationsJob,
  ) {}

  /** The worker's part: settles the days that are over and confirms what is due, at its own pace. */
  sweep(): Promise<number> {
    return this.days.sweep();
  }

  /** The worker's part of figures: sums up what has happened since, and keeps what was owed as days end. */
  async rollUp(): Promise<number> {
    return (await this.salesRollUps.sweep()) + (await this.obligations.sweep());
  }

  /** The same as `sweep`, at once. */
  catchUp(): Promise<number> {
    return this.days.catchUp();
  }

  /** The holidays as they are now: read once, then asked for as many days as wanted. */
  async holidayYears(tx?: SqlTransaction): Promise<HolidayYears> {
    return (await this.holidays.book(tx)).years;
  }

  /** When what was captured on a day is paid out. Throws CALENDAR_YEAR_UNKNOWN. */
  payoutOn(cycle: string, capturedOn: string, holidays: HolidayYears): string {
    return payoutOn(cycleOf(cycle), capturedOn, holidays);
  }

  /** The cycle of a merchant's payments captured on a day. */
  cycleOf(key: CycleKey, day: string, tx?: SqlTransaction): Promise<string> {
    return this.terms.cycleOf(key, day, tx);
  }

  /** The same for all merchants, with one statement. */
  termsInForce(day: string, tx?: SqlTransaction): Promise<TermsInForce> {
    return this.terms.inForce(day, tx);
  }

  /** Called in the transaction that settles a day: from then on no holiday up to it can be told otherwise. */
  closeCalendarThrough(tx: SqlTransaction, day: string): Promise<void> {
    return this.holidays.closeThrough(tx, day);
  }
}
