import { Secret } from '../../common/masking/secret';
import { access, refused, scripted, sentBy } from '../../../test/support/scripted-toss';

describe('a cash receipt', () => {
  const receipt = {
    receiptKey: 'cr_1',
    orderId: 'rcp_1',
    transactionType: 'CONFIRM',
    issueNumber: '100000001',
    issueStatus: 'IN_PROGRESS',
    amount: 11_000,
    requestedAt: '2026-01-02T23:59:59+09:00',
  };
  const receiptOrder = {
    acquirerOrderNo: 'rcp_1',
    acquirerTransactionId: null,
    purpose: 'EXPENSE_PROOF',
    identifier: new Secret('1234567890'),
    amount: 11_000,
    supplyAmount: 9_000,
    vat: 900,
    taxFreeAmount: 600,
    serviceCharge: 500,
    goodsName: '만년필',
  } as const;

  it('goes out with the service charge among what bears no VAT', async () => {
    const { adapter, calls } = scripted([200, receipt]);
    const outcome = await adapter.issueCashReceipt(access, receiptOrder);
    expect(sentBy(calls)).toMatchObject({ type: '지출증빙', amount: 11_000, taxFreeAmount: 1_100 });
    expect(calls[0]?.headers['idempotency-key']).toBe('rcp_1');
    expect(outcome).toMatchObject({ kind: 'ISSUED', receiptId: 'cr_1', approvalNo: '100000001' });
    expect(JSON.stringify(outcome)).not.toContain('1234567890');
  });

  it.each([
    [{ amount: 11_001 }, 'UNKNOWN'],
    [{ orderId: 'rcp_2' }, 'UNKNOWN'],
    [{ transactionType: 'CANCEL' }, 'UNKNOWN'],
    [{ requestedAt: 'once' }, 'UNKNOWN'],
    [{ issueStatus: 'FAILED' }, 'REFUSED'],
  ])('with %j is %s', async (change, kind) => {
    const { adapter } = scripted([200, { ...receipt, ...change }]);
    expect((await adapter.issueCashReceipt(access, receiptOrder)).kind).toBe(kind);
  });

  it('that is there already may be ours', async () => {
    const { adapter } = scripted([400, refused('DUPLICATED_CASH_RECEIPT')]);
    expect((await adapter.issueCashReceipt(access, receiptOrder)).kind).toBe('UNKNOWN');
  });

  const page = (...data: unknown[]): [number, unknown] => [200, { hasNext: false, lastCursor: null, data }];
  const cancelled = { ...receipt, receiptKey: 'c_cr_2', transactionType: 'CANCEL', amount: 1_000 };
  const asked = { acquirerOrderNo: 'rcp_1', requestedAt: new Date('2026-01-02T14:59:59Z') };

  it.each([
    ['ISSUED', [receipt]],
    ['ISSUED', [receipt, cancelled]],
    ['CANCELLED', [receipt, cancelled, { ...cancelled, amount: 10_000 }]],
  ])('is found %s among those of its day', async (state, records) => {
    const { adapter, calls } = scripted(page(...records, { ...receipt, orderId: 'rcp_2' }), page());
    expect(await adapter.inquireCashReceipt(access, asked)).toMatchObject({ kind: 'FOUND', state });
    const days = calls.map(({ url }) => new URL(url).searchParams.get('requestDate'));
    expect(days).toEqual(['2026-01-02', '2026-01-03']);
  });

  it('is looked for on every page, also of the next day', async () => {
    const first: [number, unknown] = [200, { hasNext: true, lastCursor: 7, data: [] }];
    const { adapter, calls } = scripted(first, page(), page(receipt));
    expect(await adapter.inquireCashReceipt(access, asked)).toMatchObject({ kind: 'FOUND', state: 'ISSUED' });
    expect(new URL(calls[1]!.url).searchParams.get('cursor')).toBe('7');
  });

  it.each([
    ['NOT_FOUND', [page(), page()]],
    ['NOT_FOUND', [page({ ...receipt, issueStatus: 'FAILED' }), page()]],
    ['UNKNOWN', [page(receipt, { ...receipt, receiptKey: 'cr_9' }), page()]],
    ['UNKNOWN', [page(cancelled), page()]],
    ['UNKNOWN', [page(receipt), [500, '']]],
    ['UNKNOWN', [[400, refused('INVALID_REQUEST')]]],
    ['UNKNOWN', [[200, { hasNext: true, lastCursor: null, data: [] }]]],
  ] as [string, [number, unknown][]][])('is %s on %j', async (kind, answers) => {
    const { adapter } = scripted(...answers);
    expect((await adapter.inquireCashReceipt(access, asked)).kind).toBe(kind);
  });
});

