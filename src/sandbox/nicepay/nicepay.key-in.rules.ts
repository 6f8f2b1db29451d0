import { passesLuhn } from '../core/cards';
import type { NicepayCode } from './nicepay.codes';
import { decryptCardText } from './nicepay.crypto';
import type { LegacyRequest } from './nicepay.legacy';
import { koreanMonth } from './nicepay.time';

/** NICEPAY code list: 3041, 3024 and 3023. */
const CARD_AMOUNT_MIN = 1_000;
const INSTALLMENT_AMOUNT_MIN = 50_000;
const INSTALLMENT_MONTHS_MAX = 12;
const MOID_MAX = 64;
const TID_LENGTH = 30;

export interface KeyInOrder {
  readonly tid: string;
  readonly moid: string;
  readonly amount: number;
  readonly taxFreeAmount: number;
  readonly installmentMonths: number;
  readonly interestFree: boolean;
  readonly cardNumber: string;
}

interface CardText {
  readonly number: string;
  readonly expiry: string;
  readonly identity: string;
  readonly password: string;
}

/** The rules of the key-in's fields in the order in which they are looked at here; the real order is not documented. */
export function checkKeyIn(
  request: LegacyRequest,
  nowMs: number,
): { readonly value: KeyInOrder } | { readonly code: NicepayCode } {
  const tidProblem = checkTid(request.field('TID'), request.mid, '0101');
  if (tidProblem) return { code: tidProblem };
  if (Buffer.byteLength(request.field('Moid')) > MOID_MAX) return { code: '9001' };
  const amount = request.won('Amt');
  if (amount === null) return { code: 'A116' };
  const card = readCard(request);
  if (!card) return { code: 'A204' };
  const months = Number(request.field('CardQuota'));
  const problem =
    cardProblem(card, nowMs) ??
    termsProblem(request.field('CardQuota'), amount) ??
    checkTaxParts(request, amount);
  if (problem) return { code: problem };
  return {
    value: {
      tid: request.field('TID'),
      moid: request.field('Moid'),
      amount,
      taxFreeAmount: request.won('TaxFreeAmt') ?? 0,
      installmentMonths: months,
      interestFree: request.field('CardInterest') === '1',
      cardNumber: card.number,
    },
  };
}

/** 30 characters: the merchant's own MID, 01 card or 03 account, 01 normal, yyMMddHHmmss, four characters. */
export function checkTid(tid: string, mid: string, kind: '0101' | '0301'): NicepayCode | undefined {
  if (tid.length !== TID_LENGTH) return 'A115';
  if (!tid.startsWith(mid)) return 'A122';
  const rest = tid.slice(mid.length);
  return rest.startsWith(kind) && /^\d{16}[0-9A-Za-z]{4}$/.test(rest) ? undefined : 'A115';
}

function readCard(request: LegacyRequest): CardText | undefined {
  const text = decryptCardText(request.field('EncData'), request.contract.merchantKey);
  if (text === undefined) return undefined;
  const parts = new URLSearchParams(text);
  return {
    number: parts.get('CardNo') ?? '',
    expiry: parts.get('CardExpire') ?? '',
    identity: parts.get('BuyerAuthNum') ?? '',
    password: parts.get('CardPwd') ?? '',
  };
}

/** Birth or business number and password digits depend on the contract; here they may be absent, and must be well-formed. */
export function cardProblem(card: CardText, nowMs: number): NicepayCode | undefined {
  if (!/^\d{13,20}$/.test(card.number) || !passesLuhn(card.number)) return '3011';
  if (!/^\d{2}(0[1-9]|1[0-2])$/.test(card.expiry) || card.expiry < koreanMonth(nowMs)) return '3021';
  if (!/^(\d{6}|\d{10})?$/.test(card.identity)) return 'A212';
  return /^(\d{2})?$/.test(card.password) ? undefined : 'A212';
}

export function termsProblem(quota: string, amount: number): NicepayCode | undefined {
  if (amount < CARD_AMOUNT_MIN) return '3041';
  if (!/^\d{2}$/.test(quota) || quota === '01') return '3022';
  if (Number(quota) > INSTALLMENT_MONTHS_MAX) return '3023';
  return Number(quota) >= 2 && amount < INSTALLMENT_AMOUNT_MIN ? '3024' : undefined;
}

/** Amt = SupplyAmt + GoodsVat + ServiceAmt + TaxFreeAmt, where a merchant splits its amounts at all. */
function checkTaxParts(request: LegacyRequest, amount: number): NicepayCode | undefined {
  const names = ['SupplyAmt', 'GoodsVat', 'ServiceAmt', 'TaxFreeAmt'];
  if (names.every((name) => request.field(name) === '')) return undefined;
  const parts = names.map((name) => (request.field(name) === '' ? 0 : request.won(name)));
  const sum = parts.reduce<number>((total, part) => total + (part ?? Number.NaN), 0);
  return sum === amount ? undefined : '1615';
}
