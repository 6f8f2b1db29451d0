import { Secret } from '../../common/masking/secret';
import { access, refused, scripted, sentBy } from '../../../test/support/scripted-toss';

const reference = {
  acquirerOrderNo: 'pay_1',
  acquirerTransactionId: 'tk_1',
  channel: 'VIRTUAL_ACCOUNT',
  requestedAt: new Date('2026-01-02T03:04:05Z'),
  amount: 1_004,
} as const;
const waiting = {
  mId: 'tosstest01',
  paymentKey: 'tk_1',
  orderId: 'pay_1',
  status: 'WAITING_FOR_DEPOSIT',
  currency: 'KRW',
  method: '가상계좌',
  totalAmount: 1_004,
  balanceAmount: 1_004,
  approvedAt: null as string | null,
  lastTransactionKey: null,
  cancels: null as unknown,
  card: null,
  virtualAccount: {
    accountNumber: 'X9000000000001',
    bankCode: '06',
    dueDate: '2026-01-05T12:00:00+09:00',
    depositorName: null as string | null,
  },
  secret: 'ps_1' as string | null,
};
const accountOrder = {
  acquirerOrderNo: 'pay_1',
  acquirerTransactionId: null,
  amount: 1_004,
  taxFreeAmount: 4,
  goodsName: 'g'.repeat(101),
  customerName: '홍길동',
  bankCode: '004',
  dueAt: new Date('2026-01-05T03:00:00Z'),
};

describe('a virtual account', () => {
  it("is asked for in TossPayments' words, and comes back in ours", async () => {
    const { adapter, calls } = scripted([200, waiting]);
    const outcome = await adapter.issueVirtualAccount(access, accountOrder);
    expect(calls[0]?.headers['idempotency-key']).toBe('pay_1');
    expect(sentBy(calls)).toEqual({
      amount: 1_004,
      orderId: 'pay_1',
      orderName: 'g'.repeat(100),
      customerName: '홍길동',
      bank: '06',
      dueDate: '2026-01-05T12:00:00',
      taxFreeAmount: 4,
    });
    expect(outcome).toMatchObject({
      kind: 'ISSUED',
      acquirerTransactionId: 'tk_1',
      accountNumber: 'X9000000000001',
      bankCode: '004',
      dueAt: accountOrder.dueAt,
    });
    expect(outcome.kind === 'ISSUED' && outcome.depositSecret?.expose()).toBe('ps_1');
    expect(JSON.stringify(outcome.exchange)).not.toMatch(/홍길동|X9|ps_1/);
  });

  it.each([
    ['state', { status: 'DONE' }],
    ['order number', { orderId: 'pay_2' }],
    ['amount', { totalAmount: 1_005 }],
    ['merchant', { mId: 'another' }],
    ['currency', { currency: 'USD' }],
    ['bank', { virtualAccount: { ...waiting.virtualAccount, bankCode: '88' } }],
    ['due date', { virtualAccount: { ...waiting.virtualAccount, dueDate: 'soon' } }],
    ['secret', { secret: null }],
    ['account', { virtualAccount: null }],
  ])('is unknown when its %s is another or missing', async (_, change) => {
    const { adapter } = scripted([200, { ...waiting, ...change }]);
    expect((await adapter.issueVirtualAccount(access, accountOrder)).kind).toBe('UNKNOWN');
  });

  it('is unknown where the order number was used, and refused without asking at a bank nobody knows', async () => {
    const { adapter, calls } = scripted([400, refused('DUPLICATED_ORDER_ID')]);
    expect((await adapter.issueVirtualAccount(access, accountOrder)).kind).toBe('UNKNOWN');
    const unknownBank = { ...accountOrder, bankCode: '999' };
    expect((await adapter.issueVirtualAccount(access, unknownBank)).kind).toBe('REFUSED');
    expect(calls).toHaveLength(1);
  });

  it('is closed only while nobody has paid', async () => {
    const cancels = [{ cancelAmount: 1_004, transactionKey: 'T1', canceledAt: '2026-01-03T00:00:00+09:00' }];
    const closed = { ...waiting, status: 'CANCELED', balanceAmount: 0, cancels };
    const paid = { ...closed, approvedAt: '2026-01-02T13:00:00+09:00' };
    const { adapter, calls } = scripted(
      [200, closed],
      [200, paid],
      [400, refused('INVALID_REFUND_ACCOUNT_INFO')],
    );
    expect(await adapter.closeVirtualAccount(access, reference)).toMatchObject({
      kind: 'CANCELLED',
      acquirerCancelId: 'T1',
    });
    expect(calls[0]?.headers).not.toHaveProperty('idempotency-key');
    expect((await adapter.closeVirtualAccount(access, reference)).kind).toBe('UNKNOWN');
    expect(await adapter.closeVirtualAccount(access, reference)).toMatchObject({ kind: 'REFUSED' });
  });

  it('is told from one that was refunded by its deposit', async () => {
    const deposited = { approvedAt: '2026-01-02T13:00:00+09:00' };
    const cases = [
      [{}, 'PENDING'],
      [{ status: 'EXPIRED' }, 'NOT_APPROVED'],
      [{ status: 'CANCELED', balanceAmount: 0 }, 'NOT_APPROVED'],
      [{ status: 'CANCELED', balanceAmount: 0, ...deposited }, 'CANCELLED'],
      [{ status: 'DONE', ...deposited }, 'APPROVED'],
    ] as const;
    for (const [change, state] of cases) {
      const { adapter } = scripted([200, { ...waiting, ...change }]);
      expect(await adapter.inquire(access, reference)).toMatchObject({ kind: 'FOUND', state });
    }
    const virtualAccount = { ...waiting.virtualAccount, depositorName: '홍길동' };
    const { adapter } = scripted([200, { ...waiting, status: 'DONE', ...deposited, virtualAccount }]);
    expect(await adapter.inquire(access, reference)).toMatchObject({
      deposit: { depositor: '홍길동', depositedAt: new Date('2026-01-02T04:00:00Z') },
    });
  });

  it('gives a deposit back to the account that it is told, and keeps none of it', async () => {
    const cancels = [{ cancelAmount: 4, transactionKey: 'T1', canceledAt: '2026-01-03T00:00:00+09:00' }];
    const { adapter, calls } = scripted([200, { ...waiting, status: 'PARTIAL_CANCELED', cancels }]);
    const order = { reference, cancelKey: 'k1', cancelAmount: 4, taxFreeAmount: 0, balanceAmount: 1_004 };
    const to = { bankCode: '088', accountNumber: new Secret('110123456789'), holderName: '홍길동' };
    const outcome = await adapter.refundDeposit(access, { ...order, reason: 'r' }, to);
    expect(outcome.kind).toBe('CANCELLED');
    expect(sentBy(calls).refundReceiveAccount).toEqual({
      bank: '88',
      accountNumber: '110123456789',
      holderName: '홍길동',
    });
    expect(JSON.stringify(outcome.exchange)).not.toMatch(/110123456789|홍길동/);
  });
});

