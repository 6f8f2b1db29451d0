import { createCipheriv, createHash } from 'node:crypto';
import type { AcquirerContext, Outcome, Webhook, WireCall } from '../core/acquirer';
import { INICIS_CONTRACTS } from './inicis.credentials';
import { InicisSandbox } from './inicis.sandbox';

const NOW = Date.parse('2026-01-02T03:04:05+09:00');
const AT = { timestamp: '20260102030405', clientIp: '127.0.0.1', mid: 'inictest90' };
const CONTRACT = INICIS_CONTRACTS.find(({ mid }) => mid === AT.mid)!;
const sha512 = (text: string) => createHash('sha512').update(text).digest('hex');
const sha256 = (text: string) => createHash('sha256').update(text).digest('hex');

function newWorld(clock: { offsetMs: number } = { offsetMs: 0 }) {
  const journal: unknown[] = [];
  const sent: Webhook[] = [];
  const sandbox = new InicisSandbox({
    journal: { append: (record: unknown) => journal.push(record), barrier: () => undefined },
    webhooks: { isOpen: true, send: (webhook: Webhook) => sent.push(webhook) },
    clock: { nowMs: () => NOW + clock.offsetMs, offsetMs: clock.offsetMs },
    timeScale: 1,
  } as unknown as AcquirerContext);
  return { sandbox, journal, sent };
}

async function call(
  sandbox: InicisSandbox,
  path: string,
  sent: { form?: Record<string, string>; json?: string },
  declineWith?: string,
): Promise<Outcome> {
  const { form, json } = sent;
  const rawBody = json ?? new URLSearchParams(form).toString();
  const route = sandbox.routes.find((known) => known.path === path);
  const wire = {
    headers: {
      'content-type': json === undefined ? 'application/x-www-form-urlencoded' : 'application/json',
    },
    body: json === undefined ? form : (JSON.parse(json) as unknown),
    rawBody: Buffer.from(rawBody),
    about: () => undefined,
    issuerTakes: async () => true,
  } as unknown as WireCall;
  return route!.open(wire).run(declineWith);
}

const bodyOf = (outcome: Outcome) => JSON.parse(outcome.answer.body.toString()) as Record<string, unknown>;
const codeOf = (outcome: Outcome) => bodyOf(outcome).detailResultCode;

function sealed(text: string): string {
  const cipher = createCipheriv('aes-128-cbc', CONTRACT.apiKey, CONTRACT.iv);
  return cipher.update(text, 'utf8', 'base64') + cipher.final('base64');
}

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

/** A call of INIAPI v2 whose data is written with spaces: what is signed is the text, not what it means. */
function v2(type: string, data: string): { json: string } {
  const hashData = sha512(CONTRACT.apiKey + AT.mid + type + AT.timestamp + data);
  const { timestamp, clientIp, mid } = AT;
  return {
    json: `{"hashData":"${hashData}", "data" : ${data} ,"mid":"${mid}","type":"${type}","timestamp":"${timestamp}","clientIp":"${clientIp}"}`,
  };
}
const refund = (sandbox: InicisSandbox, tid: string) =>
  call(sandbox, '/v2/pg/refund', v2('refund', `{ "tid": "${tid}", "msg": "a \\"}, 만년필/" }`));
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

