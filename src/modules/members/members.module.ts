import { Module } from '@nestjs/common';
import { AuditModule } from '../audit/audit.module';
import { MessagingModule } from '../messaging/messaging.module';
import { AdminMembersController } from './admin-members.controller';
import { CodeSends } from './codes/code-sends';
import { OneTimeCodes } from './codes/one-time-codes';
import { SteadyAnswer } from './codes/steady-answer';
import { LoginLocksFacade } from './login-locks.facade';
import { MemberInvitationsFacade } from './member-invitations.facade';
import { MemberNotificationsFacade } from './member-notifications.facade';
import { MembersController } from './members.controller';
import { MembersFacade } from './members.facade';
import { MembersRepository } from './members.repository';
import { NewMembers } from './new-members';
import { PasswordHasher } from './password-hasher';
import { Passwords } from './passwords';
import { SignUpController } from './sign-up.controller';
import { StaffController } from './staff.controller';
import { AdministerMembers } from './use-cases/administer-members';
import { ChangeContact } from './use-cases/change-contact';
import { ChangeStatus } from './use-cases/change-status';
import { ManageStaff } from './use-cases/manage-staff';
import { OwnProfiles } from './use-cases/own-profile';
import { Recover } from './use-cases/recover';
import { SignUp } from './use-cases/sign-up';

@Module({
  imports: [AuditModule, MessagingModule],
  controllers: [SignUpController, MembersController, StaffController, AdminMembersController],
  providers: [
    AdministerMembers,
    ChangeContact,
    ChangeStatus,
    CodeSends,
    LoginLocksFacade,
    ManageStaff,
    MemberInvitationsFacade,
    MemberNotificationsFacade,
    MembersFacade,
    MembersRepository,
    NewMembers,
    OneTimeCodes,
    OwnProfiles,
    PasswordHasher,
    Passwords,
    Recover,
    SignUp,
    SteadyAnswer,
  ],
  exports: [LoginLocksFacade, MembersFacade, MemberInvitationsFacade, MemberNotificationsFacade],
})
export class MembersModule {}
