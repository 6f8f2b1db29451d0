/**
 * A payment of which a part is paid with points. `amount` is the whole order, and so are its balance and its cancels;
 * its acquirer knows of the card part only. A payment without points is the same with a point part of nothing. Whole won.
 */
export interface Hybrid {
  readonly amount: number;
  readonly pointAmount: number;
}

/** What the acquirer is asked for, or for a cancel what it gives back. */
export function cardAmountOf({ amount, pointAmount }: Hybrid): number {
  return amount - pointAmount;
}

/** The tax-free part as the acquirer is told of it: points pay the taxable part of an order first. */
export function cardTaxFreeOf(order: Hybrid & { readonly taxFreeAmount: number }): number {
  return Math.min(order.taxFreeAmount, cardAmountOf(order));
}

/** What may still be given back of each: neither done nor pending cancels have it. */
export interface SourcesLeft {
  readonly card: number;
  /** Tax-free part of `card`. */
  readonly cardTaxFree: number;
  readonly points: number;
}

export interface CancelSources {
  /** Given back as points; the rest goes to the card. */
  readonly pointAmount: number;
  /** Tax-free part of what goes to the card. */
  readonly cardTaxFreeAmount: number;
}

/**
 * Where a cancel's money goes: to the card first and to points last, or the other way round. The tax-free part that the
 * acquirer is told of is the cancel's own, as nearly as the card's two parts allow. The cancel must not pass what is
 * left. Pure.
 */
export function splitSources(
  left: SourcesLeft,
  cancel: { readonly amount: number; readonly taxFreeAmount: number },
  first: 'CARD_FIRST' | 'POINTS_FIRST',
): CancelSources {
  const pointAmount =
    first === 'CARD_FIRST' ? Math.max(0, cancel.amount - left.card) : Math.min(cancel.amount, left.points);
  const card = cancel.amount - pointAmount;
  const least = Math.max(0, card - (left.card - left.cardTaxFree));
  const most = Math.min(card, left.cardTaxFree);
  return { pointAmount, cardTaxFreeAmount: Math.min(most, Math.max(least, cancel.taxFreeAmount)) };
}
