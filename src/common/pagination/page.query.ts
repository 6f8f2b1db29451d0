import { ApiPropertyOptional } from '@nestjs/swagger';
import { Type } from 'class-transformer';
import { IsInt, IsOptional, IsString, Max, MaxLength, Min } from 'class-validator';

/** Asks for one page of a list, newest first. */
export class PageQuery {
  @ApiPropertyOptional({
    description: '한 번에 받을 개수 / How many to return',
    minimum: 1,
    maximum: 200,
    default: 50,
    example: 50,
  })
  @IsOptional()
  @Type(() => Number)
  @IsInt()
  @Min(1)
  @Max(200)
  limit?: number;

  @ApiPropertyOptional({
    description: '앞 응답의 nextCursor / nextCursor of the answer before',
    maxLength: 200,
    example: 'MTc2MzY5MDQwMDAwMC5rZXlfMDFLQUpSMzhWTlI4MVg3UzlGWkJaNEQ2MkU',
  })
  @IsOptional()
  @IsString()
  @MaxLength(200)
  cursor?: string;
}
