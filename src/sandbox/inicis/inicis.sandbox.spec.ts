import {
  AT,
  bodyOf,
  call,
  codeOf,
  CONTRACT,
  newWorld,
  NOW,
  refund,
  sealed,
  sha256,
  sha512,
  v2,
} from '../../../test/support/inicis-sandbox';
import type { InicisSandbox } from './inicis.sandbox';

function keyInForm(change: Record<string, string> = {}): Record<string, string> {
  const form = {
    ...{ type: 'Pay', paymethod: 'Card', ...AT, url: 'http://shop.test', moid: 'ORDER-0001' },
    ...{ goodName: '만년필', buyerName: '홍길동', price: '1004', currency: 'WON', cardQuota: '00' },
    cardNumber: sealed('4242424242424242'),
    cardExpire: sealed('3012'),
    authentification: '00',
    ...change,
  };
  const hashed = [form.type, form.paymethod, form.timestamp, form.clientIp, form.mid, form.moid, form.price];
  return { ...form, hashData: sha512(CONTRACT.apiKey + hashed.join('') + form.cardNumber), ...change };
}

const keyIn = (sandbox: InicisSandbox, change: Record<string, string> = {}) =>
  call(sandbox, '/api/v1/formpay', { form: keyInForm(change) });

const part = (sandbox: InicisSandbox, tid: string, [price, confirmPrice]: readonly [string, string]) =>
  call(
    sandbox,
    '/v2/pg/partialRefund',
    v2('partialRefund', `{"tid":"${tid}","msg":"","price":"${price}","confirmPrice":"${confirmPrice}"}`),
  );

describe('a key-in', () => {
  it('answers with a transaction id of forty characters that holds the merchant id', async () => {
    const body = bodyOf(await keyIn(newWorld().sandbox));
    expect(body).toMatchObject({
      resultCode: '00',
      price: '1004',
      payAuthCode: expect.stringMatching(/^\d{8}$/),
    });
    expect(body.tid).toBe('INIAPICARDinictest9020260102030405000001');
  });

  it.each([
    ['500400', { mid: 'nobody0000' }],
    ['500606', { paymethod: 'Culture' }],
    ['500252', { timestamp: '20260231000000' }],
    ['500252', { timestamp: '20251201000000' }],
    ['500633', { hashData: '' }],
    ['500632', { hashData: '0'.repeat(128) }],
    ['550200', { cardNumber: 'bm90IHNlYWxlZA==' }],
    ['550200', { cardExpire: 'a b' }],
    ['550601', { cardNumber: sealed('4242424242424241') }],
    ['550638', { cardExpire: sealed('2512') }],
    ['550635', { regNo: sealed('1') }],
    ['550617', { cardPw: sealed('123') }],
    ['550607', { cardQuota: '03' }],
    ['550690', { price: '99' }],
    ['550609', { price: '1,004' }],
    ['120026', { cardNumber: sealed('4000000000009979') }],
  ])('is refused with %s for %p', async (code, change) => {
    const { sandbox, journal } = newWorld();
    const outcome = await keyIn(sandbox, change);
    expect([outcome.answer.status, bodyOf(outcome).resultCode, codeOf(outcome)]).toEqual([200, '01', code]);
    expect(journal).toEqual([]);
  });

  it('does not read JSON', async () => {
    const json = JSON.stringify(keyInForm());
    expect(codeOf(await call(newWorld().sandbox, '/api/v1/formpay', { json }))).toBe('500251');
  });

  it('takes an order number once, and signed times by the real clock', async () => {
    const { sandbox } = newWorld({ offsetMs: 400 * 86_400_000 });
    expect(bodyOf(await keyIn(sandbox)).resultCode).toBe('00');
    expect(codeOf(await keyIn(sandbox))).toBe('550619');
  });

  it('is declined with the code that a fault names', async () => {
    const { sandbox } = newWorld();
    const outcome = await call(sandbox, '/api/v1/formpay', { form: keyInForm() }, '120054');
    expect(codeOf(outcome)).toBe('120054');
    expect([sandbox.isDeclineCode('120054'), sandbox.isDeclineCode('999999')]).toEqual([true, false]);
  });
});

