import type { VirtualAccountOrder } from '../../src/acquirers/port/ability.types';
import type { ApprovalReference } from '../../src/acquirers/port/acquirer.types';
import { Secret } from '../../src/common/masking/secret';
import { newOrderNo } from '../support/merchant';
import { type Heard, NicepayWorld } from '../support/nicepay-world';
import { eventually } from '../support/program';

jest.setTimeout(60_000);

/** Virtual accounts of NICEPAY: the adapter against the sandbox over HTTP. */
const DAY_MS = 86_400_000;
const AMOUNT = 51_004;
const REFUND_TO = {
  bankCode: '004',
  accountNumber: new Secret('11012345678901'),
  holderName: '홍길동',
};
const world = new NicepayWorld();

beforeAll(() => world.start());
afterAll(() => world.stop());
afterEach(() => Promise.all([world.control.clear(), world.control.clock(0)]));

/** To the minute, as NICEPAY keeps it. */
const inDays = (days: number) => new Date(Math.floor((Date.now() + days * DAY_MS) / 60_000) * 60_000);
let issues = 0;
const orderOf = (change: Partial<VirtualAccountOrder> = {}): VirtualAccountOrder => ({
  acquirerOrderNo: newOrderNo(),
  acquirerTransactionId: world.adapter.newTransactionId(
    world.access,
    'VIRTUAL_ACCOUNT',
    (issues += 1),
    new Date(),
  ),
  amount: AMOUNT,
  taxFreeAmount: 0,
  goodsName: '만년필',
  customerName: '홍길동',
  bankCode: '088',
  dueAt: inDays(3),
  ...change,
});

async function issue(change: Partial<VirtualAccountOrder> = {}) {
  const order = orderOf(change);
  const requestedAt = new Date();
  const issued = await world.adapter.issueVirtualAccount(world.access, order);
  if (issued.kind !== 'ISSUED') throw new Error(`${issued.kind} ${issued.exchange.code}`);
  const reference: ApprovalReference = {
    acquirerOrderNo: order.acquirerOrderNo,
    acquirerTransactionId: issued.acquirerTransactionId,
    channel: 'VIRTUAL_ACCOUNT',
    requestedAt,
    amount: order.amount,
  };
  return { order, issued, reference };
}

/** What is known of an account whose answer was lost. */
const lostOf = (
  { acquirerOrderNo, amount }: VirtualAccountOrder,
  acquirerTransactionId: string | null,
): ApprovalReference => ({
  acquirerOrderNo,
  acquirerTransactionId,
  channel: 'VIRTUAL_ACCOUNT',
  requestedAt: new Date(),
  amount,
});
const inquire = (reference: ApprovalReference) => world.adapter.inquire(world.access, reference);
const close = (reference: ApprovalReference) => world.adapter.closeVirtualAccount(world.access, reference);
const refund = (reference: ApprovalReference, cancelAmount: number, cancelKey: string) =>
  world.adapter.refundDeposit(
    world.access,
    { reference, cancelKey, cancelAmount, taxFreeAmount: 0, balanceAmount: AMOUNT, reason: '반품' },
    REFUND_TO,
  );
const rawOf = ({ body, contentType }: Heard) => ({ headers: {}, contentType, body });
const noticeOf = (reference: ApprovalReference) =>
  eventually(
    async () => world.heard.find(({ body }) => body.toString().includes(reference.acquirerOrderNo)),
    {
      withinMs: 10_000,
      what: 'the notice of the deposit',
    },
  );

it('issues an account of the bank that was asked for, and tells that it waits', async () => {
  const { order, issued, reference } = await issue();
  expect(issued).toMatchObject({ bankCode: '088', dueAt: order.dueAt, depositSecret: null });
  expect(issued.accountNumber).toMatch(/^\d{6,20}$/);
  expect(issued.acquirerTransactionId).toMatch(/^nicetest040301\d{16}$/);
  expect(JSON.stringify(issued.exchange)).not.toContain(issued.accountNumber);
  for (const known of [reference, { ...reference, acquirerTransactionId: null }]) {
    expect(await inquire(known)).toMatchObject({
      kind: 'FOUND',
      state: 'PENDING',
      acquirerTransactionId: issued.acquirerTransactionId,
      amount: AMOUNT,
    });
  }
  expect(await world.control.charged(order.acquirerOrderNo)).toBe(0);
});

