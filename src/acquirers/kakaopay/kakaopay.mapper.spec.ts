import type { OutboundResult } from '../../common/http/outbound-client';
import { AcquirerSetupError } from '../port/acquirer.errors';
import type { ApprovalReference, CancelOrder } from '../port/acquirer.types';
import { kakaopayExchange, readAnswer } from './kakaopay.answers';
import { KAKAOPAY_CANCEL_REFUSALS } from './kakaopay.codes';
import { cancelOutcome, cancelRequest, inquiryOutcome, inquiryRequest } from './kakaopay.mapper';
import { kakaopayCancelSchema, kakaopayOrderSchema } from './kakaopay.wire';

const CID = 'TC0ONETIME';
const TID = 'T1234567890123456789';
const reference: ApprovalReference = {
  acquirerOrderNo: 'pay_1',
  acquirerTransactionId: TID,
  channel: 'WINDOW',
  requestedAt: new Date('2026-01-02T03:04:05Z'),
  amount: 1_004,
};
const order: CancelOrder = {
  reference,
  cancelKey: 'c1',
  cancelAmount: 1_000,
  taxFreeAmount: 0,
  balanceAmount: 1_004,
  reason: '고객 변심',
};
const won = (total: number) => ({ total, tax_free: 0, vat: 0, point: 0, discount: 0, green_deposit: 0 });
const answered = (status: number, body: unknown): OutboundResult => ({
  kind: 'ANSWER',
  status,
  body: typeof body === 'string' ? body : JSON.stringify(body),
  latencyMs: 1,
});

describe('a cancel', () => {
  const body = {
    ...{ aid: 'A1234567890123456789', tid: TID, cid: CID, partner_order_id: 'pay_1' },
    status: 'PART_CANCEL_PAYMENT',
    amount: won(1_004),
    approved_cancel_amount: won(1_000),
    canceled_amount: won(1_000),
    cancel_available_amount: won(4),
    canceled_at: '2026-01-02T03:04:06',
  };
  const cancel = (status: number, text: unknown, change: Partial<CancelOrder> = {}) => {
    const result = answered(status, text);
    const answer = readAnswer(result, kakaopayCancelSchema);
    const exchange = kakaopayExchange('POST /x', {}, result, { answer, shown: ({ tid }) => ({ tid }) });
    return cancelOutcome(CID, { ...order, ...change }, answer, exchange);
  };

  it('is for so much of a balance that KakaoPay compares first', () => {
    expect(cancelRequest(CID, order)).toEqual({
      ...{ cid: CID, tid: TID, cancel_amount: 1_000, cancel_tax_free_amount: 0 },
      ...{ cancel_available_amount: 1_004, payload: '고객 변심' },
    });
    const without = { ...order, reference: { ...reference, acquirerTransactionId: null } };
    expect(() => cancelRequest(CID, without)).toThrow(AcquirerSetupError);
  });

  it('is done when the answer is of it', () => {
    expect(cancel(200, body)).toMatchObject({
      kind: 'CANCELLED',
      acquirerCancelId: 'A1234567890123456789',
      cancelledAt: new Date('2026-01-01T18:04:06.000Z'),
    });
    const whole = { approved_cancel_amount: won(1_004), cancel_available_amount: won(0) };
    const change = { cancelAmount: 1_004 };
    expect(cancel(200, { ...body, ...whole, status: 'CANCEL_PAYMENT' }, change).kind).toBe('CANCELLED');
  });

  it.each([
    ['amount', { approved_cancel_amount: won(999) }],
    ['balance', { cancel_available_amount: won(5) }],
    ['status', { status: 'SUCCESS_PAYMENT' }],
    ['payment', { tid: 'T0' }],
    ['order number', { partner_order_id: 'pay_2' }],
    ['merchant', { cid: 'TC0ANOTHER' }],
    ['time', { canceled_at: 'yesterday' }],
  ])('is unknown when the %s is another', (_, change) => {
    expect(cancel(200, { ...body, ...change }).kind).toBe('UNKNOWN');
  });

  it.each(Object.entries(KAKAOPAY_CANCEL_REFUSALS))('is refused on %s', (code, refusal) => {
    const [error, method_result_code] = code.split('/');
    const extras = method_result_code === undefined ? undefined : { method_result_code };
    expect(cancel(400, { error_code: Number(error), error_message: 'm', extras })).toMatchObject({
      kind: 'REFUSED',
      ...refusal,
    });
  });

  it.each([
    [400, { error_code: -785 }],
    [400, { error_code: -781, extras: { method_result_code: 'BANK_FIRM_UNKNOWN' } }],
    [400, { error_code: -1 }],
    [503, { error_code: -9798 }],
    [200, 'half of {'],
  ])('is unknown on %i %p', (status, text) => {
    expect(cancel(status, text).kind).toBe('UNKNOWN');
  });
});

