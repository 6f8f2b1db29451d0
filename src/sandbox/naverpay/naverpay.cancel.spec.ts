import {
  newWorld,
  call,
  said,
  codeOf,
  finish,
  apply,
  history,
  paid,
  cancelForm,
  part,
  cancel,
  STRANGER,
} from '../../../test/support/naverpay-world';

describe('a cancel', () => {
  it('tells what is left, and tells it again under the same key', async () => {
    const world = newWorld();
    const paymentId = await paid(world);
    const form = cancelForm(paymentId, part(1_000, 4));
    const first = await cancel(world, form, 'c1');
    expect(said(first).body).toMatchObject({
      payHistId: expect.stringMatching(/^20260102NP\d{10}$/),
      primaryPayCancelAmount: 1_000,
      totalRestAmount: 4,
      taxScopeRestAmount: 4,
      cancelYmdt: '20260102030405',
    });
    expect((await cancel(world, form, 'c1')).answer).toMatchObject({
      status: 409,
      body: first.answer.body,
    });
    expect(world.sandbox.ledger.size).toBe(2);
  });

  it.each([
    ['InvalidPaymentId', { paymentId: '20260102NP0000000009' }],
    ['TaxScopeAmountError', { taxScopeAmount: '1000' }],
    ['TaxScopeAmtGreaterThanRemainError', { taxScopeAmount: '1003', taxExScopeAmount: '1' }],
    ['OverRemainAmount', part(1_005, -1)],
    ['RestAmountDiff', part(1_000, 5)],
    ['RequireParameter', { cancelReason: '' }],
    ['InvalidParameter', { cancelReason: '가'.repeat(86) }],
    ['InvalidParameter', { cancelRequester: '3' }],
    ['InvalidParameter', { expectedRestAmount: '' }],
  ])('is refused with %s for %p', async (code, change) => {
    const world = newWorld();
    const paymentId = await paid(world);
    expect(codeOf(await cancel(world, cancelForm(paymentId, change)))).toBe(code);
    expect(world.sandbox.ledger.size).toBe(1);
  });

  it('is refused once nothing is left, and to another merchant', async () => {
    const world = newWorld();
    const paymentId = await paid(world);
    const headers = STRANGER;
    const form = cancelForm(paymentId);
    expect(codeOf(await call(world, '/v1/cancel', { form, headers }))).toBe('InvalidPaymentId');
    expect(codeOf(await cancel(world, form))).toBe('Success');
    expect(codeOf(await cancel(world, form))).toBe('AlreadyCanceled');
  });
});

describe('the history', () => {
  const PERIOD = { startTime: '20260101030405', endTime: '20260103030405' };

  it('has a row for each try and each cancel, page by page', async () => {
    const world = newWorld();
    await apply(world, finish(world, { cardNumber: '4000000000000002' }));
    const paymentId = await paid(world);
    await cancel(world, cancelForm(paymentId, part(4, 1_000)));
    await cancel(world, cancelForm(paymentId, part(1_000, 0)));
    const told = async (asked: Record<string, unknown>) =>
      said(await history(world, asked)).body.list.map((row) => [
        row.admissionTypeCode,
        row.admissionState,
        row.totalPayAmount,
      ]);
    const [failed, approved] = [
      ['01', 'FAIL', 1_004],
      ['01', 'SUCCESS', 1_004],
    ];
    const cancels = [
      ['04', 'SUCCESS', 4],
      ['04', 'SUCCESS', 1_000],
    ];
    expect(await told({ paymentId })).toEqual([approved, ...cancels]);
    expect(await told({ ...PERIOD, approvalType: 'CANCEL' })).toEqual(cancels);
    const approvals = await told({ ...PERIOD, approvalType: 'APPROVAL' });
    expect(approvals).toHaveLength(2);
    expect(approvals).toEqual(expect.arrayContaining([failed, approved]));
    const page = said(await history(world, { ...PERIOD, rowsPerPage: 3, pageNumber: 2 })).body;
    expect(page).toMatchObject({ totalCount: 4, responseCount: 1, totalPageCount: 2, currentPageNumber: 2 });
  });

  it.each([
    ['TimeConditionError', { ...PERIOD, endTime: '20260202030405' }],
    ['InvalidParameter', { ...PERIOD, endTime: '20260231000000' }],
    ['InvalidParameter', { ...PERIOD, rowsPerPage: 101 }],
    ['RequireParameter', {}],
  ])('is refused with %s for %p', async (code, asked) => {
    expect(codeOf(await history(newWorld(), asked))).toBe(code);
  });

  it('knows nothing of a payment that nobody applied for', async () => {
    const world = newWorld();
    expect(said(await history(world, { paymentId: finish(world) })).body).toMatchObject({ totalCount: 0 });
  });
});
