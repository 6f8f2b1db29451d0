import { Body, Controller, Get, Put, Query } from '@nestjs/common';
import { ApiBearerAuth, ApiOperation, ApiResponse, ApiTags } from '@nestjs/swagger';
import { fault } from '../../../common/errors/app-error';
import { COMMON_ERRORS } from '../../../common/errors/common.errors';
import { CurrentPrincipal, MemberRoles } from '../../../common/http/decorators';
import { actorOf, type Principal } from '../../../common/http/principal';
import { ApiErrors } from '../../../common/openapi/api-errors';
import { SETTLEMENT_ERRORS } from '../settlements.errors';
import { ChangeHolidaysRequest, HolidaysQuery, HolidayYearResponse } from './dto/holidays.dto';
import { Holidays } from './holidays.service';

@ApiTags('Admin')
@ApiBearerAuth()
@MemberRoles('OPERATOR')
@Controller('v1/admin/holidays')
export class HolidaysController {
  constructor(private readonly holidays: Holidays) {}

  @Get()
  @ApiOperation({
    summary: '공휴일 / Public holidays of a year',
    description:
      '관보에서 온 자료와 그 위에 운영자가 정한 날, 그 이력. / What the official gazette’s library says, what operators say over it, and its history.',
  })
  @ApiResponse({ status: 200, description: '한 해의 공휴일 / The year', type: HolidayYearResponse })
  @ApiErrors(COMMON_ERRORS, 'VALIDATION_FAILED')
  async list(@Query() { year }: HolidaysQuery): Promise<HolidayYearResponse> {
    return HolidayYearResponse.of(await this.holidays.list(year));
  }

  @Put()
  @ApiOperation({
    summary: '공휴일 정하기 / Tell holidays of a year',
    description:
      '적은 날을 휴일로 하거나(ADD) 휴일에서 뺍니다(STRIKE). 내일부터의 날만 바꿀 수 있고, 앞선 것은 이력에 남습니다. 자료에 없는 해는 모든 공휴일을 적고 yearComplete로 마쳐야 계산에 쓰입니다. 같은 것을 다시 보내면 아무것도 바뀌지 않습니다. / Makes the named days holidays (ADD) or none (STRIKE), from tomorrow on; what was said before stays in the history. A year that the library lacks is used once all its holidays are told and yearComplete is set. Sending the same again changes nothing.',
  })
  @ApiResponse({
    status: 200,
    description: '이제의 한 해 / The year as it is now',
    type: HolidayYearResponse,
  })
  @ApiErrors(COMMON_ERRORS, 'VALIDATION_FAILED')
  @ApiErrors(SETTLEMENT_ERRORS, 'CALENDAR_DAY_CLOSED')
  async change(
    @Body() body: ChangeHolidaysRequest,
    @CurrentPrincipal() principal: Principal,
  ): Promise<HolidayYearResponse> {
    const { year, yearComplete = false, reason } = body;
    const holidays = body.holidays.map(({ day, kind = 'ADD', name }) => ({ day, kind, name }));
    if (holidays.length === 0 && !yearComplete) {
      throw fault(COMMON_ERRORS, 'VALIDATION_FAILED', { errors: [{ field: 'holidays', code: 'REQUIRED' }] });
    }
    const change = { year, holidays, yearComplete, reason };
    return HolidayYearResponse.of(await this.holidays.change(change, actorOf(principal)));
  }
}
