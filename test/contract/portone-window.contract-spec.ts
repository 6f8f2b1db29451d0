import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Iamport, Request } from 'iamport-rest-client-nodejs';
import type { ContractAccess } from '../../src/acquirers/port/acquirer.types';
import type { RawWebhook } from '../../src/acquirers/port/webhook.types';
import { PortoneAdapter } from '../../src/acquirers/portone/portone.adapter';
import { OutboundClient } from '../../src/common/http/outbound-client';
import { Secret } from '../../src/common/masking/secret';
import { Clock } from '../../src/common/time/clock';
import type { AppConfig } from '../../src/config/app-config';
import { eventually } from '../support/program';
import { type SandboxProcess, startSandbox } from '../support/sandbox-process';

/* The adapter's payment window and its webhooks against the sandbox: what a payer, or an attacker, can bring about. */
jest.setTimeout(60_000);

const AMOUNT = 30_000;
const access: ContractAccess = {
  contractId: 'c',
  acquirerMerchantId: 'imp00000003',
  credentials: new Secret({
    apiKey: 'sandbox_portone_key_M0000003',
    apiSecret: 'test_sk_sandbox_portone_M0000003',
    pg: 'nice_v2.sandbox',
  }),
  connectTimeoutMs: 2_000,
  answerTimeoutMs: 5_000,
};

let sandbox: SandboxProcess;
let http: OutboundClient;
let adapter: PortoneAdapter;
let receiver: Server;
const received: RawWebhook[] = [];

beforeAll(async () => {
  receiver = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const contentType = request.headers['content-type'] ?? '';
      received.push({ headers: {}, contentType, body: Buffer.concat(chunks) });
      response.writeHead(200, { 'content-type': adapter.webhookReceipt.contentType });
      response.end(adapter.webhookReceipt.body);
    });
  });
  await new Promise<void>((done) => receiver.listen(0, '127.0.0.1', done));
  const { port } = receiver.address() as AddressInfo;
  sandbox = await startSandbox({ SANDBOX_WEBHOOK_URL: `http://127.0.0.1:${port}/hooks` });
  const clock = new Clock();
  http = new OutboundClient(clock);
  const config = { acquirer: { urls: { portone: sandbox.own(3, 'portone') } } };
  adapter = new PortoneAdapter(http, clock, config as unknown as AppConfig);
});
afterAll(async () => {
  await http?.onApplicationShutdown();
  await sandbox?.stop();
  await new Promise((done) => receiver.close(done));
});

let orders = 0;
/** Thirty-two characters, as the longest of ours. */
function newOrder() {
  orders += 1;
  const acquirerOrderNo = `pay_window_${Date.now().toString(36)}_${orders}`.padEnd(32, 'x');
  return { acquirerOrderNo, amount: AMOUNT, taxFreeAmount: 0, requestedAt: new Date() };
}

async function open(order = newOrder()) {
  const window = { ...order, goodsName: '만년필', returnUrl: 'https://shop.invalid/back' };
  return { order, outcome: await adapter.openWindow(access, window) };
}

/** The payer goes through the window. */
async function pay(acquirerOrderNo: string, more: Record<string, unknown> = {}): Promise<string> {
  const answer = await fetch(`${sandbox.url}/__sandbox/portone/payments`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ orderId: acquirerOrderNo, amount: AMOUNT, ...more }),
  });
  expect(answer.status).toBe(201);
  return ((await answer.json()) as { imp_uid: string }).imp_uid;
}

const confirm = (order: ReturnType<typeof newOrder>, impUid?: string) =>
  adapter.confirmWindow(access, { ...order, acquirerTransactionId: null, proof: { impUid } });

it('opens, is paid, and is confirmed by the id or by the order number', async () => {
  const { order, outcome } = await open();
  expect(outcome).toMatchObject({
    kind: 'OPENED',
    clientParams: { impCode: 'imp00000003', merchant_uid: order.acquirerOrderNo, amount: AMOUNT },
  });
  expect((await confirm(order)).kind).toBe('NOT_PAID');
  const impUid = await pay(order.acquirerOrderNo);
  const approved = { kind: 'APPROVED', acquirerTransactionId: impUid, method: 'CARD' };
  expect(await confirm(order, impUid)).toMatchObject({ ...approved, card: { issuer: 'SHINHAN' } });
  expect(await confirm(order)).toMatchObject(approved);
  expect((await open(order)).outcome.kind).toBe('REFUSED');
});

