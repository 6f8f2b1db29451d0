import { envelope, failed, ORDER_NO, paid, read, refusal } from '../../../test/support/portone-samples';
import { Secret } from '../../common/masking/secret';
import type { ApprovalOrder } from '../port/acquirer.types';
import { readAnswer } from './portone.answers';
import { PORTONE_DECLINES, PORTONE_DUPLICATES } from './portone.codes';
import { approvalOutcome, maskedOnetime, onetimeRequest } from './portone.mapper';
import { portonePaymentSchema } from './portone.wire';

const order: ApprovalOrder = {
  acquirerTransactionId: null,
  requestedAt: new Date('2026-01-02T03:04:05Z'),
  acquirerOrderNo: ORDER_NO,
  amount: 1_004,
  taxFreeAmount: 4,
  goodsName: '만년필 '.repeat(20),
  installmentMonths: 1,
  buyerName: '홍길동',
  buyerEmail: `${'a'.repeat(60)}@example.invalid`,
  card: new Secret({
    cardNumber: '4242424242424242',
    cardExpiry: '3012',
    birthOrBusinessNo: '900101',
    cardPasswordTwoDigits: '98',
  }),
};
const approve = (status: number, body: unknown) => {
  const { answer, exchange } = read(status, body);
  return approvalOutcome(order, answer, exchange);
};

describe('an approval', () => {
  it('is approved only when everything is as it was asked', () => {
    expect(approve(200, envelope(paid))).toMatchObject({
      kind: 'APPROVED',
      acquirerTransactionId: 'imp_000000000001',
      approvedAt: new Date('2026-01-02T03:04:06.000Z'),
      card: { approvalNo: '30000001', issuer: 'SHINHAN', cardType: 'CREDIT', ownerType: 'UNKNOWN' },
    });
    const check = { ...paid, card_type: 1, card_issuer_code: '999' };
    expect(approve(200, envelope(check))).toMatchObject({ card: { cardType: 'CHECK', issuer: '999' } });
  });

  it.each([
    ['amount', { amount: 1_005 }],
    ['cancelled amount', { cancel_amount: 1 }],
    ['order number', { merchant_uid: 'pay_01JD0000000000000000000002' }],
    ['currency', { currency: 'USD' }],
    ['state', { status: 'ready' }],
    ['state again', { status: 'cancelled' }],
    ['time', { paid_at: 0 }],
    ['approval number', { apply_num: null }],
  ])('is unknown when the %s is another, and its id is kept for undoing it', (_, change) => {
    expect(approve(200, envelope({ ...paid, ...change }))).toMatchObject({
      kind: 'UNKNOWN',
      acquirerTransactionId: 'imp_000000000001',
      exchange: { code: 'ANSWER_NOT_AS_ASKED' },
    });
  });

  it.each([
    [500, refusal('[3095] 거절')],
    [500, envelope(paid)],
    [302, ''],
    [503, '<html>'],
    [200, '{"code":0,'],
    [200, {}],
    [200, envelope(null)],
    [200, envelope({ ...paid, imp_uid: '../users' })],
    [200, { code: 1, message: '[3095] 거절', response: paid }],
    [400, envelope(paid)],
    [400, refusal('파라메터 오류')],
    [404, 'not here'],
    [401, 'proxy says no'],
    [200, refusal(null)],
    [200, refusal('이미 결제가 완료된 merchant_uid입니다.', 1)],
    [200, refusal('[2156] 중복 거래 요청', 1)],
    [200, refusal('[A299] 처리 지연', 1)],
    [200, refusal('[ZZZZ] 새로운 코드')],
  ])('is unknown on %i %j', (status, body) => {
    expect(approve(status, body)).toMatchObject({ kind: 'UNKNOWN', acquirerTransactionId: null });
  });

  it.each(Object.entries(PORTONE_DECLINES))('is declined on a refusal with [%s]', (code, decline) => {
    expect(approve(200, refusal(`[${code}] 거절`, 1))).toMatchObject({
      kind: 'DECLINED',
      declineCode: decline.code,
      notProcessed: decline.notProcessed ?? false,
      exchange: { code, message: `[${code}] 거절` },
    });
  });

  it.each([
    ['[3095] 카드사 승인 거절', 'CARD_DECLINED', '3095'],
    ['[3095] 한도초과', 'CARD_LIMIT_EXCEEDED', '3095'],
    ['[3095] 비밀번호 오류 횟수 초과', 'CARD_PASSWORD_TRIES_EXCEEDED', '3095'],
    ['[3095] 잔액부족', 'CARD_BALANCE_INSUFFICIENT', '3095'],
    ['[F113] 본인확인 실패', 'BIRTH_OR_BUSINESS_NO_MISMATCH', 'F113'],
    ['[F113] 비밀번호 오류', 'CARD_PASSWORD_INVALID', 'F113'],
    ['[3021] 한도초과', 'CARD_EXPIRED', '3021'],
    ['[2159] 점검', 'ACQUIRER_MAINTENANCE', '2159'],
    ['[ZZZZ] 새로운 코드', 'CARD_DECLINED', 'ZZZZ'],
    ['분실 카드', 'CARD_LOST_OR_STOLEN', 'failed'],
    [null, 'CARD_DECLINED', 'failed'],
  ])('is declined when the payment failed: %s', (fail_reason, declineCode, code) => {
    expect(approve(200, envelope({ ...failed, fail_reason }))).toMatchObject({
      kind: 'DECLINED',
      declineCode,
      notProcessed: code === '2159',
      exchange: { code, message: fail_reason },
    });
  });

  it.each([...PORTONE_DUPLICATES])('is unknown when the payment failed over a used number: [%s]', (code) => {
    expect(approve(200, envelope({ ...failed, fail_reason: `[${code}] 중복` }))).toMatchObject({
      kind: 'UNKNOWN',
      acquirerTransactionId: 'imp_000000000001',
    });
  });

  it('is unknown when what failed is not what was asked for', () => {
    for (const change of [{ amount: 1_005 }, { currency: 'USD' }, { merchant_uid: 'pay_2' }])
      expect(approve(200, envelope({ ...failed, ...change })).kind).toBe('UNKNOWN');
  });

  it('was not looked at when the token was not taken', () => {
    expect(approve(401, refusal('Unauthorized'))).toMatchObject({
      kind: 'DECLINED',
      declineCode: 'ACQUIRER_REJECTED',
      notProcessed: true,
    });
  });

  it('was not sent only when the connection says so', () => {
    const refused = { kind: 'NOT_SENT', reason: 'ECONNREFUSED', latencyMs: 1 } as const;
    const broken = { kind: 'BROKEN', reason: 'ECONNRESET', latencyMs: 1 } as const;
    const { exchange } = read(200, {});
    const outcome = (result: typeof refused | typeof broken) =>
      approvalOutcome(order, readAnswer(result, portonePaymentSchema), exchange).kind;
    expect([outcome(refused), outcome(broken)]).toEqual(['NOT_SENT', 'UNKNOWN']);
  });
});

