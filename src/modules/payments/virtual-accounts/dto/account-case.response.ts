import { ApiProperty } from '@nestjs/swagger';
import { koreanTime } from '../../../../common/time/korean-time';
import { PAYMENT_STATUSES, type PaymentStatus } from '../../payment.state';
import { ACCOUNT_CASE_STATUSES, type AccountCaseStatus } from '../account-case.state';
import { ACCOUNT_CASES, type AccountCase, type AccountCaseView } from '../virtual-account.types';

const CHANNELS = ['VIRTUAL_ACCOUNT', 'WINDOW'];
const SECOND_MS = 1_000;

export class AccountCaseResponse {
  @ApiProperty({
    example: 'vac_01K9Z3V4T5W6X7Y8Z9ABCDEFGH',
    description:
      '가상계좌 ID. channel이 WINDOW이면 이 건에만 쓰는 ID / Virtual account id; where channel is WINDOW, an id of this case only',
  })
  virtualAccountId: string;

  @ApiProperty({ example: 'pay_01K9Z3V4T5W6X7Y8Z9ABCDEFGH' })
  paymentId: string;

  @ApiProperty({ example: 'M0000001', description: '가맹점 ID / Merchant id' })
  mid: string;

  @ApiProperty({ example: 'toss', description: '원천사 이름 / Name of the acquirer' })
  acquirer: string;

  @ApiProperty({ example: 'ORDER-20260102-0001' })
  orderNo: string;

  @ApiProperty({
    enum: CHANNELS,
    example: 'VIRTUAL_ACCOUNT',
    description: 'WINDOW: 원천사 결제창에서 고른 계좌 / An account chosen in the acquirer’s window',
  })
  channel: string;

  @ApiProperty({
    enum: ACCOUNT_CASES,
    example: 'AMOUNT_MISMATCH',
    description:
      '다른 금액이 입금됨, 다른 곳에서 환불됨, 끝난 뒤 입금됨, 환불 계좌가 필요함, 원천사가 모름, 원천사에서 끝나지 않음 / What a person has to put right',
  })
  code: AccountCase;

  @ApiProperty({
    example: 54000,
    nullable: true,
    type: Number,
    description: '원천사가 말한 금액(원) / Won that the acquirer named',
  })
  amount: number | null;

  @ApiProperty({ example: 55000, description: '결제 금액(원) / Amount of the payment in won' })
  paymentAmount: number;

  @ApiProperty({
    enum: PAYMENT_STATUSES,
    example: 'WAITING_FOR_DEPOSIT',
    description: '결제의 지금 상태 / Now',
  })
  paymentStatus: PaymentStatus;

  @ApiProperty({ enum: ACCOUNT_CASE_STATUSES, example: 'OPEN' })
  status: AccountCaseStatus;

  @ApiProperty({
    example: 86400,
    description:
      '열려 있는 시간(초), 닫혔으면 닫힐 때까지 / Seconds since it was opened; of a closed one until it was closed',
  })
  ageSeconds: number;

  @ApiProperty({ example: '2026-01-01T00:00:00.000+09:00' })
  openedAt: string;

  @ApiProperty({ example: null, nullable: true, type: String })
  closedAt: string | null;

  @ApiProperty({ example: null, nullable: true, type: String, description: '닫은 사람 / Who closed it' })
  closedBy: string | null;

  @ApiProperty({ example: null, nullable: true, type: String, description: '닫은 까닭 / Why' })
  closeReason: string | null;

  static of(found: AccountCaseView, now: Date): AccountCaseResponse {
    const until = found.closedAt ?? now;
    return {
      virtualAccountId: found.virtualAccountId,
      paymentId: found.paymentId,
      mid: found.mid,
      acquirer: found.acquirer,
      orderNo: found.orderNo,
      channel: found.channel,
      code: found.code,
      amount: found.amount,
      paymentAmount: found.paymentAmount,
      paymentStatus: found.paymentStatus,
      status: found.status,
      ageSeconds: Math.max(0, Math.floor((until.getTime() - found.openedAt.getTime()) / SECOND_MS)),
      openedAt: koreanTime(found.openedAt),
      closedAt: found.closedAt === null ? null : koreanTime(found.closedAt),
      closedBy: found.closedBy,
      closeReason: found.closeReason,
    };
  }
}

export class AccountCasesResponse {
  @ApiProperty({ type: [AccountCaseResponse] })
  data: AccountCaseResponse[];

  @ApiProperty({
    example: null,
    nullable: true,
    type: String,
    description: '다음 쪽, 없으면 null / Next page',
  })
  nextCursor: string | null;
}
