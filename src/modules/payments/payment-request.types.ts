import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import {
  IsEmail,
  IsInt,
  IsISO8601,
  IsOptional,
  IsString,
  Length,
  Matches,
  Max,
  MaxLength,
  Min,
} from 'class-validator';
import {
  IsBirthOrBusinessNo,
  IsCardExpiry,
  IsCardNumber,
  IsMetadata,
} from '../../common/cards/card.validators';
import { WON_MAX } from '../../common/money/won';

/** Won: the least that is approved. */
const AMOUNT_MIN = 100;

/** What is bought, for how much, where, in how many months. */
export class OrderFields {
  @ApiProperty({
    example: 'ORDER-20260102-0001',
    pattern: '^[A-Za-z0-9_-]{6,40}$',
    description: '주문번호 / Order number',
  })
  @Matches(/^[A-Za-z0-9_-]{6,40}$/)
  orderNo: string;

  @ApiProperty({
    example: 55000,
    minimum: 100,
    description: '결제 금액(원), 면세·봉사료 포함 / Amount in won, all included',
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

  @ApiPropertyOptional({ example: 0, description: '봉사료 / Service charge, part of the amount' })
  @IsOptional()
  @IsInt()
  @Min(0)
  @Max(WON_MAX)
  serviceCharge?: number;

  @ApiProperty({ example: '아메리카노 외 2건', maxLength: 100, description: '상품명 / What is bought' })
  @IsString()
  @Length(1, 100)
  @Matches(/^[^\p{Cc}]*$/u)
  goodsName: string;

  @ApiPropertyOptional({
    example: 0,
    minimum: 0,
    maximum: 36,
    description: '할부 개월, 0 = 일시불 / Installment months',
  })
  @IsOptional()
  @IsInt()
  @Min(0)
  @Max(36)
  installmentMonths?: number;

  @ApiPropertyOptional({ example: 'brn_0000000000DEM0BRANCH000001', description: '영업점 / Branch' })
  @IsOptional()
  @Matches(/^brn_[0-9A-Z]{1,26}$/)
  branchId?: string;

  @ApiPropertyOptional({
    example: { cartId: 'c-77' },
    description: '가맹점이 쓰는 값(문자열) / Your own texts',
  })
  @IsOptional()
  @IsMetadata()
  metadata?: Record<string, string>;
}

/** Who buys. */
export class BuyerFields {
  @ApiPropertyOptional({ example: '홍길동', maxLength: 60, description: '구매자 이름 / Buyer name' })
  @IsOptional()
  @IsString()
  @Length(1, 60)
  @Matches(/^[^\p{Cc}]*$/u)
  buyerName?: string;

  @ApiPropertyOptional({ example: '01012345678', description: '구매자 전화번호 / Buyer phone' })
  @IsOptional()
  @Matches(/^0\d{1,3}-?\d{3,4}-?\d{4}$/)
  buyerPhone?: string;

  @ApiPropertyOptional({
    example: 'buyer@example.com',
    maxLength: 100,
    description: '구매자 이메일 / Buyer e-mail',
  })
  @IsOptional()
  @IsEmail()
  @MaxLength(100)
  buyerEmail?: string;
}

/** A card as its holder types it, only ever sent encrypted. The password's digits are passed on and never kept. */
export class CardFields {
  @ApiProperty({ example: '4242424242424242', description: '카드번호(숫자만) / Card number, digits only' })
  @IsCardNumber()
  cardNumber: string;

  @ApiProperty({ example: '3012', pattern: '^\\d{4}$', description: '유효기간 YYMM / Expiry YYMM' })
  @IsCardExpiry()
  cardExpiry: string;

  @ApiPropertyOptional({
    example: '900101',
    description: '생년월일 6자리 또는 사업자번호 10자리 / Birth date or business number',
  })
  @IsOptional()
  @IsBirthOrBusinessNo()
  birthOrBusinessNo?: string;

  @ApiPropertyOptional({
    example: '12',
    description: '카드 비밀번호 앞 2자리 / First two digits of the card password',
  })
  @IsOptional()
  @Matches(/^\d{2}$/)
  cardPasswordTwoDigits?: string;
}

/** When the merchant made an encrypted request: one that was recorded cannot be sent again later. */
export class RequestTimeField {
  @ApiProperty({
    example: '2026-01-02T03:04:05+09:00',
    description: '요청 시각, 5분 안 / When you made the request',
  })
  @IsISO8601({ strict: true, strictSeparator: true })
  @Matches(/(Z|[+-]\d{2}:?\d{2})$/)
  requestedAt: string;
}
