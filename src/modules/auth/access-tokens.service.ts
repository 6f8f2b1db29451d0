import { randomBytes } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { JwtService } from '@nestjs/jwt';
import { AppConfig } from '../../config/app-config';
import type { Scope } from '../../common/http/principal';
import { Clock } from '../../common/time/clock';
import {
  accessTokenLifeSeconds,
  CLOCK_TOLERANCE_SECONDS,
  hasStandardClaims,
  kidOf,
} from './access-token.policy';
import {
  type AccessClaims,
  type AccessToken,
  type Audience,
  AUDIENCES,
  type MerchantToken,
} from './auth.types';
import { SigningKeys } from './signing-keys.service';

/** Access tokens: JWT (RFC 9068), signed ES256 by a key that can be rotated; ten minutes at most. */
@Injectable()
export class AccessTokens {
  private readonly lifeSeconds: number;
  private readonly issuer: string;

  constructor(
    private readonly jwt: JwtService,
    private readonly keys: SigningKeys,
    private readonly clock: Clock,
    config: AppConfig,
  ) {
    this.lifeSeconds = accessTokenLifeSeconds(config.auth.accessTokenTtlMs);
    this.issuer = config.http.publicUrl;
  }

  forMember(memberId: string, sessionId: string): Promise<AccessToken> {
    return this.sign({ aud: AUDIENCES.member, sub: memberId, client_id: 'members', sid: sessionId });
  }

  async forMerchant(mid: string, scopes: readonly Scope[]): Promise<MerchantToken> {
    const claims = { aud: AUDIENCES.merchant, sub: mid, client_id: mid, mid, scope: scopes.join(' ') };
    return { ...(await this.sign(claims)), scopes };
  }

  /** The claims of a token of ours that is good now; null for whatever else. Revocation is not looked at. */
  async verified(token: string, audience: Audience): Promise<AccessClaims | null> {
    const kid = kidOf(token);
    const key = kid === null ? undefined : await this.keys.publicKey(kid);
    if (key === undefined) return null;
    try {
      const claims = await this.jwt.verifyAsync<AccessClaims>(token, {
        publicKey: key.export({ format: 'pem', type: 'spki' }),
        algorithms: ['ES256'],
        issuer: this.issuer,
        audience,
      });
      // The library is content when one of several audiences is the right one.
      const isMeant = (claims.aud as unknown) === audience;
      return isMeant && hasStandardClaims({ ...claims }, this.nowSeconds()) ? claims : null;
    } catch {
      return null;
    }
  }

  private async sign(claims: Readonly<Record<string, string>>): Promise<AccessToken> {
    const { kid, privateKey } = await this.keys.active();
    const iat = this.nowSeconds();
    const dates = { iat, nbf: iat - CLOCK_TOLERANCE_SECONDS, exp: iat + this.lifeSeconds };
    const accessToken = await this.jwt.signAsync(
      { iss: this.issuer, jti: randomBytes(16).toString('base64url'), ...claims, ...dates },
      { privateKey, algorithm: 'ES256', header: { alg: 'ES256', typ: 'at+jwt', kid } },
    );
    return { accessToken, expiresIn: this.lifeSeconds };
  }

  private nowSeconds(): number {
    return Math.floor(this.clock.now().getTime() / 1_000);
  }
}
