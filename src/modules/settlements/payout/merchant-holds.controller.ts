import { Body, Controller, Get, HttpCode, Param, Post, Query } from '@nestjs/common';
import { ApiBearerAuth, ApiHeader, ApiOperation, ApiParam, ApiResponse, ApiTags } from '@nestjs/swagger';
import { COMMON_ERRORS } from '../../../common/errors/common.errors';
import { CurrentPrincipal, MemberRoles } from '../../../common/http/decorators';
import { actorOf, type Principal } from '../../../common/http/principal';
import { IDEMPOTENCY_HEADER } from '../../../common/idempotency/idempotency-header';
import { Idempotent } from '../../../common/idempotency/idempotent.decorator';
import { ApiErrors } from '../../../common/openapi/api-errors';
import { SETTLEMENT_ERRORS } from '../settlements.errors';
import { HoldMerchantRequest, HoldsQuery, ReasonRequest } from './dto/settlement.request';
import { MerchantHoldListResponse, MerchantHoldResponse } from './dto/settlement.response';
import { MerchantHolds } from './merchant-holds.service';

const LIST_DEFAULT = 50;

@ApiTags('Admin')
@ApiBearerAuth()
@MemberRoles('OPERATOR')
@Controller('v1/admin/settlement-holds')
export class MerchantHoldsController {
  constructor(private readonly holds: MerchantHolds) {}

  @Get()
  @ApiOperation({
    summary: '가맹점 보류 목록 / Holds of merchants',
    description: '해제한 것도, 최근 것부터. / Released ones too, newest first.',
  })
  @ApiResponse({ status: 200, description: '보류 / The holds', type: MerchantHoldListResponse })
  @ApiErrors(COMMON_ERRORS, 'VALIDATION_FAILED')
  async list(@Query() { mid, limit = LIST_DEFAULT, cursor }: HoldsQuery): Promise<MerchantHoldListResponse> {
    const { data, nextCursor } = await this.holds.list(mid, { limit, cursor });
    return { data: data.map((hold) => MerchantHoldResponse.of(hold)), nextCursor };
  }

  @Post()
  @Idempotent()
  @ApiHeader(IDEMPOTENCY_HEADER)
  @ApiOperation({
    summary: '가맹점 지급 보류 / Hold a merchant',
    description:
      '확정된 정산은 곧바로, 나머지는 지급일에 보류됩니다. 해제할 때까지 아무것도 지급하지 않습니다.\n\nWhat is confirmed is held at once, the rest as its payout day comes. Nothing is paid out until it is released.',
  })
  @ApiResponse({ status: 201, description: '보류됨 / Held', type: MerchantHoldResponse })
  @ApiErrors(COMMON_ERRORS, 'VALIDATION_FAILED', 'NOT_FOUND')
  @ApiErrors(SETTLEMENT_ERRORS, 'SETTLEMENT_MERCHANT_HELD')
  async hold(
    @Body() { mid, reason }: HoldMerchantRequest,
    @CurrentPrincipal() principal: Principal,
  ): Promise<MerchantHoldResponse> {
    return MerchantHoldResponse.of(await this.holds.hold(mid, { actor: actorOf(principal), reason }));
  }

  @Post(':holdId/release')
  @HttpCode(200)
  @Idempotent()
  @ApiHeader(IDEMPOTENCY_HEADER)
  @ApiOperation({
    summary: '가맹점 보류 해제 / Release a merchant',
    description:
      '이 보류로 묶인 정산이 다시 지급할 것이 됩니다. 따로 보류한 정산은 그대로입니다.\n\nWhat was held by it is due again; settlements held by themselves stay held.',
  })
  @ApiParam({ name: 'holdId', description: '보류 ID / Hold id', example: 'hld_01K9Z3V4T5W6X7Y8Z9ABCDEFGH' })
  @ApiResponse({ status: 200, description: '해제됨 / Released', type: MerchantHoldResponse })
  @ApiErrors(COMMON_ERRORS, 'VALIDATION_FAILED')
  @ApiErrors(SETTLEMENT_ERRORS, 'SETTLEMENT_HOLD_NOT_FOUND', 'SETTLEMENT_HOLD_STATE')
  async release(
    @Param('holdId') holdId: string,
    @Body() { reason }: ReasonRequest,
    @CurrentPrincipal() principal: Principal,
  ): Promise<MerchantHoldResponse> {
    return MerchantHoldResponse.of(await this.holds.release(holdId, { actor: actorOf(principal), reason }));
  }
}
