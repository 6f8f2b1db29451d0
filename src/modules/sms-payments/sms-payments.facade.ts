import { Injectable } from '@nestjs/common';
import { SettleSmsPayment } from './use-cases/settle-sms-payment';

/** What the rest of the gateway may ask of SMS payments. */
@Injectable()
export class SmsPaymentsFacade {
  constructor(private readonly settling: SettleSmsPayment) {}

  /** One sweep over what is unsettled or past its time; answers how many it took. */
  sweep(): Promise<number> {
    return this.settling.sweep();
  }
}
