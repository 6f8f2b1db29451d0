import { Module } from '@nestjs/common';
import { AgenciesModule } from '../agencies/agencies.module';
import { AuditModule } from '../audit/audit.module';
import { BranchesModule } from '../branches/branches.module';
import { AgencyMerchantsController } from './agency-merchants.controller';
import { AgencyMerchants } from './agency-merchants.service';
import { ApiKeysController } from './api-keys.controller';
import { ApiKeysService } from './api-keys.service';
import { ContractsController } from './contracts.controller';
import { ContractsService } from './contracts.service';
import { EncryptedRequests } from './encrypted-requests';
import { EncryptionKeysController } from './encryption-keys.controller';
import { EncryptionKeysService } from './encryption-keys.service';
import { MerchantDirectory } from './merchant-directory';
import { MerchantOpenings } from './merchant-opening.service';
import { MerchantRegistrar } from './merchant-registrar.service';
import { MerchantsFacade } from './merchants.facade';

@Module({
  imports: [AuditModule, AgenciesModule, BranchesModule],
  controllers: [ApiKeysController, EncryptionKeysController, ContractsController, AgencyMerchantsController],
  providers: [
    MerchantDirectory,
    EncryptedRequests,
    ApiKeysService,
    EncryptionKeysService,
    ContractsService,
    MerchantRegistrar,
    MerchantOpenings,
    AgencyMerchants,
    MerchantsFacade,
  ],
  exports: [MerchantsFacade],
})
export class MerchantsModule {}
