import { Controller, Get, HttpCode, Param, Post, Query } from '@nestjs/common';
import { ApiHeader, ApiOperation, ApiParam, ApiResponse, ApiTags } from '@nestjs/swagger';
import { COMMON_ERRORS } from '../../../common/errors/common.errors';
import { ownMid } from '../../../common/http/data-scope';
import { CurrentPrincipal, MemberRoles, MerchantScope } from '../../../common/http/decorators';
import type { Principal } from '../../../common/http/principal';
import { IDEMPOTENCY_HEADER } from '../../../common/idempotency/idempotency-header';
import { Idempotent } from '../../../common/idempotency/idempotent.decorator';
import { ApiErrors } from '../../../common/openapi/api-errors';
import { addDays, startOfKoreanDay } from '../../../common/time/korean-time';
import { WEBHOOKS_ERRORS } from '../webhooks.errors';
import { WebhookDeliveriesQuery } from './dto/webhook-delivery.query';
import {
  WebhookDeliveryDetailResponse,
  WebhookDeliveryListResponse,
  WebhookDeliveryResponse,
} from './dto/webhook-delivery.response';
import { ReadDeliveries } from './read-deliveries.service';
import { Redeliver } from './redeliver.service';

const { VALIDATION_FAILED, FORBIDDEN } = COMMON_ERRORS;
const { WEBHOOK_DELIVERY_NOT_FOUND, WEBHOOK_ENDPOINT_NOT_FOUND, WEBHOOK_ENDPOINT_DISABLED } = WEBHOOKS_ERRORS;
const LIST_DEFAULT = 50;
const ID = { name: 'id', description: '전송 ID / Delivery id', example: 'whd_01KAJR38VNR81X7S9FZBZ4D62E' };

@ApiTags('Webhooks')
@MemberRoles('MERCHANT')
@Controller('v1/webhook-deliveries')
export class WebhookDeliveriesController {
  constructor(
    private readonly deliveries: ReadDeliveries,
    private readonly redeliver: Redeliver,
  ) {}

  @Get()
  @MerchantScope('webhooks:read')
  @ApiOperation({
    summary: '웹훅 전송 목록 / List webhook deliveries',
    description: '최근 것부터 보여 줍니다.\n\nNewest first.',
  })
  @ApiResponse({ status: 200, description: '전송 / The deliveries', type: WebhookDeliveryListResponse })
  @ApiErrors({ VALIDATION_FAILED, FORBIDDEN })
  async list(
    @CurrentPrincipal() principal: Principal,
    @Query() { limit = LIST_DEFAULT, from, to, ...query }: WebhookDeliveriesQuery,
  ): Promise<WebhookDeliveryListResponse> {
    const page = await this.deliveries.list({
      ...{ ...query, limit, mid: ownMid(principal) },
      from: from === undefined ? undefined : startOfKoreanDay(from),
      to: to === undefined ? undefined : startOfKoreanDay(addDays(to, 1)),
    });
    return { data: page.data.map((each) => WebhookDeliveryResponse.of(each)), nextCursor: page.nextCursor };
  }

  @Get(':id')
  @MerchantScope('webhooks:read')
  @ApiOperation({
    summary: '웹훅 전송 하나 / One webhook delivery',
    description:
      '보낸 기록까지 보여 줍니다. 보낸 내용은 GET /v1/events/{id}에 있습니다.\n\nWith its tries. What was sent is at GET /v1/events/{id}.',
  })
  @ApiParam(ID)
  @ApiResponse({ status: 200, description: '전송 / The delivery', type: WebhookDeliveryDetailResponse })
  @ApiErrors({ WEBHOOK_DELIVERY_NOT_FOUND, FORBIDDEN })
  async one(
    @CurrentPrincipal() principal: Principal,
    @Param('id') id: string,
  ): Promise<WebhookDeliveryDetailResponse> {
    const { delivery, attempts } = await this.deliveries.one(ownMid(principal), id);
    return WebhookDeliveryDetailResponse.detail(delivery, attempts);
  }

  @Post(':id/redeliver')
  @HttpCode(202)
  @Idempotent()
  @MerchantScope('webhooks:write')
  @ApiHeader(IDEMPOTENCY_HEADER)
  @ApiOperation({
    summary: '웹훅 다시 보내기 / Send a delivery again',
    description:
      '끝난 전송은 같은 이벤트로 새 전송을 만들고, 다음 시도를 기다리는 전송은 바로 보냅니다.\n\nOne that has ended gets a new delivery of the same event; one that waits for its next try is tried at once.',
  })
  @ApiParam(ID)
  @ApiResponse({
    status: 202,
    description: '보낼 전송 / The delivery to be sent',
    type: WebhookDeliveryResponse,
  })
  @ApiErrors({ WEBHOOK_DELIVERY_NOT_FOUND, WEBHOOK_ENDPOINT_NOT_FOUND, WEBHOOK_ENDPOINT_DISABLED, FORBIDDEN })
  async again(
    @CurrentPrincipal() principal: Principal,
    @Param('id') id: string,
  ): Promise<WebhookDeliveryResponse> {
    return WebhookDeliveryResponse.of(await this.redeliver.one(ownMid(principal), id));
  }
}
