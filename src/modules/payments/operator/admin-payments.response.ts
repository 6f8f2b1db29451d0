import { ApiProperty } from '@nestjs/swagger';
import type { InquiryOutcome } from '../../../acquirers/port/acquirer.types';
import { PaymentDetailResponse, PaymentResponse } from '../dto/payment.response';
import { toPaymentDetail, toPaymentResponse } from '../dto/payment.views';
import { BOOK_VERDICTS, type BookVerdict } from './books.policy';
import type { Reconciled } from '../use-cases/operator-payments';
import type { UnresolvedPayment } from './unresolved-payments.repository';

export class UnresolvedPaymentResponse extends PaymentResponse {
  @ApiProperty({
    type: String,
    nullable: true,
    description: '결과를 아직 모르는 취소 / A cancel whose outcome is not known yet',
    example: 'pcn_01K9Z3V4T5W6X7Y8Z9ABCDEFGH',
  })
  openCancelId: string | null;

  static ofUnresolved({ payment, openCancelId }: UnresolvedPayment): UnresolvedPaymentResponse {
    return { ...toPaymentResponse(payment), openCancelId };
  }
}

export class UnresolvedPaymentsResponse {
  @ApiProperty({ type: [UnresolvedPaymentResponse], description: '최신순 / Newest first' })
  data: UnresolvedPaymentResponse[];

  @ApiProperty({
    type: String,
    nullable: true,
    description: '다음 쪽의 cursor. 끝이면 null / Cursor of the next page; null at the end',
    example: null,
  })
  nextCursor: string | null;
}

const SEEN_KINDS = ['FOUND', 'NOT_FOUND', 'UNKNOWN'] as const;
const SEEN_STATES = ['APPROVED', 'PARTIALLY_CANCELLED', 'CANCELLED', 'NOT_APPROVED', 'PENDING'] as const;

/** The acquirer's book of one payment. */
export class AcquirerBookResponse {
  @ApiProperty({
    enum: SEEN_KINDS,
    description: '원천사의 답 / What the acquirer answered',
    example: 'FOUND',
  })
  outcome: (typeof SEEN_KINDS)[number];

  @ApiProperty({
    enum: SEEN_STATES,
    nullable: true,
    description: '원천사의 상태 / State at the acquirer',
    example: 'APPROVED',
  })
  state: (typeof SEEN_STATES)[number] | null;

  @ApiProperty({ type: Number, nullable: true, description: '승인 금액(원) / Amount, won', example: 55_000 })
  amount: number | null;

  @ApiProperty({
    type: Number,
    nullable: true,
    description: '남은 금액(원) / What is left, won',
    example: 55_000,
  })
  balanceAmount: number | null;

  static of(seen: InquiryOutcome): AcquirerBookResponse {
    if (seen.kind !== 'FOUND') return { outcome: seen.kind, state: null, amount: null, balanceAmount: null };
    const { state, amount, balanceAmount } = seen;
    return { outcome: 'FOUND', state, amount, balanceAmount };
  }
}

export class ReconciledPaymentResponse {
  @ApiProperty({
    enum: BOOK_VERDICTS,
    description:
      'MATCHES 같음, DIFFERS 다름, OPEN 아직 처리 중, UNKNOWN 원천사가 답하지 않음 / Whether both books say the same',
    example: 'MATCHES',
  })
  verdict: BookVerdict;

  @ApiProperty({
    type: AcquirerBookResponse,
    nullable: true,
    description:
      '원천사의 장부. 물은 적이 없으면 null / The acquirer’s book; null where nothing was ever asked of it',
  })
  acquirerBook: AcquirerBookResponse | null;

  @ApiProperty({ type: PaymentDetailResponse, description: '우리 장부 / Our book' })
  payment: PaymentDetailResponse;

  static of({ found, verdict, seen }: Reconciled): ReconciledPaymentResponse {
    const acquirerBook = seen === null ? null : AcquirerBookResponse.of(seen);
    return { verdict, acquirerBook, payment: toPaymentDetail(found) };
  }
}
