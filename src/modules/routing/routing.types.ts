import type { AcquirerContract, PaymentMethod, RoutingStrategy } from '../merchants/merchants.types';

export interface RoutingRequest {
  readonly method: PaymentMethod;
  /** Whole won. */
  readonly amount: number;
  /** First six digits of the card; null where there is none, or it is not known yet. */
  readonly cardFirst6: string | null;
  /** The payer pays in the acquirer's window, by whatever method. */
  readonly inWindow?: true;
  /** The card is to be kept for later payments; there is no amount yet. */
  readonly storing?: true;
  /** Only this contract: a billing key stays with the one that issued it, whatever the card's issuer is. */
  readonly pinned?: { readonly contractId: string; readonly ability: 'keyIn' | 'billing' };
}

/** Why a contract is no candidate for a payment. */
export const EXCLUSIONS = [
  'DISABLED',
  'METHOD',
  'NO_ADAPTER',
  'AMOUNT',
  'ISSUER',
  'HOURS',
  'MAINTENANCE',
  'BREAKER',
] as const;
export type Exclusion = (typeof EXCLUSIONS)[number];

export interface Excluded {
  readonly contract: AcquirerContract;
  readonly why: Exclusion;
}

/** How an acquirer, or a contract with it, has worked lately. */
export const STANDINGS = ['WELL', 'SLOW', 'RECOVERING', 'FAILING'] as const;
export type Standing = (typeof STANDINGS)[number];

/** A candidate with what it weighs at the moment. */
export interface Weighed {
  readonly contract: AcquirerContract;
  readonly standing: Standing;
  /** Weight times health, never below the share that exploring needs. */
  readonly effectiveWeight: number;
  /** How likely it is to be asked first, 0 to 1. */
  readonly share: number;
}

/** Where a payment goes, and why. */
export interface RoutingDecision {
  readonly strategy: RoutingStrategy;
  readonly method: PaymentMethod;
  readonly amount: number;
  /** The card's issuer as far as it is known. */
  readonly issuer: string | null;
  readonly decidedAt: Date;
  /**
   * In the order in which they are to be asked. Those whose breaker is open stand in front: entering them costs nothing,
   * is refused, and is what lets the breaker's inquiry out.
   */
  readonly candidates: readonly AcquirerContract[];
  /** The candidates that may really be asked, in the same order. */
  readonly weighed: readonly Weighed[];
  readonly excluded: readonly Excluded[];
}

/** A decision as it is kept with its payment. */
export interface RoutingRecord {
  readonly method: PaymentMethod;
  readonly amount: number;
  readonly issuer: string | null;
  readonly candidates: readonly {
    readonly contractId: string;
    readonly acquirer: string;
    readonly priority: number;
    readonly weight: number;
    readonly standing: Standing;
    readonly effectiveWeight: number;
  }[];
  readonly excluded: readonly {
    readonly contractId: string;
    readonly acquirer: string;
    readonly why: Exclusion;
  }[];
}

export interface KeptDecision extends RoutingRecord {
  readonly paymentId: string;
  readonly decidedAt: Date;
  readonly strategy: RoutingStrategy;
}

/** A planned interruption: from `from` to before `to`. */
export interface MaintenanceWindow {
  readonly id: string;
  readonly acquirer: string;
  /** null = all methods. */
  readonly method: PaymentMethod | null;
  readonly from: Date;
  readonly to: Date;
  readonly reason: string;
}

export type NewMaintenanceWindow = Omit<MaintenanceWindow, 'id'>;

export type BreakerState = 'CLOSED' | 'OPEN';

/** How a call ended, as the gate sees it. A decline is an answer: the acquirer is well. */
export type CallHealth = 'ANSWERED' | 'SILENT';

/** A place at an acquirer. It is left once, by a call with how that ended, or given back unused. */
export interface Passage {
  leave(health: CallHealth): void;
  /** Nothing was sent. After `leave` it does nothing. */
  giveBack(): void;
}

/**
 * How a call speaks for an acquirer. `ACQUIRER_FAULT`: no usable answer, or maintenance. `CONTRACT_FAULT`: it refuses
 * this contract, which says nothing of others. Whatever a cardholder's own bank says is `WELL`.
 */
export type CallVerdict = 'WELL' | 'ACQUIRER_FAULT' | 'CONTRACT_FAULT';

/** What the calls in a window come to. */
export interface HealthFigures {
  readonly standing: Standing;
  readonly calls: number;
  /** 0 to 1; null without calls. */
  readonly successRate: number | null;
  readonly latencyP50Ms: number | null;
  readonly latencyP95Ms: number | null;
}
