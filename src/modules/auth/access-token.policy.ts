/** No access token lives longer, whatever the configuration says. */
export const ACCESS_TOKEN_TTL_MAX_MS = 600_000;

/** Longer than any token of ours; a longer one is refused unread. Characters. */
export const ACCESS_TOKEN_LENGTH_MAX = 4_096;

const ALLOWED_HEADER = new Set(['alg', 'typ', 'kid']);
const KID_SHAPE = /^[A-Za-z0-9_-]{43}$/;

/** Seconds. */
export function accessTokenLifeSeconds(configuredMs: number): number {
  return Math.max(1, Math.floor(Math.min(configuredMs, ACCESS_TOKEN_TTL_MAX_MS) / 1_000));
}

/**
 * The `kid` of a token whose header is exactly as ours are; null for every other. One algorithm, one type (RFC 8725,
 * 3.1 and 3.11), and nothing that would name or carry a key: no jwk, jku, x5u or crit.
 */
export function kidOf(token: string): string | null {
  if (token.length > ACCESS_TOKEN_LENGTH_MAX) return null;
  const header = partOf(token, 0);
  if (header === null || header.alg !== 'ES256' || header.typ !== 'at+jwt') return null;
  if (!Object.keys(header).every((name) => ALLOWED_HEADER.has(name))) return null;
  return typeof header.kid === 'string' && KID_SHAPE.test(header.kid) ? header.kid : null;
}

/** What an unverified token says it is for: decides which verification it goes to, and nothing else. */
export function claimedAudience(token: string): unknown {
  return token.length > ACCESS_TOKEN_LENGTH_MAX ? null : partOf(token, 1)?.aud;
}

function partOf(token: string, index: number): Readonly<Record<string, unknown>> | null {
  const parts = token.split('.');
  if (parts.length !== 3) return null;
  try {
    const parsed: unknown = JSON.parse(Buffer.from(parts[index]!, 'base64url').toString('utf8'));
    return typeof parsed === 'object' && parsed !== null && !Array.isArray(parsed) ? { ...parsed } : null;
  } catch {
    return null;
  }
}

/** Whether verified claims have the shape of ours: a signature says who made a token, not for what. */
export function hasStandardClaims(claims: Readonly<Record<string, unknown>>, nowSeconds: number): boolean {
  const { sub, jti, iat, nbf, exp } = claims;
  return (
    typeof sub === 'string' &&
    typeof jti === 'string' &&
    typeof iat === 'number' &&
    typeof nbf === 'number' &&
    typeof exp === 'number' &&
    iat <= nowSeconds + CLOCK_TOLERANCE_SECONDS &&
    exp - iat <= ACCESS_TOKEN_TTL_MAX_MS / 1_000
  );
}

/** By how much another machine's clock may be behind ours. Tokens are dated back by it rather than verified laxly. */
export const CLOCK_TOLERANCE_SECONDS = 5;
