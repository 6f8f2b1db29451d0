import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { IsIn, IsString, Length, Matches } from 'class-validator';
import { MayBeAbsent } from '../../../common/http/may-be-absent';
import { DaysPageQuery } from '../../../common/pagination/days-page.query';
import { CASE_STATUSES, type CaseStatus, type Resolution, RESOLUTIONS } from '../case.state';
import { CASE_KINDS, type CaseKind } from '../reconciliation.types';

const MEMBER_ID = /^[\x21-\x7e]{1,30}$/;

export class CasesQuery extends DaysPageQuery {
  @ApiPropertyOptional({ enum: CASE_STATUSES, example: 'OPEN', description: '상태 / State' })
  @MayBeAbsent()
  @IsIn(CASE_STATUSES)
  status?: CaseStatus;

  @ApiPropertyOptional({ enum: CASE_KINDS, example: 'MISSING_HERE', description: '차이의 종류 / Kind' })
  @MayBeAbsent()
  @IsIn(CASE_KINDS)
  kind?: CaseKind;

  @ApiPropertyOptional({ example: 'toss', description: '원천사 이름 / Name of the acquirer' })
  @MayBeAbsent()
  @Matches(/^[a-z][a-z0-9]{1,19}$/)
  acquirer?: string;

  @ApiPropertyOptional({ example: 'M0000001', description: '가맹점 ID / Merchant id' })
  @MayBeAbsent()
  @Matches(/^M\d{7}$/)
  mid?: string;

  @ApiPropertyOptional({ example: 'mem_01K9Z3V4T5W6X7Y8Z9ABCDEFGH', description: '담당자 / The owner' })
  @MayBeAbsent()
  @Matches(MEMBER_ID)
  ownerId?: string;
}

export class CasePath {
  @ApiProperty({ description: '대사 차이 건 ID / Case id', example: 'rcn_01K9Z3V4T5W6X7Y8Z9ABCDEFGH' })
  @Matches(/^[\x21-\x7e]{1,30}$/)
  caseId: string;
}

export class AssignCaseRequest {
  @ApiProperty({
    example: 'mem_01K9Z3V4T5W6X7Y8Z9ABCDEFGH',
    description: '담당할 운영자 / The operator who will look after it',
  })
  @Matches(MEMBER_ID)
  memberId: string;
}

export class ResolveCaseRequest {
  @ApiProperty({
    enum: RESOLUTIONS,
    example: 'MENDED_BY_ACQUIRER',
    description:
      '우리가 바로잡음, 원천사가 바로잡음, 그대로 둠, 차이가 아님, 그 밖 / How it came to an end. Nothing is mended by this call',
  })
  @IsIn(RESOLUTIONS)
  resolution: Resolution;

  @ApiProperty({
    example: '원천사가 누락된 취소를 다시 반영함',
    minLength: 1,
    maxLength: 500,
    description: '설명, 남습니다 / What was found and done; kept',
  })
  @IsString()
  @Length(1, 500)
  @Matches(/^[^\p{Cc}]*$/u)
  @Matches(/\S/)
  note: string;
}
