import type { AcquirerName, Effect, Operation } from './acquirer';

/** `pending`: still running, or held open. `not-processed`: it reached the acquirer and changed nothing there. */
export type CallOutcome = 'pending' | 'processed' | 'refused' | 'read' | 'replayed' | 'not-processed';

export interface CallEntry {
  readonly seq: number;
  readonly acquirer: AcquirerName;
  readonly operation: Operation;
  acquirerOrderNo: string | null;
  readonly atMs: number;
  outcome: CallOutcome;
  /** The HTTP status that was answered; null while there is no answer, or where there never was one. */
  status: number | null;
  /** The fault that hit this call. */
  fault: string | null;
}

export interface CallFilter {
  readonly acquirer?: string;
  readonly operation?: string;
  readonly acquirerOrderNo?: string;
}

export interface CallPage {
  readonly calls: readonly CallEntry[];
  /** How many calls match, on this page or not. */
  readonly total: number;
  /** How many calls, matching or not, fell out of the list because it is full. */
  readonly forgotten: number;
}

export const CALLS_MAX = 200_000;

/** Every call that reached an acquirer, the oldest forgotten first. */
export class CallList {
  private ring: CallEntry[] = [];
  private next = 1;

  constructor(private readonly max = CALLS_MAX) {}

  open(acquirer: AcquirerName, operation: Operation, atMs: number): CallEntry {
    const entry: CallEntry = {
      seq: this.next,
      acquirer,
      operation,
      acquirerOrderNo: null,
      atMs,
      outcome: 'pending',
      status: null,
      fault: null,
    };
    this.ring[(this.next - 1) % this.max] = entry;
    this.next += 1;
    return entry;
  }

  clear(): void {
    this.ring = [];
    this.next = 1;
  }

  page(filter: CallFilter, afterSeq: number, limit: number): CallPage {
    const forgotten = Math.max(0, this.next - 1 - this.max);
    const calls: CallEntry[] = [];
    let total = 0;
    for (let seq = forgotten + 1; seq < this.next; seq += 1) {
      const entry = this.ring[(seq - 1) % this.max];
      if (!entry || !matches(entry, filter)) continue;
      total += 1;
      if (seq > afterSeq && calls.length < limit) calls.push(entry);
    }
    return { calls, total, forgotten };
  }
}

function matches(entry: CallEntry, filter: CallFilter): boolean {
  return (
    (filter.acquirer === undefined || entry.acquirer === filter.acquirer) &&
    (filter.operation === undefined || entry.operation === filter.operation) &&
    (filter.acquirerOrderNo === undefined || entry.acquirerOrderNo === filter.acquirerOrderNo)
  );
}

export function callOutcome(effect: Effect): CallOutcome {
  return effect === 'nothing' ? 'not-processed' : effect;
}
