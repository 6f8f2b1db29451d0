import type { AcquirerContext, Operation } from '../core/acquirer';
import type { BookCancel } from '../core/card-book.types';
import type { PortonePayment } from './portone.books';
import { statusOf } from './portone.payment';

/** On request PortOne delivers up to five times more, a minute apart, on network errors and a shop's 5xx. */
const RETRY_PAUSES_MS = Array.from({ length: 5 }, () => 60_000);

/** Approvals by key-in and in the window are told; a failed payment is not. */
export function tellPaid(context: AcquirerContext, payment: PortonePayment): void {
  const { channel, customerUid } = payment.order.extra;
  const byApi = customerUid === undefined ? 'approve' : 'billing';
  tell(context, payment, { operation: channel === 'api' ? byApi : 'confirm' });
}

/** The issue of a virtual account is told, and its deposit. */
export function tellAccount(context: AcquirerContext, payment: PortonePayment): void {
  tell(context, payment, { operation: 'virtualAccount' });
}

/** A cancel by API is told only where it asks for that (`enable_webhook`). */
export function tellCancelled(context: AcquirerContext, payment: PortonePayment, cancel: BookCancel): void {
  tell(context, payment, { operation: 'cancel', cancellationId: cancel.movementId });
}

function tell(
  { journal, webhooks }: AcquirerContext,
  payment: PortonePayment,
  what: { readonly operation: Operation; readonly cancellationId?: string },
): void {
  const { operation, cancellationId } = what;
  const { order } = payment;
  const fields = {
    imp_uid: order.transactionId,
    merchant_uid: order.acquirerOrderNo,
    status: cancellationId === undefined ? statusOf(payment) : 'cancelled',
    ...(cancellationId === undefined ? {} : { cancellation_id: cancellationId }),
  };
  const asForm = order.extra.webhookAs === 'form';
  const send = () =>
    webhooks.send({
      operation,
      body: asForm ? new URLSearchParams(fields).toString() : JSON.stringify(fields),
      contentType: asForm ? 'application/x-www-form-urlencoded' : 'application/json',
      accepted: (status) => status < 500,
      retryPausesMs: RETRY_PAUSES_MS,
    });
  // Nothing is told of a payment that a crash could still undo.
  void (journal.barrier() ?? Promise.resolve()).then(send, () => undefined);
}
