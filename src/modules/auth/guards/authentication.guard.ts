import { type CanActivate, type ExecutionContext, Injectable } from '@nestjs/common';
import type { AuthenticatedRequest } from '../../../common/http/decorators';
import { MerchantTokens } from '../merchant-tokens.service';
import { bearerToken } from '../strategies/bearer';
import { AccessPolicies } from './access-policy';
import { PassportGuard } from './passport.guard';

/**
 * Every operation without @Public needs a principal. A merchant system's token that was verified a moment ago is known
 * without waiting; everything else goes through passport.
 */
@Injectable()
export class AuthenticationGuard implements CanActivate {
  constructor(
    private readonly policies: AccessPolicies,
    private readonly tokens: MerchantTokens,
    private readonly passport: PassportGuard,
  ) {}

  canActivate(context: ExecutionContext): boolean | Promise<boolean> {
    const policy = this.policies.of(context);
    const request = context.switchToHttp().getRequest<AuthenticatedRequest>();
    const anonymous = !policy.takesPrincipal || (request.headers.authorization ?? '') === '';
    if (policy.isPublic && anonymous) return true;
    const token = bearerToken(request);
    const known = token === null ? undefined : this.tokens.peek(token);
    if (known === undefined) return this.passport.canActivate(context) as Promise<boolean>;
    request.principal = known;
    return true;
  }
}
