import { Body, Controller, Param, Post } from '@nestjs/common';
import { ApiBearerAuth, ApiHeader, ApiOperation, ApiResponse, ApiTags } from '@nestjs/swagger';
import { CurrentPrincipal, MemberRoles } from '../../common/http/decorators';
import { actorOf, type Principal } from '../../common/http/principal';
import { IDEMPOTENCY_HEADER } from '../../common/idempotency/idempotency-header';
import { Idempotent } from '../../common/idempotency/idempotent.decorator';
import { Secret } from '../../common/masking/secret';
import { ApiErrors } from '../../common/openapi/api-errors';
import { MemberResponse } from '../members/member-response.types';
import { MEMBERS_ERRORS } from '../members/members.errors';
import { AGENCIES_ERRORS } from './agencies.errors';
import { AgencyMembers } from './agency-members.service';
import { AgencyMemberRequest, AgencyPath } from './dto/agency.request';

@ApiTags('Agencies')
@ApiBearerAuth()
@MemberRoles('OPERATOR')
@Controller('v1/agencies')
export class AgencyMembersController {
  constructor(private readonly members: AgencyMembers) {}

  @Post(':agencyCode/members')
  @Idempotent()
  @ApiHeader(IDEMPOTENCY_HEADER)
  @ApiOperation({
    summary: '대리점 회원 만들기 / Make a member of an agency',
    description:
      '비밀번호 없이 만들고, 비밀번호를 정할 인증번호를 휴대폰으로 보냅니다(POST /v1/members/reset-password).\n\nMade without a password; a code to set one (POST /v1/members/reset-password) is sent to the phone.',
  })
  @ApiResponse({ status: 201, description: '만든 회원 / The member', type: MemberResponse })
  @ApiErrors(AGENCIES_ERRORS, 'AGENCY_NOT_FOUND', 'AGENCY_STATUS_CONFLICT')
  @ApiErrors(MEMBERS_ERRORS, 'LOGIN_ID_TAKEN', 'EMAIL_TAKEN', 'MEMBER_CODE_TOO_OFTEN')
  async add(
    @Param() { agencyCode }: AgencyPath,
    @Body() { loginId, name, phone, email }: AgencyMemberRequest,
    @CurrentPrincipal() principal: Principal,
  ): Promise<MemberResponse> {
    const wanted = { loginId, name, phone: new Secret(phone), email: email ?? null };
    return MemberResponse.of(await this.members.add(agencyCode, wanted, actorOf(principal)));
  }
}
