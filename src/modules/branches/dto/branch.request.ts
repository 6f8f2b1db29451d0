import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { IsIn, IsInt, IsString, Length, Matches, Max, Min } from 'class-validator';
import { MayBeAbsent } from '../../../common/http/may-be-absent';
import { PLAIN_TEXT } from '../../../common/http/plain-text';
import { PageQuery } from '../../../common/pagination/page.query';
import { BRANCH_STATUSES, type BranchStatus } from '../branch.state';

const PLAIN = /^[^\p{Cc}]*$/u;
const VERSION_MAX = 4_294_967_295;

export class ListBranchesQuery extends PageQuery {
  @ApiPropertyOptional({
    example: 'M0000001',
    description:
      '가맹점. 대리점은 꼭, 운영자는 query나 code로 찾을 때 필요 / Merchant; agencies always name one, operators for a search by query or code',
  })
  @MayBeAbsent()
  @Matches(/^M\d{7}$/)
  mid?: string;

  @ApiPropertyOptional({ enum: BRANCH_STATUSES, example: 'ACTIVE', description: '상태 / Status' })
  @MayBeAbsent()
  @IsIn(BRANCH_STATUSES)
  status?: BranchStatus;

  @ApiPropertyOptional({
    example: '모두의문구',
    maxLength: 100,
    description: '이름의 앞부분. 이름순으로 보여 줍니다 / How the name begins; listed by name',
  })
  @MayBeAbsent()
  @IsString()
  @Length(1, 100)
  @Matches(PLAIN)
  query?: string;

  @ApiPropertyOptional({ example: 'GANAM-01', maxLength: 20, description: '영업점 코드 / Branch code' })
  @MayBeAbsent()
  @Matches(/^[A-Z0-9-]{1,20}$/)
  code?: string;
}

export class BranchStatusRequest {
  @ApiProperty({
    enum: BRANCH_STATUSES,
    example: 'SUSPENDED',
    description: '바꿀 상태. CLOSED는 되돌릴 수 없습니다 / The state that it is to have; CLOSED is for good',
  })
  @IsIn(BRANCH_STATUSES)
  status: BranchStatus;

  @ApiProperty({
    example: '정기 점검',
    maxLength: 200,
    description: '사유, 이력과 감사 기록에 남음 / Why, kept in the history and the audit trail',
  })
  @IsString()
  @Length(1, 200)
  @Matches(PLAIN_TEXT)
  reason: string;

  @ApiPropertyOptional({
    example: 1,
    minimum: 1,
    description: '조회한 version, 그사이 바뀌었으면 409 / The version that was read; 409 if it has changed',
  })
  @MayBeAbsent()
  @IsInt()
  @Min(1)
  @Max(VERSION_MAX)
  version?: number;
}
