import type { SqlValue } from '../../../common/db/pool';
import { places } from '../../../common/db/places';
import { type DataScope, scopeCondition } from '../../../common/http/data-scope';
import { databaseTime } from '../../../common/time/korean-time';
import type { Position, SearchCriteria } from '../history.types';

/** A piece of SQL with what stands for its question marks. */
export interface Fragment {
  readonly sql: string;
  readonly values: readonly SqlValue[];
}

export const fragment = (sql: string, ...values: readonly SqlValue[]): Fragment => ({ sql, values });

export function allOf(parts: readonly Fragment[]): Fragment {
  return { sql: parts.map(({ sql }) => sql).join(' AND '), values: parts.flatMap(({ values }) => values) };
}

/** Whose rows one walk goes through, and thereby which index it goes by. */
export type Lane =
  | { readonly kind: 'MERCHANT'; readonly mid: string }
  | { readonly kind: 'BRANCH'; readonly branchId: string }
  | { readonly kind: 'ALL' };

/**
 * MOVEMENTS: payments by their approval, or cancels, from `transactions`. UNAPPROVED: payments that were never approved,
 * by their creation; they have no movement.
 */
export type Stream = 'APPROVALS' | 'CANCELS' | 'UNAPPROVED';

export const INDEXES: Readonly<Record<'MOVEMENTS' | 'UNAPPROVED', Readonly<Record<Lane['kind'], string>>>> = {
  MOVEMENTS: {
    MERCHANT: 'ix_transactions_merchant',
    BRANCH: 'ix_transactions_branch',
    ALL: 'ix_transactions_kind',
  },
  UNAPPROVED: {
    MERCHANT: 'ix_payments_mid_created',
    BRANCH: 'ix_payments_branch',
    ALL: 'ix_payments_created',
  },
};

/** Before every key of a payment without movement: a place with it is before all that is at its instant. */
export const LOWEST_KEY = 'pay_0';
const NEVER_APPROVED_ONLY = new Set(['CREATED', 'IN_PROGRESS', 'WAITING_FOR_DEPOSIT', 'FAILED', 'EXPIRED']);
const APPROVED_ONLY = new Set(['APPROVED', 'PARTIALLY_CANCELLED']);

/** The walks whose rows together are the list: a state may leave out one of them. */
export function streamsOf({ dateBasis, status }: SearchCriteria): readonly Stream[] {
  if (dateBasis === 'cancelled') return ['CANCELS'];
  if (status !== undefined && NEVER_APPROVED_ONLY.has(status)) return ['UNAPPROVED'];
  if (status !== undefined && APPROVED_ONLY.has(status)) return ['APPROVALS'];
  return ['APPROVALS', 'UNAPPROVED'];
}

/** Merchants whose walks are merged; an agency with more is served from the walk through all. */
export const LANES_MAX = 50;

/** `agencyMids`: the merchants of an agency's scope, LANES_MAX + 1 of them at most. */
export function lanesOf(
  { scope, mid, branchId }: SearchCriteria,
  agencyMids: readonly string[],
): readonly Lane[] {
  const ownBranch = scope.kind === 'BRANCH' ? scope.branchId : branchId;
  if (ownBranch !== undefined) return [{ kind: 'BRANCH', branchId: ownBranch }];
  const ownMid = scope.kind === 'MERCHANT' ? scope.mid : mid;
  if (ownMid !== undefined) return [{ kind: 'MERCHANT', mid: ownMid }];
  if (scope.kind === 'AGENCY' && agencyMids.length <= LANES_MAX) {
    return agencyMids.map((each) => ({ kind: 'MERCHANT', mid: each }));
  }
  return [{ kind: 'ALL' }];
}

/** True when rows of a lane may be left out, so that a page may have to walk far for its rows. */
export function isNarrowed(criteria: SearchCriteria, lanes: readonly Lane[]): boolean {
  const { status, methods, minAmount, maxAmount, cardLast4, buyerName, acquirer, bankCode } = criteria;
  const narrowing = [status, methods, minAmount, maxAmount, cardLast4, buyerName, acquirer, bankCode];
  if (narrowing.some((value) => value !== undefined)) return true;
  const { scope, mid, branchId } = criteria;
  // Filters beside the scope's own lane: another merchant's branch, say, of which there is no row.
  if (scope.kind === 'MERCHANT') return mid !== undefined || branchId !== undefined;
  if (scope.kind === 'BRANCH') return mid !== undefined || branchId !== undefined;
  if (branchId !== undefined) return true;
  return scope.kind === 'AGENCY' && (mid !== undefined || lanes.some(({ kind }) => kind === 'ALL'));
}

