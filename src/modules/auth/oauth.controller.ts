import { Body, Controller, Header, Headers, HttpCode, Post, UseFilters } from '@nestjs/common';
import { ApiBasicAuth, ApiBearerAuth, ApiOperation, ApiResponse, ApiTags } from '@nestjs/swagger';
import { Public } from '../../common/http/decorators';
import { RateLimit } from '../../common/http/rate-limit';
import { IntrospectionResponse, TokenResponse } from './dto/oauth.response';
import { ApiOAuthErrors, ApiOneTokenForm, ApiTokenForm } from './dto/token-form.docs';
import { OAuthErrorFilter } from './oauth-error.filter';
import { OAuthService } from './oauth.service';

const INVALID_REQUEST = { invalid_request: 'token is missing' };
const INVALID_CLIENT = { invalid_client: 'client authentication failed' };
const LIMITED = { temporarily_unavailable: 'Too many requests' };
const FAULT = { server_error: 'something went wrong on our side' };
const UNAVAILABLE = { temporarily_unavailable: 'Temporarily unavailable' };

@ApiTags('OAuth 2.0')
@Public()
@RateLimit('login')
@UseFilters(OAuthErrorFilter)
@Controller('oauth')
export class OAuthController {
  constructor(private readonly oauth: OAuthService) {}

  @Post('token')
  @HttpCode(200)
  @Header('cache-control', 'no-store')
  @ApiBasicAuth()
  @ApiOperation({
    summary: '토큰 발급 / Get a token',
    description:
      'client_credentials: 가맹점 시스템의 액세스 토큰을 발급합니다. 클라이언트 ID는 mid, 비밀은 비밀 키이며 Basic 인증이나 본문으로 보냅니다. refresh_token: 회원의 갱신 토큰을 새 토큰으로 바꿉니다(RFC 6749).\n\nclient_credentials: an access token for a merchant system; the client id is the mid and the secret a secret key, sent by Basic or in the body. refresh_token: changes a member’s refresh token for new tokens (RFC 6749).',
  })
  @ApiTokenForm()
  @ApiResponse({ status: 200, description: '토큰 / The token', type: TokenResponse })
  @ApiOAuthErrors(
    [
      400,
      {
        invalid_request: 'grant_type is missing',
        invalid_grant: 'the refresh token is unknown, expired or used',
        unsupported_grant_type: 'grant_type must be client_credentials or refresh_token',
        invalid_scope: 'scope must be a list of: payments:read payments:write …',
      },
    ],
    [401, INVALID_CLIENT],
    [429, LIMITED],
    [500, FAULT],
    [503, UNAVAILABLE],
  )
  token(
    @Headers('authorization') authorization: string | undefined,
    @Body() body: unknown,
  ): Promise<TokenResponse> {
    return this.oauth.token(authorization, body);
  }

  @Post('revoke')
  @HttpCode(200)
  @Header('cache-control', 'no-store')
  @ApiBasicAuth()
  @ApiOperation({
    summary: '토큰 폐기 / Revoke a token',
    description:
      '토큰을 폐기합니다(RFC 7009). 회원의 토큰이면 그 세션이 끝납니다. 가맹점 토큰은 그 가맹점만 폐기할 수 있습니다. 이미 쓸 수 없는 토큰이어도 200입니다.\n\nRevokes a token (RFC 7009). A member’s token ends its session; a merchant’s token is revoked by that merchant only. A token that is not good any more is answered 200 as well.',
  })
  @ApiOneTokenForm()
  @ApiResponse({ status: 200, description: '폐기됨. 본문 없음 / Revoked; no body' })
  @ApiOAuthErrors(
    [400, { ...INVALID_REQUEST, unauthorized_client: 'the token was issued to another client' }],
    [401, INVALID_CLIENT],
    [429, LIMITED],
    [500, FAULT],
    [503, UNAVAILABLE],
  )
  revoke(@Headers('authorization') authorization: string | undefined, @Body() body: unknown): Promise<void> {
    return this.oauth.revoke(authorization, body);
  }

  @Post('introspect')
  @HttpCode(200)
  @Header('cache-control', 'no-store')
  @ApiBasicAuth()
  @ApiBearerAuth()
  @ApiOperation({
    summary: '토큰 조회 / Inspect a token',
    description:
      '가맹점 자신의 토큰이 지금 쓸 수 있는지 알려 줍니다(RFC 7662). 다른 토큰은 모두 active: false입니다.\n\nTells a merchant system whether a token of its own is good now (RFC 7662). Every other token is answered active: false.',
  })
  @ApiOneTokenForm()
  @ApiResponse({ status: 200, description: '토큰의 상태 / The token’s state', type: IntrospectionResponse })
  @ApiOAuthErrors(
    [400, INVALID_REQUEST],
    [401, INVALID_CLIENT],
    [429, LIMITED],
    [500, FAULT],
    [503, UNAVAILABLE],
  )
  introspect(
    @Headers('authorization') authorization: string | undefined,
    @Body() body: unknown,
  ): Promise<IntrospectionResponse> {
    return this.oauth.introspect(authorization, body);
  }
}
