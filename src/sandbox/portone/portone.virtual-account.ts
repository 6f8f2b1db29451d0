import type { Deposit, Outcome, PlayResult } from '../core/acquirer';
import type { DepositRefusal } from '../core/virtual-accounts';
import { cutMerchantUid, type PortoneBooks, type PortonePayment } from './portone.books';
import { bankName, failure, issuesAccounts } from './portone.cards';
import { envelope, read, refusal, REFUSALS, refused, wrongParameter } from './portone.envelope';
import { bodyFields, type Fields, queryFields, wonOf } from './portone.fields';
import type { PortoneRequest } from './portone.gate';
import { CLOSED, paymentView } from './portone.payment';
import { brokenField, isText, isWon, matches, type Rule, textOrNull } from './portone.validation';
import { tellAccount } from './portone.webhooks';

/** The schema's fields, with those that NICEPAY needs. */
const RULES: readonly Rule[] = [
  ['channel_key', true, (value) => isText(value, 100)],
  ['merchant_uid', true, (value) => isText(value, 100)],
  ['amount', true, (value) => (wonOf(value) ?? 0) > 0],
  ['vbank_code', true, (value) => isText(value, 4)],
  ['vbank_due', true, isWon],
  ['vbank_holder', true, (value) => isText(value, 16)],
  ['name', false, (value) => isText(value, 40)],
  ['buyer_name', false, (value) => isText(value, 16)],
  ['buyer_email', false, (value) => isText(value, 64)],
  ['buyer_tel', false, (value) => isText(value, 16)],
  ['tax_free', false, isWon],
  ['vat_amount', false, isWon],
];

/** `POST /vbanks`. An order number that is not paid yet may have any number of accounts that wait. */
export function issueAccount(request: PortoneRequest): Outcome {
  const { call, contract, mid, books, fault } = request;
  const fields = bodyFields(call);
  if (!fields) return refused(wrongParameter('body'));
  if (typeof fields.merchant_uid === 'string') call.about(cutMerchantUid(fields.merchant_uid));
  const broken = brokenField(fields, RULES);
  if (broken !== undefined) return refused(wrongParameter(broken));
  if (fields.channel_key !== contract.channelKey) return refused(REFUSALS.noProvider);
  if (books.payments.isOrderUsed(mid, cutMerchantUid(String(fields.merchant_uid))))
    return refused(REFUSALS.paidAlready);
  const problem = fault ?? providersProblem(books, fields);
  if (problem) return refused(refusal(-1, problem.message));
  const payment = openAccount(request, fields);
  tellAccount(books.context, payment);
  return { answer: envelope(paymentView(payment)), effect: 'processed' };
}

function providersProblem(books: PortoneBooks, fields: Fields) {
  if (!issuesAccounts(String(fields.vbank_code))) return failure('4104');
  if ((wonOf(fields.vbank_due) ?? 0) * 1_000 <= books.nowMs()) return failure('4102');
  return (wonOf(fields.tax_free) ?? 0) > (wonOf(fields.amount) ?? 0) ? failure('4141') : undefined;
}

function openAccount({ contract, mid, books }: PortoneRequest, fields: Fields): PortonePayment {
  const transactionId = books.newImpUid(mid);
  const amount = wonOf(fields.amount) ?? 0;
  const bankCode = String(fields.vbank_code);
  const dueAtMs = (wonOf(fields.vbank_due) ?? 0) * 1_000;
  const holder = String(fields.vbank_holder);
  const { accountNumber } = books.accounts.open({ mid, transactionId, bankCode, holder, amount, dueAtMs });
  const order = {
    transactionId,
    acquirerOrderNo: cutMerchantUid(String(fields.merchant_uid)),
    amount,
    taxFreeAmount: wonOf(fields.tax_free) ?? 0,
    requestedAtMs: books.nowMs(),
    installmentMonths: 0,
    card: null,
    extra: {
      name: textOrNull(fields.name),
      buyerName: textOrNull(fields.buyer_name),
      buyerEmail: textOrNull(fields.buyer_email),
      buyerTel: textOrNull(fields.buyer_tel),
      customData: textOrNull(fields.custom_data),
      payMethod: 'vbank',
      channel: 'api',
      pg: contract.pg,
      pgTid: books.newPgTid(contract.pg),
      webhookAs: 'json',
      account: { bankCode, accountNumber, holder, dueAtMs },
    },
  } as const;
  return books.payments.open(mid, order, null);
}

/**
 * `DELETE /vbanks/{imp_uid}`: an account that waits is closed. That its payment is `cancelled` then is not documented;
 * nothing was paid, so nothing is cancelled of the amount.
 */
export function closeAccount(request: PortoneRequest): Outcome {
  const { call, mid, books, fault } = request;
  const payment = books.payments.byTransaction(mid, call.params.imp_uid ?? '');
  if (!payment) return refused(REFUSALS.noPayment);
  call.about(payment.order.acquirerOrderNo);
  const account = books.accounts.byTransaction(payment.order.transactionId);
  if (account?.state !== 'WAITING') return refused(REFUSALS.notWaiting);
  if (fault) return refused(refusal(-1, fault.message));
  books.accounts.moveTo(account, 'CLOSED');
  books.payments.fail(mid, payment.order.transactionId, { code: CLOSED, message: '가상계좌 말소' });
  return { answer: envelope(paymentView(payment)), effect: 'processed' };
}

const DEPOSIT_REFUSALS: Readonly<Record<DepositRefusal, string>> = {
  closed: 'The account is closed; the bank refuses the deposit.',
  expired: 'The account has run out; the bank refuses the deposit.',
  done: 'The account was paid already; the bank refuses the deposit.',
  amount: 'The account takes the exact amount only; the bank refuses the deposit.',
};

/** Plays a depositor; null where PortOne has not issued the account. Who paid in PortOne does not tell. */
export function deposit(books: PortoneBooks, accountNumber: string, paid: Deposit): PlayResult | null {
  const account = books.accounts.byNumber(accountNumber);
  if (account === undefined) return null;
  const refusal = books.accounts.refusal(account, paid);
  if (refusal !== null) return { problem: DEPOSIT_REFUSALS[refusal] };
  books.accounts.moveTo(account, 'DONE');
  const payment = books.payments.approve(account.mid, account.transactionId);
  tellAccount(books.context, payment);
  return { data: { imp_uid: account.transactionId, status: 'paid' } };
}

/** An account of the sandbox's bank that nobody owns ends so. */
const NOBODYS = /0000$/;
const HOLDER = '홍길동';

/** `GET /vbanks/holder`: accounts of PortOne's own are their holders', all others one person's. */
export function accountHolder({ call, books }: PortoneRequest): Outcome {
  const { bank_code: bankCode, bank_num: number } = queryFields(call);
  if (typeof bankCode !== 'string' || bankName(bankCode) === null)
    return refused(wrongParameter('bank_code'));
  if (!matches(number, /^[\d-]{6,20}$/)) return refused(wrongParameter('bank_num'));
  const digits = String(number).replaceAll('-', '');
  if (NOBODYS.test(digits)) return refused(REFUSALS.noHolder);
  return read({ bank_holder: books.accounts.byNumber(digits)?.holder ?? HOLDER });
}
