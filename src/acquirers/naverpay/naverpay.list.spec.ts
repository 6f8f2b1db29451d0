import {
  access,
  failure,
  lost,
  ORDER_NO,
  PAYMENT_ID,
  row,
  success,
  wired,
} from '../../../test/support/naverpay-wire';

const listed = (list: unknown[], totalPageCount = 1) =>
  success({ list, totalCount: list.length, totalPageCount });
const cancel = row({ admissionTypeCode: '04', payHistId: 'H2', totalPayAmount: '-400' });

describe('the movements of a day', () => {
  it('asks for the whole Korean day and tells approvals and cancels', async () => {
    const { adapter, json } = wired(
      listed([row(), row({ admissionState: 'FAIL', payHistId: 'H0' }), cancel], 2),
    );
    const outcome = await adapter.listMovements(access, '2026-11-21', null);
    expect(json()).toMatchObject({
      startTime: '20261121000000',
      endTime: '20261121235959',
      approvalType: 'ALL',
      pageNumber: 1,
    });
    expect(outcome).toMatchObject({
      kind: 'PAGE',
      next: '2',
      lines: [
        { kind: 'APPROVAL', acquirerOrderNo: ORDER_NO, acquirerTransactionId: PAYMENT_ID },
        { kind: 'CANCEL', movementId: 'H2', amount: 400 },
      ],
    });
  });

  it('ends after the last page, also of a day without any', async () => {
    const last = wired(listed([row()], 2));
    expect(await last.adapter.listMovements(access, '2026-11-21', '2')).toMatchObject({ next: null });
    expect(last.json()).toMatchObject({ pageNumber: 2 });
    const none = wired(listed([], 0));
    expect(await none.adapter.listMovements(access, '2026-11-21', null)).toMatchObject({
      lines: [],
      next: null,
    });
  });

  it.each([
    ['a kind that nobody told us of', listed([row({ admissionTypeCode: '09' })])],
    ['a state that nobody told us of', listed([row({ admissionState: 'MAYBE' })])],
    ['an amount that is none', listed([row({ totalPayAmount: 'many' })])],
    ['another merchant', listed([row({ merchantId: 'someone-else' })])],
    ['a page missing in between', listed([], 3)],
    ['an unlisted code', failure('Fail')],
    ['no answer', lost],
  ])('is unknown with %s', async (_what, answer) => {
    const { adapter } = wired(answer);
    expect(await adapter.listMovements(access, '2026-11-21', null)).toMatchObject({ kind: 'UNKNOWN' });
  });

  it('is refused with a documented code of the history', async () => {
    const { adapter } = wired(failure('TimeConditionError', 400));
    expect(await adapter.listMovements(access, '2026-11-21', null)).toMatchObject({ kind: 'REFUSED' });
  });
});