it('is paid by its deposit, which a notice tells that only an inquiry proves', async () => {
  const { order, issued, reference } = await issue();
  expect((await world.deposit(issued.accountNumber, AMOUNT - 1)).status).toBe(400);
  expect((await world.deposit(issued.accountNumber, AMOUNT)).status).toBe(201);
  expect((await world.deposit(issued.accountNumber, AMOUNT)).status).toBe(400);
  const raw = rawOf(await noticeOf(reference));
  expect(world.adapter.readWebhook(raw)).toMatchObject({
    kind: 'HINT',
    hint: {
      event: 'virtual-account.deposited',
      acquirerMerchantId: 'nicetest04',
      acquirerOrderNo: order.acquirerOrderNo,
      acquirerTransactionId: issued.acquirerTransactionId,
    },
  });
  expect(world.adapter.verifyWebhook(world.access, raw)).toBe('UNSIGNED');
  expect(await inquire(reference)).toMatchObject({
    kind: 'FOUND',
    state: 'APPROVED',
    balanceAmount: AMOUNT,
    deposit: { depositor: null, depositedAt: expect.any(Date) as Date },
  });
  expect(await world.control.charged(order.acquirerOrderNo)).toBe(AMOUNT);
});

it('is closed once while nobody has paid into it, and takes no deposit after', async () => {
  const { order, issued, reference } = await issue();
  expect(await close(reference)).toMatchObject({ kind: 'CANCELLED' });
  expect(await close(reference)).toMatchObject({ kind: 'REFUSED', reason: 'ALREADY_CANCELLED' });
  expect((await world.deposit(issued.accountNumber, AMOUNT)).status).toBe(400);
  expect(await inquire(reference)).toMatchObject({ kind: 'FOUND', state: 'NOT_APPROVED', balanceAmount: 0 });
  expect(await world.control.ledger(order.acquirerOrderNo)).toEqual([]);
});

it('runs out by itself', async () => {
  const { issued, reference } = await issue();
  await world.control.clock(4 * DAY_MS);
  expect((await world.deposit(issued.accountNumber, AMOUNT)).status).toBe(400);
  expect(await inquire(reference)).toMatchObject({ kind: 'FOUND', state: 'NOT_APPROVED' });
});

it('does not give a deposit back by closing, only by a refund to an account, in parts and once', async () => {
  const { order, issued, reference } = await issue();
  await world.deposit(issued.accountNumber, AMOUNT);
  expect(await close(reference)).toMatchObject({ kind: 'REFUSED', reason: 'NOT_ALLOWED' });
  const first = await refund(reference, 1_004, 'cnl_1');
  expect(first).toMatchObject({ kind: 'CANCELLED' });
  expect(JSON.stringify(first)).not.toContain('11012345678901');
  expect(await refund(reference, 1_004, 'cnl_1')).toMatchObject({ kind: 'UNKNOWN' });
  expect(await inquire(reference)).toMatchObject({
    state: 'PARTIALLY_CANCELLED',
    balanceAmount: AMOUNT - 1_004,
  });
  expect(await refund(reference, AMOUNT, 'cnl_2')).toMatchObject({ kind: 'REFUSED' });
  expect(await refund(reference, 50_000, 'cnl_3')).toMatchObject({ kind: 'CANCELLED' });
  expect(await inquire(reference)).toMatchObject({ state: 'CANCELLED', balanceAmount: 0 });
  expect(await world.control.charged(order.acquirerOrderNo)).toBe(0);
});

it('refunds no deposit after half a year', async () => {
  const { issued, reference } = await issue();
  await world.deposit(issued.accountNumber, AMOUNT);
  await world.control.clock(181 * DAY_MS);
  expect(await refund(reference, AMOUNT, 'cnl_1')).toMatchObject({ kind: 'REFUSED', reason: 'NOT_ALLOWED' });
});

