import type { Deposit, Exchange, Outcome, PlayResult, WireCall } from '../core/acquirer';
import type { DepositRefusal } from '../core/virtual-accounts';
import { bankName, issuesAccounts } from './nicepay.banks';
import type { AccountPart, NicepayBook, NicepayPayment } from './nicepay.book';
import { messageOf, type NicepayCode } from './nicepay.codes';
import { contractOfMid } from './nicepay.credentials';
import { checkTid } from './nicepay.key-in.rules';
import { type LegacyRequest, openLegacy } from './nicepay.legacy';
import { compactDay, compactTime, readExpiry, tidTime } from './nicepay.time';
import type { NicepayWebhooks } from './nicepay.webhooks';

const AMOUNT_DIGITS = 12;
const MOID_MAX = 64;
/** Whose name stands on an account where no other was agreed on (unconfirmed). */
const HOLDER = '나이스페이';

const RULES = {
  required: [
    ...['TID', 'MID', 'EdiDate', 'Moid', 'Amt', 'GoodsName', 'SignData'],
    ...['CashReceiptType', 'BankCode', 'VbankExpDate'],
  ],
  signed: ['MID', 'Amt', 'EdiDate', 'Moid'],
};

/** `POST /webapi/get_vacount.jsp`: issues an account to a TID that the merchant made up. It is paid by its deposit. */
export function openAccountIssue(book: NicepayBook, call: WireCall): Exchange {
  return openLegacy(call, RULES, (request) => issue(book, request));
}

function issue(book: NicepayBook, request: LegacyRequest): Outcome {
  const checked = checkIssue(book, request);
  if ('code' in checked) return request.refuse(checked.code);
  const { amount, dueAtMs } = checked;
  const tid = request.field('TID');
  const bankCode = request.field('BankCode');
  const holder = request.field('VbankAccountName') || HOLDER;
  const account = book.accounts.open({
    mid: request.mid,
    transactionId: tid,
    bankCode,
    holder,
    amount,
    dueAtMs,
  });
  const payment = book.open(
    request.mid,
    {
      transactionId: tid,
      acquirerOrderNo: request.field('Moid'),
      amount,
      taxFreeAmount: request.won('TaxFreeAmt') ?? 0,
      requestedAtMs: book.nowMs(),
      installmentMonths: 0,
      card: null,
      extra: {
        via: 'LEGACY_ACCOUNT',
        account: { bankCode, accountNumber: account.accountNumber, holder, dueAtMs },
        goodsName: request.field('GoodsName'),
        interestFree: false,
        buyerName: request.fields.BuyerName ?? null,
        buyerTel: request.fields.BuyerTel ?? null,
        buyerEmail: request.fields.BuyerEmail ?? null,
        mallReserved: request.fields.MallReserved ?? null,
      },
    },
    null,
  );
  return { answer: request.answer(issuedFields(payment, account)), effect: 'processed' };
}

type Checked = { readonly amount: number; readonly dueAtMs: number } | { readonly code: NicepayCode };

function checkIssue(book: NicepayBook, request: LegacyRequest): Checked {
  const tidProblem = checkTid(request.field('TID'), request.mid, '0301');
  if (tidProblem) return { code: tidProblem };
  if (Buffer.byteLength(request.field('Moid')) > MOID_MAX) return { code: '9001' };
  const amount = request.won('Amt');
  if (amount === null) return { code: 'A116' };
  if (amount === 0) return { code: '4141' };
  if (!issuesAccounts(request.field('BankCode'))) return { code: '4104' };
  const receipt = request.field('CashReceiptType');
  if (!/^[012]$/.test(receipt)) return { code: '7013' };
  if (receipt !== '0' && !/^\d{10,11}$/.test(request.field('ReceiptTypeNo'))) return { code: '7012' };
  const dueAtMs = readExpiry(request.field('VbankExpDate'));
  if (dueAtMs === null) return { code: '4102' };
  if (dueAtMs <= book.nowMs()) return { code: 'A107' };
  const used = usedAlready(book, request);
  return used ? { code: used } : { amount, dueAtMs };
}

function usedAlready(book: NicepayBook, request: LegacyRequest): NicepayCode | undefined {
  if (book.isTidUsed(request.mid, request.field('TID'))) return 'A225';
  const same = book.byOrder(request.mid, request.field('Moid'));
  return same.some(({ approval, order }) => approval !== null || order.extra.account) ? 'A127' : undefined;
}

function issuedFields(
  { order }: NicepayPayment,
  account: Pick<AccountPart, 'accountNumber' | 'bankCode' | 'dueAtMs'>,
): Readonly<Record<string, string>> {
  const { accountNumber, bankCode, dueAtMs } = account;
  return {
    ResultCode: '4100',
    ResultMsg: messageOf('4100'),
    TID: order.transactionId,
    Moid: order.acquirerOrderNo,
    Amt: String(order.amount).padStart(AMOUNT_DIGITS, '0'),
    AuthDate: tidTime(order.requestedAtMs),
    VbankBankCode: bankCode,
    VbankBankName: bankName(bankCode),
    VbankNum: accountNumber,
    VbankExpDate: compactDay(dueAtMs),
    VbankExpTime: compactTime(dueAtMs).slice(8),
  };
}

const REFUSALS: Readonly<Record<DepositRefusal, string>> = {
  closed: 'The account was closed.',
  expired: 'The account has run out.',
  done: 'The account was paid into already.',
  amount: 'The amount is not the one that the account was issued for.',
};

/** A payer's transfer; null where the account is none of NICEPAY's. */
export function deposit(
  parts: { readonly book: NicepayBook; readonly webhooks: NicepayWebhooks },
  accountNumber: string,
  transfer: Deposit,
): PlayResult | null {
  const { book, webhooks } = parts;
  const account = book.accounts.byNumber(accountNumber);
  if (account === undefined) return null;
  const refusal = book.accounts.refusal(account, transfer);
  if (refusal !== null) return { problem: REFUSALS[refusal] };
  const contract = contractOfMid(account.mid);
  if (contract === undefined) return { problem: 'The contract of the account is gone.' };
  book.accounts.moveTo(account, 'DONE');
  const payment = book.approve(account.mid, account.transactionId);
  webhooks.tellDeposit(payment, contract, transfer.depositor);
  return { data: { tid: account.transactionId, orderId: payment.order.acquirerOrderNo } };
}

/**
 * What a cancel does to an account: takes it back while nobody has paid into it, and sends a deposit on to an account
 * of the payer. Which code a deposit without such an account gets is not documented; 2014 here (unconfirmed).
 */
export function accountProblem(
  payment: NicepayPayment,
  wish: { readonly amount: number; readonly hasRefundAccount: boolean },
): NicepayCode | undefined {
  if (!payment.order.extra.account) return undefined;
  if (payment.failure) return '2013';
  if (payment.approval) return wish.hasRefundAccount ? undefined : '2014';
  return wish.amount === payment.order.amount ? undefined : '2011';
}

export function isWaiting({ order, approval, failure }: NicepayPayment): boolean {
  return order.extra.account !== undefined && approval === null && failure === null;
}
