import { Secret } from '../../common/masking/secret';
import type { CashReceiptOrder } from '../port/ability.types';
import type { ContractAccess, Exchange } from '../port/acquirer.types';
import { readAnswer } from './popbill.answers';
import { isRefusal } from './popbill.codes';
import { popbillAccount } from './popbill.config';
import { inquiryOutcome, issueOutcome, issueRequest, maskedIssue, revokeRequest } from './popbill.mapper';
import { tokenSignature } from './popbill.tokens';
import { popbillInfoSchema, popbillIssuedSchema } from './popbill.wire';

const NUMBER = 'R-0123456789abcdefghijkl';
const order: CashReceiptOrder = {
  acquirerOrderNo: NUMBER,
  acquirerTransactionId: null,
  purpose: 'INCOME_DEDUCTION',
  identifier: new Secret('01012345678'),
  amount: 50_000,
  supplyAmount: 30_000,
  vat: 3_000,
  taxFreeAmount: 10_000,
  serviceCharge: 7_000,
  goodsName: '만년필',
};
const exchange = { endpoint: 'x', code: null } as unknown as Exchange;
const answer = (status: number, body: unknown) =>
  ({ kind: 'ANSWER', status, body: JSON.stringify(body), latencyMs: 1 }) as const;
const ISSUED = { code: 1, message: 'ok', confirmNum: '123456789', tradeDate: '20260103' };
const INFO = {
  ...{ mgtKey: NUMBER, tradeType: '승인거래', totalAmount: '50000', stateCode: 300, confirmNum: '123456789' },
  ...{ tradeDate: '20260103', tradeDT: '20260103000102', ntsresultCode: '' },
};

it('asks for a receipt in Popbill’s words, its four amounts adding up', () => {
  const request = issueRequest(order, '0008800065');
  expect(request).toMatchObject({
    ...{ mgtKey: NUMBER, tradeType: '승인거래', tradeUsage: '소득공제용', taxationType: '과세' },
    ...{ totalAmount: '50000', supplyCost: '40000', tax: '3000', serviceFee: '7000' },
    ...{ franchiseCorpNum: '0008800065', identityNum: '01012345678' },
  });
  expect(JSON.stringify(maskedIssue(request))).not.toContain('01012345678');
  const free = { ...order, supplyAmount: 0, vat: 0, taxFreeAmount: 43_000 };
  expect(issueRequest(free, '0008800065').taxationType).toBe('비과세');
  expect(issueRequest({ ...order, purpose: 'EXPENSE_PROOF' }, '1').tradeUsage).toBe('지출증빙용');
});

it('cancels by the original’s approval number and its Korean day', () => {
  const original = {
    acquirerOrderNo: NUMBER,
    approvalNo: '123456789',
    issuedAt: new Date('2026-01-02T15:00:00.000Z'),
    amount: 50_000,
  };
  const part = { ...order, acquirerOrderNo: 'C-1', amount: 11_000, reason: '반품', original };
  expect(revokeRequest(part)).toMatchObject({
    ...{ mgtKey: 'C-1', orgConfirmNum: '123456789', orgTradeDate: '20260103' },
    ...{ isPartCancel: true, cancelType: 1, totalAmount: '11000' },
  });
  expect(revokeRequest({ ...part, amount: 50_000 }).isPartCancel).toBe(false);
});

const outcomeOf = (status: number, body: unknown) =>
  issueOutcome('ISSUED', NUMBER, readAnswer(answer(status, body), popbillIssuedSchema), exchange).kind;

it.each([
  [200, ISSUED, 'ISSUED'],
  [200, { ...ISSUED, code: 2 }, 'UNKNOWN'],
  [200, { ...ISSUED, confirmNum: '' }, 'UNKNOWN'],
  [200, {}, 'UNKNOWN'],
  [400, { code: -14001001, message: 'x' }, 'REFUSED'],
  [400, { code: -14001023, message: 'x' }, 'REFUSED'],
  [400, { code: -99003008, message: 'x' }, 'REFUSED'],
  [400, { code: -14001019, message: 'in use' }, 'UNKNOWN'],
  [400, { code: -14000004, message: 'in use' }, 'UNKNOWN'],
  [400, { code: -10000000, message: 'x' }, 'UNKNOWN'],
  [401, { code: -99010003, message: 'x' }, 'UNKNOWN'],
  [400, 'text', 'UNKNOWN'],
  [500, ISSUED, 'UNKNOWN'],
  [302, ISSUED, 'UNKNOWN'],
])('reads HTTP %i %j as %s', (status, body, kind) => {
  expect(outcomeOf(status, body)).toBe(kind);
});

