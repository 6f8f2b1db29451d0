import { access, failure, MID, NOW, wired as wiredTo } from '../../../test/support/inicis-wire';
import type { ConfirmOrder, WindowOrder } from '../port/window.types';
import { authSignature } from './inicis.crypto';

const TID = `StdpayCARD${MID}20260102030405000001`;
const TOKEN = 'dG9r+ZW4/==';

const order: ConfirmOrder = {
  acquirerOrderNo: 'ORDER-0001',
  acquirerTransactionId: null,
  amount: 1_004,
  taxFreeAmount: 0,
  requestedAt: NOW,
  proof: { authToken: TOKEN, idcName: 'ks' },
};
const answer = {
  resultCode: '0000',
  resultMsg: 'ok',
  tid: TID,
  mid: MID,
  MOID: 'ORDER-0001',
  TotPrice: '1004',
  currency: 'WON',
  payMethod: 'Card',
  applDate: '20260102',
  applTime: '030405',
  applNum: '00012345',
  CARD_Code: '06',
  CARD_CheckFlag: '1',
  CARD_CorpFlag: '0',
  CARD_Interest: '0',
};
const signed = (change: Partial<typeof answer> = {}) => {
  const body = { ...answer, ...change };
  const { mid, MOID, TotPrice } = body;
  return { ...body, authSignature: authSignature({ mid, MOID, TotPrice, tstamp: String(NOW.getTime()) }) };
};

const wired = (body: unknown, env?: string) => wiredTo(200, body, { env });
const confirm = (body: unknown, proof = order.proof) =>
  wired(body).adapter.confirmWindow(access, { ...order, proof });

const wish: WindowOrder = {
  acquirerOrderNo: 'ORDER-0001',
  amount: 1_004,
  taxFreeAmount: 0,
  goodsName: 'Sample',
  requestedAt: NOW,
  returnUrl: 'http://shop.test/back',
};

it.each([
  ['CARD', 'Card'],
  ['BANK_TRANSFER', 'DirectBank'],
  ['EASY_PAY', 'Card:DirectBank'],
  [undefined, 'Card:DirectBank'],
] as const)('shows the payer of a wish for %s: %s', async (method, gopaymethod) => {
  const opened = await wired({}).adapter.openWindow(access, { ...wish, method });
  expect(opened).toMatchObject({ clientParams: { gopaymethod } });
});

it('opens the window with a signed form that tells no secret', async () => {
  const { adapter, sent } = wired({});
  const opened = await adapter.openWindow(access, wish);
  expect(opened).toMatchObject({
    kind: 'OPENED',
    exchange: null,
    clientParams: {
      scriptUrl: 'http://stdpay.test/stdjs/INIStdPay.js',
      oid: 'ORDER-0001',
      price: '1004',
      timestamp: '1767290645000',
      signature: '059d6bf0b87221d3dc80050846eede6165c0ef14f52e02445bf5282d17d9aee1',
      verification: '65b5c0d153f9f3845d994fb7f08338f68638920705dfa30635989d8a5cc589cc',
      mKey: '485899a8be8bbb86905a9757a505f6f4c4441463e97090cf296b4baf2efa2a57',
      returnUrl: 'http://shop.test/back',
    },
  });
  expect(JSON.stringify(opened)).not.toContain('EXAMPLESIGNKEY');
  expect(sent).toEqual([]);
});

