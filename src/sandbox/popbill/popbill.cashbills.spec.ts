import type { AcquirerContext } from '../core/acquirer';
import { PopbillBook } from './popbill.book';
import { type Handled, info, issue, type PopbillCall, revoke, withdraw } from './popbill.cashbills';

const CORP = '0008800065';
let nowMs = Date.parse('2026-01-02T03:04:05.000Z');
const journal: unknown[] = [];
const context = {
  journal: { append: (record: unknown) => journal.push(record) },
  clock: { nowMs: () => nowMs },
  timeScale: 1,
} as unknown as AcquirerContext;
let book: PopbillBook;

beforeEach(() => {
  journal.length = 0;
  book = new PopbillBook(context);
});

const call = (fields: Record<string, unknown>, params: Record<string, string> = {}): PopbillCall => ({
  corpNum: CORP,
  fields,
  params,
  query: {},
});
const bill = (more: Record<string, unknown> = {}) => ({
  ...{
    mgtKey: 'R-1',
    tradeType: '승인거래',
    tradeUsage: '소득공제용',
    tradeOpt: '일반',
    taxationType: '과세',
  },
  ...{ totalAmount: '11000', supplyCost: '10000', tax: '1000', serviceFee: '0' },
  ...{ franchiseCorpNum: CORP, identityNum: '01012345678', itemName: '만년필' },
  ...more,
});
const bodyOf = (handled: Handled) => ('body' in handled ? (handled.body as Record<string, string>) : handled);
const part = (mgtKey: string, amount: number, original: Record<string, string>) => ({
  ...{ mgtKey, isPartCancel: true, orgConfirmNum: original.confirmNum, orgTradeDate: original.tradeDate },
  ...{ totalAmount: String(amount), supplyCost: String(amount), tax: '0', serviceFee: '0' },
});

it('issues once for a document number, keeps the customer’s number masked, and files later', () => {
  const issued = bodyOf(issue(book, call(bill())));
  expect(issued).toMatchObject({
    code: 1,
    tradeDate: '20260102',
    confirmNum: expect.stringMatching(/^\d{9}$/) as string,
  });
  expect(issue(book, call(bill()))).toEqual({ refusal: 'keyUsed' });
  expect(JSON.stringify(journal)).not.toContain('01012345678');
  const state = () => bodyOf(info(book, call({}, { mgtKey: 'R-1' })));
  expect(state()).toMatchObject({ stateCode: 300, identityNum: '010****5678' });
  nowMs += 1_000;
  expect(state()).toMatchObject({ stateCode: 304, ntsresultCode: '0000' });
});

it.each([
  [{ mgtKey: 'x'.repeat(25) }, 'field'],
  [{ identityNum: '123' }, 'field'],
  [{ tradeUsage: '기타' }, 'field'],
  [{ franchiseCorpNum: '0008100014' }, 'field'],
  [{ totalAmount: '11001' }, 'amounts'],
  [{ tax: '-1' }, 'field'],
])('refuses %j', (wrong, refusal) => {
  expect(issue(book, call(bill(wrong)))).toEqual({ refusal });
});

it('takes back parts up to the amount, by the right approval number and day, and nothing more', () => {
  const original = bodyOf(issue(book, call(bill()))) as Record<string, string>;
  expect(bodyOf(revoke(book, call(part('C-1', 6_000, original))))).toMatchObject({ code: 1 });
  expect(revoke(book, call(part('C-2', 5_001, original)))).toEqual({ refusal: 'aboveOriginal' });
  expect(revoke(book, call(part('C-1', 1, original)))).toEqual({ refusal: 'keyUsed' });
  const other = { ...original, tradeDate: '20260101' };
  expect(revoke(book, call(part('C-3', 1, other)))).toEqual({ refusal: 'noOriginal' });
  expect(revoke(book, { ...call(part('C-4', 1, original)), corpNum: '0008100014' })).toEqual({
    refusal: 'otherSeller',
  });
  expect(bodyOf(revoke(book, call(part('C-5', 5_000, original))))).toMatchObject({ code: 1 });
  expect(book.booked().map(({ kind, amount }) => `${kind} ${amount}`)).toEqual([
    'issue 11000',
    'cancel 6000',
    'cancel 5000',
  ]);
});

it('withdraws only what is not filed yet; what the tax office will not take is told after filing', () => {
  issue(book, call(bill()));
  expect(withdraw(book, call({}, { mgtKey: 'R-1' }))).toMatchObject({ wrote: true });
  issue(book, call(bill({ mgtKey: 'R-2', identityNum: '01012349991' })));
  nowMs += 1_000;
  expect(withdraw(book, call({}, { mgtKey: 'R-2' }))).toEqual({ refusal: 'notDeletable' });
  expect(bodyOf(info(book, call({}, { mgtKey: 'R-2' })))).toMatchObject({
    stateCode: 305,
    ntsresultCode: 'TS1',
  });
});

it('reads its journal back', () => {
  issue(book, call(bill()));
  const again = new PopbillBook(context);
  for (const record of [...journal]) again.restore(record);
  expect(again.booked()).toEqual(book.booked());
});
