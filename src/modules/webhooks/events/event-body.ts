import { koreanTime } from '../../../common/time/korean-time';
import type { WebhookEvent } from '../webhooks.types';

/** What the specification asks of a body, with room for the headers. Bytes. */
export const BODY_MAX = 20_000;
const SHORT = 200;

/** What is sent: the same bytes at every try and to every endpoint, since an event never changes. */
export function eventBody(event: WebhookEvent): string {
  return JSON.stringify(shownEvent(event));
}

/** An event as it is sent, and as the API answers it. */
export function shownEvent({ eventId, type, schemaVersion, mid, sequence, occurredAt, data }: WebhookEvent) {
  return {
    ...{ id: eventId, type, schemaVersion, mid, sequence },
    ...{ timestamp: koreanTime(occurredAt), data },
  };
}

/**
 * Data that keeps a body below BODY_MAX. The merchant's own metadata goes first; then whatever is not a short value: the
 * receiver finds the rest by the id.
 */
export function fittingData(data: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>> {
  if (fits(data)) return data;
  const bare = { ...data, metadata: null };
  if (fits(bare)) return bare;
  return Object.fromEntries(Object.entries(data).filter(([, value]) => isShort(value)));
}

const isShort = (value: unknown) =>
  typeof value === 'string' ? value.length <= SHORT : typeof value !== 'object' || value === null;

/** The envelope around data takes less than this. Bytes. */
const ENVELOPE = 500;
const fits = (data: object) => Buffer.byteLength(JSON.stringify(data), 'utf8') <= BODY_MAX - ENVELOPE;
