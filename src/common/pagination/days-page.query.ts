import { ApiPropertyOptional } from '@nestjs/swagger';
import { IsKoreanDay } from '../http/korean-day.validator';
import { MayBeAbsent } from '../http/may-be-absent';
import { PageQuery } from './page.query';

/** Asks for one page of what belongs to some Korean days. */
export class DaysPageQuery extends PageQuery {
  @ApiPropertyOptional({ format: 'date', example: '2026-11-01', description: '시작일 / First Korean day' })
  @MayBeAbsent()
  @IsKoreanDay()
  from?: string;

  @ApiPropertyOptional({
    format: 'date',
    example: '2026-11-30',
    description: '종료일, 포함 / Last Korean day',
  })
  @MayBeAbsent()
  @IsKoreanDay()
  to?: string;
}
