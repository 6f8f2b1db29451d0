import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { IsIn, Matches } from 'class-validator';
import { PageQuery } from '../../../common/pagination/page.query';
import { MEMBER_STATUSES, type MemberStatus } from '../members.types';
import { MayBeAbsent } from '../../../common/http/may-be-absent';
import { EmailField, LoginIdField, NameField, PhoneField, ReasonField } from './fields';

const BRANCH_ID = /^brn_[0-9A-Z]{1,26}$/;

const BranchIdProperty = () =>
  ApiPropertyOptional({
    description: '영업점 ID. 영업점 직원만 / Branch id; for staff of a branch',
    pattern: BRANCH_ID.source,
    example: 'brn_0000000000DEM0BRANCH000001',
  });

export class NewStaffRequest {
  @LoginIdField()
  loginId: string;

  @NameField()
  name: string;

  @PhoneField()
  phone: string;

  @EmailField({ optional: true })
  email?: string;

  @BranchIdProperty()
  @MayBeAbsent()
  @Matches(BRANCH_ID)
  branchId?: string;
}

export class ListStaffRequest extends PageQuery {
  @BranchIdProperty()
  @MayBeAbsent()
  @Matches(BRANCH_ID)
  branchId?: string;
}

export class MemberStatusRequest {
  @ApiProperty({ enum: MEMBER_STATUSES, description: '상태 / Status', example: 'LOCKED' })
  @IsIn(MEMBER_STATUSES)
  status: MemberStatus;

  @ReasonField()
  reason: string;
}

export class MemberIdPath {
  @ApiProperty({ description: '회원 ID / Member id', example: 'mem_01KAJR38VNR81X7S9FZBZ4D62E' })
  @Matches(/^[\x21-\x7e]{1,30}$/)
  memberId: string;
}
