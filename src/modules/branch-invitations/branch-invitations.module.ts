import { Module } from '@nestjs/common';
import { AuditModule } from '../audit/audit.module';
import { BranchesModule } from '../branches/branches.module';
import { MembersModule } from '../members/members.module';
import { MerchantsModule } from '../merchants/merchants.module';
import { MessagingModule } from '../messaging/messaging.module';
import { BranchInvitationsController } from './branch-invitations.controller';
import { BranchInvitationsFacade } from './branch-invitations.facade';
import { BranchInvitationsRepository } from './branch-invitations.repository';
import { BranchSignUpController } from './branch-sign-up.controller';
import { InvitationMaker } from './invitation-maker';
import { FollowInvitations } from './use-cases/follow-invitations';
import { InviteBranches } from './use-cases/invite-branches';
import { ManageInvitations } from './use-cases/manage-invitations';
import { SignUpBranch } from './use-cases/sign-up-branch';

@Module({
  imports: [AuditModule, BranchesModule, MembersModule, MerchantsModule, MessagingModule],
  controllers: [BranchInvitationsController, BranchSignUpController],
  providers: [
    BranchInvitationsFacade,
    BranchInvitationsRepository,
    FollowInvitations,
    InvitationMaker,
    InviteBranches,
    ManageInvitations,
    SignUpBranch,
  ],
  exports: [BranchInvitationsFacade],
})
export class BranchInvitationsModule {}
