import { Injectable } from '@nestjs/common';
import { PassportStrategy } from '@nestjs/passport';
import type { FastifyRequest } from 'fastify';
import { Strategy } from 'passport-jwt';
import { AppConfig } from '../../../config/app-config';
import type { MerchantPrincipal } from '../../../common/http/principal';
import { Clock } from '../../../common/time/clock';
import { hasStandardClaims } from '../access-token.policy';
import { AUDIENCES, type MerchantClaims } from '../auth.types';
import { MerchantTokens } from '../merchant-tokens.service';
import { SigningKeys } from '../signing-keys.service';
import { bearerOptions, bearerToken } from './bearer';

/** Access tokens of merchant systems, from `POST /oauth/token`. */
@Injectable()
export class MerchantTokenStrategy extends PassportStrategy(Strategy, 'merchant-token') {
  constructor(
    config: AppConfig,
    keys: SigningKeys,
    private readonly tokens: MerchantTokens,
    private readonly clock: Clock,
  ) {
    super(bearerOptions(AUDIENCES.merchant, config.http.publicUrl, keys));
  }

  async validate(request: FastifyRequest, claims: MerchantClaims): Promise<MerchantPrincipal | null> {
    if (!hasStandardClaims({ ...claims }, this.clock.now().getTime() / 1_000)) return null;
    return this.tokens.accept(bearerToken(request)!, claims);
  }
}
