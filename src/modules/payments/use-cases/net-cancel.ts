import { Injectable } from '@nestjs/common';
import { fault } from '../../../common/errors/app-error';
import { Clock } from '../../../common/time/clock';
import { PaymentJournal } from '../journal/payment-journal';
import { timeoutAnswer } from '../payment-answer';
import { PAYMENT_ERRORS } from '../payments.errors';
import type { Payment } from '../payments.types';
import { PaymentTimes } from '../payment-time';
import { Reverser } from './reverser';

export interface NetCancelCommand {
  readonly mid: string;
  readonly orderNo: string;
  readonly reason: string;
  readonly actor: string;
}

/**
 * The merchant's own 망취소: it got no answer to an approval and wants to be sure that nobody is charged. It works
 * while the approval is running, after it, and before it has arrived: an order number that is not known yet is barred,
 * so that an approval still on its way is refused when it comes.
 */
@Injectable()
export class NetCancel {
  constructor(
    private readonly journal: PaymentJournal,
    private readonly reverser: Reverser,
    private readonly times: PaymentTimes,
    private readonly clock: Clock,
  ) {}

  /** The payment, REVERSED or FAILED: nobody is charged. Throws the time-out answer while it is still being undone. */
  async run(command: NetCancelCommand): Promise<Payment> {
    const rules = { leaseMs: this.times.inlineLeaseMs, maxAgeMs: this.times.netCancelAgeMaxMs };
    const writer = { actor: command.actor, reason: command.reason, at: this.clock.now() };
    const begun = await this.journal.reversals.begin(command, rules, writer);
    switch (begun.kind) {
      case 'NOT_FOUND':
        throw fault(PAYMENT_ERRORS, 'PAYMENT_NOT_FOUND', { members: { barred: true } });
      case 'NOT_REVERSIBLE':
        throw fault(PAYMENT_ERRORS, 'NOT_REVERSIBLE', {
          members: { paymentId: begun.payment.paymentId, paymentStatus: begun.payment.status },
        });
      case 'SETTLED':
        if (begun.payment.status === 'REVERSING') throw timeoutAnswer(begun.payment, begun.payment.dueAt);
        return begun.payment;
      case 'BEGUN': {
        const ended = await this.reverser.reverseInline(begun.payment);
        if (ended.nextCheckAt !== null) throw timeoutAnswer(ended.payment, ended.nextCheckAt);
        return ended.payment;
      }
    }
  }
}
