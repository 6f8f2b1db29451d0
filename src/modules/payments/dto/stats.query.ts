import { ApiPropertyOptional } from '@nestjs/swagger';
import { IsOptional } from 'class-validator';
import { IsKoreanDay } from '../../../common/http/korean-day.validator';

/** Korean days, both included; the last 30 days when absent. */
export class StatsQuery {
  @ApiPropertyOptional({ example: '2026-01-01', description: '시작일 / First day' })
  @IsOptional()
  @IsKoreanDay()
  from?: string;

  @ApiPropertyOptional({ example: '2026-01-31', description: '종료일 / Last day' })
  @IsOptional()
  @IsKoreanDay()
  to?: string;
}
