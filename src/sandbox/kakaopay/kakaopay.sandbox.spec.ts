import type { AcquirerContext, Outcome, Webhook, WireCall } from '../core/acquirer';
import { KAKAO_CONTRACTS } from './kakaopay.credentials';
import { KakaopaySandbox } from './kakaopay.sandbox';

const NOW = Date.parse('2026-01-02T03:04:05+09:00');
const [CONTRACT, SPARE] = KAKAO_CONTRACTS as [(typeof KAKAO_CONTRACTS)[0], (typeof KAKAO_CONTRACTS)[0]];
const AUTHORIZATION = `SECRET_KEY ${CONTRACT.secretKey}`;
const ORDER = { partner_order_id: 'ORDER-0001', partner_user_id: 'guest' };
const READY = {
  ...ORDER,
  ...{ item_name: '만년필', quantity: 1, total_amount: 50_004, tax_free_amount: 0 },
  ...{ approval_url: 'https://s.test/a', cancel_url: 'https://s.test/c', fail_url: 'https://s.test/f' },
};

type Body = Record<string, unknown>;

function newWorld() {
  const clock = { offsetMs: 0 };
  const journal: unknown[] = [];
  const sent: Webhook[] = [];
  const sandbox = new KakaopaySandbox({
    journal: { append: (record: unknown) => journal.push(record), barrier: () => undefined },
    clock: { nowMs: () => NOW + clock.offsetMs },
    timeScale: 1,
    webhooks: { isOpen: true, send: (webhook: Webhook) => sent.push(webhook) },
  } as unknown as AcquirerContext);
  return { sandbox, journal, sent, clock };
}

async function call(
  sandbox: KakaopaySandbox,
  service: string,
  body: unknown,
  headers: Record<string, string> = {},
): Promise<Outcome> {
  const route = sandbox.routes.find(({ path }) => path === `/online/v1/payment/${service}`);
  const wire = {
    headers: { 'content-type': 'application/json', authorization: AUTHORIZATION, ...headers },
    body,
    about: () => undefined,
    issuerTakes: async () => true,
  } as unknown as WireCall;
  return route!.open(wire).run();
}

const bodyOf = (outcome: Outcome) => JSON.parse(outcome.answer.body.toString()) as Body;
const errorOf = (outcome: Outcome) => [outcome.answer.status, bodyOf(outcome).error_code];
const ask = async (sandbox: KakaopaySandbox, service: string, body: Body) =>
  call(sandbox, service, { cid: CONTRACT.cid, ...body });

async function opened(sandbox: KakaopaySandbox, change: Body = {}): Promise<string> {
  return String(bodyOf(await ask(sandbox, 'ready', { ...READY, ...change })).tid);
}

function authenticate(sandbox: KakaopaySandbox, more: Body = {}): string {
  const played = sandbox.plays[0]!.play({ orderId: 'ORDER-0001', ...more });
  return 'data' in played ? String(played.data.pg_token) : played.problem;
}

async function paid(sandbox: KakaopaySandbox, more: Body = {}, change: Body = {}): Promise<string> {
  const tid = await opened(sandbox, change);
  await ask(sandbox, 'approve', { ...ORDER, tid, pg_token: authenticate(sandbox, more) });
  return tid;
}

describe('the gate', () => {
  it.each([
    [401, -401, { authorization: `KakaoAK ${CONTRACT.secretKey}` }],
    [401, -401, { authorization: 'SECRET_KEY another' }],
    [400, -2, { 'content-type': 'application/x-www-form-urlencoded' }],
    [400, -731, { authorization: `SECRET_KEY ${SPARE.secretKey}` }],
  ])('answers %i with %i to %p', async (status, code, headers) => {
    const outcome = await call(newWorld().sandbox, 'ready', { cid: CONTRACT.cid, ...READY }, headers);
    expect(errorOf(outcome)).toEqual([status, code]);
  });

  it.each([
    [-2, { approval_url: `https://s.test/${'a'.repeat(255)}` }],
    [-2, { item_name: '' }],
    [-2, { total_amount: 0 }],
    [-2, { install_month: 13 }],
    [-724, { tax_free_amount: 50_005 }],
    [-725, { vat_amount: 50_005 }],
    [-733, { cid_secret: 'x' }],
  ])('refuses a ready with %i for %p', async (code, change) => {
    expect(errorOf(await ask(newWorld().sandbox, 'ready', { ...READY, ...change }))).toEqual([400, code]);
  });
});

