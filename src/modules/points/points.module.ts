import { Module } from '@nestjs/common';
import { AuditModule } from '../audit/audit.module';
import { PointPoliciesController } from './point-policies.controller';
import { PointPolicies } from './point-policies.service';
import { PointsController } from './points.controller';
import { PointsFacade } from './points.facade';
import { PointsService } from './points.service';

@Module({
  imports: [AuditModule],
  controllers: [PointsController, PointPoliciesController],
  providers: [PointPolicies, PointsFacade, PointsService],
  exports: [PointsFacade],
})
export class PointsModule {}
