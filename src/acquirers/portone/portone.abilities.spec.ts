import { envelope, ORDER_NO, paid, refusal } from '../../../test/support/portone-samples';
import type { OutboundClient, OutboundRequest, OutboundResult } from '../../common/http/outbound-client';
import { Secret } from '../../common/masking/secret';
import { Clock } from '../../common/time/clock';
import type { AppConfig } from '../../config/app-config';
import type { ContractAccess } from '../port/acquirer.types';
import { PortoneAdapter } from './portone.adapter';
import { customerUidOf } from './portone.billing';
import { accountRequest, providersBank } from './portone.virtual-account';

const NOW = new Date('2026-01-02T12:00:00+09:00');
class FixedClock extends Clock {
  override now(): Date {
    return NOW;
  }
}
const unix = (at: Date) => Math.floor(at.getTime() / 1_000);

/** Answers in this order, after a token; the last one again and again. */
class FakeHttp {
  readonly seen: OutboundRequest[] = [];

  constructor(private readonly answers: readonly (readonly [status: number, body: unknown])[]) {}

  async send(request: OutboundRequest): Promise<OutboundResult> {
    await Promise.resolve();
    const token = { access_token: 't', now: 500, expired_at: 2_300 };
    if (request.url.endsWith('/users/getToken')) return answerOf(200, envelope(token));
    const next = this.answers[Math.min(this.seen.length, this.answers.length - 1)];
    this.seen.push(request);
    return answerOf(...(next ?? [500, null]));
  }

  get calls(): string[] {
    return this.seen.map(({ method, url }) => `${method} ${new URL(url).pathname}`);
  }
}

const answerOf = (status: number, body: unknown): OutboundResult => ({
  kind: 'ANSWER',
  status,
  body: JSON.stringify(body),
  latencyMs: 1,
});

function access(credentials: Record<string, string> = { channelKey: 'channel-key-1' }): ContractAccess {
  return {
    contractId: 'c',
    acquirerMerchantId: 'imp00000003',
    credentials: new Secret({ apiKey: 'k', apiSecret: 's', pg: 'nice_v2.mid', ...credentials }),
    connectTimeoutMs: 3_000,
    answerTimeoutMs: 10_000,
  };
}

function answering(...answers: [number, unknown][]) {
  const http = new FakeHttp(answers);
  const config = { acquirer: { urls: { portone: 'http://portone.invalid' } } } as unknown as AppConfig;
  return { http, adapter: new PortoneAdapter(http as unknown as OutboundClient, new FixedClock(), config) };
}

