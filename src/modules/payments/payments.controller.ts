import { createHash } from 'node:crypto';
import {
  Body,
  Controller,
  Get,
  Header,
  HttpCode,
  Param,
  Post,
  Query,
  Req,
  Res,
  UseGuards,
} from '@nestjs/common';
import { ApiBody, ApiOkResponse, ApiOperation, ApiProduces, ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { COMMON_ERRORS } from '../../common/errors/common.errors';
import { CurrentPrincipal, MemberRoles, MerchantScope } from '../../common/http/decorators';
import { actorOf, type MerchantPrincipal, type Principal } from '../../common/http/principal';
import { requestContext } from '../../common/http/request-context';
import { Idempotent, type IdempotentRequest } from '../../common/idempotency/idempotent.decorator';
import { ApiErrors } from '../../common/openapi/api-errors';
import { ApiPlaintext } from '../../common/openapi/plaintext';
import { dataScope } from '../../common/http/data-scope';
import { MERCHANTS_ERRORS } from '../merchants/merchants.errors';
import { POINTS_ERRORS } from '../points/points.errors';
import { CancelPaymentRequest, NetCancelRequest } from './dto/cancel.request';
import { EncryptedRequest } from './dto/encrypted.request';
import { KeyInContent } from './dto/key-in-content';
import { CancelledPaymentResponse, PaymentDetailResponse, PaymentResponse } from './dto/payment.response';
import { toCancelResponse, toPaymentDetail, toPaymentResponse } from './dto/payment.views';
import { SalesSlipResponse } from './dto/sales-slip.response';
import { StatsQuery } from './dto/stats.query';
import { PaymentStatsResponse } from './dto/stats.response';
import { EncryptedBodyGuard, keyInOrder, type KeyInRequest } from './encrypted-body.guard';
import { DECLINE_ERRORS } from './decline.errors';
import { IdempotencyHeader } from './idempotency-header';
import { PAYMENT_ERRORS } from './payments.errors';
import { salesSlip, salesSlipPage, SLIP_STYLE } from './sales-slip';
import { ApproveCard } from './use-cases/approve-card';
import { VIRTUAL_ACCOUNT_ERRORS } from './virtual-accounts/virtual-account.errors';
import { CancelPayment } from './use-cases/cancel-payment';
import { NetCancel } from './use-cases/net-cancel';
import { ReadPayments } from './use-cases/read-payments';

const STYLE_HASH = createHash('sha256').update(SLIP_STYLE).digest('base64');
const SLIP_POLICY = `default-src 'none'; style-src 'sha256-${STYLE_HASH}'; frame-ancestors 'none'; base-uri 'none'`;

const ReadErrors = () => ApiErrors(PAYMENT_ERRORS, 'PAYMENT_NOT_FOUND');

@ApiTags('Card payments')
@Controller('v1/payments')
export class PaymentsController {
  constructor(
    private readonly approveCard: ApproveCard,
    private readonly cancelPayment: CancelPayment,
    private readonly netCancel: NetCancel,
    private readonly read: ReadPayments,
  ) {}

  @Post('card')
  @HttpCode(200)
  @MerchantScope('payments:write')
  @UseGuards(EncryptedBodyGuard)
  @Idempotent()
  @IdempotencyHeader()
  @ApiOperation({
    summary: '카드 비인증 승인 / Key-in card approval',
    description:
      'encData(JWE)의 평문은 KeyInContent입니다. 같은 주문번호의 같은 내용은 한 번만 승인되고 outcome DUPLICATE로 첫 결과를 돌려줍니다. 응답을 받지 못하면 504와 status로 상태를 알립니다. / The plaintext of encData is KeyInContent. The same order is approved once; a repetition gets the first result with outcome DUPLICATE. A lost acquirer answer is a 504 that tells the status.',
  })
  @ApiBody({ type: EncryptedRequest })
  @ApiPlaintext(KeyInContent)
  @ApiOkResponse({ type: PaymentResponse, description: '승인됨 / Approved' })
  @ApiErrors(DECLINE_ERRORS)
  @ApiErrors(MERCHANTS_ERRORS, 'ENC_DATA_INVALID')
  @ApiErrors(
    PAYMENT_ERRORS,
    'MERCHANT_NOT_FOUND',
    'REQUEST_EXPIRED',
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
  @ApiErrors(POINTS_ERRORS, 'POINT_BALANCE_TOO_SMALL', 'POINTS_NOT_CONTRACTED')
  @ApiErrors(COMMON_ERRORS, 'IDEMPOTENCY_KEY_REUSED', 'IDEMPOTENCY_IN_PROGRESS', 'SERVICE_UNAVAILABLE')
  async approve(
    @Req() request: KeyInRequest,
    @CurrentPrincipal() principal: Principal,
  ): Promise<PaymentResponse> {
    const { keyIn } = request;
    if (keyIn === undefined) throw new Error('the encrypted body was not opened');
    const { mid } = principal as MerchantPrincipal;
    const result = await this.approveCard.run({ mid, actor: actorOf(principal), ...keyInOrder(keyIn) });
    return toPaymentResponse(result.payment, result.outcome);
  }

  @Post('net-cancel')
  @HttpCode(200)
  @MerchantScope('payments:write')
  @Idempotent()
  @IdempotencyHeader()
  @ApiOperation({
    summary: '망취소 / Net cancel',
    description:
      '승인 응답을 받지 못한 가맹점이 주문번호로 되돌립니다. 아직 도착하지 않은 주문번호도 막아 둡니다. / Undoes an approval whose answer you never got, by order number. An order that has not arrived yet is barred.',
  })
  @ApiOkResponse({ type: PaymentResponse, description: '아무도 청구되지 않음 / Nobody is charged' })
  @ApiErrors(PAYMENT_ERRORS, 'PAYMENT_NOT_FOUND', 'NOT_REVERSIBLE', 'ACQUIRER_TIMEOUT')
  @ApiErrors(COMMON_ERRORS, 'IDEMPOTENCY_KEY_REUSED', 'IDEMPOTENCY_IN_PROGRESS', 'SERVICE_UNAVAILABLE')
  async netCancelOrder(
    @Body() body: NetCancelRequest,
    @CurrentPrincipal() principal: Principal,
  ): Promise<PaymentResponse> {
    const { mid } = principal as MerchantPrincipal;
    const payment = await this.netCancel.run({ ...body, mid, actor: actorOf(principal) });
    return toPaymentResponse(payment, 'FAILURE');
  }

  @Get('stats')
  @MerchantScope('payments:read')
  @MemberRoles('OPERATOR', 'AGENCY', 'MERCHANT', 'BRANCH')
  @ApiOperation({
    summary: '결제 통계 / Payment statistics',
    description:
      '기간(한국 날짜, 양끝 포함)의 건수와 금액. / Counts and sums of a period of Korean days, both included.',
  })
  @ApiOkResponse({ type: PaymentStatsResponse, description: '통계 / Statistics' })
  stats(@Query() query: StatsQuery, @CurrentPrincipal() principal: Principal): Promise<PaymentStatsResponse> {
    return this.read.stats(principal, query);
  }

  @Get('orders/:orderNo')
  @MerchantScope('payments:read')
  @MemberRoles('MERCHANT', 'BRANCH')
  @ApiOperation({
    summary: '주문번호로 조회 / Look up by order number',
    description: '취소, 이벤트, 원천사 시도를 함께 돌려줍니다. / With its cancels, events and attempts.',
  })
  @ApiOkResponse({ type: PaymentDetailResponse, description: '결제 / The payment' })
  @ReadErrors()
  async byOrder(
    @Param('orderNo') orderNo: string,
    @CurrentPrincipal() principal: Principal,
  ): Promise<PaymentDetailResponse> {
    return toPaymentDetail(await this.read.byOrder(principal, orderNo));
  }

  @Get(':paymentId')
  @MerchantScope('payments:read')
  @MemberRoles('OPERATOR', 'AGENCY', 'MERCHANT', 'BRANCH')
  @ApiOperation({
    summary: '결제 조회 / Look up a payment',
    description: '취소, 이벤트, 원천사 시도를 함께 돌려줍니다. / With its cancels, events and attempts.',
  })
  @ApiOkResponse({ type: PaymentDetailResponse, description: '결제 / The payment' })
  @ReadErrors()
  async byId(
    @Param('paymentId') paymentId: string,
    @CurrentPrincipal() principal: Principal,
  ): Promise<PaymentDetailResponse> {
    return toPaymentDetail(await this.read.byId(principal, paymentId));
  }

  @Post(':paymentId/cancel')
  @HttpCode(200)
  @MerchantScope('payments:write')
  @MemberRoles('OPERATOR', 'MERCHANT', 'BRANCH')
  @Idempotent()
  @IdempotencyHeader()
  @ApiOperation({
    summary: '취소, 부분취소 / Cancel, partial cancel',
    description:
      'cancelAmount가 없으면 남은 전액을 취소합니다. 동시에 여러 번 요청해도 승인 금액을 넘지 않습니다. 포인트로 낸 결제는 카드부터 돌려줍니다(정책의 refundOrder). 가상계좌는 refundAccount가 필요합니다. / Without cancelAmount all that is left. Many at once never pass the approved amount. Of a payment with points the card gets its money back first (refundOrder of the policy). A virtual account needs refundAccount.',
  })
  @ApiOkResponse({ type: CancelledPaymentResponse, description: '취소됨 / Cancelled' })
  @ApiErrors(
    PAYMENT_ERRORS,
    'PAYMENT_NOT_FOUND',
    'ALREADY_CANCELLED',
    'CANCEL_AMOUNT_EXCEEDS_BALANCE',
    'TAX_FREE_AMOUNT_EXCEEDS_BALANCE',
    'BALANCE_CHANGED',
    'NOT_CANCELLABLE',
    'CANCEL_IN_PROGRESS',
    'CANCEL_REFUSED',
    'CANCEL_OUTCOME_UNKNOWN',
    'ACQUIRER_UNAVAILABLE',
    'ACQUIRER_TIMEOUT',
  )
  @ApiErrors(
    VIRTUAL_ACCOUNT_ERRORS,
    'REFUND_ACCOUNT_REQUIRED',
    'REFUND_ACCOUNT_NOT_ALLOWED',
    'REFUND_ACCOUNT_HOLDER_MISMATCH',
    'REFUND_ACCOUNT_NOT_FOUND',
  )
  @ApiErrors(COMMON_ERRORS, 'IDEMPOTENCY_KEY_REUSED', 'IDEMPOTENCY_IN_PROGRESS', 'SERVICE_UNAVAILABLE')
  async cancel(
    @Param('paymentId') paymentId: string,
    @Body() body: CancelPaymentRequest,
    @Req() request: IdempotentRequest,
    @CurrentPrincipal() principal: Principal,
  ): Promise<CancelledPaymentResponse> {
    const { cancelAmount, taxFreeAmount, expectedBalanceAmount, reason, refundAccount } = body;
    const done = await this.cancelPayment.run({
      scope: dataScope(principal),
      paymentId,
      wish: { cancelAmount, taxFreeAmount },
      expectedBalanceAmount,
      reason,
      refundAccount: refundAccount ?? null,
      actor: actorOf(principal),
      requestKey: request.idempotencyKeyHash?.toString('hex') ?? null,
    });
    return { ...toPaymentDetail(done, 'SUCCESS'), cancel: toCancelResponse(done.cancel) };
  }

  @Get(':paymentId/receipt')
  @MerchantScope('payments:read')
  @MemberRoles('OPERATOR', 'AGENCY', 'MERCHANT', 'BRANCH')
  @Header('Vary', 'Accept, Accept-Language')
  @ApiOperation({
    summary: '매출전표 / Sales slip',
    description:
      'Accept: text/html이면 인쇄용 페이지를 돌려줍니다. / With Accept: text/html the printable page.',
  })
  @ApiProduces('application/json', 'text/html')
  @ApiOkResponse({ type: SalesSlipResponse, description: '매출전표 / Sales slip' })
  @ApiErrors(PAYMENT_ERRORS, 'NOT_CHARGED')
  @ReadErrors()
  async receipt(
    @Param('paymentId') paymentId: string,
    @Req() request: KeyInRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
    @CurrentPrincipal() principal: Principal,
  ): Promise<SalesSlipResponse | string> {
    const { found, merchant } = await this.read.withMerchant(principal, paymentId);
    const slip = salesSlip(found, merchant);
    if (!prefersPage(request.headers.accept)) return slip;
    void reply.header('content-security-policy', SLIP_POLICY).type('text/html; charset=utf-8');
    return salesSlipPage(slip, requestContext()?.language ?? 'ko');
  }
}

function prefersPage(accept: string | undefined): boolean {
  if (accept === undefined) return false;
  const page = accept.indexOf('text/html');
  const json = accept.indexOf('application/json');
  return page !== -1 && (json === -1 || page < json);
}
