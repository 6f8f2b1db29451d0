import type { WireCall } from '../core/acquirer';
import type { Cashbill, PopbillBook } from './popbill.book';
import type { PopbillRefusal } from './popbill.codes';
import { kstCompact } from './popbill.time';

const MGT_KEY = /^[A-Za-z0-9_-]{1,24}$/;
const WON = /^\d{1,12}$/;
const IDENTITY = /^\d{10,19}$/;
/** A customer's number that ends so is taken by Popbill and refused by the tax office. */
const REFUSED_BY_TAX_OFFICE = /9991$/;

export type Handled =
  { readonly refusal: PopbillRefusal } | { readonly body: object; readonly wrote: boolean };
export interface PopbillCall {
  readonly corpNum: string;
  readonly fields: Readonly<Record<string, unknown>>;
  readonly params: WireCall['params'];
  readonly query: WireCall['query'];
}

const text = (value: unknown) =>
  typeof value === 'string' || typeof value === 'number' ? String(value).trim() : '';
const won = (value: unknown) => (WON.test(text(value)) ? Number(text(value)) : Number.NaN);

/** RegistIssue: keeps and issues in one. */
export function issue(book: PopbillBook, { corpNum, fields }: PopbillCall): Handled {
  const mgtKey = text(fields.mgtKey);
  if (!MGT_KEY.test(mgtKey)) return { refusal: 'field' };
  if (book.find(corpNum, mgtKey)) return { refusal: 'keyUsed' };
  const amounts = amountsOf(fields);
  const identity = text(fields.identityNum).replaceAll('-', '');
  const isFit =
    ['승인거래', ''].includes(text(fields.tradeType)) &&
    ['소득공제용', '지출증빙용'].includes(text(fields.tradeUsage)) &&
    ['일반', '도서공연', '대중교통', ''].includes(text(fields.tradeOpt)) &&
    ['과세', '비과세'].includes(text(fields.taxationType)) &&
    text(fields.franchiseCorpNum) === corpNum &&
    IDENTITY.test(identity);
  if (!isFit || amounts === null) return { refusal: 'field' };
  if (!addUp(amounts)) return { refusal: 'amounts' };
  return issued(
    book.put({
      ...newBill(book, corpNum, mgtKey),
      ...amounts,
      tradeType: '승인거래',
      tradeUsage: text(fields.tradeUsage),
      tradeOpt: text(fields.tradeOpt) || '일반',
      taxationType: text(fields.taxationType),
      identityNum: `${identity.slice(0, 3)}${'*'.repeat(identity.length - 7)}${identity.slice(-4)}`,
      customerName: text(fields.customerName).slice(0, 100),
      itemName: text(fields.itemName).slice(0, 100),
      orderNumber: text(fields.orderNumber).slice(0, 100),
      orgConfirmNum: '',
      orgTradeDate: '',
      willFail: REFUSED_BY_TAX_OFFICE.test(identity),
    }),
  );
}

/** RevokeRegistIssue: a receipt of its own that takes another one back, whole or in part. */
export function revoke(book: PopbillBook, { corpNum, fields }: PopbillCall): Handled {
  const mgtKey = text(fields.mgtKey);
  if (!MGT_KEY.test(mgtKey)) return { refusal: 'field' };
  if (book.find(corpNum, mgtKey)) return { refusal: 'keyUsed' };
  const original = book.byConfirmNum(text(fields.orgConfirmNum));
  if (original === undefined || original.tradeDate !== text(fields.orgTradeDate) || original.withdrawn)
    return { refusal: 'noOriginal' };
  if (original.corpNum !== corpNum) return { refusal: 'otherSeller' };
  if (original.tradeType !== '승인거래') return { refusal: 'noOriginal' };
  const partly = fields.isPartCancel === true;
  const amounts = partly ? amountsOf(fields) : pick(original);
  if (amounts === null || amounts.totalAmount === 0) return { refusal: 'field' };
  if (!addUp(amounts)) return { refusal: 'amounts' };
  if (book.revoked(original.confirmNum) + amounts.totalAmount > original.totalAmount)
    return { refusal: 'aboveOriginal' };
  return issued(
    book.put({
      ...original,
      ...newBill(book, corpNum, mgtKey),
      ...amounts,
      tradeType: '취소거래',
      orgConfirmNum: original.confirmNum,
      orgTradeDate: original.tradeDate,
    }),
  );
}

