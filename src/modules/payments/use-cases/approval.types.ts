import type { Channel, KeyInCard } from '../../../acquirers/port/acquirer.types';
import type { Secret } from '../../../common/masking/secret';
import type { Payment } from '../payments.types';

/** What may be shown and kept of a card. */
export interface CardFigures {
  readonly first6: string;
  readonly last4: string;
  /** How many digits the number has. */
  readonly length: number;
}

/** What the payer pays with: the card itself, or what its acquirer gave us for it. */
export type Instrument =
  | { readonly kind: 'CARD'; readonly card: Secret<KeyInCard> }
  | {
      readonly kind: 'BILLING_TOKEN';
      readonly token: Secret<string>;
      /** As it was when the token was issued. */
      readonly customerKey: string;
      readonly card: CardFigures;
    };

/** What is bought, checked already. Amounts are whole won; all that is left out is nothing. */
export interface OrderContent {
  /** 6 to 40 characters of A–Z, a–z, 0–9, `_` and `-`; names one payment of the merchant for ever. */
  readonly orderNo: string;
  readonly amount: number;
  readonly taxFreeAmount?: number;
  readonly serviceCharge?: number;
  readonly goodsName: string;
  readonly buyerName?: string;
  readonly buyerPhone?: string;
  readonly buyerEmail?: string;
  readonly installmentMonths?: number;
  readonly branchId?: string;
  readonly customerKey?: string;
  /** What of the amount is paid with the customer's points. */
  readonly pointAmount?: number;
  readonly metadata?: Readonly<Record<string, string>>;
}

export interface ApprovalCommand {
  readonly mid: string;
  readonly actor: string;
  readonly order: OrderContent;
  /** 64 hex digits of a keyed hash over the whole content with its instrument: the same order, or another one. */
  readonly contentFingerprint: string;
  /** 64 hex digits, equal only for one and the same request: after a decline it answers again instead of asking again. */
  readonly requestHash: string;
  readonly instrument: Instrument;
  /** Only under this contract, with no failover to another one. A billing token needs it. */
  readonly pinnedContractId?: string;
}

export interface ApprovalResult {
  readonly outcome: 'SUCCESS' | 'DUPLICATE';
  readonly payment: Payment;
}

export function cardOf(instrument: Instrument): CardFigures {
  if (instrument.kind === 'BILLING_TOKEN') return instrument.card;
  const { cardNumber } = instrument.card.expose();
  return { first6: cardNumber.slice(0, 6), last4: cardNumber.slice(-4), length: cardNumber.length };
}

/** By which of an acquirer's interfaces the approval is asked for, and later looked up and undone. */
export function channelOf({ kind }: Instrument): Channel {
  return kind === 'CARD' ? 'KEY_IN' : 'BILLING';
}
