import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { koreanTime } from '../../../common/time/korean-time';
import { PAYMENT_STATUSES, type PaymentStatus } from '../payment.state';
import type {
  Payment,
  PaymentAttempt,
  PaymentCancel,
  PaymentEvent,
  PaymentWithHistory,
} from '../payments.types';

const timeOrNull = (at: Date | null) => (at === null ? null : koreanTime(at));

export class CardResponse {
  @ApiProperty({
    example: '424242******4242',
    description: '앞 6자리와 뒤 4자리만 / First six and last four digits',
  })
  number: string;

  @ApiProperty({ example: 'SHINHAN', nullable: true, type: String, description: '카드사 / Issuer' })
  issuer: string | null;

  @ApiProperty({
    example: 'CREDIT',
    nullable: true,
    enum: ['CREDIT', 'CHECK', 'GIFT', 'UNKNOWN'],
    type: String,
  })
  type: string | null;

  @ApiProperty({
    example: 'PERSONAL',
    nullable: true,
    enum: ['PERSONAL', 'CORPORATE', 'UNKNOWN'],
    type: String,
  })
  ownerType: string | null;

  @ApiProperty({ example: 0, description: '할부 개월, 0 = 일시불 / Installment months' })
  installmentMonths: number;

  @ApiProperty({ example: false, nullable: true, type: Boolean, description: '무이자 여부 / Interest-free' })
  interestFree: boolean | null;
}

export class FailureResponse {
  @ApiProperty({ example: 'CARD_LIMIT_EXCEEDED', description: '정규화된 코드 / Normalised code' })
  code: string;

  @ApiProperty({
    example: 'EXCEED_MAX_PAYMENT_AMOUNT',
    nullable: true,
    type: String,
    description: '원천사 코드 / Acquirer code',
  })
  acquirerCode: string | null;

  @ApiProperty({
    example: '한도를 초과했습니다.',
    nullable: true,
    type: String,
    description: '원천사 메시지 / Acquirer text',
  })
  acquirerMessage: string | null;
}

/** A payment as anyone may see it: built field by field, so that a new column never leaks by itself. */
export class PaymentResponse {
  @ApiProperty({ example: 'pay_01K9Z3V4T5W6X7Y8Z9ABCDEFGH' })
  paymentId: string;

  @ApiPropertyOptional({
    example: 'SUCCESS',
    enum: ['SUCCESS', 'DUPLICATE', 'FAILURE'],
    description: '이 호출의 결과 / What this call came to; only on calls that change something',
  })
  outcome?: string;

  @ApiProperty({ example: 'M0000001' })
  mid: string;

  @ApiProperty({ example: 'ORDER-20260102-0001' })
  orderNo: string;

  @ApiProperty({ example: 'APPROVED', enum: PAYMENT_STATUSES })
  status: PaymentStatus;

  @ApiProperty({ example: 'CARD' })
  method: string;

  @ApiProperty({ example: 'KRW' })
  currency: string;

  @ApiProperty({ example: 55000, description: '승인 금액 / Amount approved, in won' })
  amount: number;

  @ApiProperty({ example: 55000, description: '남은 금액 / What may still be cancelled' })
  balanceAmount: number;

  @ApiProperty({ example: 0, description: '취소된 금액 / What was cancelled' })
  cancelledAmount: number;

  @ApiProperty({
    example: 0,
    description: '결과를 확인 중인 취소 금액 / Cancels whose outcome is not known yet',
  })
  pendingCancelAmount: number;

  @ApiProperty({ example: 50000, description: '공급가액 / Supply value' })
  supplyAmount: number;

  @ApiProperty({ example: 5000, description: '부가세 / VAT' })
  vat: number;

  @ApiProperty({ example: 0, description: '면세 금액 / Tax-free amount' })
  taxFreeAmount: number;

  @ApiProperty({ example: 0, description: '봉사료 / Service charge' })
  serviceCharge: number;

  @ApiProperty({ example: '아메리카노 외 2건' })
  goodsName: string;

  @ApiProperty({ example: '홍길동', nullable: true, type: String })
  buyerName: string | null;

  @ApiProperty({ example: 'customer-0001', nullable: true, type: String })
  customerKey: string | null;

  @ApiProperty({ example: null, nullable: true, type: String })
  branchId: string | null;

  @ApiProperty({ type: CardResponse, nullable: true })
  card: CardResponse | null;

  @ApiProperty({ example: 'toss', description: '원천사 / Acquirer' })
  acquirer: string;

  @ApiProperty({
    example: 'tk_20260102030405abcd1',
    nullable: true,
    type: String,
    description: '원천사 거래 키 / Its key',
  })
  acquirerTransactionId: string | null;

