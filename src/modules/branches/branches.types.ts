export type BranchStatus = 'ACTIVE' | 'SUSPENDED' | 'CLOSED';

/** What the payment path needs to know of a branch. */
export interface BranchState {
  readonly branchId: string;
  readonly status: BranchStatus;
}

export interface Branch extends BranchState {
  readonly mid: string;
  readonly name: string;
}
