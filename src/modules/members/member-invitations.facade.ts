import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { Secret } from '../../common/masking/secret';
import { Clock } from '../../common/time/clock';
import { AppConfig } from '../../config/app-config';
import { MessagingFacade } from '../messaging/messaging.facade';
import type { PreparedMessage } from '../messaging/messaging.types';
import { CodeSends, type SendCounter } from './codes/code-sends';
import { type NewCode, OneTimeCodes } from './codes/one-time-codes';
import { canonicalPhone } from './member-contacts';
import type { NewMember, PreparedMember } from './members.types';
import { invitationMessage } from './message-texts';
import { NewMembers } from './new-members';

const HOUR_MS = 3_600_000;

/** Somebody who is made a member by another, and sets the password with a code that is sent to the phone. */
export interface InvitedMember extends Omit<NewMember, 'password' | 'phone' | 'consents'> {
  readonly phone: Secret<string>;
}

export interface PreparedInvitation {
  readonly memberId: string;
  readonly member: PreparedMember;
  readonly code: NewCode;
  readonly counters: readonly SendCounter[];
  readonly message: PreparedMessage;
}

/** Invites members. What is written goes into the transaction of whoever invites. */
@Injectable()
export class MemberInvitationsFacade {
  constructor(
    private readonly newMembers: NewMembers,
    private readonly codes: OneTimeCodes,
    private readonly sends: CodeSends,
    private readonly messaging: MessagingFacade,
    private readonly clock: Clock,
    private readonly config: AppConfig,
  ) {}

  /** Before the transaction. */
  async prepare(wanted: InvitedMember): Promise<PreparedInvitation> {
    const { phone, mid } = wanted;
    const member = await this.newMembers.prepare({ ...wanted, password: null, consents: [] });
    const { memberId, loginId } = member;
    const lifetimeMs = this.config.memberCodes.invitationLifetimeMs;
    const code = await this.codes.make(['RESET', loginId]);
    const contact = canonicalPhone(phone.expose());
    const counters = await this.sends.counters({
      ...{ about: 'invitation', source: null, account: loginId, contact },
    });
    const message = await this.messaging.prepare({
      ...{ channel: 'SMS', mid, to: new Secret(contact) },
      content: new Secret(invitationMessage(loginId, code.code, Math.ceil(lifetimeMs / HOUR_MS))),
      ...{ purpose: 'member.invitation', subjectId: memberId },
      expiresAt: new Date(this.clock.now().getTime() + lifetimeMs),
    });
    return { memberId, member, code, counters, message };
  }

  /**
   * Throws LOGIN_ID_TAKEN or EMAIL_TAKEN (409), and MEMBER_CODE_TOO_OFTEN (429) when the number has been sent too many
   * codes: the transaction is to be given up then.
   */
  async write(
    tx: EntityManager,
    { memberId, member, code, counters, message }: PreparedInvitation,
  ): Promise<void> {
    await this.sends.count(tx, counters);
    await this.newMembers.add(tx, member);
    const lifetimeMs = this.config.memberCodes.invitationLifetimeMs;
    await this.codes.write(tx, code, { memberId, lifetimeMs });
    await this.messaging.enqueue(tx, message);
  }

  /** After the commit; what is not sent now the worker sends. */
  sendNow({ message }: PreparedInvitation): void {
    void this.messaging.sendNow(message.messageId);
  }
}
