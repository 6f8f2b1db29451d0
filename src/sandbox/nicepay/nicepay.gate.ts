import iconv from 'iconv-lite';
import type { Answer, Exchange, Outcome, WireCall } from '../core/acquirer';
import type { NicepayBook, NicepayPayment } from './nicepay.book';
import { codeOfStatus, isNicepayCode, messageOf, type NicepayCode } from './nicepay.codes';
import { contractOfBasic, contractOfMid, type NicepayContract } from './nicepay.credentials';
import { signatureOf } from './nicepay.crypto';
import { paymentBody } from './nicepay.payment';
import type { NicepayTokens } from './nicepay.tokens';

type Fields = Readonly<Record<string, unknown>>;

/** A call of the new API that has shown valid keys. */
export class NicepayRequest {
  /** The JSON members of a body, or the query of a GET. */
  readonly fields: Fields;

  constructor(
    readonly call: WireCall,
    readonly contract: NicepayContract,
    private readonly book: NicepayBook,
  ) {
    const told = call.method === 'GET' ? call.query : call.body;
    this.fields = typeof told === 'object' && told !== null && !Array.isArray(told) ? (told as Fields) : {};
  }

  get mid(): string {
    return this.contract.mid;
  }

  text(name: string): string | undefined {
    const value = this.fields[name];
    return typeof value === 'string' && value !== '' ? value : undefined;
  }

  /** Whole won; undefined where it is absent, null where it is no amount. */
  won(name: string): number | null | undefined {
    const value = this.fields[name];
    if (value === undefined || value === null || value === '') return undefined;
    const number = typeof value === 'string' && /^\d{1,12}$/.test(value) ? Number(value) : value;
    return Number.isSafeInteger(number) ? (number as number) : null;
  }

  /** signData is optional everywhere, and must be right where it is sent (manual; A211, U306, U312). */
  isSignedWrongly(...parts: readonly (string | number)[]): boolean {
    const signData = this.fields.signData;
    if (signData === undefined || signData === null || signData === '') return false;
    const ediDate = this.text('ediDate') ?? '';
    return signData !== signatureOf(...parts, ediDate, this.contract.secretKey);
  }

  refuse(code: NicepayCode, message?: string): Outcome {
    return { answer: this.refusal(code, message), effect: 'refused' };
  }

  refusal(code: NicepayCode, message: string = messageOf(code)): Answer {
    return this.answer({ resultCode: code, resultMsg: message });
  }

  payment(payment: NicepayPayment): Answer {
    const { secretKey } = this.contract;
    return this.answer(paymentBody(payment, { secretKey, atMs: this.book.nowMs() }));
  }

  answer(body: object): Answer {
    const text = JSON.stringify(body);
    if (this.text('returnCharSet')?.toLowerCase() !== 'euc-kr') {
      return { status: 200, body: text, headers: {}, contentType: 'application/json;charset=utf-8' };
    }
    const bytes = iconv.encode(text, 'euc-kr');
    return { status: 200, body: bytes, headers: {}, contentType: 'application/json;charset=euc-kr' };
  }
}

export type NicepayHandler = (request: NicepayRequest) => Outcome | Promise<Outcome>;

/** A transport error: the HTTP status says it, and the body names a code too. */
export function statusAnswer(status: number, code: NicepayCode = codeOfStatus(status)): Answer {
  const body = JSON.stringify({ resultCode: code, resultMsg: messageOf(code) });
  return { status, body, headers: {}, contentType: 'application/json;charset=utf-8' };
}

/**
 * Who calls: Basic or Bearer. A real key set is either the one or the other, as the admin chose; here each contract may
 * use both.
 */
export function openGate(
  parts: { readonly book: NicepayBook; readonly tokens: NicepayTokens },
  call: WireCall,
  handler: NicepayHandler,
): Exchange {
  const authorization = call.headers.authorization ?? '';
  const bearer = /^bearer +(\S+)$/i.exec(authorization)?.[1];
  const contract =
    bearer === undefined
      ? contractOfBasic(authorization)
      : contractOfMid(parts.tokens.midOf(bearer, parts.book.nowMs()) ?? '');
  if (contract === undefined) {
    const answer = statusAnswer(401, bearer === undefined ? 'U304' : 'U305');
    return { run: () => ({ answer, effect: 'refused' }), abandon: () => undefined };
  }
  const request = new NicepayRequest(call, contract, parts.book);
  return {
    run: (declineWith) =>
      declineWith !== undefined && isNicepayCode(declineWith)
        ? request.refuse(declineWith)
        : handler(request),
    abandon: () => undefined,
  };
}
