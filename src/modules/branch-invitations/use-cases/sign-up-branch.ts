import { Injectable } from '@nestjs/common';
import { tokenHash } from '../../../common/crypto/link-token';
import { UnitOfWork } from '../../../common/db/unit-of-work';
import { fault } from '../../../common/errors/app-error';
import { Secret } from '../../../common/masking/secret';
import { Clock } from '../../../common/time/clock';
import { AuditFacade } from '../../audit/audit.facade';
import { BranchesFacade } from '../../branches/branches.facade';
import { MembersFacade } from '../../members/members.facade';
import type { ConsentKind } from '../../members/members.types';
import { BRANCH_INVITATION_ERRORS } from '../branch-invitations.errors';
import { BranchInvitationsRepository } from '../branch-invitations.repository';
import { InvitationMaker } from '../invitation-maker';
import { ManageInvitations } from './manage-invitations';

export interface SignUp {
  readonly token: string;
  readonly loginId: string;
  readonly password: string;
  /** Of the person. */
  readonly name: string;
  readonly branchName: string;
  readonly branchCode: string | null;
  readonly address: string;
  /** The branch's telephone, digits. */
  readonly phone: string;
  readonly consents: readonly { readonly consent: ConsentKind; readonly agreed: boolean }[];
}

export interface SignedUp {
  readonly branchId: string;
  readonly mid: string;
  readonly memberId: string;
  readonly loginId: string;
}

/** An invitation is used, once: the branch and its owner are made with it, in one transaction. */
@Injectable()
export class SignUpBranch {
  constructor(
    private readonly manage: ManageInvitations,
    private readonly invitations: BranchInvitationsRepository,
    private readonly maker: InvitationMaker,
    private readonly branches: BranchesFacade,
    private readonly members: MembersFacade,
    private readonly unitOfWork: UnitOfWork,
    private readonly audit: AuditFacade,
    private readonly clock: Clock,
  ) {}

  /** Throws INVITATION_NOT_FOUND; and what members and branches refuse: then the invitation stays good. */
  async run(wanted: SignUp): Promise<SignedUp> {
    const { invitation } = await this.manage.byToken(wanted.token);
    const { mid } = invitation;
    const { branchName, branchCode, address, phone } = wanted;
    const branch = await this.branches.prepare({ mid, name: branchName, code: branchCode, address, phone });
    const { branchId } = branch;
    const owner = await this.members.prepareMember({
      ...{
        role: 'BRANCH',
        position: 'OWNER',
        mid,
        branchId,
        agencyCode: null,
        email: null,
        consents: wanted.consents,
      },
      ...{ loginId: wanted.loginId, password: new Secret(wanted.password), name: wanted.name },
      // Whoever has the link has the number that it went to.
      phone: new Secret(await this.maker.phoneOf(invitation)),
    });
    const actor = `member:${owner.memberId}`;
    const at = this.clock.now();
    await this.unitOfWork.run('branch.sign-up', async (tx) => {
      // Whoever comes second waits here for the first, and finds the invitation used.
      const current = await this.invitations.lockByToken(tx, tokenHash(wanted.token));
      if (current === null || current.expiresAt <= at) {
        throw fault(BRANCH_INVITATION_ERRORS, 'INVITATION_NOT_FOUND');
      }
      await this.branches.insert(tx, branch, { actor, reason: 'signed up by invitation', at });
      const moved = await this.invitations.move(tx, current, {
        to: 'REGISTERED',
        at,
        dueInMs: null,
        branchId,
      });
      if (!moved) throw fault(BRANCH_INVITATION_ERRORS, 'INVITATION_NOT_FOUND');
      await this.members.addMember(tx, owner);
      await this.audit.record(tx, {
        ...{ actor, action: 'branch.sign-up', target: branchId, mid, outcome: 'SUCCESS' },
        details: { branchId, memberId: owner.memberId },
      });
    });
    return { branchId, mid, memberId: owner.memberId, loginId: owner.loginId };
  }
}
