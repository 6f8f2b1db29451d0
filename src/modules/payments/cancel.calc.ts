/** What is left of a payment, and what a cancel asks for. Whole won. */
export interface CancelBasis {
  readonly balanceAmount: number;
  readonly taxFreeBalance: number;
}

export interface CancelWish {
  /** Absent: all that is left. */
  readonly cancelAmount?: number;
  readonly taxFreeAmount?: number;
}

export type CancelSplit =
  | { readonly kind: 'SPLIT'; readonly amount: number; readonly taxFreeAmount: number }
  | { readonly kind: 'NOTHING_LEFT' }
  | { readonly kind: 'OVER_BALANCE' }
  | { readonly kind: 'TAX_FREE_MISFIT' };

/**
 * Splits a cancel into its taxable and tax-free parts. A caller that does not say takes the taxable part first; neither
 * part may pass what is left of it. Pure.
 */
export function splitCancel(basis: CancelBasis, wish: CancelWish): CancelSplit {
  if (basis.balanceAmount <= 0) return { kind: 'NOTHING_LEFT' };
  const amount = wish.cancelAmount ?? basis.balanceAmount;
  if (amount > basis.balanceAmount) return { kind: 'OVER_BALANCE' };
  const taxableLeft = basis.balanceAmount - basis.taxFreeBalance;
  const taxFreeAmount = wish.taxFreeAmount ?? Math.max(0, amount - taxableLeft);
  if (
    taxFreeAmount > amount ||
    taxFreeAmount > basis.taxFreeBalance ||
    amount - taxFreeAmount > taxableLeft
  ) {
    return { kind: 'TAX_FREE_MISFIT' };
  }
  return { kind: 'SPLIT', amount, taxFreeAmount };
}
