import type { WebhookEventType } from '../webhooks.types';

type Family = WebhookEventType extends `${infer Name}.${string}` ? Name : never;

/**
 * What may be told of each kind of thing, besides payments, whose data the payments module builds field by field. What is
 * not listed never leaves, whoever wrote it; the DTOs in `dto/event-data.response.ts` describe the same fields.
 */
export const EVENT_FIELDS: Readonly<Record<Exclude<Family, 'payment'>, readonly string[]>> = {
  virtual_account: [
    ...['virtualAccountId', 'paymentId', 'orderNo', 'status', 'amount', 'bankCode', 'accountNumber'],
    ...['dueAt', 'depositedAt'],
  ],
  billing_key: ['billingKey', 'mid', 'acquirer', 'cardLast4', 'occurredAt'],
  subscription: [
    ...['subscriptionId', 'billingKey', 'chargeId', 'period', 'chargeOn', 'amount', 'orderNo', 'tryNumber'],
    ...['paymentId', 'failureCode', 'retryOn', 'occurredAt'],
  ],
  cash_receipt: [
    ...['receiptId', 'orderNo', 'paymentId', 'purpose', 'identifier', 'amount', 'supplyAmount', 'vat'],
    ...['taxFreeAmount', 'serviceCharge', 'status', 'approvalNo', 'issuedAt', 'cancelledAmount', 'cancel'],
  ],
  settlement: [
    ...['settlementId', 'contractId', 'payoutOn', 'status', 'lineCount', 'approvalAmount', 'cancelAmount'],
    ...['fee', 'vat', 'adjustmentAmount', 'carriedIn', 'payoutAmount', 'at'],
  ],
  webhook_endpoint: ['endpointId', 'url', 'status', 'reason', 'occurredAt'],
};

/** The data of an event, by the list. */
export function eventData(
  type: WebhookEventType,
  told: Readonly<Record<string, unknown>>,
): Record<string, unknown> {
  const family = type.slice(0, type.indexOf('.')) as Family;
  if (family === 'payment') return { ...told };
  return Object.fromEntries(
    EVENT_FIELDS[family].filter((name) => name in told).map((name) => [name, told[name]]),
  );
}
