import type { Outcome } from '../core/acquirer';
import { bookCard } from '../core/card-book';
import type { BookOrder } from '../core/card-book.types';
import { askCard } from '../core/card-play';
import { cardProfile } from '../core/cards';
import type { BillingKey, NicepayBook, NicepayExtra } from './nicepay.book';
import { companyOf, DECLINES } from './nicepay.cards';
import { messageOf, type NicepayCode } from './nicepay.codes';
import { decryptBillingText } from './nicepay.crypto';
import { type NicepayRequest, statusAnswer } from './nicepay.gate';
import { cardProblem, termsProblem } from './nicepay.key-in.rules';
import { compactDay, nicepaySecond } from './nicepay.time';
import type { NicepayWebhooks } from './nicepay.webhooks';

interface Parts {
  readonly book: NicepayBook;
  readonly webhooks: NicepayWebhooks;
}

const ORDER_ID_MAX = 64;
const KEY_PREFIX = 'BIKY';

/**
 * `POST /v1/subscribe/regist` (manual, "빌키발급"). A card may have several keys. The answer has capitals, as the sample
 * and the published OpenAPI have them; the manual's table alone does not.
 */
export function registerCard(book: NicepayBook, request: NicepayRequest): Outcome {
  const [encData, orderId] = [request.text('encData'), request.text('orderId')];
  if (encData === undefined || orderId === undefined) return request.refuse('U100');
  request.call.about(orderId);
  if (orderId.length > ORDER_ID_MAX) return request.refuse('U105');
  if (request.isSignedWrongly(orderId)) return request.refuse('U312');
  const text = decryptBillingText(encData, request.contract.secretKey, request.text('encMode'));
  if (text === undefined) return request.refuse('U306');
  const parts = new URLSearchParams(text);
  const part = (name: string) => parts.get(name) ?? '';
  const card = {
    number: part('cardNo'),
    expiry: `${part('expYear')}${part('expMonth')}`,
    identity: part('idNo'),
    password: part('cardPw'),
  };
  const problem = cardProblem(card, book.nowMs());
  if (problem) return request.refuse(KEY_PROBLEMS[problem] ?? problem);
  const profile = cardProfile(card.number);
  const key: BillingKey = {
    mid: request.mid,
    card: bookCard(card.number, profile),
    profile,
    isDeleted: false,
  };
  const tid = book.newTid('0116', request.mid);
  const bid = `${KEY_PREFIX}${tid.slice(0, 10)}${tid.slice(14)}`;
  book.billingKeys.put(bid, key);
  const company = companyOf(key.card);
  const answer = request.answer({
    ResultCode: '0000',
    ResultMsg: messageOf('F100'),
    TID: tid,
    OrderID: orderId,
    BID: bid,
    AuthDate: compactDay(book.nowMs()),
    CardCode: company.code,
    CardName: `[${company.name}]`,
  });
  return { answer, effect: 'processed' };
}

/** A registration has codes of its own for a number that is none and for what the issuer finds wrong. */
const KEY_PROBLEMS: Partial<Record<NicepayCode, NicepayCode>> = { '3011': 'F112', '3021': 'F113' };

function keyProblem(book: NicepayBook, request: NicepayRequest): NicepayCode | undefined {
  const key = book.billingKeys.get(request.call.params.bid ?? '');
  if (key === undefined) return 'U309';
  if (key.mid !== request.mid) return 'A122';
  return key.isDeleted ? 'U115' : undefined;
}

/** `POST /v1/subscribe/{bid}/payments` (manual, "빌키승인"). */
export function chargeKey(parts: Parts, request: NicepayRequest): Outcome | Promise<Outcome> {
  const { book, webhooks } = parts;
  const checked = checkCharge(book, request);
  if ('code' in checked) return request.refuse(checked.code);
  const { order, key } = checked;
  const { mid } = request;
  const isUsed = () => book.isOrderUsed(mid, order.acquirerOrderNo);
  if (isUsed()) return request.refuse('U112');
  return askCard(key.profile, request.call, {
    approve: () => {
      // Asked again: a late approval leaves time for another one of the same order.
      if (isUsed()) return { refused: request.refusal('U112') };
      const payment = book.approve(mid, order);
      webhooks.tell('billing', payment, request.contract);
      return { approved: request.payment(payment) };
    },
    decline: (reason) => {
      const { code, message = messageOf(code) } = DECLINES[reason];
      if (reason !== 'maintenance') book.fail(mid, order, { code, message });
      return request.refusal(code, message);
    },
    broken: () => statusAnswer(500),
  });
}

