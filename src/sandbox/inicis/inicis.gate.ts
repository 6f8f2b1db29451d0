import type { Answer, Exchange, Outcome, WireCall } from '../core/acquirer';
import type { InicisBook } from './inicis.book';
import { messageOf } from './inicis.codes';
import { contractOf, type InicisContract } from './inicis.credentials';
import { isSame, memberText, sha256Hex, sha512Hex } from './inicis.crypto';
import { dateOf, parseCompactTime, timeOf } from './inicis.time';

/** How far a signed timestamp may be off. The real width is not published; this one refuses only what is broken. */
const TIMESTAMP_SKEW_MS = 24 * 60 * 60_000;

export type Fields = Readonly<Record<string, unknown>>;
type Members = Readonly<Record<string, unknown>>;

/** A call whose sender is known and whose hash is right. */
export interface InicisRequest {
  readonly call: WireCall;
  readonly contract: InicisContract;
  /** The form, or the `data` of a call of INIAPI v2. */
  readonly fields: Fields;
  readonly refuse: (code: string) => Outcome;
}

export type Handler = (request: InicisRequest) => Outcome | Promise<Outcome>;

/** One of KG Inicis' interfaces: how it knows its callers, and how it says no. */
export interface Desk {
  /** The contract and the fields of a call, or the code that refuses it. */
  admit(
    call: WireCall,
    nowMs: number,
  ): { readonly contract: InicisContract; readonly fields: Fields } | string;
  failure(code: string, nowMs: number): Members;
}

export function open(book: InicisBook, desk: Desk, call: WireCall, handler: Handler): Exchange {
  const refuse = (code: string): Outcome => ({
    answer: json(desk.failure(code, book.nowMs())),
    effect: 'refused',
  });
  return {
    run: (declineWith) => {
      const admitted = desk.admit(call, book.realNowMs());
      if (typeof admitted === 'string') return refuse(admitted);
      return declineWith === undefined ? handler({ call, ...admitted, refuse }) : refuse(declineWith);
    },
    abandon: () => undefined,
  };
}

/** Business answers come with HTTP 200, whatever they say. */
export function json(members: Members): Answer {
  return { status: 200, body: JSON.stringify(members), headers: {} };
}

/** The fields after `mid` that each service hashes, by type and payment method (KG Inicis manual, "INIAPI"). */
const HASHED: Readonly<Record<string, readonly string[]>> = {
  'formpay Pay Card': ['moid', 'price', 'cardNumber'],
  'formpay Pay Vacct': ['moid', 'price'],
  'billing Auth Card': ['moid', 'price', 'cardNumber'],
  'billing Billing Card': ['moid', 'price', 'billKey'],
  'receipt Issue Receipt': ['crPrice', 'supPrice', 'srcvPrice', 'regNum'],
  'refund Refund Card': ['tid'],
  'refund Refund Acct': ['tid'],
  'refund Refund GVacct': ['tid'],
  'refund Refund Receipt': ['tid'],
  'refund Refund Vacct': ['tid', 'refundAcctNum'],
  'refund PartialRefund Card': ['tid', 'price', 'confirmPrice'],
  'refund PartialRefund Acct': ['tid', 'price', 'confirmPrice'],
  'refund PartialRefund Vacct': ['tid', 'price', 'confirmPrice', 'refundAcctNum'],
};
const HASHED_FIRST = ['type', 'paymethod', 'timestamp', 'clientIp', 'mid'] as const;

/** INIAPI v1: a form in UTF-8; JSON is not read. */
export function deskV1(service: 'formpay' | 'billing' | 'receipt' | 'refund'): Desk {
  return {
    admit: (call, nowMs) => {
      if (!isForm(call)) return '500251';
      const fields = call.body as Fields;
      const contract = contractOf(fields.mid);
      if (!contract) return '500400';
      if (!isNear(parseCompactTime(textOf(fields.timestamp)), nowMs)) return '500252';
      const rest = HASHED[`${service} ${textOf(fields.type)} ${textOf(fields.paymethod)}`];
      if (!rest) return '500606';
      const parts = [...HASHED_FIRST, ...rest].map((name) => textOf(fields[name]));
      if (parts.includes('')) return '500252';
      return hashProblem(fields.hashData, contract.apiKey + parts.join('')) ?? { contract, fields };
    },
    failure: service === 'refund' ? refundFailure : approvalFailure,
  };
}

