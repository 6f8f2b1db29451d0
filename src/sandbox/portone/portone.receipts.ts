import type { BookedCashReceipt, Outcome } from '../core/acquirer';
import { cutMerchantUid, type PortoneBooks, type PortoneReceipt } from './portone.books';
import { envelope, read, refusal, REFUSALS, refused, type Refusal, wrongParameter } from './portone.envelope';
import { bodyFields, type Fields, wonOf } from './portone.fields';
import type { PortoneRequest } from './portone.gate';
import { unix } from './portone.payment';
import { brokenField, isText, isWon, matches, type Rule } from './portone.validation';

const VAT_PARTS = 11;
const TYPES: readonly unknown[] = ['person', 'company'];
/** Whom a receipt is for, by what the identifier is. NICEPAY takes no cards for cash receipts by way of PortOne. */
const IDENTIFIERS: Readonly<Record<string, RegExp>> = {
  phone: /^\d{10,11}$/,
  business: /^\d{10}$/,
  person: /^\d{13}$/,
};

/** The schema's fields, with those that NICEPAY needs. */
const RULES: readonly Rule[] = [
  ['channel_key', true, (value) => isText(value, 100)],
  ['name', true, (value) => isText(value, 100)],
  ['amount', true, (value) => (wonOf(value) ?? 0) > 0],
  ['identifier', true, (value) => isText(value, 30)],
  ['identifier_type', true, (value) => isText(value, 20)],
  ['type', true, (value) => TYPES.includes(value)],
  ['tax_free', false, isWon],
  ['vat_amount', false, isWon],
];

/** What a provider refuses comes as HTTP 500: neither this call nor its answer is at fault, says the schema. */
const providerRefusal = (message: string): Refusal => refusal(-1, message, 500);

/** `POST /receipts/external/{merchant_uid}`: one for an order number, even if it was cancelled since. */
export function issueReceipt(request: PortoneRequest): Outcome {
  const { contract, mid, books, fault } = request;
  const merchantUid = merchantUidOf(request);
  const fields = bodyFields(request.call);
  if (!fields) return refused(wrongParameter('body'));
  const broken = brokenField(fields, RULES);
  if (broken !== undefined) return refused(wrongParameter(broken));
  if (fields.channel_key !== contract.channelKey) return refused(REFUSALS.noProvider);
  if (books.receipt(mid, merchantUid)) return refused(REFUSALS.receiptAlready);
  const problem = fault?.message ?? providersProblem(fields);
  if (problem !== undefined) return refused(providerRefusal(problem));
  const amount = wonOf(fields.amount) ?? 0;
  const receipt = books.keepReceipt({
    mid,
    merchantUid,
    type: fields.type === 'company' ? 'company' : 'person',
    amount,
    vat: wonOf(fields.vat_amount) ?? Math.round((amount - (wonOf(fields.tax_free) ?? 0)) / VAT_PARTS),
    applyNum: books.newReceiptNo(),
    appliedAtMs: books.nowMs(),
    cancelledAtMs: null,
  });
  return { answer: envelope(receiptView(receipt)), effect: 'processed' };
}

function providersProblem(fields: Fields): string | undefined {
  const pattern = IDENTIFIERS[String(fields.identifier_type)];
  if (pattern === undefined || !matches(fields.identifier, pattern)) return '[7012] 현금영수증 식별번호 오류';
  return (wonOf(fields.tax_free) ?? 0) > (wonOf(fields.amount) ?? 0)
    ? '[U319] 면세금액이 올바르지 않습니다'
    : undefined;
}

/** `GET /receipts/external/{merchant_uid}`. */
export function findReceipt(request: PortoneRequest): Outcome {
  const receipt = request.books.receipt(request.mid, merchantUidOf(request));
  return receipt ? read(receiptView(receipt)) : refused(REFUSALS.noReceipt);
}

/** `DELETE /receipts/external/{merchant_uid}`: all of it. What a second one gets is not documented; refused here. */
export function cancelReceipt(request: PortoneRequest): Outcome {
  const { mid, books, fault } = request;
  const receipt = books.receipt(mid, merchantUidOf(request));
  if (!receipt) return refused(REFUSALS.noReceipt);
  if (fault) return refused(providerRefusal(fault.message));
  if (receipt.cancelledAtMs !== null) return refused(providerRefusal('이미 취소된 현금영수증입니다.'));
  const cancelled = books.keepReceipt({ ...receipt, cancelledAtMs: books.nowMs() });
  return { answer: envelope(receiptView(cancelled)), effect: 'processed' };
}

/** All receipts with their cancels, as the control interface tells them. A cancel has no numbers of its own. */
export function bookedReceipts(books: PortoneBooks): BookedCashReceipt[] {
  return books.allReceipts().flatMap(({ mid, merchantUid, applyNum, amount, appliedAtMs, cancelledAtMs }) => {
    const of = { mid, receiptId: merchantUid, acquirerOrderNo: merchantUid, approvalNo: applyNum, amount };
    const issue = { ...of, kind: 'issue' as const, originalApprovalNo: null, atMs: appliedAtMs };
    if (cancelledAtMs === null) return [issue];
    return [issue, { ...of, kind: 'cancel' as const, originalApprovalNo: applyNum, atMs: cancelledAtMs }];
  });
}

function merchantUidOf({ call }: PortoneRequest): string {
  const merchantUid = cutMerchantUid(call.params.merchant_uid ?? '');
  call.about(merchantUid);
  return merchantUid;
}

/** The "ExternalReceipt" object of REST API v1. */
function receiptView(receipt: PortoneReceipt): object {
  return {
    merchant_uid: receipt.merchantUid,
    receipt_tid: `nicecash${receipt.applyNum}`,
    apply_num: receipt.applyNum,
    type: receipt.type,
    amount: receipt.amount,
    vat: receipt.vat,
    receipt_url: `https://receipt.invalid/nice/cash/${receipt.applyNum}`,
    applied_at: unix(receipt.appliedAtMs),
    cancelled_at: unix(receipt.cancelledAtMs ?? undefined),
  };
}
