import { randomBytes } from 'node:crypto';
import type { Outcome } from '../core/acquirer';
import { cardProfile } from '../core/cards';
import { askCard } from './toss.approval';
import type { TossBook } from './toss.book';
import { tossCard } from './toss.cards';
import type { TossCode } from './toss.errors';
import type { TossRequest } from './toss.gate';
import type { TossBillingKey } from './toss.records';
import { tossTime } from './toss.time';
import {
  absentOr,
  AMOUNT_MAX,
  CARD_AMOUNT_MIN,
  CARD_RULES,
  type Checked,
  type Fields,
  fieldsOf,
  firstBroken,
  INSTALLMENT_RULES,
  isCardExpired,
  isOrderId,
  isText,
  isWon,
  ORDER_RULES,
  type Rule,
} from './toss.validation';

const CUSTOMER_KEY_MAX = 300;
const NO_USE = { installmentPlanMonths: 0, useCardPoint: false, useFreeInstallmentPlan: false };

const ISSUE_RULES: readonly Rule[] = [
  [(f) => !isText(f.customerKey), 'INVALID_REQUEST'],
  // Measured: a longer one breaks the server.
  [(f) => String(f.customerKey).length > CUSTOMER_KEY_MAX, 'FAILED_DB_PROCESSING'],
  ...CARD_RULES,
  [(f) => !absentOr(f.customerName, (v) => isText(v, 100)), 'INVALID_REQUEST'],
  [(f) => !absentOr(f.customerEmail, isText), 'INVALID_EMAIL'],
];

const CHARGE_RULES: readonly Rule[] = [
  [(f) => !isText(f.customerKey), 'INVALID_REQUEST'],
  ...ORDER_RULES,
  [(f) => !isText(f.orderName, 100), 'INVALID_ORDER_NAME'],
  [(f) => (f.amount as number) < CARD_AMOUNT_MIN, 'BELOW_MINIMUM_AMOUNT'],
  [(f) => (f.amount as number) > AMOUNT_MAX, 'EXCEED_MAX_AMOUNT'],
  ...INSTALLMENT_RULES,
  [(f) => !absentOr(f.taxFreeAmount, (v) => isWon(v) && v <= (f.amount as number)), 'INVALID_REQUEST'],
];

/**
 * `POST /v1/billing/authorizations/card` (TossPayments core API, "카드 자동결제 빌링키 발급"). Any card that could be real gets a
 * key; what a test card plays is played when it is charged.
 */
export function issueBillingKey(book: TossBook, request: TossRequest): Outcome {
  const fields = fieldsOf(request.call.body);
  const nowMs = book.nowMs();
  const code = firstBroken(fields, ISSUE_RULES);
  if (!fields || code) return request.refuse(code ?? 'INVALID_REQUEST');
  if (isCardExpired(fields, nowMs)) return request.refuse('INVALID_CARD_EXPIRATION');
  const cardNumber = fields.cardNumber as string;
  const profile = cardProfile(cardNumber);
  const key: TossBillingKey = {
    billingKey: `${randomBytes(24).toString('base64url')}=`,
    mid: request.mid,
    customerKey: fields.customerKey as string,
    card: tossCard(cardNumber, profile, NO_USE),
    profile,
    authenticatedAtMs: nowMs,
    removed: false,
  };
  book.billingKeys.put(key.billingKey, key);
  const answer = request.answer(200, JSON.stringify(billingBody(key)));
  const mark = request.markAs(answer);
  if (mark) book.commit({ kind: 'answer', mark });
  return { answer, effect: 'processed' };
}

/** The Billing object of version 2022-11-16. */
function billingBody({ mid, customerKey, billingKey, card, authenticatedAtMs }: TossBillingKey): object {
  const { number, issuerCode, cardType, ownerType } = card;
  return {
    mId: mid,
    customerKey,
    authenticatedAt: tossTime(authenticatedAtMs),
    method: '카드',
    billingKey,
    cardCompany: null,
    cardNumber: number,
    card: { issuerCode, acquirerCode: issuerCode, number, cardType, ownerType },
  };
}

/** `POST /v1/billing/{billingKey}`: the stored card does what its test number says. */
export function chargeBillingKey(book: TossBook, request: TossRequest): Outcome | Promise<Outcome> {
  const { mid, call } = request;
  const orderId = fieldsOf(call.body)?.orderId;
  if (isOrderId(orderId)) call.about(orderId);
  const checked = checkCharge(call.body);
  if ('code' in checked) return request.refuse(checked.code);
  const { value } = checked;
  const key = book.billingKeys.get(call.params.billingKey ?? '');
  const problem = keyProblem(key, request, value.customerKey);
  if (problem || !key) return request.refuse(problem ?? 'NOT_FOUND_BILLING');
  if (book.isOrderUsed(mid, value.orderId)) return request.refuse('DUPLICATED_ORDER_ID');
  const requestedAtMs = book.nowMs();
  const { customerKey: _customerKey, installmentPlanMonths, ...rest } = value;
  return askCard(key.profile, request, {
    decline: (code) => request.refuse(code),
    approve: (mark) => {
      // Asked again: a late approval leaves time for another one of the same order.
      if (book.isOrderUsed(mid, value.orderId)) return 'DUPLICATED_ORDER_ID';
      const paymentKey = book.newPaymentKey(requestedAtMs);
      const card = { ...key.card, installmentPlanMonths };
      const cancelPlay = key.profile.cancel;
      const order = { ...rest, paymentKey, requestedAtMs, card, billed: true, cancelPlay } as const;
      book.commit({ kind: 'approval', mid, order, approval: book.newApproval(), mark });
      return book.byKey(mid, paymentKey) ?? 'FAILED_DB_PROCESSING';
    },
  });
}

interface ChargeRequest {
  readonly customerKey: string;
  readonly orderId: string;
  readonly orderName: string;
  readonly amount: number;
  readonly taxFreeAmount: number;
  readonly installmentPlanMonths: number;
}

function checkCharge(body: unknown): Checked<ChargeRequest> {
  const fields = fieldsOf(body);
  const code = firstBroken(fields, CHARGE_RULES);
  if (!fields || code) return { code: code ?? 'INVALID_REQUEST' };
  return { value: chargeOf(fields) };
}

function chargeOf(fields: Fields): ChargeRequest {
  return {
    customerKey: fields.customerKey as string,
    orderId: fields.orderId as string,
    orderName: fields.orderName as string,
    amount: fields.amount as number,
    taxFreeAmount: (fields.taxFreeAmount ?? 0) as number,
    installmentPlanMonths: (fields.cardInstallmentPlan ?? 0) as number,
  };
}

function keyProblem(
  key: TossBillingKey | undefined,
  { mid }: TossRequest,
  customerKey: string | undefined,
): TossCode | undefined {
  if (key === undefined || key.mid !== mid) return 'NOT_FOUND_BILLING';
  if (key.removed) return 'ALREADY_REMOVED_BILLING_KEY';
  return customerKey === undefined || key.customerKey === customerKey
    ? undefined
    : 'NOT_MATCHES_CUSTOMER_KEY';
}

/** `DELETE /v1/billing/{billingKey}`: answers 200 with nothing in it, as measured. */
export function removeBillingKey(book: TossBook, request: TossRequest): Outcome {
  const key = book.billingKeys.get(request.call.params.billingKey ?? '');
  const problem = keyProblem(key, request, undefined);
  if (problem || !key) return request.refuse(problem ?? 'NOT_FOUND_BILLING');
  book.billingKeys.put(key.billingKey, { ...key, removed: true });
  return { answer: request.answer(200, ''), effect: 'processed' };
}
