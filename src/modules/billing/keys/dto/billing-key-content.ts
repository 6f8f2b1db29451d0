import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { IsEmail, IsISO8601, IsOptional, IsString, Length, Matches, MaxLength } from 'class-validator';
import { IsBirthOrBusinessNo, IsCardExpiry, IsCardNumber } from '../../../../common/cards/card.validators';

/** The plaintext inside `encData` of a request for a billing key. */
export class BillingKeyContent {
  @ApiProperty({ example: 'customer-0001', description: '가맹점의 고객 키 / Your key of the customer' })
  @Matches(/^[A-Za-z0-9\-_=.@]{2,300}$/)
  customerKey: string;

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
    description: '카드 비밀번호 앞 2자리, 보관하지 않음 / First two digits of the card password, never kept',
  })
  @IsOptional()
  @Matches(/^\d{2}$/)
  cardPasswordTwoDigits?: string;

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

  @ApiProperty({
    example: '2026-01-02T03:04:05+09:00',
    description: '요청 시각, 5분 안 / When you made the request',
  })
  @IsISO8601({ strict: true, strictSeparator: true })
  @Matches(/(Z|[+-]\d{2}:?\d{2})$/)
  requestedAt: string;
}
