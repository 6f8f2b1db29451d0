import { Body, Controller, Get, Header, HttpCode, Param, Post, Req, Res } from '@nestjs/common';
import {
  ApiCreatedResponse,
  ApiHeader,
  ApiOkResponse,
  ApiOperation,
  ApiProduces,
  ApiTags,
} from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { fault } from '../../common/errors/app-error';
import { COMMON_ERRORS } from '../../common/errors/common.errors';
import { CurrentPrincipal, MemberRoles, MerchantScope } from '../../common/http/decorators';
import { actorOf, type Principal } from '../../common/http/principal';
import { requestContext } from '../../common/http/request-context';
import { IDEMPOTENCY_HEADER } from '../../common/idempotency/idempotency-header';
import { Idempotent, type IdempotentRequest } from '../../common/idempotency/idempotent.decorator';
import { ApiErrors } from '../../common/openapi/api-errors';
import { Clock } from '../../common/time/clock';
import { dataScope } from '../../common/http/data-scope';
import { LinkPaymentsFacade } from '../payments/link-payments.facade';
import type { SalesSlip } from '../payments/link-payments.types';
import { PAYMENT_ERRORS } from '../payments/payments.errors';
import { CancelSmsPaymentRequest, SmsPaymentRequest } from './dto/sms-payment.request';
import {
  SmsPaymentResponse,
  SmsPaymentStatusResponse,
  toSmsPayment,
  toSmsPaymentStatus,
} from './dto/sms-payment.response';
import { canonicalPhone } from './phone';
import { installmentsOf, requestFaults } from './sms-payment.rules';
import { SMS_PAYMENT_ERRORS } from './sms-payments.errors';
import { CancelSmsPayment } from './use-cases/cancel-sms-payment';
import { ReadSmsPayment } from './use-cases/read-sms-payment';
import { RequestSmsPayment } from './use-cases/request-sms-payment';
import { SendSms } from './use-cases/send-sms';

const EXPIRES_MINUTES_DEFAULT = 24 * 60;
const ReadErrors = () => ApiErrors(SMS_PAYMENT_ERRORS, 'SMS_PAYMENT_NOT_FOUND');

@ApiTags('SMS payments')
@Controller('v1/sms-payments')
export class SmsPaymentsController {
  constructor(
    private readonly requesting: RequestSmsPayment,
    private readonly sending: SendSms,
    private readonly cancelling: CancelSmsPayment,
    private readonly read: ReadSmsPayment,
    private readonly payments: LinkPaymentsFacade,
    private readonly clock: Clock,
  ) {}

  @Post()
  @MerchantScope('payments:write')
  @MemberRoles('MERCHANT', 'BRANCH')
  @Idempotent()
  @ApiHeader(IDEMPOTENCY_HEADER)
  @ApiOperation({
    summary: 'SMS 결제 요청 / Ask for a payment by SMS',
    description:
      '구매자의 휴대폰으로 결제 링크를 보냅니다. 금액과 주문번호는 이때 정해집니다. / Sends a link to the buyer’s phone. Amount and order number are settled here.',
  })
  @ApiCreatedResponse({ type: SmsPaymentResponse, description: '요청됨 / Asked for' })
  @ApiErrors(
    PAYMENT_ERRORS,
    'MERCHANT_NOT_FOUND',
    'ORDER_NO_CONFLICT',
    'NO_ACQUIRER_CONTRACT',
    'BRANCH_NOT_FOUND',
    'BRANCH_NOT_ACTIVE',
  )
  async request(
    @Body() body: SmsPaymentRequest,
    @CurrentPrincipal() principal: Principal,
  ): Promise<SmsPaymentResponse> {
    const errors = requestFaults(body);
    if (errors.length > 0) throw fault(COMMON_ERRORS, 'VALIDATION_FAILED', { errors });
    const { mid } = principal;
    if (mid === null) throw fault(COMMON_ERRORS, 'FORBIDDEN');
    const own = principal.kind === 'MEMBER' && principal.role === 'BRANCH' ? principal.branchId : null;
    const { branchId = null, buyerName = null } = body;
    // Another branch than its own is not there for a branch.
    if (own !== null && branchId !== null && branchId !== own)
      throw fault(PAYMENT_ERRORS, 'BRANCH_NOT_FOUND');
    const smsPaymentId = await this.requesting.run({
      mid,
      branchId: own ?? branchId,
      actor: actorOf(principal),
      orderNo: body.orderNo,
      amount: body.amount,
      taxFreeAmount: body.taxFreeAmount ?? 0,
      goodsName: body.goodsName,
      buyerName,
      buyerPhone: canonicalPhone(body.buyerPhone),
      installmentMonthsMax: installmentsOf(body),
      expiresInMinutes: body.expiresInMinutes ?? EXPIRES_MINUTES_DEFAULT,
    });
    return this.info(smsPaymentId, principal);
  }

  @Get(':smsPaymentId')
  @MerchantScope('payments:read')
  @MemberRoles('OPERATOR', 'MERCHANT', 'BRANCH')
  @ApiOperation({
    summary: 'SMS 결제 조회 / Look up an SMS payment',
    description: '보낸 문자와 상태의 이력을 함께 돌려줍니다. / With its messages and its history.',
  })
  @ApiOkResponse({ type: SmsPaymentResponse, description: 'SMS 결제 / The SMS payment' })
  @ReadErrors()
  async info(
    @Param('smsPaymentId') smsPaymentId: string,
    @CurrentPrincipal() principal: Principal,
  ): Promise<SmsPaymentResponse> {
    const seen = await this.read.inScope(dataScope(principal), smsPaymentId);
    return toSmsPayment(await this.read.detail(seen), this.clock.now());
  }

