import { type AppError, fault } from '../../common/errors/app-error';
import { koreanTime } from '../../common/time/korean-time';
import { CHECKOUT_ERRORS } from './checkout/checkout.errors';
import { DECLINE_ERRORS } from './decline.errors';
import { PAYMENT_ERRORS } from './payments.errors';
import type { FailureCode, MismatchCode, Payment } from './payments.types';

/** Thrown answers that tell what became of a payment. */

function acquirerOf(payment: Payment) {
  const { failureAcquirerCode: code, failureAcquirerMessage: message, acquirer: name } = payment;
  return code === null ? undefined : { name, code, message: message ?? '' };
}

/** A payment that failed: nobody was charged, and the same order number may be tried again. */
export function failureAnswer(payment: Payment): AppError {
  const members = { paymentId: payment.paymentId, paymentStatus: payment.status, outcome: 'FAILURE' };
  const extras = { members, acquirer: acquirerOf(payment) };
  const code = payment.failureCode ?? 'CARD_DECLINED';
  if (code === 'ACQUIRER_UNAVAILABLE') {
    return fault(PAYMENT_ERRORS, 'ACQUIRER_UNAVAILABLE', { ...extras, retryAfterSeconds: 5 });
  }
  if (code === 'AMOUNT_OVER_CONTRACT_LIMIT')
    return fault(PAYMENT_ERRORS, 'AMOUNT_OVER_CONTRACT_LIMIT', extras);
  if (code === 'PAYER_CANCELLED' || code === 'CHECKOUT_EXPIRED')
    return fault(CHECKOUT_ERRORS, 'CHECKOUT_CLOSED', extras);
  if (isMismatch(code)) return fault(CHECKOUT_ERRORS, code, extras);
  return fault(DECLINE_ERRORS, code, extras);
}

export function isMismatch(code: FailureCode | null): code is MismatchCode {
  return code === 'AMOUNT_MISMATCH' || code === 'ORDER_NO_MISMATCH' || code === 'CURRENCY_MISMATCH';
}

/**
 * An approval whose answer was lost: undone, or being undone. Never reported as approved from here on. The contract
 * gives its member `status` to the payment, as the only problem answer where it is not the HTTP status.
 */
export function timeoutAnswer(payment: Payment, nextCheckAt: Date | null): AppError {
  const undone = payment.status === 'REVERSED';
  const { failureCode } = payment;
  if (isMismatch(failureCode)) return mismatchAnswer(payment, failureCode, nextCheckAt);
  return fault(PAYMENT_ERRORS, 'ACQUIRER_TIMEOUT', {
    members: {
      paymentId: payment.paymentId,
      status: payment.status,
      paymentStatus: payment.status,
      outcome: undone ? 'FAILURE' : 'UNKNOWN',
      ...(undone || nextCheckAt === null ? {} : { nextCheckAt: koreanTime(nextCheckAt) }),
    },
  });
}

/** Money that was taken in a window and was not what we asked for: it has gone back, or is going. */
function mismatchAnswer(payment: Payment, code: MismatchCode, nextCheckAt: Date | null): AppError {
  const undone = payment.status === 'REVERSED';
  return fault(CHECKOUT_ERRORS, `${code}_${undone ? 'REFUNDED' : 'REFUND_PENDING'}`, {
    members: {
      paymentId: payment.paymentId,
      paymentStatus: payment.status,
      outcome: 'FAILURE',
      ...(undone || nextCheckAt === null ? {} : { nextCheckAt: koreanTime(nextCheckAt) }),
    },
  });
}

export function inProgressAnswer(payment: Payment): AppError {
  return fault(PAYMENT_ERRORS, 'PAYMENT_IN_PROGRESS', {
    members: { paymentId: payment.paymentId, paymentStatus: payment.status },
    retryAfterSeconds: 1,
  });
}

interface CancelIds {
  readonly paymentId: string;
  readonly cancelId: string;
}

/** Whether a cancel was begun, or how it ended, is not known here: the worker brings it to an end. */
export function unknownCancelAnswer(ids: CancelIds, cause: unknown): AppError {
  return fault(PAYMENT_ERRORS, 'CANCEL_OUTCOME_UNKNOWN', {
    members: { ...ids, outcome: 'UNKNOWN' },
    retryAfterSeconds: 5,
    cause,
  });
}

/** Whether the acquirer's answer was written is not known: it was, or the worker will undo an approval. */
export function unknownOutcomeAnswer(paymentId: string, cause: unknown): AppError {
  return fault(PAYMENT_ERRORS, 'PAYMENT_OUTCOME_UNKNOWN', {
    members: { paymentId, outcome: 'UNKNOWN' },
    retryAfterSeconds: 5,
    cause,
  });
}
