import { Injectable } from '@nestjs/common';
import { fault } from '../../../common/errors/app-error';
import { COMMON_ERRORS } from '../../../common/errors/common.errors';
import type { Principal } from '../../../common/http/principal';
import { cursorAfter, placeOf } from '../../../common/pagination/cursor';
import { isCalendarDay } from '../../../common/time/korean-time';
import { checkPeriod, type Period } from '../reports/sales.service';
import { type ExportFile, SettlementExports } from '../reports/settlement-exports';
import { SETTLEMENT_RUN_ERRORS } from '../run/settlement-run.errors';
import { SettlementRunner } from '../run/settlement-runner.service';
import type { Page, PageWish } from '../settlements.types';
import type { ExportObligationsQuery } from './dto/obligation.dto';
import { type Obligations, ObligationsRepository } from './obligations.repository';
import { OBLIGATIONS_TABLE } from './obligations.table';

const BATCH = 200;

/** Reads the obligations that were kept of days that are over. */
@Injectable()
export class ObligationReports {
  constructor(
    private readonly obligations: ObligationsRepository,
    private readonly runner: SettlementRunner,
    private readonly exports: SettlementExports,
  ) {}

  /** One day's, none where nothing was booked up to then. Throws DAY_NOT_OVER. */
  async ofDay(day: string): Promise<Page<Obligations>> {
    if (day > (await this.runner.lastClosedDay())) throw fault(SETTLEMENT_RUN_ERRORS, 'DAY_NOT_OVER');
    return { data: await this.obligations.page({ from: day, to: day }, null, 1), nextCursor: null };
  }

  /** The latest day first. Throws VALIDATION_FAILED. */
  async list(period: Period, { limit, cursor }: PageWish): Promise<Page<Obligations>> {
    checkPeriod(period);
    const before = cursor === undefined ? null : dayOf(cursor);
    const found = await this.obligations.page(period, before, limit + 1);
    const data = found.slice(0, limit);
    const last = found.length > limit ? data.at(-1) : undefined;
    return { data, nextCursor: last === undefined ? null : cursorAfter({ at: new Date(0), id: last.day }) };
  }

  /** Throws VALIDATION_FAILED and SETTLEMENT_EXPORTS_BUSY; audited. */
  export(principal: Principal, { from, to, format }: ExportObligationsQuery): Promise<ExportFile> {
    checkPeriod({ from, to });
    return this.exports.open(principal, {
      ...{ format, table: OBLIGATIONS_TABLE, from, to, mid: null, action: 'settlement-obligations.export' },
      ...{ name: '정산자금의무', plainName: 'settlement-obligations' },
      rows: () => this.batches({ from, to }),
    });
  }

  private async *batches(period: Period): AsyncGenerator<readonly Obligations[]> {
    let before: string | null = null;
    for (;;) {
      const found: Obligations[] = await this.obligations.page(period, before, BATCH);
      yield found;
      const last = found.at(-1);
      if (found.length < BATCH || last === undefined) return;
      before = last.day;
    }
  }
}

function dayOf(cursor: string): string {
  const { id } = placeOf(cursor);
  if (isCalendarDay(id)) return id;
  throw fault(COMMON_ERRORS, 'VALIDATION_FAILED', { errors: [{ field: 'cursor', code: 'BAD_FORMAT' }] });
}
