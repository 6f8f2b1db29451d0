import type { DisabledReason } from '../endpoints/webhook-endpoint.state';
import type { DeliveryOutcome, Pace, SendResult } from './delivery.types';

export interface DeliveryRules {
  /** The pause before each try, milliseconds; as many tries as there are entries. */
  readonly scheduleMs: readonly number[];
  readonly retryAfterMaxMs: number;
}

/** What becomes of a delivery after a try. */
export type Verdict =
  | { readonly to: 'DELIVERED' }
  /** `holdMs`: nothing else goes to that endpoint before, since it asked for a pause. */
  | { readonly to: 'PENDING'; readonly dueInMs: number; readonly holdMs: number | null }
  | { readonly to: 'FAILED'; readonly disable: DisabledReason };

/** For a try whose endpoint has another address by now: what the old one says is nothing to the new one. */
export const AT_ONCE = { to: 'PENDING', dueInMs: 0, holdMs: null } as const satisfies Verdict;

const JITTER = 0.1;

/**
 * The Standard Webhooks rules: 2xx alone is success, 410 ends it, anything else is tried again by the schedule, later if
 * the endpoint asks for it. `tries`: with this one. `random`: 0 to 1.
 */
export function verdictOn(
  result: Pick<SendResult, 'outcome' | 'retryAfterMs'>,
  tries: number,
  rules: DeliveryRules,
  random: number,
): Verdict {
  if (result.outcome === 'DELIVERED') return { to: 'DELIVERED' };
  if (result.outcome === 'GONE') return { to: 'FAILED', disable: 'GONE' };
  const pause = rules.scheduleMs[tries];
  if (pause === undefined) return { to: 'FAILED', disable: 'EXHAUSTED' };
  const spread = pause * (1 + JITTER * random);
  const asked =
    result.retryAfterMs === null ? null : Math.min(Math.max(0, result.retryAfterMs), rules.retryAfterMaxMs);
  return { to: 'PENDING', dueInMs: Math.ceil(Math.max(spread, asked ?? 0)), holdMs: asked };
}

/** 2xx only is success; redirects are not followed, and 410 wants no more. */
export function outcomeOfStatus(status: number): DeliveryOutcome {
  if (status >= 200 && status < 300) return 'DELIVERED';
  if (status === 410) return 'GONE';
  return status >= 300 && status < 400 ? 'REDIRECTED' : 'HTTP_ERROR';
}

/** Milliseconds from `now`; null for anything that is neither seconds nor an HTTP date (RFC 9110, 10.2.3). */
export function retryAfterMs(header: string | undefined, now: Date): number | null {
  if (header === undefined) return null;
  const text = header.trim();
  if (/^\d{1,9}$/.test(text)) return Number(text) * 1_000;
  if (!/^[A-Z][a-z]{2}, \d{2} [A-Z][a-z]{2} \d{4} \d{2}:\d{2}:\d{2} GMT$/.test(text)) return null;
  const at = Date.parse(text);
  return Number.isNaN(at) ? null : Math.max(0, at - now.getTime());
}

/** How an endpoint answers, judged by the latest try. */
export function paceAfter({ outcome, durationMs }: SendResult, slowMs: number): Pace {
  if (outcome !== 'DELIVERED') return 'FAILING';
  return durationMs > slowMs ? 'SLOW' : 'QUICK';
}

/** How many tries may be under way at once to an endpoint of that pace: one that may be dead holds one slot only. */
export function slotsOf(pace: Pace, endpointMax: number): number {
  return pace === 'QUICK' || pace === 'SLOW' ? endpointMax : 1;
}
