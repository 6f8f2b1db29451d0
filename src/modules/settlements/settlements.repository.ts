import { Injectable } from '@nestjs/common';
import { DataSource, type EntityManager } from 'typeorm';
import { places } from '../../common/db/places';
import { fault } from '../../common/errors/app-error';
import { type DataScope, scopeCondition } from '../../common/http/data-scope';
import { wonFromDatabase } from '../../common/money/won';
import { databaseTime, fromDatabaseTime } from '../../common/time/korean-time';
import type { LedgerTransfer } from '../ledger/ledger.types';
import { frozenPayouts } from './open-settlement';
import { mayBecome, type SettlementStatus } from './settlement.state';
import { SETTLEMENT_ERRORS } from './settlements.errors';
import type { Settlement } from './settlements.types';

type Row = Readonly<Record<string, string | number | null>>;

/** Columns that a change of state may set besides it. */
export interface SettlementColumns {
  readonly hold_reason?: string | null;
  readonly hold_id?: string | null;
  readonly payout_reference?: string | null;
  readonly failure_reason?: string | null;
  readonly confirmed_at?: string;
  readonly paid_at?: string;
  readonly carried_out?: number;
}

export interface SettlementMove {
  readonly to: SettlementStatus;
  readonly actor: string;
  readonly reason: string;
  readonly at: Date;
  readonly set?: SettlementColumns;
}

export interface SettlementFilter {
  readonly scope: DataScope;
  readonly mid?: string;
  readonly status?: SettlementStatus;
  /** Korean days of payout, both included. */
  readonly from: string;
  readonly to: string;
}

export const SETTLEMENT_COLUMNS = 's.*, CAST(s.payout_day AS CHAR) AS payout_on';

/** Rows of settlements. A state is only ever changed by `move`. */
@Injectable()
export class SettlementsRepository {
  constructor(private readonly dataSource: DataSource) {}

  async find(settlementId: string, scope: DataScope): Promise<Settlement | null> {
    const { sql, values } = settlementScope(scope);
    const [row] = await this.dataSource.manager.query<Row[]>(
      `SELECT ${SETTLEMENT_COLUMNS} FROM settlements s WHERE s.id = ? AND ${sql}`,
      [settlementId, ...values],
    );
    return row === undefined ? null : settlementFromRow(row);
  }

  /** Latest payout day first, below a place where it is given. */
  async page(
    { scope, mid, status, from, to }: SettlementFilter,
    after: { readonly day: string; readonly id: string } | null,
    count: number,
  ): Promise<Settlement[]> {
    const limits = settlementScope(scope);
    const conditions = ['s.payout_day BETWEEN ? AND ?', limits.sql];
    const values: (string | number)[] = [from, to, ...limits.values];
    if (mid !== undefined) {
      conditions.push('s.mid = ?');
      values.push(mid);
    }
    if (status !== undefined) {
      conditions.push('s.status = ?');
      values.push(status);
    }
    if (after !== null) {
      conditions.push('s.payout_day <= ? AND (s.payout_day < ? OR s.id < ?)');
      values.push(after.day, after.day, after.id);
    }
    const rows = await this.dataSource.manager.query<Row[]>(
      `SELECT ${SETTLEMENT_COLUMNS} FROM settlements s WHERE ${conditions.join(' AND ')}
       ORDER BY s.payout_day DESC, s.id DESC LIMIT ?`,
      [...values, count],
    );
    return rows.map(settlementFromRow);
  }

  /**
   * What of settlements is the caller's: a branch's what its own lines come to, and nothing of adjustments and what is
   * carried over, which belong to the merchant; everybody else's the whole.
   */
  async partsOf(scope: DataScope, found: readonly Settlement[]): Promise<readonly Settlement[]> {
    if (scope.kind !== 'BRANCH' || found.length === 0) return found;
    const rows = await this.dataSource.manager.query<Row[]>(
      `SELECT b.* FROM settlement_branch_totals b WHERE b.branch_id = ? AND b.settlement_id IN (${places(found)})`,
      [scope.branchId, ...found.map(({ settlementId }) => settlementId)],
    );
    const byId = new Map(rows.map((row) => [row.settlement_id, row]));
    return found.map((settlement) => partOf(settlement, byId.get(settlement.settlementId)!));
  }

  /** Locked until the transaction ends. Throws SETTLEMENT_NOT_FOUND. */
  async lock(tx: EntityManager, settlementId: string): Promise<Settlement> {
    const [row] = await tx.query<Row[]>(
      `SELECT ${SETTLEMENT_COLUMNS} FROM settlements s WHERE s.id = ? FOR UPDATE`,
      [settlementId],
    );
    if (row === undefined) throw fault(SETTLEMENT_ERRORS, 'SETTLEMENT_NOT_FOUND');
    return settlementFromRow(row);
  }

