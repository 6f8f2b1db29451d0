import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { isDuplicateKey } from '../../common/db/database-errors';
import { UnitOfWork } from '../../common/db/unit-of-work';
import { fault } from '../../common/errors/app-error';
import { COMMON_ERRORS } from '../../common/errors/common.errors';
import { cursorAfter, placeOf } from '../../common/pagination/cursor';
import { Clock } from '../../common/time/clock';
import { AuditFacade } from '../audit/audit.facade';
import type { PaymentMethod } from '../merchants/merchants.types';
import { accountFromRow, entryFromRow, PointLedger, type PointOwner } from './point-ledger';
import { PointPolicies } from './point-policies.service';
import { discountOf, earnedPoints, mostPointsFor } from './points.calc';
import { POINTS_ERRORS } from './points.errors';
import type { PointAccount, PointEntry } from './points.types';

type Row = Readonly<Record<string, string | number | null>>;

export interface PointAdjustment {
  readonly owner: PointOwner;
  /** Won, either way. */
  readonly amount: number;
  readonly reason: string;
  /** Hex of the caller's idempotency key with its scope; null without one. */
  readonly requestKey: string | null;
}

/** What an order would come to under the policy of the moment. Whole won. */
export interface PointQuote {
  readonly balance: number;
  readonly discountAmount: number;
  /** The order less the discount: what the approval is to be asked for. */
  readonly payableAmount: number;
  readonly minimumUse: number;
  readonly maximumUse: number;
  readonly pointAmount: number;
  readonly cardAmount: number;
  readonly earnedPoints: number;
}

/** What a merchant asks about its customers' points, and its corrections of them. */
@Injectable()
export class PointsService {
  private readonly ledger = new PointLedger();

  constructor(
    private readonly dataSource: DataSource,
    private readonly unitOfWork: UnitOfWork,
    private readonly policies: PointPolicies,
    private readonly audit: AuditFacade,
    private readonly clock: Clock,
  ) {}

  /** Throws POINT_ACCOUNT_NOT_FOUND. */
  async account({ mid, customerKey }: PointOwner): Promise<PointAccount> {
    const rows = await this.dataSource.manager.query<Row[]>(
      'SELECT * FROM point_accounts WHERE mid = ? AND customer_key = ?',
      [mid, customerKey],
    );
    if (rows[0] === undefined) throw fault(POINTS_ERRORS, 'POINT_ACCOUNT_NOT_FOUND');
    return accountFromRow(rows[0]);
  }

  /** The newest first. Throws POINT_ACCOUNT_NOT_FOUND. */
  async history(
    owner: PointOwner,
    { limit, cursor }: { readonly limit: number; readonly cursor?: string },
  ): Promise<{ readonly data: readonly PointEntry[]; readonly nextCursor: string | null }> {
    await this.account(owner);
    const before = cursor === undefined ? null : placeOf(cursor).id;
    const rows = await this.dataSource.manager.query<Row[]>(
      `SELECT * FROM point_entries WHERE mid = ? AND customer_key = ? AND (? IS NULL OR seq < ?)
       ORDER BY seq DESC LIMIT ?`,
      [owner.mid, owner.customerKey, before, before, limit + 1],
    );
    const data = rows.slice(0, limit).map(entryFromRow);
    const last = data.at(-1);
    const more = rows.length > limit && last !== undefined;
    return {
      data,
      nextCursor: more ? cursorAfter({ at: last.occurredAt, id: String(last.seq) }) : null,
    };
  }

  /**
   * A correction, with its audit row. The same request again finds what it did the first time, even where that
   * answer was lost with its process. Throws POINT_BALANCE_TOO_SMALL, VALIDATION_FAILED.
   */
  async adjust(adjustment: PointAdjustment, actor: string): Promise<PointEntry> {
    const { owner, amount, reason, requestKey } = adjustment;
    if (amount === 0) {
      const errors = [{ field: 'amount', code: 'OUT_OF_RANGE' }];
      throw fault(COMMON_ERRORS, 'VALIDATION_FAILED', { errors });
    }
    const at = this.clock.now();
    try {
      return await this.unitOfWork.run('points.adjust', async (tx) => {
        const entry = await this.ledger.move(tx, {
          ...{ owner, amount, reason, requestKey, actor, at },
          ...{ kind: 'ADJUST', paymentId: null, cancelId: null },
        });
        if (entry === null) throw fault(POINTS_ERRORS, 'POINT_BALANCE_TOO_SMALL');
        await this.audit.record(tx, {
          ...{ actor, action: 'points.adjust', target: entry.entryId, mid: owner.mid, outcome: 'SUCCESS' },
          details: { amount, reason },
        });
        return entry;
      });
    } catch (error) {
      const first =
        isDuplicateKey(error) && requestKey !== null ? await this.byRequest(owner, requestKey) : null;
      if (first === null) throw error;
      if (first.amount !== amount) throw fault(COMMON_ERRORS, 'IDEMPOTENCY_KEY_REUSED');
      return first;
    }
  }

  /** Throws POINT_ACCOUNT_NOT_FOUND, POINTS_NOT_CONTRACTED. Changes nothing and promises nothing. */
  async quote(
    owner: PointOwner,
    order: { readonly method: PaymentMethod; readonly amount: number; readonly pointAmount: number },
  ): Promise<PointQuote> {
    const { balance } = await this.account(owner);
    const terms = await this.policies.at(owner.mid, order.method, this.clock.now());
    if (terms === null) throw fault(POINTS_ERRORS, 'POINTS_NOT_CONTRACTED');
    const discountAmount = discountOf(order.amount, terms.discount);
    const payableAmount = order.amount - discountAmount;
    const most = mostPointsFor(payableAmount, terms);
    const maximumUse = Math.min(most, balance) < terms.minimumUse ? 0 : Math.min(most, balance);
    const pointAmount = order.pointAmount < terms.minimumUse ? 0 : Math.min(order.pointAmount, maximumUse);
    const cardAmount = payableAmount - pointAmount;
    return {
      ...{ balance, discountAmount, payableAmount, minimumUse: terms.minimumUse, maximumUse },
      ...{ pointAmount, cardAmount, earnedPoints: earnedPoints(cardAmount, terms.earnRatePpm) },
    };
  }

  private async byRequest({ mid }: PointOwner, requestKey: string): Promise<PointEntry | null> {
    const rows = await this.dataSource.manager.query<Row[]>(
      'SELECT * FROM point_entries WHERE mid = ? AND request_key = ?',
      [mid, requestKey],
    );
    return rows[0] === undefined ? null : entryFromRow(rows[0]);
  }
}