it('tells a call that was not sent from one whose answer was lost', () => {
  const read = (kind: 'NOT_SENT' | 'BROKEN') =>
    issueOutcome(
      'ISSUED',
      NUMBER,
      readAnswer({ kind, reason: 'x', latencyMs: 1 }, popbillIssuedSchema),
      exchange,
    );
  expect([read('NOT_SENT').kind, read('BROKEN').kind]).toEqual(['NOT_SENT', 'UNKNOWN']);
});

it('keeps the day of a receipt that tells no time', () => {
  const read = readAnswer(answer(200, ISSUED), popbillIssuedSchema);
  expect(issueOutcome('ISSUED', NUMBER, read, exchange)).toMatchObject({
    approvalNo: '123456789',
    at: new Date('2026-01-02T15:00:00.000Z'),
  });
});

const look = (status: number, body: unknown, cancel = false) =>
  inquiryOutcome(
    {
      acquirerOrderNo: NUMBER,
      requestedAt: new Date(),
      ...(cancel
        ? { cancel: { receiptId: NUMBER, originalOrderNo: 'R-1', amount: 50_000, knownCancelIds: [] } }
        : {}),
    },
    readAnswer(answer(status, body), popbillInfoSchema),
    exchange,
  );

it.each([
  [200, INFO, false, 'FOUND'],
  [200, { ...INFO, stateCode: 304 }, false, 'FOUND'],
  [200, { ...INFO, stateCode: 305 }, false, 'FOUND'],
  [200, { ...INFO, stateCode: 400 }, false, 'UNKNOWN'],
  [200, { ...INFO, confirmNum: null }, false, 'UNKNOWN'],
  [200, { ...INFO, mgtKey: 'R-other' }, false, 'UNKNOWN'],
  [200, { ...INFO, tradeType: '취소거래' }, false, 'UNKNOWN'],
  [200, { ...INFO, tradeType: '취소거래' }, true, 'FOUND'],
  [200, { ...INFO, tradeType: '취소거래', totalAmount: '1' }, true, 'UNKNOWN'],
  [200, INFO, true, 'UNKNOWN'],
  [400, { code: -14000003, message: 'none' }, false, 'NOT_FOUND'],
  [400, { code: -14001001, message: 'x' }, false, 'UNKNOWN'],
  [500, INFO, false, 'UNKNOWN'],
])('takes a look-up of HTTP %i %j (cancel: %s) for %s', (status, body, cancel, kind) => {
  expect(look(status, body, cancel).kind).toBe(kind);
});

it('signs a token request over what is asked, when, and where', () => {
  const account = {
    ...{ linkId: 'EXAMPLE', serviceId: 'POPBILL_TEST', userId: null, businessNumber: '0008800065' },
    secretKey: Buffer.from('an example secret key of a link!').toString('base64'),
  };
  const sign = (body: string, date: string, changed = {}) =>
    tokenSignature({ ...account, ...changed }, body, date);
  const right = sign('{}', '2026-01-02T03:04:05Z');
  // HMAC-SHA-256 of "POST\n<base64 of SHA-256 of the body>\n<date>\n2.0\n/POPBILL_TEST/Token", by openssl.
  expect(right).toBe('/QLpdwhjEHFieAs11z2lx4K1zmV7uTfgtdSzdmZ0+SE=');
  for (const other of [
    sign('{ }', '2026-01-02T03:04:05Z'),
    sign('{}', '2026-01-02T03:04:06Z'),
    sign('{}', '2026-01-02T03:04:05Z', { serviceId: 'POPBILL' }),
  ])
    expect(other).not.toBe(right);
});

it('refuses a contract that names no business number or no keys', () => {
  const access = (acquirerMerchantId: string, credentials: Record<string, string>) =>
    ({ acquirerMerchantId, credentials: new Secret(credentials) }) as unknown as ContractAccess;
  expect(popbillAccount(access('000-88-00065', { linkId: 'a', secretKey: 'b' })).businessNumber).toBe(
    '0008800065',
  );
  expect(() => popbillAccount(access('x', { linkId: 'a', secretKey: 'b' }))).toThrow('business number');
  expect(() => popbillAccount(access('0008800065', { linkId: 'a' }))).toThrow('secretKey');
});

it('takes no code that is not listed for a refusal', () => {
  expect([-14001000, -14001019, -14001024, -14000003, -99010003, -10000001, 1].filter(isRefusal)).toEqual([]);
});
