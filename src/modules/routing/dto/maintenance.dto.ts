import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { Type } from 'class-transformer';
import { IsIn, IsInt, IsOptional, IsString, Length, Matches, Max, MaxLength, Min } from 'class-validator';
import { IsInstant } from '../../../common/http/instant.validator';
import { koreanTime } from '../../../common/time/korean-time';
import { PAYMENT_METHODS, type PaymentMethod } from '../../merchants/merchants.types';
import type { MaintenanceWindow } from '../routing.types';

/** An instant with its offset, to the second or millisecond. */
const TEXT = /^[^\p{Cc}]*$/u;

export class NewMaintenanceRequest {
  @ApiProperty({ example: 'toss', description: '원천사 이름 / Name of the acquirer' })
  @Matches(/^[a-z][a-z0-9]{1,19}$/)
  acquirer: string;

  @ApiPropertyOptional({
    enum: PAYMENT_METHODS,
    nullable: true,
    example: null,
    description: '결제 수단, 없으면 모두 / Method; null = all',
  })
  @IsOptional()
  @IsIn(PAYMENT_METHODS)
  method?: PaymentMethod | null;

  @ApiProperty({ format: 'date-time', example: '2026-12-01T02:00:00+09:00', description: '시작 / From' })
  @IsInstant()
  from: string;

  @ApiProperty({
    format: 'date-time',
    example: '2026-12-01T04:00:00+09:00',
    description: '끝(미포함) / To before',
  })
  @IsInstant()
  to: string;

  @ApiProperty({ example: '원천사 정기 점검', maxLength: 200, description: '까닭 / Why' })
  @IsString()
  @Length(1, 200)
  @Matches(TEXT)
  reason: string;
}

export class ListMaintenanceQuery {
  @ApiPropertyOptional({ description: '개수 / How many', minimum: 1, maximum: 200, default: 50, example: 50 })
  @IsOptional()
  @Type(() => Number)
  @IsInt()
  @Min(1)
  @Max(200)
  limit?: number;

  @ApiPropertyOptional({
    description: '앞 응답의 nextCursor / nextCursor of the answer before',
    example: 'mnt_01KAJR38VNR81X7S9FZBZ4D62E',
  })
  @IsOptional()
  @Matches(/^mnt_[0-9A-Z]{26}$/)
  cursor?: string;
}

export class RemoveMaintenanceQuery {
  @ApiPropertyOptional({
    description: '까닭, 감사 기록에 남음 / Why, kept in the audit trail',
    example: '점검 취소',
  })
  @IsOptional()
  @IsString()
  @MaxLength(200)
  @Matches(TEXT)
  reason?: string;
}

export class MaintenanceResponse {
  @ApiProperty({ example: 'mnt_01KAJR38VNR81X7S9FZBZ4D62E' })
  id: string;

  @ApiProperty({ example: 'toss' })
  acquirer: string;

  @ApiProperty({ enum: PAYMENT_METHODS, nullable: true, example: null })
  method: PaymentMethod | null;

  @ApiProperty({ format: 'date-time', example: '2026-12-01T02:00:00.000+09:00' })
  from: string;

  @ApiProperty({ format: 'date-time', example: '2026-12-01T04:00:00.000+09:00' })
  to: string;

  @ApiProperty({ example: '원천사 정기 점검' })
  reason: string;

  static of({ id, acquirer, method, from, to, reason }: MaintenanceWindow): MaintenanceResponse {
    return { id, acquirer, method, from: koreanTime(from), to: koreanTime(to), reason };
  }
}

export class MaintenanceListResponse {
  @ApiProperty({ type: [MaintenanceResponse], description: '최근 것부터 / Newest first' })
  data: MaintenanceResponse[];

  @ApiProperty({ type: String, nullable: true, example: null })
  nextCursor: string | null;
}
