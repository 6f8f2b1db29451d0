import { Body, Controller, Get, HttpCode, Param, Patch, Post, Query } from '@nestjs/common';
import { ApiBearerAuth, ApiHeader, ApiOperation, ApiResponse, ApiTags } from '@nestjs/swagger';
import { COMMON_ERRORS } from '../../common/errors/common.errors';
import { CurrentPrincipal, MemberRoles, OwnersOnly } from '../../common/http/decorators';
import type { MemberPrincipal } from '../../common/http/principal';
import { IDEMPOTENCY_HEADER } from '../../common/idempotency/idempotency-header';
import { Idempotent } from '../../common/idempotency/idempotent.decorator';
import { Secret } from '../../common/masking/secret';
import { ApiErrors } from '../../common/openapi/api-errors';
import { MemberDetailResponse, MemberListResponse } from './dto/member.response';
import { SentCodeResponse } from './contact-request.types';
import { ListStaffRequest, MemberIdPath, MemberStatusRequest, NewStaffRequest } from './dto/staff.request';
import { MEMBERS_ERRORS } from './members.errors';
import { ManageStaff } from './use-cases/manage-staff';

const { VALIDATION_FAILED, UNAUTHENTICATED, FORBIDDEN, RATE_LIMITED } = COMMON_ERRORS;
const CALLER = { VALIDATION_FAILED, UNAUTHENTICATED, FORBIDDEN, RATE_LIMITED };
const { LOGIN_ID_TAKEN, EMAIL_TAKEN, STAFF_BRANCH_NOT_FOUND, MEMBER_NOT_FOUND } = MEMBERS_ERRORS;
const { MEMBER_STATUS_CONFLICT, MEMBER_CHANGED, MEMBER_HAS_NO_CONTACT, MEMBER_CODE_TOO_OFTEN } =
  MEMBERS_ERRORS;
const LIST_DEFAULT = 50;

@ApiTags('Staff')
@ApiBearerAuth()
@MemberRoles('MERCHANT', 'BRANCH')
@OwnersOnly()
@Controller('v1/staff')
export class StaffController {
  constructor(private readonly staff: ManageStaff) {}

  @Get()
  @ApiOperation({
    summary: '직원 목록 / List staff',
    description:
      '가맹점 대표는 가맹점과 그 영업점의 직원을, 영업점 대표는 자기 영업점의 직원을 최근 것부터 봅니다.\n\nA merchant’s owner sees the staff of the merchant and its branches, a branch’s owner that of the branch; newest first.',
  })
  @ApiResponse({ status: 200, description: '직원 / The staff', type: MemberListResponse })
  @ApiErrors(CALLER)
  async list(
    @CurrentPrincipal() principal: MemberPrincipal,
    @Query() { branchId, limit = LIST_DEFAULT, cursor }: ListStaffRequest,
  ): Promise<MemberListResponse> {
    return MemberListResponse.of(await this.staff.list(principal, branchId ?? null, { limit, cursor }));
  }

  @Post()
  @Idempotent()
  @ApiHeader(IDEMPOTENCY_HEADER)
  @ApiOperation({
    summary: '직원 추가 / Add staff',
    description:
      '직원을 만들고, 비밀번호를 정할 인증번호를 직원의 휴대폰으로 보냅니다. 가맹점 대표가 branchId를 적으면 그 영업점의 직원이 됩니다.\n\nMakes a member of staff and sends it a code to set a password. With branchId a merchant’s owner makes staff of that branch.',
  })
  @ApiResponse({ status: 201, description: '추가됨 / Added', type: MemberDetailResponse })
  @ApiErrors({ ...CALLER, LOGIN_ID_TAKEN, EMAIL_TAKEN, STAFF_BRANCH_NOT_FOUND, MEMBER_CODE_TOO_OFTEN })
  async add(
    @CurrentPrincipal() principal: MemberPrincipal,
    @Body() { loginId, name, phone, email, branchId }: NewStaffRequest,
  ): Promise<MemberDetailResponse> {
    const wanted = {
      ...{ loginId, name, phone: new Secret(phone) },
      ...{ email: email ?? null, branchId: branchId ?? null },
    };
    return MemberDetailResponse.detail(await this.staff.add(principal, wanted));
  }

  @Patch(':memberId/status')
  @ApiOperation({
    summary: '직원 상태 바꾸기 / Change the status of staff',
    description:
      'LOCKED와 DISABLED는 그 직원의 모든 세션을 바로 끝냅니다. 운영자가 정한 상태는 되돌릴 수 없습니다.\n\nLOCKED and DISABLED end all of the member’s sessions at once. What an operator has set cannot be undone here.',
  })
  @ApiResponse({ status: 200, description: '바뀐 직원 / As it is now', type: MemberDetailResponse })
  @ApiErrors({ ...CALLER, MEMBER_NOT_FOUND, MEMBER_STATUS_CONFLICT, MEMBER_CHANGED })
  async setStatus(
    @CurrentPrincipal() principal: MemberPrincipal,
    @Param() { memberId }: MemberIdPath,
    @Body() body: MemberStatusRequest,
  ): Promise<MemberDetailResponse> {
    return MemberDetailResponse.detail(await this.staff.setStatus(principal, memberId, body));
  }

  @Post(':memberId/reset-password')
  @HttpCode(202)
  @Idempotent()
  @ApiHeader(IDEMPOTENCY_HEADER)
  @ApiOperation({
    summary: '직원 비밀번호 초기화 / Let staff set a new password',
    description:
      '직원에게 비밀번호를 다시 정할 인증번호를 보냅니다. 인증번호는 직원만 봅니다.\n\nSends the member a code to set a new password. Only the member sees it.',
  })
  @ApiResponse({ status: 202, description: '보냄 / Sent', type: SentCodeResponse })
  @ApiErrors({
    ...CALLER,
    MEMBER_NOT_FOUND,
    MEMBER_STATUS_CONFLICT,
    MEMBER_HAS_NO_CONTACT,
    MEMBER_CODE_TOO_OFTEN,
  })
  async resetPassword(
    @CurrentPrincipal() principal: MemberPrincipal,
    @Param() { memberId }: MemberIdPath,
  ): Promise<SentCodeResponse> {
    return SentCodeResponse.of(await this.staff.resetPassword(principal, memberId));
  }
}