describe('a cash receipt', () => {
  const order = {
    acquirerOrderNo: ORDER_NO,
    acquirerTransactionId: null,
    purpose: 'INCOME_DEDUCTION' as const,
    identifier: new Secret('010-1234-5678'),
    amount: 11_500,
    supplyAmount: 10_000,
    vat: 1_000,
    taxFreeAmount: 300,
    serviceCharge: 200,
    goodsName: '만년필',
  };
  const receipt = {
    merchant_uid: ORDER_NO,
    apply_num: '100000001',
    type: 'person',
    amount: 11_500,
    vat: 1_000,
    applied_at: 1_767_323_046,
    cancelled_at: 0,
  };

  it('names whom it is for, and counts a service charge as tax-free', async () => {
    const { http, adapter } = answering([200, envelope(receipt)]);
    const issued = await adapter.issueCashReceipt(access(), order);
    expect(issued).toMatchObject({ kind: 'ISSUED', receiptId: ORDER_NO, approvalNo: '100000001' });
    expect(JSON.parse(http.seen[0]?.body ?? '')).toEqual({
      channel_key: 'channel-key-1',
      name: '만년필',
      amount: 11_500,
      identifier: '01012345678',
      identifier_type: 'phone',
      type: 'person',
      tax_free: 500,
    });
    expect(JSON.stringify(issued)).not.toMatch(/01012345678|channel-key-1/);
  });

  it.each([
    [400, refusal('이미 현금영수증이 발행된 merchant_uid입니다.'), 'UNKNOWN'],
    [500, refusal('[7012] 현금영수증 식별번호 오류'), 'UNKNOWN'],
    [401, refusal('Unauthorized'), 'REFUSED'],
    [200, envelope({ ...receipt, type: 'company' }), 'UNKNOWN'],
    [200, envelope({ ...receipt, cancelled_at: 1_767_323_050 }), 'UNKNOWN'],
  ])('HTTP %i %j is %s', async (status, body, kind) => {
    const { adapter } = answering([status, body]);
    expect(await adapter.issueCashReceipt(access(), order)).toMatchObject({ kind });
  });

  it('is not asked for without a channel key', async () => {
    const { http, adapter } = answering([200, envelope(receipt)]);
    expect(await adapter.issueCashReceipt(access({}), order)).toMatchObject({ kind: 'REFUSED' });
    expect(http.seen).toEqual([]);
  });

  const cancel = {
    ...order,
    reason: '반품',
    original: { acquirerOrderNo: ORDER_NO, approvalNo: '100000001', issuedAt: NOW, amount: 11_500 },
  };
  const cancelled = { ...receipt, cancelled_at: 1_767_323_050 };

  it('is not cancelled for a part of it', async () => {
    const { http, adapter } = answering([200, envelope(cancelled)]);
    const part = { ...cancel, amount: 500 };
    expect(await adapter.cancelCashReceipt(access(), ORDER_NO, part)).toMatchObject({ kind: 'REFUSED' });
    expect(http.seen).toEqual([]);
  });

  it.each([
    [200, envelope(cancelled), 'CANCELLED'],
    [200, envelope({ ...cancelled, amount: 1 }), 'UNKNOWN'],
    [200, envelope(receipt), 'UNKNOWN'],
    [500, refusal('이미 취소된 현금영수증입니다.'), 'UNKNOWN'],
    [404, refusal('현금영수증 발행내역이 존재하지 않습니다.'), 'REFUSED'],
  ])('its cancel: HTTP %i %j is %s', async (status, body, kind) => {
    const { adapter } = answering([status, body]);
    expect(await adapter.cancelCashReceipt(access(), ORDER_NO, cancel)).toMatchObject({ kind });
  });

  it.each([
    [receipt, 'NOT_FOUND'],
    [cancelled, 'FOUND'],
    [{ ...cancelled, amount: 1 }, 'UNKNOWN'],
  ])('its cancel is looked up by the receipt: %j is %s', async (body, kind) => {
    const { http, adapter } = answering([200, envelope(body)]);
    const told = { receiptId: ORDER_NO, originalOrderNo: ORDER_NO, amount: 11_500, knownCancelIds: [] };
    const reference = { acquirerOrderNo: 'rcn_1', requestedAt: NOW, cancel: told };
    expect(await adapter.inquireCashReceipt(access(), reference)).toMatchObject({ kind });
    expect(http.calls).toEqual([`GET /receipts/external/${ORDER_NO}`]);
  });
});

describe('a billing key', () => {
  const order = {
    customerKey: 'customer 1',
    acquirerOrderNo: ORDER_NO,
    card: new Secret({ cardNumber: '4242424242424242', cardExpiry: '3012' }),
  };

  it('has a name of its own for each registration, which tells nothing of the customer', () => {
    const uid = customerUidOf(order);
    expect(uid).toMatch(/^bk_[0-9a-f]{43}$/);
    expect(customerUidOf(order)).toBe(uid);
    expect(customerUidOf({ ...order, customerKey: 'customer 2' })).not.toBe(uid);
    expect(customerUidOf({ ...order, acquirerOrderNo: `${ORDER_NO}x` })).not.toBe(uid);
  });

  it.each([
    [404, refusal('등록되지 않은 구매자입니다.'), 'REVOKED'],
    [200, refusal('[A101] 서명 검증 실패'), 'REFUSED'],
    [200, refusal('삭제할 수 없습니다.'), 'UNKNOWN'],
    [200, envelope({ customer_uid: 'another' }), 'UNKNOWN'],
    [200, envelope({ customer_uid: 'bk_1' }), 'REVOKED'],
  ])('its end: HTTP %i %j is %s', async (status, body, kind) => {
    const { adapter } = answering([status, body]);
    expect(await adapter.revokeBillingKey(access(), new Secret('bk_1'))).toMatchObject({ kind });
  });
});

