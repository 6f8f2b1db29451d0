import type { AcquirerContract, PaymentMethod } from '../merchants/merchants.types';

export interface RoutingRequest {
  readonly method: PaymentMethod;
  /** Whole won. */
  readonly amount: number;
}

/** Why a contract is no candidate for a payment. */
export type Exclusion = 'DISABLED' | 'METHOD' | 'NO_ADAPTER' | 'AMOUNT';

export interface CandidateChoice {
  /** In the order in which they are to be asked. */
  readonly candidates: readonly AcquirerContract[];
  readonly excluded: readonly { readonly contractId: string; readonly why: Exclusion }[];
}

export type BreakerState = 'CLOSED' | 'OPEN';

/** How a call ended, as the gate sees it. A decline is an answer: the acquirer is well. */
export type CallHealth = 'ANSWERED' | 'SILENT';

/** A place at an acquirer. It is left once, by a call with how that ended, or given back unused. */
export interface Passage {
  leave(health: CallHealth): void;
  /** Nothing was sent. After `leave` it does nothing. */
  giveBack(): void;
}