describe('a billing key', () => {
  const billing = {
    mId: 'tosstest01',
    customerKey: 'cus_1',
    billingKey: 'bk/1=',
    card: { issuerCode: '11', cardType: '체크', ownerType: '법인' },
  };
  const keyOrder = {
    customerKey: 'cus_1',
    acquirerOrderNo: 'bil_1',
    card: new Secret({ cardNumber: '4242424242424242', cardExpiry: '3012', cardPasswordTwoDigits: '98' }),
  };

  it('is issued for the customer and contract that were asked, and for no other', async () => {
    const others = [{ customerKey: 'cus_2' }, { mId: 'another' }, { billingKey: '' }];
    const answers = others.map((change): [number, unknown] => [200, { ...billing, ...change }]);
    const { adapter } = scripted([200, billing], ...answers, [400, refused('INVALID_CARD_NUMBER')]);
    const outcome = await adapter.issueBillingKey(access, keyOrder);
    expect(outcome).toMatchObject({
      kind: 'ISSUED',
      card: { issuer: 'KB', cardType: 'CHECK', ownerType: 'CORPORATE' },
    });
    expect(JSON.stringify(outcome.exchange)).not.toMatch(/4242424242424242|bk.1=/);
    for (let index = 0; index < others.length; index += 1)
      expect((await adapter.issueBillingKey(access, keyOrder)).kind).toBe('UNKNOWN');
    expect(await adapter.issueBillingKey(access, keyOrder)).toMatchObject({
      kind: 'DECLINED',
      declineCode: 'CARD_NUMBER_INVALID',
    });
  });

  it('is gone when TossPayments says so, and only then', async () => {
    const { adapter, calls } = scripted(
      [200, ''],
      [400, refused('ALREADY_REMOVED_BILLING_KEY')],
      [404, refused('NOT_FOUND_BILLING')],
      [200, '{'],
      [200, {}],
      [400, refused('PROVIDER_ERROR')],
      [500, refused('COMMON_ERROR')],
    );
    const kinds: string[] = [];
    for (let index = 0; index < 7; index += 1) {
      kinds.push((await adapter.revokeBillingKey(access, new Secret('bk/1='))).kind);
    }
    expect(kinds).toEqual(['REVOKED', 'REVOKED', 'REFUSED', 'UNKNOWN', 'UNKNOWN', 'UNKNOWN', 'UNKNOWN']);
    expect(calls[0]).toMatchObject({ method: 'DELETE', url: 'http://toss.test/v1/billing/bk%2F1%3D' });
  });
});
