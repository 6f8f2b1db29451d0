import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseServer } from '../support/database-server';
import { charge, issue } from '../support/billing';
import { CARD, encrypt, keyIn, MerchantClient } from '../support/merchant';
import { httpStatus } from '../support/program';
import { SmsShop } from '../support/sms-payer';
import { Stack } from '../support/stack';
import { createTestDatabase } from '../support/test-database';

jest.setTimeout(180_000);

/*
 * What must never come to rest anywhere: sent once through every path, then searched for in everything that the
 * processes wrote and in every file of the database server, redo log included. The phone number and the control below
 * prove that the search would find them.
 */
const PASSWORD = 'Canary!7731pass';
const PHONE = '01077315599';
const SMS_PHONE = '01077315577';
const EMAIL = 'canary7731@example.com';
const CONTROL = 'canary-goods-7731';
/** Two digits alone are found everywhere by chance: the field's name stands beside them in whatever was kept whole. */
const DIGITS = '"cardPasswordTwoDigits":"73"';

const folder = mkdtempSync(join(tmpdir(), 'pg-gateway-canary-'));
const server = new DatabaseServer(join(folder, 'mariadb'));
let stack: Stack;
const secrets = new Map<string, string>();
const answers: string[] = [];

beforeAll(async () => {
  await server.start();
  const { url } = await createTestDatabase('canary', server.adminUrl);
  stack = await Stack.start('canary', { databaseUrl: url, env: { LOG_LEVEL: 'debug' } });
  await useEverything();
});
afterAll(async () => {
  await stack?.stop();
  await server.remove();
  rmSync(folder, { recursive: true, force: true });
});

async function useEverything(): Promise<void> {
  const { merchant } = stack;
  const content = { goodsName: CONTROL, buyerPhone: PHONE, buyerEmail: EMAIL, cardPasswordTwoDigits: '73' };
  const cards = [CARD.approved, CARD.garbageAfterApproving, '4000000000000002', CARD.silent];
  for (const cardNumber of cards) {
    secrets.set(`card ${cardNumber.slice(-4)}`, cardNumber);
    const answer = await merchant.approve(keyIn({ ...content, cardNumber }));
    answers.push(answer.text);
    if (answer.status === 200) answers.push((await merchant.cancel(answer.body.paymentId)).text);
  }
  const wrong = await merchant.approve(keyIn({ ...content, cardNumber: '4242424242424241', amount: 1 }));
  secrets.set('a wrong card', '4242424242424241');
  answers.push(wrong.text);
  // In clear, where it does not belong: refused, and not repeated.
  const clear = await merchant.send('POST', '/v1/payments/card', { mid: 'M0000001', ...keyIn(content) });
  expect(clear.status).toBe(400);
  answers.push(clear.text);
  await merchant.send('POST', `/v1/payments/card?cardNumber=${CARD.check}`, {
    encData: await encrypt('M0000001', {}),
  });
  secrets.set('a card in an address', CARD.check);
  await payBySms();
  await comeByBilling();
  await comeIn();
}

/** Link, code and card of an SMS payment, with a wrong code and a declined card before the good one. */
async function payBySms(): Promise<void> {
  const shop = new SmsShop(stack);
  const made = await shop.request({ buyerPhone: SMS_PHONE, goodsName: CONTROL });
  const token = await shop.token(made.phone);
  const code = await shop.code(token, made.phone);
  secrets.set('the token of a link', token);
  const wrong = code === '731731' ? '731732' : '731731';
  const tries = [
    await shop.confirm(token, wrong),
    await shop.confirm(token, code, { cardNumber: '4000000000009995' }),
    await shop.confirm(token, code, { cardNumber: CARD.corporate }),
  ];
  expect(tries.map(({ status }) => status)).toEqual([422, 402, 200]);
  secrets.set('a declined card on the page', '4000000000009995');
  secrets.set('a card on the page', CARD.corporate);
  // Six digits alone are found everywhere by chance: what stands around them in the message is not.
  secrets.set('the code in its message', `[${code}]`);
  secrets.set('the code in its request', `"code":"${code}"`);
  const { smsPaymentId } = made;
  const info = await stack.merchant.send('GET', `/v1/sms-payments/${smsPaymentId}`);
  // The payer's own answers name the payer's own link.
  answers.push(info.text, ...tries.map(({ text }) => text.replaceAll(token, '')));
}

