import type { Outcome } from '../core/acquirer';
import type { InicisBook } from './inicis.book';
import { midOfTid } from './inicis.book';
import { opened } from './inicis.crypto';
import { type InicisRequest, json, textOf } from './inicis.gate';
import { refundedBody } from './inicis.refund';
import { dateOf, parseCompactTime, timeOf } from './inicis.time';
import { checkAccountOrder } from './inicis.validation';

/** Banks by KG Inicis' two digits, the last two of the clearing institute's three. */
const BANKS: ReadonlySet<string> = new Set(
  '02 03 04 07 11 12 20 23 27 31 32 34 35 37 39 45 48 50 54 64 71 81 88 89 90 92'.split(' '),
);
const HOLDER = '이니시스';

/** `POST /api/v1/formpay`, Pay by Vacct: an account of the wished bank that waits for exactly this amount. */
export function issueAccount(book: InicisBook, request: InicisRequest): Outcome {
  const { call, contract, fields, refuse } = request;
  const { mid } = contract;
  call.about(textOf(fields.moid));
  const asked = checkAccountOrder(fields);
  if (typeof asked === 'string') return refuse(asked);
  if (book.byOrder(mid, asked.moid).length > 0) return refuse('504619');
  const bank = textOf(fields.bankCode);
  if (!BANKS.has(bank)) return refuse('504652');
  const date = textOf(fields.dtInput);
  if (parseCompactTime(`${date}000000`) === undefined) return refuse('504640');
  const dueAtMs = parseCompactTime(`${date}${textOf(fields.tmInput)}59`);
  if (dueAtMs === undefined) return refuse('504641');
  if (dueAtMs <= book.nowMs()) return refuse('504640');
  if (textOf(fields.nmInput) === '') return refuse('504643');
  const transactionId = book.newTid('INIAPIVBNK', mid);
  const { moid, amount, taxFreeAmount, goodName, buyerName, buyerTel, buyerEmail } = asked;
  const requestedAtMs = book.nowMs();
  const method = 'VIRTUAL_ACCOUNT';
  const extra = { goodName, buyerName, buyerTel, buyerEmail, method } as const;
  const order = { transactionId, acquirerOrderNo: moid, amount, taxFreeAmount, requestedAtMs, extra };
  book.open(mid, { ...order, installmentMonths: 0, card: null }, null);
  const bankCode = `0${bank}`;
  const account = book.accounts.open({ mid, transactionId, bankCode, holder: HOLDER, amount, dueAtMs });
  const members = {
    ...{ resultCode: '00', resultMsg: '정상처리되었습니다.', tid: transactionId, price: String(amount) },
    ...{ authDate: dateOf(requestedAtMs), authTime: timeOf(requestedAtMs) },
    ...{ vacct: account.accountNumber, vacctName: HOLDER, vacctBankCode: bank },
    ...{ validDate: dateOf(dueAtMs), validTime: timeOf(dueAtMs), detailCode: '00' },
  };
  return { answer: json(members), effect: 'processed' };
}

/** Refund by GVacct: releases an account that nobody has paid into. */
export function releaseAccount(book: InicisBook, { call, contract, fields, refuse }: InicisRequest): Outcome {
  const tid = textOf(fields.tid);
  if (tid.length !== 40) return refuse('504252');
  if (midOfTid(tid) !== contract.mid) return refuse('504621');
  const account = book.accounts.byTransaction(tid);
  if (account === undefined) return refuse('504623');
  call.about(book.byTransaction(contract.mid, tid)?.order.acquirerOrderNo ?? '');
  if (account.state === 'CLOSED') return refuse('504626');
  if (account.state === 'DONE') return refuse('504628');
  book.accounts.moveTo(account, 'CLOSED');
  return { answer: json(refundedBody(book.nowMs())), effect: 'processed' };
}

/** Refund and PartialRefund by Vacct: a deposit goes to the account that the payer names. */
export function refundDeposit(
  book: InicisBook,
  request: InicisRequest,
  give: (book: InicisBook, request: InicisRequest) => Outcome,
): Outcome {
  const { contract, fields, refuse } = request;
  const accountNumber = opened(contract, textOf(fields.refundAcctNum));
  if (accountNumber === undefined) return refuse('504200');
  const isNamed = /^\d{6,16}$/.test(accountNumber) && textOf(fields.refundAcctName) !== '';
  if (!isNamed || !BANKS.has(textOf(fields.refundBankCode))) return refuse('504643');
  return give(book, request);
}
