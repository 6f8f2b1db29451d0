import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { fault } from '../../../common/errors/app-error';
import type { DataScope } from '../../../common/http/data-scope';
import { scopeCondition } from '../../../common/http/data-scope';
import { wonFromDatabase } from '../../../common/money/won';
import { cursorAfter, placeOf } from '../../../common/pagination/cursor';
import { Clock } from '../../../common/time/clock';
import { addDays, koreanDay } from '../../../common/time/korean-time';
import type { SettlementStatus } from '../settlement.state';
import { SETTLEMENT_STATUSES } from '../settlement.state';
import { SETTLEMENT_ERRORS } from '../settlements.errors';
import { type SettlementFilter, SettlementsRepository, settlementScope } from '../settlements.repository';
import type { Page, PageWish, Settlement } from '../settlements.types';
import { type ExplainedStep, explainLine } from './explain.policy';
import { checkPeriod, PERIOD_DAYS_MAX, Sales, type SalesFigures } from './sales.service';

/** How far back PAID and CARRIED_OVER are counted in the status, in days of payout. */
export const STATUS_DAYS = 31;

export interface StatusGroup {
  readonly status: SettlementStatus;
  readonly count: number;
  /** Won: what is paid out; of a branch what of it is the branch's. Carried over: what was short. */
  readonly amount: number;
}

export interface SettlementStatusReport {
  readonly groups: readonly StatusGroup[];
  /** null when nothing is going to be paid out. */
  readonly nextPayout: { readonly payoutOn: string; readonly amount: number } | null;
  /** What no settlement has taken up yet. */
  readonly unsettled: Pick<SalesFigures, 'unsettledCount' | 'unsettledAmount'>;
}

export interface SettlementLine {
  readonly seq: number;
  readonly settlementId: string;
  readonly kind: string;
  readonly paymentId: string;
  readonly sourceId: string;
  readonly branchId: string | null;
  readonly method: string;
  readonly capturedOn: string;
  readonly amount: number;
  readonly fee: number;
  readonly vat: number;
}

export interface ExplainedLine extends SettlementLine {
  readonly policyId: string;
  readonly ratePpm: number;
  readonly fixedFee: number;
  readonly minimumFee: number;
  readonly steps: readonly ExplainedStep[];
}

type Row = Readonly<Record<string, string | number | null>>;

/** A branch has of a settlement what its lines come to; everybody else the whole. */
const AMOUNT_OF_BRANCH = 'b.approval_amount + b.cancel_amount - b.fee - b.vat';

/** Reads settlements, their lines, and how a fee came about. */
@Injectable()
export class SettlementReports {
  constructor(
    private readonly dataSource: DataSource,
    private readonly settlements: SettlementsRepository,
    private readonly sales: Sales,
    private readonly clock: Clock,
  ) {}

  async status(scope: DataScope): Promise<SettlementStatusReport> {
    const today = koreanDay(this.clock.now());
    const since = addDays(today, -STATUS_DAYS);
    const { sql, values } = settlementScope(scope);
    const isBranch = scope.kind === 'BRANCH';
    const own = isBranch
      ? 'JOIN settlement_branch_totals b ON b.settlement_id = s.id AND b.branch_id = ?'
      : '';
    const amount = isBranch ? AMOUNT_OF_BRANCH : 's.payout_amount + s.carried_out';
    const from = `FROM settlements s ${own} WHERE ${sql}`;
    const given = [...(isBranch ? [scope.branchId] : []), ...values];
    const rows = await this.dataSource.manager.query<Row[]>(
      `SELECT s.status, COUNT(*) AS n, CAST(SUM(${amount}) AS CHAR) AS amount ${from}
         AND (s.status IN ('SCHEDULED', 'CONFIRMED', 'HELD', 'PAYOUT_FAILED')
           OR (s.status IN ('PAID', 'CARRIED_OVER') AND s.payout_day >= ?)) GROUP BY s.status`,
      [...given, since],
    );
    const byStatus = new Map(rows.map((row) => [row.status, row]));
    const groups = SETTLEMENT_STATUSES.map((status) => {
      const row = byStatus.get(status);
      return { status, count: Number(row?.n ?? 0), amount: wonFromDatabase(row?.amount ?? 0) };
    });
    const period = { from: await this.unsettledSince(scope, today), to: addDays(today, 1) };
    const { total } = await this.sales.report(scope, period, { groupBy: 'method', limit: 1 });
    const { unsettledCount, unsettledAmount } = total;
    return {
      groups,
      nextPayout: await this.nextPayout(scope, today),
      unsettled: { unsettledCount, unsettledAmount },
    };
  }

  /**
   * The first day from today on that pays anything, and what: below zero nothing is paid, it is carried over into what comes
   * after it, and of a merchant on hold nothing is paid either. Of a branch its part of what is paid.
   */
  private async nextPayout(scope: DataScope, today: string): Promise<SettlementStatusReport['nextPayout']> {
    const isBranch = scope.kind === 'BRANCH';
    const [own, amount] = isBranch
      ? ['JOIN settlement_branch_totals b ON b.settlement_id = n.id AND b.branch_id = ?', AMOUNT_OF_BRANCH]
      : ['', 'n.paid'];
    const { sql, values } = settlementScope(isBranch ? { kind: 'MERCHANT', mid: scope.mid } : scope);
    const [next] = await this.dataSource.manager.query<Row[]>(
      `SELECT CAST(n.payout_day AS CHAR) AS day, CAST(SUM(${amount}) AS CHAR) AS amount FROM (
         SELECT s.id, s.payout_day,
           SUM(s.payout_amount) OVER (PARTITION BY s.mid, s.contract_id, s.status ORDER BY s.payout_day) AS paid
         FROM settlements s WHERE ${sql} AND s.status IN ('SCHEDULED', 'CONFIRMED')
           AND (s.payout_day >= ? OR (s.status = 'SCHEDULED' AND s.payout_amount < 0))
           AND (s.status = 'CONFIRMED' OR NOT EXISTS (SELECT 1 FROM settlement_holds h WHERE h.active_mid = s.mid))) n ${own}
       WHERE n.paid > 0 AND n.payout_day >= ? GROUP BY n.payout_day ORDER BY n.payout_day LIMIT 1`,
      [...values, today, ...(isBranch ? [scope.branchId] : []), today],
    );
    return next === undefined
      ? null
      : { payoutOn: next.day as string, amount: wonFromDatabase(next.amount!) };
  }

