import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { UnitOfWork } from '../../../common/db/unit-of-work';
import { fault } from '../../../common/errors/app-error';
import { sourceOf } from '../../../common/http/source-of';
import { Secret } from '../../../common/masking/secret';
import { Clock } from '../../../common/time/clock';
import { AppConfig } from '../../../config/app-config';
import { AuditFacade } from '../../audit/audit.facade';
import { MessagingFacade } from '../../messaging/messaging.facade';
import type { MessageContent } from '../../messaging/messaging.types';
import { CodeSends } from '../codes/code-sends';
import { OneTimeCodes } from '../codes/one-time-codes';
import { SteadyAnswer } from '../codes/steady-answer';
import { LoginLocksFacade } from '../login-locks.facade';
import { MemberNotificationsFacade } from '../member-notifications.facade';
import type { MemberEntity } from '../member.entity';
import { MEMBERS_ERRORS } from '../members.errors';
import { MembersRepository } from '../members.repository';
import type { Contact } from '../members.types';
import { loginIdMessage, resetCodeMessage } from '../message-texts';
import { Passwords } from '../passwords';

/** Members with one phone number, or so many of them. */
const SAME_PHONE_MAX = 10;
const MINUTE_MS = 60_000;

export interface PasswordReset {
  readonly loginId: string;
  readonly code: string;
  readonly password: Secret<string>;
}

/**
 * What a member can do who has forgotten its login id or password. Nothing of it tells whether there is such a member:
 * the answers, the counts and the statements are the same, a message is made for those who do not exist too (and is not
 * kept), and no answer leaves before its time.
 */
@Injectable()
export class Recover {
  constructor(
    private readonly members: MembersRepository,
    private readonly codes: OneTimeCodes,
    private readonly sends: CodeSends,
    private readonly passwords: Passwords,
    private readonly locks: LoginLocksFacade,
    private readonly messaging: MessagingFacade,
    private readonly notifications: MemberNotificationsFacade,
    private readonly audit: AuditFacade,
    private readonly unitOfWork: UnitOfWork,
    private readonly steady: SteadyAnswer,
    private readonly clock: Clock,
    private readonly config: AppConfig,
  ) {}

  /** Sends the login ids of the members of this name and contact to that contact. Throws MEMBER_CODE_TOO_OFTEN. */
  findLoginId(name: string, contact: Contact, address: string): Promise<void> {
    return this.steady.give(async () => {
      const found = (await this.withContact(contact)).filter(
        (row) => row.status !== 'DISABLED' && row.name.normalize('NFC') === name.trim().normalize('NFC'),
      );
      const content = loginIdMessage(found.length === 0 ? ['-'] : found.map(({ loginId }) => loginId));
      const send = await this.preparedSend({
        ...{ about: 'login-id', account: name, contact, address, content },
        ...{ member: found[0] ?? null, purpose: 'member.login-id' },
      });
      await this.unitOfWork.run('member.find-login-id', (tx) => send.write(tx));
      send.go();
    });
  }

  /** Sends a code to the contact if it is that of the active member of this login id. Throws MEMBER_CODE_TOO_OFTEN. */
  findPassword(loginId: string, contact: Contact, address: string): Promise<void> {
    return this.steady.give(async () => {
      const { lifetimeMs } = this.config.memberCodes;
      const id = loginId.toLowerCase();
      const row = await this.members.byLoginId(id);
      const index = await this.messaging.recipientIndex(contact.value);
      const isTheirs =
        contact.channel === 'EMAIL' ? row?.email === contact.value : row?.phoneIndex?.equals(index) === true;
      const member = row !== null && isTheirs && row.status === 'ACTIVE' ? row : null;
      // Another row than the member's own code: a stranger who guesses at contacts must not void it.
      const code = await this.codes.make(member === null ? ['DECOY', id, contact.value] : ['RESET', id]);
      const content = resetCodeMessage(code.code, Math.ceil(lifetimeMs / MINUTE_MS));
      const send = await this.preparedSend({
        ...{ about: 'password', account: id, contact, address, content, member },
        purpose: 'member.reset-code',
      });
      await this.unitOfWork.run('member.find-password', async (tx) => {
        await send.write(tx);
        await this.codes.write(tx, code, { memberId: member?.id ?? null, lifetimeMs });
      });
      send.go();
    });
  }

  /**
   * Sets a new password by the code, ends all sessions, and lifts the lock of failed logins: that of the login id, and
   * that of the place where it is set. Throws MEMBER_CODE_INVALID for a wrong, used or expired code
   * and for a member that is not there, and VALIDATION_FAILED for a bad password.
   */
  async resetPassword({ loginId, code, password }: PasswordReset, address: string): Promise<void> {
    const id = loginId.toLowerCase();
    this.passwords.check('newPassword', password, { loginId: id, email: null });
    return this.steady.give(async () => {
      const proven = await this.codes.tryCode(['RESET', id], code, sourceOf(address));
      const row = await this.members.byLoginId(id);
      if (proven === null || row === null || row.status !== 'ACTIVE' || proven.memberId !== row.id) {
        throw fault(MEMBERS_ERRORS, 'MEMBER_CODE_INVALID');
      }
      const member = { memberId: row.id, mid: row.mid, loginId: row.loginId, email: row.email };
      const prepared = await this.passwords.prepare(member, 'newPassword', password);
      const lift = await this.locks.lifting(id, address);
      await this.unitOfWork.run('member.reset-password', async (tx) => {
        const isUsed = await this.codes.use(tx, proven);
        const epoch = isUsed ? await this.passwords.change(tx, prepared) : null;
        if (epoch === null) throw fault(MEMBERS_ERRORS, 'MEMBER_CODE_INVALID');
        await lift(tx);
        await this.audit.record(tx, {
          actor: `member:${row.id}`,
          action: 'member.reset-password',
          target: row.id,
          mid: row.mid,
          outcome: 'SUCCESS',
        });
      });
      void this.notifications.sendNow(prepared.notice);
    });
  }

  private async withContact({ channel, value }: Contact): Promise<MemberEntity[]> {
    if (channel === 'SMS') {
      return this.members.byPhone(await this.messaging.recipientIndex(value), SAME_PHONE_MAX);
    }
    const row = await this.members.byEmail(value);
    return row === null ? [] : [row];
  }

  /** Counted, and written only for a member; sent after the commit and not waited for. */
  private async preparedSend(wish: {
    readonly about: string;
    readonly account: string;
    readonly contact: Contact;
    readonly address: string;
    readonly content: MessageContent;
    readonly member: MemberEntity | null;
    readonly purpose: string;
  }): Promise<{ write: (tx: EntityManager) => Promise<void>; go: () => void }> {
    const { about, account, contact, address, content, member, purpose } = wish;
    const to = contact.value;
    const counters = await this.sends.counters({ about, source: sourceOf(address), account, contact: to });
    // Not bound to the merchant: the first value of a merchant makes a key, which would take longer.
    const message = await this.messaging.prepare({
      ...{ channel: contact.channel, mid: null, to: new Secret(to), content: new Secret(content), purpose },
      subjectId: member?.id ?? 'nobody',
      expiresAt: new Date(this.clock.now().getTime() + this.config.memberCodes.lifetimeMs),
    });
    return {
      write: async (tx) => {
        await this.sends.count(tx, counters);
        if (member !== null) await this.messaging.enqueue(tx, message);
      },
      go: () => {
        if (member !== null) void this.messaging.sendNow(message.messageId);
      },
    };
  }
}
