import type { SqlValue } from '../db/pool';
import { newId } from '../ids/id';
import { databaseTime } from '../time/korean-time';

/** What a merchant may be told of besides its payments, whose own events are `payment_events`. */
export const EVENT_TYPES = [
  'virtual_account.issued',
  'virtual_account.deposited',
  'virtual_account.expired',
  'virtual_account.closed',
  'billing_key.issued',
  'billing_key.revoked',
  'subscription.charged',
  'subscription.failed',
  'subscription.past_due',
  'subscription.upcoming',
  'subscription.cancelled',
  'subscription.completed',
  'cash_receipt.issued',
  'cash_receipt.cancelled',
  'settlement.confirmed',
  'settlement.paid',
  'webhook_endpoint.disabled',
] as const;
export type EventType = (typeof EVENT_TYPES)[number];

export interface OutboxEvent {
  readonly mid: string;
  readonly type: EventType;
  /** What it tells of, by its public id. */
  readonly subjectId: string;
  /** Plain JSON as the merchant will see it: no card number, no secret, no identifier in clear. */
  readonly data: Readonly<Record<string, unknown>>;
  readonly at: Date;
}

/** A transaction of either kind that this gateway uses. */
export interface SqlTransaction {
  query(sql: string, values?: SqlValue[]): Promise<unknown>;
}

const DATA_MAX = 16_000;

/**
 * Writes what is to be told in the transaction of what it tells: both are kept, or neither (INV-12). Delivery reads the
 * table by `seq`. Answers the event's id.
 */
export async function recordEvent(tx: SqlTransaction, event: OutboxEvent): Promise<string> {
  const id = newId('evt');
  const data = JSON.stringify(event.data);
  if (data.length > DATA_MAX) throw new RangeError(`the event ${event.type} is too long`);
  await tx.query(
    'INSERT INTO outbox_events (id, mid, type, subject_id, data, occurred_at) VALUES (?, ?, ?, ?, ?, ?)',
    [id, event.mid, event.type, event.subjectId, data, databaseTime(event.at)],
  );
  return id;
}
