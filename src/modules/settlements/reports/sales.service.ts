import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { fault } from '../../../common/errors/app-error';
import { COMMON_ERRORS } from '../../../common/errors/common.errors';
import type { DataScope } from '../../../common/http/data-scope';
import { scopeCondition } from '../../../common/http/data-scope';
import { wonFromDatabase } from '../../../common/money/won';
import { cursorAfter, placeOf } from '../../../common/pagination/cursor';
import { RollUps } from '../../../common/roll-up/roll-up';
import { Clock } from '../../../common/time/clock';
import { addDays, koreanDay } from '../../../common/time/korean-time';
import { AppConfig } from '../../../config/app-config';
import type { Page, PageWish } from '../settlements.types';
import { branchesStatement } from './branch-sums-sql';
import { notSettled, type SalesQuestion, type Statement } from './sales-rows-sql';
import { OPEN_DAY_SALES, OPEN_MERCHANT_SALES } from './open-sales-sql';
import { type GroupBy, openRollUpOf, salesStatement } from './sales-sql';

export const PERIOD_DAYS_MAX = 400;
/** Of more days branches are counted over all that they have: the statement has a part for each of them. */
const OPEN_DAYS_MAX = 40;
const BRANCHES_MORE = 10;
const BRANCHES_MAX = 1_000;

export interface Period {
  /** Korean days, both included. */
  readonly from: string;
  readonly to: string;
}

/** Won. Approvals and cancels are right to the second; fee, VAT and net are those of settled days. */
export interface SalesFigures {
  readonly approvalCount: number;
  readonly approvalAmount: number;
  readonly cancelCount: number;
  /** 0 or less. */
  readonly cancelAmount: number;
  readonly fee: number;
  readonly vat: number;
  /** Settled approvals and cancels less fee and VAT. */
  readonly net: number;
  /** Movements of days that are not settled yet, of which no fee is reckoned. */
  readonly unsettledCount: number;
  readonly unsettledAmount: number;
}

export interface SalesGroup extends SalesFigures {
  /** Day, month, branch or method; null for payments without a branch. */
  readonly group: string | null;
}

export interface SalesReport extends Page<SalesGroup> {
  readonly total: SalesFigures;
}

/** A movement of a branch, settled or not. */
export interface SalesDetail {
  readonly seq: number;
  readonly kind: string;
  readonly paymentId: string;
  readonly sourceId: string;
  readonly method: string;
  readonly capturedOn: string;
  readonly amount: number;
  /** null until its day is settled, as is all below. */
  readonly fee: number | null;
  readonly vat: number | null;
  readonly settlementId: string | null;
}

type Row = Readonly<Record<string, string | number | null>>;

interface Place {
  readonly after: string | null;
  readonly limit: number;
}

interface BranchRows {
  readonly rows: Row[];
  /** The last branch that was looked at, where the time was over before the page was full. */
  readonly cutAfter: string | null;
}

/** Sales by day of capture, from the roll-ups and what is not in them yet. */
@Injectable()
export class Sales {
  constructor(
    private readonly dataSource: DataSource,
    private readonly rollUps: RollUps,
    private readonly clock: Clock,
    private readonly config: AppConfig,
  ) {}

  /** Throws VALIDATION_FAILED for a period that is turned or too long, NOT_FOUND for a branch out of scope. */
  async report(
    scope: DataScope,
    period: Period,
    { groupBy, limit, cursor, branchId }: PageWish & { groupBy: GroupBy; branchId?: string },
  ): Promise<SalesReport> {
    checkPeriod(period);
    if (branchId !== undefined) await this.checkBranch(scope, branchId);
    const openDays = await this.openDays(period);
    const question = { scope, ...period, branchId, openDays };
    const isRolled = await this.rollUps.isNear(openRollUpOf(question, false));
    const place = { after: cursor === undefined ? null : keyOf(cursor), limit: limit + 1 };
    const { rows, cutAfter } =
      groupBy === 'branch'
        ? await this.branchRows(question, place)
        : whole(await this.query(salesStatement({ ...question, isRolled }, { by: groupBy, ...place })));
    const [total] = await this.query(salesStatement({ ...question, isRolled }));
    const data = rows.slice(0, limit).map((row) => ({
      group: row.group_key === '' ? null : (row.group_key as string),
      ...figuresOf(row),
    }));
    const last = rows.length > limit ? (data.at(-1)!.group ?? '-') : cutAfter;
    const nextCursor = last === null ? null : cursorAfter({ at: new Date(0), id: last });
    return { data, nextCursor, total: figuresOf(total!) };
  }

