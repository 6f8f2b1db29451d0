import { EVENT_TYPES as OUTBOX_TYPES } from '../../common/outbox/outbox';

/** Told of every payment, from its own append-only history. */
export const PAYMENT_EVENT_TYPES = [
  'payment.approved',
  'payment.failed',
  'payment.cancelled',
  'payment.partially_cancelled',
  'payment.reversed',
] as const;

/** What an endpoint may ask for. */
export const WEBHOOK_EVENT_TYPES = [...PAYMENT_EVENT_TYPES, ...OUTBOX_TYPES] as const;
export type WebhookEventType = (typeof WEBHOOK_EVENT_TYPES)[number];

/** Sent when the merchant asks for it, to the endpoint that it names. */
export const TEST_EVENT_TYPE = 'webhook.test';
export type SentEventType = WebhookEventType | typeof TEST_EVENT_TYPE;

/** The date of the form that events have; a change that a receiver could stumble over gets a later one. */
export const SCHEMA_VERSION = '2026-11-21';

/** Where an event comes from. */
export type EventSource = 'PAYMENT' | 'OUTBOX' | 'TEST';

/** One event of a merchant, as it is kept: the same for ever, whoever is told of it and however often. */
export interface WebhookEvent {
  readonly eventId: string;
  readonly mid: string;
  /** 1, 2, 3 … within a merchant, in the order in which changes of one thing were committed. */
  readonly sequence: number;
  readonly type: SentEventType;
  readonly schemaVersion: string;
  readonly subjectId: string;
  readonly data: Readonly<Record<string, unknown>>;
  readonly occurredAt: Date;
}
