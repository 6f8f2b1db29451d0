/**
 * Every state of a branch, and the states that may follow it. SUSPENDED: takes no payments, its members may only look.
 * CLOSED: for good; its members cannot log in any more.
 */
export const BRANCH_TRANSITIONS = {
  ACTIVE: ['SUSPENDED', 'CLOSED'],
  SUSPENDED: ['ACTIVE', 'CLOSED'],
  CLOSED: [],
} as const satisfies Record<string, readonly string[]>;

export type BranchStatus = keyof typeof BRANCH_TRANSITIONS;
export const BRANCH_STATUSES = Object.keys(BRANCH_TRANSITIONS) as BranchStatus[];

export function mayBecome(from: BranchStatus, to: BranchStatus): boolean {
  return (BRANCH_TRANSITIONS[from] as readonly BranchStatus[]).includes(to);
}
