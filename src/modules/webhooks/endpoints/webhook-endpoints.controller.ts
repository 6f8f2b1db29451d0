import { Body, Controller, Delete, Get, HttpCode, Param, Patch, Post, Query } from '@nestjs/common';
import { ApiCallbacks, ApiHeader, ApiOperation, ApiParam, ApiResponse, ApiTags } from '@nestjs/swagger';
import { COMMON_ERRORS } from '../../../common/errors/common.errors';
import { ownMid } from '../../../common/http/data-scope';
import { CurrentPrincipal, MemberRoles, MerchantScope, OwnersOnly } from '../../../common/http/decorators';
import { actorOf, type Principal } from '../../../common/http/principal';
import { IDEMPOTENCY_HEADER } from '../../../common/idempotency/idempotency-header';
import { Idempotent } from '../../../common/idempotency/idempotent.decorator';
import { ApiErrors } from '../../../common/openapi/api-errors';
import { PageQuery } from '../../../common/pagination/page.query';
import { WebhookDeliveryResponse } from '../deliveries/dto/webhook-delivery.response';
import { Redeliver } from '../deliveries/redeliver.service';
import { WebhookEventResponse } from '../events/dto/webhook-event.response';
import { WEBHOOKS_ERRORS } from '../webhooks.errors';
import {
  ChangeWebhookEndpointRequest,
  NewWebhookEndpointRequest,
  RedeliverRangeRequest,
  RotateSecretRequest,
} from './dto/webhook-endpoint.request';
import {
  RedeliveryResponse,
  WebhookEndpointListResponse,
  WebhookEndpointResponse,
  WebhookEndpointWithSecretResponse,
} from './dto/webhook-endpoint.response';
import { EndpointsService } from './endpoints.service';

const { VALIDATION_FAILED, FORBIDDEN } = COMMON_ERRORS;
const { WEBHOOK_ENDPOINT_NOT_FOUND, WEBHOOK_ENDPOINT_DISABLED, WEBHOOK_ENDPOINT_LIMIT } = WEBHOOKS_ERRORS;
const { WEBHOOK_ENDPOINT_CHANGED, REDELIVERY_TOO_LARGE } = WEBHOOKS_ERRORS;
const LIST_DEFAULT = 50;
const ID = {
  name: 'id',
  description: '웹훅 주소 ID / Endpoint id',
  example: 'whe_01KAJR38VNR81X7S9FZBZ4D62E',
};

@ApiTags('Webhooks')
@MemberRoles('MERCHANT')
@Controller('v1/webhook-endpoints')
export class WebhookEndpointsController {
  constructor(
    private readonly endpoints: EndpointsService,
    private readonly redeliver: Redeliver,
  ) {}

  @Get()
  @MerchantScope('webhooks:read')
  @ApiOperation({
    summary: '웹훅 주소 목록 / List webhook endpoints',
    description: '비밀은 다시 보이지 않습니다.\n\nSecrets are not shown again.',
  })
  @ApiResponse({ status: 200, description: '웹훅 주소 / The endpoints', type: WebhookEndpointListResponse })
  @ApiErrors({ VALIDATION_FAILED, FORBIDDEN })
  async list(
    @CurrentPrincipal() principal: Principal,
    @Query() { limit = LIST_DEFAULT, cursor }: PageQuery,
  ): Promise<WebhookEndpointListResponse> {
    const page = await this.endpoints.list(ownMid(principal), { limit, cursor });
    return { data: page.data.map((each) => WebhookEndpointResponse.of(each)), nextCursor: page.nextCursor };
  }

  @Post()
  @OwnersOnly()
  @Idempotent()
  @MerchantScope('webhooks:write')
  @ApiHeader(IDEMPOTENCY_HEADER)
  @ApiCallbacks({
    name: 'event',
    callbackUrl: '{$request.body#/url}',
    method: 'post',
    requestBody: { type: WebhookEventResponse },
    expectedResponse: { status: 204 },
  })
  @ApiOperation({
    summary: '웹훅 주소 등록 / Register a webhook endpoint',
    description:
      '가맹점마다 16개까지. 등록한 다음 이벤트부터 Standard Webhooks 1.0.0의 서명과 함께 보냅니다. 10초 안에 2xx로 답하고, 같은 id는 한 번만 처리해야 합니다. 410으로 답하면 꺼집니다.\n\nAt most 16 of a merchant. Events from then on are sent to it, signed as Standard Webhooks 1.0.0 says (https://www.standardwebhooks.com). It must answer 2xx within 10 seconds, and act on an id once; 410 disables it.',
  })
  @ApiResponse({
    status: 201,
    description: '등록한 웹훅 주소 / The endpoint',
    type: WebhookEndpointWithSecretResponse,
  })
  @ApiErrors({ VALIDATION_FAILED, FORBIDDEN, WEBHOOK_ENDPOINT_LIMIT })
  async create(
    @CurrentPrincipal() principal: Principal,
    @Body() { url, description = null, eventTypes = null }: NewWebhookEndpointRequest,
  ): Promise<WebhookEndpointWithSecretResponse> {
    const wish = { url, description, eventTypes };
    const made = await this.endpoints.create(ownMid(principal), wish, actorOf(principal));
    return WebhookEndpointWithSecretResponse.withSecret(made);
  }

