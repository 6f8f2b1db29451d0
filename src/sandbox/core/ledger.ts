/** One movement of money as the acquirer booked it. */
export interface LedgerEntry {
  readonly kind: 'approval' | 'cancel';
  readonly acquirerOrderNo: string;
  /** The acquirer's key of the payment; a cancel carries the key of the payment that it cancels. */
  readonly acquirerTransactionId: string;
  /** This movement's own key, where the acquirer gives one. */
  readonly movementId: string;
  readonly mid: string;
  /** Won; a cancel's amount is positive too. */
  readonly amount: number;
  readonly atMs: number;
}

export interface NumberedEntry {
  readonly seq: number;
  readonly entry: LedgerEntry;
}

export interface LedgerFilter {
  readonly acquirerOrderNo?: string;
  readonly fromMs?: number;
  readonly accept?: (entry: LedgerEntry) => boolean;
}

/** The acquirer's own book, in memory, in the order of its journal. Entry number 1 is the oldest. */
export class Ledger {
  private entries: LedgerEntry[] = [];
  private readonly byOrder = new Map<string, number | number[]>();

  get size(): number {
    return this.entries.length;
  }

  /** The number that the next entry will get. */
  get nextSeq(): number {
    return this.entries.length + 1;
  }

  add(entry: LedgerEntry): void {
    const seq = this.entries.push(entry);
    const known = this.byOrder.get(entry.acquirerOrderNo);
    if (known === undefined) this.byOrder.set(entry.acquirerOrderNo, seq);
    else if (typeof known === 'number') this.byOrder.set(entry.acquirerOrderNo, [known, seq]);
    else known.push(seq);
  }

  at(seq: number): LedgerEntry | undefined {
    return this.entries[seq - 1];
  }

  clear(): void {
    this.entries = [];
    this.byOrder.clear();
  }

  /** Up to `limit` entries after number `afterSeq` that match. */
  page(filter: LedgerFilter, afterSeq: number, limit: number): NumberedEntry[] {
    const found: NumberedEntry[] = [];
    for (const seq of this.candidates(filter, afterSeq)) {
      const entry = this.entries[seq - 1];
      if (!entry || entry.atMs < (filter.fromMs ?? -Infinity) || filter.accept?.(entry) === false) continue;
      found.push({ seq, entry });
      if (found.length === limit) break;
    }
    return found;
  }

  private *candidates(filter: LedgerFilter, afterSeq: number): Generator<number> {
    if (filter.acquirerOrderNo !== undefined) {
      const known = this.byOrder.get(filter.acquirerOrderNo) ?? [];
      for (const seq of typeof known === 'number' ? [known] : known) if (seq > afterSeq) yield seq;
      return;
    }
    for (let seq = afterSeq + 1; seq <= this.entries.length; seq += 1) yield seq;
  }
}
