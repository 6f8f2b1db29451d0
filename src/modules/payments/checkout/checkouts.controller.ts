import { Body, Controller, Get, HttpCode, Param, Post, Req } from '@nestjs/common';
import { ApiCreatedResponse, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { fault } from '../../../common/errors/app-error';
import { COMMON_ERRORS } from '../../../common/errors/common.errors';
import {
  type AuthenticatedRequest,
  CurrentPrincipal,
  MemberRoles,
  MerchantScope,
  Public,
  TakesPrincipal,
} from '../../../common/http/decorators';
import { actorOf, type MerchantPrincipal, type Principal } from '../../../common/http/principal';
import { Idempotent } from '../../../common/idempotency/idempotent.decorator';
import { ApiErrors } from '../../../common/openapi/api-errors';
import { dataScope } from '../../../common/http/data-scope';
import { DECLINE_ERRORS } from '../decline.errors';
import { IdempotencyHeader } from '../idempotency-header';
import { PAYMENT_ERRORS } from '../payments.errors';
import { CHECKOUT_ERRORS } from './checkout.errors';
import { ConfirmCheckout } from '../use-cases/confirm-checkout';
import { CreateCheckout } from '../use-cases/create-checkout';
import { ConfirmCheckoutRequest, CreateCheckoutRequest, FailCheckoutRequest } from './dto/checkout.request';
import {
  CheckoutDetailResponse,
  ConfirmedCheckoutResponse,
  CreatedCheckoutResponse,
  toCheckoutDetail,
  toConfirmed,
  toCreatedCheckout,
} from './dto/checkout.response';
import { EndCheckout } from '../use-cases/end-checkout';

@ApiTags('Checkouts')
@Controller('v1/checkouts')
export class CheckoutsController {
  constructor(
    private readonly creating: CreateCheckout,
    private readonly confirming: ConfirmCheckout,
    private readonly ending: EndCheckout,
  ) {}

  @Post()
  @MerchantScope('payments:write')
  @Idempotent()
  @IdempotencyHeader()
  @ApiOperation({
    summary: '체크아웃 만들기 / Make a checkout',
    description:
      '주문번호와 금액을 먼저 기록하고 일회용 토큰과 결제창 값을 돌려줍니다. / Records order number and amount first and answers the one-time token and what opens the window.',
  })
  @ApiCreatedResponse({ type: CreatedCheckoutResponse, description: '만들어짐 / Made' })
  @ApiErrors(
    PAYMENT_ERRORS,
    'ORDER_NO_CONFLICT',
    'ORDER_NET_CANCELLED',
    'NO_ACQUIRER_CONTRACT',
    'ACQUIRER_UNAVAILABLE',
  )
  @ApiErrors(COMMON_ERRORS, 'IDEMPOTENCY_KEY_REUSED', 'IDEMPOTENCY_IN_PROGRESS', 'SERVICE_UNAVAILABLE')
  async create(
    @Body() body: CreateCheckoutRequest,
    @CurrentPrincipal() principal: Principal,
  ): Promise<CreatedCheckoutResponse> {
    const { mid } = principal as MerchantPrincipal;
    return toCreatedCheckout(await this.creating.run(mid, actorOf(principal), body));
  }

  @Post(':checkoutId/confirm')
  @HttpCode(200)
  @Public()
  @ApiOperation({
    summary: '결제 확인, 승인 / Confirm',
    description:
      '결제창이 돌려준 값으로 원천사에 확인합니다. 금액, 통화, 주문번호가 다르면 이미 받은 돈은 이 호출 안에서 취소됩니다. / Confirms at the acquirer what the window gave. Money that was taken and does not match is cancelled within this call.',
  })
  @ApiOkResponse({ type: ConfirmedCheckoutResponse, description: '승인됨 / Approved' })
  @ApiErrors(CHECKOUT_ERRORS)
  @ApiErrors(DECLINE_ERRORS)
  @ApiErrors(
    PAYMENT_ERRORS,
    'PAYMENT_IN_PROGRESS',
    'AMOUNT_OVER_CONTRACT_LIMIT',
    'ACQUIRER_UNAVAILABLE',
    'ACQUIRER_TIMEOUT',
    'PAYMENT_OUTCOME_UNKNOWN',
  )
  @ApiErrors(COMMON_ERRORS, 'SERVICE_UNAVAILABLE')
  async confirm(
    @Param('checkoutId') checkoutId: string,
    @Body() body: ConfirmCheckoutRequest,
  ): Promise<ConfirmedCheckoutResponse> {
    const { paymentToken, amount, ...proof } = body;
    return toConfirmed(await this.confirming.run({ checkoutId, paymentToken, amount, proof }));
  }

  @Post(':checkoutId/fail')
  @HttpCode(200)
  @Public()
  @TakesPrincipal()
  @ApiOperation({
    summary: '결제창 닫힘 / The payer closed the window',
    description:
      '가맹점 인증이나 paymentToken이 필요합니다. 먼저 확인된 결제는 그대로입니다. / Needs merchant credentials or the paymentToken. A confirm that came first stands.',
  })
  @ApiOkResponse({ type: CheckoutDetailResponse, description: '끝난 체크아웃 / The checkout as it stands' })
  @ApiErrors(CHECKOUT_ERRORS, 'CHECKOUT_NOT_FOUND', 'CHECKOUT_TOKEN_INVALID')
  @ApiErrors(COMMON_ERRORS, 'UNAUTHENTICATED', 'FORBIDDEN', 'SERVICE_UNAVAILABLE')
  async fail(
    @Param('checkoutId') checkoutId: string,
    @Body() body: FailCheckoutRequest,
    @Req() { principal }: AuthenticatedRequest,
  ): Promise<CheckoutDetailResponse> {
    const { paymentToken, code, message = '' } = body;
    const told = { code, message };
    if (principal?.kind === 'MERCHANT_SYSTEM') {
      if (!principal.scopes.includes('payments:write')) throw fault(COMMON_ERRORS, 'FORBIDDEN');
      return toCheckoutDetail(
        await this.ending.failByPayer(checkoutId, { scope: dataScope(principal) }, told),
      );
    }
    // Who has logged in is known, and a member may not: only credentials that are missing are asked for.
    if (paymentToken === undefined)
      throw fault(COMMON_ERRORS, principal === undefined ? 'UNAUTHENTICATED' : 'FORBIDDEN');
    return toCheckoutDetail(await this.ending.failByPayer(checkoutId, { paymentToken }, told));
  }

  @Post(':checkoutId/acknowledge')
  @HttpCode(200)
  @MerchantScope('payments:write')
  @ApiOperation({
    summary: '승인 확인 / Acknowledge the approval',
    description:
      'acknowledgeWithinSeconds로 만든 체크아웃은 이 호출이 없으면 자동으로 취소됩니다. / A checkout made with acknowledgeWithinSeconds is cancelled by itself without this call.',
  })
  @ApiOkResponse({ type: CheckoutDetailResponse, description: '확인됨 / Acknowledged' })
  @ApiErrors(CHECKOUT_ERRORS, 'CHECKOUT_NOT_FOUND', 'NOT_ACKNOWLEDGEABLE')
  async acknowledge(
    @Param('checkoutId') checkoutId: string,
    @CurrentPrincipal() principal: Principal,
  ): Promise<CheckoutDetailResponse> {
    return toCheckoutDetail(await this.ending.acknowledge(dataScope(principal), checkoutId));
  }

  @Get(':checkoutId')
  @MerchantScope('payments:read')
  @MemberRoles('OPERATOR', 'AGENCY', 'MERCHANT', 'BRANCH')
  @ApiOperation({
    summary: '체크아웃 조회 / Look up a checkout',
    description: '체크아웃과 그 결제. / The checkout and its payment.',
  })
  @ApiOkResponse({ type: CheckoutDetailResponse, description: '체크아웃 / The checkout' })
  @ApiErrors(CHECKOUT_ERRORS, 'CHECKOUT_NOT_FOUND')
  async byId(
    @Param('checkoutId') checkoutId: string,
    @CurrentPrincipal() principal: Principal,
  ): Promise<CheckoutDetailResponse> {
    return toCheckoutDetail(await this.ending.inScope(dataScope(principal), checkoutId));
  }
}