/** Who looks for one payment is served by what names it, whatever else is given. The most telling one counts. */
export type ExactFilter = 'orderNo' | 'acquirerTransactionId' | 'approvalNo' | 'cardLast4';
const EXACT: readonly ExactFilter[] = ['orderNo', 'acquirerTransactionId', 'approvalNo', 'cardLast4'];

export function exactFilterOf(criteria: SearchCriteria): ExactFilter | null {
  return EXACT.find((name) => criteria[name] !== undefined) ?? null;
}

/** Where a walk finds a column: a movement has some of its payment's, which spares looking its payment up. */
interface Sources {
  readonly mid: string;
  readonly branchId: string;
  readonly method: string;
  readonly acquirer: string;
  readonly amount: string;
}

export const SOURCES: Readonly<Record<Stream, Sources>> = {
  APPROVALS: {
    ...{ mid: 't.mid', branchId: 't.branch_id', method: 't.method', acquirer: 't.acquirer' },
    amount: 't.amount',
  },
  CANCELS: {
    ...{ mid: 't.mid', branchId: 't.branch_id', method: 't.method', acquirer: 't.acquirer' },
    amount: '-t.amount',
  },
  UNAPPROVED: {
    ...{ mid: 'p.mid', branchId: 'p.branch_id', method: 'p.method', acquirer: 'p.acquirer' },
    amount: 'p.amount',
  },
};

/** Everything but the period: filters and, always, the scope. */
export function filterConditions(criteria: SearchCriteria, sources: Sources): Fragment[] {
  const { methods, minAmount, maxAmount, buyerName } = criteria;
  const equal: readonly [string, string | undefined][] = [
    [sources.mid, criteria.mid],
    [sources.branchId, criteria.branchId],
    [sources.acquirer, criteria.acquirer],
    ['p.status', criteria.status],
    ['p.order_no', criteria.orderNo],
    ['p.acquirer_transaction_id', criteria.acquirerTransactionId],
    ['p.approval_no', criteria.approvalNo],
    ['p.card_last4', criteria.cardLast4],
    ['v.bank_code', criteria.bankCode],
  ];
  return [
    scopeFragment(criteria.scope, sources),
    ...equal.flatMap(([column, value]) => (value === undefined ? [] : [fragment(`${column} = ?`, value)])),
    ...(methods === undefined ? [] : [fragment(`${sources.method} IN (${places(methods)})`, ...methods)]),
    ...(minAmount === undefined ? [] : [fragment(`${sources.amount} >= ?`, minAmount)]),
    ...(maxAmount === undefined ? [] : [fragment(`${sources.amount} <= ?`, maxAmount)]),
    ...(buyerName === undefined ? [] : [fragment('p.buyer_name LIKE ?', likePrefix(buyerName))]),
  ];
}

export function scopeFragment(scope: DataScope, columns: { mid: string; branchId: string }): Fragment {
  const { sql, values } = scopeCondition(scope, columns);
  return { sql, values };
}

const likePrefix = (text: string) => `${text.replace(/[\\%_]/g, '\\$&')}%`;

export function laneCondition(lane: Lane, alias: 't' | 'p'): readonly Fragment[] {
  switch (lane.kind) {
    case 'MERCHANT':
      return [fragment(`${alias}.mid = ?`, lane.mid)];
    case 'BRANCH':
      return [fragment(`${alias}.branch_id = ?`, lane.branchId)];
    case 'ALL':
      return [];
  }
}

const isMovementKey = (key: string) => /^\d/.test(key);

/** Rows of `from` and later that come after a place in the list. */
export function spanOf(stream: Stream, from: Date, after: Position): readonly Fragment[] {
  const column = stream === 'UNAPPROVED' ? 'p.created_at' : 't.occurred_at';
  const at = databaseTime(after.at);
  const start = fragment(`${column} >= ?`, databaseTime(from));
  if (stream === 'UNAPPROVED') {
    const upTo = fragment('p.created_at <= ?', at);
    if (isMovementKey(after.key)) return [start, upTo];
    return [start, upTo, fragment('(p.created_at < ? OR p.id < ?)', at, after.key)];
  }
  if (!isMovementKey(after.key)) return [start, fragment('t.occurred_at < ?', at)];
  return [
    start,
    fragment('t.occurred_at <= ?', at),
    // As text: numbers of 64 bits are more than JavaScript's hold.
    fragment('(t.occurred_at < ? OR t.seq < CAST(? AS UNSIGNED))', at, after.key),
  ];
}
