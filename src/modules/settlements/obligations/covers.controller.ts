import { Body, Controller, Get, Post, Query } from '@nestjs/common';
import { ApiBearerAuth, ApiHeader, ApiOperation, ApiResponse, ApiTags } from '@nestjs/swagger';
import { COMMON_ERRORS } from '../../../common/errors/common.errors';
import { CurrentPrincipal, MemberRoles } from '../../../common/http/decorators';
import { actorOf, type Principal } from '../../../common/http/principal';
import { IDEMPOTENCY_HEADER } from '../../../common/idempotency/idempotency-header';
import { Idempotent } from '../../../common/idempotency/idempotent.decorator';
import { ApiErrors } from '../../../common/openapi/api-errors';
import { PageQuery } from '../../../common/pagination/page.query';
import { Covers } from './covers.service';
import { CoverListResponse, CoverRequest, CoverResponse } from './dto/obligation.dto';

const LIST_DEFAULT = 50;
const { VALIDATION_FAILED } = COMMON_ERRORS;

@ApiTags('Admin')
@ApiBearerAuth()
@MemberRoles('OPERATOR')
@Controller('v1/admin/settlement-covers')
export class CoversController {
  constructor(private readonly covers: Covers) {}

  @Get()
  @ApiOperation({
    summary: '외부관리 금액 목록 / Registered cover',
    description: '지금까지 등록한 모든 것, 최근 것부터. / All that was ever registered, newest first.',
  })
  @ApiResponse({ status: 200, description: '외부관리 금액 / The cover', type: CoverListResponse })
  @ApiErrors({ VALIDATION_FAILED })
  async list(@Query() { limit = LIST_DEFAULT, cursor }: PageQuery): Promise<CoverListResponse> {
    const { data, nextCursor } = await this.covers.list({ limit, cursor });
    return { data: data.map((cover) => CoverResponse.of(cover)), nextCursor };
  }

  @Post()
  @Idempotent()
  @ApiHeader(IDEMPOTENCY_HEADER)
  @ApiOperation({
    summary: '외부관리 금액 등록 / Register cover',
    description:
      '신탁·예치·지급보증보험으로 맡긴 정산자금의 전액을 effectiveFrom부터의 것으로 적습니다. 같은 종류와 기관은 나중에 적은 것이 앞섭니다. 지난 날은 바뀌지 않습니다.\n\nAll that is held at an institution from effectiveFrom on. Of one kind and institution the latest said holds. The past stays as it was.',
  })
  @ApiResponse({ status: 201, description: '등록됨 / Registered', type: CoverResponse })
  @ApiErrors({ VALIDATION_FAILED })
  async register(
    @Body() body: CoverRequest,
    @CurrentPrincipal() principal: Principal,
  ): Promise<CoverResponse> {
    return CoverResponse.of(await this.covers.register(body, actorOf(principal)));
  }
}
