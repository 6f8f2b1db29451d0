import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { IsIn, IsOptional, IsString, Length, Matches } from 'class-validator';
import { PageQuery } from '../../../../common/pagination/page.query';
import { koreanTime } from '../../../../common/time/korean-time';
import { PAYMENT_METHODS, type PaymentMethod } from '../../../merchants/merchants.types';
import type { SettlementTerms } from '../../settlements.types';
import { CYCLE_PATTERN } from '../cycle.policy';
import { IsKoreanDay } from '../../../../common/http/korean-day.validator';

const MID = /^M\d{7}$/;
const NEXT = 'MTc2MzY5MDQwMDAwMC40Mg';

export class ListTermsQuery extends PageQuery {
  @ApiPropertyOptional({ example: 'M0000001', description: '가맹점, 없으면 모두 / Merchant; absent = all' })
  @IsOptional()
  @Matches(MID)
  mid?: string;
}

export class NewTermsRequest {
  @ApiProperty({ example: 'M0000001', pattern: MID.source, description: '가맹점 / Merchant' })
  @Matches(MID)
  mid: string;

  @ApiPropertyOptional({
    type: String,
    nullable: true,
    example: null,
    description: '원천사 계약, 없으면 모두 / Contract with an acquirer; null = all',
  })
  @IsOptional()
  @Matches(/^ctr_[0-9A-Z]{26}$/)
  contractId?: string | null;

  @ApiPropertyOptional({
    enum: PAYMENT_METHODS,
    nullable: true,
    example: 'CARD',
    description: '결제 수단, 없으면 모두 / Method; null = all',
  })
  @IsOptional()
  @IsIn(PAYMENT_METHODS)
  method?: PaymentMethod | null;

  @ApiProperty({
    example: 'D+2',
    pattern: CYCLE_PATTERN.source,
    description: '정산 주기: D+N, W-요일+N, M-일+N(M-31은 말일) / Settlement cycle',
  })
  @IsString()
  @Matches(CYCLE_PATTERN)
  cycle: string;

  @ApiProperty({
    format: 'date',
    example: '2099-01-01',
    description: '이 매입일부터, 오늘보다 이르지 않게 / From this day of capture on; today or later',
  })
  @IsKoreanDay()
  effectiveFrom: string;

  @ApiProperty({ example: '계약 변경', maxLength: 200, description: '까닭, 감사 기록에 남음 / Why, kept' })
  @IsString()
  @Length(1, 200)
  @Matches(/^[^\p{Cc}]*$/u)
  reason: string;
}

export class TermsResponse {
  @ApiProperty({ example: 'stt_01K9Z3V4T5W6X7Y8Z9ABCDEFGH' })
  termsId: string;

  @ApiProperty({ example: 'M0000001' })
  mid: string;

  @ApiProperty({ type: String, nullable: true, example: null, description: 'null = 모두 / all' })
  contractId: string | null;

  @ApiProperty({ enum: PAYMENT_METHODS, nullable: true, example: 'CARD', description: 'null = 모두 / all' })
  method: PaymentMethod | null;

  @ApiProperty({ example: 'D+2' })
  cycle: string;

  @ApiProperty({ format: 'date', example: '2099-01-01' })
  effectiveFrom: string;

  @ApiProperty({ example: '계약 변경' })
  reason: string;

  @ApiProperty({ example: 'member:mem_01K9Z3V4T5W6X7Y8Z9ABCDEFGH' })
  createdBy: string;

  @ApiProperty({ example: '2026-11-21T09:00:00.000+09:00' })
  createdAt: string;

  static of(terms: SettlementTerms): TermsResponse {
    const { termsId, mid, contractId, method, cycle, effectiveFrom, reason, createdBy, createdAt } = terms;
    return {
      ...{ termsId, mid, contractId, method, cycle, effectiveFrom, reason, createdBy },
      createdAt: koreanTime(createdAt),
    };
  }
}

export class TermsListResponse {
  @ApiProperty({ type: [TermsResponse], description: '최근 것부터 / Newest first' })
  data: TermsResponse[];

  @ApiProperty({ type: String, nullable: true, example: NEXT, description: '다음 쪽 / The next page' })
  nextCursor: string | null;
}
