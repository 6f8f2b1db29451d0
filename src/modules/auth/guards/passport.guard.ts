import { Injectable } from '@nestjs/common';
import { AuthGuard, type AuthGuardAuthenticateOptions } from '@nestjs/passport';
import { fault } from '../../../common/errors/app-error';
import { COMMON_ERRORS } from '../../../common/errors/common.errors';
import { KeysUnavailable } from '../strategies/bearer';

const CHALLENGES = 'Bearer realm="pg-gateway", Basic realm="pg-gateway", charset="UTF-8"';

/** Runs the strategies until one of them knows the caller, and puts it on the request. */
@Injectable()
export class PassportGuard extends AuthGuard(['merchant-key', 'merchant-token', 'member-token']) {
  override getAuthenticateOptions(): AuthGuardAuthenticateOptions {
    return { property: 'principal', session: false };
  }

  /** One answer for everything that can be wrong with credentials: what it was would help only a guesser. */
  override handleRequest<T>(error: unknown, principal: T | false | null, info: unknown): T {
    if (error !== null && error !== undefined) throw error as Error;
    const unavailable = [info].flat().find((reason) => reason instanceof KeysUnavailable);
    if (unavailable !== undefined) {
      throw fault(COMMON_ERRORS, 'SERVICE_UNAVAILABLE', { cause: unavailable, retryAfterSeconds: 1 });
    }
    if (principal === false || principal === null) {
      throw fault(COMMON_ERRORS, 'UNAUTHENTICATED', { headers: { 'www-authenticate': CHALLENGES } });
    }
    return principal;
  }
}
