import { randomInt } from 'node:crypto';
import type { BookedCashReceipt, Outcome } from '../core/acquirer';
import { type InicisBook, midOfTid } from './inicis.book';
import { opened } from './inicis.crypto';
import { type InicisRequest, json, textOf } from './inicis.gate';
import { refundedBody } from './inicis.refund';
import { dateOf, timeOf } from './inicis.time';

const APPROVAL_NOS = 1_000_000_000;

/**
 * `POST /api/v1/receipt`, Issue: a cash receipt. It bears no order number of the merchant's, so the same call again
 * makes another one: when KG Inicis takes one for a double (659) is not published. Whose it is is not kept.
 */
export function issueReceipt(book: InicisBook, { contract, fields, refuse }: InicisRequest): Outcome {
  const text = (name: string) => textOf(fields[name]);
  const won = ['crPrice', 'supPrice', 'tax', 'srcvPrice'].map((name) => text(name));
  if (!won.every((part) => /^\d{1,12}$/.test(part))) return refuse('500609');
  const [total = 0, supply = 0, tax = 0, service = 0] = won.map(Number);
  if (total === 0) return refuse('500701');
  if (total !== supply + tax + service) return refuse('500656');
  if (!/^[01]$/.test(text('useOpt'))) return refuse('500657');
  if (text('goodName') === '' || text('buyerName') === '' || text('currency') !== 'WON')
    return refuse('500252');
  const identity = opened(contract, text('regNum'));
  if (identity === undefined) return refuse('500200');
  if (!/^\d{10,18}$/.test(identity)) return refuse('500658');
  const { mid } = contract;
  const tid = book.newTid('INIAPICSHR', mid);
  const authNo = newApprovalNo();
  const atMs = book.nowMs();
  book.keepReceipt({ mid, tid, amount: total, authNo, atMs, cancel: null });
  const members = {
    ...{ resultCode: '00', resultMsg: '정상처리되었습니다.', tid, authNo },
    ...{ authDate: dateOf(atMs), authTime: timeOf(atMs), detailCode: '00' },
  };
  return { answer: json(members), effect: 'processed' };
}

/** Refund by Receipt: cancels all of a cash receipt. */
export function cancelReceipt(book: InicisBook, { contract, fields, refuse }: InicisRequest): Outcome {
  const tid = textOf(fields.tid);
  if (tid.length !== 40) return refuse('500252');
  if (midOfTid(tid) !== contract.mid) return refuse('500621');
  const receipt = book.receipts.get(tid);
  if (receipt === undefined) return refuse('500623');
  if (receipt.cancel !== null) return refuse('500626');
  const cancel = { authNo: newApprovalNo(), atMs: book.nowMs() };
  book.receipts.put(tid, { ...receipt, cancel });
  return { answer: json(refundedBody(cancel.atMs, cancel.authNo)), effect: 'processed' };
}

/** All receipts with their cancels, as the control interface tells them: none bears a number of the merchant's. */
export function bookedReceipts(book: InicisBook): BookedCashReceipt[] {
  return [...book.receipts.values()].flatMap(({ mid, tid, amount, authNo, atMs, cancel }) => {
    const of = { mid, receiptId: tid, acquirerOrderNo: '', amount };
    const issue = { ...of, kind: 'issue' as const, approvalNo: authNo, originalApprovalNo: null, atMs };
    if (cancel === null) return [issue];
    const done = { approvalNo: cancel.authNo, originalApprovalNo: authNo, atMs: cancel.atMs };
    return [issue, { ...of, ...done, kind: 'cancel' as const }];
  });
}

function newApprovalNo(): string {
  return String(randomInt(APPROVAL_NOS)).padStart(9, '0');
}
