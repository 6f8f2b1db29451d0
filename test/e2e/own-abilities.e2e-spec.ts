import { SqlPool } from '../../src/common/db/pool';
import { AccountShop, REFUND_TO } from '../support/accounts';
import { charge, issue as issueKey } from '../support/billing';
import { MerchantClient, newOrderNo } from '../support/merchant';
import { eventually } from '../support/program';
import { Stack } from '../support/stack';

jest.setTimeout(180_000);

/*
 * What a merchant asks of its own acquirer besides card payments, through the API and without a worker's help where the
 * acquirer answers: cash receipts, virtual accounts, billing keys. TossPayments' are proved in specs of their own.
 */
const PHONE = '01077315599';
/** To whom PortOne's sandbox says that every account but its own belongs. */
const { holderName } = REFUND_TO;

let stack: Stack;
let pool: SqlPool;

beforeAll(async () => {
  stack = await Stack.start('own_abilities', { webhookUrl: true });
  pool = new SqlPool(stack.databaseUrl, { connectionsMax: 1, waitMs: 5_000, queryTimeoutMs: 10_000 });
});
afterAll(async () => {
  await pool?.close();
  await stack?.stop();
});

const receiptWish = (more: Record<string, unknown> = {}) => ({
  ...{ orderNo: newOrderNo(), amount: 55_000, purpose: 'INCOME_DEDUCTION', identifier: PHONE },
  ...more,
});

