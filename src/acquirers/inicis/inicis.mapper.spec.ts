import { Secret } from '../../common/masking/secret';
import type { OutboundResult } from '../../common/http/outbound-client';
import { access, failure, MID, NOW, wired } from '../../../test/support/inicis-wire';
import type { ApprovalOrder } from '../port/acquirer.types';
import { ABILITY_METHODS } from '../port/acquirer.port';
import { INICIS_CAPABILITIES } from './inicis.capabilities';
import { INICIS_DECLINES, INICIS_REPLIES } from './inicis.codes';

const TID = `INIAPICARD${MID}20260102030405000001`;

const order: ApprovalOrder = {
  acquirerTransactionId: null,
  requestedAt: NOW,
  acquirerOrderNo: 'ORDER-0001',
  amount: 1_004,
  taxFreeAmount: 0,
  goodsName: 'Sample',
  installmentMonths: 0,
  card: new Secret({ cardNumber: '9410001234567890', cardExpiry: '3012', cardPasswordTwoDigits: '12' }),
};
const approve = (status: number, body: unknown, result?: OutboundResult) =>
  wired(status, body, { result }).adapter.approveKeyIn(access, order);

const approved = {
  tid: TID,
  resultCode: '00',
  resultMsg: '[Card|Transaction has been successful]',
  payDate: '20260102',
  payTime: '030405',
  payAuthCode: '00012345',
  cardCode: '12',
  checkFlg: '0',
  price: '1004',
  quotainterest: '',
  detailCode: '00',
};

describe('an approval', () => {
  it('is asked for by a signed form whose card is sealed', async () => {
    const wire = wired(200, approved);
    await wire.adapter.approveKeyIn(access, { ...order, taxFreeAmount: 4, installmentMonths: 3 });
    expect(wire.sent[0]?.url).toBe('http://iniapi.test/api/v1/formpay');
    expect(wire.form()).toMatchObject({
      type: 'Pay',
      paymethod: 'Card',
      timestamp: '20260102030405',
      mid: MID,
      moid: 'ORDER-0001',
      price: '1004',
      tax: '91',
      taxFree: '4',
      cardQuota: '03',
      cardNumber: 'QxMoBJLc4X4wJocgKlsOIODFbvJzyvMYj2r/hTgHt9Y=',
      cardExpire: 'NOL3hAlAYs1qkMFQZ7vjOw==',
      cardPw: 'vvS2vm0wzewRvd1cyHTmvg==',
      authentification: '00',
      hashData:
        '7f3461373b5c547c0573970beb4972d9072f56a2c61b5f72863876e5c433ca0c81b66f5a27e28cf2cbce6a93713f584cfa82870303b1c90de2371880da930b38',
    });
    expect(wire.sent[0]?.body).not.toMatch(/cardNumber=[^&]*[+/]/);
  });

  it('is approved only when everything is as it was asked', async () => {
    expect(await approve(200, approved)).toMatchObject({
      kind: 'APPROVED',
      acquirerTransactionId: TID,
      approvedAt: new Date('2026-01-01T18:04:05.000Z'),
      card: { approvalNo: '00012345', issuer: 'SAMSUNG', cardType: 'CREDIT', ownerType: 'UNKNOWN' },
    });
  });

  it.each([
    ['amount', { price: '1005' }],
    ['amount, in another form', { price: '1,004' }],
    ['order number', { moid: 'ORDER-0002' }],
    ['merchant', { tid: `INIAPICARDSOMEONE00020260102030405000001` }],
    ['time', { payTime: '' }],
    ['time, which does not exist,', { payDate: '20260230' }],
    ['approval number', { payAuthCode: null }],
  ])('is unknown when the %s is another, and its id is kept for undoing it', async (_, change) => {
    const outcome = await approve(200, { ...approved, ...change });
    expect(outcome).toMatchObject({
      kind: 'UNKNOWN',
      acquirerTransactionId: expect.stringMatching(/^INIAPI/),
    });
    expect(outcome.exchange.code).toBe('ANSWER_NOT_AS_ASKED');
  });

  it.each([
    [500, failure('550601')],
    [404, approved],
    [302, ''],
    [200, 'http://iniapi.test/api/v1/formpay/'],
    [200, {}],
    [200, []],
    [200, { resultCode: '01', resultMsg: '실패' }],
    [200, failure('550399')],
    [200, failure('550619')],
    [200, failure('120010')],
    [200, failure('1200ZZ')],
    [200, failure('504601')],
  ])('is unknown on %i %p', async (status, body) => {
    expect(await approve(status, body)).toMatchObject({ kind: 'UNKNOWN', acquirerTransactionId: null });
  });

  it.each([...INICIS_DECLINES])('is declined on reason %s of both modules', async (reason, decline) => {
    for (const module of ['500', '550']) {
      const { code: declineCode, notProcessed } = decline;
      expect(await approve(200, failure(module + reason))).toMatchObject({
        kind: 'DECLINED',
        declineCode,
        notProcessed,
      });
    }
  });

  it.each([...INICIS_REPLIES])('is declined on the reply %s of a card company', async (reply, decline) => {
    for (const prefix of ['1200', '12']) {
      expect(await approve(200, failure(prefix + reply))).toMatchObject({ declineCode: decline.code });
    }
  });

  it('finds the reason in whichever member names it', async () => {
    const kinds = await Promise.all([
      approve(200, { resultCode: '01', detailResultCode: null, detailCode: '120026' }),
      approve(200, { resultCode: '01', resultMsg: '[120026]분실 카드' }),
    ]);
    expect(kinds.map((outcome) => outcome.exchange.code)).toEqual(['120026', '120026']);
  });

  it('was not sent when no connection was had, and unknown when one broke', async () => {
    const refused = await approve(0, '', { kind: 'NOT_SENT', reason: 'ECONNREFUSED', latencyMs: 1 });
    const broken = await approve(0, '', { kind: 'BROKEN', reason: 'ECONNRESET', latencyMs: 1 });
    expect([refused.kind, broken.kind]).toEqual(['NOT_SENT', 'UNKNOWN']);
  });

  it('keeps nothing of the card but six and four digits, and no key or hash', async () => {
    const { exchange } = await approve(200, {
      ...failure('550601'),
      resultMsg: '카드 9410001234567890 오류',
    });
    const kept = JSON.stringify(exchange);
    expect(kept).toContain('941000******7890');
    expect(kept).not.toMatch(/9410001234567890|3012|"12"|hashData|QxMoB|0123456789abcdef/);
    expect(exchange.message).toBe('카드 ****** 오류');
  });
});

it('declares the abilities that the adapter has', () => {
  const { adapter } = wired(200, {});
  for (const [ability, methods] of Object.entries(ABILITY_METHODS)) {
    const declared = INICIS_CAPABILITIES[ability as keyof typeof ABILITY_METHODS];
    expect([ability, methods.every((method) => method in adapter)]).toEqual([ability, declared]);
  }
});
