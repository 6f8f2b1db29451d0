import { Controller, Get, Query } from '@nestjs/common';
import { ApiOperation, ApiResponse, ApiTags } from '@nestjs/swagger';
import { COMMON_ERRORS } from '../../../common/errors/common.errors';
import { dataScope } from '../../../common/http/data-scope';
import { CurrentPrincipal, MemberRoles, MerchantScope } from '../../../common/http/decorators';
import type { Principal } from '../../../common/http/principal';
import { ApiErrors } from '../../../common/openapi/api-errors';
import { SETTLEMENT_ERRORS } from '../settlements.errors';
import { CalendarQuery, SettlementCalendarResponse } from './dto/calendar.dto';
import { SettlementCalendar } from './settlement-calendar.service';

@ApiTags('Settlements')
@Controller('v1/settlements/calendar')
export class CalendarController {
  constructor(private readonly calendar: SettlementCalendar) {}

  @Get()
  @MerchantScope('settlements:read')
  @MemberRoles('OPERATOR', 'AGENCY', 'MERCHANT', 'BRANCH')
  @ApiOperation({
    summary: '정산 달력 / Settlement calendar',
    description:
      '기간의 모든 매입일과 그 지급일. 토·일요일, 공휴일, 5월 1일은 영업일이 아니며, 영업일이 아닌 날의 매입은 다음 영업일의 매입으로 셉니다. 앞으로의 날은 임시공휴일이 생기면 바뀔 수 있습니다. / Every day of capture of the period with its payout day. Weekends, public holidays and 1 May are no business days; what is captured then counts as captured on the next business day. Days to come move when a temporary holiday is declared.',
  })
  @ApiResponse({ status: 200, description: '달력 / The calendar', type: SettlementCalendarResponse })
  @ApiErrors(COMMON_ERRORS, 'VALIDATION_FAILED', 'NOT_FOUND')
  @ApiErrors(SETTLEMENT_ERRORS, 'CALENDAR_YEAR_UNKNOWN')
  async read(
    @Query() query: CalendarQuery,
    @CurrentPrincipal() principal: Principal,
  ): Promise<SettlementCalendarResponse> {
    const { method = 'CARD', contractId = null, ...rest } = query;
    return { data: await this.calendar.read({ ...rest, method, contractId }, dataScope(principal)) };
  }
}
