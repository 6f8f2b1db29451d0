import { ApiProperty, ApiPropertyOptional, PickType } from '@nestjs/swagger';
import { CashReceiptDetailResponse, CashReceiptResponse } from '../../cash-receipts/cash-receipts.facade';
import {
  CancelResponse,
  CardResponse,
  PAYMENT_STATUSES,
  PaymentDetailResponse,
  PaymentResponse,
} from '../../payments/payments.facade';
import { METHODS } from '../history.types';

const TIME = '2026-01-02T03:04:05.000+09:00';
const NEXT = 'MTc2MzY5MDQwMDAwMC40Mg';

export class TransactionCancelResponse extends PickType(CancelResponse, ['cancelId', 'amount', 'reason']) {
  @ApiProperty({ example: TIME })
  cancelledAt: string;
}

export class TransactionCardResponse extends PickType(CardResponse, [
  'number',
  'issuer',
  'type',
  'installmentMonths',
]) {}

/** A row of the list: a payment, or one cancel of it. What it shares with the payment means the same there. */
export class TransactionResponse extends PickType(PaymentResponse, [
  ...(['paymentId', 'mid', 'branchId', 'orderNo', 'goodsName', 'buyerName'] as const),
  ...(['amount', 'pointAmount', 'balanceAmount', 'cancelledAmount'] as const),
  ...(['acquirer', 'acquirerTransactionId', 'approvalNo', 'approvedAt', 'createdAt'] as const),
]) {
  @ApiProperty({
    example: 'pay_01K9Z3V4T5W6X7Y8Z9ABCDEFGH',
    description: '결제 번호, 취소이면 취소 번호 / Payment id, of a cancel the cancel id',
  })
  transactionId: string;

  @ApiProperty({ example: 'PAYMENT', enum: ['PAYMENT', 'CANCEL'] })
  type: 'PAYMENT' | 'CANCEL';

  @ApiProperty({
    example: TIME,
    description:
      '목록의 기준 시각: 승인, 요청 또는 취소 / The time that the list goes by: approval, creation or cancel',
  })
  occurredAt: string;

  @ApiProperty({
    example: 'APPROVED',
    enum: PAYMENT_STATUSES,
    description: '결제의 상태 / State of the payment',
  })
  status: string;

  @ApiProperty({ example: 'CARD', enum: METHODS })
  method: string;

  @ApiProperty({ type: TransactionCardResponse, nullable: true })
  card: TransactionCardResponse | null;

  @ApiProperty({ example: null, nullable: true, type: String, description: '실패 코드 / Why it failed' })
  failureCode: string | null;

  @ApiProperty({
    type: TransactionCancelResponse,
    nullable: true,
    description: 'type이 CANCEL일 때 그 취소 / The cancel, where type is CANCEL',
  })
  cancel: TransactionCancelResponse | null;
}

export class TransactionSummaryResponse {
  @ApiProperty({ example: 120, description: '줄 수 / Rows' })
  count: number;

  @ApiProperty({
    example: 110,
    description: '승인된 결제 수, 취소된 것도 / Payments charged, cancelled ones too',
  })
  approvedCount: number;

  @ApiProperty({ example: 5500000, description: '승인 금액 합계(원) / Won approved' })
  approvedAmount: number;

  @ApiProperty({ example: 300000, description: '취소 금액 합계(원) / Won cancelled' })
  cancelledAmount: number;

  @ApiProperty({ example: 5200000, description: '승인에서 취소를 뺀 금액(원) / Approved less cancelled' })
  netAmount: number;
}

const NEXT_CURSOR = {
  example: NEXT,
  nullable: true,
  type: String,
  description:
    '이어서 볼 곳, 끝이면 null. 조건에 맞는 것이 드물면 limit보다 적게(없이도) 오고 이어질 수 있습니다. / Where to go on, null at the end. Where few match, a page may hold fewer than limit, even none, and yet go on.',
} as const;

export class TransactionListResponse {
  @ApiProperty({ type: [TransactionResponse] })
  data: TransactionResponse[];

  @ApiProperty(NEXT_CURSOR)
  nextCursor: string | null;

  @ApiPropertyOptional({
    type: TransactionSummaryResponse,
    description: 'summary=true일 때 / With summary=true',
  })
  summary?: TransactionSummaryResponse;
}

export class BankAccountResponse {
  @ApiProperty({ example: 'vac_01K9Z3V4T5W6X7Y8Z9ABCDEFGH' })
  virtualAccountId: string;

  @ApiProperty({ example: '088', description: '은행 / Bank' })
  bankCode: string;

  @ApiProperty({
    example: '1101******78',
    nullable: true,
    type: String,
    description: '가린 계좌번호 / Masked',
  })
  accountNumber: string | null;

  @ApiProperty({ example: '홍길동', description: '예금주 / Account holder' })
  holderName: string;

  @ApiProperty({ example: '홍길동', nullable: true, type: String, description: '입금자 / Who paid' })
  depositor: string | null;

  @ApiProperty({ example: TIME, description: '입금 기한 / Due' })
  dueAt: string;

  @ApiProperty({ example: TIME, nullable: true, type: String, description: '입금 시각 / When it was paid' })
  depositedAt: string | null;
}

export class BankTransactionResponse extends TransactionResponse {
  @ApiProperty({
    type: BankAccountResponse,
    nullable: true,
    description: '가상계좌, 계좌이체이면 null / The virtual account, null for a bank transfer',
  })
  account: BankAccountResponse | null;
}

export class BankTransactionListResponse {
  @ApiProperty({ type: [BankTransactionResponse] })
  data: BankTransactionResponse[];

  @ApiProperty(NEXT_CURSOR)
  nextCursor: string | null;
}

export class CashReceiptListResponse {
  @ApiProperty({ type: [CashReceiptResponse] })
  data: CashReceiptResponse[];

  @ApiProperty({ example: NEXT, nullable: true, type: String })
  nextCursor: string | null;
}

export class MovementResponse {
  @ApiProperty({ example: 'APPROVAL', enum: ['APPROVAL', 'CANCEL', 'REVERSAL'] })
  kind: string;

  @ApiProperty({
    example: 'pay_01K9Z3V4T5W6X7Y8Z9ABCDEFGH',
    description: '결제 번호 또는 취소 번호 / Payment id or cancel id',
  })
  sourceId: string;

  @ApiProperty({
    example: 55000,
    description: '금액(원), 돌려준 것은 음수 / Won, negative where it went back',
  })
  amount: number;

  @ApiProperty({ example: 55000, description: '그중 정산 대상 / What of it is settled' })
  settledAmount: number;

  @ApiProperty({ example: '2026-01-02', description: '매입일 / Captured on' })
  capturedOn: string;

  @ApiProperty({ example: TIME })
  occurredAt: string;
}

/** The whole payment: cancels, events and attempts, movements of money, cash receipts. */
export class TransactionDetailResponse extends PaymentDetailResponse {
  @ApiProperty({ type: [MovementResponse], description: '돈의 움직임 / Movements of money' })
  movements: MovementResponse[];

  @ApiProperty({ type: [CashReceiptDetailResponse], description: '현금영수증 / Cash receipts' })
  cashReceipts: CashReceiptDetailResponse[];
}
