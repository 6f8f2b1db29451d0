import { z } from 'zod';
import type { Outcome } from '../core/acquirer';
import type { KakaoBook } from './kakaopay.book';
import { selectedCardInfo } from './kakaopay.cards';
import { json, type KakaoRequest, read, refuse } from './kakaopay.gate';
import { actionDetails, cancelMembers, paymentMembers, statusOf } from './kakaopay.payment';

const orderSchema = z.object({ tid: z.string().min(1) });

/** `POST /online/v1/payment/order`: how a payment stands, by its tid alone. */
export function inquiry(book: KakaoBook, request: KakaoRequest): Outcome {
  const asked = read(orderSchema, request);
  if (!asked) return refuse('-2');
  request.call.about(asked.tid);
  const known = book.payment(request.contract.cid, asked.tid);
  if (!known) return refuse('-721');
  const payment = book.discrepancies.payment(known);
  const { order } = payment;
  request.call.about(order.acquirerOrderNo);
  const body = {
    ...paymentMembers(payment),
    status: statusOf(book, payment),
    ...cancelMembers(payment),
    ...(order.card && { selected_card_info: selectedCardInfo(order.card, order.installmentMonths) }),
    payment_action_details: actionDetails(payment),
  };
  return { answer: json(body), effect: 'read' };
}
