import { randomBytes } from 'node:crypto';
import type { NicepayContract } from './nicepay.credentials';

const VALID_FOR_MS = 30 * 60_000;
const TOKEN_BYTES = 20;

export interface NicepayToken {
  readonly accessToken: string;
  readonly expiresAtMs: number;
}

/** Bearer tokens: 30 minutes; asked again while it is valid, the same one with the same end is given. */
export class NicepayTokens {
  private readonly byMid = new Map<string, NicepayToken>();

  issue(contract: NicepayContract, nowMs: number): NicepayToken {
    const held = this.byMid.get(contract.mid);
    if (held !== undefined && held.expiresAtMs > nowMs) return held;
    const token = {
      accessToken: randomBytes(TOKEN_BYTES).toString('hex'),
      expiresAtMs: nowMs + VALID_FOR_MS,
    };
    this.byMid.set(contract.mid, token);
    return token;
  }

  midOf(accessToken: string, nowMs: number): string | undefined {
    for (const [mid, token] of this.byMid) {
      if (token.accessToken === accessToken && token.expiresAtMs > nowMs) return mid;
    }
    return undefined;
  }

  clear(): void {
    this.byMid.clear();
  }
}