  /**
   * Branches that have any sales, by id; what has no branch comes first. Where many have sold nothing, it stops after
   * SALES_SCAN_BUDGET_MS with what it has found.
   */
  private async branchRows(asked: Omit<SalesQuestion, 'isRolled'>, place: Place): Promise<BranchRows> {
    const endsAt = this.clock.monotonicMs() + this.config.settlement.salesScanBudgetMs;
    const isRolled = await this.rollUps.isNear(OPEN_DAY_SALES);
    const question = { ...asked, isRolled };
    const areNear = isRolled && (await this.rollUps.isNear(OPEN_MERCHANT_SALES));
    if (!areNear || asked.branchId !== undefined || asked.openDays.length > OPEN_DAYS_MAX) {
      return whole(await this.query(salesStatement(question, { by: 'branch', ...place })));
    }
    const rows: Row[] = [];
    if (place.after === null && asked.scope.kind !== 'BRANCH') {
      const [own] = await this.query(salesStatement({ ...question, branchless: true }));
      if (Number(own!.approval_count) + Number(own!.cancel_count) > 0) rows.push({ ...own, group_key: '' });
    }
    let after = place.after ?? '';
    for (let round = 1; rows.length < place.limit; round += 1) {
      if (round > 1 && this.clock.monotonicMs() > endsAt) return { rows, cutAfter: after };
      // After the first only those are looked for that lacked: more at once where many have sold nothing.
      const missing = place.limit - rows.length;
      const count = round === 1 ? missing : Math.min(BRANCHES_MAX, (missing + BRANCHES_MORE) * round);
      const branchIds = await this.nextBranches(asked.scope, after, count);
      if (branchIds.length > 0) rows.push(...(await this.query(branchesStatement(question, branchIds))));
      if (branchIds.length < count) break;
      after = branchIds.at(-1)!;
    }
    return whole(rows);
  }

  private async nextBranches(scope: DataScope, after: string, count: number): Promise<string[]> {
    const { sql, values } = scopeCondition(scope, { mid: 'b.mid', branchId: 'b.id' });
    const rows = await this.dataSource.manager.query<{ id: string }[]>(
      `SELECT b.id FROM branches b WHERE b.id > ? AND ${sql} ORDER BY b.id LIMIT ?`,
      [after, ...values, count],
    );
    return rows.map(({ id }) => id);
  }

  /** Every movement of a branch, by day and then in the order in which they were made. */
  async details(scope: DataScope, branchId: string, wish: Period & PageWish): Promise<Page<SalesDetail>> {
    checkPeriod(wish);
    const mid = await this.checkBranch(scope, branchId);
    const { from, to, limit, cursor } = wish;
    const openDays = await this.openDays(wish);
    const { at, id } = cursor === undefined ? { at: null, id: '0' } : placeOf(cursor);
    const afterDay = at === null ? from : at.toISOString().slice(0, 10);
    const seq = /^\d{1,18}$/.test(id) ? id : '0';
    const after = (t: string, s: string) =>
      `${t}.captured_day >= ? AND (${t}.captured_day > ? OR ${t}.${s} > ?)`;
    const place = [afterDay, afterDay, seq];
    const open = openDays.length === 0 ? ['1970-01-01'] : openDays;
    const rows = await this.dataSource.manager.query<Row[]>(
      `(SELECT l.transaction_seq AS seq, l.kind, l.payment_id, l.source_id, l.method, l.captured_day,
          CAST(l.captured_day AS CHAR) AS day, l.amount, l.fee, l.vat, l.settlement_id
        FROM settlement_lines l WHERE l.branch_id = ? AND l.mid = ? AND l.captured_day <= ? AND ${after('l', 'transaction_seq')}
        ORDER BY l.captured_day, l.transaction_seq LIMIT ?)
       UNION ALL
       (SELECT t.seq, t.kind, t.payment_id, t.source_id, t.method, t.captured_day, CAST(t.captured_day AS CHAR),
          t.settled_amount, NULL, NULL, NULL
        FROM transactions t WHERE t.captured_day IN (${open.map(() => '?').join(', ')}) AND t.mid = ? AND t.branch_id = ?
          AND ${after('t', 'seq')} AND ${notSettled('t')} ORDER BY t.captured_day, t.seq LIMIT ?)
       ORDER BY captured_day, seq LIMIT ?`,
      [
        ...[branchId, mid, to, ...place, limit + 1],
        ...[...open, mid, branchId, ...place, limit + 1],
        limit + 1,
      ],
    );
    const data = rows.slice(0, limit).map(detailOf);
    const last = rows.length > limit ? data.at(-1) : undefined;
    if (last === undefined) return { data, nextCursor: null };
    const day = new Date(`${last.capturedOn}T00:00:00.000Z`);
    return { data, nextCursor: cursorAfter({ at: day, id: String(last.seq) }) };
  }

