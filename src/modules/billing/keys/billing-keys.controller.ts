import { createHash, randomBytes } from 'node:crypto';
import { Body, Controller, Delete, Get, HttpCode, Param, Post, Query, Req, UseGuards } from '@nestjs/common';
import {
  ApiBody,
  ApiCreatedResponse,
  ApiHeader,
  ApiOkResponse,
  ApiOperation,
  ApiTags,
} from '@nestjs/swagger';
import { COMMON_ERRORS } from '../../../common/errors/common.errors';
import { CurrentPrincipal, MerchantScope } from '../../../common/http/decorators';
import { actorOf, type MerchantPrincipal, type Principal } from '../../../common/http/principal';
import { IDEMPOTENCY_HEADER } from '../../../common/idempotency/idempotency-header';
import { Idempotent, type IdempotentRequest } from '../../../common/idempotency/idempotent.decorator';
import { ApiErrors } from '../../../common/openapi/api-errors';
import { ApiPlaintext } from '../../../common/openapi/plaintext';
import { MERCHANTS_ERRORS } from '../../merchants/merchants.errors';
import { DECLINE_ERRORS } from '../../payments/decline.errors';
import { EncryptedRequest, PaymentResponse, PaymentsFacade } from '../../payments/payments.facade';
import { PAYMENT_ERRORS } from '../../payments/payments.errors';
import { BILLING_ERRORS } from '../billing.errors';
import { checkOrder } from '../billing.rules';
import { ChargeBillingKey } from '../use-cases/charge-billing-key';
import { BillingKeyContent } from './dto/billing-key-content';
import { BillingKeysQuery, ChargeBillingKeyRequest } from './dto/billing-key.request';
import { BillingKeyListResponse, BillingKeyResponse } from './dto/billing-key.response';
import { type EncryptedCardRequest, EncryptedCardGuard } from './encrypted-card.guard';
import { IssueBillingKey } from '../use-cases/issue-billing-key';
import { ReadBillingKeys } from '../use-cases/read-billing-keys';
import { RevokeBillingKey } from '../use-cases/revoke-billing-key';

const midOf = (principal: Principal) => (principal as MerchantPrincipal).mid;

@ApiTags('Billing keys')
@Controller('v1/billing-keys')
export class BillingKeysController {
  constructor(
    private readonly issuing: IssueBillingKey,
    private readonly charging: ChargeBillingKey,
    private readonly revoking: RevokeBillingKey,
    private readonly read: ReadBillingKeys,
    private readonly payments: PaymentsFacade,
  ) {}

  @Post()
  @MerchantScope('payments:write')
  @UseGuards(EncryptedCardGuard)
  @Idempotent()
  @ApiHeader(IDEMPOTENCY_HEADER)
  @ApiOperation({
    summary: '빌링키 발급 / Issue a billing key',
    description:
      'encData(JWE)의 평문은 BillingKeyContent입니다. 계약에 따라 원천사 토큰으로 바꾸거나 카드를 봉인해 보관합니다. 비밀번호 숫자는 보관하지 않습니다. / The plaintext of encData is BillingKeyContent. The card is exchanged for the acquirer’s token, or sealed, as the contract says. Password digits are never kept.',
  })
  @ApiBody({ type: EncryptedRequest })
  @ApiPlaintext(BillingKeyContent)
  @ApiCreatedResponse({ type: BillingKeyResponse, description: '발급됨 / Issued' })
  @ApiErrors(DECLINE_ERRORS)
  @ApiErrors(MERCHANTS_ERRORS, 'ENC_DATA_INVALID')
  @ApiErrors(
    PAYMENT_ERRORS,
    'MERCHANT_NOT_FOUND',
    'REQUEST_EXPIRED',
    'NO_ACQUIRER_CONTRACT',
    'ACQUIRER_UNAVAILABLE',
  )
  @ApiErrors(BILLING_ERRORS, 'BILLING_KEY_IN_PROGRESS', 'BILLING_KEY_OUTCOME_UNKNOWN')
  @ApiErrors(COMMON_ERRORS, 'IDEMPOTENCY_KEY_REUSED', 'IDEMPOTENCY_IN_PROGRESS', 'SERVICE_UNAVAILABLE')
  async issue(
    @Req() { openedCard }: EncryptedCardRequest,
    @CurrentPrincipal() principal: Principal,
  ): Promise<BillingKeyResponse> {
    if (openedCard === undefined) throw new Error('the encrypted body was not opened');
    const command = { mid: midOf(principal), actor: actorOf(principal), ...openedCard };
    return BillingKeyResponse.of(await this.issuing.run(command));
  }

