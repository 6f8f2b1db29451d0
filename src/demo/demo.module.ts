import { Module } from '@nestjs/common';
import { AgenciesModule } from '../modules/agencies/agencies.module';
import { BranchesModule } from '../modules/branches/branches.module';
import { FeesModule } from '../modules/fees/fees.module';
import { MembersModule } from '../modules/members/members.module';
import { MerchantsModule } from '../modules/merchants/merchants.module';
import { DemoGuard } from './demo-guard';
import { DemoSeeder } from './demo-seeder';

@Module({
  imports: [AgenciesModule, BranchesModule, FeesModule, MembersModule, MerchantsModule],
  providers: [DemoGuard, DemoSeeder],
})
export class DemoModule {}
