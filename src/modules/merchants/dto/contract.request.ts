import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { Type } from 'class-transformer';
import {
  ArrayMaxSize,
  IsArray,
  IsIn,
  IsInt,
  IsOptional,
  IsString,
  Length,
  Matches,
  Min,
  ValidateNested,
} from 'class-validator';
import { ContractRequest, CONTRACTS_MAX } from '../contract-request.types';
import { ROUTING_STRATEGIES, type RoutingStrategy } from '../merchants.types';

/** The whole list as it shall be. */
export class ReplaceContractsRequest {
  @ApiPropertyOptional({
    example: 3,
    description:
      '바꾸려는 목록의 version. If-Match로 보낼 수도 있음 / Version that the change starts from; or If-Match',
  })
  @IsOptional()
  @IsInt()
  @Min(1)
  version?: number;

  @ApiProperty({ enum: ROUTING_STRATEGIES, example: 'ADAPTIVE', description: '선택 방식 / How to choose' })
  @IsIn(ROUTING_STRATEGIES)
  strategy: RoutingStrategy;

  @ApiProperty({
    type: [ContractRequest],
    description: '적지 않은 계약은 빠집니다. / One not named is removed.',
  })
  @IsArray()
  @ArrayMaxSize(CONTRACTS_MAX)
  @ValidateNested({ each: true })
  @Type(() => ContractRequest)
  contracts: ContractRequest[];

  @ApiProperty({
    example: '수수료 재계약',
    maxLength: 200,
    description: '바꾸는 까닭, 감사 기록에 남음 / Why, kept in the audit trail',
  })
  @IsString()
  @Length(1, 200)
  @Matches(/^[^\p{Cc}]*$/u)
  reason: string;
}
