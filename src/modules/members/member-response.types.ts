import { ApiProperty } from '@nestjs/swagger';
import { type Position, POSITIONS, ROLES, type Role } from '../../common/http/principal';
import { koreanTime } from '../../common/time/korean-time';
import type { Member } from './members.types';

/** The logged-in member, as it may see itself; the answer to a login shows it too. */
export class MemberResponse {
  @ApiProperty({ description: '회원 ID / Member id', example: 'mem_01KAJR38VNR81X7S9FZBZ4D62E' })
  memberId: string;

  @ApiProperty({ description: '로그인 ID(소문자) / Login id, lower case', example: 'merchant1' })
  loginId: string;

  @ApiProperty({ description: '이름 / Name', example: '가맹점 담당자 1' })
  name: string;

  @ApiProperty({
    type: String,
    nullable: true,
    description: '이메일 / E-mail',
    example: 'merchant1@example.com',
  })
  email: string | null;

  @ApiProperty({ enum: ROLES, description: '역할 / Role', example: 'MERCHANT' })
  role: Role;

  @ApiProperty({
    enum: POSITIONS,
    nullable: true,
    description: '직책. MERCHANT와 BRANCH만 / Position; for MERCHANT and BRANCH',
    example: 'OWNER',
  })
  position: Position | null;

  @ApiProperty({
    type: String,
    nullable: true,
    description:
      '가맹점 ID. MERCHANT(서비스 승인 후)와 BRANCH만 / Merchant id; for BRANCH, and for MERCHANT once approved',
    example: 'M0000001',
  })
  mid: string | null;

  @ApiProperty({
    type: String,
    nullable: true,
    description: '영업점 ID. BRANCH만 / Branch id; for BRANCH',
    example: null,
  })
  branchId: string | null;

  @ApiProperty({
    type: String,
    nullable: true,
    description: '대리점 코드. AGENCY만 / Agency code; for AGENCY',
    example: null,
  })
  agencyCode: string | null;

  @ApiProperty({
    type: String,
    format: 'date-time',
    nullable: true,
    description: '이전 로그인 시각 / The last login before this answer',
    example: '2026-11-21T15:04:05.000+09:00',
  })
  lastLoginAt: string | null;

  static of(member: Member): MemberResponse {
    const { memberId, loginId, name, email, role, position, mid, branchId, agencyCode, lastLoginAt } = member;
    return {
      memberId,
      loginId,
      name,
      email,
      role,
      position,
      mid,
      branchId,
      agencyCode,
      lastLoginAt: lastLoginAt === null ? null : koreanTime(lastLoginAt),
    };
  }
}
