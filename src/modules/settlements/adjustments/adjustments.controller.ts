import { Body, Controller, Get, HttpCode, Param, Post, Query } from '@nestjs/common';
import { ApiBearerAuth, ApiHeader, ApiOperation, ApiParam, ApiResponse, ApiTags } from '@nestjs/swagger';
import { COMMON_ERRORS } from '../../../common/errors/common.errors';
import { CurrentPrincipal, MemberRoles } from '../../../common/http/decorators';
import { actorOf, type Principal } from '../../../common/http/principal';
import { IDEMPOTENCY_HEADER } from '../../../common/idempotency/idempotency-header';
import { Idempotent } from '../../../common/idempotency/idempotent.decorator';
import { ApiErrors } from '../../../common/openapi/api-errors';
import { ReasonRequest } from '../payout/dto/settlement.request';
import { SETTLEMENT_RUN_ERRORS } from '../run/settlement-run.errors';
import { SETTLEMENT_ERRORS } from '../settlements.errors';
import { Adjustments } from './adjustments.service';
import {
  AdjustmentListResponse,
  AdjustmentRequest,
  AdjustmentResponse,
  AdjustmentsQuery,
} from './dto/adjustment.dto';

const LIST_DEFAULT = 50;
const { VALIDATION_FAILED, NOT_FOUND } = COMMON_ERRORS;
const { ADJUSTMENT_NOT_FOUND, ADJUSTMENT_DECIDED, ADJUSTMENT_SAME_OPERATOR, CALENDAR_YEAR_UNKNOWN } =
  SETTLEMENT_ERRORS;
const { PAYOUT_DAYS_FROZEN } = SETTLEMENT_RUN_ERRORS;
const ID = {
  name: 'adjustmentId',
  description: '조정 ID / Adjustment id',
  example: 'adj_01K9Z3V4T5W6X7Y8Z9ABCDEFGH',
};

@ApiTags('Admin')
@ApiBearerAuth()
@MemberRoles('OPERATOR')
@Controller('v1/admin/settlement-adjustments')
export class AdjustmentsController {
  constructor(private readonly adjustments: Adjustments) {}

  @Get()
  @ApiOperation({ summary: '정산 조정 목록 / Adjustments', description: '최근 것부터. / Newest first.' })
  @ApiResponse({ status: 200, description: '조정 / The adjustments', type: AdjustmentListResponse })
  @ApiErrors({ VALIDATION_FAILED })
  async list(@Query() query: AdjustmentsQuery): Promise<AdjustmentListResponse> {
    const { limit = LIST_DEFAULT, cursor, ...filter } = query;
    const { data, nextCursor } = await this.adjustments.list(filter, { limit, cursor });
    return { data: data.map((adjustment) => AdjustmentResponse.of(adjustment)), nextCursor };
  }

  @Post()
  @Idempotent()
  @ApiHeader(IDEMPOTENCY_HEADER)
  @ApiOperation({
    summary: '정산 조정 요청 / Ask for an adjustment',
    description:
      '가맹점에 주거나 가맹점에서 뺄 금액과 까닭. 다른 운영자가 승인해야 반영됩니다.\n\nA sum for the merchant or from it, and why. It counts once another operator has approved it.',
  })
  @ApiResponse({ status: 201, description: '요청됨 / Asked for', type: AdjustmentResponse })
  @ApiErrors({ VALIDATION_FAILED, NOT_FOUND })
  async request(
    @Body() body: AdjustmentRequest,
    @CurrentPrincipal() principal: Principal,
  ): Promise<AdjustmentResponse> {
    return AdjustmentResponse.of(await this.adjustments.request(body, actorOf(principal)));
  }

  @Post(':adjustmentId/approve')
  @HttpCode(200)
  @Idempotent()
  @ApiHeader(IDEMPOTENCY_HEADER)
  @ApiOperation({
    summary: '정산 조정 승인 / Approve an adjustment',
    description:
      '요청한 이가 아닌 운영자가 승인하면 그 계약의 다음 정산에 반영됩니다.\n\nBy another operator than asked for it; it counts in the next open settlement of that contract.',
  })
  @ApiParam(ID)
  @ApiResponse({ status: 200, description: '승인됨 / Approved', type: AdjustmentResponse })
  @ApiErrors({
    ...{ VALIDATION_FAILED, ADJUSTMENT_NOT_FOUND, ADJUSTMENT_DECIDED, ADJUSTMENT_SAME_OPERATOR },
    ...{ CALENDAR_YEAR_UNKNOWN, PAYOUT_DAYS_FROZEN },
  })
  async approve(
    @Param('adjustmentId') adjustmentId: string,
    @Body() { reason }: ReasonRequest,
    @CurrentPrincipal() principal: Principal,
  ): Promise<AdjustmentResponse> {
    return AdjustmentResponse.of(
      await this.adjustments.approve(adjustmentId, { actor: actorOf(principal), reason }),
    );
  }

  @Post(':adjustmentId/reject')
  @HttpCode(200)
  @Idempotent()
  @ApiHeader(IDEMPOTENCY_HEADER)
  @ApiOperation({
    summary: '정산 조정 거절 / Reject an adjustment',
    description: '반영하지 않고 끝냅니다. / Ends it; nothing of it counts.',
  })
  @ApiParam(ID)
  @ApiResponse({ status: 200, description: '거절됨 / Rejected', type: AdjustmentResponse })
  @ApiErrors({ VALIDATION_FAILED, ADJUSTMENT_NOT_FOUND, ADJUSTMENT_DECIDED })
  async reject(
    @Param('adjustmentId') adjustmentId: string,
    @Body() { reason }: ReasonRequest,
    @CurrentPrincipal() principal: Principal,
  ): Promise<AdjustmentResponse> {
    return AdjustmentResponse.of(
      await this.adjustments.reject(adjustmentId, { actor: actorOf(principal), reason }),
    );
  }
}
