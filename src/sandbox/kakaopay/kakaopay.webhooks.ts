import type { AcquirerContext } from '../core/acquirer';
import { aidOf, type KakaoBook, type KakaoPayment } from './kakaopay.book';
import { statusOf } from './kakaopay.payment';

const RETRY_PAUSES_MS = [1, 5, 30].map((minutes) => minutes * 60_000);

/**
 * A hint on approval and cancel, as the payment stood then. Unconfirmed: KakaoPay documents no notice of single
 * payments, so form and retries are ours. It leaves only when what it tells of is on the disk.
 */
export class KakaoWebhooks {
  constructor(
    private readonly context: AcquirerContext,
    private readonly book: KakaoBook,
  ) {}

  tell(operation: 'confirm' | 'cancel', payment: KakaoPayment): void {
    const { journal, webhooks } = this.context;
    const movement = payment.cancels.at(-1) ?? payment.approval;
    if (!webhooks.isOpen || movement === null) return;
    const body = JSON.stringify({
      cid: payment.mid,
      tid: payment.order.transactionId,
      partner_order_id: payment.order.acquirerOrderNo,
      status: statusOf(this.book, payment),
      aid: aidOf(movement),
    });
    const send = () =>
      webhooks.send({
        operation,
        body,
        contentType: 'application/json',
        accepted: (status) => status >= 200 && status < 300,
        retryPausesMs: RETRY_PAUSES_MS,
      });
    void (journal.barrier() ?? Promise.resolve()).then(send);
  }
}
