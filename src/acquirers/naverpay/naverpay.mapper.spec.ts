import {
  access,
  AMOUNT,
  failure,
  lost,
  page,
  PAYMENT_ID,
  reference,
  refused,
  row,
  success,
  wired,
} from '../../../test/support/naverpay-wire';
import { NAVERPAY_CANCEL_REFUSALS } from './naverpay.codes';

const unnamed = { ...reference, acquirerTransactionId: null };

describe('a cancel', () => {
  const order = {
    reference,
    cancelKey: 'pay_0001-c1',
    cancelAmount: 1_000,
    taxFreeAmount: 4,
    balanceAmount: AMOUNT,
    reason: '고객 변심',
  };
  const done = (change: Record<string, unknown> = {}) =>
    success({
      paymentId: PAYMENT_ID,
      payHistId: '20260102NP9000000002',
      totalRestAmount: AMOUNT - 1_000,
      cancelYmdt: '20260102030405',
      ...change,
    });

  it('names its parts and what is to be left, under its key', async () => {
    const { adapter, sent, form } = wired(done());
    expect(await adapter.cancel(access, order)).toMatchObject({
      kind: 'CANCELLED',
      acquirerCancelId: '20260102NP9000000002',
      cancelledAt: reference.requestedAt,
    });
    expect(form()).toEqual({
      paymentId: PAYMENT_ID,
      cancelAmount: '1000',
      cancelReason: '고객 변심',
      cancelRequester: '2',
      taxScopeAmount: '996',
      taxExScopeAmount: '4',
      doCompareRest: '1',
      expectedRestAmount: '9004',
    });
    expect(sent[0]?.headers['x-naverpay-idempotency-key']).toBe('pay_0001-c1');
  });

  it('sends a key and a reason that NaverPay takes', async () => {
    const { adapter, sent, form } = wired(done());
    await adapter.cancel(access, { ...order, cancelKey: 'k'.repeat(65), reason: `a${'가'.repeat(100)}` });
    expect(sent[0]?.headers['x-naverpay-idempotency-key']).toMatch(/^[\w-]{43}$/);
    expect(form().cancelReason).toBe(`a${'가'.repeat(85)}`);
  });

  it('reads the earlier answer that comes with HTTP 409', async () => {
    const again = await wired({ ...done(), status: 409 }).adapter.cancel(access, order);
    expect(again.kind).toBe('CANCELLED');
  });

  it('has no id where NaverPay gives none', async () => {
    const outcome = await wired(done({ payHistId: '' })).adapter.cancel(access, order);
    expect(outcome).toMatchObject({ kind: 'CANCELLED', acquirerCancelId: null });
  });

  it.each([
    ['another rest', done({ totalRestAmount: AMOUNT })],
    ['another payment', done({ paymentId: 'other' })],
    ['no time', done({ cancelYmdt: '' })],
    ['one that NaverPay finishes by itself', failure('CancelNotComplete')],
    ['one under way', failure('AlreadyOnGoing')],
    ['a failure that says nothing', failure('Fail')],
    ['a code that is not listed', failure('SomethingNew')],
    ['a code that every object has', failure('toString')],
    ['a refusal with HTTP 503', failure('MaintenanceOngoing', 503)],
    ['an answer that was lost', lost],
  ])('is unknown: %s', async (_, answer) => {
    expect((await wired(answer).adapter.cancel(access, order)).kind).toBe('UNKNOWN');
  });

  it.each(Object.entries(NAVERPAY_CANCEL_REFUSALS))('is refused by %s', async (code, refusal) => {
    const outcome = await wired(failure(code)).adapter.cancel(access, order);
    expect(outcome).toMatchObject({ kind: 'REFUSED', ...refusal });
  });

  it('is not sent without a connection, nor without a payment id', async () => {
    expect((await wired(refused).adapter.cancel(access, order)).kind).toBe('NOT_SENT');
    const { adapter, sent } = wired(done());
    await expect(adapter.cancel(access, { ...order, reference: unnamed })).rejects.toThrow('paymentId');
    expect(sent).toEqual([]);
  });
});

const cancelled = (totalPayAmount: number, change: Record<string, unknown> = {}) =>
  row({ admissionTypeCode: '04', totalPayAmount, payHistId: `c${totalPayAmount}`, ...change });