async function comeByBilling(): Promise<void> {
  const numbers = { M0000001: '4111111111111111', M0000004: '5105105105105100' };
  for (const [mid, cardNumber] of Object.entries(numbers)) {
    const client = new MerchantClient(stack.api.url, mid);
    secrets.set(`a billing card of ${mid}`, cardNumber);
    const made = await issue(client, {
      cardNumber,
      cardPasswordTwoDigits: '73',
      buyerPhone: PHONE,
      buyerEmail: EMAIL,
    });
    expect(made.status).toBe(201);
    answers.push(
      made.text,
      (await charge(client, String(made.body.billingKey), { goodsName: CONTROL })).text,
    );
  }
}

async function comeIn(): Promise<void> {
  const post = async (path: string, body: unknown, headers: Record<string, string> = {}) => {
    const form = typeof body === 'string';
    const answer = await fetch(`${stack.api.url}${path}`, {
      method: 'POST',
      headers: {
        'content-type': form ? 'application/x-www-form-urlencoded' : 'application/json',
        ...headers,
      },
      body: form ? body : JSON.stringify(body),
    });
    return (await answer.json()) as Record<string, string>;
  };
  secrets.set('the secret key', 'sk_test_M0000001');
  secrets.set('the wrong password', PASSWORD);
  secrets.set('the demo password', 'Demo!2026pass');
  await post('/v1/auth/login', { loginId: 'merchant1', password: PASSWORD });
  const session = await post('/v1/auth/login', { loginId: 'merchant1', password: 'Demo!2026pass' });
  const next = await post('/v1/auth/refresh', { refreshToken: session.refreshToken });
  const token = await post('/oauth/token', 'grant_type=client_credentials', {
    authorization: `Basic ${btoa('M0000001:sk_test_M0000001')}`,
  });
  // With a key to repeat it by: then its answer is kept.
  const kept = { authorization: `Bearer ${next.accessToken}`, 'idempotency-key': 'canary' };
  const key = await post('/v1/api-keys', {}, kept);
  const found = { access: session.accessToken, refresh: session.refreshToken, next: next.refreshToken };
  for (const [name, value] of Object.entries({ ...found, oauth: token.access_token, key: key.secretKey })) {
    expect(value).toEqual(expect.any(String));
    secrets.set(`${name} token`, value!);
  }
}

const searched = (text: string): string[] =>
  [...secrets].filter(([, secret]) => text.includes(secret)).map(([name]) => name);

/** Every file below a folder, the redo and undo logs of the database included. */
function filesBelow(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name);
    return entry.isDirectory() ? filesBelow(path) : entry.isFile() ? [path] : [];
  });
}

it('knows every canary', () => {
  expect(secrets.size).toBe(21);
});

it('finds none of them in an answer', () => {
  expect(answers.length).toBeGreaterThan(5);
  expect(answers.flatMap(searched)).toEqual([]);
});

it('finds none of them, and nothing of the buyer, in what the gateway logged', () => {
  const log = [...stack.apis.map(({ program }) => program), stack.worker]
    .map(({ output }) => output)
    .join('');
  expect(log).toContain('/v1/payments/card');
  expect(searched(log)).toEqual([]);
  for (const private_ of [PHONE, SMS_PHONE, EMAIL, DIGITS]) expect(log).not.toContain(private_);
});

it('finds none of them in the files of the database, where the search does find what may be there', async () => {
  expect(await httpStatus(`${stack.api.url}/health/ready`)).toBe(200);
  await Promise.all([stack.api.program.stop(), stack.worker.stop()]);
  await server.stop();
  const files = filesBelow(await server.files());
  const found = new Set<string>();
  for (const file of files) {
    const bytes = readFileSync(file);
    for (const [name, secret] of [
      ...secrets,
      ['phone', PHONE],
      ['phone of an SMS payment', SMS_PHONE],
      ['e-mail', EMAIL],
      ['control', CONTROL],
    ] as const) {
      if (bytes.includes(secret)) found.add(name);
    }
    if (bytes.includes(DIGITS)) found.add('password digits');
  }
  expect([...found]).toEqual(['control']);
});
