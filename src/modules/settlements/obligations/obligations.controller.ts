import { Controller, Get, Query, Res } from '@nestjs/common';
import { ApiBearerAuth, ApiOperation, ApiResponse, ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { COMMON_ERRORS } from '../../../common/errors/common.errors';
import { CurrentPrincipal, MemberRoles } from '../../../common/http/decorators';
import type { Principal } from '../../../common/http/principal';
import { ApiErrors } from '../../../common/openapi/api-errors';
import { ApiExport } from '../../../common/openapi/api-export';
import { SETTLEMENT_RUN_ERRORS } from '../run/settlement-run.errors';
import { SETTLEMENT_ERRORS } from '../settlements.errors';
import {
  ExportObligationsQuery,
  ObligationsListResponse,
  ObligationsQuery,
  ObligationsResponse,
} from './dto/obligation.dto';
import { ObligationReports } from './obligations.service';

const LIST_DEFAULT = 50;
const { VALIDATION_FAILED } = COMMON_ERRORS;
const { DAY_NOT_OVER } = SETTLEMENT_RUN_ERRORS;
const { SETTLEMENT_EXPORTS_BUSY } = SETTLEMENT_ERRORS;

@ApiTags('Admin')
@ApiBearerAuth()
@MemberRoles('OPERATOR')
@Controller('v1/admin/settlements/obligations')
export class ObligationsController {
  constructor(private readonly obligations: ObligationReports) {}

  @Get()
  @ApiOperation({
    summary: '정산자금 의무 / Obligations of settlement funds',
    description:
      '날이 끝날 때 가맹점과 이용자에게 줄 돈, 외부에 맡겨야 할 금액과 맡긴 금액(전자금융거래법 제25조의4). 끝난 날마다 한 번 적으며 바뀌지 않습니다. date로 하루를, from과 to로 기간을 봅니다.\n\nAt the end of a day: what is owed to merchants and payers, what of it others have to hold, and what they hold. Kept once for each day that is over, and never changed. One day by date, a period by from and to.',
  })
  @ApiResponse({ status: 200, description: '정산자금 의무 / The obligations', type: ObligationsListResponse })
  @ApiErrors({ VALIDATION_FAILED, DAY_NOT_OVER })
  async list(@Query() query: ObligationsQuery): Promise<ObligationsListResponse> {
    const { date, from, to, limit = LIST_DEFAULT, cursor } = query;
    const { data, nextCursor } =
      date === undefined
        ? await this.obligations.list({ from: from!, to: to! }, { limit, cursor })
        : await this.obligations.ofDay(date);
    return { data: data.map((each) => ObligationsResponse.of(each)), nextCursor };
  }

  @Get('export')
  @ApiOperation({
    summary: '정산자금 의무 내려받기 / Export of obligations',
    description: '하루에 한 줄, 늦은 날부터. / A row for each day, the latest first.',
  })
  @ApiExport('"기준일","지급보류","정산 미지급"\r\n"2026-11-20",500000,8200000\r\n')
  @ApiErrors({ VALIDATION_FAILED, SETTLEMENT_EXPORTS_BUSY })
  async export(
    @Query() query: ExportObligationsQuery,
    @Res() reply: FastifyReply,
    @CurrentPrincipal() principal: Principal,
  ): Promise<void> {
    const { headers, stream } = await this.obligations.export(principal, query);
    void reply.headers(headers).send(stream);
  }
}
