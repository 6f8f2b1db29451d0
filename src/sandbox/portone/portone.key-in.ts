import { koreanDay } from '../../common/time/korean-time';
import type { Outcome } from '../core/acquirer';
import { bookCard } from '../core/card-book';
import type { BookOrder } from '../core/card-book.types';
import { askCard } from '../core/card-play';
import { cardProfile } from '../core/cards';
import { cutMerchantUid, type PortoneExtra } from './portone.books';
import { DECLINES, type Failure } from './portone.cards';
import { envelope, refusal, refusalAnswer, REFUSALS, refused, wrongParameter } from './portone.envelope';
import { bodyFields } from './portone.fields';
import type { PortoneRequest } from './portone.gate';
import { paymentView } from './portone.payment';
import { checkOnetime, type OnetimeRequest } from './portone.validation';
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
  const merchantUid = cutMerchantUid(value.merchantUid);
  if (books.payments.isOrderUsed(mid, merchantUid)) return refused(REFUSALS.paidAlready);
  const newOrder = () => onetimeOrder(request, value, requestedAtMs);
  const decline = (why: Failure) => envelope(paymentView(books.payments.fail(mid, newOrder(), why)));
  const failed = request.fault ?? ('failure' in checked ? checked.failure : undefined);
  if (failed) return { answer: decline(failed), effect: 'refused' };
  return askCard(cardProfile(value.cardNumber), call, {
    decline: (reason) => decline(DECLINES[reason]),
    broken: () => refusalAnswer(refusal(-1, '결제처리 중 오류가 발생하였습니다.', 500)),
    approve: () => {
      // Asked again: a late approval leaves time for another one of the same order.
      if (books.payments.isOrderUsed(mid, merchantUid))
        return { refused: refusalAnswer(REFUSALS.paidAlready) };
      const payment = books.payments.approve(mid, newOrder());
      tellPaid(books.context, payment);
      return { approved: envelope(paymentView(payment)) };
    },
  });
}

function onetimeOrder(
  { mid, contract, books }: PortoneRequest,
  value: OnetimeRequest,
  requestedAtMs: number,
): BookOrder<PortoneExtra> {
  const profile = cardProfile(value.cardNumber);
  return {
    transactionId: books.newImpUid(mid),
    acquirerOrderNo: cutMerchantUid(value.merchantUid),
    amount: value.amount,
    taxFreeAmount: value.taxFree,
    requestedAtMs,
    installmentMonths: value.cardQuota,
    card: bookCard(value.cardNumber, profile),
    cancelPlay: profile.cancel,
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
    },
  };
}
