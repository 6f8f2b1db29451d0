import { Injectable } from '@nestjs/common';
import { DataSource, type EntityManager } from 'typeorm';
import { type DataScope, scopeCondition } from '../../common/http/data-scope';
import { databaseTime, fromDatabaseTime } from '../../common/time/korean-time';
import type { BranchStatus } from './branch.state';
import type { BranchEvent, BranchView, PreparedBranch } from './branches.types';

type Row = Readonly<Record<string, string | number | Buffer | Date | null>>;

const SCOPE = { mid: 'b.mid', branchId: 'b.id' };
const EVENTS_MAX = 100;

export interface BranchFilter {
  readonly scope: DataScope;
  readonly mid?: string;
  readonly status?: BranchStatus;
  /** How a name begins. */
  readonly namePrefix?: string;
  readonly code?: string;
}

export interface StoredBranch extends BranchView {
  readonly address: string | null;
  readonly phoneSealed: Buffer | null;
}

export interface StatusChange {
  readonly from: BranchStatus;
  readonly to: BranchStatus;
  readonly actor: string;
  readonly reason: string;
  readonly at: Date;
}

/**
 * Branches are listed newest first, by name where names are searched. Every list is a range of one index: those that
 * begin with mid, or with status for an operator who names no merchant.
 */
@Injectable()
export class BranchesRepository {
  constructor(private readonly dataSource: DataSource) {}

  async page(
    filter: BranchFilter,
    { limit, after }: { readonly limit: number; readonly after: string | null },
  ): Promise<readonly StoredBranch[]> {
    const { sql, values } = await this.pageSql(filter, after);
    const rows = await this.dataSource.query<Row[]>(`${sql} LIMIT ?`, [...values, limit]);
    return rows.map(branchFromRow);
  }

  /** The statement of a page without its limit. */
  async pageSql(filter: BranchFilter, after: string | null): Promise<{ sql: string; values: unknown[] }> {
    const { scope, mid, status, namePrefix, code } = filter;
    const within = scopeCondition(scope, SCOPE);
    const conditions = [within.sql];
    const values: unknown[] = [...within.values];
    const also = (condition: string, ...more: unknown[]) => {
      conditions.push(condition);
      values.push(...more);
    };
    if (mid !== undefined) also('b.mid = ?', mid);
    if (status !== undefined) also('b.status = ?', status);
    if (code !== undefined) also('b.code = ?', code);
    if (namePrefix !== undefined) also("b.name LIKE ? ESCAPE '!'", `${escaped(namePrefix)}%`);
    const byName = namePrefix !== undefined;
    if (after !== null && byName) {
      const last = await this.find({ kind: 'ALL' }, after);
      // Two ranges of the index: by name alone the rows of a name that many share would be read again for each page.
      also('((b.name = ? AND b.id > ?) OR b.name > ?)', last?.name ?? '', after, last?.name ?? '');
    } else if (after !== null) also('b.id < ?', after);
    const order = byName ? 'b.name, b.id' : 'b.id DESC';
    return {
      sql: `SELECT b.* FROM branches b ${indexOf(filter)} WHERE ${conditions.join(' AND ')} ORDER BY ${order}`,
      values,
    };
  }

  async find(scope: DataScope, branchId: string): Promise<StoredBranch | null> {
    const within = scopeCondition(scope, SCOPE);
    const [row] = await this.dataSource.query<Row[]>(
      `SELECT b.* FROM branches b WHERE b.id = ? AND ${within.sql}`,
      [branchId, ...within.values],
    );
    return row === undefined ? null : branchFromRow(row);
  }

  async events(branchId: string): Promise<readonly BranchEvent[]> {
    const rows = await this.dataSource.query<Row[]>(
      'SELECT * FROM branch_events WHERE branch_id = ? ORDER BY id DESC LIMIT ?',
      [branchId, EVENTS_MAX],
    );
    return rows.reverse().map((row) => ({
      from: row.from_status as BranchStatus | null,
      to: row.to_status as BranchStatus,
      actor: row.actor as string,
      reason: row.reason as string,
      occurredAt: fromDatabaseTime(row.occurred_at as string),
    }));
  }

  /** From exactly the version seen; false when somebody else changed it first. */
  async move(tx: EntityManager, seen: StoredBranch, change: StatusChange): Promise<boolean> {
    const { from, to, actor, reason, at } = change;
    const { affectedRows } = await tx.query<{ affectedRows: number }>(
      `UPDATE branches SET status = ?, version = version + 1, status_reason = ?, status_changed_at = ?
        WHERE id = ? AND version = ? AND status = ?`,
      [to, reason, databaseTime(at), seen.branchId, seen.version, from],
    );
    if (affectedRows !== 1) return false;
    await insertEvent(tx, seen.branchId, { from, to, actor, reason, at });
    return true;
  }

  async insert(
    tx: EntityManager,
    { branchId, wanted, phoneSealed }: PreparedBranch,
    writer: { readonly actor: string; readonly reason: string; readonly at: Date },
  ): Promise<void> {
    const { mid, name, code, address } = wanted;
    await tx.query(
      `INSERT INTO branches (id, mid, code, name, address, phone_sealed, status, created_at)
       VALUES (?, ?, ?, ?, ?, ?, 'ACTIVE', ?)`,
      [branchId, mid, code, name, address, phoneSealed, databaseTime(writer.at)],
    );
    await insertEvent(tx, branchId, { from: null, to: 'ACTIVE', ...writer });
  }
}

async function insertEvent(
  tx: EntityManager,
  branchId: string,
  event: Omit<StatusChange, 'from'> & { readonly from: BranchStatus | null },
): Promise<void> {
  await tx.query(
    `INSERT INTO branch_events (branch_id, from_status, to_status, actor, reason, occurred_at)
     VALUES (?, ?, ?, ?, ?, ?)`,
    [branchId, event.from, event.to, event.actor, event.reason, databaseTime(event.at)],
  );
}

/** Said, not left to be guessed: the optimiser takes an index that needs a sort when its statistics look so. */
function indexOf({ scope, mid, status, namePrefix, code }: BranchFilter): string {
  const of = (name: string) => `FORCE INDEX (${name})`;
  if (scope.kind === 'BRANCH') return of('PRIMARY');
  if (code !== undefined) return of('uq_branches_code');
  const byStatus = status === undefined ? '' : '_status';
  if (namePrefix !== undefined) return of(`ix_branches_mid${byStatus}_name`);
  if (scope.kind === 'MERCHANT' || mid !== undefined) return of(`ix_branches_mid${byStatus}`);
  return of(status === undefined ? 'PRIMARY' : 'ix_branches_status');
}

/** Nothing in a caller's text stands for other text. */
function escaped(text: string): string {
  return text.replace(/[!%_]/g, '!$&');
}

function branchFromRow(row: Row): StoredBranch {
  return {
    branchId: row.id as string,
    mid: row.mid as string,
    code: row.code as string | null,
    name: row.name as string,
    status: row.status as BranchStatus,
    version: Number(row.version),
    statusReason: row.status_reason as string | null,
    statusChangedAt:
      row.status_changed_at === null ? null : fromDatabaseTime(row.status_changed_at as string),
    createdAt: fromDatabaseTime(row.created_at as string),
    address: row.address as string | null,
    phoneSealed: row.phone_sealed as Buffer | null,
  };
}
