import type { AcquirerContext, Outcome, Webhook, WireCall } from '../core/acquirer';
import { TOSS_CONTRACTS } from './toss.credentials';
import { TossSandbox } from './toss.sandbox';

const NOW = Date.parse('2026-01-02T03:04:05+09:00');
const DAY_MS = 86_400_000;
const AUTHORIZATION = `Basic ${Buffer.from(`${TOSS_CONTRACTS[0]?.secretKey}:`).toString('base64')}`;
const CARD = '4242424242424242';

type Body = Record<string, unknown>;

function newWorld(journal: unknown[] = []) {
  const clock = { offsetMs: 0 };
  const sent: Webhook[] = [];
  const sandbox = new TossSandbox({
    journal: { append: (record: unknown) => journal.push(record), barrier: () => undefined },
    clock: { nowMs: () => NOW + clock.offsetMs },
    timeScale: 1,
    webhooks: { isOpen: true, send: (webhook: Webhook) => sent.push(webhook) },
  } as unknown as AcquirerContext);
  return { sandbox, journal, sent, clock };
}

interface Asked {
  readonly body?: Body;
  readonly params?: Record<string, string>;
  readonly query?: Record<string, string>;
  readonly key?: string;
}

async function call(sandbox: TossSandbox, endpoint: string, asked: Asked = {}): Promise<Outcome> {
  const route = sandbox.routes.find(({ method, path }) => `${method} ${path}` === endpoint);
  const wire = {
    method: endpoint.split(' ')[0],
    url: endpoint + JSON.stringify(asked.params ?? {}),
    headers: { authorization: AUTHORIZATION, ...(asked.key && { 'idempotency-key': asked.key }) },
    params: asked.params ?? {},
    query: asked.query ?? {},
    body: asked.body,
    about: () => undefined,
    issuerTakes: async () => true,
  } as unknown as WireCall;
  return route!.open(wire).run();
}

const bodyOf = ({ answer }: Outcome) => JSON.parse(answer.body.toString()) as Body;
const codeOf = (outcome: Outcome) => [outcome.answer.status, bodyOf(outcome).code];

const ISSUE = {
  ...{ amount: 50_004, orderId: 'ORDER-0001', orderName: '만년필' },
  ...{ customerName: '홍길동', bank: '국민', dueDate: '2026-01-05T12:00:00' },
};
const issue = (sandbox: TossSandbox, change: Body = {}, key?: string) =>
  call(sandbox, 'POST /v1/virtual-accounts', { body: { ...ISSUE, ...change }, key });
const numberOf = (body: Body) => (body.virtualAccount as { accountNumber: string }).accountNumber;
const cancel = (sandbox: TossSandbox, paymentKey: unknown, body: Body) =>
  call(sandbox, 'POST /v1/payments/:paymentKey/cancel', {
    params: { paymentKey: String(paymentKey) },
    body: { cancelReason: '고객 변심', ...body },
  });
const refundReceiveAccount = { bank: '88', accountNumber: '110123456789', holderName: '홍길동' };

describe('virtual accounts', () => {
  it.each([
    [{ bank: '케이' }, 'INVALID_BANK'],
    [{ bank: '99' }, 'INVALID_BANK'],
    [{ amount: 199 }, 'BELOW_MINIMUM_AMOUNT'],
    [{ dueDate: '2026-01-01T00:00:00' }, 'INVALID_REQUEST'],
    [{ dueDate: '2026-06-01T00:00:00' }, 'EXCEED_MAX_DUE_DATE'],
    [{ dueDate: undefined, validHours: 2_161 }, 'EXCEED_MAX_VALID_HOURS'],
    [{ customerName: '' }, 'INVALID_REQUEST'],
  ])('refuses %j', async (change, code) => {
    expect(codeOf(await issue(newWorld().sandbox, change))).toEqual([400, code]);
  });

  it('gives the first answer again under its key, also after the deposit', async () => {
    const { sandbox, sent } = newWorld();
    const first = await issue(sandbox, {}, 'key-1');
    const issued = bodyOf(first);
    expect(issued).toMatchObject({ status: 'WAITING_FOR_DEPOSIT', method: '가상계좌', card: null });
    expect(issued.virtualAccount).toMatchObject({ bankCode: '06', dueDate: '2026-01-05T12:00:00+09:00' });
    expect(sandbox.deposit(numberOf(issued), { amount: 50_003, depositor: '홍' })).toHaveProperty('problem');
    expect(sandbox.deposit(numberOf(issued), { amount: 50_004, depositor: '홍' })).toHaveProperty('data');
    expect(sandbox.deposit('X0', { amount: 50_004, depositor: '홍' })).toBeNull();
    expect((await issue(sandbox, {}, 'key-1')).answer.body).toBe(first.answer.body);
    expect(codeOf(await issue(sandbox, {}, 'key-2'))).toEqual([400, 'DUPLICATED_ORDER_ID']);
    await new Promise(setImmediate);
    expect(sent.map(({ body }) => JSON.parse(body.toString()) as Body)).toMatchObject([
      { status: 'DONE', orderId: 'ORDER-0001', secret: issued.secret },
    ]);
  });

  it('closes for nothing before the deposit, and gives back after it to an account and in time only', async () => {
    const { sandbox, clock } = newWorld();
    const closed = bodyOf(await issue(sandbox));
    expect(codeOf(await cancel(sandbox, closed.paymentKey, { cancelAmount: 1_000 }))).toEqual([
      403,
      'NOT_ALLOWED_PARTIAL_REFUND_WAITING_DEPOSIT',
    ]);
    expect(bodyOf(await cancel(sandbox, closed.paymentKey, {}))).toMatchObject({ status: 'CANCELED' });
    expect(sandbox.deposit(numberOf(closed), { amount: 50_004, depositor: '홍' })).toHaveProperty('problem');
    expect(sandbox.ledger.size).toBe(0);

    const paid = bodyOf(await issue(sandbox, { orderId: 'ORDER-0002' }));
    sandbox.deposit(numberOf(paid), { amount: 50_004, depositor: '홍' });
    const back = (body: Body) => cancel(sandbox, paid.paymentKey, body);
    expect(codeOf(await back({}))).toEqual([400, 'INVALID_REFUND_ACCOUNT_INFO']);
    const nowhere = { ...refundReceiveAccount, bank: '99' };
    expect(codeOf(await back({ refundReceiveAccount: nowhere }))).toEqual([400, 'INVALID_BANK']);
    const part = bodyOf(await back({ cancelAmount: 4, refundReceiveAccount }));
    expect(part).toMatchObject({ status: 'PARTIAL_CANCELED', virtualAccount: { refundStatus: 'PENDING' } });
    clock.offsetMs = 366 * DAY_MS;
    expect(codeOf(await back({ refundReceiveAccount }))).toEqual([403, 'EXCEED_MAX_REFUND_DUE']);
  });
});

