import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { IsBoolean, IsIn, IsInt, IsString, Length, Matches, Max, Min } from 'class-validator';
import { IsKoreanDay } from '../../../common/http/korean-day.validator';
import { MayBeAbsent } from '../../../common/http/may-be-absent';
import { PPM_MAX } from '../../../common/money/share';
import { WON_MAX } from '../../../common/money/won';
import { PageQuery } from '../../../common/pagination/page.query';
import { FEE_CARD_TYPES, FEE_METHODS, type FeeCardType, type FeeMethod } from '../fees.types';

const MID = /^[A-Z0-9]{1,16}$/;

export class FeePoliciesQuery extends PageQuery {
  @ApiPropertyOptional({
    example: 'M0000001',
    pattern: MID.source,
    description: '이 가맹점의 것만 / Of this merchant only',
  })
  @MayBeAbsent()
  @Matches(MID)
  mid?: string;

  @ApiPropertyOptional({
    example: '2026-12-01',
    format: 'date',
    description:
      '그날(한국 날짜) 시행 중인 것만, mid와 함께 / Only those that hold on this Korean day; needs mid',
  })
  @MayBeAbsent()
  @IsKoreanDay()
  day?: string;
}

export class FeePolicyRequest {
  @ApiProperty({ example: 'M0000001', pattern: MID.source, description: '가맹점 ID / Merchant id' })
  @Matches(MID)
  mid: string;

  @ApiPropertyOptional({
    example: 'brn_0000000000DEM0BRANCH000001',
    pattern: '^brn_[0-9A-HJKMNP-TV-Z]{26}$',
    description: '이 영업점의 결제만, 없으면 모두 / Payments of this branch only; absent = all',
  })
  @MayBeAbsent()
  @Matches(/^brn_[0-9A-HJKMNP-TV-Z]{26}$/)
  branchId?: string;

  @ApiPropertyOptional({
    example: 'toss',
    pattern: '^[a-z]{2,20}$',
    description: '이 원천사의 결제만 / Payments through this acquirer only',
  })
  @MayBeAbsent()
  @Matches(/^[a-z]{2,20}$/)
  acquirer?: string;

  @ApiPropertyOptional({
    example: 'SHINHAN',
    pattern: '^[A-Z][A-Z0-9_]{1,29}$',
    description: '이 카드사의 카드만 / Cards of this issuer only',
  })
  @MayBeAbsent()
  @Matches(/^[A-Z][A-Z0-9_]{1,29}$/)
  cardIssuer?: string;

  @ApiPropertyOptional({
    enum: FEE_CARD_TYPES,
    example: 'CHECK',
    description: '이 종류의 카드만 / Cards of this type only',
  })
  @MayBeAbsent()
  @IsIn(FEE_CARD_TYPES)
  cardType?: FeeCardType;

  @ApiPropertyOptional({
    enum: FEE_METHODS,
    example: 'CARD',
    description: '이 결제 수단만 / This payment method only',
  })
  @MayBeAbsent()
  @IsIn(FEE_METHODS)
  method?: FeeMethod;

  @ApiPropertyOptional({
    example: 1000,
    minimum: 0,
    description: '승인 금액이 이 이상인 결제만(원) / Payments of this much at least, won',
  })
  @MayBeAbsent()
  @IsInt()
  @Min(0)
  @Max(WON_MAX)
  amountMin?: number;

  @ApiPropertyOptional({
    example: 1000000,
    minimum: 0,
    description: '승인 금액이 이 이하인 결제만(원) / Payments of this much at most, won',
  })
  @MayBeAbsent()
  @IsInt()
  @Min(0)
  @Max(WON_MAX)
  amountMax?: number;

  @ApiProperty({
    example: '2099-01-01',
    format: 'date',
    description: '시행일(한국 날짜), 오늘 이후 / Korean day from which it holds; today or later',
  })
  @IsKoreanDay()
  effectiveFrom: string;

  @ApiPropertyOptional({
    example: false,
    default: false,
    description:
      'true면 이 범위의 정책이 그날부터 끝나고 덜 좁은 정책이 다시 적용됨 / true: no policy of this scope from that day on; a less specific one holds again',
  })
  @MayBeAbsent()
  @IsBoolean()
  ended?: boolean;

  @ApiProperty({
    example: 32000,
    minimum: 0,
    maximum: PPM_MAX,
    description: '수수료율 ppm(10000 = 1 %), 원 미만 버림 / Rate in parts per million, cut down to the won',
  })
  @IsInt()
  @Min(0)
  @Max(PPM_MAX)
  ratePpm: number;

  @ApiPropertyOptional({
    example: 0,
    minimum: 0,
    default: 0,
    description: '건당 고정 수수료(원) / Fixed fee of each payment, won',
  })
  @MayBeAbsent()
  @IsInt()
  @Min(0)
  @Max(WON_MAX)
  fixedFee?: number;

  @ApiPropertyOptional({
    example: 0,
    minimum: 0,
    default: 0,
    description: '최저 수수료(원) / Least fee of a payment, won',
  })
  @MayBeAbsent()
  @IsInt()
  @Min(0)
  @Max(WON_MAX)
  minimumFee?: number;

  @ApiPropertyOptional({
    example: 23000,
    minimum: 0,
    maximum: PPM_MAX,
    default: 0,
    description: '원천사가 받는 비율 ppm / What the acquirer takes of the amount, parts per million',
  })
  @MayBeAbsent()
  @IsInt()
  @Min(0)
  @Max(PPM_MAX)
  acquirerCostPpm?: number;

  @ApiPropertyOptional({
    example: 100000,
    minimum: 0,
    maximum: PPM_MAX,
    description:
      '대리점이 수수료에서 받는 비율 ppm, 없으면 대리점의 요율 / The agency’s share of the fee; absent = as agreed with the agency',
  })
  @MayBeAbsent()
  @IsInt()
  @Min(0)
  @Max(PPM_MAX)
  agencyCommissionPpm?: number;

  @ApiPropertyOptional({
    example: 50000,
    minimum: 0,
    maximum: PPM_MAX,
    description:
      '판매자가 수수료에서 받는 비율 ppm, 없으면 판매자의 요율 / The seller’s share of the fee; absent = as agreed with the seller',
  })
  @MayBeAbsent()
  @IsInt()
  @Min(0)
  @Max(PPM_MAX)
  sellerCommissionPpm?: number;

  @ApiProperty({
    example: '재계약',
    maxLength: 200,
    description: '정하는 까닭, 감사 기록에 남음 / Why, kept in the audit trail',
  })
  @IsString()
  @Length(1, 200)
  @Matches(/^[^\p{Cc}]*$/u)
  reason: string;
}
