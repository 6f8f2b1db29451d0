import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { IsInt, IsOptional, IsString, Length, Matches, Max, Min } from 'class-validator';
import { WON_MAX } from '../../../common/money/won';

const AMOUNT_MIN = 100;
const PLAIN = /^[^\p{Cc}]*$/u;
/** A week. */
const EXPIRES_MINUTES_MAX = 7 * 24 * 60;

export class SmsPaymentRequest {
  @ApiProperty({
    example: 'SMS-20260102-0001',
    pattern: '^[A-Za-z0-9_-]{6,40}$',
    description: '주문번호 / Order number',
  })
  @Matches(/^[A-Za-z0-9_-]{6,40}$/)
  orderNo: string;

  @ApiProperty({ example: 50000, minimum: AMOUNT_MIN, description: '결제 금액(원) / Amount in won' })
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

  @ApiProperty({ example: '수제 만년필', maxLength: 100, description: '상품명 / What is bought' })
  @IsString()
  @Length(1, 100)
  @Matches(PLAIN)
  goodsName: string;

  @ApiPropertyOptional({ example: '홍길동', maxLength: 60, description: '구매자 이름 / Buyer name' })
  @IsOptional()
  @IsString()
  @Length(1, 60)
  @Matches(PLAIN)
  buyerName?: string;

  @ApiProperty({
    example: '010-1234-5678',
    description: '링크와 인증번호를 받을 휴대폰 / The phone that gets link and code',
  })
  @Matches(/^01[016789]-?\d{3,4}-?\d{4}$/)
  buyerPhone: string;

  @ApiPropertyOptional({
    example: 1440,
    minimum: 1,
    maximum: EXPIRES_MINUTES_MAX,
    description:
      '링크가 유효한 시간(분), 없으면 24시간 / Minutes that the link is good for; absent: 24 hours',
  })
  @IsOptional()
  @IsInt()
  @Min(1)
  @Max(EXPIRES_MINUTES_MAX)
  expiresInMinutes?: number;

  @ApiPropertyOptional({
    example: 12,
    minimum: 0,
    maximum: 36,
    description:
      '고를 수 있는 최대 할부 개월, 없으면 50,000원부터 12 / The most months that may be chosen; absent: 12 from 50,000 won',
  })
  @IsOptional()
  @IsInt()
  @Min(0)
  @Max(36)
  installmentMonthsMax?: number;

  @ApiPropertyOptional({ example: 'brn_0000000000DEM0BRANCH000001', description: '영업점 / Branch' })
  @IsOptional()
  @Matches(/^brn_[0-9A-Z]{1,26}$/)
  branchId?: string;
}

export class CancelSmsPaymentRequest {
  @ApiProperty({ example: '고객 변심', maxLength: 200, description: '취소 사유 / Why' })
  @IsString()
  @Length(1, 200)
  @Matches(PLAIN)
  reason: string;
}

export class ConfirmPayLinkRequest {
  @ApiProperty({
    example: '123456',
    pattern: '^\\d{6}$',
    description: '문자로 받은 인증번호 / The code from the SMS',
  })
  @Matches(/^\d{6}$/)
  code: string;

  @ApiProperty({
    example: 'eyJhbGciOiJFQ0RILUVTIiwiZW5jIjoiQTI1NkdDTSIsImtpZCI6ImtleV8wMUsifQ..iv.ciphertext.tag',
    maxLength: 4000,
    description:
      'publicKey로 암호화한 JWE(ECDH-ES, A256GCM)의 compact 직렬화 / Compact JWE to publicKey; plaintext: cardNumber, cardExpiry (YYMM), birthOrBusinessNo?, cardPasswordTwoDigits?, installmentMonths?',
  })
  @Matches(/^[\w-]+\.\.[\w-]+\.[\w-]+\.[\w-]+$/)
  @Length(20, 4000)
  encData: string;
}