describe('a key-in request', () => {
  const request = onetimeRequest(order, 'nice_v2.mid');

  it('is in the forms and lengths of the schema', () => {
    expect(request).toMatchObject({
      merchant_uid: ORDER_NO,
      amount: 1_004,
      tax_free: 4,
      card_number: '4242-4242-4242-4242',
      expiry: '2030-12',
      birth: '900101',
      pwd_2digit: '98',
      card_quota: 0,
      pg: 'nice_v2.mid',
      buyer_name: '홍길동',
      buyer_email: undefined,
    });
    expect(request.name).toHaveLength(40);
    const numbered = (cardNumber: string) =>
      onetimeRequest({ ...order, card: new Secret({ cardNumber, cardExpiry: '3012' }) }, 'x').card_number;
    expect(numbered('378282246310005')).toBe('3782-8224-6310-005');
    expect(numbered('6200000000000000003')).toBe('6200-0000-0000-0000-003');
  });

  it('keeps nothing of the card but six and four digits', () => {
    const kept = JSON.stringify(maskedOnetime(request));
    expect(kept).toContain('424242******4242');
    expect(kept).not.toMatch(/4242-?4242-?4242|2030|"98"|900101|홍길동/);
  });

  it('strikes digit runs out of messages', () => {
    expect(read(200, refusal('[3011] 카드번호 4242424242424242 오류')).exchange.message).toBe(
      '[3011] 카드번호 ****** 오류',
    );
    const reason = { ...failed, fail_reason: '[3095] 4242424242424242' };
    expect(read(200, envelope(reason)).exchange.message).toBe('[3095] ******');
  });
});
