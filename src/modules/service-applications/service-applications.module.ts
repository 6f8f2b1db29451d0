import { Module } from '@nestjs/common';
import { AgenciesModule } from '../agencies/agencies.module';
import { AuditModule } from '../audit/audit.module';
import { FeesModule } from '../fees/fees.module';
import { FilesModule } from '../files/files.module';
import { MembersModule } from '../members/members.module';
import { MerchantsModule } from '../merchants/merchants.module';
import { ACCOUNT_HOLDERS } from './account-holder.port';
import { AcquirerAccountHolders } from './acquirer-account-holders';
import { ApplicationDecisionsController } from './application-decisions.controller';
import { ApplicationNotices } from './application-notices';
import { Referrers } from './referrers';
import { ServiceApplicationsController } from './service-applications.controller';
import { ServiceApplicationsFacade } from './service-applications.facade';
import { ServiceApplicationsJournal } from './service-applications.journal';
import { ServiceApplicationsRepository } from './service-applications.repository';
import { ServiceCodesController } from './service-codes.controller';
import { ServiceCodes } from './service-codes.service';
import { ApproveApplication } from './use-cases/approve-application';
import { DecideApplication } from './use-cases/decide-application';
import { EditApplication } from './use-cases/edit-application';
import { ReadApplications } from './use-cases/read-applications';
import { SubmitApplication } from './use-cases/submit-application';
import { TakeKeys } from './use-cases/take-keys';

@Module({
  imports: [AgenciesModule, AuditModule, FeesModule, FilesModule, MembersModule, MerchantsModule],
  controllers: [ServiceCodesController, ServiceApplicationsController, ApplicationDecisionsController],
  providers: [
    ApplicationNotices,
    ApproveApplication,
    DecideApplication,
    EditApplication,
    ReadApplications,
    Referrers,
    ServiceApplicationsFacade,
    ServiceApplicationsJournal,
    ServiceApplicationsRepository,
    ServiceCodes,
    SubmitApplication,
    TakeKeys,
    { provide: ACCOUNT_HOLDERS, useClass: AcquirerAccountHolders },
  ],
  exports: [ServiceApplicationsFacade],
})
export class ServiceApplicationsModule {}
