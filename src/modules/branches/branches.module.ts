import { Module } from '@nestjs/common';
import { AuditModule } from '../audit/audit.module';
import { MembersModule } from '../members/members.module';
import { BranchChanges } from './branch-changes';
import { BranchesController } from './branches.controller';
import { BranchesFacade } from './branches.facade';
import { BranchesRepository } from './branches.repository';
import { BranchesService } from './branches.service';

@Module({
  imports: [AuditModule, MembersModule],
  controllers: [BranchesController],
  providers: [BranchChanges, BranchesRepository, BranchesService, BranchesFacade],
  exports: [BranchesFacade],
})
export class BranchesModule {}
