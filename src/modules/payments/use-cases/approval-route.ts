import { Injectable } from '@nestjs/common';
import { type AppError, fault } from '../../../common/errors/app-error';
import { COMMON_ERRORS } from '../../../common/errors/common.errors';
import { MerchantsFacade } from '../../merchants/merchants.facade';
import { RoutingFacade } from '../../routing/routing.facade';
import type { Exclusion, RoutingDecision } from '../../routing/routing.types';
import { PAYMENT_ERRORS } from '../payments.errors';
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
      amount: order.amount,
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

  private async checkBranch(mid: string, branchId: string | undefined): Promise<void> {
    if (branchId === undefined) return;
    const branch = await this.merchants.findBranch(mid, branchId);
    if (branch === null) throw new NotTaken(fault(PAYMENT_ERRORS, 'BRANCH_NOT_FOUND'));
    if (branch.status !== 'ACTIVE') throw new NotTaken(fault(PAYMENT_ERRORS, 'BRANCH_NOT_ACTIVE'));
  }
}

const AMOUNT_OUT_OF_CONTRACT = {
  field: 'amount',
  code: 'OUT_OF_RANGE',
  message: {
    ko: '계약의 1회 결제 금액 범위를 벗어났습니다.',
    en: 'Outside the amounts per payment of the contract.',
  },
};
