import type { CaseStatus, Resolution } from './case.state';

export const CASE_KINDS = [
  /** The acquirer has a movement (or a settlement line) that we do not have. */
  'MISSING_HERE',
  /** We have a movement that the acquirer does not have. */
  'MISSING_THERE',
  'AMOUNT_DIFFERS',
  'CANCEL_DIFFERS',
  /** Charged on one side only. */
  'STATE_DIFFERS',
  'LIST_UNREADABLE',
  'NOT_SETTLED_THERE',
  'SETTLED_AMOUNT_DIFFERS',
  /** `ownAmount` and `acquirerAmount` are the fees, without VAT. */
  'FEE_DIFFERS',
] as const;
export type CaseKind = (typeof CASE_KINDS)[number];

export const LISTS = ['MOVEMENTS', 'SETTLEMENTS'] as const;
export type ListName = (typeof LISTS)[number];

/** INQUIRY: the acquirer documents no list; each of our orders of the day is asked about. */
export const BASES = ['LIST', 'INQUIRY'] as const;
export type Basis = (typeof BASES)[number];

export const RUN_STATUSES = ['WAITING', 'RUNNING', 'DONE', 'UNREADABLE'] as const;
export type RunStatus = (typeof RUN_STATUSES)[number];

export type MovementKind = 'APPROVAL' | 'CANCEL';

/** What differs, and what each side says of it. Amounts in won, of a cancel positive too. */
export interface Finding {
  readonly kind: CaseKind;
  readonly movementKind: MovementKind | null;
  readonly paymentId: string | null;
  /** Our movement: a payment's or a cancel's id. */
  readonly sourceId: string | null;
  readonly movementKey: string | null;
  readonly acquirerOrderNo: string | null;
  readonly acquirerTransactionId: string | null;
  readonly ownAmount: number | null;
  readonly ownState: string | null;
  readonly acquirerAmount: number | null;
  readonly acquirerState: string | null;
}

/**
 * What a comparison came to. `openCount`: what is not a break yet, since it is not settled here; `openPaymentIds`: of which
 * payments, whose known breaks are neither found nor explained.
 */
export interface Comparison {
  readonly findings: readonly Finding[];
  readonly openCount: number;
  readonly openPaymentIds: readonly string[];
}

/** A contract's day of a list, and how the comparison of it stands. */
export interface ReconciliationRun {
  readonly runId: string;
  /** Korean day, `YYYY-MM-DD`. */
  readonly day: string;
  readonly list: ListName;
  readonly contractId: string;
  readonly mid: string;
  readonly acquirer: string;
  readonly basis: Basis;
  readonly status: RunStatus;
  readonly tries: number;
  /** Null until it was done once. */
  readonly listedCount: number | null;
  readonly ownCount: number | null;
  readonly differenceCount: number | null;
  readonly openCount: number | null;
  /** Why the list could not be read the last time. */
  readonly failure: string | null;
  readonly requestedBy: string;
  readonly createdAt: Date;
  readonly startedAt: Date | null;
  readonly finishedAt: Date | null;
}

/** A run as the worker holds it: `claim` is its fence, `startedAt` by the database's clock. */
export interface ClaimedRun extends ReconciliationRun {
  readonly claim: number;
  readonly startedAt: Date;
}

export interface ReconciliationCase extends Finding {
  readonly caseId: string;
  readonly runId: string;
  readonly day: string;
  readonly list: ListName;
  readonly contractId: string;
  readonly mid: string;
  readonly acquirer: string;
  readonly status: CaseStatus;
  readonly version: number;
  /** The member who looks after it. */
  readonly ownerId: string | null;
  readonly openedAt: Date;
  /** When a comparison found it last. */
  readonly confirmedAt: Date;
  readonly resolution: Resolution | 'EXPLAINED_BY_LATER_LIST' | null;
  readonly note: string | null;
  readonly resolvedBy: string | null;
  readonly resolvedAt: Date | null;
}

export interface CaseEvent {
  readonly from: CaseStatus | null;
  readonly to: CaseStatus;
  readonly actor: string;
  readonly ownerId: string | null;
  readonly resolution: string | null;
  readonly note: string | null;
  readonly at: Date;
}

export interface Page<T> {
  readonly data: readonly T[];
  readonly nextCursor: string | null;
}

export interface PageWish {
  readonly limit: number;
  readonly cursor?: string;
}
