import { Body, Controller, Get, HttpCode, Param, Patch, Post, Query } from '@nestjs/common';
import { ApiCreatedResponse, ApiHeader, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { COMMON_ERRORS } from '../../../common/errors/common.errors';
import { CurrentPrincipal, MerchantScope } from '../../../common/http/decorators';
import { actorOf, type MerchantPrincipal, type Principal } from '../../../common/http/principal';
import { IDEMPOTENCY_HEADER } from '../../../common/idempotency/idempotency-header';
import { Idempotent } from '../../../common/idempotency/idempotent.decorator';
import { ApiErrors } from '../../../common/openapi/api-errors';
import { PageQuery } from '../../../common/pagination/page.query';
import { BILLING_ERRORS } from '../billing.errors';
import { ManageSubscriptions } from '../use-cases/manage-subscriptions';
import {
  CancelSubscriptionRequest,
  NewSubscriptionRequest,
  SubscriptionChangeRequest,
  SubscriptionsQuery,
} from './dto/subscription.request';
import {
  SubscriptionChargeListResponse,
  SubscriptionChargeResponse,
  SubscriptionListResponse,
  SubscriptionResponse,
} from './dto/subscription.response';

const midOf = (principal: Principal) => (principal as MerchantPrincipal).mid;
const ChangeErrors = () => ApiErrors(BILLING_ERRORS, 'SUBSCRIPTION_NOT_FOUND', 'SUBSCRIPTION_STATE_CONFLICT');
const IdempotencyErrors = () =>
  ApiErrors(COMMON_ERRORS, 'IDEMPOTENCY_KEY_REUSED', 'IDEMPOTENCY_IN_PROGRESS', 'SERVICE_UNAVAILABLE');

@ApiTags('Subscriptions')
@Controller('v1/subscriptions')
export class SubscriptionsController {
  constructor(private readonly subscriptions: ManageSubscriptions) {}

  @Post()
  @MerchantScope('payments:write')
  @Idempotent()
  @ApiHeader(IDEMPOTENCY_HEADER)
  @ApiOperation({
    summary: '정기결제 만들기 / Make a subscription',
    description:
      '결제일은 한국 날짜이며, 그 달에 없는 날이면 말일에 결제합니다(1월 31일 → 2월 28/29일 → 3월 31일). 거절되면 1, 3, 7일 뒤 다시 시도하고 그래도 안 되면 PAST_DUE가 됩니다. / Days are Korean; in a month that lacks the day, its last one. After a decline it is tried again 1, 3 and 7 days later, then PAST_DUE.',
  })
  @ApiCreatedResponse({ type: SubscriptionResponse, description: '만들어짐 / Made' })
  @ApiErrors(BILLING_ERRORS, 'BILLING_KEY_NOT_FOUND', 'BILLING_KEY_REVOKED', 'BILLING_KEY_NOT_ACTIVE')
  @IdempotencyErrors()
  async create(
    @Body() body: NewSubscriptionRequest,
    @CurrentPrincipal() principal: Principal,
  ): Promise<SubscriptionResponse> {
    const made = await this.subscriptions.create(midOf(principal), actorOf(principal), body);
    return SubscriptionResponse.of(made);
  }

  @Get()
  @MerchantScope('payments:read')
  @ApiOperation({ summary: '정기결제 목록 / Subscriptions', description: '최신순. / Newest first.' })
  @ApiOkResponse({ type: SubscriptionListResponse, description: '정기결제 목록 / Subscriptions' })
  async list(
    @Query() query: SubscriptionsQuery,
    @CurrentPrincipal() principal: Principal,
  ): Promise<SubscriptionListResponse> {
    const { data, nextCursor } = await this.subscriptions.list(midOf(principal), query);
    return { data: data.map((each) => SubscriptionResponse.of(each)), nextCursor };
  }

  @Get(':subscriptionId')
  @MerchantScope('payments:read')
  @ApiOperation({
    summary: '정기결제 조회 / Look up a subscription',
    description: '다음 결제일을 함께 돌려줍니다. / With the day of the next charge.',
  })
  @ApiOkResponse({ type: SubscriptionResponse, description: '정기결제 / The subscription' })
  @ApiErrors(BILLING_ERRORS, 'SUBSCRIPTION_NOT_FOUND')
  async byId(
    @Param('subscriptionId') id: string,
    @CurrentPrincipal() principal: Principal,
  ): Promise<SubscriptionResponse> {
    return SubscriptionResponse.of(await this.subscriptions.byId(midOf(principal), id));
  }

  @Get(':subscriptionId/charges')
  @MerchantScope('payments:read')
  @ApiOperation({ summary: '회차별 결제 / Charges', description: '최신순. / Newest first.' })
  @ApiOkResponse({ type: SubscriptionChargeListResponse, description: '회차별 결제 / Charges' })
  @ApiErrors(BILLING_ERRORS, 'SUBSCRIPTION_NOT_FOUND')
  async charges(
    @Param('subscriptionId') id: string,
    @Query() query: PageQuery,
    @CurrentPrincipal() principal: Principal,
  ): Promise<SubscriptionChargeListResponse> {
    const { data, nextCursor } = await this.subscriptions.charges(midOf(principal), id, query);
    return { data: data.map((each) => SubscriptionChargeResponse.of(each)), nextCursor };
  }

  @Patch(':subscriptionId')
  @MerchantScope('payments:write')
  @ApiOperation({
    summary: '정기결제 바꾸기 / Change a subscription',
    description:
      '카드는 남은 재시도에도, 금액과 상품명은 다음 회차부터 적용됩니다. / A card holds for tries to come, too; amount and name from the next period on.',
  })
  @ApiOkResponse({ type: SubscriptionResponse, description: '바뀐 정기결제 / The subscription now' })
  @ApiErrors(BILLING_ERRORS, 'BILLING_KEY_NOT_FOUND', 'BILLING_KEY_REVOKED', 'BILLING_KEY_NOT_ACTIVE')
  @ChangeErrors()
  async change(
    @Param('subscriptionId') id: string,
    @Body() body: SubscriptionChangeRequest,
    @CurrentPrincipal() principal: Principal,
  ): Promise<SubscriptionResponse> {
    const changed = await this.subscriptions.change(midOf(principal), id, actorOf(principal), body);
    return SubscriptionResponse.of(changed);
  }

  @Post(':subscriptionId/pause')
  @HttpCode(200)
  @MerchantScope('payments:write')
  @Idempotent()
  @ApiHeader(IDEMPOTENCY_HEADER)
  @ApiOperation({
    summary: '일시 중지 / Pause',
    description: '중지한 동안의 회차는 결제하지 않습니다. / Periods of the pause are not charged.',
  })
  @ApiOkResponse({ type: SubscriptionResponse, description: '중지됨 / Paused' })
  @ChangeErrors()
  @IdempotencyErrors()
  async pause(
    @Param('subscriptionId') id: string,
    @CurrentPrincipal() principal: Principal,
  ): Promise<SubscriptionResponse> {
    return SubscriptionResponse.of(await this.subscriptions.pause(midOf(principal), id, actorOf(principal)));
  }

  @Post(':subscriptionId/resume')
  @HttpCode(200)
  @MerchantScope('payments:write')
  @Idempotent()
  @ApiHeader(IDEMPOTENCY_HEADER)
  @ApiOperation({
    summary: '다시 시작 / Resume',
    description:
      '중지나 PAST_DUE를 풉니다. PAST_DUE 동안의 회차는 missedPolicy를 따릅니다. / Ends a pause or PAST_DUE; periods of the latter are as missedPolicy says.',
  })
  @ApiOkResponse({ type: SubscriptionResponse, description: '다시 시작됨 / Resumed' })
  @ChangeErrors()
  @IdempotencyErrors()
  async resume(
    @Param('subscriptionId') id: string,
    @CurrentPrincipal() principal: Principal,
  ): Promise<SubscriptionResponse> {
    return SubscriptionResponse.of(await this.subscriptions.resume(midOf(principal), id, actorOf(principal)));
  }

  @Post(':subscriptionId/cancel')
  @HttpCode(200)
  @MerchantScope('payments:write')
  @Idempotent()
  @ApiHeader(IDEMPOTENCY_HEADER)
  @ApiOperation({
    summary: '해지 / Cancel',
    description:
      'NOW: 남은 재시도도 그만둡니다. 이미 보낸 결제는 그 결과대로 끝납니다. PERIOD_END: 다음 결제일에 결제 없이 끝납니다. / NOW: no more tries; one that was sent comes to its own end. PERIOD_END: ends instead of the next charge.',
  })
  @ApiOkResponse({ type: SubscriptionResponse, description: '해지됨, 또는 예정 / Cancelled, or to be' })
  @ChangeErrors()
  @IdempotencyErrors()
  async cancel(
    @Param('subscriptionId') id: string,
    @Body() { when }: CancelSubscriptionRequest,
    @CurrentPrincipal() principal: Principal,
  ): Promise<SubscriptionResponse> {
    const cancelled = await this.subscriptions.cancel(midOf(principal), id, actorOf(principal), when);
    return SubscriptionResponse.of(cancelled);
  }
}
