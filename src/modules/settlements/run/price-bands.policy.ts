import type { FeePolicy } from '../../fees/fees.types';

/** Greater than any amount a payment may have, and whole in a double. */
export const AMOUNT_MAX = Number.MAX_SAFE_INTEGER;

export interface Band {
  readonly min: number;
  readonly max: number;
}

/** The stretches of amounts (won, both ends included) within which no policy begins or ends: 0 to AMOUNT_MAX in all. */
export function bandsOf(policies: readonly Pick<FeePolicy, 'amountMin' | 'amountMax'>[]): Band[] {
  const begins = new Set([0]);
  for (const { amountMin, amountMax } of policies) {
    if (amountMin !== null) begins.add(amountMin);
    if (amountMax !== null) begins.add(amountMax + 1);
  }
  const sorted = [...begins].sort((a, b) => a - b);
  return sorted.map((min, index) => ({ min, max: (sorted[index + 1] ?? AMOUNT_MAX + 1) - 1 }));
}
