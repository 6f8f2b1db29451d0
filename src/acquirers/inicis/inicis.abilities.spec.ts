import { access, failure, MID, NOW, wired } from '../../../test/support/inicis-wire';
import { Secret } from '../../common/masking/secret';
import type { CashReceiptOrder, VirtualAccountOrder } from '../port/ability.types';
import type { CancelOrder } from '../port/acquirer.types';
import { ACCOUNT_REASONS, INICIS_DECLINES, RECEIPT_REASONS } from './inicis.codes';
import { clearingBank, inicisBank } from './inicis.banks';

const tid = `INIAPIVBNK${MID}20260102030405000001`;
const order: VirtualAccountOrder = {
  acquirerOrderNo: 'ORDER-0001',
  acquirerTransactionId: null,
  amount: 1_004,
  taxFreeAmount: 0,
  goodsName: 'Sample',
  customerName: '홍길동',
  bankCode: '088',
  dueAt: new Date('2026-01-05T14:59:30.000Z'),
};
const issued = {
  ...{ resultCode: '00', resultMsg: 'ok', tid, price: '1004', vacct: '9001234567890' },
  ...{ vacctBankCode: '88', validDate: '20260105', validTime: '2359' },
};
const reference = {
  acquirerOrderNo: 'ORDER-0001',
  acquirerTransactionId: tid,
  channel: 'VIRTUAL_ACCOUNT',
  requestedAt: NOW,
  amount: 1_004,
} as const;