/** INIAPI v2: JSON, and a hash over the very text of `data`. */
export function deskV2(type: 'inquiry' | 'refund' | 'partialRefund'): Desk {
  return {
    admit: (call, nowMs) => {
      const { body } = call;
      if (!isObject(body) || !isObject(body.data)) return '500251';
      const contract = contractOf(body.mid);
      if (!contract) return '500400';
      const timestamp = textOf(body.timestamp);
      const isWhole = body.type === type && textOf(body.clientIp) !== '';
      if (!isWhole || !isNear(parseCompactTime(timestamp), nowMs)) return '500252';
      const data = memberText(call.rawBody.toString('utf8'), 'data') ?? '';
      const signed = contract.apiKey + contract.mid + type + timestamp + data;
      return hashProblem(body.hashData, signed) ?? { contract, fields: body.data };
    },
    failure: type === 'inquiry' ? inquiryFailure : refundFailure,
  };
}

/** Web standard payment: a form whose `verification` proves the sign key. */
export const STDPAY: Desk = {
  admit: (call, nowMs) => {
    if (!isForm(call)) return '500251';
    const fields = call.body as Fields;
    const contract = contractOf(fields.mid);
    if (!contract) return '500400';
    const [authToken, timestamp] = [textOf(fields.authToken), textOf(fields.timestamp)];
    const atMs = /^\d{13}$/.test(timestamp) ? Number(timestamp) : undefined;
    if (authToken === '' || !isNear(atMs, nowMs)) return '500252';
    const signature = sha256Hex(`authToken=${authToken}&timestamp=${timestamp}`);
    const proof = sha256Hex(`authToken=${authToken}&signKey=${contract.signKey}&timestamp=${timestamp}`);
    const isSigned =
      isSame(textOf(fields.signature), signature) && isSame(textOf(fields.verification), proof);
    return isSigned ? { contract, fields } : '500202';
  },
  failure: (code) => ({ resultCode: '01', resultMsg: messageOf(code), tid: '', detailResultCode: code }),
};

/** Which member names the reason of a declined approval is not documented; this is that of a failed refund. */
function approvalFailure(code: string, nowMs: number): Members {
  return {
    tid: null,
    resultCode: '01',
    resultMsg: messageOf(code),
    payDate: dateOf(nowMs),
    payTime: timeOf(nowMs),
    payAuthCode: null,
    cardCode: null,
    price: null,
    detailResultCode: code,
  };
}

/** As captured of a real refund: date and time are filled even though nothing was cancelled. */
function refundFailure(code: string, nowMs: number): Members {
  return {
    resultCode: '01',
    resultMsg: messageOf(code),
    cancelDate: dateOf(nowMs),
    cancelTime: timeOf(nowMs),
    receiptInfo: '',
    cshrCancelNum: '',
    detailResultCode: code,
  };
}

function inquiryFailure(code: string): Members {
  return { resultCode: '01', resultMsg: messageOf(code), detailResultCode: code };
}

function hashProblem(given: unknown, signed: string): string | undefined {
  const hash = textOf(given);
  if (hash === '') return '500633';
  return isSame(hash, sha512Hex(signed)) ? undefined : '500632';
}

function isNear(atMs: number | undefined, nowMs: number): boolean {
  return atMs !== undefined && Math.abs(atMs - nowMs) <= TIMESTAMP_SKEW_MS;
}

function isForm(call: WireCall): boolean {
  return String(call.headers['content-type']).startsWith('application/x-www-form-urlencoded');
}

function isObject(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

export function textOf(value: unknown): string {
  return typeof value === 'string' ? value : typeof value === 'number' ? String(value) : '';
}
