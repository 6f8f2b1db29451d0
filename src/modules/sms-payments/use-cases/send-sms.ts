import { Injectable } from '@nestjs/common';
import { BlindIndex } from '../../../common/crypto/blind-index';
import { newToken, tokenHash } from '../../../common/crypto/link-token';
import { fault } from '../../../common/errors/app-error';
import { maskPhone } from '../../../common/masking/masking';
import { Secret } from '../../../common/masking/secret';
import { Clock } from '../../../common/time/clock';
import { AppConfig } from '../../../config/app-config';
import { MerchantsFacade } from '../../merchants/merchants.facade';
import { MessagingFacade } from '../../messaging/messaging.facade';
import type { MessageContent } from '../../messaging/messaging.types';
import { CODE_SENDS_MAX } from '../code.policy';
import { refuseIdleBranch } from '../idle-branch';
import { codeMessage, linkMessage } from '../message-texts';
import { boundCode, newCode } from '../secrets';
import { refusalOf } from '../sms-payment-answer';
import { SMS_PAYMENT_ERRORS } from '../sms-payments.errors';
import { SmsPaymentsJournal } from '../sms-payments.journal';
import type { SentCode, SmsPayment } from '../sms-payments.types';
import { ReadSmsPayment } from './read-sms-payment';

/** The index that codes are hashed under. */
export const CODE_PURPOSE = 'sms-code';

/** The messages after the first: a link again, and codes. Both have limits; see code.policy. */
@Injectable()
export class SendSms {
  constructor(
    private readonly merchants: MerchantsFacade,
    private readonly messaging: MessagingFacade,
    private readonly journal: SmsPaymentsJournal,
    private readonly read: ReadSmsPayment,
    private readonly index: BlindIndex,
    private readonly config: AppConfig,
    private readonly clock: Clock,
  ) {}

  /** Sends the link once more. A new one: the text of the first is kept nowhere. */
  async link(payment: SmsPayment): Promise<void> {
    const token = newToken();
    const name = await this.merchantName(payment);
    const content = linkMessage(name, payment, `${this.config.http.publicUrl}/pay/${token}`);
    const message = await this.prepare(payment, content, {
      purpose: 'sms-payment.link',
      expiresAt: payment.expiresAt,
    });
    const at = this.clock.now();
    const link = { tokenHash: tokenHash(token), message };
    const { pauseMs } = this.config.smsPayment;
    const verdict = await this.journal.resend(payment.smsPaymentId, link, { at, pauseMs });
    if (verdict.kind !== 'SEND') throw refusalOf(verdict, at);
    await this.messaging.sendNow(message.messageId);
  }

  /** Sends a code to the phone that the link went to. The one before is void. */
  async code(payment: SmsPayment): Promise<SentCode> {
    const { codeLifetimeMs, pauseMs } = this.config.smsPayment;
    const code = newCode();
    const hash = await this.index.fingerprint(CODE_PURPOSE, boundCode(payment, code));
    const at = this.clock.now();
    const expiresAt = new Date(Math.min(at.getTime() + codeLifetimeMs, payment.expiresAt.getTime()));
    const content = codeMessage(await this.merchantName(payment), payment, code);
    const message = await this.prepare(payment, content, { purpose: 'sms-payment.code', expiresAt });
    const verdict = await this.journal.sendCode(payment, { hash, expiresAt, message }, { at, pauseMs });
    if (verdict.kind !== 'SEND') throw refusalOf(verdict, at);
    await this.messaging.sendNow(message.messageId);
    return {
      sentTo: maskPhone(await this.read.phoneOf(payment)),
      expiresAt,
      nextSendAt: new Date(at.getTime() + pauseMs),
      sendsLeft: CODE_SENDS_MAX - verdict.sends,
    };
  }

  private async prepare(
    payment: SmsPayment,
    content: MessageContent,
    { purpose, expiresAt }: { readonly purpose: string; readonly expiresAt: Date },
  ) {
    const { mid, smsPaymentId: subjectId } = payment;
    const to = new Secret(await this.read.phoneOf(payment));
    return this.messaging.prepare({
      channel: 'SMS',
      mid,
      to,
      content: new Secret(content),
      purpose,
      subjectId,
      expiresAt,
    });
  }

  /** A merchant or branch that may not sell any more sends nobody anything. */
  private async merchantName(payment: SmsPayment): Promise<string> {
    const { mid, status } = payment;
    await refuseIdleBranch(this.merchants, payment);
    const merchant = await this.merchants.findMerchant(mid);
    if (merchant?.status === 'ACTIVE') return merchant.name;
    throw fault(SMS_PAYMENT_ERRORS, 'SMS_PAYMENT_CLOSED', { members: { smsPaymentStatus: status } });
  }
}