describe('an inquiry by the payment', () => {
  const inquire = (...answers: Parameters<typeof wired>) =>
    wired(...answers).adapter.inquire(access, reference);

  it.each([
    ['APPROVED', [row()], AMOUNT],
    ['PARTIALLY_CANCELLED', [row(), cancelled(4), cancelled(1_000)], AMOUNT - 1_004],
    ['PARTIALLY_CANCELLED', [row(), cancelled(-4, { merchantPayKey: '' })], AMOUNT - 4],
    ['APPROVED', [row(), cancelled(4, { admissionState: 'FAIL' })], AMOUNT],
    ['CANCELLED', [row(), cancelled(AMOUNT, { admissionTypeCode: '03' })], 0],
    ['CANCELLED', [cancelled(4), cancelled(AMOUNT - 4), row()], 0],
    ['NOT_APPROVED', [row({ admissionState: 'FAIL' })], 0],
  ])('finds it %s', async (state, rows, balanceAmount) => {
    expect(await inquire(page(rows))).toMatchObject({
      kind: 'FOUND',
      state,
      acquirerTransactionId: PAYMENT_ID,
      amount: AMOUNT,
      balanceAmount,
    });
  });

  it('tells each cancel by its own id', async () => {
    expect(await inquire(page([row(), cancelled(4), cancelled(1_000)]))).toMatchObject({
      cancels: [
        { acquirerCancelId: 'c4', amount: 4 },
        { acquirerCancelId: 'c1000', amount: 1_000 },
      ],
    });
  });

  it('reads all pages of the whole history', async () => {
    const { adapter, json } = wired(
      page([row()], { totalPageCount: 2 }),
      page([cancelled(4)], { totalPageCount: 2 }),
    );
    expect(await adapter.inquire(access, reference)).toMatchObject({ balanceAmount: AMOUNT - 4 });
    expect([json(0), json(1)]).toEqual([
      { paymentId: PAYMENT_ID, approvalType: 'ALL', pageNumber: 1, rowsPerPage: 100 },
      { paymentId: PAYMENT_ID, approvalType: 'ALL', pageNumber: 2, rowsPerPage: 100 },
    ]);
  });

  it.each([
    ['another order', [row({ merchantPayKey: 'other' })]],
    ['another payment', [row({ paymentId: 'other' })]],
    ['another merchant', [row({ merchantId: 'other' })]],
    ['two approvals', [row(), row()]],
    ['a kind that is not listed', [row(), row({ admissionTypeCode: '09' })]],
    ['a state that is not listed', [row({ admissionState: 'WAIT' })]],
    ['more cancelled than approved', [row(), cancelled(AMOUNT + 1)]],
    ['a cancel of nothing', [row(), cancelled(0)]],
    ['a cancel of nothing approved', [row({ admissionState: 'FAIL' }), cancelled(4)]],
    ['no amount', [row({ totalPayAmount: '' })]],
  ])('does not know what it found: %s', async (_, rows) => {
    expect((await inquire(page(rows))).kind).toBe('UNKNOWN');
  });

  it.each([
    ['a failure', [failure('Fail')]],
    ['an answer that was lost', [lost]],
    ['no connection', [refused]],
    ['no number of pages', [page([row()], { totalPageCount: undefined })]],
    ['a second page that was lost', [page([row()], { totalPageCount: 2 }), lost]],
    ['a second page that is empty', [page([row()], { totalPageCount: 3 }), page([], { totalPageCount: 3 })]],
  ])('knows nothing after %s', async (_, answers) => {
    expect((await inquire(...answers)).kind).toBe('UNKNOWN');
  });

  it('finds nothing in an empty history', async () => {
    expect((await inquire(page([]))).kind).toBe('NOT_FOUND');
  });

  it('keeps no card number and nothing of the payer', async () => {
    expect(JSON.stringify(await inquire(page([row()])))).not.toMatch(/424242|somebody|client-|chain-id/);
  });
});

describe('an inquiry by the order number', () => {
  const other = row({ merchantPayKey: 'other', paymentId: 'other' });

  it('looks through the approvals of three days, then reads the history of what it found', async () => {
    const { adapter, sent, json } = wired(
      page([other], { totalPageCount: 3 }),
      page([other, row()], { totalPageCount: 3 }),
      page([row(), cancelled(AMOUNT)]),
    );
    expect(await adapter.inquire(access, unnamed)).toMatchObject({
      state: 'CANCELLED',
      acquirerTransactionId: PAYMENT_ID,
    });
    expect(sent).toHaveLength(3);
    expect(json(1)).toEqual({
      startTime: '20260101030405',
      endTime: '20260103030405',
      approvalType: 'APPROVAL',
      pageNumber: 2,
      rowsPerPage: 100,
    });
    expect(json(2)).toMatchObject({ paymentId: PAYMENT_ID });
  });

  it('prefers the try that was approved', async () => {
    const { adapter, json } = wired(
      page([row({ paymentId: 'failed', admissionState: 'FAIL' }), row()]),
      page([row()]),
    );
    expect(await adapter.inquire(access, unnamed)).toMatchObject({ state: 'APPROVED' });
    expect(json(1)).toMatchObject({ paymentId: PAYMENT_ID });
  });

  it('finds nothing where nobody has the number', async () => {
    const { adapter, sent } = wired(page([other]));
    expect((await adapter.inquire(access, unnamed)).kind).toBe('NOT_FOUND');
    expect(sent).toHaveLength(1);
  });

  it.each([
    ['a page that was lost', [lost]],
    ['pages without end', [page([other], { totalPageCount: 1_000 })]],
    ['a history that knows nothing of what the list told', [page([row()]), page([])]],
  ])('knows nothing after %s', async (_, answers) => {
    const { adapter, sent } = wired(...answers);
    expect((await adapter.inquire(access, unnamed)).kind).toBe('UNKNOWN');
    expect(sent.length).toBeLessThanOrEqual(300);
  });
});
