import { Module } from '@nestjs/common';
import { AuditModule } from '../audit/audit.module';
import { BranchesModule } from '../branches/branches.module';
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
  imports: [AuditModule, BranchesModule],
  controllers: [ApiKeysController, EncryptionKeysController, ContractsController],
  providers: [
    MerchantDirectory,
    EncryptedRequests,
    ApiKeysService,
    EncryptionKeysService,
    ContractsService,
    MerchantRegistrar,
    MerchantOpenings,
    MerchantsFacade,
  ],
  exports: [MerchantsFacade],
})
export class MerchantsModule {}
