import { ApiPropertyOptional } from '@nestjs/swagger';
import { IsIn, IsString, Length, Matches } from 'class-validator';
import { ROLES, type Role } from '../../../common/http/principal';
import { PageQuery } from '../../../common/pagination/page.query';
import { MEMBER_STATUSES, type MemberStatus } from '../members.types';
import { MayBeAbsent } from '../../../common/http/may-be-absent';

export class SearchMembersRequest extends PageQuery {
  @ApiPropertyOptional({
    description:
      '로그인 ID의 앞부분, 이메일 전체, 또는 휴대폰 번호 전체 / Beginning of a login id, a whole e-mail address or a whole phone number',
    minLength: 1,
    maxLength: 254,
    example: 'pensh',
  })
  @MayBeAbsent()
  @IsString()
  @Length(1, 254)
  query?: string;

  @ApiPropertyOptional({ enum: ROLES, description: '역할 / Role', example: 'MERCHANT' })
  @MayBeAbsent()
  @IsIn(ROLES)
  role?: Role;

  @ApiPropertyOptional({ enum: MEMBER_STATUSES, description: '상태 / Status', example: 'ACTIVE' })
  @MayBeAbsent()
  @IsIn(MEMBER_STATUSES)
  status?: MemberStatus;

  @ApiPropertyOptional({ description: '가맹점 ID / Merchant id', pattern: '^M\\d{7}$', example: 'M0000001' })
  @MayBeAbsent()
  @Matches(/^M\d{7}$/)
  mid?: string;
}
