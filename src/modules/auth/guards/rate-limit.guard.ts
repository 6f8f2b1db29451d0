import { type CanActivate, type ExecutionContext, Injectable } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { fault } from '../../../common/errors/app-error';
import { COMMON_ERRORS } from '../../../common/errors/common.errors';
import type { AuthenticatedRequest } from '../../../common/http/decorators';
import { type RateClass, RequestLimits } from '../../../common/http/rate-limit';
import { sourceOf } from '../../../common/http/source-of';
import { AccessPolicies } from './access-policy';

/** Runs after authentication: a merchant system is limited by its mid, a member by its id, everybody else by address. */
@Injectable()
export class RateLimitGuard implements CanActivate {
  constructor(
    private readonly policies: AccessPolicies,
    private readonly limits: RequestLimits,
  ) {}

  async canActivate(context: ExecutionContext): Promise<boolean> {
    const http = context.switchToHttp();
    const request = http.getRequest<AuthenticatedRequest>();
    const { rateClass: declared } = this.policies.of(context);
    if (declared === 'none') return true;
    const [rateClass, key] = bucketOf(declared, request);
    const seen = await this.limits.consume(rateClass, key);
    http.getResponse<FastifyReply>().headers(seen.headers);
    if (seen.allowed) return true;
    throw fault(COMMON_ERRORS, 'RATE_LIMITED', { retryAfterSeconds: seen.resetSeconds });
  }
}

function bucketOf(
  declared: RateClass | undefined,
  { principal, ip }: AuthenticatedRequest,
): [RateClass, string] {
  if (declared !== undefined || principal === undefined) return [declared ?? 'public', sourceOf(ip)];
  return principal.kind === 'MEMBER' ? ['member', principal.memberId] : ['merchant', principal.mid];
}
