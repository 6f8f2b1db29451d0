import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { SCOPES } from '../../../common/http/principal';

const JWT = 'eyJhbGciOiJFUzI1NiIsInR5cCI6ImF0K2p3dCIsImtpZCI6IuKApiJ9.eyJpc3MiOiLigKYifQ.c2lnbmF0dXJl';

/** RFC 6749, 5.1. */
export class TokenResponse {
  @ApiProperty({ description: '액세스 토큰(JWT) / Access token (JWT)', example: JWT })
  access_token: string;

  @ApiProperty({ enum: ['Bearer'], description: '토큰 종류 / Kind of token', example: 'Bearer' })
  token_type: 'Bearer';

  @ApiProperty({ description: '유효 시간(초) / Lifetime in seconds', example: 600 })
  expires_in: number;

  @ApiPropertyOptional({
    description: '주어진 스코프. client_credentials에서만 / Scopes granted; with client_credentials',
    example: 'payments:read payments:write',
  })
  scope?: string;

  @ApiPropertyOptional({
    description: '새 갱신 토큰. refresh_token에서만 / The next refresh token; with refresh_token',
    example: 'rt_Yc0mS7h1Qv3nKpX2bJdLr8ZtWfAe6GuVoN5iB4kHsME',
  })
  refresh_token?: string;
}

/** RFC 7662, 2.2. Only `active` is there when the token is not. */
export class IntrospectionResponse {
  @ApiProperty({ description: '지금 쓸 수 있는지 / Whether the token is good now', example: true })
  active: boolean;

  @ApiPropertyOptional({ description: '스코프 / Scopes', example: 'payments:read payments:write' })
  scope?: string;

  @ApiPropertyOptional({ description: '클라이언트 ID = mid / Client id = mid', example: 'M0000001' })
  client_id?: string;

  @ApiPropertyOptional({ enum: ['Bearer'], description: '토큰 종류 / Kind of token', example: 'Bearer' })
  token_type?: 'Bearer';

  @ApiPropertyOptional({ description: '만료(초) / Expires at, seconds since 1970', example: 1795241645 })
  exp?: number;

  @ApiPropertyOptional({ description: '발급(초) / Issued at', example: 1795241045 })
  iat?: number;

  @ApiPropertyOptional({ description: '유효 시작(초) / Not before', example: 1795241040 })
  nbf?: number;

  @ApiPropertyOptional({ description: '주체 = mid / Subject = mid', example: 'M0000001' })
  sub?: string;

  @ApiPropertyOptional({ description: '대상 / Audience', example: 'pg-gateway/merchants' })
  aud?: string;

  @ApiPropertyOptional({ description: '발급자 / Issuer', example: 'https://api.example.com' })
  iss?: string;

  @ApiPropertyOptional({ description: '토큰 ID / Token id', example: 'p2m9S1oXQyKc0aTqf4Jw7g' })
  jti?: string;
}

/** RFC 6749, 5.2. */
export class OAuthErrorResponse {
  @ApiProperty({ description: '오류 코드 / Error code', example: 'invalid_client' })
  error: string;

  @ApiProperty({ description: '설명(영어) / Description, English', example: 'client authentication failed' })
  error_description: string;
}

/** RFC 8414, 2. */
export class AuthorizationServerMetadata {
  @ApiProperty({ example: 'https://api.example.com' })
  issuer: string;

  @ApiProperty({ example: 'https://api.example.com/oauth/token' })
  token_endpoint: string;

  @ApiProperty({ example: 'https://api.example.com/oauth/revoke' })
  revocation_endpoint: string;

  @ApiProperty({ example: 'https://api.example.com/oauth/introspect' })
  introspection_endpoint: string;

  @ApiProperty({ example: 'https://api.example.com/.well-known/jwks.json' })
  jwks_uri: string;

  @ApiProperty({ example: ['client_credentials', 'refresh_token'] })
  grant_types_supported: string[];

  @ApiProperty({
    description: '인가 엔드포인트가 없어 비어 있음 / Empty: there is no authorization endpoint',
    example: [],
  })
  response_types_supported: string[];

  @ApiProperty({ example: SCOPES })
  scopes_supported: string[];

  @ApiProperty({ example: ['client_secret_basic', 'client_secret_post', 'none'] })
  token_endpoint_auth_methods_supported: string[];

  @ApiProperty({ example: ['client_secret_basic', 'client_secret_post', 'none'] })
  revocation_endpoint_auth_methods_supported: string[];

  @ApiProperty({ example: ['client_secret_basic', 'client_secret_post'] })
  introspection_endpoint_auth_methods_supported: string[];
}

export class JwkResponse {
  @ApiProperty({ example: 'EC' })
  kty: string;

  @ApiProperty({ example: 'P-256' })
  crv: string;

  @ApiProperty({ example: 'f83OJ3D2xF1Bg8vub9tLe1gHMzV76e8Tus9uPHvRVEU' })
  x: string;

  @ApiProperty({ example: 'x_FEzRu9m36HLN_tue659LNpXW6pCyStikYjKIWI5a0' })
  y: string;

  @ApiProperty({ description: 'RFC 7638', example: 'oKIywvGUpTVTyxMQ3bwIIeQUudfr_CkLMjCE19ECD-U' })
  kid: string;

  @ApiProperty({ example: 'sig' })
  use: string;

  @ApiProperty({ example: 'ES256' })
  alg: string;
}

/** RFC 7517, 5. */
export class JwksResponse {
  @ApiProperty({
    type: [JwkResponse],
    description: '지금과 다음에 쓸 공개 키 / Public keys, of now and next',
  })
  keys: JwkResponse[];
}
