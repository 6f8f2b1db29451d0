import { Controller, Get, Header } from '@nestjs/common';
import { ApiOperation, ApiResponse, ApiTags } from '@nestjs/swagger';
import { COMMON_ERRORS } from '../../common/errors/common.errors';
import { Public } from '../../common/http/decorators';
import { SCOPES } from '../../common/http/principal';
import { AppConfig } from '../../config/app-config';
import { AuthorizationServerMetadata, JwksResponse } from './dto/oauth.response';
import { ApiErrors } from '../../common/openapi/api-errors';
import { SigningKeys } from './signing-keys.service';

const { RATE_LIMITED } = COMMON_ERRORS;
// Shorter than any time for which a next key is published before it signs.
const CACHE_CONTROL = 'public, max-age=300';

@ApiTags('OAuth 2.0')
@Public()
@Controller('.well-known')
export class WellKnownController {
  constructor(
    private readonly config: AppConfig,
    private readonly keys: SigningKeys,
  ) {}

  @Get('oauth-authorization-server')
  @Header('cache-control', CACHE_CONTROL)
  @ApiOperation({
    summary: '인가 서버 정보 / Authorization server metadata',
    description:
      'OAuth 2.0 엔드포인트와 지원하는 방식입니다(RFC 8414).\n\nThe OAuth 2.0 endpoints and what they support (RFC 8414).',
  })
  @ApiResponse({
    status: 200,
    description: '인가 서버 정보 / The metadata',
    type: AuthorizationServerMetadata,
  })
  @ApiErrors({ RATE_LIMITED })
  metadata(): AuthorizationServerMetadata {
    const issuer = this.config.http.publicUrl;
    const clientMethods = ['client_secret_basic', 'client_secret_post'];
    return {
      issuer,
      token_endpoint: `${issuer}/oauth/token`,
      revocation_endpoint: `${issuer}/oauth/revoke`,
      introspection_endpoint: `${issuer}/oauth/introspect`,
      jwks_uri: `${issuer}/.well-known/jwks.json`,
      grant_types_supported: ['client_credentials', 'refresh_token'],
      response_types_supported: [],
      scopes_supported: [...SCOPES],
      token_endpoint_auth_methods_supported: [...clientMethods, 'none'],
      revocation_endpoint_auth_methods_supported: [...clientMethods, 'none'],
      introspection_endpoint_auth_methods_supported: clientMethods,
    };
  }

  @Get('jwks.json')
  @Header('cache-control', CACHE_CONTROL)
  @ApiOperation({
    summary: '공개 키 / Public keys',
    description:
      '액세스 토큰을 확인할 공개 키입니다(RFC 7517). 다음에 쓸 키도 미리 들어 있습니다.\n\nThe public keys that verify access tokens (RFC 7517), the next one among them.',
  })
  @ApiResponse({ status: 200, description: '공개 키 / The key set', type: JwksResponse })
  @ApiErrors({ RATE_LIMITED })
  async jwks(): Promise<JwksResponse> {
    return { keys: [...(await this.keys.jwks())] };
  }
}
