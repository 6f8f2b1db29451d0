import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { IsEmail, IsInt, IsOptional, IsString, Length, Matches, Max, MaxLength, Min } from 'class-validator';
import { IsMetadata } from '../../../../common/cards/card.validators';
import { WON_MAX } from '../../../../common/money/won';
import { PageQuery } from '../../../../common/pagination/page.query';

export class BillingKeysQuery extends PageQuery {
  @ApiProperty({ example: 'customer-0001', description: '가맹점의 고객 키 / Your key of the customer' })
  @Matches(/^[A-Za-z0-9\-_=.@]{2,300}$/)
  customerKey: string;
}

/** A payment with a billing key: nothing of it is secret, so it is sent as it is. */
export class ChargeBillingKeyRequest {
  @ApiProperty({
    example: 'ORDER-20260102-0001',
    pattern: '^[A-Za-z0-9_-]{6,40}$',
    description: '주문번호 / Order number',
  })
  @Matches(/^[A-Za-z0-9_-]{6,40}$/)
  orderNo: string;

  @ApiProperty({
    example: 19900,
    minimum: 100,
    description: '결제 금액(원), 면세·봉사료 포함 / Amount in won, all included',
  })
  @IsInt()
  @Min(100)
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

  @ApiProperty({ example: '1월 이용료', maxLength: 100, description: '상품명 / What is bought' })
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

  @ApiPropertyOptional({ example: '01012345678', description: '구매자 전화번호 / Buyer phone' })
  @IsOptional()
  @Matches(/^0\d{1,3}-?\d{3,4}-?\d{4}$/)
  buyerPhone?: string;

  @ApiPropertyOptional({ example: 'buyer@example.com', maxLength: 100, description: '이메일 / E-mail' })
  @IsOptional()
  @IsEmail()
  @MaxLength(100)
  buyerEmail?: string;

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

  @ApiPropertyOptional({ example: 'brn_01JDEMOBRANCH0000000000001', description: '영업점 / Branch' })
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
