import { Injectable } from '@nestjs/common';
import { newToken, tokenHash } from '../../../common/crypto/link-token';
import { Sealer } from '../../../common/crypto/sealer';
import { fault } from '../../../common/errors/app-error';
import { newId } from '../../../common/ids/id';
import { Secret } from '../../../common/masking/secret';
import { Clock } from '../../../common/time/clock';
import { databaseTime } from '../../../common/time/korean-time';
import { AppConfig } from '../../../config/app-config';
import { MerchantsFacade } from '../../merchants/merchants.facade';
import { MessagingFacade } from '../../messaging/messaging.facade';
import { LinkPaymentsFacade } from '../../payments/link-payments.facade';
import { PAYMENT_ERRORS } from '../../payments/payments.errors';
import { linkMessage } from '../message-texts';
import { phoneContext } from '../phone';
import { SmsPaymentsJournal } from '../sms-payments.journal';

const MINUTE_MS = 60_000;

export interface RequestCommand {
  readonly mid: string;
  readonly branchId: string | null;
  readonly actor: string;
  readonly orderNo: string;
  readonly amount: number;
  readonly taxFreeAmount: number;
  readonly goodsName: string;
  readonly buyerName: string | null;
  /** Digits only. */
  readonly buyerPhone: string;
  readonly installmentMonthsMax: number;
  readonly expiresInMinutes: number;
}

/** A new SMS payment; its link is on its way to the payer when this returns. Answers its id. */
@Injectable()
export class RequestSmsPayment {
  constructor(
    private readonly merchants: MerchantsFacade,
    private readonly payments: LinkPaymentsFacade,
    private readonly messaging: MessagingFacade,
    private readonly journal: SmsPaymentsJournal,
    private readonly sealer: Sealer,
    private readonly config: AppConfig,
    private readonly clock: Clock,
  ) {}

  async run(command: RequestCommand): Promise<string> {
    const { mid, buyerPhone } = command;
    const merchant = await this.merchants.findMerchant(mid);
    if (merchant?.status !== 'ACTIVE') throw fault(PAYMENT_ERRORS, 'MERCHANT_NOT_FOUND');
    await this.payments.checkOrder(command);
    const at = this.clock.now();
    const smsPaymentId = newId('sms');
    const token = newToken();
    const lifetimeMs = command.expiresInMinutes * MINUTE_MS;
    const expiresAt = new Date(at.getTime() + lifetimeMs);
    const address = `${this.config.http.publicUrl}/pay/${token}`;
    const message = await this.messaging.prepare({
      channel: 'SMS',
      mid,
      to: new Secret(buyerPhone),
      content: new Secret(linkMessage(merchant.name, { ...command, expiresAt }, address)),
      purpose: 'sms-payment.link',
      subjectId: smsPaymentId,
      expiresAt,
    });
    const columns = await this.columns(command, smsPaymentId, { at, expiresAt });
    const made = { columns, smsPaymentId, tokenHash: tokenHash(token), lifetimeMs };
    const writer = { actor: command.actor, reason: 'requested', at };
    if ((await this.journal.create(made, message, writer)) === 'EXISTS') {
      throw fault(PAYMENT_ERRORS, 'ORDER_NO_CONFLICT');
    }
    await this.messaging.sendNow(message.messageId);
    return smsPaymentId;
  }

  private async columns(
    command: RequestCommand,
    id: string,
    times: { readonly at: Date; readonly expiresAt: Date },
  ) {
    const { mid, buyerPhone } = command;
    const at = databaseTime(times.at);
    return {
      id,
      mid,
      branch_id: command.branchId,
      order_no: command.orderNo,
      amount: command.amount,
      tax_free_amount: command.taxFreeAmount,
      goods_name: command.goodsName,
      buyer_name: command.buyerName,
      phone_sealed: await this.sealer.seal('pii', phoneContext(id, mid), buyerPhone),
      phone_index: await this.messaging.recipientIndex(buyerPhone),
      installment_months_max: command.installmentMonthsMax,
      status: 'REQUESTED',
      link_sent_at: at,
      created_by: command.actor,
      created_at: at,
      updated_at: at,
      expires_at: databaseTime(times.expiresAt),
    };
  }
}
