import { koreanDay } from '../../common/time/korean-time';
import type { Outcome } from '../core/acquirer';
import { bookCard } from '../core/card-book';
import type { BookCard, BookOrder } from '../core/card-book.types';
import { askCard } from '../core/card-play';
import { cardProfile, type CardProfile } from '../core/cards';
import { cutMerchantUid, type PortoneBooks, type PortoneCustomer, type PortoneExtra } from './portone.books';
import { DECLINES, type Failure } from './portone.cards';
import { envelope, refusal, refusalAnswer, REFUSALS, refused, wrongParameter } from './portone.envelope';
import { bodyFields } from './portone.fields';
import type { PortoneRequest } from './portone.gate';
import { paymentView } from './portone.payment';
import { type CardOrder, checkOnetime } from './portone.validation';
import { tellPaid } from './portone.webhooks';

/**
 * `POST /subscribe/payments/onetime`. A declined card is a payment with the status `failed` under HTTP 200 and code 0;
 * its `merchant_uid` can be used again, that of a paid one never, cancelled or not.
 */
export function keyIn(request: PortoneRequest): Outcome | Promise<Outcome> {
  const { call, contract, mid, books } = request;
  const requestedAtMs = books.nowMs();
  const fields = bodyFields(call);
  if (!fields) return refused(wrongParameter('body'));
  if (typeof fields.merchant_uid === 'string') call.about(cutMerchantUid(fields.merchant_uid));
  const checked = checkOnetime(fields, contract, koreanDay(new Date(requestedAtMs)).slice(0, 7));
  if ('refusal' in checked) return refused(checked.refusal);
  const { value } = checked;
  const profile = cardProfile(value.cardNumber);
  const card = bookCard(value.cardNumber, profile);
  const { customerUid } = value;
  return payByCard(request, {
    merchantUid: cutMerchantUid(value.merchantUid),
    profile,
    failed: 'failure' in checked ? checked.failure : undefined,
    newOrder: () => cardOrderOf(request, value, { card, profile, requestedAtMs }),
    // With a `customer_uid` the card is stored under it as well.
    paid: () => {
      if (customerUid === null) return;
      const { buyerName: name, buyerTel: tel, buyerEmail: email } = value;
      storeCustomer(books, { mid, customerUid, card, profile, name, tel, email });
    },
  });
}

/** A payment by a card that is known, typed in or stored. */
export function payByCard(
  request: PortoneRequest,
  wish: {
    readonly merchantUid: string;
    readonly profile: CardProfile;
    /** What the provider finds before it asks the issuer. */
    readonly failed: Failure | undefined;
    readonly newOrder: () => BookOrder<PortoneExtra>;
    readonly paid?: () => void;
  },
): Outcome | Promise<Outcome> {
  const { call, mid, books } = request;
  const { merchantUid, newOrder } = wish;
  if (books.payments.isOrderUsed(mid, merchantUid)) return refused(REFUSALS.paidAlready);
  const decline = (why: Failure) => envelope(paymentView(books.payments.fail(mid, newOrder(), why)));
  const failed = request.fault ?? wish.failed;
  if (failed) return { answer: decline(failed), effect: 'refused' };
  return askCard(wish.profile, call, {
    decline: (reason) => decline(DECLINES[reason]),
    broken: () => refusalAnswer(refusal(-1, '결제처리 중 오류가 발생하였습니다.', 500)),
    approve: () => {
      // Asked again: a late approval leaves time for another one of the same order.
      if (books.payments.isOrderUsed(mid, merchantUid))
        return { refused: refusalAnswer(REFUSALS.paidAlready) };
      const payment = books.payments.approve(mid, newOrder());
      wish.paid?.();
      tellPaid(books.context, payment);
      return { approved: envelope(paymentView(payment)) };
    },
  });
}

export function cardOrderOf(
  { mid, contract, books }: PortoneRequest,
  value: CardOrder,
  by: { readonly card: BookCard; readonly profile: CardProfile; readonly requestedAtMs: number },
): BookOrder<PortoneExtra> {
  return {
    transactionId: books.newImpUid(mid),
    acquirerOrderNo: cutMerchantUid(value.merchantUid),
    amount: value.amount,
    taxFreeAmount: value.taxFree,
    requestedAtMs: by.requestedAtMs,
    installmentMonths: value.cardQuota,
    card: by.card,
    cancelPlay: by.profile.cancel,
    extra: {
      name: value.name,
      buyerName: value.buyerName,
      buyerEmail: value.buyerEmail,
      buyerTel: value.buyerTel,
      customData: value.customData,
      payMethod: 'card',
      channel: 'api',
      pg: contract.pg,
      pgTid: books.newPgTid(contract.pg),
      webhookAs: 'json',
      ...(value.customerUid === null ? {} : { customerUid: value.customerUid }),
    },
  };
}

/** A name that is in use gets the new card. */
export function storeCustomer(
  books: PortoneBooks,
  customer: Omit<PortoneCustomer, 'insertedAtMs' | 'updatedAtMs' | 'isRemoved'>,
): PortoneCustomer {
  const nowMs = books.nowMs();
  const insertedAtMs = books.customer(customer.mid, customer.customerUid)?.insertedAtMs ?? nowMs;
  return books.keepCustomer({ ...customer, insertedAtMs, updatedAtMs: nowMs, isRemoved: false });
}
