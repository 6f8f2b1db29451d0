import { Injectable } from '@nestjs/common';
import { EncryptedRequest } from './dto/encrypted.request';
import { CardResponse } from './dto/card.response';
import { CancelResponse, PaymentDetailResponse, PaymentResponse } from './dto/payment.response';
import { toPaymentDetail, toPaymentResponse } from './dto/payment.views';
import { PAYMENT_STATUSES, type PaymentStatus, wasCharged } from './payment.state';
import type { DataScope } from '../../common/http/data-scope';
import { PaymentsRepository } from './payments.repository';
import type { Payment } from './payments.types';
import type { AppError } from '../../common/errors/app-error';
import type { ApprovalCommand, ApprovalResult } from './use-cases/approval.types';
import { ApproveCard } from './use-cases/approve-card';
import { EndCheckout } from './use-cases/end-checkout';
import { type AskedOrder, RepeatedOrder } from './use-cases/repeated-order';
import { InboundWebhooksJob } from './inbound/inbound-webhooks.job';
import { DepositWatchJob } from './virtual-accounts/deposit-watch.job';
import { ReceiptWishes } from './receipts/receipt-wishes';
import type { ClaimedReceiptWish } from './receipts/receipt-wish.types';
import { ResolveUnknownJob } from './resolve-unknown.job';
import { PaymentCounts } from './statistics/payment-counts.repository';

/** Forms of requests and answers that other modules share with payments. */
export { CancelResponse, CardResponse, EncryptedRequest, PaymentDetailResponse, PaymentResponse };
/** What other modules know of a payment's states and of banks. */
export { PAYMENT_STATUSES, type PaymentStatus, wasCharged };

/** What the rest of the gateway may ask of payments. */
@Injectable()
export class PaymentsFacade {
  constructor(
    private readonly approveCard: ApproveCard,
    private readonly repeated: RepeatedOrder,
    private readonly payments: PaymentsRepository,
    private readonly resolveUnknown: ResolveUnknownJob,
    private readonly endCheckout: EndCheckout,
    private readonly inboundWebhooks: InboundWebhooksJob,
    private readonly depositWatch: DepositWatchJob,
    private readonly receiptWishes: ReceiptWishes,
    private readonly counts: PaymentCounts,
  ) {}

  /**
   * Approves an order of a card or a billing token, by the rules of every card payment: the same order is approved once.
   * Returns only what was approved; throws a decline (402), a lost answer (504 with its `status`), a conflict (409) or a
   * refusal as AppError.
   */
  approve(command: ApprovalCommand): Promise<ApprovalResult> {
    return this.approveCard.run(command);
  }

  /**
   * The answer to an order that cannot be asked for any more: what its payment came to, open ones as open, or `refusal`,
   * thrown, when there is none or it failed.
   */
  answerKnown(command: AskedOrder, refusal: AppError): Promise<ApprovalResult> {
    return this.repeated.answerKnown(command, refusal);
  }

  /** The payment as it is shown to its merchant. */
  shown(payment: Payment, outcome?: 'SUCCESS' | 'DUPLICATE' | 'FAILURE'): PaymentResponse {
    return toPaymentResponse(payment, outcome);
  }

  /** The payment with its cancels, events and attempts, as its merchant sees it; null when there is none in scope. */
  async detail(scope: DataScope, paymentId: string): Promise<PaymentDetailResponse | null> {
    const payment = await this.payments.find(scope, paymentId);
    return payment === null ? null : toPaymentDetail(await this.payments.withHistory(payment));
  }

  /** One sweep over what is unresolved, due or received; answers how many pieces of work it took. */
  async resolveUnresolved(): Promise<number> {
    const taken = await Promise.all([
      this.resolveUnknown.sweep(),
      this.endCheckout.sweep(),
      this.inboundWebhooks.sweep(),
      this.depositWatch.sweep(),
    ]);
    return taken.reduce((sum, count) => sum + count, 0);
  }

  /** The worker's part of statistics: sums up what has happened since. */
  rollUp(): Promise<number> {
    return this.counts.sweep();
  }

  /** Resolves when nothing that a sweep took up is running any more. */
  async settled(): Promise<void> {
    await Promise.all([this.resolveUnknown.settled(), this.depositWatch.settled()]);
  }

  /** Takes up to `limit` wishes for cash receipts that are due, for `leaseMs`, with their payments as committed. */
  claimReceiptWishes(limit: number, leaseMs: number): Promise<ClaimedReceiptWish[]> {
    return this.receiptWishes.claimDue(limit, leaseMs);
  }

  postponeReceiptWish(wish: ClaimedReceiptWish, dueInMs: number): Promise<void> {
    return this.receiptWishes.postpone(wish, dueInMs);
  }

  /** Nothing is left to be done for a wish; `note` says why. */
  endReceiptWish(wish: ClaimedReceiptWish, note: string): Promise<void> {
    return this.receiptWishes.end(wish, note);
  }
}
