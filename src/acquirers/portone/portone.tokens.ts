import type { OutboundClient } from '../../common/http/outbound-client';
import type { Clock } from '../../common/time/clock';
import type { ContractAccess } from '../port/acquirer.types';
import { type AskedToken, KeptTokens, type TokenOutcome } from '../shared/kept-tokens';
import { portoneExchange, readAnswer } from './portone.answers';
import { portoneKeyHash, portoneKeys } from './portone.config';
import { portoneTokenSchema } from './portone.wire';

const ENDPOINT = 'POST /users/getToken';

/**
 * Access tokens, one for each pair of credentials, from `POST /users/getToken`; PortOne lengthens the life of one in its
 * last minute. Life is reckoned from PortOne's own two times, so that its clock need not agree with ours.
 */
export class PortoneTokens {
  private readonly tokens = new KeptTokens(() => this.clock.monotonicMs());

  constructor(
    private readonly http: OutboundClient,
    private readonly clock: Clock,
    private readonly baseUrl: string,
  ) {}

  /** Takes at most half of the contract's answer time, so that the call itself has the other half. */
  get(access: ContractAccess): Promise<TokenOutcome> {
    return this.tokens.get(portoneKeyHash(access), () => this.ask(access));
  }

  /** PortOne did not accept this token. */
  drop(access: ContractAccess, token: string): void {
    this.tokens.drop(portoneKeyHash(access), token);
  }

  private async ask(access: ContractAccess): Promise<AskedToken> {
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
    return { kind: 'TOKEN', token, untilMs: askedAtMs + (expired_at - now) * 1_000 };
  }
}
