import { Secret } from '../../common/masking/secret';
import { AcquirerSetupError } from '../port/acquirer.errors';
import type { ApprovalOrder, ContractAccess } from '../port/acquirer.types';
import { declineOfMessage, NICEPAY_CANCEL_REFUSALS, NICEPAY_DECLINES } from './nicepay.codes';
import { sign } from './nicepay.crypto';
import { legacyExchange, readLegacyAnswer } from './nicepay.legacy.answers';
import { legacyCancelForm, legacyCancelOutcome } from './nicepay.legacy.cancel';
import { keyInForm, keyInOutcome, maskedKeyIn } from './nicepay.legacy.mapper';

const MERCHANT_KEY = '0123456789abcdefFEDCBA9876543210';
const TID = 'testmid01m01012601020304050001';
const NOW = new Date('2026-01-01T18:04:05.000Z');
const access: ContractAccess = {
  contractId: 'c',
  acquirerMerchantId: 'testmid01m',
  credentials: new Secret({ clientKey: 'ck', secretKey: 'sk', merchantKey: MERCHANT_KEY }),
  connectTimeoutMs: 1,
  answerTimeoutMs: 1,
};
const order: ApprovalOrder = {
  acquirerTransactionId: TID,
  requestedAt: NOW,
  acquirerOrderNo: 'pay_1',
  amount: 51_004,
  taxFreeAmount: 0,
  goodsName: '만년필',
  installmentMonths: 3,
  card: new Secret({
    cardNumber: '4242424242424242',
    cardExpiry: '3012',
    birthOrBusinessNo: '900101',
    cardPasswordTwoDigits: '98',
  }),
};
const approved = {
  ResultCode: '3001',
  ResultMsg: '카드 결제 성공',
  TID,
  Moid: 'pay_1',
  Amt: '000000051004',
  AuthCode: '00012345',
  AuthDate: '260102030406',
  CardCode: '06',
  CardQuota: '03',
  CardCl: '0',
  CardInterest: '0',
  SomethingNew: 'kept out',
};
const answer = (body: unknown, status = 200) =>
  readLegacyAnswer({
    kind: 'ANSWER',
    status,
    body: typeof body === 'string' ? body : JSON.stringify(body),
    latencyMs: 1,
  });
const exchange = legacyExchange(
  'POST /x',
  {},
  { kind: 'ANSWER', status: 200, body: '', latencyMs: 1 },
  answer(approved),
);
const approve = (body: unknown, status = 200) => keyInOutcome(access, order, answer(body, status), exchange);

describe('a key-in approval', () => {
  it('is approved only when everything is as it was asked', () => {
    expect(approve(approved)).toMatchObject({
      kind: 'APPROVED',
      acquirerTransactionId: TID,
      approvedAt: new Date('2026-01-01T18:04:06.000Z'),
      card: { approvalNo: '00012345', issuer: 'SHINHAN', cardType: 'CREDIT', interestFree: false },
    });
    expect(approve({ ...approved, AuthDate: '20260102030406', CardCl: '1' })).toMatchObject({
      kind: 'APPROVED',
      card: { cardType: 'CHECK' },
    });
  });

  it.each([
    ['TID', { TID: `${TID.slice(0, -1)}2` }],
    ['order number', { Moid: 'pay_2' }],
    ['amount', { Amt: '000000051005' }],
    ['instalment', { CardQuota: '00' }],
    ['merchant', { MID: 'someoneelse' }],
    ['time', { AuthDate: 'yesterday' }],
    ['approval number', { AuthCode: '' }],
  ])('is unknown when the %s is another, and our TID is kept for undoing it', (_, change) => {
    expect(approve({ ...approved, ...change })).toMatchObject({
      kind: 'UNKNOWN',
      acquirerTransactionId: TID,
    });
  });

  it.each<[number, unknown]>([
    [200, '{"ResultCode":"30'],
    [200, ''],
    [200, []],
    [200, { ResultMsg: 'no code' }],
    [500, approved],
    [404, approved],
    [302, ''],
  ])('is unknown on HTTP %i %p', (status, body) => {
    expect(approve(body, status)).toMatchObject({ kind: 'UNKNOWN', acquirerTransactionId: TID });
  });

  it.each(['A299', 'U303', 'A226', 'U501', '9002', 'A127', 'A225', '2156', '2201', 'ZZZZ', '0000', '2001'])(
    'is unknown on %s, whatever else it says',
    (ResultCode) => {
      expect(approve({ ...approved, ResultCode })).toMatchObject({
        kind: 'UNKNOWN',
        acquirerTransactionId: TID,
      });
    },
  );

  it.each(Object.entries(NICEPAY_DECLINES))('is declined on %s', (code, decline) => {
    expect(approve({ ResultCode: code, ResultMsg: '' })).toMatchObject({
      kind: 'DECLINED',
      declineCode: decline.code,
      notProcessed: decline.notProcessed ?? false,
    });
  });

  it.each([
    ['사용한도초과', 'CARD_LIMIT_EXCEEDED'],
    ['잔액부족', 'CARD_BALANCE_INSUFFICIENT'],
    ['도난/분실카드', 'CARD_LOST_OR_STOLEN'],
    ['비밀번호 오류', 'CARD_PASSWORD_INVALID'],
    ['비밀번호 오류 횟수초과', 'CARD_PASSWORD_TRIES_EXCEEDED'],
    ['생년월일 오류', 'BIRTH_OR_BUSINESS_NO_MISMATCH'],
    ['거래정지카드', 'CARD_STOPPED'],
    ['카드사 문의', 'CARD_DECLINED'],
    ['', 'CARD_DECLINED'],
  ])('of which the issuer says %p is declined as %s', (message, code) => {
    expect(declineOfMessage(message)).toBe(code);
    expect(approve({ ResultCode: '3095', ResultMsg: message })).toMatchObject({ declineCode: code });
  });

  it('was not sent only where nothing was taken', () => {
    const refused = readLegacyAnswer({ kind: 'NOT_SENT', reason: 'ECONNREFUSED', latencyMs: 1 });
    const broken = readLegacyAnswer({ kind: 'BROKEN', reason: 'ECONNRESET', latencyMs: 1 });
    expect(keyInOutcome(access, order, refused, exchange).kind).toBe('NOT_SENT');
    expect(keyInOutcome(access, order, broken, exchange)).toMatchObject({
      kind: 'UNKNOWN',
      acquirerTransactionId: TID,
    });
  });

  it('goes out signed, with its amounts split only where a part is free of tax', () => {
    const form = keyInForm(access, order, NOW);
    expect(form).toMatchObject({ TID, Amt: '51004', CardQuota: '03', EdiDate: '20260102030405' });
    expect(form.SignData).toBe(sign('testmid01m', '51004', '20260102030405', 'pay_1', MERCHANT_KEY));
    expect(form.TaxFreeAmt).toBeUndefined();
    expect(keyInForm(access, { ...order, taxFreeAmount: 40_004 }, NOW)).toMatchObject({
      SupplyAmt: '10000',
      GoodsVat: '1000',
      ServiceAmt: '0',
      TaxFreeAmt: '40004',
    });
  });

  it('needs a TID of ours', () => {
    expect(() => keyInForm(access, { ...order, acquirerTransactionId: null }, NOW)).toThrow(
      AcquirerSetupError,
    );
  });

  it('leaves nothing of the card, the key or a signature in what is kept', () => {
    const form = keyInForm(access, order, NOW);
    const result = { kind: 'ANSWER', status: 200, body: '', latencyMs: 1 } as const;
    const told = answer({ ...approved, CardNo: '42424242****4242' });
    const masked = maskedKeyIn(form, order.card.expose());
    const kept = JSON.stringify(legacyExchange('POST /x', masked, result, told));
    expect(kept).toContain('424242******4242');
    const declined = answer({ ResultCode: '3095', ResultMsg: '카드 4242424242424242' });
    expect(legacyExchange('POST /x', masked, result, declined).message).toBe('카드 ******');
    expect(kept).not.toMatch(/4242424242424242|42424242\*\*\*\*4242|900101|"3012"|"98"|SomethingNew/);
    for (const secret of [form.EncData, form.SignData, MERCHANT_KEY]) expect(kept).not.toContain(secret);
  });
});

