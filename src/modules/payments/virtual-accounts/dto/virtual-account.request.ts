import { ApiProperty, ApiPropertyOptional, PickType } from '@nestjs/swagger';
import { Type } from 'class-transformer';
import {
  ValidateNested,
  IsIn,
  IsInt,
  IsISO8601,
  IsOptional,
  IsString,
  Length,
  Matches,
  Max,
  Min,
} from 'class-validator';
import { ReceiptWishRequest } from '../../receipts/receipt-wish.request';
import { KeyInContent } from '../../dto/key-in-content';
import { BANK_CODES } from '../../../../common/banks/banks';

/** 90 days: the longest that an acquirer keeps an account open. */
export const VALID_HOURS_MAX = 2_160;
export const VALID_HOURS_DEFAULT = 168;

const ACQUIRERS = ['toss', 'inicis', 'portone', 'nicepay'] as const;

export class IssueVirtualAccountRequest extends PickType(KeyInContent, [
  'orderNo',
  'amount',
  'taxFreeAmount',
  'goodsName',
  'buyerPhone',
  'buyerEmail',
  'customerKey',
  'branchId',
  'metadata',
] as const) {
  @ApiProperty({
    example: '홍길동',
    maxLength: 60,
    description: '입금할 고객 이름, 예금주에 함께 표시 / Who will deposit; shown with the account',
  })
  @IsString()
  @Length(1, 60)
  @Matches(/^[^\p{Cc}]*$/u)
  customerName: string;

  @ApiProperty({ example: '088', enum: BANK_CODES, description: '은행 코드 3자리 / Bank code, three digits' })
  @IsIn(BANK_CODES)
  bankCode: string;

  @ApiPropertyOptional({
    example: '2026-01-09T23:59:59+09:00',
    description: '입금 기한; validHours와 함께 쓰지 않음 / Deposit until; not together with validHours',
  })
  @IsOptional()
  @IsISO8601({ strict: true, strictSeparator: true })
  @Matches(/T.*(Z|[+-]\d{2}:?\d{2})$/)
  expiresAt?: string;

  @ApiPropertyOptional({
    example: 168,
    minimum: 1,
    maximum: VALID_HOURS_MAX,
    description: '입금 기한(시간), 기본 168 / Hours until it runs out, 168 by default',
  })
  @IsOptional()
  @IsInt()
  @Min(1)
  @Max(VALID_HOURS_MAX)
  validHours?: number;

  @ApiPropertyOptional({
    enum: ACQUIRERS,
    example: 'toss',
    description: '원천사, 없으면 계약 중에서 고름 / Absent: the best of the contracts',
  })
  @IsOptional()
  @IsIn(ACQUIRERS)
  acquirer?: (typeof ACQUIRERS)[number];

  @ApiPropertyOptional({
    type: ReceiptWishRequest,
    description:
      '입금되면 현금영수증을 발급하고, 환불되면 취소 / A cash receipt is issued with the deposit, and cancelled with the refund',
  })
  @IsOptional()
  @ValidateNested()
  @Type(() => ReceiptWishRequest)
  cashReceipt?: ReceiptWishRequest;
}
