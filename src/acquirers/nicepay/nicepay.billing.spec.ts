import { Secret } from '../../common/masking/secret';
import type { BillingChargeOrder, BillingKeyOrder } from '../port/ability.types';
import { AcquirerSetupError } from '../port/acquirer.errors';
import type { ContractAccess } from '../port/acquirer.types';
import { nicepayExchange, readAnswer } from './nicepay.answers';
import {
  chargeOutcome,
  chargeRequest,
  keyExchange,
  keyOutcome,
  keyRequest,
  readKeyAnswer,
  revokeOutcome,
} from './nicepay.billing.mapper';
import { encryptBillingText, sign } from './nicepay.crypto';

const SECRET_KEY = '0123456789abcdefFEDCBA9876543210';
const BID = 'BIKYtestmid01m2601020304050001';
const EDI_DATE = '2026-01-02T03:04:05.000+0900';
const NOW = new Date('2026-01-01T18:04:05.000Z');
const accessWith = (secretKey: string): ContractAccess => ({
  contractId: 'c',
  acquirerMerchantId: 'testmid01m',
  credentials: new Secret({ clientKey: 'ck', secretKey, merchantKey: 'k'.repeat(32) }),
  connectTimeoutMs: 1,
  answerTimeoutMs: 1,
});
const access = accessWith(SECRET_KEY);
const keyOrder: BillingKeyOrder = {
  customerKey: 'customer_1',
  acquirerOrderNo: 'ORDER-0001',
  card: new Secret({
    cardNumber: '9410001234567890',
    cardExpiry: '3012',
    birthOrBusinessNo: '900101',
    cardPasswordTwoDigits: '12',
  }),
};
const order: BillingChargeOrder = {
  token: new Secret(BID),
  customerKey: 'customer_1',
  acquirerOrderNo: 'ORDER-0002',
  acquirerTransactionId: 'testmid01m01012601020304050001',
  requestedAt: NOW,
  amount: 51_004,
  taxFreeAmount: 0,
  goodsName: '정기 구독',
  installmentMonths: 3,
};
const resultOf = (body: unknown, status = 200) =>
  ({ kind: 'ANSWER', status, body: JSON.stringify(body), latencyMs: 1 }) as const;

describe('a registration', () => {
  it('seals the card as encMode A2 does, and signs the order', () => {
    // A known answer of the cipher, over an invented card.
    const text = 'cardNo=9410001234567890&expYear=30&expMonth=12&idNo=900101&cardPw=12';
    expect(encryptBillingText(text, SECRET_KEY)).toBe(
      'ba9f2f7015f8a2df1c4e94f53b35302b543827063b74329c59cbbf1303274619ae5f59d0cc45911345df52656e0c439351bb0e1b06c7512192f0bd1440bd7a9a732b4f7c2e2424f10d4db5a06d5fc617',
    );
    expect(keyRequest(access, keyOrder, NOW)).toMatchObject({
      encData: encryptBillingText(text, SECRET_KEY),
      encMode: 'A2',
      ediDate: EDI_DATE,
      signData: 'c58d67d25783f3dccfbc0313071b4f9bf71a3ac93ecef9712a1dd89115a616a6',
    });
    expect(() => keyRequest(accessWith('short'), keyOrder, NOW)).toThrow(AcquirerSetupError);
  });

  const answered = (body: unknown, status = 200) => {
    const result = resultOf(body, status);
    const answer = readKeyAnswer(result);
    return keyOutcome(keyOrder, answer, keyExchange('POST /x', {}, result, answer));
  };
  const capitals = { ResultCode: '0000', OrderID: 'ORDER-0001', BID, CardCode: '06', CardName: '[신한]' };
  const camels = { resultCode: 'F100', orderId: 'ORDER-0001', bid: BID, cardCode: '06' };

  it.each([capitals, camels])('is read with capitals and without: %j', (body) => {
    const outcome = answered(body);
    expect(outcome).toMatchObject({ kind: 'ISSUED', card: { issuer: 'SHINHAN', cardType: 'UNKNOWN' } });
    expect(outcome.kind === 'ISSUED' && outcome.token.expose()).toBe(BID);
    expect(JSON.stringify(outcome)).not.toContain(BID);
  });

  it.each([
    [{ ...capitals, OrderID: 'another' }, 'UNKNOWN'],
    [{ ...capitals, BID: '' }, 'UNKNOWN'],
    [{ ...capitals, BID: 'B'.repeat(31) }, 'UNKNOWN'],
    [{ ResultCode: 'F110', ResultMsg: 'x' }, 'UNKNOWN'],
    [{ ResultCode: 'U112', ResultMsg: 'x' }, 'UNKNOWN'],
    [{ ResultCode: 'F201', ResultMsg: 'x' }, 'DECLINED'],
    [{ ResultCode: '3095', ResultMsg: '분실/도난카드' }, 'DECLINED'],
  ])('%j is %s', (body, kind) => {
    expect(answered(body).kind).toBe(kind);
  });
});

