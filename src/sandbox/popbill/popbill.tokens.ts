import { createHash, createHmac, timingSafeEqual } from 'node:crypto';
import type { Answer, WireCall } from '../core/acquirer';
import { answerOf, refusalAnswer } from './popbill.codes';
import { POPBILL_CONTRACTS, type PopbillContract } from './popbill.credentials';

const LIFE_MS = 30 * 60_000;
/** Unconfirmed: how far `x-lh-date` may be off. */
const SKEW_MAX_MS = 10 * 60_000;
const AUTHORIZATION = /^LINKHUB (\S+) (\S+)$/;
/** 140: cash receipts. */
const SCOPE = '140';

/**
 * Link tokens: a request signed by the partner's secret key is answered with a session token of one business. The
 * token is signed by the same key, so that it outlives a restart.
 */
export class PopbillTokens {
  /** `realNowMs` is not moved by PUT /__sandbox/clock: clients hold token times against their own clock. */
  constructor(private readonly realNowMs: () => number) {}

  answer(call: WireCall, serviceId: string): Answer {
    const contract = this.signer(call, serviceId);
    if (contract === null) return refusalAnswer('badSignature', 401);
    const asked = call.body as { access_id?: unknown; scope?: unknown } | undefined;
    const member = POPBILL_CONTRACTS.find(
      ({ businessNumber, linkId }) => linkId === contract.linkId && businessNumber === asked?.access_id,
    );
    if (member === undefined || !Array.isArray(asked?.scope)) return refusalAnswer('noMember');
    const untilMs = this.realNowMs() + LIFE_MS;
    return answerOf({
      session_token: tokenOf(member, untilMs, (asked.scope as unknown[]).includes(SCOPE)),
      serviceID: serviceId,
      linkID: member.linkId,
      usercode: member.businessNumber,
      ipaddress: '127.0.0.1',
      expiration: new Date(untilMs).toISOString(),
      partnerCode: '0000000000000',
      scope: asked.scope as string[],
    });
  }

  /** Whose call it is; null without a good token for cash receipts. */
  contractOf(authorization: string | undefined): PopbillContract | null {
    const token = /^Bearer (\S+)$/.exec(authorization ?? '')?.[1];
    const [businessNumber, until] = token?.split('.') ?? [];
    const contract = POPBILL_CONTRACTS.find((one) => one.businessNumber === businessNumber);
    if (token === undefined || contract === undefined || !(Number(until) > this.realNowMs())) return null;
    return same(token, tokenOf(contract, Number(until), true)) ? contract : null;
  }

  private signer(call: WireCall, serviceId: string): PopbillContract | null {
    const [, linkId, signature = ''] = AUTHORIZATION.exec(call.headers.authorization ?? '') ?? [];
    const contract = POPBILL_CONTRACTS.find((one) => one.linkId === linkId);
    const date = String(call.headers['x-lh-date'] ?? '');
    const version = String(call.headers['x-lh-version'] ?? '');
    if (contract === undefined || version !== '2.0') return null;
    if (!(Math.abs(Date.parse(date) - this.realNowMs()) <= SKEW_MAX_MS)) return null;
    const forwarded = call.headers['x-lh-forwarded'];
    const digest = createHash('sha256').update(call.rawBody).digest('base64');
    const lines = [
      'POST',
      digest,
      date,
      ...(forwarded === undefined ? [] : [String(forwarded)]),
      version,
      `/${serviceId}/Token`,
    ];
    const right = createHmac('sha256', Buffer.from(contract.secretKey, 'base64'))
      .update(lines.join('\n'))
      .digest('base64');
    return same(signature, right) ? contract : null;
  }
}

function tokenOf({ businessNumber, secretKey }: PopbillContract, untilMs: number, receipts: boolean): string {
  const said = `${businessNumber}.${untilMs}`;
  const kind = receipts ? 'token' : 'other';
  return `${said}.${createHmac('sha256', secretKey).update(`${kind} ${said}`).digest('base64url')}`;
}

function same(one: string, other: string): boolean {
  const [a, b] = [Buffer.from(one), Buffer.from(other)];
  return a.length === b.length && timingSafeEqual(a, b);
}
