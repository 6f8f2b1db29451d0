import { Injectable } from '@nestjs/common';
import { type AppError, fault } from '../../../common/errors/app-error';
import { COMMON_ERRORS } from '../../../common/errors/common.errors';
import { Clock } from '../../../common/time/clock';
import { MerchantsFacade } from '../../merchants/merchants.facade';
import { PointsFacade, pointsOf } from '../../points/points.facade';
import type { PaymentPoints } from '../../points/points.types';
import { RoutingFacade } from '../../routing/routing.facade';
import type { Exclusion, RoutingDecision } from '../../routing/routing.types';
import { cardAmountOf } from '../hybrid.calc';
import { AMOUNT_OUT_OF_CONTRACT, PAYMENT_ERRORS } from '../payments.errors';
import { type ApprovalCommand, cardOf } from './approval.types';

/** The request was refused before anything was committed for it; never leaves the use case. */
export class NotTaken extends Error {
  constructor(readonly refusal: AppError) {
    super('not taken');
  }
}

/** Nothing was sent to anybody. */
export function unavailable(): AppError {
  return fault(PAYMENT_ERRORS, 'ACQUIRER_UNAVAILABLE', {
    retryAfterSeconds: 5,
    members: { outcome: 'FAILURE' },
  });
}

/** Whether an approval may be asked for at all, and of whom. */
@Injectable()
export class ApprovalRoute {
  constructor(
    private readonly merchants: MerchantsFacade,
    private readonly routing: RoutingFacade,
    private readonly points: PointsFacade,
    private readonly clock: Clock,
  ) {}

  /** The contracts to ask, in their order. Throws NotTaken when there is none, or the branch may not sell. */
  async decide(command: ApprovalCommand): Promise<RoutingDecision> {
    const { mid, order, instrument, pinnedContractId } = command;
    await this.checkBranch(mid, order.branchId);
    const ability = instrument.kind === 'CARD' ? 'keyIn' : 'billing';
    if (ability === 'billing' && pinnedContractId === undefined) {
      throw new Error('a billing token was to be charged without the contract that issued it');
    }
    const decision = await this.routing.keyInCandidates(mid, {
      amount: cardAmountOf({ amount: order.amount, pointAmount: order.pointAmount ?? 0 }),
      cardFirst6: cardOf(instrument).first6,
      pinned: pinnedContractId === undefined ? undefined : { contractId: pinnedContractId, ability },
    });
    if (decision.candidates.length > 0) return decision;
    const isLeftOut = (...reasons: Exclusion[]) => decision.excluded.some(({ why }) => reasons.includes(why));
    if (isLeftOut('MAINTENANCE', 'HOURS')) throw new NotTaken(unavailable());
    if (isLeftOut('AMOUNT')) {
      throw new NotTaken(fault(COMMON_ERRORS, 'VALIDATION_FAILED', { errors: [AMOUNT_OUT_OF_CONTRACT] }));
    }
    throw new NotTaken(fault(PAYMENT_ERRORS, 'NO_ACQUIRER_CONTRACT'));
  }

  /**
   * What the order has to do with its customer's points under the terms of the moment; null for nothing. Throws NotTaken
   * where these do not let it be paid with so many.
   */
  async pointsOf({ mid, order }: ApprovalCommand): Promise<PaymentPoints | null> {
    const { customerKey, amount, pointAmount = 0 } = order;
    if (customerKey === undefined) return null;
    const terms = await this.points.termsAt(mid, 'CARD', this.clock.now());
    const refusal = this.points.refusal({ amount, pointAmount }, terms);
    if (refusal !== null) throw new NotTaken(refusal);
    const isIdle = pointAmount === 0 && (terms === null || terms.earnRatePpm === 0);
    return terms === null || isIdle ? null : pointsOf(pointAmount, terms);
  }

  private async checkBranch(mid: string, branchId: string | undefined): Promise<void> {
    if (branchId === undefined) return;
    const branch = await this.merchants.findBranch(mid, branchId);
    if (branch === null) throw new NotTaken(fault(PAYMENT_ERRORS, 'BRANCH_NOT_FOUND'));
    if (branch.status !== 'ACTIVE') throw new NotTaken(fault(PAYMENT_ERRORS, 'BRANCH_NOT_ACTIVE'));
  }
}
