import { Secret } from '../../common/masking/secret';
import type { ContractAccess } from '../port/acquirer.types';
import { ABILITY_METHODS, type AcquirerCapabilities } from '../port/acquirer.port';
import { NicepayAdapter } from './nicepay.adapter';
import { NICEPAY_CAPABILITIES } from './nicepay.capabilities';
import { sign } from './nicepay.crypto';

const SECRET_KEY = '0123456789abcdefFEDCBA9876543210';
const TID = 'UT0000000m01012601020304050001';
const access: ContractAccess = {
  contractId: 'c',
  acquirerMerchantId: 'testmid01m',
  credentials: new Secret({ clientKey: 'ck', secretKey: SECRET_KEY, merchantKey: 'k'.repeat(32) }),
  connectTimeoutMs: 1,
  answerTimeoutMs: 1,
};
type Parts = ConstructorParameters<typeof NicepayAdapter>;
const adapter = new NicepayAdapter({} as Parts[0], { acquirer: { urls: {} } } as Parts[1], {} as Parts[2]);

/** A payment object as a webhook brings it, with these changes, rightly signed. */
const payment = (change: Record<string, string | number> = {}) => {
  const ediDate = '2026-01-02T03:04:06.100+0900';
  const body = {
    tid: TID,
    orderId: 'pay_1',
    amount: 1_004,
    status: 'paid',
    cancelledTid: null,
    ediDate,
    ...change,
  };
  return { ...body, signature: sign(body.tid, body.amount, body.ediDate, SECRET_KEY) };
};

describe('a webhook', () => {
  const raw = (body: unknown) => ({
    headers: {},
    contentType: 'application/json',
    body: Buffer.from(typeof body === 'string' ? body : JSON.stringify(body)),
  });

  it('is read as a hint, and valid only with the signature of this contract', () => {
    expect(adapter.readWebhook(raw(payment()))).toMatchObject({
      kind: 'HINT',
      hint: { event: 'paid', acquirerOrderNo: 'pay_1', acquirerTransactionId: TID },
    });
    expect(adapter.verifyWebhook(access, raw(payment()))).toBe('VALID');
    expect(adapter.verifyWebhook(access, raw({ ...payment(), amount: 1 }))).toBe('INVALID');
    const other = { ...access, credentials: new Secret({ secretKey: 'another' }) };
    expect(adapter.verifyWebhook(other, raw(payment()))).toBe('INVALID');
  });

  it('is told apart by what it says of the payment', () => {
    const keyOf = (body: unknown) => {
      const reading = adapter.readWebhook(raw(body));
      return reading.kind === 'HINT' ? reading.hint.dedupeKey : null;
    };
    const later = payment({ ediDate: '2026-01-02T03:05:00.000+0900' });
    const [one, two] = ['1', '2'].map((cancelledTid) =>
      payment({ status: 'partialCancelled', cancelledTid }),
    );
    expect(keyOf(payment())).toBe(keyOf(later));
    expect(new Set([keyOf(payment()), keyOf(one), keyOf(two)]).size).toBe(3);
  });

  it.each(['', '[]', '{"tid":1}', 'tid=1'])('%p is none', (body) => {
    expect(adapter.readWebhook(raw(body)).kind).toBe('UNREADABLE');
    expect(adapter.verifyWebhook(access, raw(body))).toBe('INVALID');
  });
});

describe('a notice of the webapi', () => {
  const notice = (body: string) => ({
    headers: {},
    contentType: 'application/x-www-form-urlencoded;charset=euc-kr',
    body: Buffer.from(body, 'latin1'),
  });
  const deposit = `PayMethod=VBANK&MID=testmid01m&Amt=1004&name=%C8%AB%B1%E6%B5%BF&TID=${TID}&MOID=pay_1`;

  it('is read as a hint that nobody has signed', () => {
    const raw = notice(`${deposit}&ResultCode=4110&VbankInputName=%C8%AB%B1%E6%B5%BF`);
    expect(adapter.readWebhook(raw)).toEqual({
      kind: 'HINT',
      hint: {
        dedupeKey: `notice:${TID}:4110:`,
        event: 'virtual-account.deposited',
        acquirerMerchantId: 'testmid01m',
        acquirerOrderNo: 'pay_1',
        acquirerTransactionId: TID,
      },
    });
    expect(adapter.verifyWebhook(access, raw)).toBe('UNSIGNED');
    const issued = adapter.readWebhook(notice(`${deposit}&ResultCode=4100`));
    expect(issued).toMatchObject({ kind: 'HINT', hint: { event: 'notice.4100' } });
  });

  it.each(['', deposit, 'TID=%20&MOID=pay_1&ResultCode=4110', '{"tid":"x"}'])('%p is none', (body) => {
    expect(adapter.readWebhook(notice(body)).kind).toBe('UNREADABLE');
    expect(adapter.verifyWebhook(access, notice(body))).toBe('INVALID');
  });
});

