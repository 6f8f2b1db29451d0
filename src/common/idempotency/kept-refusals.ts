/** Codes that say "not yet" rather than "so it is": nothing to keep. */
export const PASSING_CODES: ReadonlySet<string> = new Set([
  'PAYMENT_IN_PROGRESS',
  'IDEMPOTENCY_IN_PROGRESS',
  'CANCEL_IN_PROGRESS',
  'BILLING_KEY_IN_PROGRESS',
  'CASH_RECEIPT_IN_PROGRESS',
  'SMS_PAYMENT_IN_PROGRESS',
  'API_KEY_LIMIT',
  'ENCRYPTION_KEY_LIMIT',
  'FILE_LIMIT',
  'APPLICATION_LIMIT',
  'APPLICATION_CHANGED',
  'WEBHOOK_ENDPOINT_LIMIT',
  'WEBHOOK_ENDPOINT_CHANGED',
]);
/** HTTP. */
export const FINAL_STATUSES: ReadonlySet<number> = new Set([402, 404, 409, 422]);

/** Whether a refusal, by its HTTP status and its code, is kept under its Idempotency-Key and given again for it. */
export function isKeptRefusal(status: number, code: string): boolean {
  return FINAL_STATUSES.has(status) && !PASSING_CODES.has(code);
}
