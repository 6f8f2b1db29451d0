import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { type FieldError, fault } from '../../../common/errors/app-error';
import { COMMON_ERRORS } from '../../../common/errors/common.errors';
import { type DataScope, scopeCondition } from '../../../common/http/data-scope';
import { addDays } from '../../../common/time/korean-time';
import type { PaymentMethod } from '../../merchants/merchants.types';
import type { CapturedDay } from '../settlements.types';
import { cycleOf, payoutOn } from './cycle.policy';
import { Holidays } from './holidays.service';
import { SettlementTermsService } from './settlement-terms.service';
import { termsOn } from './terms.policy';

export const CALENDAR_DAYS_MAX = 400;

export interface CalendarQuestion {
  /** Korean days, both included. */
  readonly from: string;
  readonly to: string;
  /** Instead of the merchant's own. */
  readonly cycle?: string;
  readonly mid?: string;
  readonly method: PaymentMethod;
  readonly contractId: string | null;
}

/** The payout day of every day of a period. */
@Injectable()
export class SettlementCalendar {
  constructor(
    private readonly dataSource: DataSource,
    private readonly holidays: Holidays,
    private readonly terms: SettlementTermsService,
  ) {}

  /** Throws VALIDATION_FAILED, NOT_FOUND for what the caller may not see, and CALENDAR_YEAR_UNKNOWN. */
  async read(question: CalendarQuestion, scope: DataScope): Promise<CapturedDay[]> {
    const { from, to, cycle, method, contractId } = question;
    const errors = faultsOf(question, scope);
    if (errors.length > 0) throw fault(COMMON_ERRORS, 'VALIDATION_FAILED', { errors });
    const mid = await this.midOf(scope, question.mid);
    if (mid !== null && contractId !== null) await this.terms.checkContract(mid, contractId);
    const own = mid === null || cycle !== undefined ? [] : await this.terms.ofMerchant(mid);
    const book = await this.holidays.book();
    const days: CapturedDay[] = [];
    for (let day = from; day <= to; day = addDays(day, 1)) {
      const terms = mid === null ? null : termsOn(own, { mid, contractId, method }, day);
      const text = cycle ?? terms?.cycle ?? this.terms.cycleDefault;
      days.push({ capturedOn: day, payoutOn: payoutOn(cycleOf(text), day, book.years) });
    }
    return days;
  }

  /** Whose terms: a merchant's and a branch's own; for others the one they name, null without one. */
  private async midOf(scope: DataScope, asked: string | undefined): Promise<string | null> {
    if (scope.kind === 'MERCHANT' || scope.kind === 'BRANCH') {
      if (asked !== undefined && asked !== scope.mid) throw fault(COMMON_ERRORS, 'NOT_FOUND');
      return scope.mid;
    }
    if (asked === undefined) return null;
    const { sql, values } = scopeCondition(scope);
    const rows = await this.dataSource.manager.query<unknown[]>(
      `SELECT mid FROM merchants WHERE mid = ? AND ${sql}`,
      [asked, ...values],
    );
    if (rows.length === 0) throw fault(COMMON_ERRORS, 'NOT_FOUND');
    return asked;
  }
}

function faultsOf({ from, to, mid, contractId }: CalendarQuestion, scope: DataScope): FieldError[] {
  const errors: FieldError[] = [];
  if (to < from) errors.push({ field: 'to', code: 'OUT_OF_RANGE', message: BEFORE_FROM });
  if (to > addDays(from, CALENDAR_DAYS_MAX - 1)) {
    errors.push({ field: 'to', code: 'OUT_OF_RANGE', message: TOO_LONG });
  }
  const hasOwn = scope.kind === 'MERCHANT' || scope.kind === 'BRANCH';
  if (contractId !== null && mid === undefined && !hasOwn) errors.push({ field: 'mid', code: 'REQUIRED' });
  return errors;
}

const BEFORE_FROM = { ko: 'from보다 이를 수 없습니다.', en: 'Must not be before from.' };
const TOO_LONG = {
  ko: `기간은 ${CALENDAR_DAYS_MAX}일까지입니다.`,
  en: `A period has ${CALENDAR_DAYS_MAX} days at most.`,
};
