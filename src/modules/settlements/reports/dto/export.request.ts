import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { IsIn, Matches, ValidateIf } from 'class-validator';
import { EXPORT_FORMATS, type ExportFormat } from '../../../../common/export/table';
import { IsKoreanDay } from '../../../../common/http/korean-day.validator';
import { given } from '../../payout/dto/settlement.request';
import { SETTLEMENT_STATUSES, type SettlementStatus } from '../../settlement.state';

export const EXPORT_LEVELS = ['settlements', 'lines'] as const;

/** The filters of the list of settlements, without its pages. */
export class ExportSettlementsQuery {
  @ApiProperty({ enum: EXPORT_FORMATS, example: 'xlsx', description: '파일 형식 / Form of the file' })
  @IsIn(EXPORT_FORMATS)
  format: ExportFormat;

  @ApiPropertyOptional({
    enum: EXPORT_LEVELS,
    example: 'settlements',
    description: '정산마다, 또는 결제와 취소마다 한 줄 / A row for each settlement, or for each of its lines',
  })
  @ValidateIf(given)
  @IsIn(EXPORT_LEVELS)
  level?: (typeof EXPORT_LEVELS)[number];

  @ApiProperty({ format: 'date', example: '2026-11-01', description: '지급일부터 / First payout day' })
  @IsKoreanDay()
  from: string;

  @ApiProperty({
    format: 'date',
    example: '2026-11-30',
    description: '지급일까지, 포함, 400일까지 / Last payout day, 400 days at most',
  })
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