describe('a virtual account', () => {
  const issue = (body: unknown, wish: Partial<VirtualAccountOrder> = {}) =>
    wired(200, body).adapter.issueVirtualAccount(access, { ...order, ...wish });

  it('is asked for by a signed form, due to the minute in Korea', async () => {
    const wire = wired(200, issued);
    const outcome = await wire.adapter.issueVirtualAccount(access, order);
    expect(wire.form()).toMatchObject({
      ...{ type: 'Pay', paymethod: 'Vacct', bankCode: '88', dtInput: '20260105', tmInput: '2359' },
      hashData:
        '164035e8a21a1783114f75fb1d128174c1eb48a15c99f12805520af5be4f7b25e45bf5f0b9c3bde472d13881559e75ac8fd693c55adef5e38ef2970461ca48d7',
    });
    expect(outcome).toMatchObject({
      ...{ kind: 'ISSUED', accountNumber: '9001234567890', bankCode: '088', depositSecret: null },
      dueAt: new Date('2026-01-05T14:59:00.000Z'),
    });
    expect(JSON.stringify(outcome.exchange)).not.toMatch(/9001234567890|홍길동/);
  });

  it.each([
    ['another amount', { price: '1005' }],
    ['another bank', { vacctBankCode: '04' }],
    ['a bank that nobody knows', { vacctBankCode: '99' }],
    ['another merchant', { tid: tid.replace(MID, 'SOMEONE000') }],
    ['no account', { vacct: '' }],
    ['a due time that does not exist', { validTime: '2460' }],
  ])('is unknown with %s', async (_, change) => {
    expect(await issue({ ...issued, ...change })).toMatchObject({ kind: 'UNKNOWN' });
  });

  it('is refused by listed codes only, and never asked of a bank that is not served', async () => {
    for (const reason of [...INICIS_DECLINES.keys(), ...ACCOUNT_REASONS])
      expect((await issue(failure(`504${reason}`))).kind).toBe('REFUSED');
    for (const code of ['504619', '504630', '504050', '504999', '120027', '01'])
      expect((await issue(failure(code))).kind).toBe('UNKNOWN');
    const wire = wired(200, issued);
    const refused = await wire.adapter.issueVirtualAccount(access, { ...order, bankCode: '209' });
    expect([refused.kind, wire.sent]).toEqual(['REFUSED', []]);
  });

  const found = { ...{ resultCode: 'SUCCESS', mid: MID, tid, oid: 'ORDER-0001', price: '1004' } };
  const deposit = { depositName: '홍길동', depositDate: '20260103', depositTime: '101112' };
  it.each([
    ['waits without a deposit', { transactionStatus: 'APPROVAL' }, { state: 'PENDING' }],
    [
      'waits with a deposit under other names',
      { transactionStatus: 'APPROVAL', vacctInfo: {} },
      { state: 'PENDING' },
    ],
    [
      'was paid',
      { transactionStatus: 'APPROVAL', vacctInfo: deposit },
      { state: 'APPROVED', balanceAmount: 1_004 },
    ],
    ['was released', { transactionStatus: 'CANCEL' }, { state: 'NOT_APPROVED' }],
    ['was given back', { transactionStatus: 'CANCEL', vacctInfo: deposit }, { state: 'CANCELLED' }],
    ['was cancelled in parts and never paid', { transactionStatus: 'PART_CANCEL' }, { kind: 'UNKNOWN' }],
    [
      'tells no real time',
      { transactionStatus: 'APPROVAL', vacctInfo: { ...deposit, depositTime: '9' } },
      { kind: 'UNKNOWN' },
    ],
  ])('that %s is seen so', async (_, body, seen) => {
    expect(await wired(200, { ...found, ...body }).adapter.inquire(access, reference)).toMatchObject(seen);
  });

  it('gives a deposit back to the sealed account of the payer only', async () => {
    const whole: CancelOrder = {
      ...{
        reference,
        cancelKey: 'k',
        cancelAmount: 1_004,
        taxFreeAmount: 0,
        balanceAmount: 1_004,
        reason: 'r',
      },
    };
    const to = { bankCode: '004', accountNumber: new Secret('110123456789'), holderName: '홍길동' };
    const done = { resultCode: '00', cancelDate: '20260103', cancelTime: '101112' };
    const wire = wired(200, done);
    const outcome = await wire.adapter.refundDeposit(access, whole, to);
    expect(outcome.kind).toBe('CANCELLED');
    expect(wire.form()).toMatchObject({ type: 'Refund', paymethod: 'Vacct', refundBankCode: '04', tid });
    expect(wire.sent[0]?.body).not.toContain('110123456789');
    expect(JSON.stringify(outcome.exchange)).not.toContain(wire.form().refundAcctNum);
    const elsewhere = wired(200, done);
    const refused = [
      await elsewhere.adapter.refundDeposit(access, whole, { ...to, bankCode: '292' }),
      await elsewhere.adapter.cancel(access, whole),
    ];
    expect(refused.map(({ kind }) => kind)).toEqual(['REFUSED', 'REFUSED']);
    expect(elsewhere.sent).toEqual([]);
  });
});

it('knows banks by two digits and by three', () => {
  expect([inicisBank('004'), inicisBank('088'), inicisBank('209'), inicisBank('88')]).toEqual([
    ...['04', '88', null, null],
  ]);
  expect([clearingBank('04'), clearingBank('05'), clearingBank('53'), clearingBank('99')]).toEqual([
    ...['004', '081', '027', null],
  ]);
});

