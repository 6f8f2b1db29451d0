import { Injectable } from '@nestjs/common';
import { fault } from '../../common/errors/app-error';
import type { Principal } from '../../common/http/principal';
import { MembersFacade } from './members.facade';
import { MEMBERS_ERRORS } from './members.errors';
import type { Member } from './members.types';

@Injectable()
export class MembersService {
  constructor(private readonly members: MembersFacade) {}

  /** Throws MEMBER_NOT_FOUND for a principal that is no member. */
  async ownMember(principal: Principal): Promise<Member> {
    const member = principal.kind === 'MEMBER' ? await this.members.findMember(principal.memberId) : null;
    if (member === null) throw fault(MEMBERS_ERRORS, 'MEMBER_NOT_FOUND');
    return member;
  }
}
