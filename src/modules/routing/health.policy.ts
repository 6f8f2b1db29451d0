import type { HealthFigures, Standing } from './routing.types';

export interface HealthRules {
  /** How many calls a window holds, and how old they may be. Milliseconds. */
  readonly callsMax: number;
  readonly windowMs: number;
  /** The newest so many calls are judged, once there are `judgedMin`. */
  readonly judgedMax: number;
  readonly judgedMin: number;
  /** FAILING below this success rate with at least `faultsMin` faults; 0 to 1. */
  readonly failingBelow: number;
  readonly faultsMin: number;
  /** RECOVERING after so many good calls in a row, WELL after so many. */
  readonly recoveringAfter: number;
  readonly wellAfter: number;
  /** A fault longer ago than this is no reason any more: nothing may have been asked since. Milliseconds. */
  readonly forgetMs: number;
  /** SLOW when the median call takes longer than this, until it takes less than `quickMs`. */
  readonly slowMs: number;
  readonly quickMs: number;
}

interface Call {
  readonly ok: boolean;
  readonly latencyMs: number;
  readonly atMs: number;
}

/**
 * How one acquirer or contract has worked over its last calls. Two thresholds, far apart, keep it from flapping: it
 * fails by its rate over the newest calls, and comes back only by good calls in a row, which a failing one hardly ever
 * strings together. Times are monotonic milliseconds given by the caller. Pure.
 */
export class HealthWindow {
  private readonly calls: Call[] = [];
  /** Good calls in a row, newest. */
  private row = 0;
  private failing = false;
  private slow = false;
  private lastFaultMs = -Infinity;
  /** Calls before this were judged already, and not again. */
  private judgedFromMs = -Infinity;

  constructor(private readonly rules: HealthRules) {}

  record(ok: boolean, latencyMs: number, nowMs: number): void {
    this.calls.push({ ok, latencyMs, atMs: nowMs });
    if (this.calls.length > this.rules.callsMax) this.calls.shift();
    this.row = ok ? this.row + 1 : 0;
    if (!ok) this.lastFaultMs = nowMs;
    const judged = this.judged(nowMs);
    if (this.failing) {
      if (this.row >= this.rules.wellAfter) this.forgive(nowMs);
    } else {
      this.failing = this.isFailing(judged);
      if (this.failing) this.row = 0;
    }
    this.judgeSpeed(judged);
  }

  standing(nowMs: number): Standing {
    if (this.failing && nowMs - this.lastFaultMs > this.rules.forgetMs) this.forgive(nowMs);
    if (this.failing) return this.row >= this.rules.recoveringAfter ? 'RECOVERING' : 'FAILING';
    return this.slow ? 'SLOW' : 'WELL';
  }

  figures(nowMs: number): HealthFigures {
    const standing = this.standing(nowMs);
    const calls = this.calls.filter(({ atMs }) => nowMs - atMs <= this.rules.windowMs);
    if (calls.length === 0)
      return { standing, calls: 0, successRate: null, latencyP50Ms: null, latencyP95Ms: null };
    return {
      standing,
      calls: calls.length,
      successRate: calls.filter(({ ok }) => ok).length / calls.length,
      latencyP50Ms: percentile(calls, 0.5),
      latencyP95Ms: percentile(calls, 0.95),
    };
  }

  private judged(nowMs: number): Call[] {
    const { judgedMax, windowMs } = this.rules;
    return this.calls
      .slice(-judgedMax)
      .filter(({ atMs }) => atMs > this.judgedFromMs && nowMs - atMs <= windowMs);
  }

  private isFailing(judged: readonly Call[]): boolean {
    const { judgedMin, failingBelow, faultsMin } = this.rules;
    if (judged.length < judgedMin) return false;
    const faults = judged.reduce((count, { ok }) => (ok ? count : count + 1), 0);
    return faults >= faultsMin && 1 - faults / judged.length < failingBelow;
  }

  private judgeSpeed(judged: readonly Call[]): void {
    const { judgedMin, slowMs, quickMs } = this.rules;
    if (judged.length < judgedMin) return;
    const limitMs = this.slow ? quickMs : slowMs;
    const longer = judged.reduce((count, { latencyMs }) => (latencyMs > limitMs ? count + 1 : count), 0);
    this.slow = longer * 2 > judged.length;
  }

  private forgive(nowMs: number): void {
    this.failing = false;
    this.judgedFromMs = nowMs;
  }
}

function percentile(calls: readonly Call[], part: number): number {
  const sorted = calls.map(({ latencyMs }) => latencyMs).sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.ceil(sorted.length * part) - 1)]!;
}
