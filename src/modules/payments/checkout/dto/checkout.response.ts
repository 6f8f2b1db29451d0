import { ApiProperty } from '@nestjs/swagger';
import { koreanTime } from '../../../../common/time/korean-time';
import { PaymentResponse } from '../../dto/payment.response';
import { toPaymentResponse } from '../../dto/payment.views';
import { PAYMENT_STATUSES, type PaymentStatus } from '../../payment.state';
import type { CheckoutWithPayment, ConfirmResult } from '../checkout.types';
import type { CreatedCheckout } from '../../use-cases/create-checkout';

export class CheckoutResponse {
  @ApiProperty({ example: 'chk_01K9Z3V4T5W6X7Y8Z9ABCDEFGH' })
  checkoutId: string;

  @ApiProperty({ example: 'pay_01K9Z3V4T5W6X7Y8Z9ABCDEFGH' })
  paymentId: string;

  @ApiProperty({ example: 'ORDER-20260102-0001' })
  orderNo: string;

  @ApiProperty({ example: 30000, description: '주문 금액(원) / Amount of the order in won' })
  amount: number;

  @ApiProperty({
    enum: PAYMENT_STATUSES,
    example: 'CREATED',
    description: '결제 상태 / State of the payment',
  })
  status: PaymentStatus;

  @ApiProperty({ example: 'toss', description: '원천사 / Acquirer' })
  acquirer: string;

  @ApiProperty({
    example: '2026-01-02T03:34:05+09:00',
    description: '이때까지 확인(confirm) / Confirm until then',
  })
  expiresAt: string;

  @ApiProperty({
    example: null,
    nullable: true,
    type: String,
    description: '가맹점이 확인한 시각 / Acknowledged',
  })
  acknowledgedAt: string | null;
}

export class CreatedCheckoutResponse extends CheckoutResponse {
  @ApiProperty({
    example: 'k3XdR0v2mQz8yTn5sLw7pBhJ4cFg6aUe',
    description: '한 번만 보이는 일회용 토큰 / One-time token, shown once',
  })
  paymentToken: string;

  @ApiProperty({
    type: 'object',
    additionalProperties: { oneOf: [{ type: 'string' }, { type: 'number' }, { type: 'boolean' }] },
    example: { orderId: 'ORDER-20260102-0001', amount: 30000 },
    description: '결제창을 여는 데 필요한 값 / What opens the acquirer’s window',
  })
  clientParams: Readonly<Record<string, string | number | boolean>>;
}

export class CheckoutDetailResponse extends CheckoutResponse {
  @ApiProperty({ type: PaymentResponse, description: '결제 / The payment' })
  payment: PaymentResponse;
}

export class ConfirmedCheckoutResponse {
  @ApiProperty({
    enum: ['SUCCESS', 'DUPLICATE', 'FAILURE'],
    example: 'SUCCESS',
    description:
      '실패는 문제 응답(4xx, 5xx)의 outcome으로 알립니다 / FAILURE comes as the outcome of a problem answer',
  })
  outcome: 'SUCCESS' | 'DUPLICATE' | 'FAILURE';

  @ApiProperty({ type: PaymentResponse, description: '결제 / The payment' })
  payment: PaymentResponse;
}

export function toCheckout({ checkout, payment }: CheckoutWithPayment): CheckoutResponse {
  return {
    checkoutId: checkout.checkoutId,
    paymentId: payment.paymentId,
    orderNo: payment.orderNo,
    amount: payment.amount,
    status: payment.status,
    acquirer: payment.acquirer,
    expiresAt: koreanTime(checkout.expiresAt),
    acknowledgedAt: checkout.acknowledgedAt === null ? null : koreanTime(checkout.acknowledgedAt),
  };
}

export function toCheckoutDetail(found: CheckoutWithPayment): CheckoutDetailResponse {
  return { ...toCheckout(found), payment: toPaymentResponse(found.payment) };
}

export function toCreatedCheckout(created: CreatedCheckout): CreatedCheckoutResponse {
  const { payment } = created;
  return {
    checkoutId: created.checkoutId,
    paymentId: payment.paymentId,
    orderNo: payment.orderNo,
    amount: payment.amount,
    status: payment.status,
    acquirer: payment.acquirer,
    expiresAt: koreanTime(created.expiresAt),
    acknowledgedAt: null,
    paymentToken: created.paymentToken,
    clientParams: created.clientParams,
  };
}

export function toConfirmed({ outcome, payment }: ConfirmResult): ConfirmedCheckoutResponse {
  return { outcome, payment: toPaymentResponse(payment, outcome) };
}
