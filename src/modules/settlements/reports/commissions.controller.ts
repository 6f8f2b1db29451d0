import { Controller, Get, Query } from '@nestjs/common';
import { ApiBearerAuth, ApiOperation, ApiResponse, ApiTags } from '@nestjs/swagger';
import { COMMON_ERRORS } from '../../../common/errors/common.errors';
import { dataScope } from '../../../common/http/data-scope';
import { CurrentPrincipal, MemberRoles } from '../../../common/http/decorators';
import { Revalidated } from '../../../common/http/entity-tag.interceptor';
import type { Principal } from '../../../common/http/principal';
import { ApiErrors } from '../../../common/openapi/api-errors';
import { CommissionReports } from './commission-reports.service';
import { CommissionReportResponse } from './dto/commission.response';
import { PeriodQuery } from './dto/report.request';

const LIST_DEFAULT = 50;

@ApiTags('Agencies')
@ApiBearerAuth()
@MemberRoles('AGENCY')
@Controller('v1/commissions')
export class CommissionsController {
  constructor(private readonly commissions: CommissionReports) {}

  @Get()
  @Revalidated()
  @ApiOperation({
    summary: '대리점 수수료 / Agency commission',
    description:
      '대리점이 받는 수수료, 가맹점마다, 정산된 매입일 기준. 취소된 결제의 몫은 빠집니다.\n\nWhat the agency earns by merchant, of settled days of capture. Cancels take back their part.',
  })
  @ApiResponse({ status: 200, description: '대리점 수수료 / The commission', type: CommissionReportResponse })
  @ApiErrors(COMMON_ERRORS, 'VALIDATION_FAILED')
  async report(
    @Query() { limit = LIST_DEFAULT, ...wish }: PeriodQuery,
    @CurrentPrincipal() principal: Principal,
  ): Promise<CommissionReportResponse> {
    return CommissionReportResponse.of(
      await this.commissions.report(dataScope(principal), { ...wish, limit }),
    );
  }
}
