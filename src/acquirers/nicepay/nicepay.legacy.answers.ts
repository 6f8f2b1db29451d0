import type { OutboundResult } from '../../common/http/outbound-client';
import { includedVat } from '../../common/money/won';
import type { Exchange } from '../port/acquirer.types';
import { exchangeOf, readJson } from '../shared/answers';
import { LEGACY_SUCCESSES } from './nicepay.codes';
import { legacyAnswerSchema, type LegacyAnswerHead } from './nicepay.legacy.wire';

/** Every form asks for its answer in this way. */
export const UTF8_JSON = { CharSet: 'utf-8', EdiType: 'JSON' } as const;

/** An answer of the legacy webapi: its head is read, the rest is checked when it is needed. */
export type LegacyAnswer =
  | { readonly kind: 'BODY'; readonly head: LegacyAnswerHead; readonly body: unknown }
  | { readonly kind: 'NOT_SENT' }
  | { readonly kind: 'UNREADABLE'; readonly reason: string };

/** The webapi says everything with HTTP 200; any other status is not its word on a payment. */
export function readLegacyAnswer(result: OutboundResult): LegacyAnswer {
  const read = readJson(result, (status) => status === 200);
  if (read.kind !== 'BODY')
    return read.kind === 'NOT_SENT' ? { kind: 'NOT_SENT' } : { kind: 'UNREADABLE', reason: read.reason };
  const head = legacyAnswerSchema.safeParse(read.body);
  return head.success
    ? { kind: 'BODY', head: head.data, body: read.body }
    : { kind: 'UNREADABLE', reason: 'BODY_NOT_AN_ANSWER' };
}

const KEPT_MEMBERS = [
  'ResultCode',
  'TID',
  'Moid',
  'Amt',
  'AuthCode',
  'AuthDate',
  'CardCode',
  'CardQuota',
  'CardCl',
  'CancelAmt',
  'CancelDate',
  'CancelTime',
  'CancelNum',
  'RemainAmt',
  'VbankBankCode',
  'VbankExpDate',
  'VbankExpTime',
];
const KEPT_LENGTH_MAX = 64;

function maskedAnswer(answer: LegacyAnswer): Record<string, unknown> | null {
  if (answer.kind !== 'BODY') return null;
  const body = answer.body as Readonly<Record<string, unknown>>;
  return Object.fromEntries(
    KEPT_MEMBERS.flatMap((name) => {
      const value = body[name];
      return typeof value === 'string' || typeof value === 'number'
        ? [[name, String(value).slice(0, KEPT_LENGTH_MAX)]]
        : [];
    }),
  );
}

export function legacyExchange(
  endpoint: string,
  request: Record<string, unknown>,
  result: OutboundResult,
  answer: LegacyAnswer,
): Exchange {
  const refusal =
    answer.kind === 'BODY' && !LEGACY_SUCCESSES.has(answer.head.ResultCode) ? answer.head : null;
  return exchangeOf(result, {
    endpoint,
    request,
    response: maskedAnswer(answer),
    code: refusal?.ResultCode ?? (answer.kind === 'UNREADABLE' ? answer.reason : null),
    message: refusal?.ResultMsg ?? null,
  });
}

/** NICEPAY splits an amount by itself unless part of it is free of tax. */
export function taxParts(amount: number, taxFreeAmount: number): Readonly<Record<string, string>> {
  if (taxFreeAmount === 0) return {};
  const vat = includedVat(amount, taxFreeAmount, 0);
  return {
    SupplyAmt: String(amount - taxFreeAmount - vat),
    GoodsVat: String(vat),
    ServiceAmt: '0',
    TaxFreeAmt: String(taxFreeAmount),
  };
}
