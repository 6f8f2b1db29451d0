import type { Operation, WebhookOutlet } from '../core/acquirer';
import type { NicepayBook, NicepayPayment } from './nicepay.book';
import type { NicepayContract } from './nicepay.credentials';
import { paymentBody } from './nicepay.payment';

/**
 * The new API documents no automatic repetition, only one by hand; the legacy admin lets a merchant choose pauses of 1
 * to 10 minutes, 1 to 10 times. Three times after a minute each here (unconfirmed).
 */
const RETRY_PAUSES_MS = [60_000, 60_000, 60_000];

/** The new API's webhook: the payment object as JSON, on approval and on cancel (manual, "웹훅"). */
export class NicepayWebhooks {
  constructor(
    private readonly book: NicepayBook,
    private readonly outlet: WebhookOutlet,
  ) {}

  /** Legacy key-in payments have none: the webapi notifies in a form of its own, where the merchant asked for it. */
  tell(
    operation: Extract<Operation, 'confirm' | 'cancel'>,
    payment: NicepayPayment,
    contract: NicepayContract,
  ): void {
    if (payment.order.extra.via !== 'WINDOW') return;
    const { secretKey } = contract;
    const body = JSON.stringify(paymentBody(payment, { secretKey, atMs: this.book.nowMs() }));
    this.outlet.send({
      operation,
      body,
      contentType: 'application/json;charset=utf-8',
      // U337 and U338: HTTP 200, and nothing but OK in the body.
      accepted: (status, answer) => status === 200 && answer.trim() === 'OK',
      retryPausesMs: RETRY_PAUSES_MS,
    });
  }
}
