import { InicisAdapter } from '../../src/acquirers/inicis/inicis.adapter';
import type { ConfirmOrder } from '../../src/acquirers/port/window.types';
import { OutboundClient } from '../../src/common/http/outbound-client';
import { Clock } from '../../src/common/time/clock';
import { Secret } from '../../src/common/masking/secret';
import { loadConfig } from '../../src/config/app-config';
import { CARD, keyIn, MerchantClient, newOrderNo } from '../support/merchant';
import { eventually } from '../support/program';
import type { SandboxControl } from '../support/sandbox-control';
import { Stack } from '../support/stack';
import { testEnvironment } from '../support/test-database';

jest.setTimeout(120_000);

const MID = 'M0000002';
let stack: Stack;
let merchant: MerchantClient;
let inicis: SandboxControl;

beforeAll(async () => {
  stack = await Stack.start('inicis');
  merchant = new MerchantClient(stack.api.url, MID);
  inicis = stack.control.of('inicis');
});
afterAll(() => stack?.stop());

it.each([
  [CARD.approved, { issuer: 'SHINHAN', type: 'CREDIT' }],
  [CARD.check, { issuer: 'KB', type: 'CHECK' }],
  [CARD.slow, { type: 'CREDIT' }],
])('%s is approved, and KG Inicis agrees', async (cardNumber, card) => {
  const answer = await merchant.approve(keyIn({ cardNumber, installmentMonths: 3, taxFreeAmount: 10_000 }));
  expect(answer.body).toMatchObject({ outcome: 'SUCCESS', status: 'APPROVED', amount: 50_000, card });
  expect(await inicis.charged(answer.body.paymentId)).toBe(50_000);
});

it.each([
  ['4000000000000002', 'CARD_DECLINED', '120027'],
  ['4000000000009995', 'CARD_LIMIT_EXCEEDED', '120049'],
  ['4000000000000069', 'CARD_EXPIRED', '120004'],
  ['4000000000009979', 'CARD_LOST_OR_STOLEN', '120026'],
  ['4000000000006157', 'CARD_PASSWORD_INVALID', '120019'],
  ['4000000000006165', 'BIRTH_OR_BUSINESS_NO_MISMATCH', '120051'],
  ['4000000000006173', 'INSTALLMENT_NOT_ALLOWED', '120005'],
  ['4000000000006181', 'ACQUIRER_MAINTENANCE', '1200B9'],
])('%s answers 402 %s with the code %s', async (cardNumber, code, acquirerCode) => {
  const answer = await merchant.approve(keyIn({ cardNumber }));
  expect(answer.status).toBe(402);
  const acquirer = { name: 'inicis', code: acquirerCode, message: expect.any(String) };
  expect(answer.body).toMatchObject({ code, outcome: 'FAILURE', acquirer });
  expect(await inicis.charged(answer.body.paymentId)).toBe(0);
});

it.each([
  [CARD.silentAfterApproving, 'is silent'],
  [CARD.errorAfterApproving, 'says 500'],
  [CARD.garbageAfterApproving, 'sends half of it'],
])(
  '%s approves, then %s: undone at KG Inicis by inquiry and refund',
  async (cardNumber: string, _what: string) => {
    const answer = await merchant.approve(keyIn({ cardNumber }));
    expect(answer.status).toBe(504);
    const { paymentId } = answer.body;
    await eventually(
      async () => ((await merchant.payment(paymentId)).body.status === 'REVERSED' ? true : undefined),
      { withinMs: 10_000, what: `${paymentId} is reversed` },
    );
    const kinds = (await inicis.ledger(paymentId)).map(({ kind }) => kind);
    expect(kinds).toEqual(['approval', 'cancel']);
    expect(await inicis.charged(paymentId)).toBe(0);
  },
);

it('cancels a part, then the rest, each under its own id', async () => {
  const { body } = await merchant.approve(keyIn());
  const part = await merchant.cancel(body.paymentId, { cancelAmount: 20_000 });
  expect(part.body).toMatchObject({ status: 'PARTIALLY_CANCELLED', balanceAmount: 30_000 });
  const rest = await merchant.cancel(body.paymentId);
  expect(rest.body).toMatchObject({ status: 'CANCELLED', balanceAmount: 0, cancelledAmount: 50_000 });
  const amounts = (await inicis.ledger(body.paymentId)).map(({ amount }) => amount);
  expect(amounts).toEqual([50_000, 20_000, 30_000]);
});

it('cancels all of it at once', async () => {
  const { body } = await merchant.approve(keyIn());
  expect((await merchant.cancel(body.paymentId)).body).toMatchObject({ status: 'CANCELLED' });
  expect(await inicis.charged(body.paymentId)).toBe(0);
});

it(`${CARD.refusesCancels}: refunds are refused for a while, then work`, async () => {
  const { body } = await merchant.approve(keyIn({ cardNumber: CARD.refusesCancels }));
  const refused = await merchant.cancel(body.paymentId);
  expect(refused).toMatchObject({ status: 422, body: { acquirer: { name: 'inicis', code: '500127' } } });
  await eventually(async () => ((await merchant.cancel(body.paymentId)).status === 200 ? true : undefined), {
    withinMs: 15_000,
    what: 'the refund is taken',
  });
  expect(await inicis.charged(body.paymentId)).toBe(0);
});

