import { type CanActivate, type ExecutionContext, Injectable } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { AppError, fault } from '../../../common/errors/app-error';
import { COMMON_ERRORS } from '../../../common/errors/common.errors';
import type { AuthenticatedRequest } from '../../../common/http/decorators';
import { type RateSeen, RequestLimits } from '../../../common/http/rate-limit';
import { sourceOf } from '../../../common/http/source-of';
import { MerchantTokens } from '../merchant-tokens.service';
import { bearerToken } from '../strategies/bearer';
import { AccessPolicies } from './access-policy';
import { PassportGuard } from './passport.guard';

/**
 * Every operation without @Public needs a principal. A merchant system's token that was verified a moment ago is known
 * without waiting; everything else goes through passport. Requests whose credentials are refused count against their
 * address; when it has no more of them left, nothing that it sends is looked up any more.
 */
@Injectable()
export class AuthenticationGuard implements CanActivate {
  constructor(
    private readonly policies: AccessPolicies,
    private readonly tokens: MerchantTokens,
    private readonly passport: PassportGuard,
    private readonly limits: RequestLimits,
  ) {}

  canActivate(context: ExecutionContext): boolean | Promise<boolean> {
    const policy = this.policies.of(context);
    const request = context.switchToHttp().getRequest<AuthenticatedRequest>();
    const anonymous = !policy.takesPrincipal || (request.headers.authorization ?? '') === '';
    if (policy.isPublic && anonymous) return true;
    const token = bearerToken(request);
    const known = token === null ? undefined : this.tokens.peek(token);
    if (known === undefined) return this.examine(context, sourceOf(request.ip));
    request.principal = known;
    return true;
  }

  private async examine(context: ExecutionContext, source: string): Promise<boolean> {
    const exhausted = await this.limits.exhausted('refused', source);
    if (exhausted !== null) throw limited(context, exhausted);
    try {
      return (await this.passport.canActivate(context)) as boolean;
    } catch (error) {
      if (!(error instanceof AppError) || error.code !== 'UNAUTHENTICATED') throw error;
      const seen = await this.limits.consume('refused', source);
      throw seen.allowed ? error : limited(context, seen);
    }
  }
}

function limited(context: ExecutionContext, { headers, resetSeconds }: RateSeen): AppError {
  context.switchToHttp().getResponse<FastifyReply>().headers(headers);
  return fault(COMMON_ERRORS, 'RATE_LIMITED', { retryAfterSeconds: resetSeconds });
}