describe('a confirm', () => {
  it('is asked for at the data centre that the window named, with our amount', async () => {
    const wire = wired(signed());
    await wire.adapter.confirmWindow(access, order);
    expect(wire.sent[0]?.url).toBe('http://ksstdpay.test/api/payAuth');
    expect(wire.form()).toMatchObject({ mid: MID, authToken: TOKEN, price: '1004', format: 'JSON' });
    expect(wire.form().verification).toMatch(/^[0-9a-f]{64}$/);
  });

  it('is approved when everything is as it was asked', async () => {
    for (const body of [signed(), answer]) {
      expect(await confirm(body)).toMatchObject({
        kind: 'APPROVED',
        method: 'CARD',
        acquirerTransactionId: TID,
        approvedAt: new Date('2026-01-01T18:04:05.000Z'),
        card: { approvalNo: '00012345', issuer: 'KB', cardType: 'CHECK', ownerType: 'PERSONAL' },
      });
    }
  });

  it.each([
    ['AMOUNT', { TotPrice: '2000' }],
    ['ORDER_NO', { MOID: 'ORDER-0002' }],
    ['CURRENCY', { currency: 'USD' }],
  ])('says what differs: %s', async (what, change) => {
    const { MOID, TotPrice } = { ...answer, ...change };
    expect(await confirm(signed(change))).toMatchObject({
      kind: 'MISMATCH',
      what,
      acquirerTransactionId: TID,
      acquirerOrderNo: MOID,
      amount: Number(TotPrice),
    });
  });

  it.each([
    ['another merchant', signed({ mid: 'SOMEONE000' })],
    ['a wrong signature', { ...signed(), authSignature: '0' }],
    ['a virtual account, which is no payment', signed({ payMethod: 'VBank' })],
    ['no time', signed({ applTime: '' })],
  ])('is unknown with %s, and its id is kept', async (_, body) => {
    expect(await confirm(body)).toMatchObject({ kind: 'UNKNOWN', acquirerTransactionId: TID });
  });

  it('is declined by a listed code and unknown by any other', async () => {
    const failed = (code: string) => confirm(failure(code));
    expect(await failed('120026')).toMatchObject({ kind: 'DECLINED', declineCode: 'CARD_LOST_OR_STOLEN' });
    expect(await failed('500631')).toMatchObject({ kind: 'UNKNOWN' });
    expect(await confirm({ resultCode: 'R999' })).toMatchObject({ kind: 'UNKNOWN' });
  });

  it.each(['evil.test/', 'FC', '', 'stg'])('goes nowhere for the data centre %p', async (idcName) => {
    const wire = wired(signed());
    const outcome = await wire.adapter.confirmWindow(access, {
      ...order,
      proof: { authToken: TOKEN, idcName },
    });
    expect(outcome).toMatchObject({ kind: 'NOT_PAID', exchange: { code: 'DATA_CENTRE_UNKNOWN' } });
    expect(wire.sent).toEqual([]);
  });

  it('goes to the first data centre when none is named, and to the test one only in tests', async () => {
    const wires = [wired(signed()), wired(signed(), 'local')] as const;
    await wires[0].adapter.confirmWindow(access, { ...order, proof: { authToken: TOKEN } });
    await wires[1].adapter.confirmWindow(access, { ...order, proof: { authToken: TOKEN, idcName: 'stg' } });
    expect(wires.map(({ sent }) => sent[0]?.url)).toEqual([
      'http://fcstdpay.test/api/payAuth',
      'http://stgstdpay.test/api/payAuth',
    ]);
  });

  it('was not paid without a token', async () => {
    expect(await confirm(signed(), {})).toMatchObject({ kind: 'NOT_PAID' });
  });

  it('keeps no token and no signature', async () => {
    const { exchange } = await confirm(signed());
    const { authSignature: signature } = signed();
    expect(JSON.stringify(exchange)).not.toMatch(new RegExp(`dG9r|EXAMPLESIGNKEY|${signature}`));
  });
});

describe('the net cancel of a window', () => {
  it('posts the form of the confirm again', async () => {
    const wire = wired({ resultCode: '0000' });
    expect(await wire.adapter.netCancelWindow(access, order)).toMatchObject({
      kind: 'CANCELLED',
      cancelledAt: NOW,
    });
    expect(wire.sent[0]?.url).toBe('http://ksstdpay.test/api/netCancel');
    expect(wire.form()).toMatchObject({ mid: MID, authToken: TOKEN });
  });

  it.each([
    ['500623', { kind: 'REFUSED', reason: 'NOT_FOUND' }],
    ['500399', { kind: 'UNKNOWN' }],
  ])('reads %s', async (code, outcome) => {
    const { adapter } = wired(failure(code));
    expect(await adapter.netCancelWindow(access, order)).toMatchObject(outcome);
  });
});
