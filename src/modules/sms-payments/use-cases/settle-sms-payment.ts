import { Injectable } from '@nestjs/common';
import { Clock } from '../../../common/time/clock';
import { AppConfig } from '../../../config/app-config';
import { LinkPaymentsFacade } from '../../payments/link-payments.facade';
import type { LinkStanding } from '../../payments/link-payments.types';
import { type Ending, SmsPaymentsJournal } from '../sms-payments.journal';
import { SmsPaymentsRepository } from '../sms-payments.repository';
import type { SmsPayment } from '../sms-payments.types';
import { payerActor } from './read-sms-payment';

const LOOK_AGAIN_MS = 2_000;
const CLAIM_MAX = 20;
const WORKER = 'gateway:worker';

/** Where an SMS payment goes once a card was taken to the acquirer: told by the payment itself, and by nothing else. */
@Injectable()
export class SettleSmsPayment {
  constructor(
    private readonly journal: SmsPaymentsJournal,
    private readonly smsPayments: SmsPaymentsRepository,
    private readonly payments: LinkPaymentsFacade,
    private readonly config: AppConfig,
    private readonly clock: Clock,
  ) {}

  /** As it stands afterwards. Only for one whose request is over, or was given up. */
  async run(smsPaymentId: string, actor: string): Promise<SmsPayment> {
    const seen = await this.current(smsPaymentId);
    if (seen.status !== 'PAYING') return seen;
    const { mid, orderNo } = seen;
    const standing = await this.payments.standingOf(mid, orderNo, payerActor(smsPaymentId));
    const ending = endingOf(standing);
    if (ending === null) {
      await this.journal.postpone(seen, standing?.paymentId ?? null, this.scaled(LOOK_AGAIN_MS));
    } else {
      const reason = ending.failureCode ?? (standing === null ? 'no acquirer was asked' : 'settled');
      await this.journal.move(seen, ending, { actor, reason, at: this.clock.now() });
    }
    return this.current(smsPaymentId);
  }

  /**
   * The worker's sweep over what is due: settles what was left, and ends what was not paid in time. One that fails is
   * thrown when all have had their turn.
   */
  async sweep(): Promise<number> {
    const due = await this.journal.claimDue(CLAIM_MAX, this.config.worker.leaseMs);
    const failures: unknown[] = [];
    for (const payment of due) {
      await this.take(payment).catch((error: unknown) => failures.push(error));
    }
    if (failures.length > 0) throw failures[0];
    return due.length;
  }

  private async take(payment: SmsPayment): Promise<void> {
    if (payment.status === 'PAYING') await this.run(payment.smsPaymentId, WORKER);
    else if (payment.status === 'REQUESTED') await this.expire(payment);
  }

  private async expire(payment: SmsPayment): Promise<void> {
    const at = this.clock.now();
    // Two clocks: the database's says that it is due, ours whether its time is up.
    if (payment.expiresAt > at)
      await this.journal.postpone(payment, null, payment.expiresAt.getTime() - at.getTime());
    else
      await this.journal.move(payment, { to: 'EXPIRED' }, { actor: WORKER, reason: 'not paid in time', at });
  }

  private async current(smsPaymentId: string): Promise<SmsPayment> {
    const found = await this.smsPayments.find({ kind: 'ALL' }, smsPaymentId);
    if (found === null) throw new Error('an SMS payment is gone');
    return found;
  }

  private scaled(ms: number): number {
    return Math.max(1, Math.round(ms * this.config.timeScale));
  }
}

/** Null: not settled yet. */
export function endingOf(standing: LinkStanding | null): Ending | null {
  if (standing === null) return { to: 'REQUESTED' };
  const { paymentId, status, isOurs, failureCode } = standing;
  if (!isOurs) return { to: 'FAILED', failureCode: 'ORDER_NO_CONFLICT' };
  switch (status) {
    case 'APPROVED':
    case 'PARTIALLY_CANCELLED':
    case 'CANCELLED':
      return { to: 'PAID', paymentId };
    // A decline: the payer may try another card.
    case 'FAILED':
      return { to: 'REQUESTED', paymentId, failureCode: failureCode ?? 'CARD_DECLINED' };
    // Undone, and the order number with it: nobody was charged, and the merchant must ask anew.
    case 'REVERSED':
      return { to: 'FAILED', paymentId, failureCode: 'ACQUIRER_TIMEOUT' };
    case 'IN_PROGRESS':
    case 'REVERSING':
      return null;
    case 'CREATED':
    case 'EXPIRED':
    case 'WAITING_FOR_DEPOSIT':
      return { to: 'FAILED', failureCode: 'ORDER_NO_CONFLICT' };
  }
}
