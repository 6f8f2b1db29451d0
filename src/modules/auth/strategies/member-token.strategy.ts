import { Injectable } from '@nestjs/common';
import { PassportStrategy } from '@nestjs/passport';
import { Strategy } from 'passport-jwt';
import { AppConfig } from '../../../config/app-config';
import type { MemberPrincipal } from '../../../common/http/principal';
import { Clock } from '../../../common/time/clock';
import { hasStandardClaims } from '../access-token.policy';
import { AUDIENCES, type MemberClaims } from '../auth.types';
import { Sessions } from '../sessions.service';
import { SigningKeys } from '../signing-keys.service';
import { bearerOptions } from './bearer';

/** Access tokens of members. The session is looked up each time, so that a logout holds at once in every process. */
@Injectable()
export class MemberTokenStrategy extends PassportStrategy(Strategy, 'member-token') {
  constructor(
    config: AppConfig,
    keys: SigningKeys,
    private readonly sessions: Sessions,
    private readonly clock: Clock,
  ) {
    super(bearerOptions(AUDIENCES.member, config.http.publicUrl, keys));
  }

  async validate(_request: unknown, claims: MemberClaims): Promise<MemberPrincipal | null> {
    if (
      typeof claims.sid !== 'string' ||
      !hasStandardClaims({ ...claims }, this.clock.now().getTime() / 1_000)
    ) {
      return null;
    }
    const principal = await this.sessions.findLive(claims.sid);
    return principal?.memberId === claims.sub ? principal : null;
  }
}
