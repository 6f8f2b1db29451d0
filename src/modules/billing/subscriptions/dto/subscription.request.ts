import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { Type } from 'class-transformer';
import {
  IsIn,
  IsInt,
  IsObject,
  IsOptional,
  IsString,
  Length,
  Matches,
  Max,
  Min,
  ValidateNested,
} from 'class-validator';
import { IsKoreanDay } from '../../../../common/http/korean-day.validator';
import { WON_MAX } from '../../../../common/money/won';
import { PageQuery } from '../../../../common/pagination/page.query';
import {
  INTERVAL_UNITS,
  type IntervalUnit,
  MISSED_POLICIES,
  type MissedPolicy,
  PERIOD_MAX,
} from '../subscription.calc';
import { SUBSCRIPTION_STATUSES, type SubscriptionStatus } from '../subscription.state';

const AMOUNT_MIN = 100;
const INTERVAL_COUNT_MAX = 365;
const TRIAL_DAYS_MAX = 730;
const NOTICE_DAYS_MAX = 30;

export class IntervalRequest {
  @ApiProperty({ enum: INTERVAL_UNITS, example: 'MONTH', description: '단위 / Unit' })
  @IsIn(INTERVAL_UNITS)
  unit: IntervalUnit;

  @ApiProperty({
    example: 1,
    minimum: 1,
    maximum: INTERVAL_COUNT_MAX,
    description: '몇 단위마다 / Every so many',
  })
  @IsInt()
  @Min(1)
  @Max(INTERVAL_COUNT_MAX)
  count: number;
}

export class NewSubscriptionRequest {
  @ApiProperty({ example: 'bil_01K9Z3V4T5W6X7Y8Z9ABCDEFGH', description: '빌링키 / Billing key' })
  @Matches(/^bil_[0-9A-Z]{26}$/)
  billingKey: string;

  @ApiPropertyOptional({
    example: 'customer-0001',
    description: '보내면 빌링키의 고객과 같아야 함 / If given, it must be the billing key’s',
  })
  @IsOptional()
  @Matches(/^[A-Za-z0-9\-_=.@]{2,300}$/)
  customerKey?: string;

  @ApiProperty({ example: '월간 구독', maxLength: 100, description: '상품명 / What is bought' })
  @IsString()
  @Length(1, 100)
  @Matches(/^[^\p{Cc}]*$/u)
  goodsName: string;

  @ApiPropertyOptional({ example: '홍길동', maxLength: 60, description: '구매자 이름 / Buyer name' })
  @IsOptional()
  @IsString()
  @Length(1, 60)
  @Matches(/^[^\p{Cc}]*$/u)
  buyerName?: string;

  @ApiProperty({
    example: 9900,
    minimum: AMOUNT_MIN,
    description: '회차 금액(원) / Amount of a period in won',
  })
  @IsInt()
  @Min(AMOUNT_MIN)
  @Max(WON_MAX)
  amount: number;

  @ApiPropertyOptional({ example: 0, description: '면세 금액 / Tax-free part of the amount' })
  @IsOptional()
  @IsInt()
  @Min(0)
  @Max(WON_MAX)
  taxFreeAmount?: number;

  @ApiProperty({ type: IntervalRequest, description: '결제 주기 / Interval' })
  @IsObject()
  @ValidateNested()
  @Type(() => IntervalRequest)
  interval: IntervalRequest;

  @ApiPropertyOptional({
    example: '2027-01-31',
    description:
      '시작일(한국 날짜), 기본 오늘, 10년 안. 그 달에 없는 날이면 말일에 결제 / Korean day within ten years, default today; in a month that lacks it, its last day',
  })
  @IsOptional()
  @IsKoreanDay()
  startOn?: string;

  @ApiPropertyOptional({
    example: 0,
    maximum: TRIAL_DAYS_MAX,
    description: '무료 체험 일수 / Days of a free trial',
  })
  @IsOptional()
  @IsInt()
  @Min(0)
  @Max(TRIAL_DAYS_MAX)
  trialDays?: number;

  @ApiPropertyOptional({
    example: 12,
    description: '전체 회차, 없으면 계속 / Number of periods; absent = without end',
  })
  @IsOptional()
  @IsInt()
  @Min(1)
  @Max(PERIOD_MAX)
  totalCount?: number;

  @ApiPropertyOptional({
    example: '2027-12-31',
    description: '마지막 결제일, totalCount와 함께 쓰지 않음 / Last day to charge; not with totalCount',
  })
  @IsOptional()
  @IsKoreanDay()
  endOn?: string;

  @ApiPropertyOptional({
    enum: MISSED_POLICIES,
    example: 'CHARGE_LATEST',
    description:
      '지나간 회차의 처리, 기본 최근 1회만 / What happens to missed periods; default the latest only',
  })
  @IsOptional()
  @IsIn(MISSED_POLICIES)
  missedPolicy?: MissedPolicy;

  @ApiPropertyOptional({
    example: 3,
    maximum: NOTICE_DAYS_MAX,
    description:
      '결제 며칠 전 알림(subscription.upcoming), 0은 없음 / Days of notice before a charge; 0 = none',
  })
  @IsOptional()
  @IsInt()
  @Min(0)
  @Max(NOTICE_DAYS_MAX)
  noticeDays?: number;
}

export class SubscriptionChangeRequest {
  @ApiPropertyOptional({
    example: 'bil_01K9Z3V4T5W6X7Y8Z9ABCDEFGH',
    description: '다른 카드; 재시도에도 적용 / Another card, for tries to come, too',
  })
  @IsOptional()
  @Matches(/^bil_[0-9A-Z]{26}$/)
  billingKey?: string;

  @ApiPropertyOptional({
    example: 12900,
    description: '다음 회차부터의 금액 / Amount from the next period on',
  })
  @IsOptional()
  @IsInt()
  @Min(AMOUNT_MIN)
  @Max(WON_MAX)
  amount?: number;

  @ApiPropertyOptional({
    example: 0,
    description: '다음 회차부터의 면세 금액 / Tax-free part from the next period on',
  })
  @IsOptional()
  @IsInt()
  @Min(0)
  @Max(WON_MAX)
  taxFreeAmount?: number;

  @ApiPropertyOptional({
    example: '월간 구독 플러스',
    maxLength: 100,
    description: '상품명 / What is bought',
  })
  @IsOptional()
  @IsString()
  @Length(1, 100)
  @Matches(/^[^\p{Cc}]*$/u)
  goodsName?: string;
}

export const CANCEL_TIMES = ['NOW', 'PERIOD_END'] as const;

export class CancelSubscriptionRequest {
  @ApiProperty({
    enum: CANCEL_TIMES,
    example: 'PERIOD_END',
    description: '지금, 또는 다음 결제일에 결제 없이 / Now, or instead of the next charge',
  })
  @IsIn(CANCEL_TIMES)
  when: (typeof CANCEL_TIMES)[number];
}

export class SubscriptionsQuery extends PageQuery {
  @ApiPropertyOptional({ enum: SUBSCRIPTION_STATUSES, example: 'ACTIVE', description: '상태 / State' })
  @IsOptional()
  @IsIn(SUBSCRIPTION_STATUSES)
  status?: SubscriptionStatus;
}
