import type { BookCancel, BookPayment } from './card-book.types';
import type { LedgerEntry } from './ledger';

export type ListName = 'MOVEMENTS' | 'SETTLEMENTS';

/** Which movement of a payment is told otherwise; of cancels the n-th, from 0. */
interface Named {
  readonly list: ListName;
  readonly acquirerTransactionId: string;
  readonly kind: LedgerEntry['kind'];
  readonly index: number;
}

/** One thing that an acquirer's list (or, where it has none, its inquiry) says and its book does not. */
export type Discrepancy =
  | (Named & { readonly what: 'OMIT' })
  | (Named & { readonly what: 'AMOUNT'; readonly amount: number })
  /** At another time, so many milliseconds later (or earlier). */
  | (Named & { readonly what: 'MOVE'; readonly byMs: number })
  /** An approval is told as a cancel of the same amount. */
  | (Named & { readonly what: 'KIND' })
  /** Cancelled in full by the acquirer alone. */
  | (Named & { readonly what: 'CANCELLED' })
  /** The fee of a settlement line. */
  | (Named & { readonly what: 'FEE'; readonly fee: number })
  /** A movement that the book does not have; in all lists. */
  | { readonly what: 'ADD'; readonly entry: LedgerEntry };

export const DISCREPANCIES_MAX = 20_000;

/** What a test makes one acquirer say. The book itself, its journal and its ledger stay as they are. */
export class Discrepancies {
  private planted: Discrepancy[] = [];

  /** False where too many are planted already. */
  plant(discrepancies: readonly Discrepancy[]): boolean {
    if (this.planted.length + discrepancies.length > DISCREPANCIES_MAX) return false;
    this.planted.push(...discrepancies);
    return true;
  }

  clear(): void {
    this.planted = [];
  }

  /** Movements that were added for a merchant, in the order of their times. */
  added(mid: string): LedgerEntry[] {
    const entries = this.planted.flatMap((each) => (each.what === 'ADD' ? [each.entry] : []));
    return entries.filter((entry) => entry.mid === mid).sort((a, b) => a.atMs - b.atMs);
  }

  /** A list as it is told: the given entries of a merchant, and those that were added. */
  entries(list: ListName, mid: string, entries: readonly LedgerEntry[]): LedgerEntry[] {
    if (this.planted.length === 0) return [...entries];
    const shown: LedgerEntry[] = [];
    const cancels = new Map<string, number>();
    for (const entry of [...entries, ...this.added(mid)]) {
      const { kind, acquirerTransactionId: id } = entry;
      const index = kind === 'cancel' ? (cancels.get(id) ?? 0) : 0;
      if (kind === 'cancel') cancels.set(id, index + 1);
      shown.push(...this.told(list, entry, index));
    }
    return shown.sort((a, b) => a.atMs - b.atMs);
  }

  feeOf({ acquirerTransactionId, kind }: LedgerEntry): number | undefined {
    const found = this.planted.find((each) => each.what === 'FEE' && isOf(each, acquirerTransactionId, kind));
    return found?.what === 'FEE' ? found.fee : undefined;
  }

  /** A payment as it is told, where an acquirer tells of payments and not of movements. */
  payment<Extra>(payment: BookPayment<Extra>): BookPayment<Extra> {
    const { transactionId } = payment.order;
    let told = payment;
    for (const each of this.planted) {
      if (each.what === 'ADD' || each.list !== 'MOVEMENTS') continue;
      if (each.acquirerTransactionId === transactionId)
        told = each.kind === 'approval' ? withApproval(told, each) : withCancel(told, each);
    }
    return told;
  }

  private told(list: ListName, entry: LedgerEntry, index: number): LedgerEntry[] {
    let shown: LedgerEntry[] = [entry];
    for (const each of this.planted) {
      if (each.what === 'ADD' || each.list !== list || each.index !== index) continue;
      if (!isOf(each, entry.acquirerTransactionId, entry.kind)) continue;
      shown = shown.flatMap((one) => changed(one, each));
    }
    return shown;
  }
}

