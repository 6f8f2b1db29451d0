/**
 * The only details an audit row may hold. What is not listed is dropped, so that a new one is a decision: no secret,
 * card value, name, phone or token can reach the audit trail.
 */
export const AUDIT_DETAILS = [
  'keyId',
  'keyHint',
  'acquirer',
  'contractId',
  /** Names of fields, never what they hold. */
  'changed',
  'branchId',
  'memberId',
  'role',
  'sessionId',
  'paymentId',
  'cancelId',
  'settlementId',
  'amount',
  'count',
  'from',
  'to',
  'reason',
  'code',
  'expiresAt',
  /** How many were not taken along. */
  'leftOut',
] as const;
export type AuditDetail = (typeof AUDIT_DETAILS)[number];
export type AuditDetails = Readonly<Partial<Record<AuditDetail, string | number | boolean | null>>>;

export const AUDIT_OUTCOMES = ['SUCCESS', 'FAILURE', 'REFUSED'] as const;
export type AuditOutcome = (typeof AUDIT_OUTCOMES)[number];

/** One money, key or privilege action. The request id and the client's address are taken from the request context. */
export interface AuditEntry {
  /** Who: `actorOf(principal)`, or `system:<name>`. */
  readonly actor: string;
  /** Dotted and never varying, e.g. `api-key.create`. */
  readonly action: string;
  /** The id of what was acted on. */
  readonly target: string;
  readonly mid?: string | null;
  readonly outcome: AuditOutcome;
  readonly details?: AuditDetails;
}

/** A row at which the chain does not hold. */
export interface AuditProblem {
  readonly seq: number;
  /** null when the row itself is gone. */
  readonly id: string | null;
  readonly problem: 'MISSING' | 'ALTERED' | 'UNLINKED' | 'HEAD_DIFFERS';
}

export interface AuditVerification {
  readonly rows: number;
  /** At most AUDIT_PROBLEMS_MAX of them; empty = every row is there and as it was written. */
  readonly problems: readonly AuditProblem[];
}

/** A row as it is found again. */
export interface AuditRow {
  /** 1, 2, 3 … without gaps. */
  readonly seq: number;
  readonly auditId: string;
  readonly at: Date;
  readonly actor: string;
  readonly action: string;
  readonly target: string;
  readonly mid: string | null;
  readonly outcome: AuditOutcome;
  readonly requestId: string | null;
  readonly clientAddress: string | null;
  readonly details: AuditDetails;
}
