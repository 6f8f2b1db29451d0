import { Injectable } from '@nestjs/common';
import { AppConfig } from '../../config/app-config';
import { fault } from '../../common/errors/app-error';
import { actorOf, type MemberPrincipal, type Principal } from '../../common/http/principal';
import type { Secret } from '../../common/masking/secret';
import { UnitOfWork } from '../../common/db/unit-of-work';
import { MemberNotificationsFacade } from '../members/member-notifications.facade';
import { sourceOf } from '../../common/http/source-of';
import { Clock } from '../../common/time/clock';
import { AuditFacade } from '../audit/audit.facade';
import { MembersFacade } from '../members/members.facade';
import type { Contact, Member, SentCode } from '../members/members.types';
import { AccessTokens } from './access-tokens.service';
import { AUTH_ERRORS } from './auth.errors';
import type { LoggedIn, SessionTokens } from './auth.types';
import { beginsLock, failureDelayMs } from './login-attempts.policy';
import { type LoginAttempt, LoginAttempts } from './login-attempts.service';
import { SerialByKey } from '../../common/db/serial-by-key';
import { Sessions } from './sessions.service';

const WAITING_LOGINS_MAX = 20;

interface PasswordAttempt {
  readonly loginId: string;
  readonly password: string;
  /** The client's. */
  readonly address: string;
  readonly refusal: 'LOGIN_FAILED' | 'CURRENT_PASSWORD_WRONG';
}

export interface PasswordChange {
  readonly currentPassword: Secret<string>;
  readonly newPassword: Secret<string>;
}

export interface ContactWish {
  readonly currentPassword: Secret<string>;
  readonly contact: Contact;
}

/** Login, refresh and logout of members, and what they do with their password. */
@Injectable()
export class AuthService {
  // Parallel logins of one member from one place come one by one: several right passwords must not look like guesses.
  private readonly lanes = new SerialByKey(WAITING_LOGINS_MAX);

  constructor(
    private readonly members: MembersFacade,
    private readonly notifications: MemberNotificationsFacade,
    private readonly unitOfWork: UnitOfWork,
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
    return this.proving({ loginId, password, address, refusal: 'LOGIN_FAILED' }, async (member) => {
      const { refreshToken, sessionId } = await this.sessions.start(member);
      return { ...(await this.tokens.forMember(member.memberId, sessionId)), refreshToken, member };
    });
  }

  /**
   * Sets a new password, proven by the present one: the caller's session stays, all others end (INV-21). A wrong one
   * counts like a failed login. Throws CURRENT_PASSWORD_WRONG, LOGIN_LOCKED, VALIDATION_FAILED, SERVICE_UNAVAILABLE, and
   * PASSWORD_CHANGED_MEANWHILE.
   */
  async changePassword(principal: MemberPrincipal, wish: PasswordChange, address: string): Promise<void> {
    await this.provingOwn(principal, wish.currentPassword, address, async (member) => {
      const prepared = await this.members.preparePassword(member, 'newPassword', wish.newPassword);
      await this.unitOfWork.run('member.password', async (tx) => {
        const epoch = await this.members.changePassword(tx, prepared, member.sessionEpoch);
        if (epoch === null) throw fault(AUTH_ERRORS, 'PASSWORD_CHANGED_MEANWHILE');
        await this.sessions.keep(tx, principal.sessionId, epoch);
        await this.audit.record(tx, {
          ...{ actor: actorOf(principal), action: 'member.password', target: member.memberId },
          ...{ mid: member.mid, outcome: 'SUCCESS' },
        });
      });
      void this.notifications.sendNow(prepared.notice);
    });
  }

  /**
   * Sends a code to a new contact, once the present password is proven: by its contacts a member recovers its account, so
   * that a session alone must not change them. A wrong password counts like a failed login. Throws
   * CURRENT_PASSWORD_WRONG, LOGIN_LOCKED, SERVICE_UNAVAILABLE, EMAIL_TAKEN and MEMBER_CODE_TOO_OFTEN.
   */
  askContact(principal: MemberPrincipal, wish: ContactWish, address: string): Promise<SentCode> {
    return this.provingOwn(principal, wish.currentPassword, address, () =>
      this.members.askContact(principal, wish.contact, address),
    );
  }

  /** Throws REFRESH_TOKEN_INVALID (401). */
  async refresh(token: string): Promise<SessionTokens> {
    const { memberId, sessionId, refreshToken } = await this.sessions.refresh(token);
    return { ...(await this.tokens.forMember(memberId, sessionId)), refreshToken };
  }

  async logout(principal: Principal): Promise<void> {
    if (principal.kind === 'MEMBER') await this.sessions.end(principal.sessionId, 'LOGOUT');
  }

  private async provingOwn<T>(
    { memberId }: MemberPrincipal,
    password: Secret<string>,
    address: string,
    goOn: (member: Member) => Promise<T>,
  ): Promise<T> {
    const caller = await this.members.findMember(memberId);
    if (caller === null) throw fault(AUTH_ERRORS, 'CURRENT_PASSWORD_WRONG');
    const { loginId } = caller;
    const attempt = {
      loginId,
      password: password.expose(),
      address,
      refusal: 'CURRENT_PASSWORD_WRONG',
    } as const;
    return this.proving(attempt, goOn);
  }

  /** Goes on with the member whose password it is; else the try is counted, held back and refused. */
  private proving<T>(
    { loginId, password, address, refusal }: PasswordAttempt,
    goOn: (member: Member) => Promise<T>,
  ): Promise<T> {
    const id = loginId.toLowerCase();
    const source = sourceOf(address);
    return this.lanes.run(`${source}|${id}`, async () => {
      const attempt = await this.attempts.begin(id, source);
      const member = await this.checked(id, password, attempt);
      if (member === null) return this.refused(id, attempt, refusal);
      await this.attempts.succeeded(attempt);
      return goOn(member);
    });
  }

  private async checked(loginId: string, password: string, attempt: LoginAttempt): Promise<Member | null> {
    try {
      return await this.members.checkPassword(loginId, password);
    } catch (error) {
      await this.attempts.abandoned(attempt);
      throw error;
    }
  }

  private async refused(
    loginId: string,
    { decision }: LoginAttempt,
    refusal: PasswordAttempt['refusal'],
  ): Promise<never> {
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
    throw fault(AUTH_ERRORS, refusal);
  }
}
