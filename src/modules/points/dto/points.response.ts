import { ApiProperty } from '@nestjs/swagger';
import { koreanTime } from '../../../common/time/korean-time';
import {
  DISCOUNT_KINDS,
  type Discount,
  POINT_KINDS,
  type PointAccount,
  type PointEntry,
  type PointPolicy,
  REFUND_ORDERS,
} from '../points.types';
import { PAYMENT_METHODS } from '../../merchants/merchants.types';

const NEXT = 'MTc2MzY5MDQwMDAwMC40Mg';

/** Answers, built field by field, so that a new column never leaks by itself. */
export class PointAccountResponse {
  @ApiProperty({ example: 'customer-0001' })
  customerKey: string;

  @ApiProperty({ example: 12000, description: '지금 쓸 수 있는 포인트(원) / What may be used now' })
  balance: number;

  @ApiProperty({
    example: 3000,
    description: '진행 중인 결제가 잡은 포인트, balance에 없음 / Held by payments under way, not in balance',
  })
  heldAmount: number;

  @ApiProperty({
    example: 0,
    description:
      '취소로 회수하지 못한 적립, 다음 적립이 갚음 / Earned points that could not be taken back; later earnings repay it',
  })
  debtAmount: number;

  @ApiProperty({ example: '2026-01-02T03:04:06.000+09:00' })
  updatedAt: string;

  static of({ customerKey, balance, held, debt, updatedAt }: PointAccount): PointAccountResponse {
    return { customerKey, balance, heldAmount: held, debtAmount: debt, updatedAt: koreanTime(updatedAt) };
  }
}

export class PointEntryResponse {
  @ApiProperty({ example: 'pnt_01K9Z3V4T5W6X7Y8Z9ABCDEFGH' })
  entryId: string;

  @ApiProperty({ enum: POINT_KINDS, example: 'HOLD' })
  kind: string;

  @ApiProperty({ example: 3000, description: '요청한 포인트; 빼는 조정만 음수 / What was asked for' })
  amount: number;

  @ApiProperty({ example: -3000, description: '쓸 수 있는 포인트의 변화 / Change of the balance' })
  balanceChange: number;

  @ApiProperty({ example: 3000, description: '잡힌 포인트의 변화 / Change of what is held' })
  heldChange: number;

  @ApiProperty({ example: 0, description: '갚을 적립의 변화 / Change of the debt' })
  debtChange: number;

  @ApiProperty({ example: 9000, description: '그 뒤의 balance / The balance after it' })
  balanceAfter: number;

  @ApiProperty({ example: 'pay_01K9Z3V4T5W6X7Y8Z9ABCDEFGH', nullable: true, type: String })
  paymentId: string | null;

  @ApiProperty({ example: null, nullable: true, type: String })
  cancelId: string | null;

  @ApiProperty({ example: 'held for a payment', description: '왜 / Why' })
  reason: string;

  @ApiProperty({ example: 'merchant:M0000001', description: '누가 / Who' })
  actor: string;

  @ApiProperty({ example: '2026-01-02T03:04:06.000+09:00' })
  occurredAt: string;

  static of(entry: PointEntry): PointEntryResponse {
    return {
      entryId: entry.entryId,
      kind: entry.kind,
      amount: entry.amount,
      balanceChange: entry.balanceChange,
      heldChange: entry.heldChange,
      debtChange: entry.debtChange,
      balanceAfter: entry.balanceAfter,
      paymentId: entry.paymentId,
      cancelId: entry.cancelId,
      reason: entry.reason,
      actor: entry.actor,
      occurredAt: koreanTime(entry.occurredAt),
    };
  }
}

export class PointHistoryResponse {
  @ApiProperty({ type: [PointEntryResponse], description: '최근 것부터 / Newest first' })
  data: PointEntryResponse[];

  @ApiProperty({ example: NEXT, nullable: true, type: String })
  nextCursor: string | null;
}

export class PointQuoteResponse {
  @ApiProperty({ example: 12000, description: '쓸 수 있는 포인트 / The balance' })
  balance: number;

  @ApiProperty({ example: 1500, description: '할인(원) / Discount' })
  discountAmount: number;

  @ApiProperty({ example: 48500, description: '승인에 보낼 amount / The amount to ask the approval for' })
  payableAmount: number;

  @ApiProperty({ example: 1000 })
  minimumUse: number;

  @ApiProperty({ example: 12000, description: '이 주문에 쓸 수 있는 최대 / Most that this order may use' })
  maximumUse: number;

  @ApiProperty({ example: 10000 })
  pointAmount: number;

  @ApiProperty({ example: 38500, description: '카드로 낼 금액 / What the card is asked for' })
  cardAmount: number;

  @ApiProperty({ example: 385, description: '적립될 포인트 / What it would earn' })
  earnedPoints: number;
}

export class DiscountResponse {
  @ApiProperty({ enum: DISCOUNT_KINDS, example: 'RATE' })
  kind: Discount['kind'];

  @ApiProperty({ example: 30000, description: '원 또는 ppm / Won, or parts per million' })
  value: number;
}

export class PointPolicyResponse {
  @ApiProperty({ example: 'ppl_01K9Z3V4T5W6X7Y8Z9ABCDEFGH' })
  policyId: string;

  @ApiProperty({ enum: PAYMENT_METHODS, example: 'CARD' })
  method: string;

  @ApiProperty({ example: '2026-01-01T00:00:00.000+09:00' })
  effectiveFrom: string;

  @ApiProperty({ example: 10000, description: 'ppm' })
  earnRatePpm: number;

  @ApiProperty({ example: 1000 })
  minimumUse: number;

  @ApiProperty({ example: 500000, description: 'ppm' })
  maximumSharePpm: number;

  @ApiProperty({ type: DiscountResponse, nullable: true })
  discount: DiscountResponse | null;

  @ApiProperty({ enum: REFUND_ORDERS, example: 'CARD_FIRST' })
  refundOrder: string;

  @ApiProperty({ example: 'member:mem_01K9Z3V4T5W6X7Y8Z9ABCDEFGH' })
  createdBy: string;

  @ApiProperty({ example: '2026-01-01T00:00:00.000+09:00' })
  createdAt: string;

  static of(policy: PointPolicy): PointPolicyResponse {
    const { discount } = policy;
    return {
      policyId: policy.policyId,
      method: policy.method,
      effectiveFrom: koreanTime(policy.effectiveFrom),
      earnRatePpm: policy.earnRatePpm,
      minimumUse: policy.minimumUse,
      maximumSharePpm: policy.maximumSharePpm,
      discount: discount === null ? null : { kind: discount.kind, value: discount.value },
      refundOrder: policy.refundOrder,
      createdBy: policy.createdBy,
      createdAt: koreanTime(policy.createdAt),
    };
  }
}

export class PointPoliciesResponse {
  @ApiProperty({ type: PointPolicyResponse, nullable: true, description: '지금 시행 중 / In force now' })
  current: PointPolicyResponse | null;

  @ApiProperty({
    type: [PointPolicyResponse],
    description: '정한 것 모두, 최근 것부터 / All that were ever set, newest first',
  })
  data: PointPolicyResponse[];

  @ApiProperty({ example: NEXT, nullable: true, type: String })
  nextCursor: string | null;
}
