import { passesLuhn } from '../core/cards';
import type { InicisContract } from './inicis.credentials';
import { opened } from './inicis.crypto';
import { type Fields, textOf } from './inicis.gate';
import { compactTime } from './inicis.time';

const AMOUNT_MIN = 100;
const INSTALLMENT_AMOUNT_MIN = 50_000;
const INSTALLMENT_MONTHS_MAX = 12;

export interface KeyInRequest {
  readonly moid: string;
  readonly amount: number;
  readonly taxFreeAmount: number;
  readonly cardNumber: string;
  readonly installmentMonths: number;
  readonly interestFree: boolean;
  readonly goodName: string;
  readonly buyerName: string;
  readonly buyerTel: string;
  readonly buyerEmail: string;
}

interface Card {
  readonly number: string | undefined;
  readonly expiry: string | undefined;
  readonly identity: string | undefined;
  readonly password: string | undefined;
}

/** The fields of a key-in in the order of KG Inicis' table: the request, or the code of the first field that is wrong. */
export function checkKeyIn(contract: InicisContract, fields: Fields, nowMs: number): KeyInRequest | string {
  const text = (name: string) => textOf(fields[name]);
  const optional = (name: string) => (text(name) === '' ? '' : opened(contract, text(name)));
  const card: Card = {
    number: opened(contract, text('cardNumber')),
    expiry: opened(contract, text('cardExpire')),
    identity: optional('regNo'),
    password: optional('cardPw'),
  };
  const problem = orderProblem(text) ?? cardProblem(card, nowMs) ?? planProblem(text);
  if (problem !== undefined) return problem;
  return {
    moid: text('moid'),
    amount: Number(text('price')),
    taxFreeAmount: Number(text('taxFree')),
    cardNumber: card.number ?? '',
    installmentMonths: Number(text('cardQuota')),
    interestFree: text('quotaInterest') === '1',
    goodName: text('goodName'),
    buyerName: text('buyerName'),
    buyerTel: text('buyerTel'),
    buyerEmail: text('buyerEmail'),
  };
}

function orderProblem(text: (name: string) => string): string | undefined {
  const price = text('price');
  if (!/^\d{1,12}$/.test(price)) return '550609';
  if (Number(price) === 0) return '550701';
  if (Number(price) < AMOUNT_MIN) return '550690';
  const isNamed = text('goodName') !== '' && text('buyerName') !== '' && text('url') !== '';
  if (!isNamed || text('moid').length > 64 || text('currency') !== 'WON') return '550252';
  const parts = ['tax', 'taxFree'].map(text);
  const isSplit = parts.every((part) => /^\d{0,12}$/.test(part) && Number(part) <= Number(price));
  return isSplit ? undefined : '550609';
}

function cardProblem({ number, expiry, identity, password }: Card, nowMs: number): string | undefined {
  if ([number, expiry, identity, password].includes(undefined)) return '550200';
  if (!/^\d{13,19}$/.test(number ?? '') || !passesLuhn(number ?? '')) return '550601';
  if (!/^\d\d(0[1-9]|1[0-2])$/.test(expiry ?? '')) return '550638';
  // A card is good until the end of its month, in Korea.
  if (`20${expiry}` < compactTime(nowMs).slice(0, 6)) return '550638';
  // Both forms of a birth date are sent by clients in production, beside a business number.
  if (!/^(|\d{6}|\d{8}|\d{10})$/.test(identity ?? '')) return '550635';
  return /^(|\d\d)$/.test(password ?? '') ? undefined : '550617';
}

function planProblem(text: (name: string) => string): string | undefined {
  const quota = text('cardQuota');
  const months = Number(quota);
  if (!/^\d\d$/.test(quota) || months === 1 || months > INSTALLMENT_MONTHS_MAX) return '550607';
  if (months > 0 && Number(text('price')) < INSTALLMENT_AMOUNT_MIN) return '550607';
  const isPlain =
    /^[01]?$/.test(text('quotaInterest')) &&
    /^(00|99)$/.test(text('authentification')) &&
    /^[12]?$/.test(text('cardPoint'));
  return isPlain ? undefined : '550252';
}