/** The adapter itself, against the sandbox's own port of KG Inicis. */
function world() {
  const { origin } = new URL(stack.sandboxUrl);
  const own = origin.replace(/\d+$/, (port) => String(Number(port) + 2));
  const env = { INICIS_BASE_URL: `${own}/inicis`, INICIS_STDPAY_URL: `${own}/inicis` };
  const http = new OutboundClient(new Clock());
  const adapter = new InicisAdapter(http, new Clock(), loadConfig(testEnvironment(stack.databaseUrl, env)));
  const credentials = {
    apiKey: `iniapi_${MID}=`,
    iv: `inicis_${MID}=`,
    signKey: `sandbox_inicis_sign_${MID}`,
  };
  const access = {
    contractId: 'c',
    acquirerMerchantId: 'inictest02',
    credentials: new Secret(credentials),
    connectTimeoutMs: 1_000,
    answerTimeoutMs: 2_000,
  };
  return { adapter, http, access, url: `${own}/inicis` };
}

describe('the wire', () => {
  it('refuses a request whose hash was made with another key: not taken', async () => {
    const { adapter, http, access } = world();
    const card = new Secret({ cardNumber: CARD.approved, cardExpiry: '3012' });
    const order = {
      acquirerOrderNo: newOrderNo(),
      acquirerTransactionId: null,
      requestedAt: new Date(),
      amount: 1_000,
      taxFreeAmount: 0,
      goodsName: '만년필',
      installmentMonths: 0,
      card,
    };
    const other = new Secret({ apiKey: 'another_key_000=', iv: `inicis_${MID}=` });
    const refused = await adapter.approveKeyIn({ ...access, credentials: other }, order);
    expect(refused).toMatchObject({ kind: 'DECLINED', notProcessed: true, exchange: { code: '500632' } });
    const taken = await adapter.approveKeyIn(access, order);
    expect(taken).toMatchObject({
      kind: 'APPROVED',
      acquirerTransactionId: expect.stringMatching(/^.{40}$/),
    });
    const again = await adapter.approveKeyIn(access, order);
    expect(again).toMatchObject({ kind: 'UNKNOWN', exchange: { code: '550619' } });
    await http.onApplicationShutdown();
  });

  it('echoes the address of a path that is no service', async () => {
    const answer = await fetch(`${world().url}/api/v1/nothing`, { method: 'POST' });
    expect([answer.status, await answer.text()]).toEqual([200, '/inicis/api/v1/nothing']);
  });
});

describe('the payment window', () => {
  /** The payer finishes the window; what it gives the browser comes back as the order to confirm. */
  async function paid(acquirerOrderNo: string, amount: number): Promise<ConfirmOrder> {
    const answer = await fetch(`${stack.sandboxUrl}/__sandbox/inicis/payments`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ orderId: acquirerOrderNo, amount }),
    });
    const proof = (await answer.json()) as ConfirmOrder['proof'];
    const requestedAt = new Date();
    return { acquirerOrderNo, acquirerTransactionId: null, amount, taxFreeAmount: 0, requestedAt, proof };
  }

  it('is confirmed once, found, and taken back by its net cancel, which may be repeated', async () => {
    const { adapter, http, access } = world();
    const order = await paid(newOrderNo(), 30_000);
    const confirmed = await adapter.confirmWindow(access, order);
    expect(confirmed).toMatchObject({ kind: 'APPROVED', method: 'CARD', card: { ownerType: 'PERSONAL' } });
    expect((await adapter.confirmWindow(access, order)).kind).toBe('UNKNOWN');
    const { acquirerOrderNo, requestedAt, amount } = order;
    const reference = {
      acquirerOrderNo,
      acquirerTransactionId: null,
      channel: 'WINDOW',
      requestedAt,
      amount,
    } as const;
    expect(await adapter.inquire(access, reference)).toMatchObject({ kind: 'FOUND', state: 'APPROVED' });
    for (let time = 0; time < 2; time += 1)
      expect((await adapter.netCancelWindow(access, order)).kind).toBe('CANCELLED');
    expect(await adapter.inquire(access, reference)).toMatchObject({ state: 'CANCELLED', balanceAmount: 0 });
    expect(await inicis.charged(acquirerOrderNo)).toBe(0);
    await http.onApplicationShutdown();
  });

  it('is refused for another amount than the payer saw, and with another sign key', async () => {
    const { adapter, http, access } = world();
    const order = await paid(newOrderNo(), 30_000);
    const cheaper = await adapter.confirmWindow(access, { ...order, amount: 20_000 });
    expect(cheaper).toMatchObject({ kind: 'DECLINED', exchange: { code: '500703' } });
    const stranger = { ...access, credentials: new Secret({ signKey: 'another' }) };
    expect(await adapter.confirmWindow(stranger, order)).toMatchObject({ exchange: { code: '500202' } });
    expect(await inicis.charged(order.acquirerOrderNo)).toBe(0);
    await http.onApplicationShutdown();
  });
});

it('leaves nothing that verify objects to', async () => {
  const { code, output } = await stack.verify();
  expect(output).toContain('0 violations');
  expect(code).toBe(0);
});