  @Get(':smsPaymentId/status')
  @MerchantScope('payments:read')
  @MemberRoles('OPERATOR', 'MERCHANT', 'BRANCH')
  @ApiOperation({
    summary: 'SMS 결제 상태 / Status of an SMS payment',
    description: '자주 물어보는 용도의 짧은 답입니다. / Short, to be asked for often.',
  })
  @ApiOkResponse({ type: SmsPaymentStatusResponse, description: '상태 / Status' })
  @ReadErrors()
  async status(
    @Param('smsPaymentId') smsPaymentId: string,
    @CurrentPrincipal() principal: Principal,
  ): Promise<SmsPaymentStatusResponse> {
    const smsPayment = await this.read.inScope(dataScope(principal), smsPaymentId);
    const standing = await this.read.standingOf(smsPayment);
    return toSmsPaymentStatus({ smsPayment, standing }, this.clock.now());
  }

  @Get(':smsPaymentId/receipt')
  @MerchantScope('payments:read')
  @MemberRoles('OPERATOR', 'MERCHANT', 'BRANCH')
  @Header('Vary', 'Accept, Accept-Language')
  @ApiOperation({
    summary: 'SMS 결제의 매출전표 / Sales slip of an SMS payment',
    description:
      'GET /v1/payments/{paymentId}/receipt와 같습니다. Accept: text/html이면 인쇄용 페이지. / As that of its payment; with Accept: text/html the printable page.',
  })
  @ApiProduces('application/json', 'text/html')
  @ApiOkResponse({
    description: '매출전표 / Sales slip',
    schema: {
      type: 'object',
      example: { paymentId: 'pay_01JDEMOPAYMENT00000000001', status: 'APPROVED', amount: 50000 },
    },
  })
  @ApiErrors(PAYMENT_ERRORS, 'NOT_CHARGED')
  @ReadErrors()
  async receipt(
    @Param('smsPaymentId') smsPaymentId: string,
    @Req() request: IdempotentRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
    @CurrentPrincipal() principal: Principal,
  ): Promise<SalesSlip | string> {
    const slip = await this.read.slipOf(await this.read.inScope(dataScope(principal), smsPaymentId));
    if (!/^[^,]*text\/html/.test(request.headers.accept ?? '')) return slip;
    const { html, policy } = this.payments.pageOf(slip, requestContext()?.language ?? 'ko');
    void reply.header('content-security-policy', policy).type('text/html; charset=utf-8');
    return html;
  }

  @Post(':smsPaymentId/resend')
  @HttpCode(200)
  @MerchantScope('payments:write')
  @MemberRoles('MERCHANT', 'BRANCH')
  @Idempotent()
  @ApiHeader(IDEMPOTENCY_HEADER)
  @ApiOperation({
    summary: '결제 링크 다시 보내기 / Send the link again',
    description:
      '1분에 한 번, 5번까지. 먼저 보낸 링크도 유효합니다. / Once a minute, five times. Earlier links stay good.',
  })
  @ApiOkResponse({ type: SmsPaymentResponse, description: '보냄 / Sent' })
  @ApiErrors(
    SMS_PAYMENT_ERRORS,
    'SMS_SENT_RECENTLY',
    'SMS_SENDS_EXHAUSTED',
    'SMS_PAYMENT_CLOSED',
    'SMS_PAYMENT_IN_PROGRESS',
    'PAY_LINK_EXPIRED',
  )
  @ApiErrors(PAYMENT_ERRORS, 'BRANCH_NOT_ACTIVE')
  @ReadErrors()
  async resend(
    @Param('smsPaymentId') smsPaymentId: string,
    @CurrentPrincipal() principal: Principal,
  ): Promise<SmsPaymentResponse> {
    await this.sending.link(await this.read.inScope(dataScope(principal), smsPaymentId));
    return this.info(smsPaymentId, principal);
  }

  @Post(':smsPaymentId/cancel')
  @HttpCode(200)
  @MerchantScope('payments:write')
  @MemberRoles('MERCHANT', 'BRANCH')
  @Idempotent()
  @ApiHeader(IDEMPOTENCY_HEADER)
  @ApiOperation({
    summary: 'SMS 결제 취소 / Cancel an SMS payment',
    description:
      '결제 전이면 요청을 거두고, 결제되었으면 남은 전액을 취소합니다(paymentStatus CANCELLED). 부분취소는 POST /v1/payments/{paymentId}/cancel. / Before it is paid the request is taken back; afterwards all that is left is cancelled (paymentStatus CANCELLED). Partial cancels: the payment’s own operation.',
  })
  @ApiOkResponse({ type: SmsPaymentResponse, description: '취소됨 / Cancelled' })
  @ApiErrors(SMS_PAYMENT_ERRORS, 'SMS_PAYMENT_CLOSED', 'SMS_PAYMENT_IN_PROGRESS', 'PAY_LINK_EXPIRED')
  @ApiErrors(
    PAYMENT_ERRORS,
    'ALREADY_CANCELLED',
    'CANCEL_IN_PROGRESS',
    'CANCEL_REFUSED',
    'CANCEL_OUTCOME_UNKNOWN',
    'ACQUIRER_UNAVAILABLE',
    'ACQUIRER_TIMEOUT',
  )
  @ReadErrors()
  async cancel(
    @Param('smsPaymentId') smsPaymentId: string,
    @Body() { reason }: CancelSmsPaymentRequest,
    @Req() request: IdempotentRequest,
    @CurrentPrincipal() principal: Principal,
  ): Promise<SmsPaymentResponse> {
    const seen = await this.read.inScope(dataScope(principal), smsPaymentId);
    const requestKey = request.idempotencyKeyHash?.toString('hex') ?? null;
    await this.cancelling.run(seen, { reason, actor: actorOf(principal), requestKey });
    return this.info(smsPaymentId, principal);
  }
}
