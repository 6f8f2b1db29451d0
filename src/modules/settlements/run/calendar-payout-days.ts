import { Injectable } from '@nestjs/common';
import type { SqlTransaction } from '../../../common/outbox/outbox';
import { fault } from '../../../common/errors/app-error';
import { addDays } from '../../../common/time/korean-time';
import type { PaymentMethod } from '../../merchants/merchants.types';
import { businessDayFrom } from '../calendar/business-days.calc';
import { parseCycle, payoutOn } from '../calendar/cycle.policy';
import { Holidays } from '../calendar/holidays.service';
import { SettlementTermsService } from '../calendar/settlement-terms.service';
import { type PayoutBook, PayoutDays } from './payout-days';
import { SETTLEMENT_RUN_ERRORS } from './settlement-run.errors';

/** Payout days by the merchants' terms over the calendar: three statements for a day, whatever is asked of it. */
@Injectable()
export class CalendarPayoutDays extends PayoutDays {
  constructor(
    private readonly holidays: Holidays,
    private readonly terms: SettlementTermsService,
  ) {
    super();
  }

  async on(capturedDay: string): Promise<PayoutBook> {
    const { years } = await this.holidays.book();
    const inForce = await this.terms.inForce(capturedDay);
    const days = new Map<string, string>();
    return {
      of: ({ mid, contractId, method }) => {
        const cycle = inForce.cycleOf({ mid, contractId, method: method as PaymentMethod });
        const known = days.get(cycle);
        if (known !== undefined) return known;
        const parsed = parseCycle(cycle);
        if (parsed === null) {
          throw fault(SETTLEMENT_RUN_ERRORS, 'SETTLEMENT_TERMS_UNREADABLE', { members: { mid } });
        }
        const day = payoutOn(parsed, capturedDay, years);
        days.set(cycle, day);
        return day;
      },
      following: (payoutDay) => businessDayFrom(addDays(payoutDay, 1), years),
    };
  }

  close(tx: SqlTransaction, capturedDay: string): Promise<void> {
    return this.holidays.closeThrough(tx, capturedDay);
  }
}
