import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { IsIn, IsString, Length, Matches } from 'class-validator';
import { MayBeAbsent } from '../../../../common/http/may-be-absent';
import { PageQuery } from '../../../../common/pagination/page.query';
import { ACCOUNT_CASE_STATUSES, type AccountCaseStatus } from '../account-case.state';
import { ACCOUNT_CASES, type AccountCase } from '../virtual-account.types';

export class ListAccountCasesQuery extends PageQuery {
  @ApiPropertyOptional({ enum: ACCOUNT_CASE_STATUSES, example: 'OPEN', description: '상태 / Status' })
  @MayBeAbsent()
  @IsIn(ACCOUNT_CASE_STATUSES)
  status?: AccountCaseStatus;

  @ApiPropertyOptional({ enum: ACCOUNT_CASES, example: 'AMOUNT_MISMATCH', description: '까닭 코드 / Code' })
  @MayBeAbsent()
  @IsIn(ACCOUNT_CASES)
  code?: AccountCase;

  @ApiPropertyOptional({ example: 'M0000001', description: '가맹점 ID / Merchant id' })
  @MayBeAbsent()
  @Matches(/^[A-Za-z0-9]{4,16}$/)
  mid?: string;

  @ApiPropertyOptional({ example: 'toss', description: '원천사 이름 / Name of the acquirer' })
  @MayBeAbsent()
  @Matches(/^[a-z][a-z0-9]{1,19}$/)
  acquirer?: string;
}

export class AccountCasePath {
  @ApiProperty({ description: '가상계좌 ID / Virtual account id', example: 'vac_01K9Z3V4T5W6X7Y8Z9ABCDEFGH' })
  @Matches(/^[\x21-\x7e]{1,30}$/)
  virtualAccountId: string;
}

export class CloseAccountCaseRequest {
  @ApiProperty({
    example: '원천사 확인, 예금주에게 환불함',
    minLength: 1,
    maxLength: 200,
    description: '닫는 까닭, 감사 기록에 남음 / Why, kept in the audit trail',
  })
  @IsString()
  @Length(1, 200)
  @Matches(/^[^\p{Cc}]*$/u)
  @Matches(/\S/)
  reason: string;
}