describe('a cash receipt', () => {
  const receipt: CashReceiptOrder = {
    ...{ acquirerOrderNo: 'ORDER-0001', acquirerTransactionId: null, purpose: 'EXPENSE_PROOF' },
    identifier: new Secret('01012345678'),
    ...{
      amount: 1_250,
      supplyAmount: 1_000,
      vat: 100,
      taxFreeAmount: 100,
      serviceCharge: 50,
      goodsName: 'Sample',
    },
  };
  const receiptTid = `INIAPICSHR${MID}20260102030405000001`;
  const done = {
    ...{ resultCode: '00', tid: receiptTid, authNo: '123456789', authDate: '20260102', authTime: '030405' },
  };

  it('is asked for with amounts that add up, and what it is kept of tells nobody', async () => {
    const wire = wired(200, done);
    const outcome = await wire.adapter.issueCashReceipt(access, receipt);
    expect(outcome).toMatchObject({ kind: 'ISSUED', receiptId: receiptTid, approvalNo: '123456789' });
    const { crPrice, supPrice, tax, srcvPrice, useOpt, regNum } = wire.form();
    expect([crPrice, supPrice, tax, srcvPrice, useOpt]).toEqual(['1250', '1100', '100', '50', '1']);
    expect(JSON.stringify(outcome)).not.toContain(regNum);
    expect(wire.sent[0]?.body).not.toContain('01012345678');
  });

  it('is refused by listed codes only; a double may have been issued', async () => {
    const issue = async (code: string) =>
      (await wired(200, failure(code)).adapter.issueCashReceipt(access, receipt)).kind;
    for (const reason of RECEIPT_REASONS) expect(await issue(`500${reason}`)).toBe('REFUSED');
    for (const code of ['500659', '500631', '500640', '01']) expect(await issue(code)).toBe('UNKNOWN');
  });

  const original = {
    ...{ acquirerOrderNo: 'ORDER-0001', approvalNo: '123456789', issuedAt: NOW, amount: receipt.amount },
  };
  const whole = { amount: receipt.amount, original };

  it('is not cancelled for a part of it, which would take back the whole', async () => {
    const wire = wired(200, { resultCode: '00' });
    const part = { amount: receipt.amount - 1, original };
    const outcome = await wire.adapter.cancelCashReceipt(access, receiptTid, part);
    expect(outcome).toMatchObject({ kind: 'REFUSED', exchange: { code: 'PARTIAL_CANCEL_NOT_OFFERED' } });
    expect(wire.sent).toEqual([]);
  });

  it('that was cancelled before is not taken for one that was not', async () => {
    const cancel = async (body: unknown) =>
      (await wired(200, body).adapter.cancelCashReceipt(access, receiptTid, whole)).kind;
    expect(await cancel(failure('500626'))).toBe('UNKNOWN');
    expect(await cancel(failure('500623'))).toBe('REFUSED');
    const cancelled = { resultCode: '00', cancelDate: '20260102', cancelTime: '030405' };
    expect(await cancel({ ...cancelled, cshrCancelNum: '987654321' })).toBe('CANCELLED');
    expect(await cancel(cancelled)).toBe('UNKNOWN');
  });
});

describe('a billing key', () => {
  const billKey = 'a'.repeat(40);
  const charge = {
    ...{ token: new Secret(billKey), customerKey: 'c', acquirerOrderNo: 'ORDER-0001', requestedAt: NOW },
    ...{
      acquirerTransactionId: null,
      amount: 1_004,
      taxFreeAmount: 0,
      goodsName: 'Sample',
      installmentMonths: 0,
    },
  };

  it('is in no exchange, and none that KG Inicis does not know is charged', async () => {
    const wire = wired(200, failure('550997'));
    const outcome = await wire.adapter.chargeBillingKey(access, charge);
    expect(outcome).toMatchObject({
      kind: 'DECLINED',
      declineCode: 'ACQUIRER_REJECTED',
      notProcessed: false,
    });
    expect(wire.form()).toMatchObject({ type: 'Billing', billKey, authentification: '00' });
    expect(JSON.stringify(outcome)).not.toContain(billKey);
  });

  it('cannot be taken back there, and nobody is told that it was', async () => {
    const wire = wired(200, {});
    expect((await wire.adapter.revokeBillingKey()).kind).toBe('REFUSED');
    expect(wire.sent).toEqual([]);
  });
});

it('takes a network cancel for its own order’s only', async () => {
  const confirm = {
    ...{ acquirerOrderNo: 'ORDER-0001', acquirerTransactionId: null, amount: 1_004, taxFreeAmount: 0 },
    ...{ requestedAt: NOW, proof: { authToken: 'token', idcName: 'fc' } },
  };
  const net = async (body: unknown) => (await wired(200, body).adapter.netCancelWindow(access, confirm)).kind;
  expect(await net({ resultCode: '0000', tid })).toBe('CANCELLED');
  expect(await net({ resultCode: '0000', tid, MOID: 'ORDER-0002' })).toBe('UNKNOWN');
});