  @Patch(':id')
  @OwnersOnly()
  @MerchantScope('webhooks:write')
  @ApiOperation({
    summary: '웹훅 주소 바꾸기 / Change a webhook endpoint',
    description:
      '적은 것만 바뀌고, 다음 이벤트부터 적용됩니다.\n\nChanges what is given, from the next event on.',
  })
  @ApiParam(ID)
  @ApiResponse({ status: 200, description: '웹훅 주소 / The endpoint', type: WebhookEndpointResponse })
  @ApiErrors({ VALIDATION_FAILED, FORBIDDEN, WEBHOOK_ENDPOINT_NOT_FOUND })
  async change(
    @CurrentPrincipal() principal: Principal,
    @Param('id') id: string,
    @Body() body: ChangeWebhookEndpointRequest,
  ): Promise<WebhookEndpointResponse> {
    return WebhookEndpointResponse.of(
      await this.endpoints.change(ownMid(principal), id, { ...body }, actorOf(principal)),
    );
  }

  @Delete(':id')
  @OwnersOnly()
  @HttpCode(204)
  @MerchantScope('webhooks:write')
  @ApiOperation({
    summary: '웹훅 주소 지우기 / Delete a webhook endpoint',
    description: '가던 것은 버려집니다. 이벤트는 남습니다.\n\nWhat was on its way is discarded. Events stay.',
  })
  @ApiParam(ID)
  @ApiResponse({ status: 204, description: '지워짐 / Deleted' })
  @ApiErrors({ FORBIDDEN, WEBHOOK_ENDPOINT_NOT_FOUND })
  async remove(@CurrentPrincipal() principal: Principal, @Param('id') id: string): Promise<void> {
    await this.endpoints.remove(ownMid(principal), id, actorOf(principal));
  }

  @Post(':id/rotate-secret')
  @OwnersOnly()
  @HttpCode(200)
  @Idempotent()
  @MerchantScope('webhooks:write')
  @ApiHeader(IDEMPOTENCY_HEADER)
  @ApiOperation({
    summary: '웹훅 비밀 바꾸기 / Rotate the secret',
    description:
      '한동안 두 비밀로 함께 서명하므로, 그사이에 받는 쪽을 바꾸면 됩니다.\n\nFor a while both secrets sign, so that the receiver can change over in between.',
  })
  @ApiParam(ID)
  @ApiResponse({
    status: 200,
    description: '새 비밀 / The new secret',
    type: WebhookEndpointWithSecretResponse,
  })
  @ApiErrors({ VALIDATION_FAILED, FORBIDDEN, WEBHOOK_ENDPOINT_NOT_FOUND, WEBHOOK_ENDPOINT_CHANGED })
  async rotateSecret(
    @CurrentPrincipal() principal: Principal,
    @Param('id') id: string,
    @Body() { overlapSeconds }: RotateSecretRequest,
  ): Promise<WebhookEndpointWithSecretResponse> {
    const overlapMs = overlapSeconds === undefined ? undefined : overlapSeconds * 1_000;
    const made = await this.endpoints.rotate(ownMid(principal), id, overlapMs, actorOf(principal));
    return WebhookEndpointWithSecretResponse.withSecret(made);
  }

  @Post(':id/test')
  @HttpCode(202)
  @Idempotent()
  @MerchantScope('webhooks:write')
  @ApiHeader(IDEMPOTENCY_HEADER)
  @ApiOperation({
    summary: '시험 이벤트 보내기 / Send a test event',
    description:
      'webhook.test 이벤트를 그 주소로만 보냅니다.\n\nSends an event webhook.test to that endpoint only.',
  })
  @ApiParam(ID)
  @ApiResponse({
    status: 202,
    description: '보낼 전송 / The delivery to be sent',
    type: WebhookDeliveryResponse,
  })
  @ApiErrors({ FORBIDDEN, WEBHOOK_ENDPOINT_NOT_FOUND, WEBHOOK_ENDPOINT_DISABLED })
  async test(
    @CurrentPrincipal() principal: Principal,
    @Param('id') id: string,
  ): Promise<WebhookDeliveryResponse> {
    return WebhookDeliveryResponse.of(await this.redeliver.test(ownMid(principal), id));
  }

  @Post(':id/redeliver')
  @HttpCode(202)
  @Idempotent()
  @MerchantScope('webhooks:write')
  @ApiHeader(IDEMPOTENCY_HEADER)
  @ApiOperation({
    summary: '기간의 이벤트 다시 보내기 / Send the events of a time again',
    description:
      '이벤트가 만들어진 시각으로 고르며, 가고 있는 것은 빼고 1,000건까지입니다.\n\nBy when events were made; without those on their way, 1,000 at most.',
  })
  @ApiParam(ID)
  @ApiResponse({ status: 202, description: '다시 보낼 수 / How many', type: RedeliveryResponse })
  @ApiErrors({ VALIDATION_FAILED, FORBIDDEN, WEBHOOK_ENDPOINT_NOT_FOUND, WEBHOOK_ENDPOINT_DISABLED })
  @ApiErrors({ REDELIVERY_TOO_LARGE })
  async redeliverRange(
    @CurrentPrincipal() principal: Principal,
    @Param('id') id: string,
    @Body() { from, to, state }: RedeliverRangeRequest,
  ): Promise<RedeliveryResponse> {
    const range = { from: new Date(from), to: new Date(to), status: state };
    return { count: await this.redeliver.range(ownMid(principal), id, range) };
  }
}