it('cancels a bank transfer without an account, for 180 days', async () => {
  const { sandbox, clock } = newWorld();
  const played = sandbox.plays[0]!.play({ orderId: 'ORDER-0001', amount: 50_004, method: '계좌이체' });
  const paymentKey = 'data' in played ? played.data.paymentKey : null;
  const body = { paymentKey, orderId: 'ORDER-0001', amount: 50_004 };
  const confirmed = bodyOf(await call(sandbox, 'POST /v1/payments/confirm', { body }));
  expect(confirmed).toMatchObject({ status: 'DONE', method: '계좌이체', card: null, secret: null });
  expect(bodyOf(await cancel(sandbox, paymentKey, { cancelAmount: 4 }))).toMatchObject({
    balanceAmount: 50_000,
  });
  clock.offsetMs = 181 * DAY_MS;
  expect(codeOf(await cancel(sandbox, paymentKey, {}))).toEqual([403, 'EXCEED_MAX_REFUND_DUE']);
});

it('is after a restart what it was before, and has written no card number', async () => {
  const { sandbox, journal } = newWorld();
  const card = { cardNumber: CARD, cardExpirationYear: '31', cardExpirationMonth: '07' };
  const key = bodyOf(
    await call(sandbox, 'POST /v1/billing/authorizations/card', {
      body: { customerKey: 'cus_1', customerIdentityNumber: '900101', ...card },
    }),
  );
  const params = { billingKey: String(key.billingKey) };
  const charge = (world: TossSandbox, orderId: string, customerKey = 'cus_1') =>
    call(world, 'POST /v1/billing/:billingKey', {
      params,
      body: { customerKey, orderId, orderName: '만년필', amount: 1_000 },
    });
  expect(bodyOf(await charge(sandbox, 'ORDER-0001'))).toMatchObject({ status: 'DONE', type: 'BILLING' });
  const account = bodyOf(await issue(sandbox, { orderId: 'ORDER-0002' }));
  const receipt = { orderId: 'ORDER-0003', orderName: '만년필', amount: 1_000, type: '소득공제' };
  await call(sandbox, 'POST /v1/cash-receipts', {
    body: { ...receipt, customerIdentityNumber: '01012345678' },
  });
  expect(sandbox.settle('2026-01-02')).toBe(1);
  expect(JSON.stringify(journal)).not.toMatch(/4242424242424242|01012345678/);

  const after = newWorld();
  for (const record of JSON.parse(JSON.stringify(journal)) as unknown[]) after.sandbox.restore(record);
  expect(after.sandbox.ledger.size).toBe(1);
  expect(codeOf(await charge(after.sandbox, 'ORDER-0004', 'cus_2'))).toEqual([
    400,
    'NOT_MATCHES_CUSTOMER_KEY',
  ]);
  expect(bodyOf(await charge(after.sandbox, 'ORDER-0004'))).toMatchObject({ status: 'DONE' });
  expect(after.sandbox.deposit(numberOf(account), { amount: 50_004, depositor: '홍' })).toHaveProperty(
    'data',
  );
  const query = { requestDate: '2026-01-02' };
  expect(bodyOf(await call(after.sandbox, 'GET /v1/cash-receipts', { query }))).toMatchObject({
    data: [{ orderId: 'ORDER-0003', transactionType: 'CONFIRM' }],
  });
  const days = { startDate: '2026-01-02', endDate: '2026-01-02' };
  // Settled before the second charge and the deposit, so they are not on the list of that day.
  const settled = await call(after.sandbox, 'GET /v1/settlements', { query: days });
  expect(JSON.parse(settled.answer.body.toString())).toMatchObject([
    { orderId: 'ORDER-0001', amount: 1_000, suppliedAmount: 23, vat: 2, payOutAmount: 975 },
  ]);
  await call(after.sandbox, 'DELETE /v1/billing/:billingKey', { params });
  expect(codeOf(await charge(after.sandbox, 'ORDER-0005'))).toEqual([400, 'ALREADY_REMOVED_BILLING_KEY']);
});
