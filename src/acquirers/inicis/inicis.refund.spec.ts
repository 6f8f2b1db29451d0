import { access, failure, MID, NOW, wired } from '../../../test/support/inicis-wire';
import type { CancelOrder } from '../port/acquirer.types';
import { INICIS_REFUSALS } from './inicis.codes';

const TID = `INIAPICARD${MID}20260102030405000001`;
const reference = {
  acquirerOrderNo: 'ORDER-0001',
  acquirerTransactionId: TID,
  channel: 'KEY_IN',
  requestedAt: NOW,
  amount: 1_004,
} as const;
const whole: CancelOrder = {
  reference,
  cancelKey: 'k',
  cancelAmount: 1_004,
  taxFreeAmount: 0,
  balanceAmount: 1_004,
  reason: 'r',
};
const part: CancelOrder = { ...whole, cancelAmount: 500 };

describe('a cancel', () => {
  const done = { resultCode: '00', resultMsg: 'ok', cancelDate: '20260102', cancelTime: '040000' };
  const partDone = {
    resultCode: '00',
    tid: `INIAPICARD${MID}20260102040000000002`,
    prtcTid: TID,
    prtcPrice: '500',
    prtcRemains: '504',
    prtcDate: '20260102',
    prtcTime: '040000',
  };
  const cancel = (wish: CancelOrder, body: unknown, status = 200) =>
    wired(status, body).adapter.cancel(access, wish);

  it.each([
    ['all of it', whole, { type: 'Refund', tid: TID }],
    ['a part', part, { type: 'PartialRefund', price: '500', confirmPrice: '504' }],
    ['the rest', { ...whole, cancelAmount: 504, balanceAmount: 504 }, { price: '504', confirmPrice: '0' }],
    ['more than was asked', { ...whole, cancelAmount: 2_000, balanceAmount: 2_000 }, { type: 'Refund' }],
  ])('of %s is asked for as KG Inicis wants it', async (_, wish, form) => {
    const wire = wired(200, done);
    await wire.adapter.cancel(access, wish);
    expect(wire.form()).toMatchObject(form);
    expect(wire.form().hashData).toMatch(/^[0-9a-f]{128}$/);
  });

  it('is done when the answer fits what was asked', async () => {
    expect(await cancel(whole, done)).toMatchObject({
      kind: 'CANCELLED',
      acquirerCancelId: null,
      cancelledAt: new Date('2026-01-01T19:00:00.000Z'),
    });
    const partial = await cancel(part, partDone);
    expect(partial).toMatchObject({ kind: 'CANCELLED', acquirerCancelId: partDone.tid });
    const swapped = await cancel(part, { ...partDone, tid: TID, prtcTid: partDone.tid });
    expect(swapped).toMatchObject({ acquirerCancelId: partDone.tid });
  });

  it.each([
    [{ prtcTid: `${TID.slice(0, -1)}9` }],
    [{ prtcPrice: '501' }],
    [{ prtcRemains: '503' }],
    [{ prtcRemains: null }],
    [{ prtcTime: '' }],
  ])('is unknown when a partial answer is another: %p', async (change) => {
    expect(await cancel(part, { ...partDone, ...change })).toMatchObject({ kind: 'UNKNOWN' });
  });

  it.each([...INICIS_REFUSALS])('is refused on reason %s', async (reason, refusal) => {
    expect(await cancel(whole, failure(`500${reason}`))).toMatchObject({ kind: 'REFUSED', ...refusal });
  });

  it.each([
    [500, failure('500626')],
    [200, failure('500054')],
    [200, failure('500399')],
    [200, { resultCode: '01' }],
    [200, 'garbage'],
  ])('is unknown on %i %p', async (status, body) => {
    expect(await cancel(whole, body, status)).toMatchObject({ kind: 'UNKNOWN' });
  });
});

describe('an inquiry', () => {
  const found = {
    resultCode: 'SUCCESS',
    mid: MID,
    tid: TID,
    oid: 'ORDER-0001',
    price: '1004',
    transactionStatus: 'APPROVAL',
  };
  const inquire = (body: unknown, asked = {}) =>
    wired(200, body).adapter.inquire(access, { ...reference, ...asked });
  const cut = { tid: 'P1', requestPrice: '500' };
  const PART = { transactionStatus: 'PART_CANCEL' };

  it('asks by our order number while no id is known, and by the id after that', async () => {
    const wires = [wired(200, found), wired(200, found)] as const;
    await wires[0].adapter.inquire(access, { ...reference, acquirerTransactionId: null });
    await wires[1].adapter.inquire(access, reference);
    expect(wires.map(({ sent }) => (JSON.parse(sent[0]?.body ?? '') as { data: unknown }).data)).toEqual([
      { oid: 'ORDER-0001' },
      { tid: TID },
    ]);
  });

  it.each([
    [{}, 'APPROVED', 1_004, []],
    [{ transactionStatus: '', status: '0' }, 'APPROVED', 1_004, []],
    [{ transactionStatus: 'CANCEL' }, 'CANCELLED', 0, [{ acquirerCancelId: null, amount: 1_004 }]],
    [
      { ...PART, partCancelTransInfo: [cut], availablePartCancelPrice: '504' },
      'PARTIALLY_CANCELLED',
      504,
      [{ acquirerCancelId: 'P1', amount: 500 }],
    ],
    [
      { ...PART, partCancelTransInfo: [cut, { tid: 'P2', requestPrice: '504' }] },
      'CANCELLED',
      0,
      [
        { acquirerCancelId: 'P1', amount: 500 },
        { acquirerCancelId: 'P2', amount: 504 },
      ],
    ],
  ])('reads %p as %s', async (change, state, balanceAmount, cancels) => {
    expect(await inquire({ ...found, ...change })).toMatchObject({
      kind: 'FOUND',
      state,
      amount: 1_004,
      balanceAmount,
      cancels,
    });
  });

  it.each([
    ['another merchant', { mid: 'SOMEONE000' }],
    ['another order', { oid: 'ORDER-0002' }],
    ['another id', { tid: `${TID.slice(0, -1)}2` }],
    ['no amount', { price: '' }],
    ['a state that is not listed', { transactionStatus: 'WAIT' }],
    ['the old state 9', { transactionStatus: '', status: '9' }],
    ['a partial cancel without its parts', PART],
    [
      'parts that contradict the rest',
      { ...PART, partCancelTransInfo: [cut], availablePartCancelPrice: '505' },
    ],
    ['parts of another amount', { ...PART, price: '504', partCancelTransInfo: [cut] }],
  ])('is unknown with %s', async (_, change) => {
    expect(await inquire({ ...found, ...change })).toMatchObject({ kind: 'UNKNOWN' });
  });

  it('takes only "no such transaction" for an absence', async () => {
    expect(await inquire(failure('500623'))).toMatchObject({ kind: 'NOT_FOUND' });
    for (const other of [failure('500621'), failure('500632'), { resultCode: '01' }, 'http://iniapi.test/v2'])
      expect(await inquire(other)).toMatchObject({ kind: 'UNKNOWN' });
  });
});