  @Get()
  @MerchantScope('payments:read')
  @ApiOperation({
    summary: '고객의 빌링키 목록 / A customer’s billing keys',
    description: '최신순. / Newest first.',
  })
  @ApiOkResponse({ type: BillingKeyListResponse, description: '빌링키 목록 / Billing keys' })
  async list(
    @Query() query: BillingKeysQuery,
    @CurrentPrincipal() principal: Principal,
  ): Promise<BillingKeyListResponse> {
    const { keys, nextCursor } = await this.read.ofCustomer(midOf(principal), query);
    return { data: keys.map((key) => BillingKeyResponse.of(key)), nextCursor };
  }

  @Get(':billingKey')
  @MerchantScope('payments:read')
  @ApiOperation({
    summary: '빌링키 조회 / Look up a billing key',
    description: '카드번호는 가려서 보입니다. / The card number is masked.',
  })
  @ApiOkResponse({ type: BillingKeyResponse, description: '빌링키 / The billing key' })
  @ApiErrors(BILLING_ERRORS, 'BILLING_KEY_NOT_FOUND')
  async byId(
    @Param('billingKey') billingKey: string,
    @CurrentPrincipal() principal: Principal,
  ): Promise<BillingKeyResponse> {
    return BillingKeyResponse.of(await this.read.byId(midOf(principal), billingKey));
  }

  @Delete(':billingKey')
  @HttpCode(200)
  @MerchantScope('payments:write')
  @ApiOperation({
    summary: '빌링키 해지 / Revoke a billing key',
    description:
      '이 호출부터 결제되지 않습니다. 원천사가 확인할 때까지 상태는 REVOKING이며, 여러 번 불러도 같습니다. / From this call on it pays nothing. REVOKING until the acquirer confirms; calling again changes nothing.',
  })
  @ApiOkResponse({ type: BillingKeyResponse, description: '해지된 빌링키 / The billing key as it is now' })
  @ApiErrors(BILLING_ERRORS, 'BILLING_KEY_NOT_FOUND', 'BILLING_KEY_NOT_ACTIVE')
  async revoke(
    @Param('billingKey') billingKey: string,
    @CurrentPrincipal() principal: Principal,
  ): Promise<BillingKeyResponse> {
    const key = await this.revoking.run(midOf(principal), billingKey, actorOf(principal));
    return BillingKeyResponse.of(await this.read.opened(key));
  }

  @Post(':billingKey/payments')
  @HttpCode(200)
  @MerchantScope('payments:write')
  @Idempotent()
  @ApiHeader(IDEMPOTENCY_HEADER)
  @ApiOperation({
    summary: '빌링키 결제 / Pay with a billing key',
    description:
      '카드 승인과 같은 규칙입니다. 같은 주문번호의 같은 내용은 한 번만 승인됩니다. 발급한 계약으로만 결제합니다. / By the rules of card approvals: the same order is approved once. Only under the contract that issued the key.',
  })
  @ApiOkResponse({ type: PaymentResponse, description: '승인됨 / Approved' })
  @ApiErrors(BILLING_ERRORS, 'BILLING_KEY_NOT_FOUND', 'BILLING_KEY_REVOKED', 'BILLING_KEY_NOT_ACTIVE')
  @ApiErrors(DECLINE_ERRORS)
  @ApiErrors(
    PAYMENT_ERRORS,
    'ORDER_NO_CONFLICT',
    'ORDER_NET_CANCELLED',
    'PAYMENT_IN_PROGRESS',
    'NO_ACQUIRER_CONTRACT',
    'AMOUNT_OVER_CONTRACT_LIMIT',
    'BRANCH_NOT_FOUND',
    'BRANCH_NOT_ACTIVE',
    'ACQUIRER_UNAVAILABLE',
    'ACQUIRER_TIMEOUT',
    'PAYMENT_OUTCOME_UNKNOWN',
  )
  @ApiErrors(COMMON_ERRORS, 'IDEMPOTENCY_KEY_REUSED', 'IDEMPOTENCY_IN_PROGRESS', 'SERVICE_UNAVAILABLE')
  async pay(
    @Param('billingKey') billingKey: string,
    @Body() order: ChargeBillingKeyRequest,
    @Req() { idempotencyKeyHash }: IdempotentRequest,
    @CurrentPrincipal() principal: Principal,
  ): Promise<PaymentResponse> {
    checkOrder(order);
    const requestHash = requestHashOf(idempotencyKeyHash);
    const command = { mid: midOf(principal), actor: actorOf(principal), billingKey, order, requestHash };
    const { payment, outcome } = await this.charging.run(command);
    return this.payments.shown(payment, outcome);
  }
}

/** With an Idempotency-Key a repetition is known as one; without it every request after a decline is a wish to try again. */
function requestHashOf(idempotencyKeyHash: Buffer | undefined): string {
  if (idempotencyKeyHash === undefined) return randomBytes(32).toString('hex');
  return createHash('sha256').update('billing-charge').update(idempotencyKeyHash).digest('hex');
}
