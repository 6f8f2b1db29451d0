/** Every state of a service application, and the states that may follow it. Nothing else changes a state. */
export const APPLICATION_TRANSITIONS = {
  /** The applicant's alone. */
  DRAFT: ['SUBMITTED', 'WITHDRAWN'],
  /** Waits for the operator; the applicant may not edit it. */
  SUBMITTED: ['CHANGES_REQUESTED', 'APPROVED', 'REJECTED', 'WITHDRAWN'],
  /** Waits for the applicant, who edits and submits it again. */
  CHANGES_REQUESTED: ['SUBMITTED', 'REJECTED', 'WITHDRAWN'],
  APPROVED: [],
  REJECTED: [],
  WITHDRAWN: [],
} as const satisfies Record<string, readonly string[]>;

export type ApplicationStatus = keyof typeof APPLICATION_TRANSITIONS;
export const APPLICATION_STATUSES = Object.keys(APPLICATION_TRANSITIONS) as ApplicationStatus[];

/** Waits for somebody's decision: two of these for the same services of the same business may not be. */
export const OPEN_STATUSES: readonly ApplicationStatus[] = ['SUBMITTED', 'CHANGES_REQUESTED'];
export const EDITABLE_STATUSES: readonly ApplicationStatus[] = ['DRAFT', 'CHANGES_REQUESTED'];

export function mayApplicationFollow(from: ApplicationStatus, to: ApplicationStatus): boolean {
  return (APPLICATION_TRANSITIONS[from] as readonly ApplicationStatus[]).includes(to);
}
