import { Injectable } from '@nestjs/common';
import { DataSource, type EntityManager } from 'typeorm';
import { UnitOfWork } from '../../common/db/unit-of-work';
import { fault } from '../../common/errors/app-error';
import { COMMON_ERRORS } from '../../common/errors/common.errors';
import { newId } from '../../common/ids/id';
import { cursorAfter, placeOf } from '../../common/pagination/cursor';
import { Clock } from '../../common/time/clock';
import { databaseTime, fromDatabaseTime, koreanDay, koreanTime } from '../../common/time/korean-time';
import type { TransactionFilters } from './dto/transaction.query';
import type { TransactionViewListResponse, TransactionViewResponse } from './dto/transaction-view';
import { HISTORY_ERRORS } from './history.errors';
import { rangeFaults } from './search/criteria.policy';

export const VIEWS_MAX = 50;

interface ViewRow {
  readonly id: string;
  readonly name: string;
  readonly filters: string;
  readonly created_at: string | Date;
  readonly updated_at: string | Date;
}

/** Filters that a member has kept under a name. Nobody else sees them. */
@Injectable()
export class TransactionViews {
  constructor(
    private readonly dataSource: DataSource,
    private readonly unitOfWork: UnitOfWork,
    private readonly clock: Clock,
  ) {}

  /** Newest first. */
  async list(
    memberId: string,
    { limit, cursor }: { readonly limit: number; readonly cursor?: string },
  ): Promise<TransactionViewListResponse> {
    const after = cursor === undefined ? null : placeOf(cursor);
    const at = after === null ? null : databaseTime(after.at);
    const rows = await this.dataSource.manager.query<ViewRow[]>(
      `SELECT id, name, filters, created_at, updated_at FROM transaction_views
       WHERE member_id = ? AND (? IS NULL OR (created_at <= ? AND (created_at < ? OR id < ?)))
       ORDER BY created_at DESC, id DESC LIMIT ?`,
      [memberId, at, at, at, after?.id ?? null, limit + 1],
    );
    const shown = rows.slice(0, limit);
    const last = shown.at(-1);
    const next =
      rows.length > limit && last !== undefined
        ? cursorAfter({ at: fromDatabaseTime(last.created_at), id: last.id })
        : null;
    return { data: shown.map(viewOf), nextCursor: next };
  }

  /** Throws TRANSACTION_VIEW_LIMIT, VALIDATION_FAILED. */
  async create(
    memberId: string,
    { name, filters }: { readonly name: string; readonly filters: TransactionFilters },
  ): Promise<TransactionViewResponse> {
    this.check(filters);
    const viewId = newId('viw');
    const now = databaseTime(this.clock.now());
    return this.unitOfWork.run('transaction-view.create', async (tx) => {
      // The member's row is held, so that two at once do not both find room for the last one.
      await tx.query('SELECT id FROM members WHERE id = ? FOR UPDATE', [memberId]);
      const [counted] = await tx.query<{ n: string | number }[]>(
        'SELECT COUNT(*) AS n FROM transaction_views WHERE member_id = ?',
        [memberId],
      );
      if (Number(counted?.n) >= VIEWS_MAX) throw fault(HISTORY_ERRORS, 'TRANSACTION_VIEW_LIMIT');
      await tx.query(
        `INSERT INTO transaction_views (id, member_id, name, filters, created_at, updated_at)
         VALUES (?, ?, ?, ?, ?, ?)`,
        [viewId, memberId, name, JSON.stringify(filters), now, now],
      );
      return this.one(tx, memberId, viewId);
    });
  }

  /** What is absent stays. Throws TRANSACTION_VIEW_NOT_FOUND, VALIDATION_FAILED. */
  async change(
    memberId: string,
    viewId: string,
    { name, filters }: { readonly name?: string; readonly filters?: TransactionFilters },
  ): Promise<TransactionViewResponse> {
    if (filters !== undefined) this.check(filters);
    return this.unitOfWork.run('transaction-view.change', async (tx) => {
      await tx.query(
        `UPDATE transaction_views SET name = COALESCE(?, name), filters = COALESCE(?, filters), updated_at = ?
         WHERE id = ? AND member_id = ?`,
        [
          name ?? null,
          filters === undefined ? null : JSON.stringify(filters),
          databaseTime(this.clock.now()),
          viewId,
          memberId,
        ],
      );
      return this.one(tx, memberId, viewId);
    });
  }

  /** Throws TRANSACTION_VIEW_NOT_FOUND. */
  async remove(memberId: string, viewId: string): Promise<void> {
    await this.unitOfWork.run('transaction-view.remove', async (tx) => {
      await this.one(tx, memberId, viewId);
      await tx.query('DELETE FROM transaction_views WHERE id = ? AND member_id = ?', [viewId, memberId]);
    });
  }

  private check(filters: TransactionFilters): void {
    const errors = rangeFaults(filters, koreanDay(this.clock.now()), 'filters.');
    if (errors.length > 0) throw fault(COMMON_ERRORS, 'VALIDATION_FAILED', { errors });
  }

  private async one(tx: EntityManager, memberId: string, viewId: string): Promise<TransactionViewResponse> {
    const [row] = await tx.query<ViewRow[]>(
      'SELECT id, name, filters, created_at, updated_at FROM transaction_views WHERE id = ? AND member_id = ?',
      [viewId, memberId],
    );
    if (row === undefined) throw fault(HISTORY_ERRORS, 'TRANSACTION_VIEW_NOT_FOUND');
    return viewOf(row);
  }
}

function viewOf(row: ViewRow): TransactionViewResponse {
  return {
    viewId: row.id,
    name: row.name,
    filters: JSON.parse(row.filters) as TransactionFilters,
    createdAt: koreanTime(fromDatabaseTime(row.created_at)),
    updatedAt: koreanTime(fromDatabaseTime(row.updated_at)),
  };
}
