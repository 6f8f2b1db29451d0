import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import type { ReceiptPurpose } from '../../common/cash-receipts/receipt-identifier';
import { type DataScope, scopeCondition } from '../../common/http/data-scope';
import { cursorAfter, placeOf } from '../../common/pagination/cursor';
import { databaseTime } from '../../common/time/korean-time';
import type { CashReceipt } from './cash-receipts.types';
import { receiptFromRow, type Row } from './journal/receipt-rows';
import type { ReceiptStatus } from './receipt.state';

const GENERATIONS_MAX = 100;

/** Which receipts, by when they were asked for: from an instant to before another. Amounts are whole won, both included. */
export interface ReceiptSearch {
  readonly scope: DataScope;
  readonly from: Date;
  readonly before: Date;
  readonly mid?: string;
  readonly status?: ReceiptStatus;
  readonly purpose?: ReceiptPurpose;
  readonly minAmount?: number;
  readonly maxAmount?: number;
  readonly limit: number;
  readonly cursor?: string;
}

/** Lists of receipts, by the general pool: they keep nothing waiting that is being issued. */
@Injectable()
export class ReceiptSearches {
  constructor(private readonly dataSource: DataSource) {}

  async ofPayment(paymentId: string): Promise<readonly CashReceipt[]> {
    const rows = await this.dataSource.manager.query<Row[]>(
      `SELECT * FROM cash_receipts WHERE origin_payment_id = ? ORDER BY generation LIMIT ${GENERATIONS_MAX}`,
      [paymentId],
    );
    return rows.map(receiptFromRow);
  }

  /** Newest first. Throws VALIDATION_FAILED for a cursor that is none of ours. */
  async page(
    wanted: ReceiptSearch,
  ): Promise<{ readonly receipts: readonly CashReceipt[]; readonly nextCursor: string | null }> {
    const { sql, values } = conditionsOf(wanted);
    const { limit, scope, mid } = wanted;
    // Told, since an agency's merchants and a state tempt the database to sort the whole period.
    const index =
      scope.kind === 'MERCHANT' || mid !== undefined
        ? 'ix_cash_receipts_mid_created'
        : 'ix_cash_receipts_created';
    const rows = await this.dataSource.manager.query<Row[]>(
      `SELECT STRAIGHT_JOIN r.* FROM cash_receipts r FORCE INDEX (${index}) WHERE ${sql}
       ORDER BY r.created_at DESC, r.id DESC LIMIT ?`,
      [...values, limit + 1],
    );
    const receipts = rows.slice(0, limit).map(receiptFromRow);
    const last = receipts.at(-1);
    const hasMore = rows.length > limit && last !== undefined;
    return {
      receipts,
      nextCursor: hasMore ? cursorAfter({ at: last.createdAt, id: last.receiptId }) : null,
    };
  }
}

function conditionsOf(wanted: ReceiptSearch): { sql: string; values: (string | number)[] } {
  const { scope, from, before, cursor } = wanted;
  const limits = scopeCondition(scope, { mid: 'r.mid' });
  const parts: (readonly [string, ...(string | number)[]])[] = [
    [limits.sql, ...limits.values],
    ['r.created_at >= ?', databaseTime(from)],
    ['r.created_at < ?', databaseTime(before)],
  ];
  const given: readonly [string, string | number | undefined][] = [
    ['r.mid = ?', wanted.mid],
    ['r.status = ?', wanted.status],
    ['r.purpose = ?', wanted.purpose],
    ['r.amount >= ?', wanted.minAmount],
    ['r.amount <= ?', wanted.maxAmount],
  ];
  for (const [sql, value] of given) if (value !== undefined) parts.push([sql, value]);
  if (cursor !== undefined) {
    const { at, id } = placeOf(cursor);
    const time = databaseTime(at);
    parts.push(['r.created_at <= ?', time], ['(r.created_at < ? OR r.id < ?)', time, id]);
  }
  return { sql: parts.map(([sql]) => sql).join(' AND '), values: parts.flatMap(([, ...values]) => values) };
}
