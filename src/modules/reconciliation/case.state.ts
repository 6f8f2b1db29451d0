/**
 * Every state of a break, and the states that may follow it. A person resolves what is assigned; OPEN becomes RESOLVED
 * only by a later list that explains it. ASSIGNED to ASSIGNED: another owner.
 */
export const CASE_TRANSITIONS = {
  OPEN: ['ASSIGNED', 'RESOLVED'],
  ASSIGNED: ['ASSIGNED', 'RESOLVED'],
  RESOLVED: [],
} as const satisfies Record<string, readonly string[]>;

export type CaseStatus = keyof typeof CASE_TRANSITIONS;
export const CASE_STATUSES = Object.keys(CASE_TRANSITIONS) as CaseStatus[];

export function mayBecome(from: CaseStatus, to: CaseStatus): boolean {
  return (CASE_TRANSITIONS[from] as readonly CaseStatus[]).includes(to);
}

/** How a person may end a case. None of them moves money: what has to be mended is mended before, where it belongs. */
export const RESOLUTIONS = ['MENDED_HERE', 'MENDED_BY_ACQUIRER', 'ACCEPTED', 'NOT_A_BREAK', 'OTHER'] as const;
export type Resolution = (typeof RESOLUTIONS)[number];

/** How the reconciliation itself ends a case: both sides say the same by now. */
export const EXPLAINED = 'EXPLAINED_BY_LATER_LIST';