describe.each([
  ['by the TID that was kept before it was asked for', true],
  ['though nobody knows its TID', false],
])('an account whose answer was lost is undone %s', (_, isTidKept) => {
  it.each([
    ['drop-after', { kind: 'CANCELLED' }, { kind: 'FOUND', state: 'NOT_APPROVED' }],
    ['garbage', { kind: 'CANCELLED' }, { kind: 'FOUND', state: 'NOT_APPROVED' }],
    ['drop-before', { kind: 'REFUSED', reason: 'NOT_FOUND' }, { kind: 'NOT_FOUND' }],
  ])('after %s', async (fault, end, seen) => {
    const order = orderOf();
    await world.control.arm('virtualAccount', fault, { times: 1 });
    expect(await world.adapter.issueVirtualAccount(world.access, order)).toMatchObject({ kind: 'UNKNOWN' });
    const reference = lostOf(order, isTidKept ? order.acquirerTransactionId : null);
    expect(await world.adapter.netCancel(world.access, reference)).toMatchObject(end);
    expect(await inquire(reference)).toMatchObject(seen);
  });
});

it('closes by its TID an account that the new API does not know', async () => {
  const { issued, reference } = await issue();
  await world.control.arm('inquire', 'decline:U107', { times: 1 });
  expect(await world.adapter.netCancel(world.access, reference)).toMatchObject({ kind: 'CANCELLED' });
  expect((await world.deposit(issued.accountNumber, AMOUNT)).status).toBe(400);
});

it('takes no deposit for absent that the webapi refuses to close', async () => {
  const { order, issued, reference } = await issue();
  await world.deposit(issued.accountNumber, AMOUNT);
  await world.control.arm('inquire', 'decline:U107', { times: 1 });
  expect(await world.adapter.netCancel(world.access, reference)).toMatchObject({
    kind: 'REFUSED',
    reason: 'OTHER',
  });
  expect(await world.control.charged(order.acquirerOrderNo)).toBe(AMOUNT);
});

it('closes no account of another order that has the same TID', async () => {
  const { issued, reference } = await issue();
  const stranger = { ...reference, acquirerOrderNo: newOrderNo() };
  expect(await world.adapter.netCancel(world.access, stranger)).toMatchObject({
    kind: 'REFUSED',
    reason: 'NOT_FOUND',
  });
  expect((await world.deposit(issued.accountNumber, AMOUNT)).status).toBe(201);
});

it('leaves a deposit alone that came before the account was undone', async () => {
  const { order, issued, reference } = await issue();
  await world.deposit(issued.accountNumber, AMOUNT);
  expect(await world.adapter.netCancel(world.access, reference)).toMatchObject({
    kind: 'REFUSED',
    reason: 'NOT_ALLOWED',
  });
  expect(await world.control.charged(order.acquirerOrderNo)).toBe(AMOUNT);
});

it('issues one account to an order', async () => {
  const { order } = await issue();
  expect(await world.adapter.issueVirtualAccount(world.access, order)).toMatchObject({ kind: 'UNKNOWN' });
});

it.each([
  ['a bank that issues none', { bankCode: '090' }],
  ['a day that is over', { dueAt: inDays(-1) }],
])('is refused for %s', async (_, change) => {
  const refused = await world.adapter.issueVirtualAccount(world.access, orderOf(change));
  expect(refused).toMatchObject({ kind: 'REFUSED' });
});

it('is not lost when the sandbox comes back', async () => {
  const { issued, reference } = await issue();
  await world.restart();
  expect(await inquire(reference)).toMatchObject({ kind: 'FOUND', state: 'PENDING' });
  expect((await world.deposit(issued.accountNumber, AMOUNT)).status).toBe(201);
});

it('takes a bank transfer in the window', async () => {
  const acquirerOrderNo = newOrderNo();
  const { tid } = await world.control.play<{ tid: string }>({
    orderId: acquirerOrderNo,
    amount: AMOUNT,
    method: 'bank',
    bankCode: '004',
  });
  const confirmed = await world.adapter.confirmWindow(world.access, {
    acquirerOrderNo,
    acquirerTransactionId: null,
    amount: AMOUNT,
    taxFreeAmount: 0,
    requestedAt: new Date(),
    proof: { tid },
  });
  expect(confirmed).toMatchObject({
    kind: 'APPROVED',
    method: 'BANK_TRANSFER',
    card: null,
    acquirerTransactionId: tid,
  });
  expect(await world.control.charged(acquirerOrderNo)).toBe(AMOUNT);
});
