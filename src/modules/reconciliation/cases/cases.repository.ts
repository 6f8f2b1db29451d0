import { Injectable } from '@nestjs/common';
import { DataSource, type EntityManager } from 'typeorm';
import { wonFromDatabase } from '../../../common/money/won';
import { databaseTime, fromDatabaseTime } from '../../../common/time/korean-time';
import type { CaseStatus } from '../case.state';
import type {
  CaseEvent,
  CaseKind,
  ListName,
  MovementKind,
  ReconciliationCase,
} from '../reconciliation.types';

type Row = Readonly<Record<string, string | number | Date | null>>;

export interface CaseFilter {
  readonly status?: CaseStatus;
  readonly kind?: CaseKind;
  readonly acquirer?: string;
  readonly mid?: string;
  readonly ownerId?: string;
  /** Korean days, both included. */
  readonly from?: string;
  readonly to?: string;
}

/** A change of a case's state, by a person. */
export interface CaseMove {
  readonly to: CaseStatus;
  readonly actor: string;
  readonly ownerId: string;
  readonly resolution: string | null;
  readonly note: string | null;
  readonly at: Date;
}

const COLUMNS = 'k.*, CAST(k.day AS CHAR) AS on_day';
/** The filters by how few cases are left of them; the list goes through the index of the first that is asked for. */
const BY_FEWEST = [
  ['ownerId', 'owner_id', 'ix_reconciliation_cases_owner'],
  ['mid', 'mid', 'ix_reconciliation_cases_mid'],
  ['status', 'status', 'ix_reconciliation_cases_status'],
  ['kind', 'kind', 'ix_reconciliation_cases_kind'],
  ['acquirer', 'acquirer', 'ix_reconciliation_cases_acquirer'],
] as const satisfies readonly (readonly [keyof CaseFilter, string, string])[];

/** Reads cases, and moves them from state to state. The reconciliation opens them. */
@Injectable()
export class CasesRepository {
  constructor(private readonly dataSource: DataSource) {}

  /** The newest first, below an id where it is given. */
  async page(filter: CaseFilter, before: string | null, count: number): Promise<ReconciliationCase[]> {
    const asked = BY_FEWEST.filter(([name]) => filter[name] !== undefined);
    const conditions = ['k.id < ?', ...asked.map(([, column]) => `k.${column} = ?`)];
    const values: (string | number)[] = [before ?? 'rcn_~', ...asked.map(([name]) => filter[name]!)];
    if (filter.from !== undefined) {
      conditions.push('k.day >= ?');
      values.push(filter.from);
    }
    if (filter.to !== undefined) {
      conditions.push('k.day <= ?');
      values.push(filter.to);
    }
    const rows = await this.dataSource.manager.query<Row[]>(
      `SELECT ${COLUMNS} FROM reconciliation_cases k FORCE INDEX (${asked[0]?.[2] ?? 'PRIMARY'})
       WHERE ${conditions.join(' AND ')} ORDER BY k.id DESC LIMIT ?`,
      [...values, count],
    );
    return rows.map(caseFromRow);
  }

  async find(caseId: string, tx?: EntityManager): Promise<ReconciliationCase | null> {
    const [row] = await (tx ?? this.dataSource.manager).query<Row[]>(
      `SELECT ${COLUMNS} FROM reconciliation_cases k WHERE k.id = ? ${tx === undefined ? '' : 'FOR UPDATE'}`,
      [caseId],
    );
    return row === undefined ? null : caseFromRow(row);
  }

  /** Oldest first. */
  async events(caseId: string): Promise<CaseEvent[]> {
    const rows = await this.dataSource.manager.query<Row[]>(
      'SELECT * FROM reconciliation_case_events WHERE case_id = ? ORDER BY id',
      [caseId],
    );
    return rows.map((row) => ({
      from: row.from_status as CaseStatus | null,
      to: row.to_status as CaseStatus,
      actor: String(row.actor),
      ownerId: row.owner_id as string | null,
      resolution: row.resolution as string | null,
      note: row.note as string | null,
      at: fromDatabaseTime(row.occurred_at as string | Date),
    }));
  }

  /** Only from the state and version that were read; false when somebody else was first. */
  async move(tx: EntityManager, was: ReconciliationCase, move: CaseMove): Promise<boolean> {
    const { to, actor, ownerId, resolution, note, at } = move;
    const isEnd = to === 'RESOLVED';
    const { affectedRows } = await tx.query<{ affectedRows: number }>(
      `UPDATE reconciliation_cases SET status = ?, version = version + 1, owner_id = ?, resolution = ?, note = ?,
         resolved_by = ?, resolved_at = ? WHERE id = ? AND status = ? AND version = ?`,
      [
        ...[to, ownerId, resolution, note, isEnd ? actor : null, isEnd ? databaseTime(at) : null],
        ...[was.caseId, was.status, was.version],
      ],
    );
    if (affectedRows !== 1) return false;
    await tx.query(
      `INSERT INTO reconciliation_case_events (case_id, from_status, to_status, actor, owner_id, resolution, note,
         occurred_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?)`,
      [was.caseId, was.status, to, actor, ownerId, resolution, note, databaseTime(at)],
    );
    return true;
  }
}

function caseFromRow(row: Row): ReconciliationCase {
  const text = (name: string) => row[name] as string | null;
  const won = (name: string) => (row[name] === null ? null : wonFromDatabase(row[name] as string | number));
  return {
    caseId: String(row.id),
    runId: String(row.run_id),
    kind: row.kind as CaseKind,
    day: String(row.on_day),
    list: row.list as ListName,
    contractId: String(row.contract_id),
    mid: String(row.mid),
    acquirer: String(row.acquirer),
    movementKind: row.movement_kind as MovementKind | null,
    paymentId: text('payment_id'),
    sourceId: text('source_id'),
    movementKey: text('movement_key'),
    acquirerOrderNo: text('acquirer_order_no'),
    acquirerTransactionId: text('acquirer_transaction_id'),
    ownAmount: won('own_amount'),
    ownState: text('own_state'),
    acquirerAmount: won('acquirer_amount'),
    acquirerState: text('acquirer_state'),
    status: row.status as CaseStatus,
    version: Number(row.version),
    ownerId: text('owner_id'),
    openedAt: fromDatabaseTime(row.opened_at as string | Date),
    confirmedAt: fromDatabaseTime(row.confirmed_at as string | Date),
    resolution: row.resolution as ReconciliationCase['resolution'],
    note: text('note'),
    resolvedBy: text('resolved_by'),
    resolvedAt: row.resolved_at === null ? null : fromDatabaseTime(row.resolved_at as string | Date),
  };
}
