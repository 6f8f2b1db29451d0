import { randomUUID } from 'node:crypto';
import type { AcquirerContext, Operation } from '../core/acquirer';
import { isExpired, paymentBody, secretOf, statusOf, type TossPayment } from './toss.payment';
import type { TossRecord } from './toss.records';
import { tossLocalTime, tossTime } from './toss.time';

const MINUTE_MS = 60_000;
/** Up to seven more tries ("웹훅 이벤트", retry policy). */
const RETRY_PAUSES_MS = [1, 4, 16, 64, 256, 1_024, 4_096].map((minutes) => minutes * MINUTE_MS);

/** Which records change a payment's status, and the operation whose webhook faults hit the news of it. */
const TOLD_BY: Readonly<Record<TossRecord['kind'], Operation | null>> = {
  session: null,
  approval: 'approve',
  confirmation: 'confirm',
  abort: 'confirm',
  issue: null,
  deposit: 'virtualAccount',
  cancel: 'cancel',
  answer: null,
};

function statusBody(payment: TossPayment, nowMs: number): string {
  const data = paymentBody(payment, nowMs);
  const createdAt = JSON.stringify(tossLocalTime(nowMs));
  return `{"eventType":"PAYMENT_STATUS_CHANGED","createdAt":${createdAt},"data":${data}}`;
}

/** DEPOSIT_CALLBACK: flat, without a payment key, with the payment's secret. */
function depositBody(payment: TossPayment, nowMs: number): string {
  return JSON.stringify({
    createdAt: tossTime(nowMs),
    secret: secretOf(payment),
    status: statusOf(payment, nowMs),
    transactionKey: payment.cancels.at(-1)?.transactionKey ?? payment.approval?.transactionKey ?? null,
    orderId: payment.order.orderId,
  });
}

/**
 * PAYMENT_STATUS_CHANGED (TossPayments "웹훅 이벤트"): on DONE, ABORTED, EXPIRED, CANCELED and PARTIAL_CANCELED. Says
 * how the payment stood when it changed, and leaves only when that is on the disk. Of virtual accounts DEPOSIT_CALLBACK
 * instead, as for a shop that has not subscribed to both.
 */
export class TossWebhooks {
  constructor(private readonly context: AcquirerContext) {}

  changedBy(record: TossRecord, payment: TossPayment | undefined): void {
    const operation = TOLD_BY[record.kind];
    if (operation === null || payment === undefined) return;
    // Documented: billing approvals are told of to nobody. Their cancels are.
    if (record.kind === 'approval' && record.order.billed) return;
    this.tell(operation, payment);
  }

  /** The payer authenticated, and nobody confirmed in time. Told once for as long as the process lives. */
  expired(payment: TossPayment): void {
    if (payment.expiryTold) return;
    payment.expiryTold = true;
    this.tell('confirm', payment);
  }

  private tell(operation: Operation, payment: TossPayment): void {
    const { clock, journal, webhooks } = this.context;
    if (!webhooks.isOpen) return;
    const nowMs = clock.nowMs();
    const transmissionId = randomUUID();
    const isDeposit = payment.account !== undefined && !isExpired(payment, nowMs);
    const body = isDeposit ? depositBody(payment, nowMs) : statusBody(payment, nowMs);
    const send = () =>
      webhooks.send({
        operation,
        body,
        contentType: 'application/json',
        headers: (tries) => ({
          'tosspayments-webhook-transmission-time': tossTime(clock.nowMs()),
          'tosspayments-webhook-transmission-retried-count': String(tries),
          'tosspayments-webhook-transmission-id': transmissionId,
        }),
        accepted: (status) => status === 200,
        retryPausesMs: RETRY_PAUSES_MS,
      });
    void (journal.barrier() ?? Promise.resolve()).then(send);
  }
}
