import { Secret } from '../../common/masking/secret';
import type { ContractAccess } from '../port/acquirer.types';
import { AcquirerSetupError } from '../port/acquirer.errors';
import type { ConfirmOrder, WindowOrder } from '../port/window.types';
import { TOSS_CONFIRM_DECLINES } from './toss.codes';
import { tossClientKey } from './toss.config';
import { readAnswer, tossExchange } from './toss.mapper';
import { confirmOutcome, confirmRequest, windowParams } from './toss.window';

const access = { contractId: 'c', acquirerMerchantId: 'tosstest01' } as ContractAccess;
const requestedAt = new Date('2026-01-02T03:04:05Z');
const order: ConfirmOrder = {
  acquirerOrderNo: 'pay_1',
  acquirerTransactionId: null,
  amount: 1_004,
  taxFreeAmount: 0,
  requestedAt,
  proof: { paymentKey: 'tk_1' },
};
const payment = {
  mId: 'tosstest01',
  paymentKey: 'tk_1',
  orderId: 'pay_1',
  status: 'DONE',
  currency: 'KRW',
  method: '카드',
  totalAmount: 1_004,
  balanceAmount: 1_004,
  approvedAt: '2026-01-02T03:04:06+09:00',
  lastTransactionKey: 'LTK',
  cancels: null,
  card: {
    issuerCode: '11',
    approveNo: '00012345',
    cardType: '체크',
    ownerType: '법인',
    isInterestFree: false,
  },
};
const exchange = tossExchange(
  'POST /x',
  {},
  { kind: 'NOT_SENT', reason: 'ECONNREFUSED', latencyMs: 1 },
  { kind: 'NOT_SENT' },
);
const confirm = (status: number, body: unknown) =>
  confirmOutcome(
    access,
    order,
    readAnswer({ kind: 'ANSWER', status, body: JSON.stringify(body), latencyMs: 1 }),
    exchange,
  );

describe('a window', () => {
  const window: WindowOrder = {
    acquirerOrderNo: 'pay_1',
    amount: 1_004,
    taxFreeAmount: 0,
    goodsName: 'g'.repeat(120),
    requestedAt,
    returnUrl: 'https://shop.example/back',
  };

  it('is opened with what is known, in the names of the script', () => {
    expect(windowParams('test_ck_1', window)).toEqual({
      clientKey: 'test_ck_1',
      orderId: 'pay_1',
      amount: 1_004,
      orderName: 'g'.repeat(100),
      successUrl: 'https://shop.example/back',
      failUrl: 'https://shop.example/back',
    });
    const more = { buyerName: '김도담', buyerEmail: 'a@shop.example', taxFreeAmount: 4 };
    expect(windowParams('test_ck_1', { ...window, ...more })).toMatchObject({
      customerName: '김도담',
      customerEmail: 'a@shop.example',
      taxFreeAmount: 4,
    });
  });

  it('needs the client key of the contract', () => {
    const without = { ...access, credentials: new Secret({ secretKey: 's' }) };
    expect(() => tossClientKey(without)).toThrow(AcquirerSetupError);
  });
});

describe('a confirm', () => {
  it('asks for our order number and amount under the key that the payer brought', () => {
    expect(confirmRequest(order)).toEqual({ paymentKey: 'tk_1', orderId: 'pay_1', amount: 1_004 });
    expect(() => confirmRequest({ ...order, proof: {} })).toThrow(AcquirerSetupError);
  });

  it('is approved only when everything is as it was asked', () => {
    expect(confirm(200, payment)).toMatchObject({
      kind: 'APPROVED',
      acquirerTransactionId: 'tk_1',
      approvedAt: new Date('2026-01-01T18:04:06.000Z'),
      method: 'CARD',
      card: { issuer: 'KB', cardType: 'CHECK', ownerType: 'CORPORATE' },
    });
  });

  it.each([
    ['간편결제', 'EASY_PAY'],
    ['계좌이체', 'BANK_TRANSFER'],
    ['휴대폰', 'OTHER'],
  ])('takes %s for %s, with no card behind it', (name, method) => {
    expect(confirm(200, { ...payment, method: name, card: null })).toMatchObject({
      kind: 'APPROVED',
      method,
      card: null,
    });
  });

  it.each([
    ['AMOUNT', { totalAmount: 1_005, balanceAmount: 1_005 }],
    ['ORDER_NO', { orderId: 'pay_2' }],
    ['CURRENCY', { currency: 'USD' }],
  ])('does not match when the %s is another', (what, change) => {
    const changed = { ...payment, ...change };
    expect(confirm(200, changed)).toMatchObject({
      kind: 'MISMATCH',
      what,
      acquirerTransactionId: 'tk_1',
      acquirerOrderNo: changed.orderId,
      amount: changed.totalAmount,
    });
  });

  it.each([
    ['state', { status: 'WAITING_FOR_DEPOSIT' }],
    ['balance', { balanceAmount: 4 }],
    ['merchant', { mId: 'someoneelse' }],
    ['time', { approvedAt: null }],
    ['card', { card: null }],
    ['payment', { paymentKey: 'tk_2' }],
  ])('is unknown when the %s is another, and its key is kept for undoing it', (_, change) => {
    const changed = { ...payment, ...change };
    expect(confirm(200, changed)).toMatchObject({
      kind: 'UNKNOWN',
      acquirerTransactionId: changed.paymentKey,
    });
  });

  it.each(Object.entries(TOSS_CONFIRM_DECLINES))('is declined on %s', (code, { code: declineCode }) => {
    expect(confirm(400, { code, message: 'm' })).toMatchObject({ kind: 'DECLINED', declineCode });
  });

  it('is not paid while the payer has not finished', () => {
    expect(confirm(400, { code: 'UNAPPROVED_ORDER_ID', message: 'm' }).kind).toBe('NOT_PAID');
  });

  it.each([
    [500, { code: 'FAILED_PAYMENT_INTERNAL_SYSTEM_PROCESSING', message: '' }],
    [400, { code: 'ALREADY_PROCESSED_PAYMENT', message: '' }],
    [400, { code: 'DUPLICATED_ORDER_ID', message: '' }],
    [400, { code: 'CARD_PROCESSING_ERROR', message: '' }],
    [400, { code: 'constructor', message: '' }],
    [200, {}],
  ])('is unknown on %i %p', (status, body) => {
    expect(confirm(status, body)).toMatchObject({ kind: 'UNKNOWN', acquirerTransactionId: null });
  });

  it('was not sent when no connection was had', () => {
    expect(confirmOutcome(access, order, { kind: 'NOT_SENT' }, exchange).kind).toBe('NOT_SENT');
  });
});