  /** The days of which something may be unsettled: the last ones, and all since a merchant waits for a person. */
  private async unsettledSince(scope: DataScope, today: string): Promise<string> {
    const waits = (await this.sales.firstWaitingDay(scope)) ?? today;
    const since = [addDays(today, -STATUS_DAYS), waits].sort()[0]!;
    return [since, addDays(today, 2 - PERIOD_DAYS_MAX)].sort()[1]!;
  }

  /** Latest payout day first; of a branch its own part. Throws VALIDATION_FAILED. */
  async list(filter: SettlementFilter, { limit, cursor }: PageWish): Promise<Page<Settlement>> {
    checkPeriod(filter);
    const place = cursor === undefined ? null : placeOf(cursor);
    const after = place === null ? null : { day: place.at.toISOString().slice(0, 10), id: place.id };
    const found = await this.settlements.page(filter, after, limit + 1);
    const data = await this.settlements.partsOf(filter.scope, found.slice(0, limit));
    const last = found.length > limit ? data.at(-1) : undefined;
    if (last === undefined) return { data, nextCursor: null };
    const at = new Date(`${last.payoutDay}T00:00:00.000Z`);
    return { data, nextCursor: cursorAfter({ at, id: last.settlementId }) };
  }

  /** Lines in the order in which their movements were made; of a branch its own. Throws SETTLEMENT_NOT_FOUND. */
  async details(
    scope: DataScope,
    settlementId: string,
    { limit, cursor }: PageWish,
  ): Promise<Page<SettlementLine> & { readonly settlement: Settlement }> {
    const settlement = isAscii(settlementId) ? await this.settlements.find(settlementId, scope) : null;
    if (settlement === null) throw fault(SETTLEMENT_ERRORS, 'SETTLEMENT_NOT_FOUND');
    const id = cursor === undefined ? '0' : placeOf(cursor).id;
    const after = /^\d{1,18}$/.test(id) ? id : '0';
    const branch = scope.kind === 'BRANCH' ? ' AND l.branch_id = ?' : '';
    const rows = await this.dataSource.manager.query<Row[]>(
      `SELECT l.*, CAST(l.captured_day AS CHAR) AS day FROM settlement_lines l
       WHERE l.settlement_id = ? AND l.transaction_seq > ?${branch} ORDER BY l.transaction_seq LIMIT ?`,
      [settlementId, after, ...(scope.kind === 'BRANCH' ? [scope.branchId] : []), limit + 1],
    );
    const data = rows.slice(0, limit).map(lineOf);
    const last = rows.length > limit ? data.at(-1) : undefined;
    const nextCursor = last === undefined ? null : cursorAfter({ at: new Date(0), id: String(last.seq) });
    const [own] = await this.settlements.partsOf(scope, [settlement]);
    return { settlement: own!, data, nextCursor };
  }

  /** Throws SETTLEMENT_LINE_NOT_FOUND. */
  async explain(scope: DataScope, seq: string): Promise<ExplainedLine> {
    const { sql, values } = scopeCondition(scope, { mid: 'l.mid', branchId: 'l.branch_id' });
    const [row] = await this.dataSource.manager.query<Row[]>(
      `SELECT l.*, CAST(l.captured_day AS CHAR) AS day, a.captured_day = l.captured_day AS same_day
       FROM settlement_lines l JOIN settlement_lines a ON a.payment_id = l.payment_id AND a.kind = 'APPROVAL'
       WHERE l.transaction_seq = ? AND ${sql}`,
      [seq, ...values],
    );
    if (row === undefined) throw fault(SETTLEMENT_ERRORS, 'SETTLEMENT_LINE_NOT_FOUND');
    const won = (name: string) => wonFromDatabase(row[name]!);
    const line = lineOf(row);
    const terms = {
      ...{ ratePpm: won('rate_ppm'), fixedFee: won('fixed_fee'), minimumFee: won('minimum_fee') },
    };
    const steps = explainLine({
      ...{ ...line, ...terms, leftBefore: won('left_before'), leftAfter: won('left_after') },
      isSameDay: Number(row.same_day) === 1,
    });
    return { ...line, ...terms, policyId: row.policy_id as string, steps };
  }
}

const isAscii = (text: string) => /^[\x21-\x7e]{1,30}$/.test(text);

export function lineOf(row: Row): SettlementLine {
  const won = (name: string) => wonFromDatabase(row[name]!);
  return {
    seq: won('transaction_seq'),
    settlementId: row.settlement_id as string,
    kind: row.kind as string,
    paymentId: row.payment_id as string,
    sourceId: row.source_id as string,
    branchId: row.branch_id as string | null,
    method: row.method as string,
    capturedOn: row.day as string,
    ...{ amount: won('amount'), fee: won('fee'), vat: won('vat') },
  };
}
