import type { IdempotencyMark } from './toss.records';
import type { TossPayment } from './toss.payment';

/** Kept for 15 days (TossPayments docs, "멱등키"). */
export const IDEMPOTENCY_KEPT_MS = 15 * 24 * 60 * 60_000;
export const IDEMPOTENCY_KEY_MAX = 300;

/** A first answer: either a text, or the payment as it was after so many cancels. */
export type StoredAnswer = { readonly traceId: string; readonly atMs: number } & (
  | { readonly answer: { readonly status: number; readonly body: string } }
  | { readonly payment: TossPayment; readonly cancelCount: number }
);

/**
 * First answers by idempotency key. A payment's answer is kept as a pointer and written out again when it is asked
 * for, byte for byte the same, so that a million approvals do not keep a million texts in memory.
 */
export class IdempotencyStore {
  private readonly stored = new Map<string, StoredAnswer>();
  private readonly running = new Set<string>();

  /** Reserves the key, or tells what became of the first call with it. */
  begin(scope: string, nowMs: number): 'first' | 'running' | StoredAnswer {
    if (this.running.has(scope)) return 'running';
    const earlier = this.stored.get(scope);
    if (earlier && nowMs - earlier.atMs < IDEMPOTENCY_KEPT_MS) return earlier;
    this.running.add(scope);
    return 'first';
  }

  /** The first call ended without an answer to keep. */
  release(scope: string): void {
    this.running.delete(scope);
  }

  keep(mark: IdempotencyMark | undefined, payment?: TossPayment): void {
    if (!mark) return;
    this.running.delete(mark.scope);
    const { traceId, atMs, answer } = mark;
    if (answer) this.stored.set(mark.scope, { traceId, atMs, answer });
    else if (payment) {
      this.stored.set(mark.scope, { traceId, atMs, payment, cancelCount: payment.cancels.length });
    }
  }

  clear(): void {
    this.stored.clear();
    this.running.clear();
  }
}
