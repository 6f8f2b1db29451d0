import { Body, Controller, Get, Param, Patch, Query } from '@nestjs/common';
import { ApiBearerAuth, ApiOperation, ApiResponse, ApiTags } from '@nestjs/swagger';
import { fault } from '../../common/errors/app-error';
import { COMMON_ERRORS } from '../../common/errors/common.errors';
import { CurrentPrincipal, MemberRoles } from '../../common/http/decorators';
import type { MemberPrincipal } from '../../common/http/principal';
import { ApiErrors } from '../../common/openapi/api-errors';
import { MemberDetailResponse, MemberListResponse } from './dto/member.response';
import { SearchMembersRequest } from './dto/search-members.request';
import { MemberIdPath, MemberStatusRequest } from './dto/staff.request';
import { queryOf } from './member-search.policy';
import { MEMBERS_ERRORS } from './members.errors';
import { AdministerMembers } from './use-cases/administer-members';

const { VALIDATION_FAILED, UNAUTHENTICATED, FORBIDDEN, RATE_LIMITED } = COMMON_ERRORS;
const CALLER = { VALIDATION_FAILED, UNAUTHENTICATED, FORBIDDEN, RATE_LIMITED };
const { MEMBER_NOT_FOUND, MEMBER_STATUS_CONFLICT, MEMBER_CHANGED } = MEMBERS_ERRORS;
const LIST_DEFAULT = 50;

@ApiTags('Admin')
@ApiBearerAuth()
@MemberRoles('OPERATOR')
@Controller('v1/admin/members')
export class AdminMembersController {
  constructor(private readonly members: AdministerMembers) {}

  @Get()
  @ApiOperation({
    summary: '회원 검색 / Search members',
    description:
      '최근 것부터, 로그인 ID로 찾으면 로그인 ID 순서로 보여 줍니다.\n\nNewest first; by login id when a login id is searched for.',
  })
  @ApiResponse({ status: 200, description: '회원 / The members', type: MemberListResponse })
  @ApiErrors(CALLER)
  async search(@Query() request: SearchMembersRequest): Promise<MemberListResponse> {
    const { query: text, role = null, status = null, mid = null, limit = LIST_DEFAULT, cursor } = request;
    const query = text === undefined ? null : queryOf(text);
    if (text !== undefined && query === null) {
      throw fault(COMMON_ERRORS, 'VALIDATION_FAILED', { errors: [{ field: 'query', code: 'BAD_FORMAT' }] });
    }
    return MemberListResponse.of(await this.members.search({ query, role, status, mid }, { limit, cursor }));
  }

  @Patch(':memberId/status')
  @ApiOperation({
    summary: '회원 상태 바꾸기 / Change the status of a member',
    description:
      'LOCKED와 DISABLED는 그 회원의 모든 세션을 바로 끝냅니다. 자기 자신의 상태는 바꿀 수 없습니다.\n\nLOCKED and DISABLED end all of the member’s sessions at once. Nobody changes its own status.',
  })
  @ApiResponse({ status: 200, description: '바뀐 회원 / As it is now', type: MemberDetailResponse })
  @ApiErrors({ ...CALLER, MEMBER_NOT_FOUND, MEMBER_STATUS_CONFLICT, MEMBER_CHANGED })
  async setStatus(
    @CurrentPrincipal() principal: MemberPrincipal,
    @Param() { memberId }: MemberIdPath,
    @Body() body: MemberStatusRequest,
  ): Promise<MemberDetailResponse> {
    return MemberDetailResponse.detail(await this.members.setStatus(principal, memberId, body));
  }
}
