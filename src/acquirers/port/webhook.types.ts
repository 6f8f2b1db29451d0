/** A webhook as it came: nothing parsed, nothing believed. */
export interface RawWebhook {
  readonly headers: Readonly<Record<string, string | undefined>>;
  readonly contentType: string;
  readonly body: Buffer;
}

/** What a webhook says, before anybody believes it: only which payment to look at. */
export interface WebhookHint {
  /** Equal for the same message delivered again. */
  readonly dedupeKey: string;
  readonly event: string;
  readonly acquirerMerchantId: string | null;
  readonly acquirerOrderNo: string | null;
  readonly acquirerTransactionId: string | null;
}

export type WebhookReading =
  | { readonly kind: 'HINT'; readonly hint: WebhookHint }
  /** Cannot be read as one of this acquirer's webhooks. */
  | { readonly kind: 'UNREADABLE'; readonly why: string };

/** `UNSIGNED`: this acquirer signs no such message, so only an inquiry can tell. */
export type WebhookVerdict = 'VALID' | 'INVALID' | 'UNSIGNED';

/** The answer by which the acquirer stops sending. */
export interface WebhookReceipt {
  readonly contentType: string;
  readonly body: string;
}
