import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { UnitOfWork } from '../../common/db/unit-of-work';
import { fault } from '../../common/errors/app-error';
import { COMMON_ERRORS } from '../../common/errors/common.errors';
import { newId } from '../../common/ids/id';
import { placeOf } from '../../common/pagination/cursor';
import { Clock } from '../../common/time/clock';
import { koreanDay } from '../../common/time/korean-time';
import { AuditFacade } from '../audit/audit.facade';
import { AGENCIES_ERRORS } from './agencies.errors';
import { pageOf } from './agencies.service';
import type { CommissionOwner, CommissionRate, Page, PageWish } from './agencies.types';
import { lockTree } from './agency-tree';
import { CommissionBook } from './commission-book';

export interface CommissionRateWish {
  readonly effectiveFrom: string;
  readonly ratePpm: number;
  readonly reason: string;
}

/** Sets and lists commission rates of agencies and sellers. */
@Injectable()
export class CommissionRates {
  constructor(
    private readonly book: CommissionBook,
    private readonly unitOfWork: UnitOfWork,
    private readonly audit: AuditFacade,
    private readonly clock: Clock,
  ) {}

  /**
   * From a Korean day on that is not past. Throws VALIDATION_FAILED, AGENCY_NOT_FOUND, SELLER_NOT_FOUND,
   * COMMISSION_ABOVE_FEE when some path's rates would sum to more than the fee on any day from then on.
   */
  async set(owner: CommissionOwner, wish: CommissionRateWish, actor: string): Promise<CommissionRate> {
    const createdAt = this.clock.now();
    if (wish.effectiveFrom < koreanDay(createdAt)) {
      throw fault(COMMON_ERRORS, 'VALIDATION_FAILED', { errors: [IN_THE_PAST] });
    }
    const { effectiveFrom, ratePpm, reason } = wish;
    const rate = { rateId: newId('cmr'), effectiveFrom, ratePpm, reason, createdBy: actor, createdAt };
    return this.unitOfWork.run('commission-rate.create', async (tx) => {
      await lockTree(tx);
      await assertOwner(tx, owner);
      const seq = await this.book.add(tx, owner, rate);
      const affected = 'agencyCode' in owner ? { below: owner.agencyCode } : { seller: owner.sellerCode };
      await this.book.assertWithinFee(tx, affected, effectiveFrom);
      await this.audit.record(tx, {
        ...{ actor, action: 'commission-rate.create', target: rate.rateId, outcome: 'SUCCESS' },
        details: { code: codeOf(owner), amount: ratePpm, from: effectiveFrom, reason },
      });
      return { ...rate, seq };
    });
  }

  /** All that were ever set, the newest first. */
  async list(owner: CommissionOwner, { limit, cursor }: PageWish): Promise<Page<CommissionRate>> {
    const before = cursor === undefined ? null : placeOf(cursor).id;
    return pageOf(await this.book.page(owner, before, limit + 1), limit, ({ seq }) => String(seq));
  }
}

const IN_THE_PAST = {
  field: 'effectiveFrom',
  code: 'IN_THE_PAST',
  message: { ko: '지난 날의 요율은 정할 수 없습니다.', en: 'What held in the past cannot be changed.' },
};

const codeOf = (owner: CommissionOwner) => ('agencyCode' in owner ? owner.agencyCode : owner.sellerCode);

async function assertOwner(tx: EntityManager, owner: CommissionOwner): Promise<void> {
  const table = 'agencyCode' in owner ? 'agencies' : 'sellers';
  const rows = await tx.query<unknown[]>(`SELECT 1 FROM ${table} WHERE code = ?`, [codeOf(owner)]);
  if (rows.length > 0) return;
  throw fault(AGENCIES_ERRORS, 'agencyCode' in owner ? 'AGENCY_NOT_FOUND' : 'SELLER_NOT_FOUND');
}
