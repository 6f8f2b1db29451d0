import { Injectable } from '@nestjs/common';
import { MerchantsFacade } from '../merchants/merchants.facade';
import { AccessTokens } from './access-tokens.service';
import { AUDIENCES, type MerchantClaims } from './auth.types';
import { MerchantTokens } from './merchant-tokens.service';
import { OAuthFault } from './oauth-fault';
import { secretKeyOf } from './strategies/merchant-key.strategy';

const HEADER_LENGTH_MAX = 8_192;

export type OAuthParameters = ReadonlyMap<string, string>;

interface Credentials {
  readonly clientId: string;
  readonly secret: string;
}

/** Who calls an OAuth endpoint (RFC 6749, 2.3.1): the client id is the mid, the client secret a secret key of it. */
@Injectable()
export class ClientAuthentication {
  constructor(
    private readonly merchants: MerchantsFacade,
    private readonly tokens: AccessTokens,
    private readonly merchantTokens: MerchantTokens,
  ) {}

  /** The client's mid; null when the request holds no client credentials. Throws invalid_client, invalid_request. */
  async clientOf(authorization: string | undefined, parameters: OAuthParameters): Promise<string | null> {
    if (authorization !== undefined && authorization.length > HEADER_LENGTH_MAX) throw invalidClient();
    if (authorization !== undefined && parameters.has('client_secret')) {
      throw new OAuthFault('invalid_request', 'use one way of client authentication only');
    }
    if (authorization !== undefined && /^bearer /i.test(authorization)) {
      return this.bearerClient(authorization.slice('bearer '.length));
    }
    const credentials = authorization === undefined ? posted(parameters) : basic(authorization);
    if (credentials === null) return null;
    const key = await this.merchants.authenticateSecretKey(credentials.secret);
    if (key === null || (credentials.clientId !== '' && key.mid !== credentials.clientId))
      throw invalidClient();
    return key.mid;
  }

  private async bearerClient(token: string): Promise<string> {
    const claims = (await this.tokens.verified(token, AUDIENCES.merchant)) as MerchantClaims | null;
    const principal = claims === null ? null : await this.merchantTokens.accept(token, claims);
    if (principal === null) throw invalidClient();
    return principal.mid;
  }
}

export function invalidClient(): OAuthFault {
  return new OAuthFault('invalid_client', 'client authentication failed');
}

function posted(parameters: OAuthParameters): Credentials | null {
  const clientId = parameters.get('client_id');
  const secret = parameters.get('client_secret');
  return clientId === undefined || secret === undefined ? null : { clientId, secret };
}

/** Either `mid:secret`, both form-urlencoded, or the secret key alone as user name, as everywhere else. */
function basic(authorization: string): Credentials {
  const alone = secretKeyOf(authorization);
  if (alone !== null) return { clientId: '', secret: alone };
  if (!/^basic /i.test(authorization)) throw invalidClient();
  const text = Buffer.from(authorization.slice('basic '.length), 'base64').toString('utf8');
  const colon = text.indexOf(':');
  if (colon < 1) throw invalidClient();
  return { clientId: formDecoded(text.slice(0, colon)), secret: formDecoded(text.slice(colon + 1)) };
}

function formDecoded(text: string): string {
  try {
    return decodeURIComponent(text.replaceAll('+', ' '));
  } catch {
    throw invalidClient();
  }
}
