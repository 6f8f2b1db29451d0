import { Injectable, SetMetadata } from '@nestjs/common';
import { RateLimiterMemory, RateLimiterRes } from 'rate-limiter-flexible';
import { AppConfig } from '../../config/app-config';

/**
 * merchant: by mid; member: by member id; public: by client address; login: by client address, for what guesses
 * credentials.
 */
export type RateClass = 'merchant' | 'member' | 'public' | 'login';

export const RATE_LIMIT_KEY = 'pg:rate-limit';

/** The operation counts against this class, whoever calls. Without it the principal decides. */
export const RateLimit = (rateClass: RateClass) => SetMetadata(RATE_LIMIT_KEY, rateClass);

export interface RateSeen {
  readonly allowed: boolean;
  /** Until the window ends. Seconds, at least 1. */
  readonly resetSeconds: number;
  readonly headers: Record<string, string>;
}

interface Limit {
  readonly limiter: RateLimiterMemory;
  readonly points: string;
  readonly policy: string;
  readonly keysMax: number;
  /** Windows begun lately. */
  fresh: number;
}

const MEMBER_PER_SECOND = 20;
/** Addresses a minute after which all further ones share one count: memory stays bounded under any flood. */
const ADDRESSES_MAX = 50_000;
const OVERFLOW = '*';

/**
 * Fixed windows in this process's memory: with several processes behind a balancer the limit is that many times higher.
 * The headers are those of draft-ietf-httpapi-ratelimit-headers, in the older and the structured form.
 */
@Injectable()
export class RequestLimits {
  private readonly limits: Readonly<Record<RateClass, Limit>>;
  private windowStart = 0;

  constructor({ rates }: AppConfig) {
    this.limits = {
      merchant: limitOf('merchant', rates.merchantPerSecond, 1),
      member: limitOf('member', MEMBER_PER_SECOND, 1),
      public: limitOf('public', rates.publicPerMinute, 60),
      login: limitOf('login', rates.loginPerMinute, 60),
    };
  }

  async consume(rateClass: RateClass, key: string): Promise<RateSeen> {
    const limit = this.limits[rateClass];
    this.forgetFresh();
    const seen = await limit.limiter.consume(limit.fresh < limit.keysMax ? key : OVERFLOW).then(
      (result) => ({ result, allowed: true }),
      (refusal: unknown) => {
        if (!(refusal instanceof RateLimiterRes)) throw refusal;
        return { result: refusal, allowed: false };
      },
    );
    if (seen.result.isFirstInDuration) limit.fresh += 1;
    const resetSeconds = Math.max(1, Math.ceil(seen.result.msBeforeNext / 1_000));
    const remaining = String(seen.result.remainingPoints);
    const headers = {
      'ratelimit-limit': limit.points,
      'ratelimit-remaining': remaining,
      'ratelimit-reset': String(resetSeconds),
      'ratelimit-policy': limit.policy,
      ratelimit: `"${rateClass}";r=${remaining};t=${resetSeconds}`,
    };
    return { allowed: seen.allowed, resetSeconds, headers };
  }

  private forgetFresh(): void {
    const now = performance.now();
    if (now - this.windowStart < 60_000) return;
    this.windowStart = now;
    for (const limit of Object.values(this.limits)) limit.fresh = 0;
  }
}

function limitOf(rateClass: RateClass, points: number, seconds: number): Limit {
  return {
    limiter: new RateLimiterMemory({ keyPrefix: rateClass, points, duration: seconds }),
    points: String(points),
    policy: `"${rateClass}";q=${points};w=${seconds}`,
    // Mids and member ids are only those that exist; an address can be anything.
    keysMax: rateClass === 'public' || rateClass === 'login' ? ADDRESSES_MAX : Infinity,
    fresh: 0,
  };
}
