import { Injectable } from '@nestjs/common';
import { PassportStrategy } from '@nestjs/passport';
import type { FastifyRequest } from 'fastify';
import passport from 'passport';
import { type MerchantPrincipal, SCOPES } from '../../../common/http/principal';
import { MerchantsFacade } from '../../merchants/merchants.facade';

const HEADER_LENGTH_MAX = 400;

/** passport's bare strategy; its published types know Express requests only. */
interface BareStrategy {
  success(principal: MerchantPrincipal): void;
  fail(): void;
  error(error: unknown): void;
}
const Bare = passport.Strategy as unknown as new () => BareStrategy;

/**
 * `Authorization: Basic base64(<secret key>:)`: the secret key is the user name, and the password is empty. passport's
 * own Basic strategy refuses an empty password.
 */
@Injectable()
export class MerchantKeyStrategy extends PassportStrategy(Bare, 'merchant-key') {
  constructor(private readonly merchants: MerchantsFacade) {
    super();
  }

  authenticate(request: FastifyRequest): void {
    this.validate(request).then(
      (principal) => (principal === null ? this.fail() : this.success(principal)),
      (error: unknown) => this.error(error),
    );
  }

  async validate(request: FastifyRequest): Promise<MerchantPrincipal | null> {
    const secret = secretKeyOf(request.headers.authorization);
    const key = secret === null ? null : await this.merchants.authenticateSecretKey(secret);
    return key === null
      ? null
      : { kind: 'MERCHANT_SYSTEM', mid: key.mid, scopes: SCOPES, credentialId: key.keyId };
  }
}

/** The user name of Basic credentials (RFC 7617) with an empty password; null for anything else. */
export function secretKeyOf(header: string | undefined): string | null {
  if (header === undefined || header.length > HEADER_LENGTH_MAX || !/^basic /i.test(header)) return null;
  const credentials = Buffer.from(header.slice('basic '.length), 'base64').toString('utf8');
  return credentials.length > 1 && credentials.indexOf(':') === credentials.length - 1
    ? credentials.slice(0, -1)
    : null;
}
