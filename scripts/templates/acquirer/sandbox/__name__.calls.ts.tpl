import { randomBytes } from 'node:crypto';
import { z } from 'zod';
import { koreanTime } from '../../common/time/korean-time';
import type { Answer, Outcome, WireCall } from '../core/acquirer';
import { balanceOf, bookCard, cancelPlayNow, type CardBook } from '../core/card-book';
import type { BookPayment } from '../core/card-book.types';
import { askCard } from '../core/card-play';
import { cardProfile, passesLuhn } from '../core/cards';
import { answer, DECLINES, errorAnswer, type __Name__Code } from './__name__.codes';

/** What this acquirer keeps of a payment besides what every one keeps. */
export type Extra = null;
type Book = CardBook<Extra>;
type Payment = BookPayment<Extra>;

const approveSchema = z.object({
  orderNo: z.string().regex(/^[\w-]{6,64}$/),
  amount: z.int().min(100),
  taxFreeAmount: z.int().min(0).default(0),
  installmentMonths: z.int().min(0).max(12).default(0),
  cardNumber: z.string().regex(/^\d{13,19}$/).refine(passesLuhn),
});
const cancelSchema = z.object({
  transactionId: z.string(),
  amount: z.int().min(1),
  reason: z.string().min(1),
});

/** `POST /v1/approve`. */
export function approve(book: Book, mid: string, call: WireCall): Outcome | Promise<Outcome> {
  const read = approveSchema.safeParse(call.body);
  if (!read.success) return refused('INVALID_REQUEST');
  const { orderNo, amount, taxFreeAmount, installmentMonths, cardNumber } = read.data;
  call.about(orderNo);
  if (book.isOrderUsed(mid, orderNo)) return refused('DUPLICATED_ORDER');
  const profile = cardProfile(cardNumber);
  return askCard(profile, call, {
    decline: (reason) => errorAnswer(DECLINES[reason]),
    broken: () => errorAnswer('SYSTEM_ERROR', 500),
    approve: () => {
      // Asked again: a late approval leaves time for another one of the same order.
      if (book.isOrderUsed(mid, orderNo)) return { refused: errorAnswer('DUPLICATED_ORDER') };
      const payment = book.approve(mid, {
        transactionId: `__name___${randomBytes(10).toString('hex')}`,
        acquirerOrderNo: orderNo,
        amount,
        taxFreeAmount,
        requestedAtMs: book.nowMs(),
        installmentMonths,
        card: bookCard(cardNumber, profile),
        cancelPlay: profile.cancel,
        extra: null,
      });
      return { approved: paymentAnswer(payment) };
    },
  });
}

/** `POST /v1/cancel`. */
export function cancel(book: Book, mid: string, call: WireCall): Outcome {
  const read = cancelSchema.safeParse(call.body);
  if (!read.success) return refused('INVALID_REQUEST');
  const payment = book.byTransaction(mid, read.data.transactionId);
  if (!payment?.approval) return refused('NOT_FOUND');
  call.about(payment.order.acquirerOrderNo);
  const play = cancelPlayNow(book, payment);
  if (play === 'refused') return refused('TRY_LATER');
  if (balanceOf(payment) === 0) return refused('ALREADY_CANCELLED');
  if (read.data.amount > balanceOf(payment)) return refused('OVER_BALANCE');
  book.cancel(payment, { amount: read.data.amount, reason: read.data.reason });
  const delivery = play === 'silent' ? 'never' : 'answer';
  return { answer: paymentAnswer(payment), effect: 'processed', delivery };
}

/** `GET /v1/orders/{orderNo}`. */
export function inquire(book: Book, mid: string, call: WireCall): Outcome {
  const orderNo = call.params.orderNo ?? '';
  call.about(orderNo);
  const payment = book.latestByOrder(mid, orderNo);
  return payment ? { answer: paymentAnswer(payment), effect: 'read' } : refused('NOT_FOUND');
}

export function refused(code: __Name__Code, status = 200): Outcome {
  return { answer: errorAnswer(code, status), effect: 'refused' };
}

function stateOf(payment: Payment): string {
  if (payment.approval === null) return 'NOT_APPROVED';
  if (payment.cancels.length === 0) return 'APPROVED';
  return balanceOf(payment) === 0 ? 'CANCELLED' : 'PARTIALLY_CANCELLED';
}

function paymentAnswer(payment: Payment): Answer {
  const { order, approval, cancels } = payment;
  return answer({
    code: 'OK',
    transactionId: order.transactionId,
    orderNo: order.acquirerOrderNo,
    state: stateOf(payment),
    amount: order.amount,
    balance: balanceOf(payment),
    approvalNo: approval?.approvalNo ?? '',
    approvedAt: approval ? koreanTime(new Date(approval.atMs)) : '',
    issuer: order.card?.issuer ?? '',
    cancels: cancels.map(({ movementId, amount, atMs }) => ({
      cancelId: movementId,
      amount,
      at: koreanTime(new Date(atMs)),
    })),
  });
}
