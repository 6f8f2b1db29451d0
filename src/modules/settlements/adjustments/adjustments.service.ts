import { Injectable } from '@nestjs/common';
import { DataSource, type EntityManager } from 'typeorm';
import { UnitOfWork } from '../../../common/db/unit-of-work';
import { fault } from '../../../common/errors/app-error';
import { newId, timeOfId } from '../../../common/ids/id';
import { wonFromDatabase } from '../../../common/money/won';
import { cursorAfter, placeOf } from '../../../common/pagination/cursor';
import { Clock } from '../../../common/time/clock';
import { databaseTime, fromDatabaseTime, koreanDay } from '../../../common/time/korean-time';
import { AuditFacade } from '../../audit/audit.facade';
import { SettlementTermsService } from '../calendar/settlement-terms.service';
import { openSettlement } from '../open-settlement';
import { type PayoutBook, PayoutDays } from '../run/payout-days';
import { openPayout } from '../run/payout-place.policy';
import type { AdjustmentStatus } from '../settlement.state';
import { SETTLEMENT_ERRORS } from '../settlements.errors';
import { SettlementsRepository } from '../settlements.repository';
import type { Adjustment, Page, PageWish } from '../settlements.types';

export type AdjustmentWish = Pick<Adjustment, 'mid' | 'contractId' | 'amount' | 'reason'>;

export interface AdjustmentFilter {
  readonly mid?: string;
  readonly status?: AdjustmentStatus;
}

interface Decision {
  readonly actor: string;
  readonly reason: string;
}

type Row = Readonly<Record<string, string | number | null>>;

/** Sums that operators give merchants or take from them: asked for by one, approved by another. */
@Injectable()
export class Adjustments {
  constructor(
    private readonly dataSource: DataSource,
    private readonly unitOfWork: UnitOfWork,
    private readonly settlements: SettlementsRepository,
    private readonly terms: SettlementTermsService,
    private readonly payoutDays: PayoutDays,
    private readonly audit: AuditFacade,
    private readonly clock: Clock,
  ) {}

  /** Throws NOT_FOUND for no such merchant, or a contract that is not its own. */
  async request({ mid, contractId, amount, reason }: AdjustmentWish, actor: string): Promise<Adjustment> {
    await this.terms.checkContract(mid, contractId);
    const adjustmentId = newId('adj');
    return this.unitOfWork.run('settlement-adjustment.request', async (tx) => {
      await tx.query(
        `INSERT INTO settlement_adjustments (id, mid, contract_id, amount, reason, status, requested_by, created_at)
         VALUES (?, ?, ?, ?, ?, 'REQUESTED', ?, ?)`,
        [adjustmentId, mid, contractId, amount, reason, actor, databaseTime(this.clock.now())],
      );
      await this.record(tx, 'settlement-adjustment.request', { adjustmentId, mid, amount, actor, reason });
      return this.lock(tx, adjustmentId);
    });
  }

  /**
   * Counts from now on in the next open settlement. Throws ADJUSTMENT_NOT_FOUND, _DECIDED and _SAME_OPERATOR, and
   * CALENDAR_YEAR_UNKNOWN and PAYOUT_DAYS_FROZEN where there is no day to open one for.
   */
  async approve(adjustmentId: string, decision: Decision): Promise<Adjustment> {
    const today = koreanDay(this.clock.now());
    const book = await this.payoutDays.on(today);
    return this.unitOfWork.run('settlement-adjustment.approve', async (tx) => {
      const was = await this.undecided(tx, adjustmentId);
      if (was.requestedBy === decision.actor) throw fault(SETTLEMENT_ERRORS, 'ADJUSTMENT_SAME_OPERATOR');
      const { mid, contractId, amount } = was;
      const settlementId = await this.nextOpen(tx, was, { today, book });
      await tx.query(
        `UPDATE settlements SET adjustment_amount = adjustment_amount + ?, version = version + 1
         WHERE id = ? AND status = 'SCHEDULED'`,
        [amount, settlementId],
      );
      const isGiven = amount > 0;
      await this.settlements.book(tx, {
        ...{ kind: 'SETTLEMENT_ADJUSTMENT', sourceId: adjustmentId, mid, amount: Math.abs(amount) },
        debit: isGiven ? 'ADJUSTMENTS' : 'MERCHANT_PAYABLE',
        credit: isGiven ? 'MERCHANT_PAYABLE' : 'ADJUSTMENTS',
      });
      await this.decide(tx, was, { ...decision, status: 'APPROVED', settlementId });
      const { actor, reason } = decision;
      await this.record(tx, 'settlement-adjustment.approve', {
        ...{ adjustmentId, mid, amount, actor, reason, settlementId, contractId },
      });
      return this.lock(tx, adjustmentId);
    });
  }

  /** Also by whoever asked for it. Throws ADJUSTMENT_NOT_FOUND and ADJUSTMENT_DECIDED. */
  reject(adjustmentId: string, { actor, reason }: Decision): Promise<Adjustment> {
    return this.unitOfWork.run('settlement-adjustment.reject', async (tx) => {
      const was = await this.undecided(tx, adjustmentId);
      await this.decide(tx, was, { actor, reason, status: 'REJECTED', settlementId: null });
      const { mid, amount } = was;
      await this.record(tx, 'settlement-adjustment.reject', { adjustmentId, mid, amount, actor, reason });
      return this.lock(tx, adjustmentId);
    });
  }

