import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { Transform } from 'class-transformer';
import { IsIn, IsOptional, Matches } from 'class-validator';
import { PAYMENT_METHODS, type PaymentMethod } from '../../../merchants/merchants.types';
import type { CapturedDay } from '../../settlements.types';
import { CYCLE_PATTERN } from '../cycle.policy';
import { IsKoreanDay } from '../../../../common/http/korean-day.validator';

/** Korean days, both included. */
export class CalendarQuery {
  @ApiProperty({ format: 'date', example: '2026-09-21', description: '매입 시작일(한국 날짜) / First day' })
  @IsKoreanDay()
  from: string;

  @ApiProperty({
    format: 'date',
    example: '2026-09-30',
    description: '매입 종료일, 400일까지 / Last day, 400 days at most',
  })
  @IsKoreanDay()
  to: string;

  @ApiPropertyOptional({
    example: 'D+2',
    pattern: CYCLE_PATTERN.source,
    description:
      '정산 주기. D+N, W-요일+N(그 요일에 마감), M-일+N(그날 마감, M-31은 말일), N은 영업일 0~30. 없으면 가맹점의 주기. / Cycle to reckon with instead of the merchant’s own: D+N, W-weekday+N, M-day+N (31 = the month’s end), N business days, 0 to 30',
  })
  @IsOptional()
  // An address may carry the plus sign as it is, which reads as a space.
  @Transform(({ value }: { value: unknown }) => (typeof value === 'string' ? value.replace(' ', '+') : value))
  @Matches(CYCLE_PATTERN)
  cycle?: string;

  @ApiPropertyOptional({
    example: 'M0000001',
    pattern: '^M\\d{7}$',
    description:
      '운영자와 대리점만: 가맹점. 없으면 기본 주기. / For operators and agencies: whose cycle; absent = the default cycle',
  })
  @IsOptional()
  @Matches(/^M\d{7}$/)
  mid?: string;

  @ApiPropertyOptional({
    enum: PAYMENT_METHODS,
    default: 'CARD',
    example: 'CARD',
    description: '결제 수단, 주기가 다를 수 있음 / Payment method: terms may differ by it',
  })
  @IsOptional()
  @IsIn(PAYMENT_METHODS)
  method?: PaymentMethod;

  @ApiPropertyOptional({
    example: 'ctr_01K9Z3V4T5W6X7Y8Z9ABCDEFGH',
    pattern: '^ctr_[0-9A-Z]{26}$',
    description: '원천사 계약, 주기가 다를 수 있음 / Contract with an acquirer: terms may differ by it',
  })
  @IsOptional()
  @Matches(/^ctr_[0-9A-Z]{26}$/)
  contractId?: string;
}

export class CapturedDayResponse {
  @ApiProperty({ format: 'date', example: '2026-09-23', description: '매입일 / Day of capture' })
  capturedOn: string;

  @ApiProperty({ format: 'date', example: '2026-09-29', description: '지급일 / Day of payout' })
  payoutOn: string;
}

export class SettlementCalendarResponse {
  @ApiProperty({ type: [CapturedDayResponse], description: '기간의 모든 날 / Every day of the period' })
  data: CapturedDay[];
}
