import { passesLuhn } from '../core/cards';
import type { InicisContract } from './inicis.credentials';
import { opened } from './inicis.crypto';
import { type Fields, textOf } from './inicis.gate';
import { compactTime } from './inicis.time';

const AMOUNT_MIN = 100;
const INSTALLMENT_AMOUNT_MIN = 50_000;
const INSTALLMENT_MONTHS_MAX = 12;

/** An order as every kind of payment names it. */
export interface NamedOrder {
  readonly moid: string;
  readonly amount: number;
  readonly taxFreeAmount: number;
  readonly goodName: string;
  readonly buyerName: string;
  readonly buyerTel: string;
  readonly buyerEmail: string;
}

export interface ChargedOrder extends NamedOrder {
  readonly installmentMonths: number;
  readonly interestFree: boolean;
}

export interface KeyInRequest extends ChargedOrder {
  readonly cardNumber: string;
}

interface Card {
  readonly number: string | undefined;
  readonly expiry: string | undefined;
  readonly identity: string | undefined;
  readonly password: string | undefined;
}

/** The fields of a key-in in the order of KG Inicis' table: the request, or the code of the first field that is wrong. */
export function checkKeyIn(contract: InicisContract, fields: Fields, nowMs: number): KeyInRequest | string {
  const text = reader(fields);
  const card = openedCard(contract, text);
  const problem = orderProblem(text) ?? cardProblem(card, nowMs) ?? planProblem(text);
  if (problem !== undefined) return `550${problem}`;
  return { ...chargedOrder(text), cardNumber: card.number ?? '' };
}

/** A charge of a billing key: as a key-in, without the card. */
export function checkCharge(fields: Fields): ChargedOrder | string {
  const text = reader(fields);
  const problem = orderProblem(text) ?? planProblem(text);
  return problem === undefined ? chargedOrder(text) : `550${problem}`;
}

/** The card that a billing key is asked for; its price is only shown, so any will do. */
export function checkCard(
  contract: InicisContract,
  fields: Fields,
  nowMs: number,
): string | { number: string } {
  const text = reader(fields);
  if (!/^\d{1,12}$/.test(text('price'))) return '550609';
  if (text('goodName') === '' || text('buyerName') === '' || text('moid').length > 64) return '550252';
  const card = openedCard(contract, text);
  const problem = cardProblem(card, nowMs);
  return problem === undefined ? { number: card.number ?? '' } : `550${problem}`;
}

/** The order of a virtual account; reasons of the module 504. */
export function checkAccountOrder(fields: Fields): NamedOrder | string {
  const text = reader(fields);
  const problem = orderProblem(text);
  return problem === undefined ? namedOrder(text) : `504${problem}`;
}

type Reader = (name: string) => string;
const reader =
  (fields: Fields): Reader =>
  (name) =>
    textOf(fields[name]);

function openedCard(contract: InicisContract, text: Reader): Card {
  const optional = (name: string) => (text(name) === '' ? '' : opened(contract, text(name)));
  return {
    number: opened(contract, text('cardNumber')),
    expiry: opened(contract, text('cardExpire')),
    identity: optional('regNo'),
    password: optional('cardPw'),
  };
}

function namedOrder(text: Reader): NamedOrder {
  return {
    moid: text('moid'),
    amount: Number(text('price')),
    taxFreeAmount: Number(text('taxFree')),
    goodName: text('goodName'),
    buyerName: text('buyerName'),
    buyerTel: text('buyerTel'),
    buyerEmail: text('buyerEmail'),
  };
}

function chargedOrder(text: Reader): ChargedOrder {
  const installmentMonths = Number(text('cardQuota'));
  return { ...namedOrder(text), installmentMonths, interestFree: text('quotaInterest') === '1' };
}

/** The reason, without its module; undefined where nothing is wrong. */
function orderProblem(text: Reader): string | undefined {
  const price = text('price');
  if (!/^\d{1,12}$/.test(price)) return '609';
  if (Number(price) === 0) return '701';
  if (Number(price) < AMOUNT_MIN) return '690';
  const isNamed = text('goodName') !== '' && text('buyerName') !== '' && text('url') !== '';
  if (!isNamed || text('moid').length > 64 || text('currency') !== 'WON') return '252';
  const parts = ['tax', 'taxFree'].map(text);
  const isSplit = parts.every((part) => /^\d{0,12}$/.test(part) && Number(part) <= Number(price));
  return isSplit ? undefined : '609';
}

function cardProblem({ number, expiry, identity, password }: Card, nowMs: number): string | undefined {
  if ([number, expiry, identity, password].includes(undefined)) return '200';
  if (!/^\d{13,19}$/.test(number ?? '') || !passesLuhn(number ?? '')) return '601';
  if (!/^\d\d(0[1-9]|1[0-2])$/.test(expiry ?? '')) return '638';
  // A card is good until the end of its month, in Korea.
  if (`20${expiry}` < compactTime(nowMs).slice(0, 6)) return '638';
  // Both forms of a birth date are sent by clients in production, beside a business number.
  if (!/^(|\d{6}|\d{8}|\d{10})$/.test(identity ?? '')) return '635';
  return /^(|\d\d)$/.test(password ?? '') ? undefined : '617';
}

function planProblem(text: Reader): string | undefined {
  const quota = text('cardQuota');
  const months = Number(quota);
  if (!/^\d\d$/.test(quota) || months === 1 || months > INSTALLMENT_MONTHS_MAX) return '607';
  if (months > 0 && Number(text('price')) < INSTALLMENT_AMOUNT_MIN) return '607';
  const isPlain =
    /^[01]?$/.test(text('quotaInterest')) &&
    /^(00|99)$/.test(text('authentification')) &&
    /^[12]?$/.test(text('cardPoint'));
  return isPlain ? undefined : '252';
}
