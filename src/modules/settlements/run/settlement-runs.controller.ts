import { Body, Controller, Get, Post, Query } from '@nestjs/common';
import { ApiBearerAuth, ApiHeader, ApiOperation, ApiResponse, ApiTags } from '@nestjs/swagger';
import { COMMON_ERRORS } from '../../../common/errors/common.errors';
import { CurrentPrincipal, MemberRoles } from '../../../common/http/decorators';
import { actorOf, type Principal } from '../../../common/http/principal';
import { IDEMPOTENCY_HEADER } from '../../../common/idempotency/idempotency-header';
import { Idempotent } from '../../../common/idempotency/idempotent.decorator';
import { ApiErrors } from '../../../common/openapi/api-errors';
import { PageQuery } from '../../../common/pagination/page.query';
import { RunListResponse, RunRequest, RunResponse } from './dto/settlement-run.dto';
import { SETTLEMENT_RUN_ERRORS } from './settlement-run.errors';
import { SettlementRuns } from './settlement-runs.service';

const LIST_DEFAULT = 50;

@ApiTags('Admin')
@ApiBearerAuth()
@MemberRoles('OPERATOR')
@Controller('v1/admin/settlements/runs')
export class SettlementRunsController {
  constructor(private readonly runs: SettlementRuns) {}

  @Get()
  @ApiOperation({
    summary: '정산 실행 목록 / Daily runs',
    description:
      '늦은 매입일부터 보여 줍니다. waiting은 자료 문제로 그날 정산에서 빠진 가맹점이며, 문제가 풀리면 다음 실행에서 정산됩니다. 그때까지 그 가맹점의 뒷날도 기다립니다.\n\nThe latest day of capture first. waiting names merchants that were left out of the day for a fault in their own data: a later run settles them once it is mended, and until then their later days wait, too.',
  })
  @ApiResponse({ status: 200, description: '정산 실행 / The runs', type: RunListResponse })
  @ApiErrors(COMMON_ERRORS, 'VALIDATION_FAILED')
  async list(@Query() { limit = LIST_DEFAULT, cursor }: PageQuery): Promise<RunListResponse> {
    const { data, nextCursor } = await this.runs.list({ limit, cursor });
    return { data: data.map((run) => RunResponse.of(run)), nextCursor };
  }

  @Post()
  @Idempotent()
  @ApiHeader(IDEMPOTENCY_HEADER)
  @ApiOperation({
    summary: '하루 정산하기 / Settle a day',
    description:
      '그 매입일과, 정산되지 않은 앞선 날을 모두 정산합니다. 작업자가 날마다 스스로 하는 일이며, 두 번 실행해도 달라지지 않습니다. 한 가맹점의 자료 문제는 다른 가맹점의 정산을 막지 않습니다(waiting). 오래 걸리면 RUNNING으로 답하고 계속하며, 앞선 날을 정산하는 동안에는 그날의 실행(captureDate)으로 답합니다.\n\nSettles that day of capture and all earlier ones that are not settled. The worker does so by itself each day; run twice it changes nothing. A fault in one merchant’s data keeps nobody else (waiting). A long run is answered as RUNNING and goes on; while an earlier day is settled, the answer is the run of that day (captureDate).',
  })
  @ApiResponse({ status: 201, description: '정산 실행 / The run', type: RunResponse })
  @ApiErrors(COMMON_ERRORS, 'VALIDATION_FAILED')
  @ApiErrors(SETTLEMENT_RUN_ERRORS, 'DAY_NOT_OVER')
  async run(
    @Body() { captureDate }: RunRequest,
    @CurrentPrincipal() principal: Principal,
  ): Promise<RunResponse> {
    return RunResponse.of(await this.runs.run(captureDate, actorOf(principal)));
  }
}