describe('a refund', () => {
  async function approved() {
    const { sandbox, journal } = newWorld();
    return { sandbox, journal, tid: String(bodyOf(await keyIn(sandbox)).tid) };
  }

  it('is whole for an untouched payment only, and once', async () => {
    const { sandbox, tid } = await approved();
    expect(bodyOf(await refund(sandbox, tid))).toMatchObject({ resultCode: '00', cancelTime: '030405' });
    expect(codeOf(await refund(sandbox, tid))).toBe('500626');
    const touched = await approved();
    await part(touched.sandbox, touched.tid, ['4', '1000']);
    expect(codeOf(await refund(touched.sandbox, touched.tid))).toBe('500624');
  });

  it('is partial where exactly that much is left', async () => {
    const { sandbox, tid } = await approved();
    for (const [amounts, code] of [
      [['1004', '0'], '500749'],
      [['1005', '0'], '500826'],
      [['500', '503'], '500706'],
      [['0', '1004'], '500701'],
    ] as const)
      expect(codeOf(await part(sandbox, tid, amounts))).toBe(code);
    const first = bodyOf(await part(sandbox, tid, ['500', '504']));
    expect(first).toMatchObject({ resultCode: '00', prtcTid: tid, prtcRemains: '504', prtcCnt: '1' });
    expect(codeOf(await part(sandbox, tid, ['500', '504']))).toBe('500706');
    const rest = bodyOf(await part(sandbox, tid, ['504', '0']));
    expect([first.tid, rest.tid].every((id) => String(id).length === 40 && id !== tid)).toBe(true);
  });

  it('knows whose payment it is', async () => {
    const { sandbox, tid } = await approved();
    expect(codeOf(await refund(sandbox, tid.replace('inictest90', 'inictest05')))).toBe('500621');
    expect(codeOf(await refund(sandbox, tid.replace(/1$/, '2')))).toBe('500623');
  });

  it('is in the journal, from which everything is read back', async () => {
    const { sandbox, journal, tid } = await approved();
    await part(sandbox, tid, ['500', '504']);
    const again = newWorld().sandbox;
    journal.forEach((record) => again.restore(JSON.parse(JSON.stringify(record))));
    const asked = v2('inquiry', '{"oid":"ORDER-0001"}');
    const seen = bodyOf(await call(again, '/v2/pg/inquiry', asked));
    expect(seen).toEqual(bodyOf(await call(sandbox, '/v2/pg/inquiry', asked)));
    expect(seen).toMatchObject({
      resultCode: 'SUCCESS',
      transactionStatus: 'PART_CANCEL',
      availablePartCancelPrice: '504',
      partCancelTransInfo: [{ requestPrice: '500' }],
    });
    expect(JSON.stringify(journal)).not.toContain('4242424242424242');
  });
});

describe('the payment window', () => {
  function form(authToken: string, change: Record<string, string> = {}) {
    const timestamp = String(NOW);
    const proof = `authToken=${authToken}&signKey=${CONTRACT.signKey}&timestamp=${timestamp}`;
    return {
      ...{ mid: AT.mid, authToken, timestamp, format: 'NVP', verification: sha256(proof) },
      signature: sha256(`authToken=${authToken}&timestamp=${timestamp}`),
      ...change,
    };
  }
  const finish = (sandbox: InicisSandbox, cardNumber?: string) => {
    const played = sandbox.plays[0]!.play({ orderId: 'ORDER-0001', amount: 1_004, cardNumber });
    return 'data' in played ? String(played.data.authToken) : '';
  };

  it('is approved once, in the format that was asked for', async () => {
    const { sandbox, journal } = newWorld();
    const token = finish(sandbox);
    const { answer } = await call(sandbox, '/api/payAuth', { form: form(token) });
    expect(Object.fromEntries(new URLSearchParams(answer.body.toString()))).toMatchObject({
      resultCode: '0000',
      MOID: 'ORDER-0001',
      TotPrice: '1004',
      tid: expect.stringMatching(/^StdpayCARDinictest90\d{20}$/),
    });
    expect(codeOf(await call(sandbox, '/api/payAuth', { form: form(token) }))).toBe('500631');
    expect(JSON.stringify(journal)).not.toContain(token);
  });

  it.each([
    ['500202', { verification: sha256('without the key') }],
    ['500703', { price: '1003' }],
    ['500252', { format: 'XML' }],
  ])('is refused with %s for %p, and the token stays good', async (code, change) => {
    const { sandbox } = newWorld();
    const token = finish(sandbox);
    expect(codeOf(await call(sandbox, '/api/payAuth', { form: form(token, change) }))).toBe(code);
    expect((await call(sandbox, '/api/payAuth', { form: form(token) })).effect).toBe('processed');
  });

  it('ends its token with a decline too', async () => {
    const { sandbox } = newWorld();
    const token = finish(sandbox, '4000000000000002');
    const codes = [];
    for (let time = 0; time < 2; time += 1)
      codes.push(codeOf(await call(sandbox, '/api/payAuth', { form: form(token) })));
    expect(codes).toEqual(['120027', '500631']);
    expect(codeOf(await call(sandbox, '/api/netCancel', { form: form(token) }))).toBe('500623');
  });
});
