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
import { IsInstant } from '../../../common/http/instant.validator';
import { WON_MAX } from '../../../common/money/won';
import { PAYMENT_METHODS, type PaymentMethod } from '../../merchants/merchants.types';
import { DISCOUNT_KINDS, type Discount, REFUND_ORDERS, type RefundOrder } from '../points.types';

const PPM_MAX = 1_000_000;

export class CustomerPath {
  @ApiProperty({
    example: 'customer-0001',
    pattern: '^[A-Za-z0-9\\-_=.@]{2,300}$',
    description: '가맹점의 고객 키 / Your key of the customer',
  })
  @Matches(/^[A-Za-z0-9\-_=.@]{2,300}$/)
  customerKey: string;
}

export class MethodPath {
  @ApiProperty({ enum: PAYMENT_METHODS, example: 'CARD', description: '결제 수단 / Payment method' })
  @IsIn(PAYMENT_METHODS)
  method: PaymentMethod;
}

export class AdjustPointsRequest {
  @ApiProperty({
    example: 5000,
    minimum: -WON_MAX,
    maximum: WON_MAX,
    description: '더하거나(+) 뺄(-) 포인트, 0은 안 됨 / Points to add (+) or to take off (-), not 0',
  })
  @IsInt()
  @Min(-WON_MAX)
  @Max(WON_MAX)
  amount: number;

  @ApiProperty({
    example: '가입 축하',
    maxLength: 200,
    description: '사유, 이력과 감사 기록에 남음 / Why, kept in the history and the audit trail',
  })
  @IsString()
  @Length(1, 200)
  @Matches(/^[^\p{Cc}]*$/u)
  reason: string;
}

export class PointQuoteQuery {
  @ApiProperty({ enum: PAYMENT_METHODS, example: 'CARD', description: '결제 수단 / Payment method' })
  @IsIn(PAYMENT_METHODS)
  method: PaymentMethod;

  @ApiProperty({ example: 50000, minimum: 1, description: '할인 전 주문 금액(원) / Order before discount' })
  @Type(() => Number)
  @IsInt()
  @Min(1)
  @Max(WON_MAX)
  amount: number;

  @ApiPropertyOptional({
    example: 10000,
    minimum: 0,
    default: 0,
    description: '쓰고 싶은 포인트 / Points that are to be used',
  })
  @IsOptional()
  @Type(() => Number)
  @IsInt()
  @Min(0)
  @Max(WON_MAX)
  pointAmount?: number;
}

export class DiscountRequest {
  @ApiProperty({
    enum: DISCOUNT_KINDS,
    example: 'RATE',
    description: '정액(FIXED) 또는 정률(RATE) / A fixed amount, or a rate',
  })
  @IsIn(DISCOUNT_KINDS)
  kind: Discount['kind'];

  @ApiProperty({
    example: 30000,
    minimum: 0,
    description:
      'FIXED는 원, RATE는 ppm(30000 = 3 %, 1000000까지) / Won for FIXED, parts per million for RATE (up to 1000000)',
  })
  @IsInt()
  @Min(0)
  @Max(WON_MAX)
  value: number;
}

export class PointPolicyRequest {
  @ApiProperty({
    example: 10000,
    minimum: 0,
    maximum: PPM_MAX,
    description:
      '적립률 ppm(10000 = 1 %), 포인트로 내지 않은 금액에서, 원 미만 버림 / Earning rate of what is not paid with points, parts per million, rounded down',
  })
  @IsInt()
  @Min(0)
  @Max(PPM_MAX)
  earnRatePpm: number;

  @ApiProperty({
    example: 1000,
    minimum: 0,
    description: '최소 사용 포인트(원) / Fewest points of a payment',
  })
  @IsInt()
  @Min(0)
  @Max(WON_MAX)
  minimumUse: number;

  @ApiProperty({
    example: 500000,
    minimum: 0,
    maximum: PPM_MAX,
    description:
      '주문에서 포인트로 낼 수 있는 최대 비율 ppm / Greatest part of an order that points may pay, parts per million',
  })
  @IsInt()
  @Min(0)
  @Max(PPM_MAX)
  maximumSharePpm: number;

  @ApiPropertyOptional({
    type: DiscountRequest,
    nullable: true,
    example: null,
    description: '이 수단의 할인, 없으면 null / Discount of orders paid by this method',
  })
  @IsOptional()
  @IsObject()
  @ValidateNested()
  @Type(() => DiscountRequest)
  discount?: DiscountRequest | null;

  @ApiPropertyOptional({
    enum: REFUND_ORDERS,
    default: 'CARD_FIRST',
    example: 'CARD_FIRST',
    description: '부분취소 때 먼저 돌려주는 쪽 / What a partial cancel gives back first',
  })
  @IsOptional()
  @IsIn(REFUND_ORDERS)
  refundOrder?: RefundOrder;

  @ApiPropertyOptional({
    format: 'date-time',
    example: '2099-01-01T00:00:00+09:00',
    description: '시행 시각, 없으면 지금부터; 지난 때는 안 됨 / From when; absent = now; never in the past',
  })
  @IsOptional()
  @IsInstant()
  effectiveFrom?: string;

  @ApiProperty({
    example: '연말 행사',
    maxLength: 200,
    description: '정하는 까닭, 감사 기록에 남음 / Why, kept in the audit trail',
  })
  @IsString()
  @Length(1, 200)
  @Matches(/^[^\p{Cc}]*$/u)
  reason: string;
}
