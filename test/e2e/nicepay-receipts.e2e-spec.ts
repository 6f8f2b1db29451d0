import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import type { CashReceiptOrder } from '../../src/acquirers/port/ability.types';
import { Secret } from '../../src/common/masking/secret';
import { newOrderNo } from '../support/merchant';
import { NicepayWorld } from '../support/nicepay-world';

jest.setTimeout(60_000);

/** Cash receipts of NICEPAY: the adapter against the sandbox over HTTP. */
const YEAR_MS = 366 * 86_400_000;
const PHONE = '01098765432';
const world = new NicepayWorld();

beforeAll(() => world.start());
afterAll(() => world.stop());
afterEach(() => Promise.all([world.control.clear(), world.control.clock(0)]));

const orderOf = (change: Partial<CashReceiptOrder> = {}): CashReceiptOrder => ({
  acquirerOrderNo: newOrderNo(),
  acquirerTransactionId: null,
  purpose: 'INCOME_DEDUCTION',
  identifier: new Secret(PHONE),
  amount: 13_000,
  supplyAmount: 10_000,
  vat: 1_000,
  taxFreeAmount: 1_500,
  serviceCharge: 500,
  goodsName: '만년필',
  ...change,
});

async function issue(change: Partial<CashReceiptOrder> = {}) {
  const order = orderOf(change);
  const issued = await world.adapter.issueCashReceipt(world.access, order);
  if (issued.kind !== 'ISSUED') throw new Error(issued.kind);
  return { order, issued };
}
/** The same order: the same cancel, under the same number. */
const cancel = (receiptId: string, order: CashReceiptOrder, number = `${order.acquirerOrderNo}_1`) =>
  world.adapter.cancelCashReceipt(world.access, receiptId, { ...order, acquirerOrderNo: number });

it('is issued with its number of the tax office, and cancelled once', async () => {
  const { order, issued } = await issue();
  expect(issued).toMatchObject({ approvalNo: expect.stringMatching(/^\d{9}$/) as string });
  expect(JSON.stringify(issued)).not.toContain(PHONE);
  const cancelled = await cancel(issued.receiptId, order);
  expect(cancelled).toMatchObject({ kind: 'CANCELLED', receiptId: issued.receiptId });
  expect(cancelled).not.toMatchObject({ approvalNo: issued.approvalNo });
  // Asked again, it is told what the first one did, by the receipt itself; under another number it is not.
  expect(await cancel(issued.receiptId, order)).toEqual(
    expect.objectContaining({
      kind: 'CANCELLED',
      receiptId: issued.receiptId,
      approvalNo: (cancelled as { approvalNo: string }).approvalNo,
    }),
  );
  expect(await cancel(issued.receiptId, order, newOrderNo())).toMatchObject({ kind: 'UNKNOWN' });
});

it.each([
  ['a company', { purpose: 'EXPENSE_PROOF', identifier: new Secret('1234567890') }],
  ['a card for receipts', { identifier: new Secret('5424000012345678') }],
] as const)('is issued to %s', async (_, change) => {
  await issue(change);
});

it.each([
  ['a company whose number is a phone', { purpose: 'EXPENSE_PROOF' }],
  ['parts that do not add up', { vat: 999 }],
  ['nothing', { amount: 0, supplyAmount: 0, vat: 0, taxFreeAmount: 0, serviceCharge: 0 }],
] as const)('is refused for %s', async (_, change) => {
  const refused = await world.adapter.issueCashReceipt(world.access, orderOf(change));
  expect(refused).toMatchObject({ kind: 'REFUSED' });
  expect(JSON.stringify(refused)).not.toContain(PHONE);
});

it.each(['drop-after', 'drop-before', 'garbage', 'status:500'])(
  'an issue that ends in %s is unknown, and can be named by nobody',
  async (fault) => {
    const order = orderOf();
    await world.control.arm('cashReceipt', fault, { times: 1 });
    expect(await world.adapter.issueCashReceipt(world.access, order)).toMatchObject({ kind: 'UNKNOWN' });
    expect(await world.adapter.inquireCashReceipt(world.access, order)).toEqual({ kind: 'UNSUPPORTED' });
  },
);

it('is issued once for an order', async () => {
  const { order } = await issue();
  expect(await world.adapter.issueCashReceipt(world.access, order)).toMatchObject({ kind: 'UNKNOWN' });
});

it('a cancel whose answer was lost is found done by the next one', async () => {
  const { order, issued } = await issue();
  await world.control.arm('cashReceipt', 'drop-after', { times: 1 });
  expect(await cancel(issued.receiptId, order)).toMatchObject({ kind: 'UNKNOWN' });
  expect(await cancel(issued.receiptId, order)).toMatchObject({ kind: 'CANCELLED' });
});

it('a cancel whose answer was lost is looked up at its receipt', async () => {
  const { order, issued } = await issue();
  const cancelled = (number: string, amount = order.amount) =>
    world.adapter.inquireCashReceipt(world.access, {
      acquirerOrderNo: number,
      cancel: {
        ...{ receiptId: issued.receiptId, originalOrderNo: order.acquirerOrderNo, amount },
        knownCancelIds: [],
      },
    });
  const number = `${order.acquirerOrderNo}_1`;
  expect(await cancelled(number)).toMatchObject({ kind: 'NOT_FOUND' });
  await world.control.arm('cashReceipt', 'drop-after', { times: 1 });
  await cancel(issued.receiptId, order);
  expect(await cancelled(number)).toMatchObject({ kind: 'FOUND', state: 'CANCELLED' });
  // Another one was the last, or it was over another amount: then nothing is said of it.
  expect(await cancelled(newOrderNo())).toMatchObject({ kind: 'UNSUPPORTED', exchange: {} });
  expect(await cancelled(number, order.amount - 1)).toMatchObject({ kind: 'UNSUPPORTED' });
});

it('a cancel that may have been done is refused only where the receipt says that it was not', async () => {
  const { order, issued } = await issue();
  await world.control.arm('cashReceipt', 'decline:7004', { times: 1 });
  expect(await cancel(issued.receiptId, order)).toMatchObject({ kind: 'REFUSED' });
  await world.control.arm('cashReceipt', 'decline:7004', { times: 2 });
  expect(await cancel(issued.receiptId, order)).toMatchObject({ kind: 'UNKNOWN' });
});

it('is cancelled in its own year only, and not under a TID that is none', async () => {
  const { order, issued } = await issue();
  expect(await cancel('nicetest0404012601020304050001', order)).toMatchObject({ kind: 'REFUSED' });
  await world.control.clock(YEAR_MS);
  expect(await cancel(issued.receiptId, order)).toMatchObject({ kind: 'REFUSED' });
});

it('is not lost when the sandbox comes back, which has not kept for whom it was', async () => {
  const { order, issued } = await issue();
  await world.restart();
  expect(await cancel(issued.receiptId, order)).toMatchObject({ kind: 'CANCELLED' });
  const journals = readdirSync(world.folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => readFileSync(join(entry.parentPath, entry.name), 'utf8'));
  expect(journals.join('')).toContain(issued.receiptId);
  expect(journals.join('')).not.toContain(PHONE);
});