describe.each([
  ['inicis', 'M0000002', { lost: 'UNCONFIRMED', lostCancel: 'UNCONFIRMED', parts: false }],
  ['portone', 'M0000003', { lost: 'ISSUED', lostCancel: 'DONE', parts: false }],
  ['nicepay', 'M0000004', { lost: 'UNCONFIRMED', lostCancel: 'DONE', parts: true }],
] as const)('%s', (acquirer, mid, { lost, lostCancel, parts }) => {
  let merchant: MerchantClient;
  const control = () => stack.control.of(acquirer);
  beforeAll(() => (merchant = new MerchantClient(stack.api.url, mid)));
  afterEach(() => control().clear());

  const receipt = (wish = receiptWish()) => merchant.send('POST', '/v1/cash-receipts', wish);
  const look = (id: unknown) => merchant.send('GET', `/v1/cash-receipts/${String(id)}`);
  const cancel = (id: unknown, more: Record<string, unknown> = {}) =>
    merchant.send('POST', `/v1/cash-receipts/${String(id)}/cancel`, { reason: '고객 변심', ...more });
  const booked = async (approvalNo: unknown) => {
    const book = await control().cashReceipts();
    return {
      issues: book.filter((line) => line.kind === 'issue' && line.approvalNo === approvalNo).length,
      cancels: book.filter((line) => line.originalApprovalNo === approvalNo).map(({ amount }) => amount),
    };
  };

  it('issues a cash receipt and takes it back, never more than was asked', async () => {
    const { status, body } = await receipt();
    expect([status, body.outcome, body.provider]).toEqual([200, 'SUCCESS', acquirer]);
    const part = await cancel(body.receiptId, { cancelAmount: 11_000 });
    if (parts) expect(part.body).toMatchObject({ status: 'PARTIALLY_CANCELLED', balanceAmount: 44_000 });
    else expect([part.status, part.body.code]).toEqual([422, 'CANCEL_REFUSED']);
    expect(await booked(body.approvalNo)).toEqual({ issues: 1, cancels: parts ? [11_000] : [] });
    const rest = await cancel(body.receiptId);
    expect(rest.body).toMatchObject({ status: 'CANCELLED', balanceAmount: 0, cancelledAmount: 55_000 });
    expect((await booked(body.approvalNo)).cancels).toEqual(parts ? [11_000, 44_000] : [55_000]);
    const again = await cancel(body.receiptId);
    expect([again.status, again.body.code]).toEqual([409, 'ALREADY_CANCELLED']);
  });

  it(`a receipt whose answer was lost is ${lost}, and there once`, async () => {
    const before = (await control().cashReceipts()).length;
    await control().arm('cashReceipt', 'drop-after', { times: 1 });
    const wish = receiptWish();
    const { body } = await receipt(wish);
    expect((await look(body.receiptId)).body.status).toBe(lost);
    const again = await receipt(wish);
    expect(again.body.code ?? again.body.outcome).toBe(
      lost === 'ISSUED' ? 'DUPLICATE' : 'CASH_RECEIPT_TIMEOUT',
    );
    expect(await control().cashReceipts()).toHaveLength(before + 1);
  });

  it(`a cancel of one whose answer was lost is ${lostCancel}`, async () => {
    const { body } = await receipt();
    await control().arm('cashReceipt', 'drop-after', { times: 1 });
    await cancel(body.receiptId);
    const cancelOf = async () =>
      ((await look(body.receiptId)).body.cancels as readonly { status: string }[])[0]?.status;
    await eventually(async () => ((await cancelOf()) === lostCancel ? true : undefined), {
      ...{ withinMs: 60_000, what: `the cancel becomes ${lostCancel}` },
    });
    expect((await booked(body.approvalNo)).cancels).toEqual([55_000]);
  });

  it('issues a virtual account, learns of its deposit and gives it back', async () => {
    const shop = new AccountShop(merchant);
    const account = await shop.issue();
    expect(account).toMatchObject({ acquirer });
    expect(await control().deposit(account.accountNumber, account.amount, holderName)).toBe(true);
    await shop.becomes(account, 'APPROVED');
    const refunds = () => control().ledger(account.paymentId);
    const missing = await merchant.cancel(account.paymentId);
    expect([missing.status, missing.body.code]).toEqual([422, 'REFUND_ACCOUNT_REQUIRED']);
    const part = await merchant.cancel(account.paymentId, {
      ...{ cancelAmount: 11_000, refundAccount: REFUND_TO },
    });
    expect(part.body).toMatchObject({ status: 'PARTIALLY_CANCELLED', balanceAmount: 30_000 });
    const rest = await merchant.cancel(account.paymentId, { refundAccount: REFUND_TO });
    expect(rest.body).toMatchObject({ status: 'CANCELLED', balanceAmount: 0 });
    expect((await refunds()).map(({ kind, amount }) => [kind, amount])).toEqual([
      ['approval', 41_000],
      ['cancel', 11_000],
      ['cancel', 30_000],
    ]);
  });

  it('issues a billing key, charges it and revokes it', async () => {
    const { status, body } = await issueKey(merchant, { customerKey: `own-${acquirer}` });
    expect([status, body.acquirer, body.status]).toEqual([201, acquirer, 'ACTIVE']);
    const key = String(body.billingKey);
    const paid = await charge(merchant, key);
    expect(paid.body).toMatchObject({ outcome: 'SUCCESS', status: 'APPROVED', amount: 19_900 });
    expect(await control().charged(paid.body.paymentId)).toBe(19_900);
    expect((await merchant.cancel(paid.body.paymentId)).body).toMatchObject({ status: 'CANCELLED' });
    expect(await control().charged(paid.body.paymentId)).toBe(0);
    const revoked = await merchant.send('DELETE', `/v1/billing-keys/${key}`);
    // KG Inicis takes no key back: it pays nothing from now on, and in the end our token is destroyed.
    expect(revoked.body.status).toBe(acquirer === 'inicis' ? 'REVOKING' : 'REVOKED');
    expect((await charge(merchant, key)).body.code).toBe('BILLING_KEY_REVOKED');
  });
});

describe('PortOne knows whose an account is', () => {
  it.each([['of somebody else', { holderName: '김철수' }, 422, 'REFUND_ACCOUNT_HOLDER_MISMATCH']])(
    'money to an account %s is not sent',
    async (_, wrong, status, code) => {
      const merchant = new MerchantClient(stack.api.url, 'M0000003');
      const shop = new AccountShop(merchant);
      const account = await shop.issue();
      const portone = stack.control.of('portone');
      await portone.deposit(account.accountNumber, account.amount, holderName);
      await shop.becomes(account, 'APPROVED');
      const refused = await merchant.cancel(account.paymentId, { refundAccount: { ...REFUND_TO, ...wrong } });
      expect([refused.status, refused.body.code]).toEqual([status, code]);
      expect(await portone.calls('cancel', account.paymentId)).toBe(0);
      expect(await shop.payment(account)).toMatchObject({ status: 'APPROVED', cancels: [] });
      expect((await merchant.cancel(account.paymentId, { refundAccount: REFUND_TO })).body).toMatchObject({
        status: 'CANCELLED',
      });
    },
  );
});

