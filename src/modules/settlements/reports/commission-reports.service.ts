import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { fault } from '../../../common/errors/app-error';
import { COMMON_ERRORS } from '../../../common/errors/common.errors';
import type { DataScope } from '../../../common/http/data-scope';
import { wonFromDatabase } from '../../../common/money/won';
import { cursorAfter, placeOf } from '../../../common/pagination/cursor';
import type { Page, PageWish } from '../settlements.types';
import { checkPeriod, type Period } from './sales.service';

export interface CommissionFigures {
  readonly lineCount: number;
  /** Fees that it is a share of, won, before VAT. */
  readonly fee: number;
  readonly amount: number;
}

export interface MerchantCommission extends CommissionFigures {
  readonly mid: string;
}

type Row = Readonly<Record<string, string | number | null>>;

const SUMS = `CAST(COALESCE(SUM(line_count), 0) AS CHAR) AS line_count, CAST(COALESCE(SUM(fee), 0) AS CHAR) AS fee,
  CAST(COALESCE(SUM(amount), 0) AS CHAR) AS amount`;
const OWN = `FROM daily_commissions WHERE earner_kind = 'AGENCY' AND earner_code = ? AND captured_day BETWEEN ? AND ?`;

/** What an agency itself earns, by merchant and days of capture that are settled. */
@Injectable()
export class CommissionReports {
  constructor(private readonly dataSource: DataSource) {}

  /** By mid. Throws VALIDATION_FAILED, and FORBIDDEN for whoever is no agency. */
  async report(
    scope: DataScope,
    { from, to, limit, cursor }: Period & PageWish,
  ): Promise<Page<MerchantCommission> & { readonly total: CommissionFigures }> {
    if (scope.kind !== 'AGENCY') throw fault(COMMON_ERRORS, 'FORBIDDEN');
    checkPeriod({ from, to });
    const after = cursor === undefined ? '' : placeOf(cursor).id;
    const given = [scope.agencyCode, from, to];
    const rows = await this.dataSource.manager.query<Row[]>(
      `SELECT mid, ${SUMS} ${OWN} AND mid > ? GROUP BY mid ORDER BY mid LIMIT ?`,
      [...given, after, limit + 1],
    );
    const [total] = await this.dataSource.manager.query<Row[]>(`SELECT ${SUMS} ${OWN}`, given);
    const data = rows.slice(0, limit).map((row) => ({ mid: row.mid as string, ...figuresOf(row) }));
    const last = rows.length > limit ? data.at(-1) : undefined;
    const nextCursor = last === undefined ? null : cursorAfter({ at: new Date(0), id: last.mid });
    return { data, nextCursor, total: figuresOf(total!) };
  }
}

function figuresOf(row: Row): CommissionFigures {
  return {
    lineCount: Number(row.line_count),
    fee: wonFromDatabase(row.fee!),
    amount: wonFromDatabase(row.amount!),
  };
}
