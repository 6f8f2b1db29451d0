import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { fault } from '../../common/errors/app-error';
import { COMMON_ERRORS } from '../../common/errors/common.errors';
import { Secret } from '../../common/masking/secret';
import { Clock } from '../../common/time/clock';
import { OneTimeCodes } from './codes/one-time-codes';
import { isCommonPassword } from './common-passwords';
import { MemberNotificationsFacade } from './member-notifications.facade';
import type { Member, PreparedPassword } from './members.types';
import { passwordChangedMessage } from './message-texts';
import { PasswordHasher } from './password-hasher';
import { passwordFaults, type PasswordOwner } from './password.policy';

const NOTICE_LIFETIME_MS = 86_400_000;

/** New passwords: whether they may be one, their hash, and the change itself. */
@Injectable()
export class Passwords {
  constructor(
    private readonly hasher: PasswordHasher,
    private readonly notifications: MemberNotificationsFacade,
    private readonly codes: OneTimeCodes,
    private readonly clock: Clock,
  ) {}

  /** Throws VALIDATION_FAILED that names the field. */
  check(field: string, password: Secret<string>, owner: PasswordOwner): void {
    const errors = passwordFaults(field, password.expose(), owner, isCommonPassword);
    if (errors.length > 0) throw fault(COMMON_ERRORS, 'VALIDATION_FAILED', { errors });
  }

  /** Throws SERVICE_UNAVAILABLE. */
  hash(password: Secret<string>): Promise<string> {
    return this.hasher.hash(password.expose());
  }

  /** Before the transaction that changes it: hashes, and seals the notice. `field` is the password's in the request. */
  async prepare(
    { memberId, mid, loginId, email }: Pick<Member, 'memberId' | 'mid' | 'loginId' | 'email'>,
    field: string,
    password: Secret<string>,
  ): Promise<PreparedPassword> {
    this.check(field, password, { loginId, email });
    const passwordHash = await this.hash(password);
    const notice = await this.notifications.prepare({
      to: { memberId },
      kind: 'SECURITY',
      content: new Secret(passwordChangedMessage()),
      purpose: 'member.password-changed',
      subjectId: memberId,
      expiresAt: new Date(this.clock.now().getTime() + NOTICE_LIFETIME_MS),
    });
    const voidCode = await this.codes.voiding(['RESET', loginId]);
    return { memberId, mid, passwordHash, notice, voidCode };
  }

  /**
   * Sets it, voids a code for another one that is still out, and ends every session of the member (INV-21), if the member
   * is active and, where `epoch` is given, no other change came in between. Answers the new session epoch; null when the
   * password was not changed: the transaction is to be given up then.
   */
  async change(
    tx: EntityManager,
    { memberId, passwordHash, notice, voidCode }: PreparedPassword,
    epoch?: number,
  ): Promise<number | null> {
    // Codes are always locked before members.
    await voidCode(tx);
    const { affectedRows } = await tx.query<{ affectedRows: number }>(
      `UPDATE members SET password_hash = ?, session_epoch = session_epoch + 1
        WHERE id = ? AND status = 'ACTIVE' ${epoch === undefined ? '' : 'AND session_epoch = ?'}`,
      [passwordHash, memberId, ...(epoch === undefined ? [] : [epoch])],
    );
    if (affectedRows !== 1) return null;
    await this.notifications.notify(tx, notice);
    const [row] = await tx.query<{ session_epoch: number }[]>(
      'SELECT session_epoch FROM members WHERE id = ?',
      [memberId],
    );
    return Number(row!.session_epoch);
  }
}