describe('a cancel at the webapi', () => {
  const wish = {
    tid: TID,
    cancelNo: 'pcn_1',
    amount: 1_000,
    taxFreeAmount: 0,
    approvedAmount: 51_004,
    reason: '고객 변심',
  };
  const form = legacyCancelForm(access, wish, NOW);
  const partialTid = 'testmid01m01102601020304050002';
  const signed = (tid: string, amount: string) => sign(tid, 'testmid01m', amount, MERCHANT_KEY);
  const done = {
    ResultCode: '2001',
    ResultMsg: '취소 성공',
    TID: partialTid,
    MID: 'testmid01m',
    Moid: 'pcn_1',
    CancelAmt: '000000001000',
    CancelDate: '20260102',
    CancelTime: '040000',
    RemainAmt: '000000050004',
    Signature: signed(partialTid, '000000001000'),
  };
  const outcome = (body: unknown, asked = form) => legacyCancelOutcome(access, asked, answer(body), exchange);

  it('is partial unless all of the approval goes back', () => {
    expect(form.PartialCancelCode).toBe('1');
    expect(legacyCancelForm(access, { ...wish, amount: 51_004 }, NOW).PartialCancelCode).toBe('0');
  });

  it('is done when the answer is signed and speaks of what was asked', () => {
    const cancelledAt = new Date('2026-01-01T19:00:00.000Z');
    const cancelled = { kind: 'CANCELLED', acquirerCancelId: partialTid, cancelledAt };
    expect(outcome(done)).toMatchObject(cancelled);
    expect(outcome({ ...done, ResultCode: '2211' })).toMatchObject(cancelled);
    expect(outcome({ ...done, Signature: signed(partialTid, '1000') })).toMatchObject(cancelled);
  });

  it.each([
    ['amount', { CancelAmt: '000000001001', Signature: signed(partialTid, '000000001001') }],
    ['merchant', { MID: 'testmid02m' }],
    ['signature', { Signature: signed(partialTid, '2000') }],
    ['no signature', { Signature: undefined }],
    ['time', { CancelTime: '' }],
  ])('is unknown with another %s', (_, change) => {
    expect(outcome({ ...done, ...change }).kind).toBe('UNKNOWN');
  });

  it('of everything keeps the TID of the payment', () => {
    const full = legacyCancelForm(access, { ...wish, amount: 51_004 }, NOW);
    const [CancelAmt, other] = ['000000051004', partialTid];
    const body = { ...done, CancelAmt, TID, Signature: signed(TID, CancelAmt) };
    expect(outcome(body, full).kind).toBe('CANCELLED');
    expect(outcome({ ...body, TID: other, Signature: signed(other, CancelAmt) }, full).kind).toBe('UNKNOWN');
  });

  it.each(Object.entries(NICEPAY_CANCEL_REFUSALS))('is refused on %s', (code, refusal) => {
    expect(outcome({ ResultCode: code, ResultMsg: '' })).toMatchObject({ kind: 'REFUSED', ...refusal });
  });

  it.each(['2015', '2002', 'A299', 'U503', 'A127', '3001', 'ZZZZ'])('is unknown on %s', (code) => {
    expect(outcome({ ...done, ResultCode: code }).kind).toBe('UNKNOWN');
  });
});
