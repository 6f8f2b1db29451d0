import type { BranchStatus } from './branch.state';

export type { BranchStatus };

/** What the payment path needs to know of a branch. */
export interface BranchState {
  readonly branchId: string;
  readonly status: BranchStatus;
}

export interface Branch extends BranchState {
  readonly mid: string;
  readonly name: string;
}

/** A branch as it is listed. */
export interface BranchView extends Branch {
  readonly code: string | null;
  readonly version: number;
  readonly statusReason: string | null;
  readonly statusChangedAt: Date | null;
  readonly createdAt: Date;
}

export interface BranchEvent {
  /** null: it was made. */
  readonly from: BranchStatus | null;
  readonly to: BranchStatus;
  readonly actor: string;
  readonly reason: string;
  readonly occurredAt: Date;
}

export interface BranchDetail extends BranchView {
  readonly address: string | null;
  /** Digits. */
  readonly phone: string | null;
  /** Oldest first; the latest hundred. */
  readonly events: readonly BranchEvent[];
}

/** A branch to be made. */
export interface NewBranch {
  readonly mid: string;
  readonly name: string;
  readonly code: string | null;
  readonly address: string;
  /** Digits. */
  readonly phone: string;
}

/** Sealed and ready to be written in the transaction of what it comes from. */
export interface PreparedBranch {
  readonly branchId: string;
  readonly wanted: NewBranch;
  readonly phoneSealed: Buffer;
}
