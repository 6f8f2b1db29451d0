import type {
  ApprovalOrder,
  ApprovalOutcome,
  ApprovalReference,
  CancelOrder,
  CancelOutcome,
  ContractAccess,
  InquiryOutcome,
} from './acquirer.types';

/**
 * What every acquirer must be able to do. An adapter keeps no state, does no I/O but HTTP, throws only for faults of
 * our own, and answers each call with an outcome; anything it does not find in its MAPPING.md is unknown.
 */
export interface AcquirerPort {
  /** The registered name, as in contracts and sandbox paths. */
  readonly name: string;
  readonly capabilities: AcquirerCapabilities;
  cancel(access: ContractAccess, order: CancelOrder): Promise<CancelOutcome>;
  /** By our own order number, since the acquirer's id is missing exactly when an answer was lost. */
  inquire(access: ContractAccess, reference: ApprovalReference): Promise<InquiryOutcome>;
}

/** Ability: card approval from the number, without the payer's browser. */
export interface KeyInAbility {
  approveKeyIn(access: ContractAccess, order: ApprovalOrder): Promise<ApprovalOutcome>;
}

/** Ability: undo by our own order number in one call. Without it the gateway inquires and then cancels. */
export interface NetCancelAbility {
  netCancel(access: ContractAccess, reference: ApprovalReference): Promise<CancelOutcome>;
}

/** Declared beside each adapter; a test holds it against the methods that the adapter really has. */
export interface AcquirerCapabilities {
  readonly keyIn: boolean;
  readonly netCancel: boolean;
  readonly partialCancel: boolean;
  /** A repeated cancel under the same key is answered with the first result. */
  readonly idempotentCancel: boolean;
}

export function canKeyIn(adapter: AcquirerPort): adapter is AcquirerPort & KeyInAbility {
  return adapter.capabilities.keyIn;
}

export function canNetCancel(adapter: AcquirerPort): adapter is AcquirerPort & NetCancelAbility {
  return adapter.capabilities.netCancel;
}

/** The registry, injected by this token; only src/acquirers knows the adapters themselves. */
export const ACQUIRERS = Symbol('ACQUIRERS');
export type AcquirerRegistry = ReadonlyMap<string, AcquirerPort>;
