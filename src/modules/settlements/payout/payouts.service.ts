import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { UnitOfWork } from '../../../common/db/unit-of-work';
import { fault } from '../../../common/errors/app-error';
import { AuditFacade } from '../../audit/audit.facade';
import { SETTLEMENT_ERRORS } from '../settlements.errors';
import { SettlementsRepository } from '../settlements.repository';
import type { Settlement } from '../settlements.types';
import { activeHold } from './confirm-due.job';
import { type Deed, SettlementLife } from './settlement-life';

/** What an operator does with one settlement; each is audited. All throw SETTLEMENT_NOT_FOUND and SETTLEMENT_STATE. */
@Injectable()
export class Payouts {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly settlements: SettlementsRepository,
    private readonly life: SettlementLife,
    private readonly audit: AuditFacade,
  ) {}

  hold(settlementId: string, deed: Deed): Promise<Settlement> {
    return this.run('settlement.hold', settlementId, deed, (tx, was) => this.life.hold(tx, was, deed, null));
  }

  /** Throws SETTLEMENT_MERCHANT_HELD while everything of the merchant is withheld. */
  release(settlementId: string, deed: Deed): Promise<Settlement> {
    return this.run('settlement.release', settlementId, deed, async (tx, was) => {
      refuseUnless(was, 'HELD');
      const holdId = await activeHold(tx, was.mid);
      if (holdId !== null)
        throw fault(SETTLEMENT_ERRORS, 'SETTLEMENT_MERCHANT_HELD', { members: { holdId } });
      return this.life.release(tx, was, deed);
    });
  }

  /** The bank has transferred it, under its own reference. */
  confirmPayout(settlementId: string, payoutReference: string, deed: Deed): Promise<Settlement> {
    return this.run('settlement.confirm-payout', settlementId, deed, (tx, was) =>
      this.life.pay(tx, was, deed, payoutReference),
    );
  }

  /** The bank did not take it, or gave it back. */
  failPayout(settlementId: string, deed: Deed): Promise<Settlement> {
    return this.run('settlement.fail-payout', settlementId, deed, (tx, was) =>
      this.life.failPayout(tx, was, deed),
    );
  }

  /** Back into the payout file. */
  retryPayout(settlementId: string, deed: Deed): Promise<Settlement> {
    return this.run('settlement.retry-payout', settlementId, deed, (tx, was) => {
      refuseUnless(was, 'PAYOUT_FAILED');
      return this.life.confirm(tx, was, deed);
    });
  }

  private run(
    action: string,
    settlementId: string,
    { actor, reason }: Deed,
    change: (tx: EntityManager, was: Settlement) => Promise<Settlement>,
  ): Promise<Settlement> {
    return this.unitOfWork.run(action, async (tx) => {
      const was = await this.settlements.lock(tx, settlementId);
      const now = await change(tx, was);
      await this.audit.record(tx, {
        ...{ actor, action, target: settlementId, mid: now.mid, outcome: 'SUCCESS' },
        details: { settlementId, amount: now.payoutAmount, from: was.status, to: now.status, reason },
      });
      return now;
    });
  }
}

function refuseUnless({ status }: Settlement, wanted: Settlement['status']): void {
  if (status !== wanted) {
    throw fault(SETTLEMENT_ERRORS, 'SETTLEMENT_STATE', { members: { settlementStatus: status } });
  }
}
