import { Injectable } from '@nestjs/common';
import { DataSource, type EntityManager } from 'typeorm';
import { UnitOfWork } from '../../../common/db/unit-of-work';
import { fault } from '../../../common/errors/app-error';
import { COMMON_ERRORS } from '../../../common/errors/common.errors';
import { newId, timeOfId } from '../../../common/ids/id';
import { cursorAfter, placeOf } from '../../../common/pagination/cursor';
import { Clock } from '../../../common/time/clock';
import { databaseTime, fromDatabaseTime } from '../../../common/time/korean-time';
import { AuditFacade } from '../../audit/audit.facade';
import { SETTLEMENT_ERRORS } from '../settlements.errors';
import { SETTLEMENT_COLUMNS, settlementFromRow, SettlementsRepository } from '../settlements.repository';
import type { MerchantHold, Page, PageWish } from '../settlements.types';
import { activeHold } from './confirm-due.job';
import { type Deed, SettlementLife } from './settlement-life';

type Row = Readonly<Record<string, string | number | null>>;

/**
 * Withholds everything of a merchant: what is due already at once, the rest as it comes due. Releasing gives free what
 * was held by it; settlements that were held by themselves stay held.
 */
@Injectable()
export class MerchantHolds {
  constructor(
    private readonly dataSource: DataSource,
    private readonly unitOfWork: UnitOfWork,
    private readonly settlements: SettlementsRepository,
    private readonly life: SettlementLife,
    private readonly audit: AuditFacade,
    private readonly clock: Clock,
  ) {}

  /** Throws NOT_FOUND for no such merchant, SETTLEMENT_MERCHANT_HELD when it is on hold already. */
  hold(mid: string, deed: Deed): Promise<MerchantHold> {
    return this.unitOfWork.run('settlement.hold-merchant', async (tx) => {
      await lockMerchant(tx, mid);
      const known = await activeHold(tx, mid);
      if (known !== null) {
        throw fault(SETTLEMENT_ERRORS, 'SETTLEMENT_MERCHANT_HELD', { members: { holdId: known } });
      }
      const holdId = newId('hld');
      await tx.query(
        `INSERT INTO settlement_holds (id, mid, status, reason, created_by, created_at) VALUES (?, ?, 'ACTIVE', ?, ?, ?)`,
        [holdId, mid, deed.reason, deed.actor, databaseTime(this.clock.now())],
      );
      const rows = await tx.query<Row[]>(
        `SELECT ${SETTLEMENT_COLUMNS} FROM settlements s WHERE s.mid = ? AND s.status IN ('CONFIRMED', 'PAYOUT_FAILED')
         ORDER BY s.id FOR UPDATE`,
        [mid],
      );
      for (const row of rows) await this.life.hold(tx, settlementFromRow(row), deed, holdId);
      await this.record(tx, 'settlement.hold-merchant', { ...deed, holdId, mid, count: rows.length });
      return this.read(tx, holdId);
    });
  }

  /** Throws SETTLEMENT_HOLD_NOT_FOUND and SETTLEMENT_HOLD_STATE. */
  release(holdId: string, deed: Deed): Promise<MerchantHold> {
    return this.unitOfWork.run('settlement.release-merchant', async (tx) => {
      const { mid } = await this.read(tx, holdId);
      await lockMerchant(tx, mid);
      const { affectedRows } = await tx.query<{ affectedRows: number }>(
        `UPDATE settlement_holds SET status = 'RELEASED', release_reason = ?, released_by = ?, released_at = ?
         WHERE id = ? AND status = 'ACTIVE'`,
        [deed.reason, deed.actor, databaseTime(this.clock.now()), holdId],
      );
      if (affectedRows !== 1) throw fault(SETTLEMENT_ERRORS, 'SETTLEMENT_HOLD_STATE');
      const rows = await tx.query<Row[]>(
        `SELECT ${SETTLEMENT_COLUMNS} FROM settlements s WHERE s.mid = ? AND s.status = 'HELD' AND s.hold_id = ?
         ORDER BY s.payout_day, s.id FOR UPDATE`,
        [mid, holdId],
      );
      for (const { id } of rows) {
        await this.life.release(tx, await this.settlements.lock(tx, id as string), deed);
      }
      await this.record(tx, 'settlement.release-merchant', { ...deed, holdId, mid, count: rows.length });
      return this.read(tx, holdId);
    });
  }

  /** Newest first. */
  async list(mid: string | undefined, { limit, cursor }: PageWish): Promise<Page<MerchantHold>> {
    const before = cursor === undefined ? 'hld_~' : placeOf(cursor).id;
    const where = mid === undefined ? 'id < ?' : 'mid = ? AND id < ?';
    const rows = await this.dataSource.manager.query<Row[]>(
      `SELECT * FROM settlement_holds WHERE ${where} ORDER BY id DESC LIMIT ?`,
      [...(mid === undefined ? [] : [mid]), before, limit + 1],
    );
    const data = rows.slice(0, limit).map(holdFromRow);
    const last = rows.length > limit ? data.at(-1) : undefined;
    const id = last?.holdId;
    return { data, nextCursor: id === undefined ? null : cursorAfter({ at: timeOfId(id), id }) };
  }

  private async read(tx: EntityManager, holdId: string): Promise<MerchantHold> {
    const [row] = await tx.query<Row[]>('SELECT * FROM settlement_holds WHERE id = ?', [holdId]);
    if (row === undefined) throw fault(SETTLEMENT_ERRORS, 'SETTLEMENT_HOLD_NOT_FOUND');
    return holdFromRow(row);
  }

  private record(
    tx: EntityManager,
    action: string,
    { actor, reason, holdId, mid, count }: Deed & { holdId: string; mid: string; count: number },
  ): Promise<void> {
    return this.audit.record(tx, {
      ...{ actor, action, target: holdId, mid, outcome: 'SUCCESS', details: { count, reason } },
    });
  }
}

async function lockMerchant(tx: EntityManager, mid: string): Promise<void> {
  const rows = await tx.query<unknown[]>('SELECT mid FROM merchants WHERE mid = ? FOR UPDATE', [mid]);
  if (rows.length === 0) throw fault(COMMON_ERRORS, 'NOT_FOUND');
}

function holdFromRow(row: Row): MerchantHold {
  const text = (name: string) => row[name] as string | null;
  return {
    holdId: row.id as string,
    mid: row.mid as string,
    status: row.status as MerchantHold['status'],
    reason: row.reason as string,
    createdBy: row.created_by as string,
    createdAt: fromDatabaseTime(row.created_at as string),
    releaseReason: text('release_reason'),
    releasedBy: text('released_by'),
    releasedAt: row.released_at === null ? null : fromDatabaseTime(row.released_at as string),
  };
}
