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
} from '../../../test/support/inicis-sandbox';

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