/** CancelIssue: takes a receipt back that was not filed yet. */
export function withdraw(book: PopbillBook, { corpNum, params }: PopbillCall): Handled {
  const bill = book.find(corpNum, params.mgtKey ?? '');
  if (bill === undefined) return { refusal: 'noReceipt' };
  if (book.stateOf(bill) !== 300) return { refusal: 'notDeletable' };
  book.put({ ...bill, withdrawn: true });
  return { body: { code: 1, message: '현금영수증 발행취소 완료' }, wrote: true };
}

/** GetInfo, and GetDetailInfo with `?Detail`. */
export function info(book: PopbillBook, { corpNum, params, query }: PopbillCall): Handled {
  const bill = book.find(corpNum, params.mgtKey ?? '');
  if (bill === undefined) return { refusal: 'noReceipt' };
  return { body: 'Detail' in query ? detailOf(bill) : infoOf(book, bill), wrote: false };
}

function newBill(book: PopbillBook, corpNum: string, mgtKey: string) {
  const issuedAtMs = book.nowMs;
  const confirmNum = book.newConfirmNum();
  const tradeDate = kstCompact(issuedAtMs).slice(0, 8);
  return {
    corpNum,
    mgtKey,
    itemKey: `${kstCompact(issuedAtMs)}${confirmNum}`,
    confirmNum,
    tradeDate,
    issuedAtMs,
    withdrawn: false,
  };
}

function issued(bill: Cashbill): Handled {
  return {
    body: {
      code: 1,
      message: '발행 완료',
      confirmNum: bill.confirmNum,
      tradeDate: bill.tradeDate,
      tradeDT: kstCompact(bill.issuedAtMs),
    },
    wrote: true,
  };
}

type Amounts = Pick<Cashbill, 'totalAmount' | 'supplyCost' | 'tax' | 'serviceFee'>;

const pick = ({ totalAmount, supplyCost, tax, serviceFee }: Cashbill): Amounts => ({
  totalAmount,
  supplyCost,
  tax,
  serviceFee,
});

function amountsOf(fields: Readonly<Record<string, unknown>>): Amounts | null {
  const amounts = {
    totalAmount: won(fields.totalAmount),
    supplyCost: won(fields.supplyCost),
    tax: won(fields.tax),
    serviceFee: won(fields.serviceFee),
  };
  return Object.values(amounts).some(Number.isNaN) ? null : amounts;
}

function addUp({ totalAmount, supplyCost, tax, serviceFee }: Amounts): boolean {
  return totalAmount === supplyCost + tax + serviceFee;
}

function infoOf(book: PopbillBook, bill: Cashbill) {
  const state = book.stateOf(bill);
  const at = kstCompact(bill.issuedAtMs);
  const filed = state === 304 || state === 305;
  return {
    ...shownOf(bill),
    itemKey: bill.itemKey,
    issueDT: at,
    regDT: at,
    stateCode: state,
    stateMemo: '',
    stateDT: at,
    printYN: false,
    ntssendDT: filed ? at : '',
    ntsresultDT: filed ? at : '',
    ntsresultCode: state === 304 ? '0000' : state === 305 ? 'TS1' : '',
    ntsresultMessage: state === 305 ? '신분확인번호 오류' : '',
  };
}

function detailOf(bill: Cashbill) {
  return { ...shownOf(bill), franchiseCorpNum: bill.corpNum, orderNumber: bill.orderNumber };
}

function shownOf(bill: Cashbill) {
  return {
    mgtKey: bill.mgtKey,
    tradeDate: bill.tradeDate,
    tradeDT: kstCompact(bill.issuedAtMs),
    customerName: bill.customerName,
    itemName: bill.itemName,
    identityNum: bill.identityNum,
    taxationType: bill.taxationType,
    tradeOpt: bill.tradeOpt,
    totalAmount: String(bill.totalAmount),
    supplyCost: String(bill.supplyCost),
    tax: String(bill.tax),
    serviceFee: String(bill.serviceFee),
    tradeUsage: bill.tradeUsage,
    tradeType: bill.tradeType,
    confirmNum: bill.confirmNum,
    orgTradeDate: bill.orgTradeDate,
    orgConfirmNum: bill.orgConfirmNum,
  };
}