describe('what a provider never takes', () => {
  it('is given up after some sendings, and may be asked for again', async () => {
    const merchant = new MerchantClient(stack.api.url, 'M0000003');
    // NICEPAY behind PortOne takes no cards: HTTP 500, which is no answer.
    const wish = receiptWish({ identifier: '4000007731559909' });
    const { status, body } = await merchant.send('POST', '/v1/cash-receipts', wish);
    expect([status, body.code]).toEqual([504, 'CASH_RECEIPT_TIMEOUT']);
    const { receiptId } = body;
    const seen = () => merchant.send('GET', `/v1/cash-receipts/${String(receiptId)}`);
    await eventually(async () => ((await seen()).body.status === 'FAILED' ? true : undefined), {
      ...{ withinMs: 90_000, what: 'the receipt is given up' },
    });
    expect((await seen()).body.failure).toMatchObject({ code: 'ACQUIRER_UNAVAILABLE' });
    const [row] = await pool.execute<{ sends: number; word: string }[]>(
      'SELECT sends, failure_provider_code AS word FROM cash_receipts WHERE id = ?',
      [String(receiptId)],
    );
    expect(row).toMatchObject({ sends: 4, word: 'HTTP_500' });
    const again = await merchant.send('POST', '/v1/cash-receipts', { ...wish, identifier: PHONE });
    expect(again.body).toMatchObject({ outcome: 'SUCCESS', provider: 'portone' });
  });

  it('gives the amount of a cancel back, which may be asked for again', async () => {
    const merchant = new MerchantClient(stack.api.url, 'M0000003');
    const portone = stack.control.of('portone');
    const issued = await merchant.send('POST', '/v1/cash-receipts', receiptWish());
    const path = `/v1/cash-receipts/${String(issued.body.receiptId)}`;
    const cancel = () => merchant.send('POST', `${path}/cancel`, { reason: '고객 변심' });
    await portone.arm('cashReceipt', 'status:500', { times: 4 });
    expect((await cancel()).body.code).toBe('CASH_RECEIPT_TIMEOUT');
    await eventually(
      async () => {
        const { body } = await merchant.send('GET', path);
        return body.cancels[0]?.status === 'FAILED' ? true : undefined;
      },
      { withinMs: 90_000, what: 'the cancel is given up' },
    );
    expect((await merchant.send('GET', path)).body).toMatchObject({
      ...{ status: 'ISSUED', balanceAmount: 55_000, pendingCancelAmount: 0 },
    });
    expect((await cancel()).body).toMatchObject({ status: 'CANCELLED', cancelledAmount: 55_000 });
  });
});

describe('afterwards', () => {
  it('the books agree', async () => {
    expect(await stack.verify()).toMatchObject({ code: 0 });
  });

  it('nobody’s number stands in a log or in a table', async () => {
    const secrets = [PHONE, '4000007731559909', REFUND_TO.accountNumber];
    for (const secret of secrets) expect(stack.output).not.toContain(secret);
    const columns = await pool.execute<{ t: string; c: string }[]>(
      'SELECT TABLE_NAME AS t, COLUMN_NAME AS c FROM information_schema.columns WHERE table_schema = DATABASE()',
    );
    for (const { t, c } of columns) {
      const hits = await pool.execute<unknown[]>(
        `SELECT 1 FROM ${t} WHERE ${secrets.map(() => `INSTR(\`${c}\`, ?) > 0`).join(' OR ')} LIMIT 1`,
        secrets,
      );
      expect([t, c, hits.length]).toEqual([t, c, 0]);
    }
  });
});