  /** Newest first. */
  async list({ mid, status }: AdjustmentFilter, { limit, cursor }: PageWish): Promise<Page<Adjustment>> {
    const conditions = ['id < ?'];
    const values: (string | number)[] = [cursor === undefined ? 'adj_~' : placeOf(cursor).id];
    for (const [column, value] of [
      ['mid', mid],
      ['status', status],
    ]) {
      if (value === undefined) continue;
      conditions.push(`${column} = ?`);
      values.push(value);
    }
    const rows = await this.dataSource.manager.query<Row[]>(
      `SELECT * FROM settlement_adjustments WHERE ${conditions.join(' AND ')} ORDER BY id DESC LIMIT ?`,
      [...values, limit + 1],
    );
    const data = rows.slice(0, limit).map(fromRow);
    const id = rows.length > limit ? data.at(-1)?.adjustmentId : undefined;
    return { data, nextCursor: id === undefined ? null : cursorAfter({ at: timeOfId(id), id }) };
  }

  /**
   * The earliest settlement to come that still takes lines; made, where there is none, for the next payout day whose sum is
   * not frozen. Locked. Throws ChangedMeanwhile where that was frozen since.
   */
  private async nextOpen(
    tx: EntityManager,
    { mid, contractId }: Adjustment,
    { today, book }: { readonly today: string; readonly book: PayoutBook },
  ): Promise<string> {
    const [open] = await tx.query<{ id: string }[]>(
      `SELECT id FROM settlements WHERE mid = ? AND contract_id = ? AND status = 'SCHEDULED' AND payout_day > ?
       ORDER BY payout_day LIMIT 1 FOR UPDATE`,
      [mid, contractId, today],
    );
    if (open !== undefined) return open.id;
    const frozen = await this.settlements.frozenPayouts(tx, mid, today);
    const next = { mid, contractId, payoutDay: book.following(today) };
    const payout = openPayout(next, (day) => book.following(day), frozen);
    return openSettlement(<T>(sql: string, values: unknown[]) => tx.query<T>(sql, values), payout, {
      actor: 'system:settlement',
      reason: 'adjustment',
    });
  }

  private async undecided(tx: EntityManager, adjustmentId: string): Promise<Adjustment> {
    const was = await this.lock(tx, adjustmentId);
    if (was.status !== 'REQUESTED') throw fault(SETTLEMENT_ERRORS, 'ADJUSTMENT_DECIDED');
    return was;
  }

  private async lock(tx: EntityManager, adjustmentId: string): Promise<Adjustment> {
    const [row] = await tx.query<Row[]>('SELECT * FROM settlement_adjustments WHERE id = ? FOR UPDATE', [
      adjustmentId,
    ]);
    if (row === undefined) throw fault(SETTLEMENT_ERRORS, 'ADJUSTMENT_NOT_FOUND');
    return fromRow(row);
  }

  private async decide(
    tx: EntityManager,
    { adjustmentId }: Adjustment,
    { status, actor, reason, settlementId }: Decision & Pick<Adjustment, 'status' | 'settlementId'>,
  ): Promise<void> {
    const { affectedRows } = await tx.query<{ affectedRows: number }>(
      `UPDATE settlement_adjustments SET status = ?, decided_by = ?, decided_at = ?, decision_reason = ?,
         settlement_id = ? WHERE id = ? AND status = 'REQUESTED'`,
      [status, actor, databaseTime(this.clock.now()), reason, settlementId, adjustmentId],
    );
    if (affectedRows !== 1) throw fault(SETTLEMENT_ERRORS, 'ADJUSTMENT_DECIDED');
  }

  private record(
    tx: EntityManager,
    action: string,
    deed: Decision & {
      adjustmentId: string;
      mid: string;
      amount: number;
      settlementId?: string;
      contractId?: string;
    },
  ): Promise<void> {
    const { actor, reason, adjustmentId, mid, amount, settlementId = null, contractId = null } = deed;
    return this.audit.record(tx, {
      ...{ actor, action, target: adjustmentId, mid, outcome: 'SUCCESS' },
      details: { amount, reason, settlementId, contractId },
    });
  }
}

function fromRow(row: Row): Adjustment {
  const text = (name: string) => row[name] as string | null;
  return {
    adjustmentId: row.id as string,
    mid: row.mid as string,
    contractId: row.contract_id as string,
    amount: wonFromDatabase(row.amount!),
    reason: row.reason as string,
    status: row.status as AdjustmentStatus,
    requestedBy: row.requested_by as string,
    createdAt: fromDatabaseTime(row.created_at as string),
    decidedBy: text('decided_by'),
    decidedAt: row.decided_at === null ? null : fromDatabaseTime(row.decided_at as string),
    decisionReason: text('decision_reason'),
    settlementId: text('settlement_id'),
  };
}