it('sees through a window that was tampered with, and can give the money back', async () => {
  const { order } = await open();
  const impUid = await pay(order.acquirerOrderNo, { amount: 1_000 });
  const seen = await confirm(order, impUid);
  expect(seen).toMatchObject({ kind: 'MISMATCH', what: 'AMOUNT', amount: 1_000 });
  const undone = await adapter.cancel(access, {
    reference: { ...order, acquirerTransactionId: impUid, channel: 'WINDOW' },
    cancelKey: 'k',
    cancelAmount: 1_000,
    taxFreeAmount: 0,
    balanceAmount: 1_000,
    reason: '금액 불일치',
  });
  expect(undone.kind).toBe('CANCELLED');
  expect((await confirm(order, impUid)).kind).toBe('UNKNOWN');
});

it('knows an order number that was cut short, and no other’s', async () => {
  const { order } = await open();
  const cut = await pay(order.acquirerOrderNo, { cutTo: 20 });
  expect((await confirm(order, cut)).kind).toBe('APPROVED');
  const reference = { ...order, acquirerTransactionId: cut, channel: 'WINDOW' as const };
  expect(await adapter.inquire(access, reference)).toMatchObject({ kind: 'FOUND', state: 'APPROVED' });
  const another = newOrder();
  expect(await confirm(another, await pay(newOrder().acquirerOrderNo))).toMatchObject({
    kind: 'MISMATCH',
    what: 'ORDER_NO',
  });
});

it('is declined, waits, or finds nothing, as the window ended', async () => {
  const declined = newOrder();
  const failed = await pay(declined.acquirerOrderNo, { cardNumber: '4000000000009995' });
  expect(await confirm(declined, failed)).toMatchObject({
    kind: 'DECLINED',
    declineCode: 'CARD_LIMIT_EXCEEDED',
  });
  const waiting = newOrder();
  const ready = await pay(waiting.acquirerOrderNo, { cardNumber: '4000000000006116' });
  expect((await confirm(waiting, ready)).kind).toBe('NOT_PAID');
  expect((await confirm(newOrder(), 'imp_000000000000')).kind).toBe('NOT_PAID');
  const wallet = newOrder();
  expect(await confirm(wallet, await pay(wallet.acquirerOrderNo, { method: 'kakaopay' }))).toMatchObject({
    kind: 'APPROVED',
    method: 'EASY_PAY',
    card: null,
  });
});

it.each(['json', 'form'])('is told of by a webhook as %s that the adapter can read', async (webhookAs) => {
  const order = newOrder();
  const impUid = await pay(order.acquirerOrderNo, { webhookAs });
  const reading = await eventually(
    async () =>
      received
        .map((raw) => ({ verdict: adapter.verifyWebhook(access, raw), ...adapter.readWebhook(raw) }))
        .find((one) => one.kind === 'HINT' && one.hint.acquirerTransactionId === impUid),
    { withinMs: 5_000, what: `a webhook of ${impUid}` },
  );
  expect(reading).toMatchObject({
    verdict: 'UNSIGNED',
    hint: { event: 'paid', acquirerOrderNo: order.acquirerOrderNo },
  });
});

it('tells of a cancel only where it is asked to, and gives it an id', async () => {
  const order = newOrder();
  const imp_uid = await pay(order.acquirerOrderNo);
  const portone = new Iamport({
    apiKey: 'sandbox_portone_key_M0000003',
    apiSecret: 'test_sk_sandbox_portone_M0000003',
    baseUrl: sandbox.own(3, 'portone'),
  });
  const cancel = (data: object) =>
    Request.Payments.cancel(data as Parameters<typeof Request.Payments.cancel>[0]).request(portone);
  await cancel({ imp_uid, amount: 1_000 });
  await cancel({ imp_uid, amount: 2_000, enable_webhook: true });
  const keys = await eventually(
    async () => {
      const read = received.map((raw) => adapter.readWebhook(raw));
      const ours = read.filter((one) => one.kind === 'HINT' && one.hint.acquirerTransactionId === imp_uid);
      return ours.length > 1 ? ours : undefined;
    },
    { withinMs: 5_000, what: `two webhooks of ${imp_uid}` },
  );
  expect(keys).toMatchObject([{ hint: { event: 'paid' } }, { hint: { event: 'cancelled' } }]);
  expect(keys[1]).toMatchObject({
    hint: { dedupeKey: expect.stringMatching(new RegExp(`^${imp_uid}:cancelled:[0-9A-F]+$`)) },
  });
});
