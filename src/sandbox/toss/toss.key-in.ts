import type { Outcome } from '../core/acquirer';
import { cardProfile } from '../core/cards';
import { askCard } from './toss.approval';
import type { TossBook } from './toss.book';
import { tossCard } from './toss.cards';
import type { TossRequest } from './toss.gate';
import { checkKeyIn, isOrderId } from './toss.validation';

/** `POST /v1/payments/key-in` (TossPayments core API, "카드 번호 결제"). A refused approval leaves no payment behind. */
export function keyIn(book: TossBook, request: TossRequest): Outcome | Promise<Outcome> {
  const { body } = request.call;
  if (typeof body === 'object' && body !== null && 'orderId' in body && isOrderId(body.orderId)) {
    request.call.about(body.orderId);
  }
  const requestedAtMs = book.nowMs();
  const checked = checkKeyIn(body, requestedAtMs);
  if ('code' in checked) return request.refuse(checked.code);
  const { value } = checked;
  if (book.isOrderUsed(request.mid, value.orderId)) return request.refuse('DUPLICATED_ORDER_ID');
  const profile = cardProfile(value.cardNumber);
  return askCard(profile, request, {
    decline: (code) => request.refuse(code),
    approve: (mark) => {
      // Asked again: a late approval leaves time for another one of the same order.
      if (book.isOrderUsed(request.mid, value.orderId)) return 'DUPLICATED_ORDER_ID';
      const paymentKey = book.newPaymentKey(requestedAtMs);
      const order = {
        paymentKey,
        orderId: value.orderId,
        orderName: value.orderName,
        amount: value.amount,
        taxFreeAmount: value.taxFreeAmount,
        requestedAtMs,
        card: tossCard(value.cardNumber, profile, value),
        cancelPlay: profile.cancel,
      };
      book.commit({ kind: 'approval', mid: request.mid, order, approval: book.newApproval(), mark });
      return book.byKey(request.mid, paymentKey) ?? 'FAILED_DB_PROCESSING';
    },
  });
}
