import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { RECEIPT_PURPOSES, type ReceiptPurpose } from '../../../common/cash-receipts/receipt-identifier';
import {
  RECEIPT_CANCEL_STATUSES,
  RECEIPT_STATUSES,
  type ReceiptCancelStatus,
  type ReceiptStatus,
} from '../receipt.state';

const TIME = '2026-01-02T03:04:05.000+09:00';

class ReceiptAmountsResponse {
  @ApiProperty({ example: 55000, description: '금액(원) / Won' })
  amount: number;

  @ApiProperty({ example: 50000, description: '공급가액 / Supply value' })
  supplyAmount: number;

  @ApiProperty({ example: 5000, description: '부가세 / VAT' })
  vat: number;

  @ApiProperty({ example: 0, description: '면세 금액 / Tax-free' })
  taxFreeAmount: number;

  @ApiProperty({ example: 0, description: '봉사료 / Service charge' })
  serviceCharge: number;
}

export class CashReceiptFailureResponse {
  @ApiProperty({ example: 'CASH_RECEIPT_REFUSED' })
  code: string;

  @ApiProperty({
    example: '-14001001',
    nullable: true,
    type: String,
    description: '발급처 코드 / Provider code',
  })
  providerCode: string | null;

  @ApiProperty({ example: '필수항목이 없습니다.', nullable: true, type: String })
  providerMessage: string | null;
}

export class CashReceiptCancelResponse extends ReceiptAmountsResponse {
  @ApiProperty({ example: 'crn_01K9Z3V4T5W6X7Y8Z9ABCDEFGH' })
  cancelId: string;

  @ApiProperty({ enum: RECEIPT_CANCEL_STATUSES, example: 'DONE' })
  status: ReceiptCancelStatus;

  @ApiProperty({ example: '고객 변심' })
  reason: string;

  @ApiProperty({
    example: '123456790',
    nullable: true,
    type: String,
    description: '취소 승인번호 / Approval number of the cancel',
  })
  approvalNo: string | null;

  @ApiProperty({ nullable: true, type: CashReceiptFailureResponse, example: null })
  failure: CashReceiptFailureResponse | null;

  @ApiProperty({ example: TIME })
  requestedAt: string;

  @ApiProperty({ example: TIME, nullable: true, type: String })
  cancelledAt: string | null;
}

export class CashReceiptEventResponse {
  @ApiProperty({
    example: null,
    nullable: true,
    type: String,
    description: '취소의 이벤트이면 그 번호 / Of a cancel: its id',
  })
  cancelId: string | null;

  @ApiProperty({ example: 'IN_PROGRESS', nullable: true, type: String })
  from: string | null;

  @ApiProperty({ example: 'ISSUED' })
  to: string;

  @ApiProperty({ example: 'merchant:M0000001' })
  actor: string;

  @ApiProperty({ example: 'issued' })
  reason: string;

  @ApiProperty({ example: TIME })
  occurredAt: string;
}

/** A cash receipt as its merchant may see it: built field by field, the customer's number masked. */
export class CashReceiptResponse extends ReceiptAmountsResponse {
  @ApiProperty({ example: 'crc_01K9Z3V4T5W6X7Y8Z9ABCDEFGH' })
  receiptId: string;

  @ApiPropertyOptional({
    enum: ['SUCCESS', 'DUPLICATE'],
    example: 'SUCCESS',
    description: 'DUPLICATE: 이미 처리된 같은 주문 / The same order was done before',
  })
  outcome?: 'SUCCESS' | 'DUPLICATE';

  @ApiProperty({ example: 'M0000001' })
  mid: string;

  @ApiProperty({ example: 'ORDER-20260102-0001' })
  orderNo: string;

  @ApiProperty({
    example: null,
    nullable: true,
    type: String,
    description: '결제와 함께 자동으로 발급된 경우 / The payment that it was issued with',
  })
  paymentId: string | null;

  @ApiProperty({
    example: null,
    nullable: true,
    type: String,
    description:
      '결제 부분취소로 전액 취소된 뒤 나머지 금액으로 다시 발급된 영수증 / Where a part of the payment was cancelled: the receipt for the rest that took its place',
  })
  replacedById: string | null;

  @ApiProperty({ enum: RECEIPT_STATUSES, example: 'ISSUED' })
  status: ReceiptStatus;

  @ApiProperty({ enum: RECEIPT_PURPOSES, example: 'INCOME_DEDUCTION' })
  purpose: ReceiptPurpose;

  @ApiProperty({ example: '010****5678', description: '가린 식별번호 / Masked' })
  identifier: string;

  @ApiProperty({ enum: ['PHONE', 'CARD', 'BUSINESS_NUMBER', 'VOLUNTARY'], example: 'PHONE' })
  identifierKind: string;

  @ApiProperty({ example: '만년필' })
  goodsName: string;

  @ApiProperty({ example: 55000, description: '취소되지 않은 금액 / Not cancelled' })
  balanceAmount: number;

  @ApiProperty({ example: 0 })
  cancelledAmount: number;

  @ApiProperty({ example: 0, description: '취소 중인 금액 / Being cancelled' })
  pendingCancelAmount: number;

  @ApiProperty({ example: 'popbill', description: '발급처 / Who issued it' })
  provider: string;

  @ApiProperty({
    example: '123456789',
    nullable: true,
    type: String,
    description: '국세청 승인번호 / Approval number',
  })
  approvalNo: string | null;

  @ApiProperty({ example: TIME, nullable: true, type: String })
  issuedAt: string | null;

  @ApiProperty({ nullable: true, type: CashReceiptFailureResponse, example: null })
  failure: CashReceiptFailureResponse | null;

  @ApiProperty({ example: TIME })
  createdAt: string;

  @ApiProperty({
    example: null,
    nullable: true,
    type: String,
    description: '처리 중일 때 다음 확인 시각 / When it is looked up next',
  })
  nextCheckAt: string | null;
}

export class CashReceiptDetailResponse extends CashReceiptResponse {
  @ApiProperty({ type: [CashReceiptCancelResponse] })
  cancels: CashReceiptCancelResponse[];

  @ApiProperty({ type: [CashReceiptEventResponse] })
  events: CashReceiptEventResponse[];
}

export class CancelledCashReceiptResponse extends CashReceiptDetailResponse {
  @ApiProperty({ type: CashReceiptCancelResponse })
  cancel: CashReceiptCancelResponse;
}
