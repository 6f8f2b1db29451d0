/** A case of a virtual account: open until a person has closed it. The same finding is not opened again after that. */
export const ACCOUNT_CASE_TRANSITIONS = {
  OPEN: ['CLOSED'],
  CLOSED: [],
} as const satisfies Record<string, readonly string[]>;

export type AccountCaseStatus = keyof typeof ACCOUNT_CASE_TRANSITIONS;
export const ACCOUNT_CASE_STATUSES = Object.keys(ACCOUNT_CASE_TRANSITIONS) as AccountCaseStatus[];
