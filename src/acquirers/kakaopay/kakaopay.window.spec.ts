import type { OutboundResult } from '../../common/http/outbound-client';
import { AcquirerSetupError } from '../port/acquirer.errors';
import type { ConfirmOrder, WindowOrder } from '../port/window.types';
import { kakaopayExchange, readAnswer, timeOf } from './kakaopay.answers';
import { KAKAOPAY_DECLINES } from './kakaopay.codes';
import { approveRequest, confirmOutcome, readyOutcome, readyRequest } from './kakaopay.window';
import { kakaopayApprovalSchema, kakaopayReadySchema } from './kakaopay.wire';

const CID = 'TC0ONETIME';
const TID = 'T1234567890123456789';
const requestedAt = new Date('2026-01-02T03:04:05Z');
const window: WindowOrder = {
  acquirerOrderNo: 'pay_1',
  amount: 1_004,
  taxFreeAmount: 4,
  goodsName: '가'.repeat(120),
  requestedAt,
  returnUrl: 'https://shop.example/back',
};
const order: ConfirmOrder = {
  acquirerOrderNo: 'pay_1',
  acquirerTransactionId: TID,
  amount: 1_004,
  taxFreeAmount: 4,
  requestedAt,
  proof: { pgToken: 'token' },
};
const body = {
  aid: 'A1234567890123456789',
  tid: TID,
  cid: CID,
  partner_order_id: 'pay_1',
  partner_user_id: 'guest',
  payment_method_type: 'CARD',
  amount: { total: 1_004, tax_free: 4, vat: 91, point: 0, discount: 0, green_deposit: 0 },
  card_info: {
    kakaopay_issuer_corp: '신한카드',
    kakaopay_issuer_corp_code: '999',
    card_type: '체크',
    approved_id: '30000001',
    interest_free_install: 'Y',
    bin: '424242',
  },
  approved_at: '2026-01-02T03:04:06',
};
const failure = (error_code: number, method_result_code?: string) => ({
  error_code,
  error_message: 'failed',
  ...(method_result_code !== undefined && { extras: { method_result_code, method_result_message: '거절' } }),
});

const answered = (status: number, text: unknown): OutboundResult => ({
  kind: 'ANSWER',
  status,
  body: typeof text === 'string' ? text : JSON.stringify(text),
  latencyMs: 1,
});
function confirmedBy(result: OutboundResult) {
  const answer = readAnswer(result, kakaopayApprovalSchema);
  const exchange = kakaopayExchange('POST /x', {}, result, { answer, shown: ({ tid }) => ({ tid }) });
  return confirmOutcome(CID, order, answer, exchange);
}
const confirm = (status: number, text: unknown) => confirmedBy(answered(status, text));

describe('a window', () => {
  it('is opened with one address to come back to, and a user who need not be known', () => {
    expect(readyRequest(CID, window)).toEqual({
      ...{ cid: CID, partner_order_id: 'pay_1', partner_user_id: 'guest', item_name: '가'.repeat(100) },
      ...{ quantity: 1, total_amount: 1_004, tax_free_amount: 4 },
      approval_url: 'https://shop.example/back',
      cancel_url: 'https://shop.example/back',
      fail_url: 'https://shop.example/back',
    });
    const far = `https://shop.example/${'a'.repeat(255)}`;
    expect(() => readyRequest(CID, { ...window, returnUrl: far })).toThrow(AcquirerSetupError);
  });

  const redirects = {
    next_redirect_app_url: 'https://k.example/app',
    next_redirect_mobile_url: 'https://k.example/m',
    next_redirect_pc_url: 'https://k.example/pc',
  };
  const ready = (status: number, text: unknown) => {
    const result = answered(status, text);
    const answer = readAnswer(result, kakaopayReadySchema);
    return readyOutcome(answer, kakaopayExchange('POST /x', {}, result, { answer, shown: () => ({}) }));
  };

  it('has the tid at once, and says where to send the payer', () => {
    expect(ready(200, { tid: TID, ...redirects, created_at: '2026-01-02T03:04:05' })).toMatchObject({
      kind: 'OPENED',
      acquirerTransactionId: TID,
      clientParams: {
        nextRedirectPcUrl: 'https://k.example/pc',
        nextRedirectMobileUrl: 'https://k.example/m',
        nextRedirectAppUrl: 'https://k.example/app',
      },
    });
  });

  it.each([
    ['REFUSED', 400, failure(-2)],
    ['REFUSED', 401, { code: -401, msg: 'old form' }],
    ['UNKNOWN', 503, failure(-9798)],
    ['UNKNOWN', 200, { tid: TID, ...redirects, next_redirect_pc_url: 'javascript:alert(1)' }],
    ['UNKNOWN', 200, { tid: TID }],
  ])('is %s on %i %p', (kind, status, text) => {
    expect(ready(status, text).kind).toBe(kind);
  });
});

