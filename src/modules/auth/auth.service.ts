import { Injectable } from '@nestjs/common';
import { AppConfig } from '../../config/app-config';
import { fault } from '../../common/errors/app-error';
import type { Principal } from '../../common/http/principal';
import { Clock } from '../../common/time/clock';
import { AuditFacade } from '../audit/audit.facade';
import { MembersFacade } from '../members/members.facade';
import type { Member } from '../members/members.types';
import { AccessTokens } from './access-tokens.service';
import { AUTH_ERRORS } from './auth.errors';
import type { LoggedIn, SessionTokens } from './auth.types';
import { beginsLock, failureDelayMs, sourceOf } from './login-attempts.policy';
import { type LoginAttempt, LoginAttempts } from './login-attempts.service';
import { SerialByKey } from '../../common/db/serial-by-key';
import { Sessions } from './sessions.service';

const WAITING_LOGINS_MAX = 20;

/** Login, refresh and logout of members. */
@Injectable()
export class AuthService {
  // Parallel logins of one member from one place come one by one: several right passwords must not look like guesses.
  private readonly lanes = new SerialByKey(WAITING_LOGINS_MAX);

  constructor(
    private readonly members: MembersFacade,
    private readonly sessions: Sessions,
    private readonly tokens: AccessTokens,
    private readonly attempts: LoginAttempts,
    private readonly audit: AuditFacade,
    private readonly clock: Clock,
    private readonly config: AppConfig,
  ) {}

  /**
   * Throws LOGIN_FAILED (401) for an unknown login id, a wrong password and a member that is not active; LOGIN_LOCKED
   * (429, Retry-After) after five failures, for login ids that do not exist as well; SERVICE_UNAVAILABLE (503) when too
   * many passwords are being checked. `address` is the client's.
   */
  login(loginId: string, password: string, address: string): Promise<LoggedIn> {
    const id = loginId.toLowerCase();
    const source = sourceOf(address);
    return this.lanes.run(`${source}|${id}`, async () => {
      const attempt = await this.attempts.begin(id, source);
      const member = await this.checked(id, password, attempt);
      if (member === null) return this.refused(id, attempt);
      await this.attempts.succeeded(attempt);
      const { refreshToken, sessionId } = await this.sessions.start(member);
      return { ...(await this.tokens.forMember(member.memberId, sessionId)), refreshToken, member };
    });
  }

  /** Throws REFRESH_TOKEN_INVALID (401). */
  async refresh(token: string): Promise<SessionTokens> {
    const { memberId, sessionId, refreshToken } = await this.sessions.refresh(token);
    return { ...(await this.tokens.forMember(memberId, sessionId)), refreshToken };
  }

  async logout(principal: Principal): Promise<void> {
    if (principal.kind === 'MEMBER') await this.sessions.end(principal.sessionId, 'LOGOUT');
  }

  private async checked(loginId: string, password: string, attempt: LoginAttempt): Promise<Member | null> {
    try {
      return await this.members.checkPassword(loginId, password);
    } catch (error) {
      await this.attempts.abandoned(attempt);
      throw error;
    }
  }

  private async refused(loginId: string, { decision }: LoginAttempt): Promise<never> {
    if (beginsLock(decision)) {
      const member = await this.members.findByLoginId(loginId);
      await this.audit.recordAlone({
        actor: 'system:auth',
        action: 'login.lock',
        target: member?.memberId ?? 'unknown-login-id',
        mid: member?.mid ?? null,
        outcome: 'REFUSED',
        details: { count: decision.source },
      });
    }
    await this.clock.sleep(failureDelayMs(decision.source) * this.config.timeScale);
    throw fault(AUTH_ERRORS, 'LOGIN_FAILED');
  }
}
