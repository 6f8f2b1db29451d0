import { Controller, Get } from '@nestjs/common';
import { ApiBearerAuth, ApiOperation, ApiResponse, ApiTags } from '@nestjs/swagger';
import { COMMON_ERRORS } from '../../common/errors/common.errors';
import { CurrentPrincipal, MemberRoles } from '../../common/http/decorators';
import type { Principal } from '../../common/http/principal';
import { ApiErrors } from '../../common/openapi/api-errors';
import { MemberResponse } from './member-response.types';
import { MEMBERS_ERRORS } from './members.errors';
import { MembersService } from './members.service';

const { UNAUTHENTICATED, FORBIDDEN, RATE_LIMITED } = COMMON_ERRORS;
const { MEMBER_NOT_FOUND } = MEMBERS_ERRORS;

@ApiTags('Members')
@ApiBearerAuth()
@Controller('v1/members')
export class MembersController {
  constructor(private readonly members: MembersService) {}

  @Get('me')
  @MemberRoles('OPERATOR', 'AGENCY', 'MERCHANT', 'BRANCH')
  @ApiOperation({
    summary: '내 정보 / The logged-in member',
    description: '로그인한 회원의 정보를 보여 줍니다.\n\nShows the member whose access token it is.',
  })
  @ApiResponse({ status: 200, description: '로그인한 회원 / The logged-in member', type: MemberResponse })
  @ApiErrors({ UNAUTHENTICATED, FORBIDDEN, MEMBER_NOT_FOUND, RATE_LIMITED })
  async me(@CurrentPrincipal() principal: Principal): Promise<MemberResponse> {
    return MemberResponse.of(await this.members.ownMember(principal));
  }
}
