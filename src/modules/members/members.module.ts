import { Module } from '@nestjs/common';
import { MembersController } from './members.controller';
import { MembersFacade } from './members.facade';
import { MembersService } from './members.service';
import { PasswordHasher } from './password-hasher';

@Module({
  controllers: [MembersController],
  providers: [PasswordHasher, MembersFacade, MembersService],
  exports: [MembersFacade],
})
export class MembersModule {}
