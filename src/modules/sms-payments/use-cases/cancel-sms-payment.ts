import { Injectable } from '@nestjs/common';
import { Clock } from '../../../common/time/clock';
import { LinkPaymentsFacade } from '../../payments/link-payments.facade';
import { refusalOf } from '../sms-payment-answer';
import { shownStatus } from '../sms-payment.state';
import { SmsPaymentsJournal } from '../sms-payments.journal';
import type { SmsPayment } from '../sms-payments.types';
import { ReadSmsPayment } from './read-sms-payment';

/** Takes back a request that is not paid; cancels the payment, all that is left of it, where it is. */
@Injectable()
export class CancelSmsPayment {
  constructor(
    private readonly read: ReadSmsPayment,
    private readonly payments: LinkPaymentsFacade,
    private readonly journal: SmsPaymentsJournal,
    private readonly clock: Clock,
  ) {}

  async run(
    seen: SmsPayment,
    how: { readonly reason: string; readonly actor: string; readonly requestKey: string | null },
  ): Promise<SmsPayment> {
    const { smsPaymentId, mid, paymentId } = seen;
    const at = this.clock.now();
    const status = shownStatus(seen.status, seen.expiresAt, at);
    if (status === 'PAYING') throw refusalOf({ kind: 'BUSY' }, at);
    if (status === 'PAID' && paymentId !== null) await this.payments.cancel({ mid, paymentId }, how);
    else if (status === 'REQUESTED') {
      const { actor, reason } = how;
      const moved = await this.journal.move(seen, { to: 'CANCELLED' }, { actor, reason, at });
      // The payer came in between: the caller looks again and decides anew.
      if (!moved) throw refusalOf({ kind: 'BUSY' }, at);
    } else throw refusalOf({ kind: 'CLOSED', status }, at);
    return this.read.inScope({ kind: 'ALL' }, smsPaymentId);
  }
}
