import type { AcquirerContext } from '../core/acquirer';
import { SandboxClock } from '../core/clock';
import { cutMerchantUid, PortoneBooks } from './portone.books';

const records: object[] = [];
const context = {
  clock: new SandboxClock(),
  journal: { append: (record: object) => records.push(record) },
} as unknown as AcquirerContext;
const order = (books: PortoneBooks) => ({
  transactionId: books.newImpUid('imp1'),
  acquirerOrderNo: 'order-1',
  amount: 1_000,
  taxFreeAmount: 0,
  requestedAtMs: 1,
  installmentMonths: 0,
  card: null,
  extra: {
    name: null,
    buyerName: null,
    buyerEmail: null,
    buyerTel: null,
    customData: null,
    payMethod: 'card',
    channel: 'api' as const,
    pg: 'nice_v2.sandbox',
    pgTid: books.newPgTid('nice_v2.sandbox'),
    webhookAs: 'json' as const,
  },
});

it('is rebuilt from its journal, prepared amounts included', () => {
  const books = new PortoneBooks(context);
  books.prepare('imp1', 'order-1', 900);
  books.prepare('imp1', 'order-1', 1_000);
  const paid = books.payments.approve('imp1', order(books));
  const rebuilt = new PortoneBooks(context);
  for (const record of records.splice(0)) rebuilt.restore(JSON.parse(JSON.stringify(record)));
  expect(rebuilt.preparedAmount('imp1', 'order-1')).toBe(1_000);
  expect(rebuilt.preparedAmount('imp2', 'order-1')).toBeUndefined();
  expect(rebuilt.payments.byTransaction('imp1', paid.order.transactionId)?.approval).toEqual(paid.approval);
  rebuilt.forget();
  expect(rebuilt.preparedAmount('imp1', 'order-1')).toBeUndefined();
  expect(rebuilt.payments.size).toBe(0);
});

it('makes ids in the forms of PortOne and its provider', () => {
  const made = order(new PortoneBooks(context));
  expect(made.transactionId).toMatch(/^imp_\d{12}$/);
  expect(made.extra.pgTid).toMatch(/^sandbox00m0101\d{16}$/);
});

it('cuts order numbers at 40 characters, or earlier', () => {
  const long = 'x'.repeat(50);
  expect([cutMerchantUid(long).length, cutMerchantUid(long, 20).length, cutMerchantUid('a')]).toEqual([
    40,
    20,
    'a',
  ]);
});
