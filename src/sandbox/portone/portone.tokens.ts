import { createHmac, timingSafeEqual } from 'node:crypto';
import { PORTONE_CONTRACTS, type PortoneContract } from './portone.credentials';

/** Half an hour; asked for in its last minute, a token lives five minutes longer (REST API v1, "인증"). */
const LIFE_S = 30 * 60;
const LAST_MINUTE_S = 60;
const EXTENSION_S = 5 * 60;

/** The answer of `POST /users/getToken`; unix seconds. */
export interface IssuedToken {
  readonly access_token: string;
  readonly now: number;
  readonly expired_at: number;
}

interface Current {
  readonly token: string;
  expiresAtS: number;
}

/**
 * Access tokens: when it was issued, and a signature by the contract's secret, 40 hex digits together. So a token of
 * before a restart or a reset is still good for its half hour, as PortOne would not forget one either; only an
 * extension is forgotten.
 */
export class PortoneTokens {
  private readonly current = new Map<string, Current>();

  /** `realNowMs` is not moved by PUT /__sandbox/clock: clients hold the times of a token against their own clock. */
  constructor(private readonly realNowMs: () => number) {}

  /** The same token until it expires; undefined for a wrong key or secret. */
  issue(apiKey: unknown, apiSecret: unknown): IssuedToken | undefined {
    const contract = PORTONE_CONTRACTS.find((one) => one.apiKey === apiKey && one.apiSecret === apiSecret);
    if (!contract) return undefined;
    const now = this.nowS();
    let current = this.current.get(contract.impCode);
    if (!current || current.expiresAtS <= now) {
      current = { token: tokenOf(contract, now), expiresAtS: now + LIFE_S };
      this.current.set(contract.impCode, current);
    } else if (current.expiresAtS - now < LAST_MINUTE_S) {
      current.expiresAtS += EXTENSION_S;
    }
    return { access_token: current.token, now, expired_at: current.expiresAtS };
  }

  /** Whose call it is, by the value of the `Authorization` header: with `Bearer` before the token, or bare. */
  contractOf(authorization: string | undefined): PortoneContract | undefined {
    const token = authorization?.replace(/^Bearer +/i, '').trim() ?? '';
    if (!/^[0-9a-f]{40}$/.test(token)) return undefined;
    const issuedAtS = Number.parseInt(token.slice(0, 8), 16);
    return PORTONE_CONTRACTS.find((contract) => {
      if (!timingSafeEqual(Buffer.from(tokenOf(contract, issuedAtS)), Buffer.from(token))) return false;
      const current = this.current.get(contract.impCode);
      const expiresAtS = current?.token === token ? current.expiresAtS : issuedAtS + LIFE_S;
      return this.nowS() < expiresAtS;
    });
  }

  private nowS(): number {
    return Math.floor(this.realNowMs() / 1_000);
  }
}

function tokenOf(contract: PortoneContract, issuedAtS: number): string {
  const time = issuedAtS.toString(16).padStart(8, '0');
  return time + createHmac('sha256', contract.apiSecret).update(`token ${time}`).digest('hex').slice(0, 32);
}