describe('a payment', () => {
  it('goes from ready over the payer to one approval', async () => {
    const { sandbox, sent } = newWorld();
    const tid = await opened(sandbox);
    expect(tid).toMatch(/^T[0-9a-f]{19}$/);
    const status = async () => bodyOf(await ask(sandbox, 'order', { tid })).status;
    expect(await status()).toBe('READY');
    const asked = { ...ORDER, tid, pg_token: 'forged', total_amount: 50_004 };
    expect(errorOf(await ask(sandbox, 'approve', asked))).toEqual([400, -701]);
    const pgToken = authenticate(sandbox, { amount: 50_004 });
    expect(await status()).toBe('AUTH_PASSWORD');
    const right = { ...asked, pg_token: pgToken };
    for (const [code, change] of [
      [-721, { tid: 'T0' }],
      [-706, { partner_order_id: 'ORDER-0002' }],
      [-707, { partner_user_id: 'somebody' }],
      [-708, { pg_token: 'forged' }],
      [-722, { total_amount: 50_005 }],
    ] as const)
      expect(errorOf(await ask(sandbox, 'approve', { ...right, ...change }))).toEqual([400, code]);
    expect(bodyOf(await ask(sandbox, 'approve', right))).toMatchObject({
      aid: expect.stringMatching(/^A[0-9a-f]{19}$/),
      ...{
        tid,
        cid: CONTRACT.cid,
        ...ORDER,
        payment_method_type: 'CARD',
        approved_at: '2026-01-02T03:04:05',
      },
      amount: { total: 50_004, tax_free: 0, vat: 4_546, point: 0, discount: 0, green_deposit: 0 },
      card_info: { kakaopay_issuer_corp: '신한카드', card_type: '신용', install_month: '00' },
    });
    expect(errorOf(await ask(sandbox, 'approve', right))).toEqual([400, -702]);
    await Promise.resolve();
    expect(sent.map(({ body }) => JSON.parse(String(body)) as Body)).toMatchObject([
      { tid, cid: CONTRACT.cid, partner_order_id: 'ORDER-0001', status: 'SUCCESS_PAYMENT' },
    ]);
  });

  it('is declined once, with the reason of the payment method', async () => {
    const { sandbox } = newWorld();
    const tid = await opened(sandbox);
    const asked = { ...ORDER, tid, pg_token: authenticate(sandbox, { cardNumber: '4000000000009995' }) };
    expect(bodyOf(await ask(sandbox, 'approve', asked))).toMatchObject({
      error_code: -780,
      extras: { method_result_code: '0002' },
    });
    expect(bodyOf(await ask(sandbox, 'order', { tid })).status).toBe('FAIL_PAYMENT');
    expect(errorOf(await ask(sandbox, 'approve', asked))).toEqual([400, -783]);
  });

  it('stays open under maintenance', async () => {
    const { sandbox } = newWorld();
    const tid = await opened(sandbox);
    const asked = { ...ORDER, tid, pg_token: authenticate(sandbox, { cardNumber: '4000000000006181' }) };
    expect(errorOf(await ask(sandbox, 'approve', asked))).toEqual([400, -7]);
    expect(bodyOf(await ask(sandbox, 'order', { tid })).status).toBe('AUTH_PASSWORD');
  });

  it('expires after a quarter of an hour', async () => {
    const { sandbox, clock } = newWorld();
    const tid = await opened(sandbox);
    const asked = { ...ORDER, tid, pg_token: authenticate(sandbox) };
    clock.offsetMs = 15 * 60_000 + 1;
    expect(errorOf(await ask(sandbox, 'approve', asked))).toEqual([400, -723]);
    expect(bodyOf(await ask(sandbox, 'order', { tid })).status).toBe('QUIT_PAYMENT');
    expect(authenticate(sandbox)).toContain('open its checkout first');
  });

  it('has no card behind it where the payer uses money', async () => {
    const { sandbox } = newWorld();
    const tid = await paid(sandbox, { method: 'MONEY' });
    const found = bodyOf(await ask(sandbox, 'order', { tid }));
    expect(found).toMatchObject({ status: 'SUCCESS_PAYMENT', payment_method_type: 'MONEY' });
    expect(found).not.toHaveProperty('selected_card_info');
  });
});

