import type { Deposit, Outcome, PlayResult } from '../core/acquirer';
import type { DepositRefusal, VirtualAccount } from '../core/virtual-accounts';
import { commonBankCode, issuingBank } from './toss.banks';
import type { TossBook } from './toss.book';
import type { TossRequest } from './toss.gate';
import type { TossPayment } from './toss.payment';
import type { TossAccount, TossOrder } from './toss.records';
import { parseTossDueDate } from './toss.time';
import {
  absentOr,
  AMOUNT_MAX,
  type Checked,
  type Fields,
  fieldsOf,
  firstBroken,
  isOrderId,
  isText,
  isWon,
  ORDER_RULES,
  type Rule,
} from './toss.validation';

const HOUR_MS = 60 * 60_000;
const VALID_HOURS_DEFAULT = 168;
const VALID_HOURS_MAX = 2_160;
const ACCOUNT_AMOUNT_MIN = 200;
/** Account numbers issued with test keys begin with it. */
const TEST_PREFIX = 'X';

interface IssueRequest {
  readonly orderId: string;
  readonly orderName: string;
  readonly amount: number;
  readonly taxFreeAmount: number;
  readonly customerName: string;
  readonly bankCode: string;
  readonly dueAtMs: number;
}

const RULES: readonly Rule[] = [
  ...ORDER_RULES,
  [(f) => !isText(f.orderName, 100), 'INVALID_ORDER_NAME'],
  [(f) => (f.amount as number) < ACCOUNT_AMOUNT_MIN, 'BELOW_MINIMUM_AMOUNT'],
  [(f) => (f.amount as number) > AMOUNT_MAX, 'EXCEED_MAX_AMOUNT'],
  [(f) => !isText(f.customerName, 100), 'INVALID_REQUEST'],
  [(f) => !isText(f.bank) || issuingBank(f.bank) === undefined, 'INVALID_BANK'],
  [(f) => !absentOr(f.validHours, (v) => isWon(v) && v > 0), 'INVALID_REQUEST'],
  [(f) => Number(f.validHours ?? 1) > VALID_HOURS_MAX, 'EXCEED_MAX_VALID_HOURS'],
  [(f) => !absentOr(f.dueDate, (v) => parseTossDueDate(v) !== undefined), 'INVALID_REQUEST'],
  [(f) => !absentOr(f.taxFreeAmount, (v) => isWon(v) && v <= (f.amount as number)), 'INVALID_REQUEST'],
];

function checkIssue(body: unknown, nowMs: number): Checked<IssueRequest> {
  const fields = fieldsOf(body);
  const code = firstBroken(fields, RULES);
  if (!fields || code) return { code: code ?? 'INVALID_REQUEST' };
  const dueAtMs = dueAt(fields, nowMs);
  if (dueAtMs <= nowMs) return { code: 'INVALID_REQUEST' };
  if (dueAtMs > nowMs + VALID_HOURS_MAX * HOUR_MS) return { code: 'EXCEED_MAX_DUE_DATE' };
  return {
    value: {
      orderId: fields.orderId as string,
      orderName: fields.orderName as string,
      amount: fields.amount as number,
      taxFreeAmount: (fields.taxFreeAmount ?? 0) as number,
      customerName: fields.customerName as string,
      bankCode: issuingBank(fields.bank as string) ?? '',
      dueAtMs,
    },
  };
}

const dueAt = (fields: Fields, nowMs: number): number =>
  parseTossDueDate(fields.dueDate) ??
  nowMs + ((fields.validHours ?? VALID_HOURS_DEFAULT) as number) * HOUR_MS;

/** `POST /v1/virtual-accounts` (TossPayments core API, "가상계좌 발급 요청"). */
export function issueVirtualAccount(book: TossBook, request: TossRequest): Outcome {
  const { body } = request.call;
  const orderId = fieldsOf(body)?.orderId;
  if (isOrderId(orderId)) request.call.about(orderId);
  const requestedAtMs = book.nowMs();
  const checked = checkIssue(body, requestedAtMs);
  if ('code' in checked) return request.refuse(checked.code);
  const { value } = checked;
  if (book.isOrderUsed(request.mid, value.orderId)) return request.refuse('DUPLICATED_ORDER_ID');
  const order: TossOrder = {
    paymentKey: book.newPaymentKey(requestedAtMs),
    orderId: value.orderId,
    orderName: value.orderName,
    amount: value.amount,
    taxFreeAmount: value.taxFreeAmount,
    requestedAtMs,
    card: null,
    method: '가상계좌',
  };
  return openAccount(book, request, order, value);
}

/** Issues the account of an order. The idempotency key keeps the answer's text, since the payment changes by itself. */
export function openAccount(
  book: TossBook,
  request: TossRequest,
  order: TossOrder,
  wish: Pick<TossAccount, 'customerName' | 'bankCode' | 'dueAtMs'>,
): Outcome {
  const { mid } = request;
  const { customerName, bankCode, dueAtMs } = wish;
  const opened = book.accounts.open({
    mid,
    transactionId: order.paymentKey,
    bankCode: commonBankCode(bankCode),
    holder: customerName,
    amount: order.amount,
    dueAtMs,
  });
  const account = { accountNumber: TEST_PREFIX + opened.accountNumber, bankCode, customerName, dueAtMs };
  const waiting: TossPayment = { order, mid, approval: null, failure: null, cancels: [], account };
  const answer = request.paymentAnswer(waiting);
  book.commit({ kind: 'issue', mid, order, account, mark: request.markAs(answer) });
  return { answer, effect: 'processed' };
}

/** The bank's account of a payment; undefined where it has none. */
export function accountOf(book: TossBook, { account }: TossPayment): VirtualAccount | undefined {
  return account && book.accounts.byNumber(account.accountNumber.slice(TEST_PREFIX.length));
}

const REFUSALS: Readonly<Record<DepositRefusal, string>> = {
  closed: 'The account is closed; the bank refuses the deposit.',
  expired: 'The account has run out; the bank refuses the deposit.',
  done: 'The account was paid already; the bank refuses the deposit.',
  amount: 'TossPayments takes the exact amount only; the bank refuses the deposit.',
};

/** Plays a depositor. Null where TossPayments has not issued the account. */
export function deposit(book: TossBook, accountNumber: string, paid: Deposit): PlayResult | null {
  const digits = accountNumber.startsWith(TEST_PREFIX) ? accountNumber.slice(TEST_PREFIX.length) : '';
  const account = book.accounts.byNumber(digits);
  if (account === undefined) return null;
  const refusal = book.accounts.refusal(account, paid);
  if (refusal !== null) return { problem: REFUSALS[refusal] };
  book.accounts.moveTo(account, 'DONE');
  const { transactionId: paymentKey } = account;
  book.commit({ kind: 'deposit', paymentKey, approval: book.newApproval(), depositor: paid.depositor });
  return { data: { paymentKey, status: 'DONE' } };
}

/** What the payer of a window chose: Shinhan, for a week. */
export function openWindowAccount(book: TossBook, request: TossRequest, payment: TossPayment): Outcome {
  const dueAtMs = book.nowMs() + VALID_HOURS_DEFAULT * HOUR_MS;
  return openAccount(book, request, payment.order, {
    customerName: 'Sandbox payer',
    bankCode: '88',
    dueAtMs,
  });
}
