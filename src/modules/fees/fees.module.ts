import { Module } from '@nestjs/common';
import { AgenciesModule } from '../agencies/agencies.module';
import { AuditModule } from '../audit/audit.module';
import { FeePoliciesController } from './fee-policies.controller';
import { FeePoliciesRepository } from './fee-policies.repository';
import { FeePolicies } from './fee-policies.service';
import { FeesFacade } from './fees.facade';

@Module({
  imports: [AuditModule, AgenciesModule],
  controllers: [FeePoliciesController],
  providers: [FeePoliciesRepository, FeePolicies, FeesFacade],
  exports: [FeesFacade],
})
export class FeesModule {}
