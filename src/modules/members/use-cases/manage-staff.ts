import { Injectable } from '@nestjs/common';
import { UnitOfWork } from '../../../common/db/unit-of-work';
import { fault } from '../../../common/errors/app-error';
import { type DataScope, dataScope } from '../../../common/http/data-scope';
import { actorOf, type MemberPrincipal } from '../../../common/http/principal';
import { maskPhone } from '../../../common/masking/masking';
import { Secret } from '../../../common/masking/secret';
import { Clock } from '../../../common/time/clock';
import { AppConfig } from '../../../config/app-config';
import { AuditFacade } from '../../audit/audit.facade';
import { MessagingFacade } from '../../messaging/messaging.facade';
import { CodeSends } from '../codes/code-sends';
import { OneTimeCodes } from '../codes/one-time-codes';
import { maskEmail } from '../member-contacts';
import { MemberInvitationsFacade } from '../member-invitations.facade';
import type { MemberEntity } from '../member.entity';
import { MEMBERS_ERRORS } from '../members.errors';
import { MembersRepository, type PageWish } from '../members.repository';
import type { Contact, MemberPage, MemberStatus, MemberView, SentCode } from '../members.types';
import { resetCodeMessage } from '../message-texts';
import { ChangeStatus } from './change-status';

const MINUTE_MS = 60_000;

export interface NewStaff {
  readonly loginId: string;
  readonly name: string;
  readonly phone: Secret<string>;
  readonly email: string | null;
  readonly branchId: string | null;
}

/** What an owner does with the staff of its merchant or branch. Nobody else's staff is there for it. */
@Injectable()
export class ManageStaff {
  constructor(
    private readonly members: MembersRepository,
    private readonly invitations: MemberInvitationsFacade,
    private readonly statuses: ChangeStatus,
    private readonly codes: OneTimeCodes,
    private readonly sends: CodeSends,
    private readonly messaging: MessagingFacade,
    private readonly audit: AuditFacade,
    private readonly unitOfWork: UnitOfWork,
    private readonly clock: Clock,
    private readonly config: AppConfig,
  ) {}

  list(principal: MemberPrincipal, branchId: string | null, page: PageWish): Promise<MemberPage> {
    return this.members.staff(dataScope(principal), branchId, page);
  }

  /**
   * Makes the member, without a password, and sends it a code to set one. Throws LOGIN_ID_TAKEN, EMAIL_TAKEN,
   * STAFF_BRANCH_NOT_FOUND and MEMBER_CODE_TOO_OFTEN.
   */
  async add(principal: MemberPrincipal, wanted: NewStaff): Promise<MemberView> {
    const { mid, branchId } = placeOf(dataScope(principal), wanted.branchId);
    const invitation = await this.invitations.prepare({
      ...{ loginId: wanted.loginId, name: wanted.name, email: wanted.email, phone: wanted.phone },
      ...{ role: branchId === null ? 'MERCHANT' : 'BRANCH', position: 'STAFF' },
      ...{ mid, branchId, agencyCode: null },
    });
    const { memberId } = invitation;
    await this.unitOfWork.run('staff.add', async (tx) => {
      if (branchId !== null && !(await this.members.hasBranch(tx, mid, branchId))) {
        throw fault(MEMBERS_ERRORS, 'STAFF_BRANCH_NOT_FOUND');
      }
      await this.invitations.write(tx, invitation);
      await this.audit.record(tx, {
        ...{ actor: actorOf(principal), action: 'staff.add', target: memberId, mid, outcome: 'SUCCESS' },
        details: { memberId, branchId },
      });
    });
    this.invitations.sendNow(invitation);
    return this.members.viewOf((await this.members.byId(memberId))!);
  }

  async setStatus(
    principal: MemberPrincipal,
    memberId: string,
    wish: { readonly status: MemberStatus; readonly reason: string },
  ): Promise<MemberView> {
    await this.statuses.run(principal, await this.find(principal, memberId), wish);
    return this.members.viewOf((await this.members.byId(memberId))!);
  }

  /** Sends the person a code for a new password. Throws MEMBER_HAS_NO_CONTACT and MEMBER_CODE_TOO_OFTEN. */
  async resetPassword(principal: MemberPrincipal, memberId: string): Promise<SentCode> {
    const row = await this.find(principal, memberId);
    if (row.status !== 'ACTIVE') throw fault(MEMBERS_ERRORS, 'MEMBER_STATUS_CONFLICT');
    const { channel, value } = await this.contactOf(row);
    const { lifetimeMs } = this.config.memberCodes;
    const counters = await this.sends.counters({
      ...{ about: 'password', source: null, account: row.loginId, contact: value },
    });
    const code = await this.codes.make(['RESET', row.loginId]);
    const expiresAt = new Date(this.clock.now().getTime() + lifetimeMs);
    const message = await this.messaging.prepare({
      ...{ channel, mid: row.mid, to: new Secret(value), purpose: 'member.reset-code', subjectId: memberId },
      content: new Secret(resetCodeMessage(code.code, Math.ceil(lifetimeMs / MINUTE_MS))),
      expiresAt,
    });
    await this.unitOfWork.run('staff.reset-password', async (tx) => {
      await this.sends.count(tx, counters);
      await this.codes.write(tx, code, { memberId, lifetimeMs });
      await this.messaging.enqueue(tx, message);
      await this.audit.record(tx, {
        ...{ actor: actorOf(principal), action: 'staff.reset-password', target: memberId, mid: row.mid },
        ...{ outcome: 'SUCCESS', details: { memberId } },
      });
    });
    void this.messaging.sendNow(message.messageId);
    return { sentTo: channel === 'SMS' ? maskPhone(value) : maskEmail(value), expiresAt };
  }

  private async find(principal: MemberPrincipal, memberId: string): Promise<MemberEntity> {
    const row = await this.members.staffById(dataScope(principal), memberId);
    if (row === null) throw fault(MEMBERS_ERRORS, 'MEMBER_NOT_FOUND');
    return row;
  }

  private async contactOf(row: MemberEntity): Promise<Contact> {
    const phone = await this.members.phoneOf(row);
    if (phone !== null) return { channel: 'SMS', value: phone };
    if (row.email !== null) return { channel: 'EMAIL', value: row.email };
    throw fault(MEMBERS_ERRORS, 'MEMBER_HAS_NO_CONTACT');
  }
}

/** Where new staff belongs: a branch's owner has its own branch only. */
function placeOf(scope: DataScope, wanted: string | null): { mid: string; branchId: string | null } {
  if (scope.kind === 'MERCHANT') return { mid: scope.mid, branchId: wanted };
  if (scope.kind !== 'BRANCH' || (wanted !== null && wanted !== scope.branchId)) {
    throw fault(MEMBERS_ERRORS, 'STAFF_BRANCH_NOT_FOUND');
  }
  return { mid: scope.mid, branchId: scope.branchId };
}
