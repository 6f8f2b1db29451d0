import { Body, Controller, HttpCode, Ip, Put } from '@nestjs/common';
import { ApiBearerAuth, ApiOperation, ApiResponse, ApiTags } from '@nestjs/swagger';
import { COMMON_ERRORS } from '../../common/errors/common.errors';
import { CurrentPrincipal, MemberRoles } from '../../common/http/decorators';
import type { MemberPrincipal } from '../../common/http/principal';
import { Secret } from '../../common/masking/secret';
import { ApiErrors } from '../../common/openapi/api-errors';
import { AUTH_ERRORS } from './auth.errors';
import { AuthService } from './auth.service';
import { ChangePasswordRequest } from './dto/change-password.request';

const { VALIDATION_FAILED, UNAUTHENTICATED, FORBIDDEN, RATE_LIMITED, SERVICE_UNAVAILABLE } = COMMON_ERRORS;
const { CURRENT_PASSWORD_WRONG, LOGIN_LOCKED, PASSWORD_CHANGED_MEANWHILE } = AUTH_ERRORS;

/** Stands here and not in `members`, since it counts like a login and keeps the session that asks. */
@ApiTags('Members')
@ApiBearerAuth()
@MemberRoles('OPERATOR', 'AGENCY', 'MERCHANT', 'BRANCH')
@Controller('v1/members/me/password')
export class OwnPasswordController {
  constructor(private readonly auth: AuthService) {}

  @Put()
  @HttpCode(204)
  @ApiOperation({
    summary: '비밀번호 바꾸기 / Change the password',
    description:
      '현재 비밀번호를 확인하고 바꿉니다. 다른 세션은 모두 끝나고 지금 세션은 남습니다. 틀리면 로그인 실패로 셉니다.\n\nChanges the password, proven by the present one. All other sessions end; this one stays. A wrong one counts as a failed login.',
  })
  @ApiResponse({ status: 204, description: '바뀜 / Changed' })
  @ApiErrors({
    ...{ VALIDATION_FAILED, UNAUTHENTICATED, FORBIDDEN, RATE_LIMITED, SERVICE_UNAVAILABLE },
    ...{ CURRENT_PASSWORD_WRONG, LOGIN_LOCKED, PASSWORD_CHANGED_MEANWHILE },
  })
  change(
    @CurrentPrincipal() principal: MemberPrincipal,
    @Body() { currentPassword, newPassword }: ChangePasswordRequest,
    @Ip() address: string,
  ): Promise<void> {
    const wish = { currentPassword: new Secret(currentPassword), newPassword: new Secret(newPassword) };
    return this.auth.changePassword(principal, wish, address);
  }
}