describe('a virtual account', () => {
  const order = {
    acquirerOrderNo: ORDER_NO,
    acquirerTransactionId: null,
    amount: 1_004,
    taxFreeAmount: 0,
    goodsName: '만년필',
    customerName: '입금자',
    bankCode: '088',
    dueAt: new Date('2026-01-05T23:59:59+09:00'),
  };
  const reference = {
    acquirerOrderNo: ORDER_NO,
    acquirerTransactionId: paid.imp_uid,
    channel: 'VIRTUAL_ACCOUNT' as const,
    requestedAt: NOW,
    amount: 1_004,
  };
  const waiting = {
    ...paid,
    pay_method: 'vbank',
    status: 'ready',
    paid_at: 0,
    vbank_code: '088',
    vbank_num: '9000000000001',
    vbank_date: unix(order.dueAt),
  };
  const minutesAgo = (minutes: number) => unix(NOW) - minutes * 60;

  it.each([
    ['nice_v2.mid', '088'],
    ['html5_inicis', '88'],
    ['kcp_billing', 'BK88'],
  ])('of %s has the bank %s', (pg, bank) => expect(providersBank('088', pg)).toBe(bank));

  it('names a tax-free amount only where there is one', () => {
    expect(accountRequest(order, 'ck', 'nice_v2')).not.toHaveProperty('tax_free');
    expect(accountRequest({ ...order, taxFreeAmount: 4 }, 'ck', 'nice_v2')).toHaveProperty('tax_free', 4);
  });

  it.each([
    [{ status: 'cancelled', cancelled_at: 1_767_323_050 }, 'CANCELLED'],
    [{ status: 'paid', paid_at: 1_767_323_046 }, 'UNKNOWN'],
    [{ status: 'cancelled', paid_at: 1_767_323_046, cancelled_at: 1_767_323_050 }, 'UNKNOWN'],
    [{}, 'UNKNOWN'],
  ])('is closed only where nobody has paid: %j is %s', async (change, kind) => {
    const { adapter } = answering([200, envelope({ ...waiting, ...change })]);
    expect(await adapter.closeVirtualAccount(access(), reference)).toMatchObject({ kind });
  });

  it('is not closed by its order number, which may have several', async () => {
    const { http, adapter } = answering([200, envelope(waiting)]);
    const unnamed = { ...reference, acquirerTransactionId: null };
    expect(await adapter.closeVirtualAccount(access(), unnamed)).toMatchObject({ kind: 'NOT_SENT' });
    expect(http.seen).toEqual([]);
  });

  it.each([
    [{}, 'PENDING'],
    [{ vbank_date: minutesAgo(9) }, 'PENDING'],
    [{ vbank_date: minutesAgo(11) }, 'NOT_APPROVED'],
    [{ status: 'cancelled', cancelled_at: 1_767_323_050 }, 'NOT_APPROVED'],
    [{ status: 'paid', paid_at: 1_767_323_046, vbank_date: minutesAgo(11) }, 'APPROVED'],
  ])('%j is %s', async (change, state) => {
    const { adapter } = answering([200, envelope({ ...waiting, ...change })]);
    const seen = await adapter.inquire(access(), reference);
    expect(seen).toMatchObject({ kind: 'FOUND', state });
    expect('deposit' in seen).toBe(state === 'APPROVED');
  });
});

it.each([
  [200, envelope({ bank_holder: '홍길동' }), { kind: 'FOUND', holderName: '홍길동' }],
  [404, refusal('계좌정보를 조회할 수 없습니다.'), { kind: 'NOT_FOUND' }],
  [400, refusal('파라메터 오류'), { kind: 'UNKNOWN' }],
  [200, envelope({ bank_holder: '' }), { kind: 'UNKNOWN' }],
])('an account holder: HTTP %i %j', async (status, body, expected) => {
  const { adapter } = answering([status, body]);
  const account = { bankCode: '088', accountNumber: new Secret('110123456789') };
  const found = await adapter.findAccountHolder(access(), account);
  expect(found).toMatchObject(expected);
  expect(JSON.stringify(found)).not.toContain('110123456789');
});