  @ApiProperty({
    example: '00012345',
    nullable: true,
    type: String,
    description: '승인번호 / Approval number',
  })
  approvalNo: string | null;

  @ApiProperty({ type: FailureResponse, nullable: true })
  failure: FailureResponse | null;

  @ApiProperty({ example: { cartId: 'c-77' }, nullable: true, type: Object })
  metadata: Readonly<Record<string, string>> | null;

  @ApiProperty({ example: '2026-01-02T03:04:06.000+09:00', nullable: true, type: String })
  approvedAt: string | null;

  @ApiProperty({ example: '2026-01-02T03:04:05.123+09:00' })
  createdAt: string;

  @ApiProperty({
    example: null,
    nullable: true,
    type: String,
    description: '되돌리는 중일 때 다음 확인 시각 / Next check while reversing',
  })
  nextCheckAt: string | null;
}

export class CancelResponse {
  @ApiProperty({ example: 'pcn_01K9Z3V4T5W6X7Y8Z9ABCDEFGH' })
  cancelId: string;

  @ApiProperty({ example: 'DONE', enum: ['IN_PROGRESS', 'DONE', 'FAILED'] })
  status: string;

  @ApiProperty({ example: 15000, description: '취소 금액 / Amount cancelled, in won' })
  amount: number;

  @ApiProperty({ example: 0 })
  taxFreeAmount: number;

  @ApiProperty({ example: '고객 변심' })
  reason: string;

  @ApiProperty({ example: '0AB12CD34EF56GH78IJ90KL12MN34OP5', nullable: true, type: String })
  acquirerCancelId: string | null;

  @ApiProperty({ type: FailureResponse, nullable: true })
  failure: FailureResponse | null;

  @ApiProperty({
    example: 40000,
    nullable: true,
    type: Number,
    description: '취소 뒤 남은 금액 / Balance after it',
  })
  balanceAfter: number | null;

  @ApiProperty({ example: '2026-01-02T04:04:05.123+09:00' })
  requestedAt: string;

  @ApiProperty({ example: '2026-01-02T04:04:06.000+09:00', nullable: true, type: String })
  cancelledAt: string | null;
}

export class EventResponse {
  @ApiProperty({ example: 'IN_PROGRESS', nullable: true, type: String })
  from: string | null;

  @ApiProperty({ example: 'APPROVED', enum: PAYMENT_STATUSES })
  to: string;

  @ApiProperty({ example: 'merchant:M0000001', description: '누가 / Who' })
  actor: string;

  @ApiProperty({ example: 'approved by the acquirer', description: '왜 / Why' })
  reason: string;

  @ApiProperty({ example: null, nullable: true, type: String })
  cancelId: string | null;

  @ApiProperty({ example: '2026-01-02T03:04:06.000+09:00' })
  occurredAt: string;
}

export class AttemptResponse {
  @ApiProperty({ example: 'toss' })
  acquirer: string;

  @ApiProperty({
    example: 'pay_01K9Z3V4T5W6X7Y8Z9ABCDEFGH',
    description: '원천사에 보낸 주문번호 / Our number there',
  })
  acquirerOrderNo: string;

  @ApiProperty({ example: 'tk_20260102030405abcd1', nullable: true, type: String })
  acquirerTransactionId: string | null;

  @ApiProperty({ example: 'APPROVE', enum: ['APPROVE', 'CANCEL', 'NET_CANCEL', 'INQUIRE'] })
  operation: string;

  @ApiProperty({
    example: 'APPROVED',
    enum: [
      'SENDING',
      'APPROVED',
      'DECLINED',
      'NOT_SENT',
      'UNKNOWN',
      'CANCELLED',
      'REFUSED',
      'FOUND',
      'NOT_FOUND',
    ],
  })
  outcome: string;

  @ApiProperty({ example: null, nullable: true, type: String, description: '원천사 코드 / Acquirer code' })
  code: string | null;

  @ApiProperty({ example: 120, nullable: true, type: Number })
  latencyMs: number | null;

  @ApiProperty({ example: '2026-01-02T03:04:05.130+09:00' })
  startedAt: string;
}

export class PaymentDetailResponse extends PaymentResponse {
  @ApiProperty({ type: [CancelResponse] })
  cancels: CancelResponse[];

  @ApiProperty({ type: [EventResponse] })
  events: EventResponse[];

  @ApiProperty({ type: [AttemptResponse] })
  attempts: AttemptResponse[];
}

export class CancelledPaymentResponse extends PaymentDetailResponse {
  @ApiProperty({ type: CancelResponse, description: '이번 취소 / This cancel' })
  cancel: CancelResponse;
}

export class PaymentStatsResponse {
  @ApiProperty({ example: 120, description: '결제 수 / Payments' })
  total: number;

