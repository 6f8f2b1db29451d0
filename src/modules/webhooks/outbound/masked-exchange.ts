import type { WebhookEvent } from '../webhooks.types';

/** Of a body: whose values say what it was about. Everything else is kept as its name alone. */
const SHOWN = new Set([
  ...['paymentId', 'orderNo', 'status', 'method', 'amount', 'balanceAmount', 'cancelledAmount', 'currency'],
  ...['cancelId', 'virtualAccountId', 'billingKey', 'subscriptionId', 'period', 'chargeId', 'receiptId'],
  ...['settlementId', 'payoutOn', 'payoutAmount', 'endpointId', 'reason', 'acquirer', 'bankCode', 'purpose'],
]);
const REQUEST_MAX = 2_000;
const HEAD_MAX = 512;
const DIGITS = /\d{5,}/g;
/** Long runs without a break: tokens, keys, hashes. */
const RUNS = /[A-Za-z0-9+/_=-]{20,}/g;

/** The body that was sent, by an allow-list. */
export function maskedBody({ eventId, type, sequence, data }: WebhookEvent): string {
  return JSON.stringify({ id: eventId, type, sequence, data: masked(data) }).slice(0, REQUEST_MAX);
}

/** The beginning of an answer, whatever a merchant's server says: printable, without numbers and tokens. */
export function maskedHead(head: string | null): string | null {
  if (head === null) return null;
  return head
    .replace(/[^\x20-\x7e]/g, '.')
    .replace(RUNS, '***')
    .replace(DIGITS, '***')
    .slice(0, HEAD_MAX);
}

function masked(data: Readonly<Record<string, unknown>>): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(data).map(([name, value]) => {
      if (value === null) return [name, null];
      if (typeof value === 'object') {
        return [name, Array.isArray(value) ? '***' : masked(value as Record<string, unknown>)];
      }
      return [name, SHOWN.has(name) ? value : '***'];
    }),
  );
}