describe('the payer', () => {
  it('needs an order that waits, and cannot choose the amount or a method that is shut', async () => {
    const { sandbox } = newWorld();
    expect(authenticate(sandbox)).toContain('open its checkout first');
    await opened(sandbox, { payment_method_type: 'CARD' });
    expect(authenticate(sandbox, { amount: 50_005 })).toContain('cannot change the amount');
    expect(authenticate(sandbox, { method: 'MONEY' })).toContain('CARD only');
  });
});

describe('a cancel', () => {
  const part = (sandbox: KakaopaySandbox, tid: string, [amount, available]: readonly [number, number]) =>
    ask(sandbox, 'cancel', {
      ...{ tid, cancel_amount: amount, cancel_tax_free_amount: 0, cancel_available_amount: available },
    });

  it('compares the balance before it takes of it, and its parts add up', async () => {
    const { sandbox } = newWorld();
    const tid = await paid(sandbox);
    expect(errorOf(await part(sandbox, tid, [50_005, 50_004]))).toEqual([400, -710]);
    expect(bodyOf(await part(sandbox, tid, [10_000, 50_004]))).toMatchObject({
      status: 'PART_CANCEL_PAYMENT',
      approved_cancel_amount: { total: 10_000, vat: 909 },
      canceled_amount: { total: 10_000 },
      cancel_available_amount: { total: 40_004 },
    });
    expect(errorOf(await part(sandbox, tid, [10_000, 50_004]))).toEqual([400, -710]);
    expect(bodyOf(await part(sandbox, tid, [40_004, 40_004]))).toMatchObject({
      status: 'CANCEL_PAYMENT',
      canceled_amount: { total: 50_004, vat: 4_546 },
      cancel_available_amount: { total: 0, vat: 0 },
    });
    expect(bodyOf(await part(sandbox, tid, [1, 1]))).toMatchObject({
      error_code: -781,
      extras: { method_result_code: '0140' },
    });
    const { payment_action_details: details } = bodyOf(await ask(sandbox, 'order', { tid }));
    expect((details as Body[]).map(({ payment_action_type: type, amount }) => [type, amount])).toEqual([
      ['PAYMENT', 50_004],
      ['CANCEL', 10_000],
      ['CANCEL', 40_004],
    ]);
  });

  it('is for approved payments of its own contract, and whole where there is a deposit', async () => {
    const { sandbox } = newWorld();
    const tid = await opened(sandbox);
    expect(errorOf(await part(sandbox, tid, [1, 50_004]))).toEqual([400, -784]);
    expect(errorOf(await part(sandbox, 'T0', [1, 50_004]))).toEqual([400, -721]);
    const deposit = await paid(sandbox, {}, { green_deposit: 300 });
    expect(errorOf(await part(sandbox, deposit, [1, 50_004]))).toEqual([400, -781]);
    const spare = { cid: SPARE.cid, tid: deposit };
    const stranger = { authorization: `SECRET_KEY ${SPARE.secretKey}` };
    expect(errorOf(await call(sandbox, 'order', spare, stranger))).toEqual([400, -721]);
  });
});

it('is in the journal, from which everything is read back, without number and token', async () => {
  const { sandbox, journal } = newWorld();
  const tid = await opened(sandbox);
  const pgToken = authenticate(sandbox);
  await ask(sandbox, 'approve', { ...ORDER, tid, pg_token: pgToken });
  await ask(sandbox, 'cancel', { tid, cancel_amount: 4, cancel_tax_free_amount: 0 });
  const again = newWorld().sandbox;
  journal.forEach((record) => again.restore(JSON.parse(JSON.stringify(record))));
  expect(bodyOf(await ask(again, 'order', { tid }))).toEqual(bodyOf(await ask(sandbox, 'order', { tid })));
  for (const secret of ['4242424242424242', pgToken]) expect(JSON.stringify(journal)).not.toContain(secret);
});

it.each([
  ['-780/LACK_BALANCE', true],
  ['-780', true],
  ['-702', true],
  ['-702/0002', false],
  ['-780/0002/1', false],
  ['-780/nothing', false],
  ['0', false],
])('knows the code %s: %p', (code, known) => {
  expect(newWorld().sandbox.isDeclineCode(code)).toBe(known);
});
