import { Controller, Get, Param, Query } from '@nestjs/common';
import { ApiOperation, ApiParam, ApiResponse, ApiTags } from '@nestjs/swagger';
import { COMMON_ERRORS } from '../../../common/errors/common.errors';
import { fault } from '../../../common/errors/app-error';
import { ownMid } from '../../../common/http/data-scope';
import { CurrentPrincipal, MemberRoles, MerchantScope } from '../../../common/http/decorators';
import type { Principal } from '../../../common/http/principal';
import { ApiErrors } from '../../../common/openapi/api-errors';
import { WEBHOOKS_ERRORS } from '../webhooks.errors';
import { WebhookEventListResponse, WebhookEventResponse } from './dto/webhook-event.response';
import { WebhookEventsQuery } from './dto/webhook-events.query';
import { ReadEvents } from './read-events.service';

const { VALIDATION_FAILED, FORBIDDEN } = COMMON_ERRORS;
const { WEBHOOK_EVENT_NOT_FOUND } = WEBHOOKS_ERRORS;
const LIST_DEFAULT = 50;

@ApiTags('Webhooks')
@MerchantScope('webhooks:read')
@MemberRoles('MERCHANT')
@Controller('v1/events')
export class WebhookEventsController {
  constructor(private readonly events: ReadEvents) {}

  @Get()
  @ApiOperation({
    summary: '이벤트 목록 / List events',
    description:
      '웹훅 주소가 없어도 모든 이벤트가 90일 동안 남습니다. 놓친 것은 order=asc와 afterSequence(마지막으로 받은 순번)로 이어 받습니다.\n\nEvery event is kept for 90 days, whether there was an endpoint or not. What was missed is fetched with order=asc and afterSequence, the number of the last one that arrived.',
  })
  @ApiResponse({ status: 200, description: '이벤트 / The events', type: WebhookEventListResponse })
  @ApiErrors({ VALIDATION_FAILED, FORBIDDEN })
  async list(
    @CurrentPrincipal() principal: Principal,
    @Query() { limit = LIST_DEFAULT, order = 'desc', ...query }: WebhookEventsQuery,
  ): Promise<WebhookEventListResponse> {
    const page = await this.events.list({ ...query, limit, order, mid: ownMid(principal) });
    return { data: page.data.map((event) => WebhookEventResponse.of(event)), nextCursor: page.nextCursor };
  }

  @Get(':id')
  @ApiOperation({
    summary: '이벤트 하나 / One event',
    description: '보낸 내용 그대로입니다.\n\nExactly what is sent.',
  })
  @ApiParam({ name: 'id', description: '이벤트 ID / Event id', example: 'evt_01KAJR38VNR81X7S9FZBZ4D62E' })
  @ApiResponse({ status: 200, description: '이벤트 / The event', type: WebhookEventResponse })
  @ApiErrors({ WEBHOOK_EVENT_NOT_FOUND, FORBIDDEN })
  async one(
    @CurrentPrincipal() principal: Principal,
    @Param('id') id: string,
  ): Promise<WebhookEventResponse> {
    const event = await this.events.find(ownMid(principal), id);
    if (event === null) throw fault(WEBHOOKS_ERRORS, 'WEBHOOK_EVENT_NOT_FOUND');
    return WebhookEventResponse.of(event);
  }
}
