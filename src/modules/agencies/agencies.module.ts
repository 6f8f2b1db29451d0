import { Module } from '@nestjs/common';
import { AuditModule } from '../audit/audit.module';
import { MembersModule } from '../members/members.module';
import { AgenciesController } from './agencies.controller';
import { AgenciesFacade } from './agencies.facade';
import { AgenciesRepository } from './agencies.repository';
import { AgenciesService } from './agencies.service';
import { AgencyMembersController } from './agency-members.controller';
import { AgencyMembers } from './agency-members.service';
import { CodeNumbers } from './code-numbers';
import { CommissionBook } from './commission-book';
import { CommissionRatesController } from './commission-rates.controller';
import { CommissionRates } from './commission-rates.service';
import { SellersController } from './sellers.controller';
import { SellersService } from './sellers.service';

@Module({
  imports: [AuditModule, MembersModule],
  controllers: [AgenciesController, AgencyMembersController, CommissionRatesController, SellersController],
  providers: [
    AgenciesRepository,
    AgenciesService,
    AgencyMembers,
    CodeNumbers,
    CommissionBook,
    CommissionRates,
    SellersService,
    AgenciesFacade,
  ],
  exports: [AgenciesFacade],
})
export class AgenciesModule {}
