import { ApiProperty } from '@nestjs/swagger';
import { maskPhone } from '../../../common/masking/masking';
import { koreanTime } from '../../../common/time/korean-time';
import { SMS_PAYMENT_TRANSITIONS, shownStatus, type SmsPaymentStatus } from '../sms-payment.state';
import type { SmsPaymentDetail } from '../sms-payments.types';

const STATUSES = Object.keys(SMS_PAYMENT_TRANSITIONS);

export class SmsMessageResponse {
  @ApiProperty({ example: 'sms-payment.link', description: '문자의 종류 / What it is for' })
  purpose: string;

  @ApiProperty({
    enum: ['QUEUED', 'SENT', 'DELIVERED', 'FAILED'],
    example: 'DELIVERED',
    description: '상태 / Status',
  })
  status: string;

  @ApiProperty({
    type: String,
    nullable: true,
    example: null,
    description: '문자 사업자의 오류 코드 / Provider code',
  })
  failureCode: string | null;

  @ApiProperty({
    type: String,
    nullable: true,
    example: '2026-01-02T03:04:05.000+09:00',
    description: '보낸 시각 / Sent',
  })
  sentAt: string | null;
}

export class SmsPaymentEventResponse {
  @ApiProperty({ enum: STATUSES, nullable: true, example: 'REQUESTED', description: '이전 상태 / From' })
  from: SmsPaymentStatus | null;

  @ApiProperty({ enum: STATUSES, example: 'PAYING', description: '다음 상태 / To' })
  to: SmsPaymentStatus;

  @ApiProperty({ example: 'payer:sms_01JDEMOSMS000000000000001', description: '누가 / Who' })
  actor: string;

  @ApiProperty({ example: 'the code was right', description: '이유 / Why' })
  reason: string;

  @ApiProperty({ example: '2026-01-02T03:04:05.000+09:00', description: '시각 / When' })
  occurredAt: string;
}

export class SmsPaymentStatusResponse {
  @ApiProperty({ example: 'sms_01JDEMOSMS0000000000000001', description: 'SMS 결제 번호 / Its id' })
  smsPaymentId: string;

  @ApiProperty({ example: 'SMS-20260102-0001', description: '주문번호 / Order number' })
  orderNo: string;

  @ApiProperty({
    enum: STATUSES,
    example: 'PAID',
    description:
      '링크의 상태; 결제 뒤의 취소는 paymentStatus / Of the link; cancels afterwards are in paymentStatus',
  })
  status: SmsPaymentStatus;

  @ApiProperty({
    type: String,
    nullable: true,
    example: 'pay_01JDEMOPAYMENT00000000001',
    description: '결제 번호 / Payment',
  })
  paymentId: string | null;

  @ApiProperty({
    type: String,
    nullable: true,
    example: 'APPROVED',
    description: '결제의 상태 / Status of the payment',
  })
  paymentStatus: string | null;

  @ApiProperty({
    type: String,
    nullable: true,
    example: null,
    description: '마지막 거절 또는 실패 / Last decline or failure',
  })
  failureCode: string | null;

  @ApiProperty({ example: '2026-01-03T03:04:05.000+09:00', description: '결제 기한 / Pay by' })
  expiresAt: string;

  @ApiProperty({
    type: String,
    nullable: true,
    example: '2026-01-02T03:10:00.000+09:00',
    description: '결제 시각 / Paid',
  })
  paidAt: string | null;
}

export class SmsPaymentResponse extends SmsPaymentStatusResponse {
  @ApiProperty({ example: 'M0000001', description: '가맹점 / Merchant' })
  mid: string;

  @ApiProperty({ type: String, nullable: true, example: null, description: '영업점 / Branch' })
  branchId: string | null;

  @ApiProperty({ example: 50000, description: '금액(원) / Amount in won' })
  amount: number;

  @ApiProperty({ example: 0, description: '면세 금액(원) / Tax-free part' })
  taxFreeAmount: number;

  @ApiProperty({ example: 'KRW', enum: ['KRW'], description: '통화 / Currency' })
  currency: 'KRW';

  @ApiProperty({ example: '수제 만년필', description: '상품명 / Goods' })
  goodsName: string;

  @ApiProperty({ type: String, nullable: true, example: '홍길동', description: '구매자 / Buyer' })
  buyerName: string | null;

  @ApiProperty({ example: '010****5678', description: '가린 휴대폰 번호 / Phone, masked' })
  buyerPhone: string;

  @ApiProperty({ example: 12, description: '최대 할부 개월 / Most months' })
  installmentMonthsMax: number;

  @ApiProperty({ example: '2026-01-02T03:04:05.000+09:00', description: '만든 시각 / Made' })
  createdAt: string;

  @ApiProperty({ type: [SmsMessageResponse], description: '보낸 문자, 최근 것부터 / Messages, newest first' })
  messages: SmsMessageResponse[];

  @ApiProperty({ type: [SmsPaymentEventResponse], description: '상태의 이력 / History' })
  events: SmsPaymentEventResponse[];
}

const timeOrNull = (at: Date | null) => (at === null ? null : koreanTime(at));

export function toSmsPaymentStatus(
  { smsPayment, standing }: Pick<SmsPaymentDetail, 'smsPayment' | 'standing'>,
  now: Date,
): SmsPaymentStatusResponse {
  const { smsPaymentId, orderNo, status, expiresAt, paidAt, failureCode } = smsPayment;
  return {
    smsPaymentId,
    orderNo,
    status: shownStatus(status, expiresAt, now),
    paymentId: standing?.paymentId ?? null,
    paymentStatus: standing?.status ?? null,
    failureCode,
    expiresAt: koreanTime(expiresAt),
    paidAt: timeOrNull(paidAt),
  };
}

export function toSmsPayment(detail: SmsPaymentDetail, now: Date): SmsPaymentResponse {
  const { smsPayment: seen, phone, messages, events } = detail;
  return {
    ...toSmsPaymentStatus(detail, now),
    mid: seen.mid,
    branchId: seen.branchId,
    amount: seen.amount,
    taxFreeAmount: seen.taxFreeAmount,
    currency: 'KRW',
    goodsName: seen.goodsName,
    buyerName: seen.buyerName,
    buyerPhone: maskPhone(phone),
    installmentMonthsMax: seen.installmentMonthsMax,
    createdAt: koreanTime(seen.createdAt),
    messages: messages.map(({ purpose, status, failureCode, sentAt }) => ({
      purpose,
      status,
      failureCode,
      sentAt: timeOrNull(sentAt),
    })),
    events: events.map(({ from, to, actor, reason, occurredAt }) => ({
      from,
      to,
      actor,
      reason,
      occurredAt: koreanTime(occurredAt),
    })),
  };
}
