import { Body, Controller, Get, HttpCode, Param, Post, Query } from '@nestjs/common';
import { ApiBearerAuth, ApiOperation, ApiResponse, ApiTags } from '@nestjs/swagger';
import { COMMON_ERRORS } from '../../../common/errors/common.errors';
import { CurrentPrincipal, MemberRoles } from '../../../common/http/decorators';
import { actorOf, type Principal } from '../../../common/http/principal';
import { ApiErrors } from '../../../common/openapi/api-errors';
import { Clock } from '../../../common/time/clock';
import { AssignCaseRequest, CasePath, CasesQuery, ResolveCaseRequest } from '../dto/case.request';
import { CaseDetailResponse, CaseListResponse, CaseResponse } from '../dto/case.response';
import { RECONCILIATION_ERRORS } from '../reconciliation.errors';
import { ReconciliationCases } from './cases.service';

const LIST_DEFAULT = 50;
const { VALIDATION_FAILED } = COMMON_ERRORS;
const { RECONCILIATION_CASE_NOT_FOUND, RECONCILIATION_CASE_STATE, RECONCILIATION_OWNER_UNKNOWN } =
  RECONCILIATION_ERRORS;

@ApiTags('Admin')
@ApiBearerAuth()
@MemberRoles('OPERATOR')
@Controller('v1/admin/reconciliation/cases')
export class ReconciliationCasesController {
  constructor(
    private readonly cases: ReconciliationCases,
    private readonly clock: Clock,
  ) {}

  @Get()
  @ApiOperation({
    summary: '대사 차이 건 목록 / Reconciliation cases',
    description:
      '원천사의 장부와 우리 장부가 다른 것을 최근 것부터 보여 줍니다.\n\nWhere the acquirer’s book and ours differ, newest first.',
  })
  @ApiResponse({ status: 200, description: '차이 건 / The cases', type: CaseListResponse })
  @ApiErrors({ VALIDATION_FAILED })
  async list(@Query() { limit = LIST_DEFAULT, cursor, ...filter }: CasesQuery): Promise<CaseListResponse> {
    const page = await this.cases.list(filter, { limit, cursor });
    const now = this.clock.now();
    return { data: page.data.map((found) => CaseResponse.of(found, now)), nextCursor: page.nextCursor };
  }

  @Get(':caseId')
  @ApiOperation({
    summary: '대사 차이 건 조회 / One reconciliation case',
    description: '있었던 일과 함께 보여 줍니다. / With everything that happened to it.',
  })
  @ApiResponse({ status: 200, description: '차이 건 / The case', type: CaseDetailResponse })
  @ApiErrors({ VALIDATION_FAILED, RECONCILIATION_CASE_NOT_FOUND })
  async one(@Param() { caseId }: CasePath): Promise<CaseDetailResponse> {
    return CaseDetailResponse.ofDetail(await this.cases.one(caseId), this.clock.now());
  }

  @Post(':caseId/assign')
  @HttpCode(200)
  @ApiOperation({
    summary: '담당자 정하기 / Give a case an owner',
    description:
      '운영자 한 사람이 맡습니다. 다른 담당자로 바꿀 수도 있습니다.\n\nAn operator looks after it from now on; another one may be named later.',
  })
  @ApiResponse({ status: 200, description: '담당자가 정해짐 / With its owner', type: CaseDetailResponse })
  @ApiErrors({
    ...{ VALIDATION_FAILED, RECONCILIATION_CASE_NOT_FOUND },
    ...{ RECONCILIATION_CASE_STATE, RECONCILIATION_OWNER_UNKNOWN },
  })
  async assign(
    @Param() { caseId }: CasePath,
    @Body() { memberId }: AssignCaseRequest,
    @CurrentPrincipal() principal: Principal,
  ): Promise<CaseDetailResponse> {
    const assigned = await this.cases.assign(caseId, memberId, actorOf(principal));
    return CaseDetailResponse.ofDetail(assigned, this.clock.now());
  }

  @Post(':caseId/resolve')
  @HttpCode(200)
  @ApiOperation({
    summary: '대사 차이 건 종결 / Resolve a case',
    description:
      '어떻게 끝났는지 설명과 함께 남깁니다. 돈과 결제는 바뀌지 않으며, 같은 차이로는 다시 열리지 않습니다.\n\nSays, with a note, how it came to an end. No money and no payment changes by it, and the same difference does not open it again.',
  })
  @ApiResponse({ status: 200, description: '종결됨 / Resolved', type: CaseDetailResponse })
  @ApiErrors({ VALIDATION_FAILED, RECONCILIATION_CASE_NOT_FOUND, RECONCILIATION_CASE_STATE })
  async resolve(
    @Param() { caseId }: CasePath,
    @Body() { resolution, note }: ResolveCaseRequest,
    @CurrentPrincipal() principal: Principal,
  ): Promise<CaseDetailResponse> {
    const resolved = await this.cases.resolve(caseId, { resolution, note }, actorOf(principal));
    return CaseDetailResponse.ofDetail(resolved, this.clock.now());
  }
}
