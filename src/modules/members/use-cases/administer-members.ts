import { Injectable } from '@nestjs/common';
import { fault } from '../../../common/errors/app-error';
import type { MemberPrincipal } from '../../../common/http/principal';
import { MessagingFacade } from '../../messaging/messaging.facade';
import { type MemberFilter, searchOf } from '../member-search.policy';
import { MEMBERS_ERRORS } from '../members.errors';
import { MembersRepository, type PageWish } from '../members.repository';
import type { MemberPage, MemberStatus, MemberView } from '../members.types';
import { ChangeStatus } from './change-status';

/** What an operator does with members. */
@Injectable()
export class AdministerMembers {
  constructor(
    private readonly members: MembersRepository,
    private readonly statuses: ChangeStatus,
    private readonly messaging: MessagingFacade,
  ) {}

  async search(filter: MemberFilter, page: PageWish): Promise<MemberPage> {
    const { query } = filter;
    const phoneIndex = query?.kind === 'PHONE' ? await this.messaging.recipientIndex(query.phone) : null;
    return this.members.search(searchOf(filter, phoneIndex), page);
  }

  /** Throws MEMBER_NOT_FOUND, MEMBER_STATUS_CONFLICT and MEMBER_CHANGED. */
  async setStatus(
    principal: MemberPrincipal,
    memberId: string,
    wish: { readonly status: MemberStatus; readonly reason: string },
  ): Promise<MemberView> {
    const row = await this.members.byId(memberId);
    if (row === null) throw fault(MEMBERS_ERRORS, 'MEMBER_NOT_FOUND');
    await this.statuses.run(principal, row, wish);
    return this.members.viewOf((await this.members.byId(memberId))!);
  }
}
