import { Injectable } from '@nestjs/common';
import { equalInConstantTime } from '../../../common/crypto/constant-time';
import { fault } from '../../../common/errors/app-error';
import { isId } from '../../../common/ids/id';
import { failureAnswer, inProgressAnswer, timeoutAnswer } from '../payment-answer';
import { wasCharged } from '../payment.state';
import type { Payment } from '../payments.types';
import { CHECKOUT_ERRORS } from '../checkout/checkout.errors';
import type { CheckoutWithPayment, ConfirmCommand, ConfirmResult } from '../checkout/checkout.types';
import { CheckoutsRepository } from '../checkout/checkouts.repository';
import { tokenHash } from './create-checkout';
import { WindowConfirmer } from './window-confirmer';

/** Confirms what the payer did in the window, by the one-time token. The caller's browser may vanish at any point. */
@Injectable()
export class ConfirmCheckout {
  constructor(
    private readonly checkouts: CheckoutsRepository,
    private readonly confirmer: WindowConfirmer,
  ) {}

  /** Throws everything that is not an approval as a problem that tells what became of the money. */
  async run(command: ConfirmCommand): Promise<ConfirmResult> {
    const { payment } = await this.byToken(command.checkoutId, command.paymentToken);
    if (payment.status !== 'CREATED') return answerKnown(payment);
    const { amount: callerAmount, proof } = command;
    const confirmed = await this.confirmer.confirm(payment, proof, { callerAmount, actor: 'payer:checkout' });
    switch (confirmed.kind) {
      case 'APPROVED':
        return { outcome: 'SUCCESS', payment: confirmed.payment };
      case 'NOT_PAID':
        throw fault(CHECKOUT_ERRORS, 'CHECKOUT_NOT_PAID', {
          members: { paymentId: payment.paymentId, paymentStatus: 'CREATED' },
          retryAfterSeconds: 1,
        });
      case 'LOST':
        return answerKnown((await this.byToken(command.checkoutId, command.paymentToken)).payment);
    }
  }

  /** The checkout that the token proves. Which of id and token is wrong is not told apart by time. */
  async byToken(checkoutId: string, paymentToken: string): Promise<CheckoutWithPayment> {
    const found = isId('chk', checkoutId) ? await this.checkouts.find({ kind: 'ALL' }, checkoutId) : null;
    if (found === null) throw fault(CHECKOUT_ERRORS, 'CHECKOUT_NOT_FOUND');
    if (!equalInConstantTime(tokenHash(paymentToken), found.checkout.tokenHash)) {
      throw fault(CHECKOUT_ERRORS, 'CHECKOUT_TOKEN_INVALID');
    }
    return found;
  }
}

/** What a payment that somebody else has confirmed, failed or is confirming means for this confirm. */
function answerKnown(payment: Payment): ConfirmResult {
  if (wasCharged(payment)) return { outcome: 'DUPLICATE', payment };
  switch (payment.status) {
    case 'REVERSING':
    case 'REVERSED':
      throw timeoutAnswer(payment, payment.dueAt);
    case 'FAILED':
      throw failureAnswer(payment);
    case 'EXPIRED':
      throw failureAnswer({ ...payment, failureCode: 'CHECKOUT_EXPIRED' });
    default:
      throw inProgressAnswer(payment);
  }
}
