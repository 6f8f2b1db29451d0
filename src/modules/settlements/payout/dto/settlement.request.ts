import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { IsIn, IsString, Length, Matches, ValidateIf } from 'class-validator';
import { IsKoreanDay } from '../../../../common/http/korean-day.validator';
import { PageQuery } from '../../../../common/pagination/page.query';
import { SETTLEMENT_STATUSES, type SettlementStatus } from '../../settlement.state';

/** Absent is fine, null is not. */
export const given = (_: unknown, value: unknown) => value !== undefined;

export class ReasonRequest {
  @ApiProperty({
    example: '이의 제기 확인 중',
    maxLength: 200,
    description: '까닭, 감사 기록에 남음 / Why, kept',
  })
  @IsString()
  @Length(1, 200)
  @Matches(/^[^\p{Cc}]*$/u)
  reason: string;
}

export class ConfirmPayoutRequest extends ReasonRequest {
  @ApiProperty({
    example: 'KB20261123-000017',
    maxLength: 80,
    description: '은행의 이체 번호 / The bank’s reference of the transfer',
  })
  @Matches(/^[\x21-\x7e]{1,80}$/)
  payoutReference: string;
}

export class HoldMerchantRequest extends ReasonRequest {
  @ApiProperty({ example: 'M0000001', description: '가맹점 / Merchant' })
  @Matches(/^M\d{7}$/)
  mid: string;
}

export class HoldsQuery extends PageQuery {
  @ApiPropertyOptional({ example: 'M0000001', description: '가맹점, 없으면 모두 / Merchant; absent = all' })
  @ValidateIf(given)
  @Matches(/^M\d{7}$/)
  mid?: string;
}

export class PayoutFileQuery {
  @ApiProperty({
    format: 'date',
    example: '2026-11-23',
    description: '이 날까지 지급할 것 / What is due up to this Korean day',
  })
  @IsKoreanDay()
  date: string;
}

export class SettlementsQuery extends PageQuery {
  @ApiProperty({ format: 'date', example: '2026-11-01', description: '지급일부터 / First payout day' })
  @IsKoreanDay()
  from: string;

  @ApiProperty({ format: 'date', example: '2026-11-30', description: '지급일까지, 포함 / Last payout day' })
  @IsKoreanDay()
  to: string;

  @ApiPropertyOptional({ enum: SETTLEMENT_STATUSES, example: 'CONFIRMED', description: '상태 / State' })
  @ValidateIf(given)
  @IsIn(SETTLEMENT_STATUSES)
  status?: SettlementStatus;

  @ApiPropertyOptional({ example: 'M0000001', description: '가맹점, 없으면 모두 / Merchant; absent = all' })
  @ValidateIf(given)
  @Matches(/^M\d{7}$/)
  mid?: string;
}
