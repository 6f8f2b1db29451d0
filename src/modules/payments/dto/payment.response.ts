import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { CardResponse } from './card.response';
import { RefundedAccountResponse } from '../virtual-accounts/dto/refunded-account.response';
import { PAYMENT_STATUSES, type PaymentStatus } from '../payment.state';

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

  @ApiProperty({
    example: 55000,
    description: '승인 금액, 포인트 포함 / Amount approved, points included, in won',
  })
  amount: number;

  @ApiProperty({ example: 0, description: '그중 포인트로 낸 금액 / What of it points paid' })
  pointAmount: number;

  @ApiProperty({
    example: 55000,
    description: '그중 포인트가 아닌 금액: 원천사가 승인한 금액 / The rest: what the acquirer approved',
  })
  cardAmount: number;

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

  @ApiProperty({ example: 15000, description: '취소 금액, 포인트 포함 / Amount cancelled, points included' })
  amount: number;

  @ApiProperty({ example: 0, description: '그중 포인트로 돌려준 금액 / What of it went back as points' })
  pointAmount: number;

  @ApiProperty({ example: 15000, description: '그중 카드로 돌려준 금액 / What of it went back to the card' })
  cardAmount: number;

  @ApiProperty({ example: 0 })
  taxFreeAmount: number;

  @ApiProperty({ example: '고객 변심' })
  reason: string;

  @ApiProperty({ type: RefundedAccountResponse, nullable: true })
  refundAccount: RefundedAccountResponse | null;

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

  @ApiProperty({ example: 'APPROVE', enum: ['APPROVE', 'CANCEL', 'NET_CANCEL', 'INQUIRE', 'OPEN'] })
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
      'OPENED',
      'NOT_PAID',
      'MISMATCH',
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
