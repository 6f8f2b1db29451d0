import { Module } from '@nestjs/common';
import { AuditModule } from '../audit/audit.module';
import { MerchantsModule } from '../merchants/merchants.module';
import { CalendarController } from './calendar/calendar.controller';
import { HolidaysController } from './calendar/holidays.controller';
import { Holidays } from './calendar/holidays.service';
import { SettlementCalendar } from './calendar/settlement-calendar.service';
import { SettlementTermsController } from './calendar/settlement-terms.controller';
import { SettlementTermsService } from './calendar/settlement-terms.service';
import { SettlementsFacade } from './settlements.facade';

@Module({
  imports: [AuditModule, MerchantsModule],
  controllers: [CalendarController, HolidaysController, SettlementTermsController],
  providers: [Holidays, SettlementTermsService, SettlementCalendar, SettlementsFacade],
  exports: [SettlementsFacade],
})
export class SettlementsModule {}
