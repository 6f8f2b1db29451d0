import { fault } from '../../common/errors/app-error';
import { COMMON_ERRORS } from '../../common/errors/common.errors';
import type { Principal } from '../../common/http/principal';
import type { SmsPaymentScope } from './sms-payments.types';

/** What a caller may see. An SMS payment of another merchant or branch is not there for it. */
export function scopeOf(principal: Principal): SmsPaymentScope {
  if (principal.kind === 'MERCHANT_SYSTEM') return { kind: 'MERCHANT', mid: principal.mid };
  const { role, mid, branchId } = principal;
  if (role === 'OPERATOR') return { kind: 'ALL' };
  if (role === 'MERCHANT' && mid !== null) return { kind: 'MERCHANT', mid };
  if (role === 'BRANCH' && mid !== null && branchId !== null) return { kind: 'BRANCH', mid, branchId };
  throw fault(COMMON_ERRORS, 'FORBIDDEN');
}
