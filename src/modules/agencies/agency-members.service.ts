import { Injectable } from '@nestjs/common';
import { UnitOfWork } from '../../common/db/unit-of-work';
import { fault } from '../../common/errors/app-error';
import type { Secret } from '../../common/masking/secret';
import { AuditFacade } from '../audit/audit.facade';
import { MemberInvitationsFacade } from '../members/member-invitations.facade';
import { MembersFacade } from '../members/members.facade';
import type { Member } from '../members/members.types';
import { AGENCIES_ERRORS } from './agencies.errors';
import { AgenciesRepository } from './agencies.repository';

export interface NewAgencyMember {
  readonly loginId: string;
  readonly name: string;
  readonly phone: Secret<string>;
  readonly email: string | null;
}

/** Gives an agency its people. They set their password with a code that only they get. */
@Injectable()
export class AgencyMembers {
  constructor(
    private readonly agencies: AgenciesRepository,
    private readonly invitations: MemberInvitationsFacade,
    private readonly members: MembersFacade,
    private readonly unitOfWork: UnitOfWork,
    private readonly audit: AuditFacade,
  ) {}

  /**
   * Throws AGENCY_NOT_FOUND, AGENCY_STATUS_CONFLICT for one that is closed, LOGIN_ID_TAKEN, EMAIL_TAKEN and
   * MEMBER_CODE_TOO_OFTEN.
   */
  async add(agencyCode: string, wanted: NewAgencyMember, actor: string): Promise<Member> {
    const invitation = await this.invitations.prepare({
      ...wanted,
      ...{ role: 'AGENCY', position: null, mid: null, branchId: null, agencyCode },
    });
    const { memberId } = invitation;
    await this.unitOfWork.run('agency.add-member', async (tx) => {
      const agency = await this.agencies.hold(tx, agencyCode);
      if (agency === null) throw fault(AGENCIES_ERRORS, 'AGENCY_NOT_FOUND');
      if (agency.status === 'CLOSED') throw fault(AGENCIES_ERRORS, 'AGENCY_STATUS_CONFLICT');
      await this.invitations.write(tx, invitation);
      await this.audit.record(tx, {
        ...{ actor, action: 'agency.add-member', target: agencyCode, outcome: 'SUCCESS' },
        details: { memberId },
      });
    });
    this.invitations.sendNow(invitation);
    return (await this.members.findMember(memberId))!;
  }
}
