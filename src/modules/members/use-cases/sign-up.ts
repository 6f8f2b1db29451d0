import { Injectable } from '@nestjs/common';
import { UnitOfWork } from '../../../common/db/unit-of-work';
import type { Secret } from '../../../common/masking/secret';
import { AuditFacade } from '../../audit/audit.facade';
import { canonicalEmail } from '../member-contacts';
import { MembersRepository } from '../members.repository';
import type { Member } from '../members.types';
import { memberOf } from '../member-view';
import { NewMembers } from '../new-members';

export interface SignUpWish {
  readonly loginId: string;
  readonly password: Secret<string>;
  readonly name: string;
  readonly email: string;
  readonly phone: Secret<string>;
  readonly marketing: boolean;
}

/** Quick sign-up: an owner without a merchant, who may then apply for services. */
@Injectable()
export class SignUp {
  constructor(
    private readonly newMembers: NewMembers,
    private readonly members: MembersRepository,
    private readonly unitOfWork: UnitOfWork,
    private readonly audit: AuditFacade,
  ) {}

  /** Throws VALIDATION_FAILED for a bad password, LOGIN_ID_TAKEN and EMAIL_TAKEN; of two at once one wins. */
  async run({ loginId, password, name, email, phone, marketing }: SignUpWish): Promise<Member> {
    const prepared = await this.newMembers.prepare({
      ...{ loginId, password, name, email, phone },
      ...{ role: 'MERCHANT', position: 'OWNER', mid: null, branchId: null, agencyCode: null },
      consents: [
        { consent: 'TERMS', agreed: true },
        { consent: 'PRIVACY', agreed: true },
        { consent: 'MARKETING', agreed: marketing },
      ],
    });
    const { memberId } = prepared;
    await this.unitOfWork.run('member.sign-up', async (tx) => {
      await this.newMembers.add(tx, prepared);
      await this.audit.record(tx, {
        ...{ actor: `member:${memberId}`, action: 'member.sign-up', target: memberId, outcome: 'SUCCESS' },
      });
    });
    return memberOf((await this.members.byId(memberId))!);
  }

  async isLoginIdFree(loginId: string): Promise<boolean> {
    return (await this.members.byLoginId(loginId.toLowerCase())) === null;
  }

  async isEmailFree(email: string): Promise<boolean> {
    return (await this.members.byEmail(canonicalEmail(email))) === null;
  }
}
