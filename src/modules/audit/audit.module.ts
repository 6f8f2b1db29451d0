import { Module } from '@nestjs/common';
import { AuditFacade } from './audit.facade';

@Module({ providers: [AuditFacade], exports: [AuditFacade] })
export class AuditModule {}
