import type { SealContext } from '../../../common/crypto/sealed-form';
import type { Row } from '../sql';
import { fromDatabaseTime } from '../../../common/time/korean-time';
import type { WebhookEventType } from '../webhooks.types';
import type { Endpoint } from './endpoint.types';
import type { DisabledReason, EndpointStatus } from './webhook-endpoint.state';

export function endpointFromRow(row: Row): Endpoint {
  const until = row.previous_secret_until as string | Date | null;
  return {
    endpointId: row.id as string,
    mid: row.mid as string,
    url: row.url as string,
    description: row.description as string | null,
    eventTypes: eventTypesOf(row.event_types as string | null),
    status: row.status as EndpointStatus,
    disabledReason: row.disabled_reason as DisabledReason | null,
    version: Number(row.version),
    previousSecretUntil: until === null ? null : fromDatabaseTime(until),
    createdAt: fromDatabaseTime(row.created_at as string | Date),
    updatedAt: fromDatabaseTime(row.updated_at as string | Date),
  };
}

/** In the database: the types between commas, so that the verifier can look one up; null = all. */
export function eventTypesText(types: readonly WebhookEventType[] | null): string | null {
  return types === null ? null : [...new Set(types)].sort().join(',');
}

export function eventTypesOf(text: string | null): readonly WebhookEventType[] | null {
  return text === null ? null : (text.split(',') as WebhookEventType[]);
}

type SecretColumn = 'secret_sealed' | 'previous_secret_sealed';

export const secretContext = (column: SecretColumn, endpointId: string, mid: string): SealContext => ({
  table: 'webhook_endpoints',
  column,
  rowId: endpointId,
  mid,
});
