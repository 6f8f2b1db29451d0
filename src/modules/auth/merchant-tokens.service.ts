import { hash } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { LRUCache } from 'lru-cache';
import { upTo } from '../../common/bounded-cache';
import { type MerchantPrincipal, type Scope, SCOPES } from '../../common/http/principal';
import { Clock } from '../../common/time/clock';
import { MerchantsFacade } from '../merchants/merchants.facade';
import type { MerchantClaims } from './auth.types';
import { RevokedTokens } from './revoked-tokens.service';

const CACHED_TOKENS_MAX = 20_000;
const CACHED_MS = 60_000;

interface KnownToken {
  readonly principal: MerchantPrincipal;
  /** Milliseconds since 1970. */
  readonly expiresAt: number;
}

/**
 * Merchant systems' verified tokens. A signature is checked once a minute and token, not once a request; whether the
 * token is revoked, or its merchant no longer active, is still asked each time and at most CACHE_TTL_MS late.
 */
@Injectable()
export class MerchantTokens {
  private readonly known = new LRUCache<string, KnownToken>({ ...upTo(CACHED_TOKENS_MAX), ttl: CACHED_MS });

  constructor(
    private readonly revoked: RevokedTokens,
    private readonly merchants: MerchantsFacade,
    private readonly clock: Clock,
  ) {}

  /** Without waiting: the principal of a token seen before. undefined = it has to be verified. */
  peek(token: string): MerchantPrincipal | undefined {
    const known = this.known.get(digestOf(token));
    if (known === undefined || this.clock.now().getTime() >= known.expiresAt) return undefined;
    const { mid, credentialId } = known.principal;
    const isGood =
      this.revoked.peek(credentialId) === false && this.merchants.peekMerchant(mid)?.status === 'ACTIVE';
    return isGood ? known.principal : undefined;
  }

  /** The principal of a token whose signature and dates were verified; null when it is revoked or its merchant not active. */
  async accept(token: string, claims: MerchantClaims): Promise<MerchantPrincipal | null> {
    const { mid, jti, exp, scope } = claims;
    if (typeof mid !== 'string' || typeof scope !== 'string') return null;
    if (await this.revoked.isRevoked(jti)) return null;
    if ((await this.merchants.findMerchant(mid))?.status !== 'ACTIVE') return null;
    const principal: MerchantPrincipal = {
      kind: 'MERCHANT_SYSTEM',
      mid,
      scopes: scopesIn(scope) ?? [],
      credentialId: jti,
    };
    this.known.set(digestOf(token), { principal, expiresAt: exp * 1_000 });
    return principal;
  }
}

/** The scopes of a `scope` parameter or claim (RFC 6749, 3.3), each once; null when one of them is none of ours. */
export function scopesIn(text: string): readonly Scope[] | null {
  const wanted = new Set(text.split(' '));
  const found = SCOPES.filter((scope) => wanted.has(scope));
  return found.length === wanted.size ? found : null;
}

function digestOf(token: string): string {
  return hash('sha256', token, 'base64');
}