  /** By `payoutKey`: a merchant's payouts from a day on whose sums are frozen already. */
  frozenPayouts(tx: EntityManager, mid: string, from: string): Promise<Set<string>> {
    const query = <T>(sql: string, values: unknown[]) => tx.query<T>(sql, values);
    return frozenPayouts(query, { firstMid: mid, lastMid: mid, from });
  }

  /**
   * Changes the state of a settlement that is still as it was read, and writes the event. Throws SETTLEMENT_STATE for a
   * change that the table of states does not have, and when another came first.
   */
  async move(tx: EntityManager, was: Settlement, move: SettlementMove): Promise<Settlement> {
    const { to, actor, reason, at, set = {} } = move;
    const columns = Object.entries(set) as [string, string | number | null][];
    const refused = () =>
      fault(SETTLEMENT_ERRORS, 'SETTLEMENT_STATE', { members: { settlementStatus: was.status } });
    if (!mayBecome(was.status, to)) throw refused();
    const { affectedRows } = await tx.query<{ affectedRows: number }>(
      `UPDATE settlements SET status = ?, version = version + 1${columns.map(([name]) => `, ${name} = ?`).join('')}
       WHERE id = ? AND status = ? AND version = ?`,
      [to, ...columns.map(([, value]) => value), was.settlementId, was.status, was.version],
    );
    if (affectedRows !== 1) throw refused();
    const now = await this.lock(tx, was.settlementId);
    await tx.query(
      `INSERT INTO settlement_events (settlement_id, from_status, to_status, actor, reason, amount, occurred_at)
       VALUES (?, ?, ?, ?, ?, ?, ?)`,
      [was.settlementId, was.status, to, actor, reason, now.payoutAmount, databaseTime(at)],
    );
    return now;
  }

  /** One balanced transfer; a source and kind are booked once. */
  async book(
    tx: EntityManager,
    { kind, sourceId, mid, debit, credit, amount }: LedgerTransfer,
  ): Promise<void> {
    await tx.query(
      `INSERT INTO ledger_transfers (kind, source_id, mid, debit_account, credit_account, amount)
       VALUES (?, ?, ?, ?, ?, ?)`,
      [kind, sourceId, mid, debit, credit, amount],
    );
  }
}

function partOf(settlement: Settlement, row: Row): Settlement {
  const won = (name: string) => wonFromDatabase(row[name]!);
  const [approvalAmount, cancelAmount] = [won('approval_amount'), won('cancel_amount')];
  const [fee, vat] = [won('fee'), won('vat')];
  return {
    ...{ ...settlement, lineCount: won('line_count'), approvalAmount, cancelAmount, fee, vat },
    ...{ adjustmentAmount: 0, carriedIn: 0, carriedOut: 0 },
    payoutAmount: approvalAmount + cancelAmount - fee - vat,
  };
}

/** A branch sees the settlements that it has lines of; all others by whose the merchant is. */
export function settlementScope(scope: DataScope): { readonly sql: string; readonly values: string[] } {
  if (scope.kind !== 'BRANCH') return scopeCondition(scope, { mid: 's.mid' });
  return {
    sql: `s.mid = ? AND EXISTS (SELECT 1 FROM settlement_branch_totals b WHERE b.branch_id = ?
            AND b.settlement_id = s.id)`,
    values: [scope.mid, scope.branchId],
  };
}

export function settlementFromRow(row: Row): Settlement {
  const won = (name: string) => wonFromDatabase(row[name]!);
  const text = (name: string) => row[name] as string | null;
  const time = (name: string) => (row[name] === null ? null : fromDatabaseTime(row[name] as string));
  return {
    settlementId: row.id as string,
    mid: row.mid as string,
    contractId: row.contract_id as string,
    payoutDay: row.payout_on as string,
    status: row.status as SettlementStatus,
    version: Number(row.version),
    lineCount: Number(row.line_count),
    approvalAmount: won('approval_amount'),
    cancelAmount: won('cancel_amount'),
    fee: won('fee'),
    vat: won('vat'),
    adjustmentAmount: won('adjustment_amount'),
    carriedIn: won('carried_in'),
    carriedOut: won('carried_out'),
    payoutAmount: won('payout_amount'),
    holdReason: text('hold_reason'),
    holdId: text('hold_id'),
    payoutReference: text('payout_reference'),
    failureReason: text('failure_reason'),
    confirmedAt: time('confirmed_at'),
    paidAt: time('paid_at'),
    createdAt: fromDatabaseTime(row.created_at as string),
  };
}
