import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { type MadeCheckout, Shop } from '../support/checkouts';
import { eventually } from '../support/program';
import type { SandboxControl } from '../support/sandbox-control';
import { Stack } from '../support/stack';

jest.setTimeout(180_000);

let stack: Stack;
let toss: SandboxControl;
let shop: Shop;

beforeAll(async () => {
  stack = await Stack.start('transfers', { webhookUrl: true });
  toss = stack.control.of('toss');
  shop = new Shop(stack.merchant, stack.api.url);
});
afterAll(() => stack?.stop());
afterEach(() => stack.control.clear());

const transfer = (more: Record<string, unknown> = {}) =>
  shop.checkout({ method: 'BANK_TRANSFER', acquirer: 'toss', ...more });
const pays = ({ orderNo, amount }: MadeCheckout, method = 'BANK_TRANSFER') =>
  toss.play<{ paymentKey: string }>({ orderId: orderNo, amount, method });

it('is paid in the window, kept as a bank transfer, and goes back in parts', async () => {
  const made = await transfer();
  expect(made.clientParams).toMatchObject({ method: 'TRANSFER' });
  expect(await shop.payment(made)).toMatchObject({ method: 'BANK_TRANSFER', status: 'CREATED' });
  const done = await shop.confirm(made, await pays(made));
  expect([done.status, done.body.outcome]).toEqual([200, 'SUCCESS']);
  expect(done.body.payment).toMatchObject({
    method: 'BANK_TRANSFER',
    status: 'APPROVED',
    approvalNo: null,
    card: null,
  });
  const part = await stack.merchant.cancel(made.paymentId, { cancelAmount: 10_000 });
  expect([part.status, part.body.status, part.body.balanceAmount]).toEqual([
    200,
    'PARTIALLY_CANCELLED',
    20_000,
  ]);
  expect((await stack.merchant.cancel(made.paymentId)).body.status).toBe('CANCELLED');
  expect(await toss.charged(made.orderNo)).toBe(0);
});

it('has a sales slip without a card', async () => {
  const made = await transfer();
  await shop.confirm(made, await pays(made));
  const slip = await stack.merchant.send('GET', `/v1/payments/${made.paymentId}/receipt`);
  expect([slip.status, slip.body.card, slip.body.amount]).toEqual([200, null, 30_000]);
  const page = await stack.merchant.send('GET', `/v1/payments/${made.paymentId}/receipt`, undefined, {
    accept: 'text/html',
  });
  expect(page.status).toBe(200);
});

it('is kept as what the payer really paid by', async () => {
  const made = await transfer();
  const done = await shop.confirm(made, await pays(made, 'CARD'));
  expect(done.body.payment).toMatchObject({ method: 'CARD', status: 'APPROVED' });
});

it('is given back when the answer to its confirm is lost', async () => {
  const made = await transfer();
  const proof = await pays(made);
  await toss.arm('confirm', 'drop-after', { times: 1 });
  expect((await shop.confirm(made, proof)).status).toBe(504);
  await eventually(async () => ((await shop.payment(made)).status === 'REVERSED' ? true : undefined), {
    withinMs: 90_000,
    what: 'it is undone',
  });
  expect(await toss.charged(made.orderNo)).toBe(0);
});

it('needs a contract that takes bank transfers', async () => {
  const refused = await stack.merchant.as('M0000006').send('POST', '/v1/checkouts', {
    orderNo: `BT-${Date.now()}`,
    amount: 30_000,
    goodsName: '만년필',
    method: 'BANK_TRANSFER',
  });
  expect([refused.status, refused.body.code]).toEqual([422, 'NO_ACQUIRER_CONTRACT']);
});

it.each(['virtual-account', 'bank-transfer'])('is shown by the example %s', async (name) => {
  const child = spawn(process.execPath, [`examples/${name}.mjs`], {
    cwd: join(__dirname, '../..'),
    env: { PATH: process.env.PATH, PG_GATEWAY_URL: stack.api.url, SANDBOX_URL: stack.sandboxUrl },
  });
  let output = '';
  for (const stream of [child.stdout, child.stderr])
    stream.on('data', (data: Buffer) => (output += data.toString()));
  const code = await new Promise<number | null>((done) => child.once('close', done));
  expect(output).toContain(name === 'bank-transfer' ? '0 won, CANCELLED' : '30,000 won of 41,000 won');
  expect(code).toBe(0);
});

it('comes to rest with nothing that verify objects to', async () => {
  const { code, output } = await stack.verify();
  expect(output).toContain(' 0 violations');
  expect(code).toBe(0);
});
