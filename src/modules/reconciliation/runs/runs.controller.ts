import { Body, Controller, Get, HttpCode, Post, Query } from '@nestjs/common';
import { ApiBearerAuth, ApiHeader, ApiOperation, ApiResponse, ApiTags } from '@nestjs/swagger';
import { COMMON_ERRORS } from '../../../common/errors/common.errors';
import { CurrentPrincipal, MemberRoles } from '../../../common/http/decorators';
import { actorOf, type Principal } from '../../../common/http/principal';
import { IDEMPOTENCY_HEADER } from '../../../common/idempotency/idempotency-header';
import { Idempotent } from '../../../common/idempotency/idempotent.decorator';
import { ApiErrors } from '../../../common/openapi/api-errors';
import {
  ReconcileRequest,
  ReconcileResponse,
  ReconciliationRunListResponse,
  ReconciliationRunResponse,
  RunsQuery,
} from '../dto/run.dto';
import { RECONCILIATION_ERRORS } from '../reconciliation.errors';
import { RequestedRuns } from './runs.service';

const LIST_DEFAULT = 50;
const { VALIDATION_FAILED, NOT_FOUND } = COMMON_ERRORS;
const { RECONCILIATION_DAY_NOT_OVER, RECONCILIATION_DAY_TOO_OLD } = RECONCILIATION_ERRORS;

@ApiTags('Admin')
@ApiBearerAuth()
@MemberRoles('OPERATOR')
@Controller('v1/admin/reconciliation/runs')
export class ReconciliationRunsController {
  constructor(private readonly runs: RequestedRuns) {}

  @Get()
  @ApiOperation({
    summary: '대사 실행 목록 / Reconciliation runs',
    description:
      '계약과 목록마다 하루에 하나씩, 최근 것부터 보여 줍니다. / One for each contract, list and day; newest first.',
  })
  @ApiResponse({ status: 200, description: '대사 실행 / The runs', type: ReconciliationRunListResponse })
  @ApiErrors({ VALIDATION_FAILED })
  async list(@Query() query: RunsQuery): Promise<ReconciliationRunListResponse> {
    const { limit = LIST_DEFAULT, cursor, mid, date } = query;
    const page = await this.runs.list({ mid, day: date }, { limit, cursor });
    const data = page.data.map((run) => ReconciliationRunResponse.of(run));
    return { data, nextCursor: page.nextCursor };
  }

  @Post()
  @HttpCode(202)
  @Idempotent()
  @ApiHeader(IDEMPOTENCY_HEADER)
  @ApiOperation({
    summary: '하루 대사하기 / Reconcile a day',
    description:
      '원천사의 거래와 정산 목록을 다시 읽어 우리 장부와 비교합니다. 작업자가 날마다 스스로 하는 일이며, 두 번 해도 달라지지 않습니다. 다른 것은 확인 건이 될 뿐 아무것도 고쳐지지 않습니다.\n\nHas the acquirers’ lists of that day read again and compared with our books. The worker does so by itself each day; done twice it changes nothing. What differs becomes a case; nothing is mended.',
  })
  @ApiResponse({ status: 202, description: '시작됨 / Begun', type: ReconcileResponse })
  @ApiErrors({ VALIDATION_FAILED, NOT_FOUND, RECONCILIATION_DAY_NOT_OVER, RECONCILIATION_DAY_TOO_OLD })
  async run(
    @Body() { date, mid }: ReconcileRequest,
    @CurrentPrincipal() principal: Principal,
  ): Promise<ReconcileResponse> {
    const runCount = await this.runs.request(date, mid, actorOf(principal));
    return { date, mid: mid ?? null, runCount };
  }
}
