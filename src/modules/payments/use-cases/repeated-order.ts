import { Injectable } from '@nestjs/common';
import { type AppError, fault } from '../../../common/errors/app-error';
import { COMMON_ERRORS } from '../../../common/errors/common.errors';
import { POINTS_ERRORS } from '../../points/points.errors';
import type { ApprovalIntent, CloseResult, OpenResult } from '../journal/journal.types';
import { failureAnswer, inProgressAnswer, timeoutAnswer } from '../payment-answer';
import { PaymentsRepository } from '../payments.repository';
import { PAYMENT_ERRORS } from '../payments.errors';
import type { Payment } from '../payments.types';
import type { ApprovalCommand, ApprovalResult } from './approval.types';

export interface OpenedAttempt {
  readonly intent: ApprovalIntent;
  readonly version: number;
  readonly attemptNumber: number;
}

/** What of a request tells whether it is a repetition. */
export type AskedOrder = Pick<ApprovalCommand, 'mid' | 'order' | 'contentFingerprint' | 'requestHash'>;

type Reopened = { readonly kind: 'OPENED'; readonly sent: OpenedAttempt } | OpenResult | CloseResult;

export type Resolution =
  | { readonly kind: 'NEW'; readonly sent: OpenedAttempt }
  | { readonly kind: 'REPEATED'; readonly result: ApprovalResult };

/** What an order number that names a payment already means for the request that came with it. */
@Injectable()
export class RepeatedOrder {
  constructor(private readonly payments: PaymentsRepository) {}

  /**
   * The answer to a request that cannot be taken now. An order that is known already is answered by what its payment
   * came to; only an unknown one, or one that failed and might be tried again, gets `refusal`.
   */
  async answerKnown(command: AskedOrder, refusal: AppError): Promise<ApprovalResult> {
    const { orderNo } = command.order;
    const known = await this.payments.findByOrder({ kind: 'MERCHANT', mid: command.mid }, orderNo);
    if (known === null) throw refusal;
    const resolved = await this.resolve(command, () => Promise.reject(refusal));
    if (resolved.kind === 'NEW') throw refusal;
    return resolved.result;
  }

  /** A duplicate of an approval, a new attempt after a decline, or a problem answer, thrown. */
  async resolve(command: AskedOrder, reopen: (before: Payment) => Promise<Reopened>): Promise<Resolution> {
    const { order, contentFingerprint, requestHash } = command;
    const before = await this.payments.findByOrder({ kind: 'MERCHANT', mid: command.mid }, order.orderNo);
    // The unique key refused the insert, yet nothing is there: the first one was rolled back in between.
    if (before === null) throw fault(COMMON_ERRORS, 'SERVICE_UNAVAILABLE', { retryAfterSeconds: 1 });
    if (before.status === 'FAILED') {
      if (!sameOrder(before, command)) throw fault(PAYMENT_ERRORS, 'ORDER_NO_CONFLICT');
      // The very same bytes are a repetition of the declined request, not a wish to try again; but one that never
      // left us may be sent.
      const unsent = before.failureCode === 'ACQUIRER_UNAVAILABLE';
      if (before.requestHash === requestHash && !unsent) throw failureAnswer(before);
      const reopened = await reopen(before);
      if ('sent' in reopened) return { kind: 'NEW', sent: reopened.sent };
      throw notReopened(reopened.kind, before);
    }
    if (before.contentFingerprint !== contentFingerprint) throw fault(PAYMENT_ERRORS, 'ORDER_NO_CONFLICT');
    switch (before.status) {
      case 'APPROVED':
      case 'PARTIALLY_CANCELLED':
      case 'CANCELLED':
        return { kind: 'REPEATED', result: { outcome: 'DUPLICATE', payment: before } };
      case 'REVERSING':
      case 'REVERSED':
        throw timeoutAnswer(before, before.dueAt);
      default:
        throw inProgressAnswer(before);
    }
  }
}

/** Why there is no further attempt after a decline. */
function notReopened(kind: (OpenResult | CloseResult)['kind'], before: Payment): AppError {
  switch (kind) {
    case 'BARRED':
      return fault(PAYMENT_ERRORS, 'ORDER_NET_CANCELLED');
    case 'ASKED_BEFORE':
      return failureAnswer(before);
    case 'POINTS_SHORT':
      return fault(POINTS_ERRORS, 'POINT_BALANCE_TOO_SMALL');
    case 'OVER_LIMIT':
      return fault(PAYMENT_ERRORS, 'AMOUNT_OVER_CONTRACT_LIMIT');
    default:
      return inProgressAnswer(before);
  }
}

/** After a decline the payer may use another card, but the order itself must be the same one. */
function sameOrder(before: Payment, { order }: AskedOrder): boolean {
  return (
    before.amount === order.amount &&
    before.pointAmount === (order.pointAmount ?? 0) &&
    before.taxFreeAmount === (order.taxFreeAmount ?? 0) &&
    before.serviceCharge === (order.serviceCharge ?? 0) &&
    before.branchId === (order.branchId ?? null)
  );
}
