import { Body, Controller, Get, Post, Query } from '@nestjs/common';
import { ApiBearerAuth, ApiHeader, ApiOperation, ApiResponse, ApiTags } from '@nestjs/swagger';
import { COMMON_ERRORS } from '../../../common/errors/common.errors';
import { CurrentPrincipal, MemberRoles } from '../../../common/http/decorators';
import { actorOf, type Principal } from '../../../common/http/principal';
import { Idempotent } from '../../../common/idempotency/idempotent.decorator';
import { ApiErrors } from '../../../common/openapi/api-errors';
import { ListTermsQuery, NewTermsRequest, TermsListResponse, TermsResponse } from './dto/terms.dto';
import { SettlementTermsService } from './settlement-terms.service';

const LIST_DEFAULT = 50;

@ApiTags('Admin')
@ApiBearerAuth()
@MemberRoles('OPERATOR')
@Controller('v1/admin/settlement-terms')
export class SettlementTermsController {
  constructor(private readonly terms: SettlementTermsService) {}

  @Get()
  @ApiOperation({
    summary: '정산 조건 / Settlement terms',
    description:
      '지금까지 정한 모든 것, 최근 것부터. 없는 가맹점은 기본 주기를 따릅니다. / All that were ever set, newest first. A merchant without any has the default cycle.',
  })
  @ApiResponse({ status: 200, description: '정산 조건 / The terms', type: TermsListResponse })
  @ApiErrors(COMMON_ERRORS, 'VALIDATION_FAILED')
  async list(@Query() query: ListTermsQuery): Promise<TermsListResponse> {
    const { limit = LIST_DEFAULT, cursor, mid } = query;
    const { data, nextCursor } = await this.terms.list({ limit, cursor, mid });
    return { data: data.map((terms) => TermsResponse.of(terms)), nextCursor };
  }

  @Post()
  @Idempotent()
  @ApiHeader({
    name: 'Idempotency-Key',
    required: false,
    description:
      '같은 키와 같은 내용은 첫 답을 그대로 돌려줍니다. / Same key and content: the first answer again.',
    schema: { type: 'string', minLength: 1, maxLength: 255, example: 'a3f1c0de-0003' },
  })
  @ApiOperation({
    summary: '정산 조건 정하기 / Set settlement terms',
    description:
      'effectiveFrom부터 매입되는 결제의 정산 주기. 계약과 수단, 계약, 수단, 가맹점의 차례로 더 자세한 조건이 앞섭니다. 지난 조건은 바뀌지 않습니다. / The cycle of payments captured from effectiveFrom on. The more particular terms go first: contract and method, contract, method, merchant. What held before stays as it was.',
  })
  @ApiResponse({ status: 201, description: '정해짐 / Set', type: TermsResponse })
  @ApiErrors(COMMON_ERRORS, 'VALIDATION_FAILED', 'NOT_FOUND')
  async add(@Body() body: NewTermsRequest, @CurrentPrincipal() principal: Principal): Promise<TermsResponse> {
    const { mid, contractId = null, method = null, cycle, effectiveFrom, reason } = body;
    const wanted = { mid, contractId, method, cycle, effectiveFrom, reason };
    return TermsResponse.of(await this.terms.add(wanted, actorOf(principal)));
  }
}
