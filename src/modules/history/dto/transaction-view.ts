import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { Type } from 'class-transformer';
import { IsObject, IsString, Length, Matches, ValidateNested } from 'class-validator';
import { MayBeAbsent } from '../../../common/http/may-be-absent';
import { TransactionFilters } from './transaction.query';

const NAME = {
  example: '이번 달 취소',
  maxLength: 60,
  description: '이름 / Name',
} as const;

export class CreateTransactionViewRequest {
  @ApiProperty(NAME)
  @IsString()
  @Length(1, 60)
  @Matches(/^[^\p{Cc}]*$/u)
  name: string;

  @ApiProperty({ type: TransactionFilters, description: '거래내역의 조건 / Filters of the list' })
  @IsObject()
  @ValidateNested()
  @Type(() => TransactionFilters)
  filters: TransactionFilters;
}

export class ChangeTransactionViewRequest {
  @ApiPropertyOptional(NAME)
  @MayBeAbsent()
  @IsString()
  @Length(1, 60)
  @Matches(/^[^\p{Cc}]*$/u)
  name?: string;

  @ApiPropertyOptional({
    type: TransactionFilters,
    description: '앞의 조건을 모두 대신합니다 / Takes the place of all filters before',
  })
  @MayBeAbsent()
  @IsObject()
  @ValidateNested()
  @Type(() => TransactionFilters)
  filters?: TransactionFilters;
}

export class TransactionViewResponse {
  @ApiProperty({ example: 'viw_01K9Z3V4T5W6X7Y8Z9ABCDEFGH' })
  viewId: string;

  @ApiProperty({ example: '이번 달 취소' })
  name: string;

  @ApiProperty({ type: TransactionFilters })
  filters: TransactionFilters;

  @ApiProperty({ example: '2026-01-02T03:04:05.000+09:00' })
  createdAt: string;

  @ApiProperty({ example: '2026-01-02T03:04:05.000+09:00' })
  updatedAt: string;
}

export class TransactionViewListResponse {
  @ApiProperty({ type: [TransactionViewResponse] })
  data: TransactionViewResponse[];

  @ApiProperty({ example: null, nullable: true, type: String })
  nextCursor: string | null;
}
