import type { AcquirerContext } from '../core/acquirer';
import type { NaverpayPayment } from './naverpay.book';
import { rowsOf } from './naverpay.rows';

const MINUTE_MS = 60_000;
const RETRY_PAUSES_MS = [1, 5, 25].map((minutes) => minutes * MINUTE_MS);

/**
 * Tells that something happened to a payment. No document of NaverPay's that we could find describes such messages:
 * their form and retries are ours, and whoever gets one must ask.
 */
export class NaverpayWebhooks {
  constructor(private readonly context: AcquirerContext) {}

  /** Tells of the payment's last row; leaves only when that is on the disk. */
  tell(operation: 'confirm' | 'cancel', mid: string, payment: NaverpayPayment): void {
    const { journal, webhooks } = this.context;
    if (!webhooks.isOpen) return;
    const { paymentId, merchantPayKey, merchantId, payHistId } = rowsOf(mid, payment).at(-1)?.members ?? {};
    const body = JSON.stringify({ paymentId, merchantPayKey, merchantId, payHistId });
    const send = () =>
      webhooks.send({
        operation,
        body,
        contentType: 'application/json',
        accepted: (status) => status === 200,
        retryPausesMs: RETRY_PAUSES_MS,
      });
    void (journal.barrier() ?? Promise.resolve()).then(send);
  }
}