describe('an inquiry', () => {
  const body = {
    ...{ tid: TID, cid: CID, partner_order_id: 'pay_1', status: 'PART_CANCEL_PAYMENT' },
    amount: won(1_004),
    cancel_available_amount: won(4),
    payment_action_details: [
      { aid: 'A1', amount: 1_004, payment_action_type: 'PAYMENT' },
      { aid: 'A2', amount: 1_000, payment_action_type: 'CANCEL' },
    ],
  };
  const inquire = (status: number, text: unknown) => {
    const result = answered(status, text);
    const answer = readAnswer(result, kakaopayOrderSchema);
    const exchange = kakaopayExchange('POST /x', {}, result, { answer, shown: ({ tid }) => ({ tid }) });
    return inquiryOutcome(inquiryRequest(CID, reference), reference, answer, exchange);
  };

  it('is by tid; without one by a number that is none', () => {
    expect(inquiryRequest(CID, reference)).toEqual({ cid: CID, tid: TID });
    expect(inquiryRequest(CID, { ...reference, acquirerTransactionId: null }).tid).toBe('pay_1');
  });

  it('tells what is left and what was cancelled', () => {
    expect(inquire(200, body)).toMatchObject({
      ...{ kind: 'FOUND', state: 'PARTIALLY_CANCELLED', acquirerTransactionId: TID },
      ...{ amount: 1_004, balanceAmount: 4, cancels: [{ acquirerCancelId: 'A2', amount: 1_000 }] },
    });
  });

  it.each([
    ['SUCCESS_PAYMENT', 1_004, 'APPROVED'],
    ['CANCEL_PAYMENT', 0, 'CANCELLED'],
    ...[
      'READY',
      'SEND_TMS',
      'OPEN_PAYMENT',
      'SELECT_METHOD',
      'ARS_WAITING',
      'AUTH_PASSWORD',
      'ISSUED_SID',
    ].map((status) => [status, 0, 'PENDING'] as const),
    ...['FAIL_AUTH_PASSWORD', 'QUIT_PAYMENT', 'FAIL_PAYMENT'].map(
      (status) => [status, 0, 'NOT_APPROVED'] as const,
    ),
  ] as const)('takes %s with %i left for %s', (status, left, state) => {
    const found = inquire(200, { ...body, status, cancel_available_amount: won(left) });
    expect(found).toMatchObject({ kind: 'FOUND', state, balanceAmount: left });
  });

  it.each([
    { status: 'SUCCESS_PAYMENT' },
    { status: 'CANCEL_PAYMENT' },
    { cancel_available_amount: won(0) },
    { cancel_available_amount: won(1_004) },
    { cancel_available_amount: null },
    { status: 'NEVER_HEARD_OF' },
    { status: 'constructor' },
    { tid: 'T0' },
    { cid: 'TC0ANOTHER' },
    { partner_order_id: 'pay_2' },
  ])('is unknown with %p', (change) => {
    expect(inquire(200, { ...body, ...change }).kind).toBe('UNKNOWN');
  });

  it('finds nothing on the one code that says so', () => {
    expect(inquire(400, { error_code: -721, error_message: 'm' }).kind).toBe('NOT_FOUND');
    for (const [status, code] of [
      [400, -2],
      [401, -401],
      [500, -721],
    ] as const)
      expect(inquire(status, { error_code: code, error_message: 'm' }).kind).toBe('UNKNOWN');
  });
});