  /** The days of a period that no run has ended, up to today, and those on which a merchant still waits. */
  async openDays({ from, to }: Period): Promise<string[]> {
    const [row] = await this.dataSource.manager.query<{ day: string | null }[]>(
      `SELECT CAST(MAX(captured_day) AS CHAR) AS day FROM settlement_runs WHERE status = 'DONE'`,
    );
    const settled = row?.day ?? null;
    // A movement may be known here a moment before this process' own clock says that its day has begun.
    const last = [to, addDays(koreanDay(this.clock.now()), 1)].sort()[0]!;
    const waiting = await this.dataSource.manager.query<{ day: string }[]>(
      `SELECT DISTINCT CAST(captured_day AS CHAR) AS day FROM settlement_run_parts
       WHERE case_id IS NOT NULL AND done_at IS NULL AND captured_day BETWEEN ? AND ?`,
      [from, to],
    );
    const days = new Set(waiting.map((row) => row.day));
    let day = settled === null || addDays(settled, 1) < from ? from : addDays(settled, 1);
    for (; day <= last; day = addDays(day, 1)) days.add(day);
    return [...days];
  }

  /** The first day that waits for a person, of the merchants within a scope; null where none does. */
  async firstWaitingDay(scope: DataScope): Promise<string | null> {
    // A branch's movements wait with its merchant's.
    const ofMerchants: DataScope = scope.kind === 'BRANCH' ? { kind: 'MERCHANT', mid: scope.mid } : scope;
    const { sql, values } = scopeCondition(ofMerchants, { mid: 'c.open_mid' });
    const [row] = await this.dataSource.manager.query<{ day: string | null }[]>(
      `SELECT CAST(MIN(c.first_day) AS CHAR) AS day FROM settlement_cases c WHERE c.open_mid IS NOT NULL AND ${sql}`,
      values,
    );
    return row?.day ?? null;
  }

  /** The merchant whose branch it is. Throws NOT_FOUND for one out of scope. */
  async checkBranch(scope: DataScope, branchId: string): Promise<string> {
    const { sql, values } = scopeCondition(scope, { mid: 'b.mid', branchId: 'b.id' });
    const [row] = /^[\x21-\x7e]{1,30}$/.test(branchId)
      ? await this.dataSource.manager.query<{ mid: string }[]>(
          `SELECT b.mid FROM branches b WHERE b.id = ? AND ${sql}`,
          [branchId, ...values],
        )
      : [];
    if (row === undefined) throw fault(COMMON_ERRORS, 'NOT_FOUND');
    return row.mid;
  }

  private query({ sql, values }: Statement): Promise<Row[]> {
    return this.dataSource.manager.query<Row[]>(sql, values);
  }
}

/** Throws VALIDATION_FAILED. */
export function checkPeriod({ from, to }: Period): void {
  const isTurned = to < from;
  if (!isTurned && to < addDays(from, PERIOD_DAYS_MAX)) return;
  const message = isTurned
    ? { ko: 'from보다 이를 수 없습니다.', en: 'Must not be before from.' }
    : { ko: `기간은 ${PERIOD_DAYS_MAX}일까지입니다.`, en: `A period has ${PERIOD_DAYS_MAX} days at most.` };
  throw fault(COMMON_ERRORS, 'VALIDATION_FAILED', {
    errors: [{ field: 'to', code: 'OUT_OF_RANGE', message }],
  });
}

const whole = (rows: Row[]): BranchRows => ({ rows, cutAfter: null });

const keyOf = (cursor: string) => {
  const { id } = placeOf(cursor);
  return id === '-' ? '' : id;
};

function figuresOf(row: Row): SalesFigures {
  const won = (name: string) => wonFromDatabase(row[name]!);
  const [approvalAmount, cancelAmount] = [won('approval_amount'), won('cancel_amount')];
  const [fee, vat, unsettledAmount] = [won('fee'), won('vat'), won('unsettled_amount')];
  return {
    ...{
      approvalCount: won('approval_count'),
      approvalAmount,
      cancelCount: won('cancel_count'),
      cancelAmount,
    },
    ...{ fee, vat, net: approvalAmount + cancelAmount - unsettledAmount - fee - vat },
    ...{ unsettledCount: won('unsettled_count'), unsettledAmount },
  };
}

function detailOf(row: Row): SalesDetail {
  const won = (name: string) => (row[name] === null ? null : wonFromDatabase(row[name]!));
  return {
    seq: wonFromDatabase(row.seq!),
    kind: row.kind as string,
    paymentId: row.payment_id as string,
    sourceId: row.source_id as string,
    method: row.method as string,
    capturedOn: row.day as string,
    amount: wonFromDatabase(row.amount!),
    fee: won('fee'),
    vat: won('vat'),
    settlementId: row.settlement_id as string | null,
  };
}
