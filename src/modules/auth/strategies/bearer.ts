import type { KeyObject } from 'node:crypto';
import type { FastifyRequest } from 'fastify';
import type { Algorithm } from 'jsonwebtoken';
import type { StrategyOptionsWithRequest } from 'passport-jwt';
import { claimedAudience, kidOf } from '../access-token.policy';
import type { Audience } from '../auth.types';
import type { SigningKeys } from '../signing-keys.service';

const ALGORITHMS: Algorithm[] = ['ES256'];

/** The keys could not be read: nobody's token is bad for that. */
export class KeysUnavailable extends Error {
  constructor(cause: unknown) {
    super('the signing keys cannot be read', { cause });
    this.name = 'KeysUnavailable';
  }
}

/** The token of `Authorization: Bearer …`; null without one. */
export function bearerToken(request: FastifyRequest): string | null {
  const header = request.headers.authorization;
  return header !== undefined && /^bearer /i.test(header) ? header.slice('bearer '.length) : null;
}

/**
 * Verification of access tokens of one audience: ES256 and nothing else, by a key of our own table that the header's
 * `kid` names; issuer, audience, exp and nbf (RFC 8725, RFC 9068).
 */
export function bearerOptions(
  audience: Audience,
  issuer: string,
  keys: SigningKeys,
): StrategyOptionsWithRequest {
  const key = async (token: string): Promise<KeyObject | undefined> => {
    const kid = kidOf(token);
    return kid === null ? undefined : keys.publicKey(kid);
  };
  return {
    jwtFromRequest: (request: FastifyRequest) => {
      const token = bearerToken(request);
      return token !== null && claimedAudience(token) === audience ? token : null;
    },
    secretOrKeyProvider: (
      _request: unknown,
      token: string,
      done: (error: unknown, key?: string | Buffer) => void,
    ) => {
      key(token).then(
        // The library takes a KeyObject as it is; its types were written before there were any.
        (found) =>
          found === undefined ? done(new Error('unknown key')) : done(null, found as unknown as Buffer),
        (error: unknown) => done(new KeysUnavailable(error)),
      );
    },
    algorithms: ALGORITHMS,
    issuer,
    audience,
    passReqToCallback: true,
  };
}
