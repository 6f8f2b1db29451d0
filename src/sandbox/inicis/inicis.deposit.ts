import { encode } from 'iconv-lite';
import type { AcquirerContext, Deposit, PlayResult } from '../core/acquirer';
import type { VirtualAccount } from '../core/virtual-accounts';
import type { InicisBook, InicisPayment } from './inicis.book';
import { dateOf, timeOf } from './inicis.time';

/** KG Inicis repeats a notice ten times until it reads `OK`; how long it waits between them is not published. */
const RETRY_PAUSES_MS = Array.from({ length: 10 }, () => 60_000);

/** A payer's transfer into one of our accounts: booked, then told. Null where the account is not ours. */
export function depositInto(
  context: AcquirerContext,
  book: InicisBook,
  accountNumber: string,
  deposit: Deposit,
): PlayResult | null {
  const account = book.accounts.byNumber(accountNumber);
  if (account === undefined) return null;
  const refusal = book.accounts.refusal(account, deposit);
  if (refusal !== null) return { problem: `The bank sent the deposit back: ${refusal}.` };
  book.accounts.moveTo(account, 'DONE');
  book.depositors.put(account.transactionId, deposit.depositor);
  const payment = book.approve(account.mid, account.transactionId);
  tellDeposit(context, noticeOf({ book, payment, account }, deposit));
  const { transactionId, acquirerOrderNo } = payment.order;
  return { data: { tid: transactionId, orderId: acquirerOrderNo, amount: deposit.amount } };
}

/** Leaves only when what it tells of is on the disk. */
function tellDeposit({ journal, webhooks }: AcquirerContext, body: string): void {
  if (!webhooks.isOpen) return;
  const send = () =>
    webhooks.send({
      operation: 'virtualAccount',
      body,
      contentType: 'application/x-www-form-urlencoded; charset=EUC-KR',
      accepted: (_status, answer) => answer === 'OK',
      retryPausesMs: RETRY_PAUSES_MS,
    });
  void (journal.barrier() ?? Promise.resolve()).then(send, () => undefined);
}

/** The fields of the PC notice (KG Inicis manual, "입금통보"): `no_tid` is the deposit's, `no_req_tid` the account's. */
function noticeOf(
  about: { readonly book: InicisBook; readonly payment: InicisPayment; readonly account: VirtualAccount },
  { amount, depositor }: Deposit,
): string {
  const { book, payment, account } = about;
  const atMs = payment.approval?.atMs ?? 0;
  const bank = account.bankCode.slice(1);
  const noTid = book.newTid('StdpayNOTI', account.mid);
  return eucKrForm({
    ...{ no_tid: noTid, no_oid: payment.order.acquirerOrderNo, id_merchant: account.mid },
    ...{ cd_bank: bank, cd_deal: bank, dt_trans: dateOf(atMs), tm_trans: timeOf(atMs) },
    ...{ no_msgseq: noTid.slice(-10), cd_joinorg: '20000050', dt_transbase: dateOf(atMs) },
    ...{ type_msg: '0200', cl_trans: '1100', cl_close: '0', cl_kor: '2', no_vacct: account.accountNumber },
    ...{ amt_input: String(amount), amt_check: '0', nm_inputbank: '신한은행', nm_input: depositor },
    ...{ flg_close: '0', dt_cshr: '', tm_cshr: '', no_cshr_appl: '', no_cshr_tid: '' },
    no_req_tid: account.transactionId,
  });
}

function eucKrForm(fields: Readonly<Record<string, string>>): string {
  return Object.entries(fields)
    .map(([name, value]) => `${name}=${escaped(value)}`)
    .join('&');
}

function escaped(text: string): string {
  const bytes = [...encode(text, 'euc-kr')].map((byte) =>
    /[\w.-]/.test(String.fromCharCode(byte))
      ? String.fromCharCode(byte)
      : `%${byte.toString(16).toUpperCase().padStart(2, '0')}`,
  );
  return bytes.join('');
}