it('opens a window with what the script wants, and no secret', async () => {
  const window = await adapter.openWindow(access, {
    acquirerOrderNo: 'pay_1',
    amount: 1_004,
    taxFreeAmount: 0,
    goodsName: '"만년필" | 검정',
    buyerPhone: '010-1234-5678',
    requestedAt: new Date('2026-01-01T18:04:05.000Z'),
    returnUrl: 'https://shop.example/return',
  });
  expect(window).toMatchObject({
    kind: 'OPENED',
    exchange: null,
    clientParams: {
      clientId: 'ck',
      method: 'card',
      orderId: 'pay_1',
      amount: 1_004,
      goodsName: '-만년필- - 검정',
      returnUrl: 'https://shop.example/return',
      buyerTel: '01012345678',
    },
  });
  expect(JSON.stringify(window)).not.toContain(SECRET_KEY);
});

describe('the adapter', () => {
  it.each(Object.entries(ABILITY_METHODS))('has %s as it declares', (ability, methods) => {
    const declared = NICEPAY_CAPABILITIES[ability as keyof AcquirerCapabilities];
    expect(methods.map((method) => method in adapter)).toEqual(methods.map(() => declared));
  });

  it('makes TIDs of thirty characters, in Korean time', () => {
    const at = new Date('2026-01-01T18:04:05.999Z');
    expect(adapter.newTransactionId(access, 'KEY_IN', 7, at)).toBe('testmid01m01012601020304050007');
    expect(adapter.newTransactionId(access, 'VIRTUAL_ACCOUNT', 1_239_999, at)).toBe(
      'testmid01m03012601020304059999',
    );
    expect(() =>
      adapter.newTransactionId({ ...access, acquirerMerchantId: 'short' }, 'KEY_IN', 1, at),
    ).toThrow('MID');
  });
});

describe('the net cancel of a key-in', () => {
  const reference = {
    acquirerOrderNo: 'pay_1',
    acquirerTransactionId: TID,
    channel: 'KEY_IN',
    requestedAt: new Date('2026-01-01T18:04:05.000Z'),
    amount: 1_004,
  } as const;
  const found = (change: Record<string, string | number> = {}) => ({
    ...payment(change),
    resultCode: '0000',
    resultMsg: 'ok',
    paidAt: '2026-01-02T03:04:06.000+0900',
    payMethod: 'card',
    balanceAmt: 1_004,
    currency: 'KRW',
  });
  const refused = { ResultCode: '2013', ResultMsg: 'done' };

  /** An adapter to which an inquiry by TID is answered by this; the addresses that it asked. */
  const undone = async (seen: object) => {
    const asked: string[] = [];
    const http = {
      send: ({ method, url }: { method: string; url: string }) => {
        asked.push(`${method} ${url.replace(/\?.*/, '')}`);
        const body = JSON.stringify(method === 'GET' ? seen : refused);
        return Promise.resolve({ kind: 'ANSWER', status: 200, body, headers: {}, latencyMs: 1 });
      },
    };
    const clock = { now: () => new Date('2026-01-01T18:04:09.000Z'), monotonicMs: () => 0 };
    const urls = { nicepay: 'new', nicepayLegacy: 'old' };
    const parts = [http, { acquirer: { urls } }, clock] as unknown as Parts;
    const keyed = { ...access, answerTimeoutMs: 1_000 };
    const outcome = await new NicepayAdapter(...parts).netCancel(keyed, reference);
    return { outcome, asked };
  };

  it('takes nothing back where the TID is proven to be of another order', async () => {
    const { outcome, asked } = await undone(found({ orderId: 'another' }));
    expect(outcome).toMatchObject({ kind: 'REFUSED', reason: 'NOT_FOUND', retryLater: false });
    expect(asked).toEqual([`GET new/v1/payments/${TID}`]);
  });

  it.each([
    ['our order', found()],
    ['nothing', { resultCode: 'U107', resultMsg: 'none' }],
    ['another order without our signature', { ...found({ orderId: 'another' }), signature: 'f'.repeat(64) }],
    ['another TID', found({ orderId: 'another', tid: `${TID.slice(0, -1)}2` })],
    ['no answer', {}],
  ])('goes on where the inquiry shows %s', async (_, seen) => {
    const { outcome, asked } = await undone(seen);
    expect(outcome).toMatchObject({ kind: 'REFUSED', reason: 'ALREADY_CANCELLED' });
    expect(asked).toEqual([`GET new/v1/payments/${TID}`, 'POST old/webapi/cancel_process.jsp']);
  });
});
