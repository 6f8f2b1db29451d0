import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { koreanTime } from '../../../../common/time/korean-time';
import { PAYMENT_STATUSES, type PaymentStatus } from '../../payment.state';
import { bankName } from '../../../../common/banks/banks';
import type { AccountWithPayment } from '../virtual-account.types';

export class VirtualAccountResponse {
  @ApiProperty({ example: 'vac_01K9Z3V4T5W6X7Y8Z9ABCDEFGH' })
  virtualAccountId: string;

  @ApiPropertyOptional({
    example: 'SUCCESS',
    enum: ['SUCCESS', 'DUPLICATE'],
    description: '이 호출의 결과 / What this call came to; only on calls that change something',
  })
  outcome?: string;

  @ApiProperty({ example: 'pay_01K9Z3V4T5W6X7Y8Z9ABCDEFGH', description: '이 계좌의 결제 / Its payment' })
  paymentId: string;

  @ApiProperty({ example: 'ORDER-20260102-0001' })
  orderNo: string;

  @ApiProperty({
    enum: PAYMENT_STATUSES,
    example: 'WAITING_FOR_DEPOSIT',
    description:
      '결제 상태. APPROVED는 입금됨, CANCELLED는 닫힘 또는 모두 환불됨 / State of the payment. APPROVED: deposited; CANCELLED: closed, or all refunded',
  })
  status: PaymentStatus;

  @ApiProperty({ example: 55000, description: '입금할 금액(원) / Amount to deposit in won' })
  amount: number;

  @ApiProperty({ example: '088', description: '은행 코드 3자리 / Bank code' })
  bankCode: string;

  @ApiProperty({ example: '신한은행', description: '은행 이름 / Name of the bank' })
  bankName: string;

  @ApiProperty({
    example: '56211900001234',
    nullable: true,
    type: String,
    description: '입금할 계좌번호 / Account number; null until it was issued',
  })
  accountNumber: string | null;

  @ApiProperty({ example: '홍길동', description: '예금주로 표시되는 이름 / Shown as its holder' })
  holderName: string;

  @ApiProperty({ example: '2026-01-09T23:59:59+09:00', description: '입금 기한 / Deposit until' })
  dueAt: string;

  @ApiProperty({ example: 'toss', description: '원천사 / Acquirer' })
  acquirer: string;

  @ApiProperty({ example: null, nullable: true, type: String, description: '입금 시각 / Deposited' })
  depositedAt: string | null;

  @ApiProperty({ example: null, nullable: true, type: String, description: '입금자 / Who deposited' })
  depositor: string | null;

  @ApiProperty({
    example: null,
    nullable: true,
    type: String,
    description: '닫히거나 만료된 시각 / Closed or run out',
  })
  endedAt: string | null;

  @ApiProperty({
    example: null,
    nullable: true,
    type: String,
    description: '닫기를 요청한 시각 / When closing it was asked for',
  })
  closeRequestedAt: string | null;

  @ApiProperty({ example: '2026-01-02T03:04:05.123+09:00' })
  createdAt: string;
}

const timeOrNull = (at: Date | null) => (at === null ? null : koreanTime(at));

/** Built field by field, so that a new column never leaks by itself. */
export function toVirtualAccount(
  { account, payment }: AccountWithPayment,
  shown: { readonly accountNumber: string | null; readonly language: 'ko' | 'en' },
  outcome?: VirtualAccountResponse['outcome'],
): VirtualAccountResponse {
  return {
    virtualAccountId: account.virtualAccountId,
    ...(outcome === undefined ? {} : { outcome }),
    paymentId: payment.paymentId,
    orderNo: payment.orderNo,
    status: payment.status,
    amount: payment.amount,
    bankCode: account.bankCode,
    bankName: bankName(account.bankCode, shown.language),
    accountNumber: shown.accountNumber,
    holderName: account.holderName,
    dueAt: koreanTime(account.dueAt),
    acquirer: payment.acquirer,
    depositedAt: timeOrNull(account.depositedAt),
    depositor: account.depositor,
    endedAt: timeOrNull(account.endedAt),
    closeRequestedAt: timeOrNull(account.closeRequestedAt),
    createdAt: koreanTime(account.createdAt),
  };
}
