import { fromDatabaseTime } from '../../../common/time/korean-time';
import type { Row } from '../sql';
import type { SentEventType, WebhookEvent } from '../webhooks.types';
import type { Delivery, DeliveryAttempt, DeliveryOutcome } from './delivery.types';
import type { DeliveryStatus } from './webhook-delivery.state';

const time = (value: Row[string]) => fromDatabaseTime(value as string | Date);
const timeOrNull = (value: Row[string]) => (value === null ? null : time(value));
const numberOrNull = (value: Row[string]) => (value === null ? null : Number(value));

export function deliveryFromRow(row: Row): Delivery {
  const status = row.status as DeliveryStatus;
  return {
    deliveryId: row.id as string,
    eventId: row.event_id as string,
    endpointId: row.endpoint_id as string,
    eventType: row.event_type as SentEventType,
    sequence: Number(row.sequence),
    round: Number(row.round),
    status,
    tries: Number(row.tries),
    nextTryAt: status === 'PENDING' ? timeOrNull(row.due_at!) : null,
    lastOutcome: row.last_outcome as DeliveryOutcome | null,
    lastHttpStatus: numberOrNull(row.last_http_status!),
    lastDurationMs: numberOrNull(row.last_duration_ms!),
    createdAt: time(row.created_at!),
    endedAt: timeOrNull(row.ended_at!),
  };
}

export function attemptFromRow(row: Row): DeliveryAttempt {
  return {
    outcome: row.outcome as DeliveryOutcome,
    httpStatus: numberOrNull(row.http_status!),
    durationMs: Number(row.duration_ms),
    startedAt: time(row.started_at!),
  };
}

/** Columns of `webhook_events`, under their own names. */
export function eventFromRow(row: Row): WebhookEvent {
  return {
    eventId: row.id as string,
    mid: row.mid as string,
    sequence: Number(row.sequence),
    type: row.type as SentEventType,
    schemaVersion: row.schema_version as string,
    subjectId: row.subject_id as string,
    data: JSON.parse(row.data as string) as Record<string, unknown>,
    occurredAt: time(row.occurred_at!),
  };
}
