import { fault } from '../errors/app-error';
import { COMMON_ERRORS } from '../errors/common.errors';
import type { Principal } from './principal';

/** Whose rows a caller may see and change. Everything else is not there for it: 404, not 403. */
export type DataScope =
  | { readonly kind: 'ALL' }
  | { readonly kind: 'MERCHANT'; readonly mid: string }
  | { readonly kind: 'BRANCH'; readonly mid: string; readonly branchId: string }
  | { readonly kind: 'AGENCY'; readonly agencyCode: string };

/**
 * The one place that decides scope: an operator sees all, a merchant its own, a branch its own, an agency the merchants
 * that it and the agencies below it brought. Throws FORBIDDEN for a member that belongs nowhere yet: one who has signed
 * up and whose service application is not approved.
 */
export function dataScope(principal: Principal): DataScope {
  if (principal.kind === 'MERCHANT_SYSTEM') return { kind: 'MERCHANT', mid: principal.mid };
  const { role, mid, branchId, agencyCode } = principal;
  if (role === 'OPERATOR') return { kind: 'ALL' };
  if (role === 'MERCHANT' && mid !== null) return { kind: 'MERCHANT', mid };
  if (role === 'BRANCH' && mid !== null && branchId !== null) return { kind: 'BRANCH', mid, branchId };
  if (role === 'AGENCY' && agencyCode !== null) return { kind: 'AGENCY', agencyCode };
  throw fault(COMMON_ERRORS, 'FORBIDDEN');
}

/** For what belongs to one merchant: its system's or its member's. Throws FORBIDDEN for everybody else. */
export function ownMid(principal: Principal): string {
  const scope = dataScope(principal);
  if (scope.kind !== 'MERCHANT') throw fault(COMMON_ERRORS, 'FORBIDDEN');
  return scope.mid;
}

/** How a table names whose a row is; a table without branches has nothing of theirs. */
export interface ScopeColumns {
  readonly mid: string;
  readonly branchId?: string;
}

/** The condition that keeps a statement within a scope. */
export function scopeCondition(
  scope: DataScope,
  { mid, branchId }: ScopeColumns = { mid: 'mid', branchId: 'branch_id' },
): { readonly sql: string; readonly values: string[] } {
  switch (scope.kind) {
    case 'ALL':
      return { sql: 'TRUE', values: [] };
    case 'MERCHANT':
      return { sql: `${mid} = ?`, values: [scope.mid] };
    case 'BRANCH':
      if (branchId === undefined) return { sql: 'FALSE', values: [] };
      return { sql: `${mid} = ? AND ${branchId} = ?`, values: [scope.mid, scope.branchId] };
    case 'AGENCY':
      return {
        sql: `${mid} IN (SELECT m.mid FROM merchants m JOIN agency_paths p ON p.agency_code = m.agency_code
                WHERE p.ancestor_code = ?)`,
        values: [scope.agencyCode],
      };
  }
}