describe('a charge', () => {
  it('signs the order and the key', () => {
    const request = chargeRequest(access, order, NOW);
    expect(request.signData).toBe(sign('ORDER-0002', BID, EDI_DATE, SECRET_KEY));
    expect(request).toMatchObject({ cardQuota: '3', useShopInterest: false });
    expect(request).not.toHaveProperty('taxFreeAmt');
  });

  const payment = (change: Record<string, unknown> = {}) => {
    const body = {
      resultCode: '0000',
      tid: 'UT0000000m01162601020304050001',
      orderId: 'ORDER-0002',
      ediDate: EDI_DATE,
      status: 'paid',
      paidAt: '2026-01-02T03:04:06.000+0900',
      payMethod: 'card',
      amount: 51_004,
      balanceAmt: 51_004,
      currency: 'KRW',
      approveNo: '000123',
      card: { cardCode: '04', cardType: 'credit', cardQuota: 3 },
      ...change,
    };
    return { ...body, signature: sign(body.tid, body.amount, body.ediDate, SECRET_KEY) };
  };
  const answered = (body: unknown) => {
    const result = resultOf(body);
    const answer = readAnswer(result);
    return chargeOutcome(access, order, answer, nicepayExchange('POST /x', {}, result, answer));
  };

  it.each([3, '3', '03'])('is approved under the TID that NICEPAY made, instalments as %j', (cardQuota) => {
    expect(answered(payment({ card: { cardCode: '04', cardType: 'credit', cardQuota } }))).toMatchObject({
      kind: 'APPROVED',
      acquirerTransactionId: 'UT0000000m01162601020304050001',
      card: { issuer: 'SAMSUNG', cardType: 'CREDIT', approvalNo: '000123' },
    });
  });

  it.each([
    ['another amount', { amount: 51_005 }],
    ['another balance', { balanceAmt: 1 }],
    ['another currency', { currency: 'USD' }],
    ['other instalments', { card: { cardCode: '04', cardQuota: '0' } }],
    ['no card', { card: null }],
    ['another status', { status: 'ready' }],
    ['no time', { paidAt: '0' }],
  ])('is unknown, with its TID, where the signed answer shows %s', (_, change) => {
    expect(answered(payment(change))).toMatchObject({
      kind: 'UNKNOWN',
      acquirerTransactionId: 'UT0000000m01162601020304050001',
    });
  });

  it.each([
    ['another order', payment({ orderId: 'another' })],
    ['a wrong signature', { ...payment(), signature: 'f'.repeat(64) }],
    ['a number that was used', { resultCode: 'U112', resultMsg: 'x' }],
    ['another amount of the key', { resultCode: 'U113', resultMsg: 'x' }],
  ])('is unknown and of no known TID for %s', (_, body) => {
    expect(answered(body)).toMatchObject({ kind: 'UNKNOWN', acquirerTransactionId: null });
  });

  it.each(['A124', 'A125', 'A126', 'A223', 'U115', 'U309'])('%s: there is no such key', (resultCode) => {
    expect(answered({ resultCode, resultMsg: 'x' })).toMatchObject({
      kind: 'DECLINED',
      declineCode: 'ACQUIRER_REJECTED',
    });
  });
});

it.each([
  [{ resultCode: '0000', bid: BID }, 'REVOKED'],
  [{ ResultCode: 'F101', BID }, 'REVOKED'],
  [{ resultCode: 'A126', resultMsg: 'x' }, 'REVOKED'],
  [{ resultCode: 'U115', resultMsg: 'x' }, 'REVOKED'],
  [{ resultCode: '0000', bid: 'another' }, 'UNKNOWN'],
  [{ resultCode: 'U309', resultMsg: 'x' }, 'REFUSED'],
  [{ resultCode: '9002', resultMsg: 'x' }, 'UNKNOWN'],
])('a deletion answered with %j is %s', (body, kind) => {
  const result = resultOf(body);
  const answer = readKeyAnswer(result);
  const exchange = keyExchange('POST /x', {}, result, answer);
  expect(revokeOutcome(BID, answer, exchange).kind).toBe(kind);
  expect(JSON.stringify(exchange)).not.toContain(BID);
});
