import type { BreakerState, CallHealth } from './routing.types';

export interface BreakerRules {
  /** How far back calls count. Milliseconds. */
  readonly windowMs: number;
  /** Fewer calls than this say nothing. */
  readonly callsMin: number;
  /** Share of silent calls at which the breaker opens, 0 to 1. */
  readonly silentShareMax: number;
  /** How long it stays open before one inquiry may try. Milliseconds. */
  readonly cooldownMs: number;
}

const BUCKETS = 10;

interface Bucket {
  slot: number;
  answered: number;
  silent: number;
}

/**
 * One acquirer's circuit breaker over a sliding window. It opens on silence (no connection, no usable answer), never
 * on declines, and is closed again only by an inquiry that was answered: no payer's approval is spent on trying.
 * Times are monotonic milliseconds given by the caller.
 */
export class CircuitBreaker {
  private readonly buckets: Bucket[] = Array.from({ length: BUCKETS }, () => ({
    slot: -1,
    answered: 0,
    silent: 0,
  }));
  private openedAt: number | null = null;
  private probing = false;

  constructor(private readonly rules: BreakerRules) {}

  state(): BreakerState {
    return this.openedAt === null ? 'CLOSED' : 'OPEN';
  }

  record(health: CallHealth, nowMs: number): void {
    const slot = Math.floor(nowMs / (this.rules.windowMs / BUCKETS));
    const bucket = this.buckets[slot % BUCKETS]!;
    if (bucket.slot !== slot) Object.assign(bucket, { slot, answered: 0, silent: 0 });
    if (health === 'ANSWERED') bucket.answered += 1;
    else bucket.silent += 1;
    if (health === 'SILENT' && this.openedAt === null && this.isTooSilent(slot)) this.openedAt = nowMs;
  }

  /** True once, when the cooldown is over and an inquiry should be tried; the caller must then report its result. */
  wantsProbe(nowMs: number): boolean {
    if (this.openedAt === null || this.probing || nowMs - this.openedAt < this.rules.cooldownMs) return false;
    this.probing = true;
    return true;
  }

  probed(health: CallHealth, nowMs: number): void {
    this.probing = false;
    if (health === 'SILENT') {
      this.openedAt = nowMs;
      return;
    }
    this.openedAt = null;
    for (const bucket of this.buckets) bucket.slot = -1;
  }

  private isTooSilent(slot: number): boolean {
    let answered = 0;
    let silent = 0;
    for (const bucket of this.buckets) {
      if (bucket.slot <= slot - BUCKETS || bucket.slot === -1) continue;
      answered += bucket.answered;
      silent += bucket.silent;
    }
    const calls = answered + silent;
    return calls >= this.rules.callsMin && silent / calls >= this.rules.silentShareMax;
  }
}
