import { ApiPropertyOptional } from '@nestjs/swagger';
import {
  IsOptional,
  Matches,
  Validate,
  ValidatorConstraint,
  type ValidatorConstraintInterface,
} from 'class-validator';
import { isCalendarDay } from '../../../common/time/korean-time';

@ValidatorConstraint({ name: 'isKoreanDay' })
class KoreanDay implements ValidatorConstraintInterface {
  validate(value: unknown): boolean {
    return typeof value === 'string' && isCalendarDay(value);
  }
}

/** Korean days, both included; the last 30 days when absent. */
export class StatsQuery {
  @ApiPropertyOptional({ example: '2026-01-01', description: '시작일 / First day' })
  @IsOptional()
  @Matches(/^\d{4}-\d{2}-\d{2}$/)
  @Validate(KoreanDay)
  from?: string;

  @ApiPropertyOptional({ example: '2026-01-31', description: '종료일 / Last day' })
  @IsOptional()
  @Matches(/^\d{4}-\d{2}-\d{2}$/)
  @Validate(KoreanDay)
  to?: string;
}
