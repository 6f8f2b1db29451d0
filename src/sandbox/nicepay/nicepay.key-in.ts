import type { Exchange, Outcome, WireCall } from '../core/acquirer';
import { bookCard } from '../core/card-book';
import { askCard } from '../core/card-play';
import { cardProfile } from '../core/cards';
import type { BookOrder } from '../core/card-book.types';
import type { NicepayBook, NicepayExtra, NicepayPayment } from './nicepay.book';
import { companyOf, DECLINES, legacyCardNo } from './nicepay.cards';
import { messageOf, type NicepayCode } from './nicepay.codes';
import { statusAnswer } from './nicepay.gate';
import { checkKeyIn, type KeyInOrder } from './nicepay.key-in.rules';
import { type LegacyRequest, openLegacy } from './nicepay.legacy';
import { tidTime } from './nicepay.time';

const AMOUNT_DIGITS = 12;

const RULES = {
  required: ['TID', 'MID', 'EdiDate', 'Moid', 'Amt', 'EncData', 'SignData', 'CardInterest', 'CardQuota'],
  signed: ['MID', 'Amt', 'EdiDate', 'Moid'],
};

/** `POST /webapi/card_keyin.jsp`, the legacy key-in approval (비인증/구인증). The merchant makes up the TID. */
export function openKeyIn(book: NicepayBook, call: WireCall): Exchange {
  return openLegacy(call, RULES, (request) => keyIn(book, request));
}

function keyIn(book: NicepayBook, request: LegacyRequest): Outcome | Promise<Outcome> {
  const checked = checkKeyIn(request, book.nowMs());
  if ('code' in checked) return request.refuse(checked.code);
  const { value } = checked;
  const used = usedAlready(book, request.mid, value);
  if (used) return request.refuse(used);
  const profile = cardProfile(value.cardNumber);
  const order: BookOrder<NicepayExtra> = {
    transactionId: value.tid,
    acquirerOrderNo: value.moid,
    amount: value.amount,
    taxFreeAmount: value.taxFreeAmount,
    requestedAtMs: book.nowMs(),
    installmentMonths: value.installmentMonths,
    card: bookCard(value.cardNumber, profile),
    cancelPlay: profile.cancel,
    extra: {
      via: 'LEGACY_KEY_IN',
      goodsName: request.field('GoodsName'),
      interestFree: value.interestFree,
      buyerName: request.fields.BuyerName ?? null,
      buyerTel: request.fields.BuyerTel ?? null,
      buyerEmail: request.fields.BuyerEmail ?? null,
      mallReserved: request.fields.MallReserved ?? null,
    },
  };
  return askCard(profile, request.call, {
    approve: () => {
      // Asked again: a late approval leaves time for another one of the same numbers.
      const late = usedAlready(book, request.mid, value);
      if (late) return { refused: request.refusal(late) };
      const payment = book.approve(request.mid, order);
      return { approved: request.answer(approvedFields(payment, request)) };
    },
    decline: (reason) => {
      const { code, message = messageOf(code) } = DECLINES[reason];
      // Under maintenance nobody was asked, and the TID stays free.
      if (reason !== 'maintenance') book.fail(request.mid, order, { code, message });
      return request.refusal(code, message);
    },
    broken: () => statusAnswer(500),
  });
}

function usedAlready(book: NicepayBook, mid: string, { tid, moid }: KeyInOrder): NicepayCode | undefined {
  if (book.isTidUsed(mid, tid)) return 'A225';
  return book.isOrderUsed(mid, moid) ? 'A127' : undefined;
}

function approvedFields(payment: NicepayPayment, request: LegacyRequest): Readonly<Record<string, string>> {
  const { order, approval } = payment;
  if (approval === null || order.card === null) throw new Error('An approval without a card was booked.');
  const company = companyOf(order.card);
  return {
    ResultCode: '3001',
    ResultMsg: messageOf('3001'),
    TID: order.transactionId,
    Moid: order.acquirerOrderNo,
    Amt: String(order.amount).padStart(AMOUNT_DIGITS, '0'),
    AuthCode: approval.approvalNo,
    AuthDate: tidTime(approval.atMs),
    AcquCardCode: company.code,
    AcquCardName: company.name,
    CardNo: legacyCardNo(order.card),
    CardCode: company.code,
    CardName: company.name,
    CardQuota: String(order.installmentMonths).padStart(2, '0'),
    CardCl: order.card.check ? '1' : '0',
    CcPartCl: '1',
    CardInterest: order.extra.interestFree ? '1' : '0',
    MallReserved: request.field('MallReserved'),
  };
}
