import { fault } from '../../common/errors/app-error';
import type { MerchantsFacade } from '../merchants/merchants.facade';
import { PAYMENT_ERRORS } from '../payments/payments.errors';
import type { SmsPayment } from './sms-payments.types';

/**
 * Throws BRANCH_NOT_ACTIVE (422) for a link of a branch that was suspended or closed after it was sent: it cannot be
 * paid until the branch is active again.
 */
export async function refuseIdleBranch(
  merchants: MerchantsFacade,
  { mid, branchId }: Pick<SmsPayment, 'mid' | 'branchId'>,
): Promise<void> {
  if (branchId === null) return;
  const branch = await merchants.findBranch(mid, branchId);
  if (branch?.status !== 'ACTIVE') throw fault(PAYMENT_ERRORS, 'BRANCH_NOT_ACTIVE');
}