type CheckedCharge =
  { readonly order: BookOrder<NicepayExtra>; readonly key: BillingKey } | { readonly code: NicepayCode };

function checkCharge(book: NicepayBook, request: NicepayRequest): CheckedCharge {
  const fields = readCharge(request);
  if ('code' in fields) return fields;
  const bid = request.call.params.bid ?? '';
  if (request.isSignedWrongly(fields.orderId, bid)) return { code: 'U312' };
  const problem = keyProblem(book, request);
  const key = book.billingKeys.get(bid);
  if (problem || key === undefined) return { code: problem ?? 'U309' };
  const text = (name: string) => request.text(name) ?? null;
  const order: BookOrder<NicepayExtra> = {
    transactionId: book.newTid('0116'),
    acquirerOrderNo: fields.orderId,
    amount: fields.amount,
    taxFreeAmount: fields.taxFreeAmount,
    requestedAtMs: book.nowMs(),
    installmentMonths: fields.installmentMonths,
    card: key.card,
    cancelPlay: key.profile.cancel,
    extra: {
      via: 'BILLING',
      goodsName: fields.goodsName,
      interestFree: false,
      buyerName: text('buyerName'),
      buyerTel: text('buyerTel'),
      buyerEmail: text('buyerEmail'),
      mallReserved: text('mallReserved'),
    },
  };
  return { order, key };
}

interface ChargeFields {
  readonly orderId: string;
  readonly goodsName: string;
  readonly amount: number;
  readonly taxFreeAmount: number;
  readonly installmentMonths: number;
}

function readCharge(request: NicepayRequest): ChargeFields | { readonly code: NicepayCode } {
  const [orderId, goodsName] = [request.text('orderId'), request.text('goodsName')];
  const [amount, installmentMonths] = [request.won('amount'), request.won('cardQuota')];
  if (orderId !== undefined) request.call.about(orderId);
  const hasInterest = 'useShopInterest' in request.fields;
  if (orderId === undefined || goodsName === undefined || !hasInterest) return { code: 'U100' };
  if (amount === undefined || installmentMonths === undefined) return { code: 'U100' };
  if (orderId.length > ORDER_ID_MAX) return { code: 'U105' };
  if (amount === null) return { code: 'A116' };
  if (installmentMonths === null) return { code: 'P010' };
  const taxFreeAmount = request.won('taxFreeAmt') ?? 0;
  const terms = termsProblem(String(installmentMonths).padStart(2, '0'), amount);
  if (terms) return { code: terms };
  if (taxFreeAmount > amount) return { code: 'U321' };
  return { orderId, goodsName, amount, taxFreeAmount, installmentMonths };
}

/** `POST /v1/subscribe/{bid}/expire` (manual, "빌키삭제"). A key that was deleted does not come back. */
export function expireKey(book: NicepayBook, request: NicepayRequest): Outcome {
  const bid = request.call.params.bid ?? '';
  const orderId = request.text('orderId');
  if (orderId === undefined) return request.refuse('U100');
  request.call.about(orderId);
  if (request.isSignedWrongly(orderId, bid)) return request.refuse('U312');
  const problem = keyProblem(book, request);
  const key = book.billingKeys.get(bid);
  if (problem || key === undefined) return request.refuse(problem ?? 'U309');
  book.billingKeys.put(bid, { ...key, isDeleted: true });
  const answer = request.answer({
    resultCode: '0000',
    resultMsg: messageOf('F101'),
    tid: book.newTid('0116', request.mid),
    orderId,
    bid,
    authDate: nicepaySecond(book.nowMs()),
  });
  return { answer, effect: 'processed' };
}