describe('a confirm', () => {
  it('asks with the tid of ready, its own amount and the same user', () => {
    const asked = approveRequest(CID, { ...order, customerKey: 'cus_1' }, 'token');
    expect(asked).toEqual({
      ...{ cid: CID, tid: TID, partner_order_id: 'pay_1', partner_user_id: 'cus_1' },
      ...{ pg_token: 'token', total_amount: 1_004 },
    });
    expect(readyRequest(CID, { ...window, customerKey: 'cus_1' }).partner_user_id).toBe('cus_1');
    expect(() => approveRequest(CID, { ...order, acquirerTransactionId: null }, 'token')).toThrow(
      AcquirerSetupError,
    );
  });

  it('is approved only when everything is as it was asked', () => {
    expect(confirm(200, body)).toMatchObject({
      kind: 'APPROVED',
      acquirerTransactionId: TID,
      acquirerOrderNo: 'pay_1',
      approvedAt: new Date('2026-01-01T18:04:06.000Z'),
      method: 'EASY_PAY',
      card: {
        approvalNo: '30000001',
        issuer: 'SHINHAN',
        cardType: 'CHECK',
        ownerType: 'UNKNOWN',
        interestFree: true,
      },
    });
  });

  it.each([
    ['212', '아무카드', 'SUHYUP'],
    ['777', '아무카드', '777'],
    ['', 'KB국민카드', 'KB'],
    ['', '', 'UNKNOWN'],
  ])('names the issuer %s %s as %s', (code, name, issuer) => {
    const card_info = {
      ...body.card_info,
      kakaopay_issuer_corp_code: code,
      kakaopay_issuer_corp: name,
    };
    expect(confirm(200, { ...body, card_info })).toMatchObject({ card: { issuer } });
  });

  it('has no card where the payer used money', () => {
    const { card_info: _card, ...rest } = body;
    const outcome = confirm(200, { ...rest, payment_method_type: 'MONEY' });
    expect(outcome).toMatchObject({ kind: 'APPROVED', method: 'EASY_PAY', card: null });
  });

  it.each([
    ['AMOUNT', { amount: { total: 1_005 } }],
    ['ORDER_NO', { partner_order_id: 'pay_2' }],
  ])('does not match when the %s is another', (what, change) => {
    const outcome = confirm(200, { ...body, ...change });
    expect(outcome).toMatchObject({ kind: 'MISMATCH', what, acquirerTransactionId: TID });
    expect(outcome.exchange.code).toBe('ANSWER_NOT_AS_ASKED');
  });

  it.each([
    ['merchant', { cid: 'TC0ANOTHER' }],
    ['payment', { tid: 'T0' }],
    ['time', { approved_at: '2026-02-30T03:04:06' }],
  ])('is unknown when the %s is another, and its own tid is looked up', (_, change) => {
    expect(confirm(200, { ...body, ...change })).toMatchObject({
      kind: 'UNKNOWN',
      acquirerTransactionId: TID,
    });
  });

  it.each(Object.entries(KAKAOPAY_DECLINES))('is declined on %s', (code, { code: declineCode }) => {
    const [error, method] = code.split('/');
    const outcome = confirm(400, failure(Number(error), method));
    expect(outcome).toMatchObject({ kind: 'DECLINED', declineCode });
    expect(outcome.exchange).toMatchObject({ code, message: method === undefined ? 'failed' : '거절' });
  });

  it('reads the old form of an error too, and a reason that came as a number', () => {
    expect(confirm(400, { code: '-706', msg: 'm' }).kind).toBe('DECLINED');
    const extras = { method_result_code: 2 };
    expect(confirm(400, { error_code: -780, extras })).toMatchObject({ declineCode: 'CARD_LIMIT_EXCEEDED' });
  });

  it('is not paid while the payer has not authenticated', () => {
    expect(confirm(400, failure(-701)).kind).toBe('NOT_PAID');
  });

  it.each([
    [400, failure(-1)],
    [400, failure(-702)],
    [400, failure(-783)],
    [400, failure(-785)],
    [400, failure(-780)],
    [400, failure(-780, '0010')],
    [400, failure(-780, 'BANK_FIRM_UNKNOWN')],
    [400, failure(-780, 'never heard of')],
    [400, failure(-12345)],
    [400, {}],
    [500, failure(-706)],
    [503, failure(-9798)],
    [302, ''],
    [200, 'half of {'],
    [200, {}],
    [200, failure(-706)],
  ])('is unknown on %i %p', (status, text) => {
    expect(confirm(status, text)).toMatchObject({ kind: 'UNKNOWN', acquirerTransactionId: TID });
  });

  it('was not sent when no connection was had, and is unknown when it broke', () => {
    expect(confirmedBy({ kind: 'NOT_SENT', reason: 'ECONNREFUSED', latencyMs: 1 }).kind).toBe('NOT_SENT');
    expect(confirmedBy({ kind: 'BROKEN', reason: 'TIMEOUT', latencyMs: 1 }).kind).toBe('UNKNOWN');
  });
});

it.each([
  ['2026-01-02T03:04:05', '2026-01-01T18:04:05.000Z'],
  ['2026-01-02T03:04:05Z', null],
  ['2026-13-02T03:04:05', null],
  ['', null],
])('reads the time %p as %p', (text, expected) => {
  expect(timeOf(text)?.toISOString() ?? null).toBe(expected);
});