  @ApiProperty({ example: 100, description: '승인(부분취소 포함) / Approved, partly cancelled ones too' })
  completed: number;

  @ApiProperty({ example: 10, description: '전액 취소 / Fully cancelled' })
  cancelled: number;

  @ApiProperty({ example: 1, description: '처리 중 / Running or being undone' })
  pending: number;

  @ApiProperty({ example: 9, description: '실패·망취소·만료 / Failed, reversed or expired' })
  failed: number;

  @ApiProperty({ example: 5500000, description: '승인된 금액 합계(원) / Sum of approved amounts' })
  totalAmount: number;

  @ApiProperty({ example: 300000, description: '취소된 금액 합계(원) / Sum of cancelled amounts' })
  cancelledAmount: number;
}

export function toPaymentResponse(payment: Payment, outcome?: PaymentResponse['outcome']): PaymentResponse {
  return {
    paymentId: payment.paymentId,
    ...(outcome === undefined ? {} : { outcome }),
    mid: payment.mid,
    orderNo: payment.orderNo,
    status: payment.status,
    method: payment.method,
    currency: 'KRW',
    amount: payment.amount,
    balanceAmount: payment.balanceAmount,
    cancelledAmount: payment.cancelledAmount,
    pendingCancelAmount: payment.pendingCancelAmount,
    supplyAmount: payment.amount - payment.vat - payment.taxFreeAmount - payment.serviceCharge,
    vat: payment.vat,
    taxFreeAmount: payment.taxFreeAmount,
    serviceCharge: payment.serviceCharge,
    goodsName: payment.goodsName,
    buyerName: payment.buyerName,
    customerKey: payment.customerKey,
    branchId: payment.branchId,
    card: cardOf(payment),
    acquirer: payment.acquirer,
    acquirerTransactionId: payment.acquirerTransactionId,
    approvalNo: payment.approvalNo,
    failure: failureOf(payment),
    metadata: payment.metadata,
    approvedAt: timeOrNull(payment.approvedAt),
    createdAt: koreanTime(payment.createdAt),
    nextCheckAt: payment.status === 'REVERSING' ? timeOrNull(payment.dueAt) : null,
  };
}

export function toPaymentDetail(
  found: PaymentWithHistory,
  outcome?: PaymentResponse['outcome'],
): PaymentDetailResponse {
  return {
    ...toPaymentResponse(found.payment, outcome),
    cancels: found.cancels.map(toCancelResponse),
    events: found.events.map(toEventResponse),
    attempts: found.attempts.map(toAttemptResponse),
  };
}

export function toCancelResponse(cancel: PaymentCancel): CancelResponse {
  return {
    cancelId: cancel.cancelId,
    status: cancel.status,
    amount: cancel.amount,
    taxFreeAmount: cancel.taxFreeAmount,
    reason: cancel.reason,
    acquirerCancelId: cancel.acquirerCancelId,
    failure: failureOf(cancel),
    balanceAfter: cancel.balanceAfter,
    requestedAt: koreanTime(cancel.requestedAt),
    cancelledAt: timeOrNull(cancel.cancelledAt),
  };
}

function cardOf(payment: Payment): CardResponse | null {
  const { cardFirst6, cardLast4, cardNumberLength } = payment;
  if (cardFirst6 === null || cardLast4 === null || cardNumberLength === null) return null;
  return {
    number: `${cardFirst6}${'*'.repeat(cardNumberLength - 10)}${cardLast4}`,
    issuer: payment.cardIssuer,
    type: payment.cardType,
    ownerType: payment.cardOwnerType,
    installmentMonths: payment.installmentMonths,
    interestFree: payment.interestFree,
  };
}

type WithFailure = Pick<PaymentCancel, 'failureCode' | 'failureAcquirerCode' | 'failureAcquirerMessage'>;

function failureOf(failed: WithFailure): FailureResponse | null {
  if (failed.failureCode === null) return null;
  return {
    code: failed.failureCode,
    acquirerCode: failed.failureAcquirerCode,
    acquirerMessage: failed.failureAcquirerMessage,
  };
}

function toEventResponse(event: PaymentEvent): EventResponse {
  const { from, to, actor, reason, cancelId } = event;
  return { from, to, actor, reason, cancelId, occurredAt: koreanTime(event.occurredAt) };
}

function toAttemptResponse(attempt: PaymentAttempt): AttemptResponse {
  return {
    acquirer: attempt.acquirer,
    acquirerOrderNo: attempt.acquirerOrderNo,
    acquirerTransactionId: attempt.acquirerTransactionId,
    operation: attempt.operation,
    outcome: attempt.outcome,
    code: attempt.code,
    latencyMs: attempt.latencyMs,
    startedAt: koreanTime(attempt.startedAt),
  };
}
