import type { CycleKey, SettlementTerms } from '../settlements.types';

type Dated = Pick<SettlementTerms, 'mid' | 'contractId' | 'method' | 'effectiveFrom' | 'seq' | 'cycle'>;

/**
 * The terms by which a payment captured on a Korean day settles; null when none of the merchant's own apply. Of those in
 * force the most particular: contract and method, contract, method, then the merchant's; of equal ones the one that began
 * last, and of two that began on one day the one said last.
 */
export function termsOn<T extends Dated>(terms: readonly T[], key: CycleKey, day: string): T | null {
  let best: T | null = null;
  for (const each of terms) {
    if (!applies(each, key, day)) continue;
    if (best === null || isBefore(best, each)) best = each;
  }
  return best;
}

function applies(terms: Dated, { mid, contractId, method }: CycleKey, day: string): boolean {
  return (
    terms.mid === mid &&
    terms.effectiveFrom <= day &&
    (terms.contractId === null || terms.contractId === contractId) &&
    (terms.method === null || terms.method === method)
  );
}

function isBefore(one: Dated, other: Dated): boolean {
  const byRank = rank(one) - rank(other);
  if (byRank !== 0) return byRank < 0;
  if (one.effectiveFrom !== other.effectiveFrom) return one.effectiveFrom < other.effectiveFrom;
  return one.seq < other.seq;
}

function rank({ contractId, method }: Dated): number {
  return (contractId === null ? 0 : 2) + (method === null ? 0 : 1);
}
