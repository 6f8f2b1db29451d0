import { holdsCardNumber } from '../logging/redaction';

/** W3C Trace Context, version 00. Later versions begin the same way. */
const TRACEPARENT = /^(?!ff)[0-9a-f]{2}-(?!0{32})([0-9a-f]{32})-(?!0{16})[0-9a-f]{16}-[0-9a-f]{2}(?:-|$)/;
const LENGTH = 55;

/**
 * The caller's trace, to go on in; undefined where it says none. Its id comes to stand in logs and answers: no place for a
 * number that somebody put there instead.
 */
export function traceparentOf(header: string | string[] | undefined): string | undefined {
  if (typeof header !== 'string') return undefined;
  const traceId = TRACEPARENT.exec(header)?.[1];
  return traceId === undefined || holdsCardNumber(traceId) ? undefined : header.slice(0, LENGTH);
}
