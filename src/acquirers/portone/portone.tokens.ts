import type { OutboundClient } from '../../common/http/outbound-client';
import type { Clock } from '../../common/time/clock';
import type { ContractAccess, Exchange } from '../port/acquirer.types';
import { portoneExchange, readAnswer } from './portone.answers';
import { portoneKeyHash, portoneKeys } from './portone.config';
import { portoneTokenSchema } from './portone.wire';

const ENDPOINT = 'POST /users/getToken';
/** A token with less than this left is not used any more; PortOne itself then lengthens its life. */
const MARGIN_MS = 60_000;
const KEPT_MAX = 1_000;

interface KeptToken {
  readonly token: string;
  /** By the clock that only grows. */
  readonly untilMs: number;
}

export type TokenOutcome =
  | { readonly kind: 'TOKEN'; readonly token: string }
  /** No token, so nothing of the call that needed it was sent. The exchange tells of the asking. */
  | { readonly kind: 'NONE'; readonly exchange: Exchange };

/**
 * Access tokens in memory, one for each pair of credentials, from `POST /users/getToken` until a minute before they
 * expire. Calls that need one at the same time wait for the same asking. Life is reckoned from PortOne's own two
 * times, so that its clock need not agree with ours.
 */
export class PortoneTokens {
  private readonly kept = new Map<string, KeptToken>();
  private readonly asking = new Map<string, Promise<TokenOutcome>>();

  constructor(
    private readonly http: OutboundClient,
    private readonly clock: Clock,
    private readonly baseUrl: string,
  ) {}

  /** Takes at most half of the contract's answer time, so that the call itself has the other half. */
  async get(access: ContractAccess): Promise<TokenOutcome> {
    const key = portoneKeyHash(access);
    const known = this.kept.get(key);
    if (known !== undefined && this.clock.monotonicMs() < known.untilMs)
      return { kind: 'TOKEN', token: known.token };
    const running = this.asking.get(key);
    if (running !== undefined) return running;
    const started = this.ask(access, key).finally(() => this.asking.delete(key));
    this.asking.set(key, started);
    return started;
  }

  /** PortOne did not accept this token. A newer one, fetched meanwhile, stays. */
  drop(access: ContractAccess, token: string): void {
    const key = portoneKeyHash(access);
    if (this.kept.get(key)?.token === token) this.kept.delete(key);
  }

  private async ask(access: ContractAccess, key: string): Promise<TokenOutcome> {
    const askedAtMs = this.clock.monotonicMs();
    const result = await this.http.send({
      method: 'POST',
      url: `${this.baseUrl}/users/getToken`,
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(portoneKeys(access)),
      connectTimeoutMs: access.connectTimeoutMs,
      answerTimeoutMs: Math.max(1, Math.floor(access.answerTimeoutMs / 2)),
    });
    const answer = readAnswer(result, portoneTokenSchema);
    if (answer.kind !== 'OK') {
      const exchange = portoneExchange({
        endpoint: ENDPOINT,
        request: {},
        result,
        answer,
        masked: () => ({}),
      });
      return { kind: 'NONE', exchange };
    }
    const { access_token: token, now, expired_at } = answer.value;
    this.keep(key, { token, untilMs: askedAtMs + (expired_at - now) * 1_000 - MARGIN_MS });
    return { kind: 'TOKEN', token };
  }

  private keep(key: string, token: KeptToken): void {
    this.kept.delete(key);
    const [oldest] = this.kept.keys();
    if (this.kept.size >= KEPT_MAX && oldest !== undefined) this.kept.delete(oldest);
    this.kept.set(key, token);
  }
}
