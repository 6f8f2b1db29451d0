import { Body, Controller, Get, Param, Post, Query, Req } from '@nestjs/common';
import { ApiHeader, ApiOkResponse, ApiOperation, ApiResponse, ApiTags } from '@nestjs/swagger';
import { COMMON_ERRORS } from '../../common/errors/common.errors';
import { CurrentPrincipal, MerchantScope } from '../../common/http/decorators';
import { actorOf, type MerchantPrincipal, type Principal } from '../../common/http/principal';
import { IDEMPOTENCY_HEADER } from '../../common/idempotency/idempotency-header';
import { Idempotent, type IdempotentRequest } from '../../common/idempotency/idempotent.decorator';
import { ApiErrors } from '../../common/openapi/api-errors';
import { PageQuery } from '../../common/pagination/page.query';
import { AdjustPointsRequest, CustomerPath, PointQuoteQuery } from './dto/points.request';
import {
  PointAccountResponse,
  PointEntryResponse,
  PointHistoryResponse,
  PointQuoteResponse,
} from './dto/points.response';
import { POINTS_ERRORS } from './points.errors';
import { PointsService } from './points.service';

const LIST_DEFAULT = 50;

/** Only merchant systems come here, and each sees its own customers only. */
const ownerOf = (principal: Principal, { customerKey }: CustomerPath) => ({
  mid: (principal as MerchantPrincipal).mid,
  customerKey,
});

@ApiTags('Points')
@Controller('v1/points')
export class PointsController {
  constructor(private readonly points: PointsService) {}

  @Get(':customerKey')
  @MerchantScope('payments:read')
  @ApiOperation({
    summary: '포인트 조회 / A customer’s points',
    description:
      '쓸 수 있는 포인트, 진행 중인 결제가 잡은 포인트, 다음 적립이 갚을 금액. / What may be used, what payments under way hold, and what later earnings repay.',
  })
  @ApiOkResponse({ type: PointAccountResponse, description: '포인트 / The points' })
  @ApiErrors(POINTS_ERRORS, 'POINT_ACCOUNT_NOT_FOUND')
  async account(
    @Param() path: CustomerPath,
    @CurrentPrincipal() principal: Principal,
  ): Promise<PointAccountResponse> {
    return PointAccountResponse.of(await this.points.account(ownerOf(principal, path)));
  }

  @Get(':customerKey/history')
  @MerchantScope('payments:read')
  @ApiOperation({
    summary: '포인트 이력 / History of a customer’s points',
    description:
      '모든 변화를 최근 것부터. 변화의 합이 언제나 지금의 포인트입니다. / Every change, newest first; their sum is always what there is.',
  })
  @ApiOkResponse({ type: PointHistoryResponse, description: '이력 / The history' })
  @ApiErrors(POINTS_ERRORS, 'POINT_ACCOUNT_NOT_FOUND')
  async history(
    @Param() path: CustomerPath,
    @Query() query: PageQuery,
    @CurrentPrincipal() principal: Principal,
  ): Promise<PointHistoryResponse> {
    const { limit = LIST_DEFAULT, cursor } = query;
    const { data, nextCursor } = await this.points.history(ownerOf(principal, path), { limit, cursor });
    return { data: data.map((entry) => PointEntryResponse.of(entry)), nextCursor };
  }

  @Get(':customerKey/quote')
  @MerchantScope('payments:read')
  @ApiOperation({
    summary: '포인트 사용 미리 보기 / What an order would come to',
    description:
      '지금 정책으로 할인, 쓸 수 있는 포인트, 카드 금액, 적립을 셉니다. 아무것도 바꾸지 않습니다. / Reckons discount, usable points, card amount and earnings by the policy of the moment. Changes nothing.',
  })
  @ApiOkResponse({ type: PointQuoteResponse, description: '미리 보기 / The reckoning' })
  @ApiErrors(POINTS_ERRORS, 'POINT_ACCOUNT_NOT_FOUND', 'POINTS_NOT_CONTRACTED')
  quote(
    @Param() path: CustomerPath,
    @Query() query: PointQuoteQuery,
    @CurrentPrincipal() principal: Principal,
  ): Promise<PointQuoteResponse> {
    const { method, amount, pointAmount = 0 } = query;
    return this.points.quote(ownerOf(principal, path), { method, amount, pointAmount });
  }

  @Post(':customerKey/adjustments')
  @MerchantScope('payments:write')
  @Idempotent()
  @ApiHeader(IDEMPOTENCY_HEADER)
  @ApiOperation({
    summary: '포인트 조정 / Correct a customer’s points',
    description:
      '더하거나 뺍니다. 0 아래로는 내려가지 않습니다. 처음 보는 고객 키이면 새로 만듭니다. / Adds or takes off, never below zero. A customer key that is new is made.',
  })
  @ApiResponse({
    status: 201,
    type: PointEntryResponse,
    description: '이력의 한 줄 / Its line of the history',
  })
  @ApiErrors(POINTS_ERRORS, 'POINT_BALANCE_TOO_SMALL')
  @ApiErrors(COMMON_ERRORS, 'IDEMPOTENCY_KEY_REUSED', 'IDEMPOTENCY_IN_PROGRESS', 'SERVICE_UNAVAILABLE')
  async adjust(
    @Param() path: CustomerPath,
    @Body() body: AdjustPointsRequest,
    @Req() request: IdempotentRequest,
    @CurrentPrincipal() principal: Principal,
  ): Promise<PointEntryResponse> {
    const requestKey = request.idempotencyKeyHash?.toString('hex') ?? null;
    const owner = ownerOf(principal, path);
    return PointEntryResponse.of(
      await this.points.adjust({ ...body, owner, requestKey }, actorOf(principal)),
    );
  }
}
