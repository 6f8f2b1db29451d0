import type { KeyObject } from 'node:crypto';
import type { Scope } from '../../common/http/principal';
import type { Member } from '../members/members.types';

/** Whom an access token is for. The two kinds are never accepted in each other's place (RFC 8725, 3.9). */
export const AUDIENCES = { member: 'pg-gateway/members', merchant: 'pg-gateway/merchants' } as const;
export type Audience = (typeof AUDIENCES)[keyof typeof AUDIENCES];

interface StandardClaims {
  readonly iss: string;
  readonly sub: string;
  readonly client_id: string;
  readonly jti: string;
  /** Seconds since 1970. */
  readonly iat: number;
  readonly nbf: number;
  readonly exp: number;
}

/** RFC 9068 with the session that it belongs to. What the member may do is read from the database, not from here. */
export interface MemberClaims extends StandardClaims {
  readonly aud: typeof AUDIENCES.member;
  readonly sid: string;
}

export interface MerchantClaims extends StandardClaims {
  readonly aud: typeof AUDIENCES.merchant;
  readonly mid: string;
  /** Separated by spaces (RFC 6749, 3.3). */
  readonly scope: string;
}

export type AccessClaims = MemberClaims | MerchantClaims;

export interface AccessToken {
  readonly accessToken: string;
  /** Seconds. */
  readonly expiresIn: number;
}

export interface MerchantToken extends AccessToken {
  readonly scopes: readonly Scope[];
}

export interface SessionTokens extends AccessToken {
  readonly refreshToken: string;
}

export interface LoggedIn extends SessionTokens {
  readonly member: Member;
}

/** NEXT is published before it signs, so that those who cache the key set know it in time. */
export type SigningKeyState = 'NEXT' | 'ACTIVE' | 'RETIRED';

export interface PublicJwk {
  readonly kty: 'EC';
  readonly crv: 'P-256';
  readonly x: string;
  readonly y: string;
  readonly kid: string;
  readonly use: 'sig';
  readonly alg: 'ES256';
}

export interface SigningKey {
  readonly kid: string;
  readonly privateKey: KeyObject;
}

export type SessionEnd = 'LOGOUT' | 'REFRESH_REUSE' | 'TOKEN_REVOKED';
