import { Module } from '@nestjs/common';
import { MessagingModule } from '../messaging/messaging.module';
import { MemberNotificationsFacade } from './member-notifications.facade';
import { MembersController } from './members.controller';
import { MembersFacade } from './members.facade';
import { MembersService } from './members.service';
import { PasswordHasher } from './password-hasher';

@Module({
  imports: [MessagingModule],
  controllers: [MembersController],
  providers: [PasswordHasher, MembersFacade, MembersService, MemberNotificationsFacade],
  exports: [MembersFacade, MemberNotificationsFacade],
})
export class MembersModule {}
