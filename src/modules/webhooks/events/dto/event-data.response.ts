import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { CancelResponse } from '../../../payments/payment-news.facade';
import { PaymentResponse } from '../../../payments/payments.facade';

const AT = '2026-11-21T15:04:05.000+09:00';
const DAY = '2026-12-21';

/** Of `payment.*`: the payment as GET /v1/payments/{paymentId} shows it, as it was after the change. */
export class PaymentEventData extends PaymentResponse {
  @ApiProperty({
    type: CancelResponse,
    nullable: true,
    description: '이 이벤트의 취소, 취소가 아니면 null / The cancel that it is about; null if about none',
  })
  cancel: CancelResponse | null;
}

/** Of `virtual_account.*`. */
export class VirtualAccountEventData {
  @ApiProperty({ example: 'vac_01KAJR38VNR81X7S9FZBZ4D62E' })
  virtualAccountId: string;

  @ApiProperty({ example: 'pay_01KAJR38VNR81X7S9FZBZ4D62E' })
  paymentId: string;

  @ApiProperty({ example: 'ORDER-20260102-0001' })
  orderNo: string;

  @ApiProperty({ example: 'APPROVED', description: '결제 상태 / State of the payment' })
  status: string;

  @ApiProperty({ example: 50_000, description: '원 / Won' })
  amount: number;

  @ApiProperty({ example: '088', nullable: true, type: String })
  bankCode: string | null;

  @ApiProperty({ example: '110****7890', nullable: true, type: String, description: '가린 번호 / Masked' })
  accountNumber: string | null;

  @ApiProperty({ example: AT })
  dueAt: string;

  @ApiProperty({ example: AT, nullable: true, type: String })
  depositedAt: string | null;
}

/** Of `billing_key.*`. */
export class BillingKeyEventData {
  @ApiProperty({ example: 'bil_01KAJR38VNR81X7S9FZBZ4D62E' })
  billingKey: string;

  @ApiProperty({ example: 'M0000001' })
  mid: string;

  @ApiProperty({ example: 'toss', nullable: true, type: String })
  acquirer: string | null;

  @ApiProperty({ example: '4242', nullable: true, type: String })
  cardLast4: string | null;

  @ApiProperty({ example: AT })
  occurredAt: string;
}

/** Of `subscription.*`; what an event has nothing to say of is left out. */
export class SubscriptionEventData {
  @ApiProperty({ example: 'sub_01KAJR38VNR81X7S9FZBZ4D62E' })
  subscriptionId: string;

  @ApiProperty({ example: 'bil_01KAJR38VNR81X7S9FZBZ4D62E' })
  billingKey: string;

  @ApiPropertyOptional({ example: 'sch_01KAJR38VNR81X7S9FZBZ4D62E' })
  chargeId?: string;

  @ApiPropertyOptional({ example: 2, description: '회차 / Period' })
  period?: number;

  @ApiPropertyOptional({ example: DAY, description: '결제일 / Day of the charge' })
  chargeOn?: string;

  @ApiPropertyOptional({ example: 9_900, description: '원 / Won' })
  amount?: number;

  @ApiPropertyOptional({ example: 'sub_01KAJR38VNR81X7S9FZBZ4D62E-2-1' })
  orderNo?: string;

  @ApiPropertyOptional({ example: 1, description: '그 회차의 시도 / Try of that period' })
  tryNumber?: number;

  @ApiPropertyOptional({ example: 'pay_01KAJR38VNR81X7S9FZBZ4D62E', nullable: true, type: String })
  paymentId?: string | null;

  @ApiPropertyOptional({ example: 'CARD_LIMIT_EXCEEDED' })
  failureCode?: string;

  @ApiPropertyOptional({ example: DAY, nullable: true, type: String, description: '다음 시도 / Next try' })
  retryOn?: string | null;

  @ApiProperty({ example: AT })
  occurredAt: string;
}

class CashReceiptAmounts {
  @ApiProperty({ example: 55_000, description: '원 / Won' })
  amount: number;

  @ApiProperty({ example: 50_000 })
  supplyAmount: number;

  @ApiProperty({ example: 5_000 })
  vat: number;

  @ApiProperty({ example: 0 })
  taxFreeAmount: number;

  @ApiProperty({ example: 0 })
  serviceCharge: number;

  @ApiProperty({ example: '123456789', nullable: true, type: String })
  approvalNo: string | null;
}

class CashReceiptCancelData extends CashReceiptAmounts {
  @ApiProperty({ example: 'crn_01KAJR38VNR81X7S9FZBZ4D62E' })
  cancelId: string;

  @ApiProperty({ example: AT })
  cancelledAt: string;
}

/** Of `cash_receipt.*`. */
export class CashReceiptEventData extends CashReceiptAmounts {
  @ApiProperty({ example: 'crc_01KAJR38VNR81X7S9FZBZ4D62E' })
  receiptId: string;

  @ApiProperty({ example: 'ORDER-20260102-0001' })
  orderNo: string;

  @ApiProperty({ example: null, nullable: true, type: String })
  paymentId: string | null;

  @ApiProperty({ example: 'INCOME_DEDUCTION' })
  purpose: string;

  @ApiProperty({ example: '010****5599', description: '가린 값 / Masked' })
  identifier: string;

  @ApiProperty({ example: 'ISSUED' })
  status: string;

  @ApiPropertyOptional({ example: AT })
  issuedAt?: string;

  @ApiPropertyOptional({ example: 55_000 })
  cancelledAmount?: number;

  @ApiPropertyOptional({ type: CashReceiptCancelData })
  cancel?: CashReceiptCancelData;
}

/** Of `settlement.*`. Amounts in won. */
export class SettlementEventData {
  @ApiProperty({ example: 'stl_01KAJR38VNR81X7S9FZBZ4D62E' })
  settlementId: string;

  @ApiProperty({ example: 'ctr_01KAJR38VNR81X7S9FZBZ4D62E' })
  contractId: string;

  @ApiProperty({ example: DAY })
  payoutOn: string;

  @ApiProperty({ example: 'CONFIRMED' })
  status: string;

  @ApiProperty({ example: 12 })
  lineCount: number;

  @ApiProperty({ example: 1_000_000 })
  approvalAmount: number;

  @ApiProperty({ example: -50_000 })
  cancelAmount: number;

  @ApiProperty({ example: 30_400 })
  fee: number;

  @ApiProperty({ example: 3_040 })
  vat: number;

  @ApiProperty({ example: 0 })
  adjustmentAmount: number;

  @ApiProperty({ example: 0 })
  carriedIn: number;

  @ApiProperty({ example: 916_560 })
  payoutAmount: number;

  @ApiProperty({ example: AT })
  at: string;
}

/** Of `webhook_endpoint.disabled`. */
export class EndpointEventData {
  @ApiProperty({ example: 'whe_01KAJR38VNR81X7S9FZBZ4D62E' })
  endpointId: string;

  @ApiProperty({ example: 'https://shop.example.com/webhooks' })
  url: string;

  @ApiProperty({ example: 'DISABLED' })
  status: string;

  @ApiProperty({ enum: ['GONE', 'EXHAUSTED'], example: 'EXHAUSTED' })
  reason: string;

  @ApiProperty({ example: AT })
  occurredAt: string;
}

/** Of `webhook.test`. */
export class TestEventData {
  @ApiProperty({ example: 'whe_01KAJR38VNR81X7S9FZBZ4D62E' })
  endpointId: string;

  @ApiProperty({ example: AT })
  occurredAt: string;
}
