import { ApiPropertyOptional } from '@nestjs/swagger';
import { Type } from 'class-transformer';
import { IsInt, IsOptional, IsString, Matches, Max, MaxLength, Min } from 'class-validator';

const MID = /^M\d{7}$/;

/** Whose keys are meant. */
export class KeyScopeRequest {
  @ApiPropertyOptional({
    description:
      '가맹점 ID. 운영자는 반드시 적고, 가맹점 담당자는 생략합니다. / Merchant id. An operator must give it; a merchant’s member leaves it out.',
    pattern: MID.source,
    example: 'M0000001',
  })
  @IsOptional()
  @Matches(MID)
  mid?: string;
}

export class ListKeysRequest extends KeyScopeRequest {
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
