import {
  ORDER,
  newWorld,
  call,
  said,
  codeOf,
  finish,
  apply,
  history,
  paid,
  cancelForm,
  cancel,
  reserve,
} from '../../../test/support/naverpay-world';

describe('the door', () => {
  it.each([
    [{ 'x-naver-client-id': 'nobody' }],
    [{ 'x-naver-client-secret': 'wrong' }],
    [{ 'x-naverpay-chain-id': 'wrong' }],
  ])('is shut with HTTP 401 for %p', async (headers) => {
    const world = newWorld();
    const { answer } = await apply(world, finish(world), { headers });
    expect(answer.status).toBe(401);
    expect(world.sandbox.ledger.size).toBe(0);
  });

  it('reads forms where forms are due, and JSON elsewhere', async () => {
    const world = newWorld();
    const paymentId = finish(world);
    const asJson = await call(world, '/v2.2/apply/payment', { json: { paymentId } });
    const asForm = await call(world, '/v2.2/list/history', { form: { paymentId } });
    expect([asJson, asForm].map(({ answer }) => answer.status)).toEqual([400, 400]);
  });

  it('refuses a key that is too long or of other letters', async () => {
    const world = newWorld();
    for (const key of ['k'.repeat(65), 'a key'])
      expect(codeOf(await apply(world, finish(world), { key }))).toBe('InvalidParameter');
  });
});

describe('a reservation', () => {
  it('gives an id, and its tax-free part to the payment', async () => {
    const world = newWorld();
    expect(said(await reserve(world)).body.reserveId).toEqual(expect.stringMatching(/^\w{10,}$/));
    const { detail } = said(await apply(world, finish(world))).body;
    expect(detail).toMatchObject({ productName: '만년필', taxScopeAmount: 1_000, taxExScopeAmount: 4 });
  });

  it.each([
    ['RequireParameter', { returnUrl: '' }],
    ['InvalidParameter', { modelVersion: '1' }],
    ['InvalidParameter', { taxScopeAmount: 1_004 }],
    ['InvalidParameter', { productName: '가'.repeat(129) }],
    ['InvalidParameter', { merchantPayKey: 'k'.repeat(65) }],
  ])('is refused with %s for %p', async (code, change) => {
    expect(codeOf(await reserve(newWorld(), change))).toBe(code);
  });
});

describe('an apply', () => {
  it('takes what the payer authenticated, and says so once', async () => {
    const world = newWorld();
    const paymentId = finish(world);
    expect(paymentId).toBe('20260102NP0000000001');
    expect(said(await apply(world, paymentId)).body).toMatchObject({
      paymentId,
      detail: {
        merchantId: 'np_demo006',
        merchantPayKey: ORDER,
        totalPayAmount: 1_004,
        admissionTypeCode: '01',
        admissionState: 'SUCCESS',
        admissionYmdt: '20260102030405',
        primaryPayMeans: 'CARD',
        cardCorpCode: 'C0',
        cardNo: '424242******4242',
      },
    });
    expect(codeOf(await apply(world, paymentId))).toBe('AlreadyComplete');
    expect(world.sandbox.ledger.size).toBe(1);
    expect(JSON.stringify(world.journal)).not.toContain('4242424242424242');
  });

  it('answers the same key with HTTP 409 and the first answer, refusals too', async () => {
    const world = newWorld();
    const paymentId = finish(world);
    const first = await apply(world, paymentId, { key: 'k1' });
    const again = await apply(world, paymentId, { key: 'k1' });
    expect(again.answer).toMatchObject({ status: 409, body: first.answer.body });
    expect(again.answer.headers).toEqual({ 'x-naverpay-idempotency-key': 'k1' });
    const refused = finish(world, { orderId: 'other', cardNumber: '4000000000009995' });
    const codes = [];
    for (let time = 0; time < 2; time += 1) codes.push(await apply(world, refused, { key: 'k2' }));
    expect(codes.map((outcome) => [outcome.answer.status, codeOf(outcome)])).toEqual([
      [200, 'Fail'],
      [409, 'Fail'],
    ]);
  });

  it('keeps no answer that was broken', async () => {
    const world = newWorld();
    const paymentId = finish(world, { cardNumber: '4000000000006132' });
    expect((await apply(world, paymentId, { key: 'k1' })).answer.status).toBe(500);
    expect(codeOf(await apply(world, paymentId, { key: 'k1' }))).toBe('AlreadyComplete');
  });

  it('is too late after ten minutes', async () => {
    const world = newWorld();
    const paymentId = finish(world);
    world.clock.offsetMs = 600_001;
    expect(codeOf(await apply(world, paymentId))).toBe('TimeExpired');
  });

  it('is one at a time for a payment', async () => {
    const world = newWorld();
    const paymentId = finish(world, { cardNumber: '4000000000006124' });
    const both = await Promise.all([apply(world, paymentId), apply(world, paymentId)]);
    expect(both.map(codeOf)).toEqual(['Success', 'AlreadyOnGoing']);
  });

  it.each([
    ['4000000000000002', 'Fail'],
    ['4000000000006165', 'OwnerAuthFail'],
    ['4000000000006181', 'MaintenanceOngoing'],
  ])('of %s is refused with %s', async (cardNumber, code) => {
    const world = newWorld();
    expect(codeOf(await apply(world, finish(world, { cardNumber })))).toBe(code);
    expect(world.sandbox.ledger.size).toBe(0);
  });

  it('is refused with the code that a fault names', async () => {
    const world = newWorld();
    const outcome = await apply(world, finish(world), { declineWith: 'BankMaintenance' });
    expect(codeOf(outcome)).toBe('BankMaintenance');
    expect(['Fail', 'Success', 'toString'].map((code) => world.sandbox.isDeclineCode(code))).toEqual([
      true,
      false,
      false,
    ]);
  });
});

it('tells of an approval and of each cancel', async () => {
  const world = newWorld();
  const paymentId = await paid(world);
  await cancel(world, cancelForm(paymentId));
  await Promise.resolve();
  const told = world.sent.map(({ body }) => JSON.parse(body.toString()) as Record<string, unknown>);
  for (const hint of told)
    expect(hint).toMatchObject({ paymentId, merchantPayKey: ORDER, merchantId: 'np_demo006' });
  expect(new Set(told.map(({ payHistId }) => payHistId)).size).toBe(2);
});

it('reads everything back from the journal, answers under keys too', async () => {
  const world = newWorld();
  await reserve(world);
  const paymentId = finish(world);
  const first = await apply(world, paymentId, { key: 'k1' });
  const again = newWorld();
  world.journal.forEach((record) => again.sandbox.restore(JSON.parse(JSON.stringify(record))));
  expect((await apply(again, paymentId, { key: 'k1' })).answer).toMatchObject({
    status: 409,
    body: first.answer.body,
  });
  expect(said(await history(again, { paymentId }))).toEqual(said(await history(world, { paymentId })));
  again.sandbox.forget();
  expect(codeOf(await apply(again, paymentId, { key: 'k1' }))).toBe('Fail');
});
