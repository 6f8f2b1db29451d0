import { fault } from '../../common/errors/app-error';
import { COMMON_ERRORS } from '../../common/errors/common.errors';
import type { Principal } from '../../common/http/principal';
import { ownMid } from '../../common/http/data-scope';

/**
 * Whose keys the caller means: a merchant's member its own, an operator those of the merchant that it names. Throws
 * NOT_FOUND for another merchant, VALIDATION_FAILED when an operator names none.
 */
export function keyOwner(principal: Principal, named: string | undefined): string {
  if (principal.kind !== 'MEMBER') throw fault(COMMON_ERRORS, 'FORBIDDEN');
  if (principal.role === 'OPERATOR') {
    if (named !== undefined) return named;
    throw fault(COMMON_ERRORS, 'VALIDATION_FAILED', { errors: [{ field: 'mid', code: 'REQUIRED' }] });
  }
  const mid = ownMid(principal);
  if (named !== undefined && named !== mid) throw fault(COMMON_ERRORS, 'NOT_FOUND');
  return mid;
}
