import { includedVat } from '../../common/money/won';

/** What a receipt, a cancel of it, or what is left of it, is made of. Whole won; the four parts add up to `amount`. */
export interface ReceiptAmounts {
  readonly amount: number;
  /** 공급가액 of the taxable part. */
  readonly supplyAmount: number;
  readonly vat: number;
  readonly taxFreeAmount: number;
  readonly serviceCharge: number;
}

/** Splits what was paid. Tax-free part and service charge together must not pass the amount. Pure. */
export function splitReceipt(amount: number, taxFreeAmount: number, serviceCharge: number): ReceiptAmounts {
  const taxable = amount - taxFreeAmount - serviceCharge;
  if (taxable < 0) throw new RangeError('the parts of a receipt pass its amount');
  const vat = includedVat(amount, taxFreeAmount, serviceCharge);
  return { amount, supplyAmount: taxable - vat, vat, taxFreeAmount, serviceCharge };
}

/** What is left of a receipt once these are taken from it. */
export function leftOf(receipt: ReceiptAmounts, taken: readonly ReceiptAmounts[]): ReceiptAmounts {
  const less = (part: keyof ReceiptAmounts) => taken.reduce((left, one) => left - one[part], receipt[part]);
  return {
    amount: less('amount'),
    supplyAmount: less('supplyAmount'),
    vat: less('vat'),
    taxFreeAmount: less('taxFreeAmount'),
    serviceCharge: less('serviceCharge'),
  };
}

export interface ReceiptCancelWish {
  /** Absent: all that is left. */
  readonly cancelAmount?: number;
  /** Absent: the taxable part goes first, then the tax-free part, the service charge last. */
  readonly taxFreeAmount?: number;
}

export type ReceiptCancelSplit =
  | { readonly kind: 'SPLIT'; readonly parts: ReceiptAmounts }
  | { readonly kind: 'NOTHING_LEFT' | 'OVER_BALANCE' | 'TAX_FREE_MISFIT' };

/**
 * Splits a cancel so that no part passes what is left of it, and cancels that together take all leave nothing of any
 * part. Pure.
 */
export function splitReceiptCancel(left: ReceiptAmounts, wish: ReceiptCancelWish): ReceiptCancelSplit {
  if (left.amount <= 0) return { kind: 'NOTHING_LEFT' };
  const amount = wish.cancelAmount ?? left.amount;
  if (amount > left.amount) return { kind: 'OVER_BALANCE' };
  const taxableLeft = left.supplyAmount + left.vat;
  const tellsTaxFree = wish.taxFreeAmount !== undefined;
  const taxable = Math.min(amount - (wish.taxFreeAmount ?? 0), taxableLeft);
  const taxFreeAmount = wish.taxFreeAmount ?? Math.min(amount - taxable, left.taxFreeAmount);
  const serviceCharge = amount - taxable - taxFreeAmount;
  const misfits =
    taxable < 0 ||
    taxFreeAmount > left.taxFreeAmount ||
    serviceCharge < 0 ||
    serviceCharge > left.serviceCharge;
  if (misfits) return { kind: tellsTaxFree ? 'TAX_FREE_MISFIT' : 'OVER_BALANCE' };
  const vat = vatOf(taxable, left);
  const parts = { amount, supplyAmount: taxable - vat, vat, taxFreeAmount, serviceCharge };
  return { kind: 'SPLIT', parts };
}

/** What is left of a receipt after so many cancels, each split as if it had been taken from it in turn. Pure. */
export function restAfter(receipt: ReceiptAmounts, cancels: readonly ReceiptCancelWish[]): ReceiptAmounts {
  return cancels.reduce((left, { cancelAmount, taxFreeAmount }) => {
    const told = splitReceiptCancel(left, { cancelAmount, taxFreeAmount });
    // A tax-free part that does not fit is no reason to keep a receipt for money that was given back.
    const split = told.kind === 'TAX_FREE_MISFIT' ? splitReceiptCancel(left, { cancelAmount }) : told;
    if (split.kind !== 'SPLIT') throw new RangeError(`cancels pass a receipt: ${split.kind}`);
    return leftOf(left, [split.parts]);
  }, receipt);
}

/** The last of the taxable part takes the rest of the VAT; before that an eleventh, within what is left on both sides. */
function vatOf(taxable: number, left: ReceiptAmounts): number {
  if (taxable === left.supplyAmount + left.vat) return left.vat;
  const least = Math.max(0, taxable - left.supplyAmount);
  return Math.min(Math.max(includedVat(taxable, 0, 0), least), left.vat, taxable);
}
