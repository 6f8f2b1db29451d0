import { createHash, createHmac } from 'node:crypto';
import type { OutboundClient } from '../../common/http/outbound-client';
import type { Clock } from '../../common/time/clock';
import type { ContractAccess, Exchange } from '../port/acquirer.types';
import { exchangeOf } from '../shared/answers';
import { readAnswer } from './popbill.answers';
import { accountHash, type PopbillAccount } from './popbill.config';
import { popbillTokenSchema } from './popbill.wire';

const ENDPOINT = 'POST /{ServiceID}/Token';
/** 140: cash receipts. */
const SCOPE = ['member', '140'];
const VERSION = '2.0';
/** A token with less than this left is not used any more. */
const MARGIN_MS = 60_000;
const KEPT_MAX = 1_000;

interface KeptToken {
  readonly token: string;
  /** By our own clock, whose time Popbill has just accepted in the signature. */
  readonly untilMs: number;
}

export type TokenOutcome =
  | { readonly kind: 'TOKEN'; readonly token: string }
  /** No token, so nothing of the call that needed it was sent. */
  | { readonly kind: 'NONE'; readonly exchange: Exchange };

/** The signature of a token request: HMAC-SHA-256 under the link's secret key over what is asked, when, and where. */
export function tokenSignature(account: PopbillAccount, body: string, date: string): string {
  const digest = createHash('sha256').update(body, 'utf8').digest('base64');
  const target = ['POST', digest, date, VERSION, `/${account.serviceId}/Token`].join('\n');
  return createHmac('sha256', Buffer.from(account.secretKey, 'base64')).update(target).digest('base64');
}

/** Session tokens in memory, one for each business. Calls that need one at the same time wait for the same asking. */
export class PopbillTokens {
  private readonly kept = new Map<string, KeptToken>();
  private readonly asking = new Map<string, Promise<TokenOutcome>>();

  constructor(
    private readonly http: OutboundClient,
    private readonly clock: Clock,
    private readonly authUrl: string,
  ) {}

  /** Takes at most half of the contract's answer time, so that the call itself has the other half. */
  async get(access: ContractAccess, account: PopbillAccount): Promise<TokenOutcome> {
    const key = accountHash(account);
    const known = this.kept.get(key);
    if (known !== undefined && this.clock.now().getTime() < known.untilMs)
      return { kind: 'TOKEN', token: known.token };
    const running = this.asking.get(key);
    if (running !== undefined) return running;
    const started = this.ask(access, account, key).finally(() => this.asking.delete(key));
    this.asking.set(key, started);
    return started;
  }

  /** Popbill did not accept this token. A newer one, fetched meanwhile, stays. */
  drop(account: PopbillAccount, token: string): void {
    const key = accountHash(account);
    if (this.kept.get(key)?.token === token) this.kept.delete(key);
  }

  private async ask(access: ContractAccess, account: PopbillAccount, key: string): Promise<TokenOutcome> {
    const body = JSON.stringify({ access_id: account.businessNumber, scope: SCOPE });
    const date = `${this.clock.now().toISOString().slice(0, 19)}Z`;
    const result = await this.http.send({
      method: 'POST',
      url: `${this.authUrl}/${account.serviceId}/Token`,
      headers: {
        'x-lh-date': date,
        'x-lh-version': VERSION,
        authorization: `LINKHUB ${account.linkId} ${tokenSignature(account, body, date)}`,
        'content-type': 'application/json; charset=utf-8',
      },
      body,
      connectTimeoutMs: access.connectTimeoutMs,
      answerTimeoutMs: Math.max(1, Math.floor(access.answerTimeoutMs / 2)),
    });
    const answer = readAnswer(result, popbillTokenSchema);
    if (answer.kind !== 'OK') {
      const code = answer.kind === 'REFUSED' ? String(answer.error.code) : answer.reason;
      const exchange = exchangeOf(result, { endpoint: ENDPOINT, request: {}, response: null, code });
      return { kind: 'NONE', exchange };
    }
    const { session_token: token, expiration } = answer.value;
    this.keep(key, { token, untilMs: Date.parse(expiration) - MARGIN_MS });
    return { kind: 'TOKEN', token };
  }

  private keep(key: string, token: KeptToken): void {
    this.kept.delete(key);
    const [oldest] = this.kept.keys();
    if (this.kept.size >= KEPT_MAX && oldest !== undefined) this.kept.delete(oldest);
    this.kept.set(key, token);
  }
}
