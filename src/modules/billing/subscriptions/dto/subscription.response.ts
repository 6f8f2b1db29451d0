import { ApiProperty } from '@nestjs/swagger';
import { koreanTime } from '../../../../common/time/korean-time';
import { INTERVAL_UNITS, type IntervalUnit, MISSED_POLICIES, type MissedPolicy } from '../subscription.calc';
import {
  CHARGE_STATUSES,
  type ChargeStatus,
  SUBSCRIPTION_STATUSES,
  type SubscriptionStatus,
} from '../subscription.state';
import type { Subscription, SubscriptionCharge } from '../subscription.types';

export class IntervalResponse {
  @ApiProperty({ enum: INTERVAL_UNITS, example: 'MONTH' })
  unit: IntervalUnit;

  @ApiProperty({ example: 1 })
  count: number;
}

export class SubscriptionResponse {
  @ApiProperty({ example: 'sub_01K9Z3V4T5W6X7Y8Z9ABCDEFGH' })
  subscriptionId: string;

  @ApiProperty({
    enum: SUBSCRIPTION_STATUSES,
    example: 'ACTIVE',
    description:
      '상태. PAST_DUE: 모든 재시도가 실패함, resume까지 결제하지 않음 / PAST_DUE: every try failed, nothing is charged until resumed',
  })
  status: SubscriptionStatus;

  @ApiProperty({ example: 'bil_01K9Z3V4T5W6X7Y8Z9ABCDEFGH' })
  billingKey: string;

  @ApiProperty({ example: '월간 구독' })
  goodsName: string;

  @ApiProperty({ example: '홍길동', nullable: true, type: String })
  buyerName: string | null;

  @ApiProperty({ example: 9900, description: '다음 회차의 금액(원) / Amount of the next period in won' })
  amount: number;

  @ApiProperty({ example: 0 })
  taxFreeAmount: number;

  @ApiProperty({ type: IntervalResponse })
  interval: IntervalResponse;

  @ApiProperty({ example: '2027-01-31' })
  startOn: string;

  @ApiProperty({ example: 0 })
  trialDays: number;

  @ApiProperty({ example: '2027-01-31', description: '첫 결제일 / Day of the first charge' })
  firstChargeOn: string;

  @ApiProperty({ example: 12, nullable: true, type: Number })
  totalCount: number | null;

  @ApiProperty({ example: null, nullable: true, type: String })
  endOn: string | null;

  @ApiProperty({ enum: MISSED_POLICIES, example: 'CHARGE_LATEST' })
  missedPolicy: MissedPolicy;

  @ApiProperty({ example: 3 })
  noticeDays: number;

  @ApiProperty({ example: 2, description: '다음 회차 / The next period' })
  nextPeriod: number;

  @ApiProperty({ example: '2027-02-28', nullable: true, type: String, description: '다음 결제일 / Its day' })
  nextChargeOn: string | null;

  @ApiProperty({
    example: false,
    description: '다음 결제일에 해지 예정 / To be cancelled instead of the next charge',
  })
  cancelAtPeriodEnd: boolean;

  @ApiProperty({ example: null, nullable: true, type: String })
  endedAt: string | null;

  @ApiProperty({ example: '2027-01-31T03:04:05.000+09:00' })
  createdAt: string;

  static of(of: Subscription): SubscriptionResponse {
    return {
      subscriptionId: of.subscriptionId,
      status: of.status,
      billingKey: of.billingKey,
      goodsName: of.goodsName,
      buyerName: of.buyerName,
      amount: of.amount,
      taxFreeAmount: of.taxFreeAmount,
      interval: { ...of.interval },
      startOn: of.startOn,
      trialDays: of.trialDays,
      firstChargeOn: of.anchorOn,
      totalCount: of.totalCount,
      endOn: of.endOn,
      missedPolicy: of.missedPolicy,
      noticeDays: of.noticeDays,
      nextPeriod: of.nextPeriod,
      nextChargeOn: of.nextChargeOn,
      cancelAtPeriodEnd: of.cancelAtPeriodEnd,
      endedAt: of.endedAt === null ? null : koreanTime(of.endedAt),
      createdAt: koreanTime(of.createdAt),
    };
  }
}

export class SubscriptionListResponse {
  @ApiProperty({ type: [SubscriptionResponse] })
  data: SubscriptionResponse[];

  @ApiProperty({ example: null, nullable: true, type: String })
  nextCursor: string | null;
}

export class SubscriptionChargeResponse {
  @ApiProperty({ example: 'sch_01K9Z3V4T5W6X7Y8Z9ABCDEFGH' })
  chargeId: string;

  @ApiProperty({ example: 1, description: '회차 / Period' })
  period: number;

  @ApiProperty({ example: '2027-01-31', description: '결제일 / Day of the period' })
  chargeOn: string;

  @ApiProperty({
    enum: CHARGE_STATUSES,
    example: 'PAID',
    description:
      'WAITING: 결제 결과를 아직 모름. RETRY: 거절되었거나 되돌려짐, 다시 시도함 / WAITING: its payment is not settled. RETRY: declined or undone, to be tried again',
  })
  status: ChargeStatus;

  @ApiProperty({ example: 9900 })
  amount: number;

  @ApiProperty({ example: 1, description: '시도 횟수 / Number of tries' })
  tries: number;

  @ApiProperty({
    example: 0,
    description:
      '그중 응답이 없어 되돌린 시도: 청구되지 않았고 거절도 아님, 같은 날 다시 시도 / Of these, undone for want of an answer: neither charged nor declined, tried again on the same day',
  })
  undoneTries: number;

  @ApiProperty({ example: 'sub_01K9Z3V4T5W6X7Y8Z9ABCDEFGH-1-1', nullable: true, type: String })
  orderNo: string | null;

  @ApiProperty({ example: 'pay_01K9Z3V4T5W6X7Y8Z9ABCDEFGH', nullable: true, type: String })
  paymentId: string | null;

  @ApiProperty({
    example: null,
    nullable: true,
    type: String,
    description: '다음 시도일 / Day of the next try',
  })
  nextTryOn: string | null;

  @ApiProperty({ example: null, nullable: true, type: String, description: '실패 코드 / Why it failed' })
  failureCode: string | null;

  @ApiProperty({ example: '2027-01-31T00:00:03.000+09:00', nullable: true, type: String })
  endedAt: string | null;

  static of(of: SubscriptionCharge): SubscriptionChargeResponse {
    return {
      chargeId: of.chargeId,
      period: of.period,
      chargeOn: of.chargeOn,
      status: of.status,
      amount: of.amount,
      tries: of.tryNumber,
      undoneTries: of.undoneTries,
      orderNo: of.orderNo,
      paymentId: of.paymentId,
      nextTryOn: of.status === 'RETRY' ? of.dueOn : null,
      failureCode: of.failureCode,
      endedAt: of.endedAt === null ? null : koreanTime(of.endedAt),
    };
  }
}

export class SubscriptionChargeListResponse {
  @ApiProperty({ type: [SubscriptionChargeResponse] })
  data: SubscriptionChargeResponse[];

  @ApiProperty({ example: null, nullable: true, type: String })
  nextCursor: string | null;
}