describe('the lists', () => {
  const row = {
    mId: 'tosstest01',
    transactionKey: 'T1',
    paymentKey: 'tk_1',
    orderId: 'pay_1',
    status: 'DONE',
    transactionAt: '2026-01-02T12:00:00+09:00',
    currency: 'KRW',
    amount: 1_004,
  };

  it('tell cancels by their status, whatever their sign, and leave out what moved no money', async () => {
    const rows = [
      row,
      { ...row, transactionKey: 'T2', status: 'PARTIAL_CANCELED', amount: -4 },
      { ...row, transactionKey: 'T3', status: 'CANCELED', amount: 1_000 },
      { ...row, transactionKey: 'T4', status: 'WAITING_FOR_DEPOSIT' },
    ];
    const { adapter, calls } = scripted([200, rows]);
    const outcome = await adapter.listMovements(access, '2026-01-02', 'T0');
    const { searchParams } = new URL(calls[0]!.url);
    expect(Object.fromEntries(searchParams)).toMatchObject({
      startDate: '2026-01-02T00:00:00',
      endDate: '2026-01-02T23:59:59',
      startingAfter: 'T0',
    });
    const lines = outcome.kind === 'PAGE' ? outcome.lines : [];
    expect(lines.map(({ kind, movementId, amount }) => [kind, movementId, amount])).toEqual([
      ['APPROVAL', 'T1', 1_004],
      ['CANCEL', 'T2', 4],
      ['CANCEL', 'T3', 1_000],
    ]);
  });

  it('go on after a full page, by the last key and by the number of the page', async () => {
    const full = Array.from({ length: 250 }, (_, index) => ({ ...row, transactionKey: `T${index}` }));
    const settled = Array.from({ length: 100 }, () => settlement);
    const { adapter } = scripted([200, full], [200, settled], [200, settled]);
    expect(await adapter.listMovements(access, '2026-01-02', null)).toMatchObject({ next: 'T249' });
    expect(await adapter.listSettlements(access, '2026-01-02', null)).toMatchObject({ next: '2' });
    expect(await adapter.listSettlements(access, '2026-01-02', '2')).toMatchObject({ next: '3' });
  });

  it('are unknown as a whole when one row is not ours or cannot be read', async () => {
    for (const change of [
      { mId: 'another' },
      { currency: 'USD' },
      { transactionAt: 'once' },
      { amount: 0.5 },
    ]) {
      const { adapter } = scripted([200, [row, { ...row, ...change }]]);
      expect((await adapter.listMovements(access, '2026-01-02', null)).kind).toBe('UNKNOWN');
    }
  });

  const settlement = {
    ...row,
    suppliedAmount: 27,
    vat: 2,
    payOutAmount: 975,
    approvedAt: '2026-01-02T12:00:00+09:00',
    paidOutDate: '2026-01-05',
    cancel: null as { canceledAt: string } | null,
  };

  it('of settlements say what is paid, and what is taken back', async () => {
    const cancel = { canceledAt: '2026-01-02T13:00:00+09:00' };
    const { adapter } = scripted([200, [settlement, { ...settlement, transactionKey: 'T2', cancel }]]);
    const outcome = await adapter.listSettlements(access, '2026-01-02', null);
    expect(outcome).toMatchObject({
      kind: 'PAGE',
      next: null,
      lines: [
        { kind: 'APPROVAL', amount: 1_004, fee: 27, vat: 2, net: 975, payoutDay: '2026-01-05' },
        { kind: 'CANCEL', amount: 1_004, fee: -27, vat: -2, net: -975, at: new Date(cancel.canceledAt) },
      ],
    });
  });
});
