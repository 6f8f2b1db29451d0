import { Body, Controller, Header, HttpCode, Ip, Post } from '@nestjs/common';
import { ApiBearerAuth, ApiOperation, ApiResponse, ApiTags } from '@nestjs/swagger';
import { COMMON_ERRORS } from '../../common/errors/common.errors';
import { CurrentPrincipal, MemberRoles, OwnAccount, Public } from '../../common/http/decorators';
import type { Principal } from '../../common/http/principal';
import { RateLimit } from '../../common/http/rate-limit';
import { AUTH_ERRORS } from './auth.errors';
import { AuthService } from './auth.service';
import { LoginRequest } from './dto/login.request';
import { ApiErrors } from '../../common/openapi/api-errors';
import { RefreshRequest } from './dto/refresh.request';
import { LoginResponse, SessionTokensResponse } from './dto/session.response';

const { VALIDATION_FAILED, UNAUTHENTICATED, FORBIDDEN, RATE_LIMITED, SERVICE_UNAVAILABLE } = COMMON_ERRORS;
const { LOGIN_FAILED, LOGIN_LOCKED, REFRESH_TOKEN_INVALID } = AUTH_ERRORS;

@ApiTags('Auth')
@Controller('v1/auth')
export class AuthController {
  constructor(private readonly auth: AuthService) {}

  @Post('login')
  @HttpCode(200)
  @Public()
  @RateLimit('login')
  @Header('cache-control', 'no-store')
  @ApiOperation({
    summary: '로그인 / Log in',
    description:
      '회원으로 로그인합니다. 다섯 번 실패하면 15분 동안 잠깁니다. 없는 ID도 똑같이 답하고 똑같이 잠깁니다.\n\nLogs a member in. Five failures lock for 15 minutes. A login id that does not exist is answered, and locked, the same way.',
  })
  @ApiResponse({ status: 200, description: '로그인됨 / Logged in', type: LoginResponse })
  @ApiErrors({ VALIDATION_FAILED, LOGIN_FAILED, LOGIN_LOCKED, RATE_LIMITED, SERVICE_UNAVAILABLE })
  async login(@Body() body: LoginRequest, @Ip() address: string): Promise<LoginResponse> {
    return LoginResponse.loggedIn(await this.auth.login(body.loginId, body.password, address));
  }

  @Post('refresh')
  @HttpCode(200)
  @Public()
  @Header('cache-control', 'no-store')
  @ApiOperation({
    summary: '토큰 갱신 / Refresh the tokens',
    description:
      '갱신 토큰을 새 토큰으로 바꿉니다. 갱신 토큰은 한 번만 쓸 수 있고, 쓴 토큰이 다시 오면 세션이 끝납니다. 답을 받지 못했다면 10초 안에 같은 토큰으로 다시 보내 같은 답을 받을 수 있습니다.\n\nChanges a refresh token for new tokens. A refresh token works once; a used one seen again ends the session. If the answer was lost, the same token sent again within 10 seconds gives the same refresh token.',
  })
  @ApiResponse({ status: 200, description: '새 토큰 / New tokens', type: SessionTokensResponse })
  @ApiErrors({ VALIDATION_FAILED, REFRESH_TOKEN_INVALID, RATE_LIMITED })
  async refresh(@Body() body: RefreshRequest): Promise<SessionTokensResponse> {
    return SessionTokensResponse.of(await this.auth.refresh(body.refreshToken));
  }

  @Post('logout')
  @HttpCode(204)
  @MemberRoles('OPERATOR', 'AGENCY', 'MERCHANT', 'BRANCH')
  @OwnAccount()
  @ApiBearerAuth()
  @ApiOperation({
    summary: '로그아웃 / Log out',
    description:
      '세션을 바로 끝냅니다. 액세스 토큰과 갱신 토큰을 더 쓸 수 없습니다.\n\nEnds the session at once, with its access and refresh tokens.',
  })
  @ApiResponse({ status: 204, description: '로그아웃됨 / Logged out' })
  @ApiErrors({ UNAUTHENTICATED, FORBIDDEN, RATE_LIMITED })
  logout(@CurrentPrincipal() principal: Principal): Promise<void> {
    return this.auth.logout(principal);
  }
}
