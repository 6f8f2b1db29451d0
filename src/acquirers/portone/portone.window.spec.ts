import { envelope, ORDER_NO, paid, read, refusal } from '../../../test/support/portone-samples';
import { Secret } from '../../common/masking/secret';
import type { ContractAccess } from '../port/acquirer.types';
import type { ConfirmOrder, WindowOrder } from '../port/window.types';
import { confirmOutcome, windowOutcome } from './portone.window';

const access = {
  contractId: 'c',
  acquirerMerchantId: 'imp00000003',
  credentials: new Secret({ apiKey: 'k', apiSecret: 's', pg: 'nice_v2.mid' }),
  connectTimeoutMs: 1,
  answerTimeoutMs: 1,
} satisfies ContractAccess;
const requestedAt = new Date('2026-01-02T03:04:05Z');

describe('opening a window', () => {
  const order: WindowOrder = {
    acquirerOrderNo: ORDER_NO,
    amount: 1_004,
    taxFreeAmount: 4,
    goodsName: '만년필',
    buyerEmail: 'buyer@example.invalid',
    requestedAt,
    returnUrl: 'https://shop.invalid/back',
  };
  const { exchange } = read(200, envelope(paid));
  const opened = (value: { merchant_uid: string; amount: number }) =>
    windowOutcome(access, order, { kind: 'OK', value }, exchange);

  it('gives the page what the script of PortOne takes, and no secret', () => {
    const outcome = opened({ merchant_uid: ORDER_NO, amount: 1_004 });
    expect(outcome).toMatchObject({ kind: 'OPENED', acquirerTransactionId: null });
    expect(outcome.kind === 'OPENED' && outcome.clientParams).toEqual({
      impCode: 'imp00000003',
      pg: 'nice_v2.mid',
      pay_method: 'card',
      merchant_uid: ORDER_NO,
      name: '만년필',
      amount: 1_004,
      tax_free: 4,
      currency: 'KRW',
      m_redirect_url: 'https://shop.invalid/back',
      buyer_email: 'buyer@example.invalid',
    });
  });

  it('is opened only over what was registered', () => {
    expect(opened({ merchant_uid: ORDER_NO, amount: 1_005 }).kind).toBe('UNKNOWN');
    expect(opened({ merchant_uid: 'pay_2', amount: 1_004 }).kind).toBe('UNKNOWN');
    const other = (answer: Parameters<typeof windowOutcome>[2]) =>
      windowOutcome(access, order, answer, exchange).kind;
    expect(other({ kind: 'REFUSED', status: 200, code: 1, message: null })).toBe('REFUSED');
    expect(other({ kind: 'UNREADABLE', reason: 'HTTP_500' })).toBe('UNKNOWN');
    expect(other({ kind: 'NOT_SENT' })).toBe('NOT_SENT');
  });
});

describe('confirming a window', () => {
  const order: ConfirmOrder = {
    acquirerOrderNo: ORDER_NO,
    acquirerTransactionId: null,
    amount: 1_004,
    taxFreeAmount: 0,
    requestedAt,
    proof: { impUid: 'imp_000000000001' },
  };
  const confirm = (status: number, body: unknown, asked = order) => {
    const { answer, exchange } = read(status, body);
    return confirmOutcome(asked, answer, exchange);
  };
  const seen = (change: object) => confirm(200, envelope({ ...paid, ...change }));

  it('approves what is paid as it was asked', () => {
    expect(seen({})).toMatchObject({
      kind: 'APPROVED',
      acquirerTransactionId: 'imp_000000000001',
      approvedAt: new Date('2026-01-02T03:04:06.000Z'),
      method: 'CARD',
      card: { issuer: 'SHINHAN', approvalNo: '30000001' },
    });
    const wallet = { pay_method: 'kakaopay', card_code: null, card_issuer_code: null, apply_num: null };
    expect(seen(wallet)).toMatchObject({ kind: 'APPROVED', method: 'EASY_PAY', card: null });
    expect(seen({ pay_method: 'trans' })).toMatchObject({ method: 'BANK_TRANSFER', card: null });
    expect(seen({ pay_method: 'phone' })).toMatchObject({ method: 'OTHER', card: null });
  });

  it('takes a cut order number for ours only when it is long enough and over the same amount', () => {
    expect(seen({ merchant_uid: ORDER_NO.slice(0, 16) }).kind).toBe('APPROVED');
    const cut = ORDER_NO.slice(0, 15);
    expect(seen({ merchant_uid: cut })).toMatchObject({
      kind: 'MISMATCH',
      what: 'ORDER_NO',
      acquirerOrderNo: cut,
    });
    expect(seen({ merchant_uid: ORDER_NO.slice(0, 20), amount: 1_005 })).toMatchObject({ what: 'ORDER_NO' });
  });

  it.each([
    ['AMOUNT', { amount: 1_005 }],
    ['ORDER_NO', { merchant_uid: 'pay_01JD0000000000000000000002' }],
    ['CURRENCY', { currency: 'USD' }],
  ])('says of money taken otherwise what it is: %s', (what, change) => {
    const theirs = { ...paid, ...change };
    expect(seen(change)).toMatchObject({
      kind: 'MISMATCH',
      what,
      acquirerTransactionId: 'imp_000000000001',
      acquirerOrderNo: theirs.merchant_uid,
      amount: theirs.amount,
      exchange: { code: `MISMATCH_${what}` },
    });
  });

  it.each([
    ['cancelled', { status: 'cancelled', cancel_amount: 1_004 }],
    ['partly cancelled', { cancel_amount: 4 }],
    ['paid at no time', { paid_at: 0 }],
    ['a card that is not told of', { card_issuer_code: null, card_code: null }],
  ])('is unknown with the id when it is %s', (_, change) => {
    expect(seen(change)).toMatchObject({ kind: 'UNKNOWN', acquirerTransactionId: 'imp_000000000001' });
  });

  it('has nothing to do with the payment of another id', () => {
    expect(seen({ imp_uid: 'imp_000000000002' })).toMatchObject({
      kind: 'UNKNOWN',
      acquirerTransactionId: null,
    });
    const unproven = confirm(200, envelope({ ...paid, imp_uid: 'imp_000000000002' }), {
      ...order,
      proof: {},
    });
    expect(unproven.kind).toBe('APPROVED');
  });

  it('is not paid yet while the payer is in the window, or where there is no such payment', () => {
    expect(seen({ status: 'ready', paid_at: 0 }).kind).toBe('NOT_PAID');
    expect(confirm(404, refusal('존재하지 않는 결제정보입니다.')).kind).toBe('NOT_PAID');
    const foreign = { status: 'failed', paid_at: 0, merchant_uid: 'pay_other' };
    expect(seen(foreign).kind).toBe('NOT_PAID');
  });

  it('is declined when our payment failed', () => {
    expect(seen({ status: 'failed', paid_at: 0, fail_reason: '[3095] 한도초과' })).toMatchObject({
      kind: 'DECLINED',
      declineCode: 'CARD_LIMIT_EXCEEDED',
      exchange: { code: '3095' },
    });
  });

  it.each([
    [500, envelope(paid)],
    [401, refusal('Unauthorized')],
    [200, refusal('오류')],
    [404, 'proxy says no'],
    [200, '{'],
  ])('is unknown on %i %j', (status, body) => {
    expect(confirm(status, body)).toMatchObject({ kind: 'UNKNOWN', acquirerTransactionId: null });
  });
});
