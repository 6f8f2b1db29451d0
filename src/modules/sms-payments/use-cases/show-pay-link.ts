import { Injectable } from '@nestjs/common';
import { maskPhone } from '../../../common/masking/masking';
import { Clock } from '../../../common/time/clock';
import { koreanTime } from '../../../common/time/korean-time';
import { MerchantsFacade } from '../../merchants/merchants.facade';
import { CardKeys } from '../card-keys.service';
import { CODE_TRIES_MAX, hasLiveCode } from '../code.policy';
import type { PayKeyResponse, PayLinkResponse } from '../dto/pay-link.response';
import { shownStatus } from '../sms-payment.state';
import { SmsPaymentsJournal } from '../sms-payments.journal';
import type { SmsPayment } from '../sms-payments.types';
import { ReadSmsPayment } from './read-sms-payment';

/** What a payer sees of a link, with a key for the next card where one may be typed. */
@Injectable()
export class ShowPayLink {
  constructor(
    private readonly read: ReadSmsPayment,
    private readonly journal: SmsPaymentsJournal,
    private readonly keys: CardKeys,
    private readonly merchants: MerchantsFacade,
    private readonly clock: Clock,
  ) {}

  async run(token: string): Promise<PayLinkResponse> {
    let seen = await this.read.byToken(token);
    const now = this.clock.now();
    const status = shownStatus(seen.status, seen.expiresAt, now);
    if (status === 'REQUESTED' && seen.keyId === null) {
      await this.journal.keepKey(seen.smsPaymentId, await this.keys.make(seen.mid));
      seen = await this.read.byToken(token);
    }
    return this.view(seen, token, now);
  }

  private async view(seen: SmsPayment, token: string, now: Date): Promise<PayLinkResponse> {
    const merchant = await this.merchants.findMerchant(seen.mid);
    const status = shownStatus(seen.status, seen.expiresAt, now);
    const standing = await this.read.standingOf(seen);
    const live = status === 'REQUESTED' && hasLiveCode(seen, now) ? seen.codeExpiresAt : null;
    const key = status === 'REQUESTED' ? seen.keyPublic : null;
    return {
      status,
      merchantName: merchant?.name ?? seen.mid,
      goodsName: seen.goodsName,
      amount: seen.amount,
      currency: 'KRW',
      phone: maskPhone(await this.read.phoneOf(seen)),
      installmentMonthsMax: seen.installmentMonthsMax,
      expiresAt: koreanTime(seen.expiresAt),
      code:
        live === null ? null : { expiresAt: koreanTime(live), triesLeft: CODE_TRIES_MAX - seen.codeTries },
      publicKey: key === null ? null : (JSON.parse(key) as PayKeyResponse),
      payment: standing && {
        status: standing.status,
        nextCheckAt: standing.nextCheckAt === null ? null : koreanTime(standing.nextCheckAt),
      },
      receiptPath: `/pay/${token}/receipt`,
    };
  }
}
