import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { Sealer } from '../../../common/crypto/sealer';
import { isDuplicateKey } from '../../../common/db/database-errors';
import { UnitOfWork } from '../../../common/db/unit-of-work';
import { fault } from '../../../common/errors/app-error';
import type { Principal } from '../../../common/http/principal';
import { actorOf } from '../../../common/http/principal';
import { sourceOf } from '../../../common/http/source-of';
import { maskPhone } from '../../../common/masking/masking';
import { Secret } from '../../../common/masking/secret';
import { Clock } from '../../../common/time/clock';
import { AppConfig } from '../../../config/app-config';
import { AuditFacade } from '../../audit/audit.facade';
import { MessagingFacade } from '../../messaging/messaging.facade';
import { CodeSends } from '../codes/code-sends';
import { OneTimeCodes } from '../codes/one-time-codes';
import { contactContext, maskEmail, phoneContext } from '../member-contacts';
import { MemberNotificationsFacade } from '../member-notifications.facade';
import { MEMBERS_ERRORS } from '../members.errors';
import { MembersRepository } from '../members.repository';
import type { Contact, SentCode } from '../members.types';
import { contactChangedMessage, contactCodeMessage } from '../message-texts';
import { OwnProfiles } from './own-profile';

const MINUTE_MS = 60_000;
const NOTICE_LIFETIME_MS = 86_400_000;

/** A new phone or e-mail address counts once a code that was sent to it has come back. */
@Injectable()
export class ChangeContact {
  constructor(
    private readonly profiles: OwnProfiles,
    private readonly members: MembersRepository,
    private readonly codes: OneTimeCodes,
    private readonly sends: CodeSends,
    private readonly messaging: MessagingFacade,
    private readonly notifications: MemberNotificationsFacade,
    private readonly audit: AuditFacade,
    private readonly unitOfWork: UnitOfWork,
    private readonly sealer: Sealer,
    private readonly clock: Clock,
    private readonly config: AppConfig,
  ) {}

  /**
   * Sends a code to the new contact; the one before is void. Whoever calls has proven the member's password: a session
   * alone must not be enough to take an account over (ASVS 7.5.1). Throws EMAIL_TAKEN and
   * MEMBER_CODE_TOO_OFTEN.
   */
  async ask(principal: Principal, contact: Contact, address: string): Promise<SentCode> {
    const { id: memberId } = await this.profiles.rowOf(principal);
    const { channel, value } = contact;
    const holder = channel === 'EMAIL' ? await this.members.byEmail(value) : null;
    if (holder !== null && holder.id !== memberId) throw fault(MEMBERS_ERRORS, 'EMAIL_TAKEN');
    const { lifetimeMs } = this.config.memberCodes;
    const counters = await this.sends.counters({
      ...{ about: 'contact', source: sourceOf(address), account: memberId, contact: value },
    });
    const code = await this.codes.make(['CONTACT', memberId]);
    const sealed = await this.sealer.seal('pii', contactContext(code.codeId), value);
    const expiresAt = new Date(this.clock.now().getTime() + lifetimeMs);
    const message = await this.messaging.prepare({
      ...{ channel, mid: null, to: new Secret(value), purpose: 'member.contact-code', subjectId: memberId },
      content: new Secret(contactCodeMessage(code.code, Math.ceil(lifetimeMs / MINUTE_MS))),
      expiresAt,
    });
    await this.unitOfWork.run('member.contact-code', async (tx) => {
      await this.sends.count(tx, counters);
      await this.codes.write(tx, code, { memberId, contact: { channel, sealed }, lifetimeMs });
      await this.messaging.enqueue(tx, message);
    });
    void this.messaging.sendNow(message.messageId);
    return { sentTo: channel === 'SMS' ? maskPhone(value) : maskEmail(value), expiresAt };
  }

  /** Throws MEMBER_CODE_INVALID, and EMAIL_TAKEN when somebody else has taken the address meanwhile. */
  async confirm(principal: Principal, code: string): Promise<void> {
    const { id: memberId, mid, loginId } = await this.profiles.rowOf(principal);
    const proven = await this.codes.tryCode(['CONTACT', memberId], code, memberId);
    if (proven === null || proven.contact === null || proven.memberId !== memberId) {
      throw fault(MEMBERS_ERRORS, 'MEMBER_CODE_INVALID');
    }
    const { channel, sealed } = proven.contact;
    const value = (await this.sealer.open('pii', contactContext(proven.codeId), sealed)).toString('utf8');
    // Prepared before the change, so that it goes to the contacts that were there: the change may be a thief's.
    const notice = await this.notifications.prepare({
      to: { memberId },
      kind: 'SECURITY',
      content: new Secret(contactChangedMessage(channel)),
      purpose: 'member.contact-changed',
      subjectId: memberId,
      expiresAt: new Date(this.clock.now().getTime() + NOTICE_LIFETIME_MS),
    });
    const set = await this.setter({ channel, value }, memberId);
    // Whoever holds the contact that goes must not set the password by a code that was sent there.
    const voidCode = await this.codes.voiding(['RESET', loginId]);
    await this.unitOfWork.run('member.contact', async (tx) => {
      if (!(await this.codes.use(tx, proven))) throw fault(MEMBERS_ERRORS, 'MEMBER_CODE_INVALID');
      await voidCode(tx);
      await set(tx);
      await this.notifications.notify(tx, notice);
      await this.audit.record(tx, {
        ...{ actor: actorOf(principal), action: 'member.contact', target: memberId, mid, outcome: 'SUCCESS' },
        details: { changed: channel === 'SMS' ? 'phone' : 'email' },
      });
    });
    void this.notifications.sendNow(notice);
  }

  private async setter(
    { channel, value }: Contact,
    memberId: string,
  ): Promise<(tx: EntityManager) => Promise<void>> {
    if (channel === 'SMS') {
      const sealed = await this.sealer.seal('pii', phoneContext(memberId), value);
      const index = await this.messaging.recipientIndex(value);
      return async (tx) => {
        await tx.query('UPDATE members SET phone_sealed = ?, phone_index = ? WHERE id = ?', [
          ...[sealed, index, memberId],
        ]);
      };
    }
    return async (tx) => {
      try {
        await tx.query('UPDATE members SET email = ? WHERE id = ?', [value, memberId]);
      } catch (error) {
        throw isDuplicateKey(error) ? fault(MEMBERS_ERRORS, 'EMAIL_TAKEN') : error;
      }
    };
  }
}
