import type { ApprovalReference } from '../../acquirers/port/acquirer.types';
import { timeOfId } from '../../common/ids/id';
import { cardAmountOf } from './hybrid.calc';
import type { Payment } from './payments.types';

/** What an adapter is told of the approval that it is to look up or undo: that of the payment's latest attempt. */
export function referenceOf(payment: Payment): ApprovalReference {
  return {
    acquirerOrderNo: payment.acquirerOrderNo,
    acquirerTransactionId: payment.acquirerTransactionId,
    channel: payment.channel,
    // A checkout that nobody has confirmed has no attempt yet.
    requestedAt: payment.attemptId === '' ? payment.createdAt : timeOfId(payment.attemptId),
    amount: cardAmountOf(payment),
  };
}
