import { Module } from '@nestjs/common';
import { AuditFacade } from './audit.facade';
import { AuditLogsController } from './audit-logs.controller';
import { AuditSearchService } from './audit-search.service';

@Module({
  controllers: [AuditLogsController],
  providers: [AuditFacade, AuditSearchService],
  exports: [AuditFacade],
})
export class AuditModule {}