describe('what is issued', () => {
  const signed = (hashed: readonly string[], form: Record<string, string>) => ({
    ...form,
    hashData: sha512(CONTRACT.apiKey + hashed.map((name) => form[name]).join('')),
  });
  const FIRST = ['type', 'paymethod', 'timestamp', 'clientIp', 'mid'];
  const ORDER = {
    moid: 'ORDER-0001',
    goodName: '만년필',
    buyerName: '홍길동',
    price: '1004',
    currency: 'WON',
  };
  const account = (change: Record<string, string> = {}) =>
    signed([...FIRST, 'moid', 'price'], {
      ...{ type: 'Pay', paymethod: 'Vacct', ...AT, ...ORDER, url: 'http://shop.test' },
      ...{ bankCode: '88', dtInput: '20260105', tmInput: '2359', nmInput: '홍길동', ...change },
    });

  it.each([
    ['504652', { bankCode: '99' }],
    ['504640', { dtInput: '20260101' }],
    ['504641', { tmInput: '2460' }],
    ['504643', { nmInput: '' }],
    ['504690', { price: '99' }],
  ])('is no account: %s for %p', async (code, change) => {
    const { sandbox, journal } = newWorld();
    expect(codeOf(await call(sandbox, '/api/v1/formpay', { form: account(change) }))).toBe(code);
    expect(journal).toEqual([]);
  });

  it('tells of a deposit by a form in EUC-KR that only OK answers', async () => {
    const { sandbox, sent } = newWorld();
    const { vacct, tid } = bodyOf(await call(sandbox, '/api/v1/formpay', { form: account() }));
    expect(sandbox.deposit('9999999999999', { amount: 1_004, depositor: '홍길동' })).toBeNull();
    expect(sandbox.deposit(String(vacct), { amount: 1_003, depositor: '홍길동' })).toHaveProperty('problem');
    expect(sandbox.deposit(String(vacct), { amount: 1_004, depositor: '홍길동' })).toHaveProperty('data');
    await Promise.resolve();
    const [notice] = sent;
    expect(sent).toHaveLength(1);
    expect(notice?.contentType).toContain('application/x-www-form-urlencoded');
    expect(notice?.body).toContain(`no_req_tid=${String(tid)}`);
    expect(notice?.body).toContain('nm_input=%C8%AB%B1%E6%B5%BF');
    expect(notice?.body).toContain('type_msg=0200');
    expect(notice?.accepted(200, 'OK')).toBe(true);
    expect(notice?.accepted(200, 'OK\n')).toBe(false);
    expect(notice?.retryPausesMs).toHaveLength(10);
  });

  function confirmForm(authToken: string) {
    const timestamp = String(NOW);
    const signature = sha256(`authToken=${authToken}&timestamp=${timestamp}`);
    const proof = `authToken=${authToken}&signKey=${CONTRACT.signKey}&timestamp=${timestamp}`;
    return { mid: AT.mid, authToken, timestamp, format: 'JSON', verification: sha256(proof), signature };
  }

  it('gives back what came by transfer only to who asks for Acct, and by v2 whatever it was', async () => {
    const { sandbox } = newWorld();
    const [play] = sandbox.plays;
    const { data } = play!.play({ orderId: 'T-1', amount: 1_004, method: 'BANK_TRANSFER' }) as {
      data: { authToken: string };
    };
    const confirmed = bodyOf(await call(sandbox, '/api/payAuth', { form: confirmForm(data.authToken) }));
    expect(confirmed).toMatchObject({ payMethod: 'DirectBank', ACCT_BankCode: '88' });
    expect(confirmed).not.toHaveProperty('CARD_Code');
    const tid = String(confirmed.tid);
    const byCard = signed([...FIRST, 'tid'], { type: 'Refund', paymethod: 'Card', ...AT, tid, msg: '' });
    expect(codeOf(await call(sandbox, '/api/v1/refund', { form: byCard }))).toBe('500606');
    expect(bodyOf(await refund(sandbox, tid)).resultCode).toBe('00');
  });

  it('keeps no card number, no billing key and not whose a cash receipt is', async () => {
    const { sandbox, journal } = newWorld();
    const auth = signed([...FIRST, 'moid', 'price', 'cardNumber'], {
      ...{ type: 'Auth', paymethod: 'Card', ...AT, ...ORDER, price: '0' },
      ...{ cardNumber: sealed('4000000000000002'), cardExpire: sealed('3012') },
    });
    const { billKey } = bodyOf(await call(sandbox, '/api/v1/billing', { form: auth }));
    const charge = signed([...FIRST, 'moid', 'price', 'billKey'], {
      ...{ type: 'Billing', paymethod: 'Card', ...AT, ...ORDER, url: 'http://shop.test' },
      ...{ billKey: String(billKey), authentification: '00', cardQuota: '00' },
    });
    expect(codeOf(await call(sandbox, '/api/v1/billing', { form: charge }))).toBe('120027');
    const receipt = signed([...FIRST, 'crPrice', 'supPrice', 'srcvPrice', 'regNum'], {
      ...{
        type: 'Issue',
        paymethod: 'Receipt',
        ...AT,
        goodName: '만년필',
        buyerName: '홍길동',
        currency: 'WON',
      },
      ...{ crPrice: '1100', supPrice: '1000', tax: '100', srcvPrice: '0', useOpt: '0' },
      regNum: sealed('01012345678'),
    });
    expect(bodyOf(await call(sandbox, '/api/v1/receipt', { form: receipt })).resultCode).toBe('00');
    const kept = JSON.stringify(journal);
    for (const secret of ['4000000000000002', String(billKey), '01012345678', sealed('01012345678')])
      expect(kept).not.toContain(secret);
    const again = newWorld().sandbox;
    for (const record of journal) again.restore(record);
    expect(codeOf(await call(again, '/api/v1/billing', { form: charge }))).toBe('120027');
  });
});
