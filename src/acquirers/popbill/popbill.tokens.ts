import { createHash, createHmac } from 'node:crypto';
import type { OutboundClient } from '../../common/http/outbound-client';
import type { Clock } from '../../common/time/clock';
import type { ContractAccess } from '../port/acquirer.types';
import { exchangeOf } from '../shared/answers';
import { type AskedToken, KeptTokens, type TokenOutcome } from '../shared/kept-tokens';
import { readAnswer } from './popbill.answers';
import { accountHash, type PopbillAccount } from './popbill.config';
import { popbillTokenSchema } from './popbill.wire';

const ENDPOINT = 'POST /{ServiceID}/Token';
/** 140: cash receipts. */
const SCOPE = ['member', '140'];
const VERSION = '2.0';

/** The signature of a token request: HMAC-SHA-256 under the link's secret key over what is asked, when, and where. */
export function tokenSignature(account: PopbillAccount, body: string, date: string): string {
  const digest = createHash('sha256').update(body, 'utf8').digest('base64');
  const target = ['POST', digest, date, VERSION, `/${account.serviceId}/Token`].join('\n');
  return createHmac('sha256', Buffer.from(account.secretKey, 'base64')).update(target).digest('base64');
}

/** Session tokens, one for each business. */
export class PopbillTokens {
  /** By our own time of day, which Popbill has just accepted in the signature of the asking. */
  private readonly tokens = new KeptTokens(() => this.clock.now().getTime());

  constructor(
    private readonly http: OutboundClient,
    private readonly clock: Clock,
    private readonly authUrl: string,
  ) {}

  /** Takes at most half of the contract's answer time, so that the call itself has the other half. */
  get(access: ContractAccess, account: PopbillAccount): Promise<TokenOutcome> {
    return this.tokens.get(accountHash(account), () => this.ask(access, account));
  }

  /** Popbill did not accept this token. */
  drop(account: PopbillAccount, token: string): void {
    this.tokens.drop(accountHash(account), token);
  }

  private async ask(access: ContractAccess, account: PopbillAccount): Promise<AskedToken> {
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
    return { kind: 'TOKEN', token, untilMs: Date.parse(expiration) };
  }
}
