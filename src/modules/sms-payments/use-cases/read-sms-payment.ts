import { Injectable } from '@nestjs/common';
import { Sealer } from '../../../common/crypto/sealer';
import { isToken, tokenHash } from '../../../common/crypto/link-token';
import { fault } from '../../../common/errors/app-error';
import { isId } from '../../../common/ids/id';
import type { DataScope } from '../../../common/http/data-scope';
import { MessagingFacade } from '../../messaging/messaging.facade';
import { LinkPaymentsFacade } from '../../payments/link-payments.facade';
import type { SalesSlip } from '../../payments/link-payments.types';
import { PAYMENT_ERRORS } from '../../payments/payments.errors';
import { phoneContext } from '../phone';
import { SMS_PAYMENT_ERRORS } from '../sms-payments.errors';
import { SmsPaymentsRepository } from '../sms-payments.repository';
import type { SmsPayment, SmsPaymentDetail } from '../sms-payments.types';

/** Under this name a payer's card goes to the acquirer: it is how an approval is known to be this link's. */
export const payerActor = (smsPaymentId: string) => `payer:${smsPaymentId}`;

/** Looks SMS payments up, for their merchant by scope and for their payer by the token of a link. */
@Injectable()
export class ReadSmsPayment {
  constructor(
    private readonly smsPayments: SmsPaymentsRepository,
    private readonly payments: LinkPaymentsFacade,
    private readonly messaging: MessagingFacade,
    private readonly sealer: Sealer,
  ) {}

  async inScope(scope: DataScope, smsPaymentId: string): Promise<SmsPayment> {
    const found = isId('sms', smsPaymentId) ? await this.smsPayments.find(scope, smsPaymentId) : null;
    if (found === null) throw fault(SMS_PAYMENT_ERRORS, 'SMS_PAYMENT_NOT_FOUND');
    return found;
  }

  async byToken(token: string): Promise<SmsPayment> {
    const found = isToken(token) ? await this.smsPayments.findByToken(tokenHash(token)) : null;
    if (found === null) throw fault(SMS_PAYMENT_ERRORS, 'PAY_LINK_NOT_FOUND');
    return found;
  }

  async detail(smsPayment: SmsPayment): Promise<SmsPaymentDetail> {
    const { smsPaymentId } = smsPayment;
    return {
      smsPayment,
      phone: await this.phoneOf(smsPayment),
      standing: await this.standingOf(smsPayment),
      messages: await this.messaging.statesOf(smsPaymentId),
      events: await this.smsPayments.eventsOf(smsPaymentId),
    };
  }

  /** What became of the payment; null while no card was taken to an acquirer, or another one has the order number. */
  async standingOf({ smsPaymentId, mid, orderNo, paymentId }: SmsPayment) {
    const standing = await this.payments.standingOf(mid, orderNo, payerActor(smsPaymentId));
    return standing !== null && (standing.isOurs || standing.paymentId === paymentId) ? standing : null;
  }

  /** Digits. It is for the next message, or to be masked. */
  async phoneOf({ smsPaymentId, mid, phoneSealed }: SmsPayment): Promise<string> {
    return (await this.sealer.open('pii', phoneContext(smsPaymentId, mid), phoneSealed)).toString('utf8');
  }

  /** Throws NOT_CHARGED (409) until it is paid. */
  slipOf({ mid, paymentId, status }: SmsPayment): Promise<SalesSlip> {
    if (paymentId === null || status !== 'PAID') throw fault(PAYMENT_ERRORS, 'NOT_CHARGED');
    return this.payments.slipOf(mid, paymentId);
  }
}
