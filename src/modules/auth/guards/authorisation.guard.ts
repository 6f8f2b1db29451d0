import { type CanActivate, type ExecutionContext, Injectable } from '@nestjs/common';
import { fault } from '../../../common/errors/app-error';
import { COMMON_ERRORS } from '../../../common/errors/common.errors';
import type { AuthenticatedRequest } from '../../../common/http/decorators';
import { AccessPolicies, isHeldBack, mayCall } from './access-policy';

/** Runs after authentication. Whose data it is about is the operation's own question, answered 404. */
@Injectable()
export class AuthorisationGuard implements CanActivate {
  constructor(private readonly policies: AccessPolicies) {}

  canActivate(context: ExecutionContext): boolean {
    const policy = this.policies.of(context);
    if (policy.isPublic) return true;
    const { principal, method } = context.switchToHttp().getRequest<AuthenticatedRequest>();
    if (principal === undefined) throw fault(COMMON_ERRORS, 'UNAUTHENTICATED');
    if (mayCall(principal, policy)) {
      if (isHeldBack(principal, policy, method)) {
        const isAgency = principal.kind === 'MEMBER' && principal.role === 'AGENCY';
        throw fault(COMMON_ERRORS, isAgency ? 'AGENCY_SUSPENDED' : 'BRANCH_SUSPENDED');
      }
      return true;
    }
    if (principal.kind === 'MEMBER' || policy.scope === undefined) throw fault(COMMON_ERRORS, 'FORBIDDEN');
    const challenge = `Bearer realm="pg-gateway", error="insufficient_scope", scope="${policy.scope}"`;
    throw fault(COMMON_ERRORS, 'FORBIDDEN', { headers: { 'www-authenticate': challenge } });
  }
}