function isOf(each: Discrepancy, id: string, kind: LedgerEntry['kind']): boolean {
  return each.what !== 'ADD' && each.acquirerTransactionId === id && each.kind === kind;
}

function changed(entry: LedgerEntry, each: Exclude<Discrepancy, { what: 'ADD' }>): LedgerEntry[] {
  switch (each.what) {
    case 'OMIT':
      return [];
    case 'AMOUNT':
      return [{ ...entry, amount: each.amount }];
    case 'MOVE':
      return [{ ...entry, atMs: entry.atMs + each.byMs }];
    case 'KIND':
      return [{ ...entry, kind: 'cancel' }];
    case 'CANCELLED':
      return [entry, { ...entry, kind: 'cancel', movementId: ownCancelId(entry.movementId) }];
    case 'FEE':
      return [entry];
  }
}

function withApproval<Extra>(
  payment: BookPayment<Extra>,
  each: Exclude<Discrepancy, { what: 'ADD' }>,
): BookPayment<Extra> {
  const { order, approval } = payment;
  if (approval === null) return payment;
  switch (each.what) {
    case 'OMIT':
      return { ...payment, approval: null };
    case 'AMOUNT':
      return { ...payment, order: { ...order, amount: each.amount } };
    case 'MOVE':
      return { ...payment, approval: { ...approval, atMs: approval.atMs + each.byMs } };
    case 'KIND':
    case 'CANCELLED': {
      const amount = order.amount - payment.cancels.reduce((sum, cancel) => sum + cancel.amount, 0);
      const cancel: BookCancel = {
        ...{ atMs: approval.atMs, movementId: ownCancelId(approval.movementId), amount },
        ...{ taxFreeAmount: 0, reason: '' },
      };
      return { ...payment, cancels: [...payment.cancels, cancel] };
    }
    case 'FEE':
      return payment;
  }
}

function withCancel<Extra>(
  payment: BookPayment<Extra>,
  each: Exclude<Discrepancy, { what: 'ADD' }>,
): BookPayment<Extra> {
  const cancels = payment.cancels.flatMap((cancel, index) => {
    if (index !== each.index) return [cancel];
    if (each.what === 'OMIT') return [];
    if (each.what === 'AMOUNT') return [{ ...cancel, amount: each.amount }];
    return each.what === 'MOVE' ? [{ ...cancel, atMs: cancel.atMs + each.byMs }] : [cancel];
  });
  return { ...payment, cancels };
}

const BEGUN_BEFORE_MS = 60_000;
const ownCancelId = (movementId: string) => `X${movementId}`.slice(0, 64);

/** Payments made of added entries; those of one transaction id are one payment. */
export function addedPayments<Extra>(entries: readonly LedgerEntry[], extra: Extra): BookPayment<Extra>[] {
  const payments = new Map<string, BookPayment<Extra>>();
  for (const { kind, acquirerTransactionId: id, acquirerOrderNo, mid, amount, atMs, movementId } of entries) {
    const order = {
      ...{ transactionId: id, acquirerOrderNo, amount, taxFreeAmount: 0 },
      // Whoever pays has begun before.
      ...{ requestedAtMs: atMs - BEGUN_BEFORE_MS, installmentMonths: 0, card: null, extra },
    };
    const known = payments.get(id) ?? {
      ...{ order, mid, profile: null, approval: null, failure: null, cancels: [] },
    };
    const cancel: BookCancel = { atMs, movementId, amount, taxFreeAmount: 0, reason: '' };
    payments.set(
      id,
      kind === 'approval'
        ? { ...known, order, approval: { atMs, approvalNo: '00000000', movementId } }
        : { ...known, cancels: [...known.cancels, cancel] },
    );
  }
  return [...payments.values()];
}
