import { applyDecorators, Injectable, SetMetadata } from '@nestjs/common';
import { ApiExtension } from '@nestjs/swagger';
import { RateLimiterMemory, RateLimiterRes } from 'rate-limiter-flexible';
import { AppConfig } from '../../config/app-config';

/**
 * merchant: by mid; member: by member id; public: by client address; login: by client address, for what guesses
 * credentials; refused: by client address, requests whose credentials were refused.
 */
export type RateClass = 'merchant' | 'member' | 'public' | 'login' | 'refused';

export const RATE_LIMIT_KEY = 'pg:rate-limit';
/** How the OpenAPI document learns of it. */
export const UNLIMITED_EXTENSION = 'x-unlimited';

/** What every limited answer carries, as the OpenAPI document tells it; `Retry-After` only with a refusal. */
export const RATE_LIMIT_HEADERS = {
  RateLimit: {
    description:
      '창의 이름, 남은 횟수 r, 창이 끝날 때까지의 초 t. RateLimit-Policy(한도와 창의 길이)와 옛 형식의 RateLimit-Limit, -Remaining, -Reset도 함께 옵니다. / The window, calls left (r), seconds until it ends (t). RateLimit-Policy (limit and length of the window) comes with it, and RateLimit-Limit, -Remaining and -Reset of the older form.',
    schema: { type: 'string', maxLength: 100, example: '"merchant";r=99;t=1' },
  },
  'Retry-After': {
    description: '다시 보내기 전에 기다릴 초 / Seconds to wait before trying again',
    schema: { type: 'integer', format: 'int32', minimum: 0, maximum: 86_400, example: 1 },
  },
} as const;

/** The operation counts against this class, whoever calls. Without it the principal decides. */
export const RateLimit = (rateClass: RateClass) => SetMetadata(RATE_LIMIT_KEY, rateClass);

/** Never refused for coming often: an orchestrator that is refused takes a healthy process for dead. */
export const Unlimited = () =>
  applyDecorators(SetMetadata(RATE_LIMIT_KEY, 'none'), ApiExtension(UNLIMITED_EXTENSION, true));

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
      member: limitOf('member', rates.memberPerSecond, 1),
      public: limitOf('public', rates.publicPerMinute, 60),
      login: limitOf('login', rates.loginPerMinute, 60),
      refused: limitOf('refused', rates.publicPerMinute, 60),
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
    return seenBy(rateClass, limit, seen);
  }

  /** What a further request would meet if nothing is left; null while something is. Counts nothing. */
  async exhausted(rateClass: RateClass, key: string): Promise<RateSeen | null> {
    const limit = this.limits[rateClass];
    const result = await limit.limiter.get(key);
    return result === null || result.remainingPoints > 0
      ? null
      : seenBy(rateClass, limit, { result, allowed: false });
  }

  private forgetFresh(): void {
    const now = performance.now();
    if (now - this.windowStart < 60_000) return;
    this.windowStart = now;
    for (const limit of Object.values(this.limits)) limit.fresh = 0;
  }
}

function seenBy(
  rateClass: RateClass,
  limit: Limit,
  { result, allowed }: { result: RateLimiterRes; allowed: boolean },
): RateSeen {
  const resetSeconds = Math.max(1, Math.ceil(result.msBeforeNext / 1_000));
  const remaining = String(result.remainingPoints);
  const headers = {
    'ratelimit-limit': limit.points,
    'ratelimit-remaining': remaining,
    'ratelimit-reset': String(resetSeconds),
    'ratelimit-policy': limit.policy,
    ratelimit: `"${rateClass}";r=${remaining};t=${resetSeconds}`,
  };
  return { allowed, resetSeconds, headers };
}

function limitOf(rateClass: RateClass, points: number, seconds: number): Limit {
  return {
    limiter: new RateLimiterMemory({ keyPrefix: rateClass, points, duration: seconds }),
    points: String(points),
    policy: `"${rateClass}";q=${points};w=${seconds}`,
    // Mids and member ids are only those that exist; an address can be anything.
    keysMax: rateClass === 'merchant' || rateClass === 'member' ? Infinity : ADDRESSES_MAX,
    fresh: 0,
  };
}
