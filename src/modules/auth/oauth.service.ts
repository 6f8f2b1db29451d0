import { Injectable } from '@nestjs/common';
import { AppError } from '../../common/errors/app-error';
import { SCOPES } from '../../common/http/principal';
import { claimedAudience } from './access-token.policy';
import { AccessTokens } from './access-tokens.service';
import { AuthService } from './auth.service';
import { AUDIENCES, type MemberClaims, type MerchantClaims } from './auth.types';
import { ClientAuthentication, invalidClient, type OAuthParameters } from './client-authentication.service';
import type { IntrospectionResponse, TokenResponse } from './dto/oauth.response';
import { scopesIn } from './merchant-tokens.service';
import { OAuthFault } from './oauth-fault';
import { RevokedTokens } from './revoked-tokens.service';
import { isRefreshToken, Sessions } from './sessions.service';

const PARAMETERS_MAX = 20;
const VALUE_LENGTH_MAX = 8_192;
const INACTIVE: IntrospectionResponse = { active: false };

/** The OAuth 2.0 endpoints. Whatever is refused is thrown as OAuthFault. */
@Injectable()
export class OAuthService {
  constructor(
    private readonly clients: ClientAuthentication,
    private readonly tokens: AccessTokens,
    private readonly auth: AuthService,
    private readonly sessions: Sessions,
    private readonly revoked: RevokedTokens,
  ) {}

  /** RFC 6749, 4.4 and 6. Throws its error codes. */
  async token(authorization: string | undefined, body: unknown): Promise<TokenResponse> {
    const parameters = parametersOf(body);
    const grantType = required(parameters, 'grant_type');
    if (grantType === 'client_credentials') return this.clientCredentials(authorization, parameters);
    if (grantType === 'refresh_token') return this.refreshToken(parameters);
    throw new OAuthFault('unsupported_grant_type', 'grant_type must be client_credentials or refresh_token');
  }

  /**
   * RFC 7009. A member's token is ended by whoever holds it, with its whole session; a merchant system's by that
   * merchant. A token that is not good (any more) is no error.
   */
  async revoke(authorization: string | undefined, body: unknown): Promise<void> {
    const parameters = parametersOf(body);
    const token = required(parameters, 'token');
    const mid = await this.clients.clientOf(authorization, parameters);
    if (isRefreshToken(token)) return this.sessions.endOfRefreshToken(token, 'TOKEN_REVOKED');
    const claims = await this.claimsOf(token);
    if (claims === null) return;
    if (claims.aud === AUDIENCES.member) return this.sessions.end(claims.sid, 'TOKEN_REVOKED');
    if (mid === null) throw invalidClient();
    if (mid !== claims.mid)
      throw new OAuthFault('unauthorized_client', 'the token was issued to another client');
    await this.revoked.add(claims.jti, new Date(claims.exp * 1_000));
  }

  /** RFC 7662, for merchant systems and about their own tokens: whatever else is answered as not active. */
  async introspect(authorization: string | undefined, body: unknown): Promise<IntrospectionResponse> {
    const parameters = parametersOf(body);
    const mid = await this.clients.clientOf(authorization, parameters);
    if (mid === null) throw invalidClient();
    const claims = (await this.tokens.verified(
      required(parameters, 'token'),
      AUDIENCES.merchant,
    )) as MerchantClaims | null;
    if (claims?.mid !== mid || typeof claims.scope !== 'string') return INACTIVE;
    if (await this.revoked.isRevoked(claims.jti)) return INACTIVE;
    const { scope, client_id, exp, iat, nbf, sub, aud, iss, jti } = claims;
    return { active: true, scope, client_id, token_type: 'Bearer', exp, iat, nbf, sub, aud, iss, jti };
  }

  private async clientCredentials(
    authorization: string | undefined,
    parameters: OAuthParameters,
  ): Promise<TokenResponse> {
    const mid = await this.clients.clientOf(authorization, parameters);
    // A token must not buy the next one: its ten minutes would never end (RFC 9700, 2.2).
    if (mid === null || /^bearer /i.test(authorization ?? '')) throw invalidClient();
    const wanted = parameters.get('scope');
    const scopes = wanted === undefined ? SCOPES : scopesIn(wanted);
    if (scopes === null)
      throw new OAuthFault('invalid_scope', `scope must be a list of: ${SCOPES.join(' ')}`);
    const token = await this.tokens.forMerchant(mid, scopes);
    return {
      access_token: token.accessToken,
      token_type: 'Bearer',
      expires_in: token.expiresIn,
      scope: token.scopes.join(' '),
    };
  }

  private async refreshToken(parameters: OAuthParameters): Promise<TokenResponse> {
    try {
      const { accessToken, refreshToken, expiresIn } = await this.auth.refresh(
        required(parameters, 'refresh_token'),
      );
      return {
        access_token: accessToken,
        token_type: 'Bearer',
        expires_in: expiresIn,
        refresh_token: refreshToken,
      };
    } catch (error) {
      if (!(error instanceof AppError) || error.code !== 'REFRESH_TOKEN_INVALID') throw error;
      throw new OAuthFault('invalid_grant', 'the refresh token is unknown, expired or used');
    }
  }

  private claimsOf(token: string): Promise<MemberClaims | MerchantClaims | null> {
    const audience = claimedAudience(token) === AUDIENCES.member ? AUDIENCES.member : AUDIENCES.merchant;
    return this.tokens.verified(token, audience);
  }
}

/** The form's parameters. Empty ones count as left out and unknown ones are ignored (RFC 6749, 3.2). */
function parametersOf(body: unknown): OAuthParameters {
  if (typeof body !== 'object' || body === null) throw invalidForm();
  const entries = Object.entries(body as Readonly<Record<string, unknown>>);
  if (entries.length > PARAMETERS_MAX) throw invalidForm();
  const found = new Map<string, string>();
  for (const [name, value] of entries) {
    if (Array.isArray(value)) throw new OAuthFault('invalid_request', 'a parameter is given twice');
    if (typeof value !== 'string' || value.length > VALUE_LENGTH_MAX) throw invalidForm();
    if (value !== '') found.set(name, value);
  }
  return found;
}

function invalidForm(): OAuthFault {
  return new OAuthFault('invalid_request', 'the body must be a form (application/x-www-form-urlencoded)');
}

function required(parameters: OAuthParameters, name: string): string {
  const value = parameters.get(name);
  if (value === undefined) throw new OAuthFault('invalid_request', `${name} is missing`);
  return value;
}
