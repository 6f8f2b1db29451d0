import type { SentEventType, WebhookEvent } from '../webhooks.types';
import type { DeliveryStatus } from './webhook-delivery.state';

/** How a try ended, in a few words that a merchant may read. */
export const DELIVERY_OUTCOMES = [
  /** 2xx. */
  'DELIVERED',
  'HTTP_ERROR',
  /** 3xx: redirects are not followed. */
  'REDIRECTED',
  /** 410: it wants to be told no more. */
  'GONE',
  'TIMED_OUT',
  'CONNECTION_FAILED',
  'TLS_FAILED',
  'NAME_UNKNOWN',
  /** Its name or address leads to where merchants have nothing to be told. */
  'ADDRESS_REFUSED',
] as const;
export type DeliveryOutcome = (typeof DELIVERY_OUTCOMES)[number];

/** What came of one try. */
export interface SendResult {
  readonly outcome: DeliveryOutcome;
  readonly httpStatus: number | null;
  readonly durationMs: number;
  /** What the endpoint asked for by Retry-After, with 429 or 503 only. */
  readonly retryAfterMs: number | null;
  /** The beginning of its answer, unmasked: for the attempt's row, after masking, and for nothing else. */
  readonly answerHead: string | null;
}

/** A delivery that this process may try once, until its lease is over. */
export interface ClaimedDelivery {
  readonly deliveryId: string;
  readonly epoch: number;
  /** Before this one. */
  readonly tries: number;
  readonly endpoint: ClaimedEndpoint;
  readonly event: WebhookEvent;
}

export interface ClaimedEndpoint {
  readonly endpointId: string;
  readonly mid: string;
  readonly url: string;
  readonly pace: Pace;
  readonly secretSealed: Buffer;
  /** Null where only one secret is live. */
  readonly previousSecretSealed: Buffer | null;
}

/** How an endpoint answers. NEW: it has not been asked yet. */
export type Pace = 'NEW' | 'QUICK' | 'SLOW' | 'FAILING';

/** A delivery as it is shown. */
export interface Delivery {
  readonly deliveryId: string;
  readonly eventId: string;
  readonly endpointId: string;
  readonly eventType: SentEventType;
  readonly sequence: number;
  /** 0 = the first one; counts redeliveries. */
  readonly round: number;
  readonly status: DeliveryStatus;
  readonly tries: number;
  readonly nextTryAt: Date | null;
  readonly lastOutcome: DeliveryOutcome | null;
  readonly lastHttpStatus: number | null;
  readonly lastDurationMs: number | null;
  readonly createdAt: Date;
  readonly endedAt: Date | null;
}

export interface DeliveryAttempt {
  readonly outcome: DeliveryOutcome;
  readonly httpStatus: number | null;
  readonly durationMs: number;
  readonly startedAt: Date;
}
