import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { createConnection } from 'mysql2/promise';
import { cryptoLanguages, type Language } from '../support/crypto-languages';
import { basic, CARD, demoKey, keyIn, type KeyIn } from '../support/merchant';
import { Stack } from '../support/stack';
import { type ReceivedWebhook, WebhookReceiver } from '../support/webhook-receiver';

/*
 * examples/crypto, in each language that is on this machine: byte for byte what vectors.json says, and good enough for a
 * gateway that runs. A language that is missing is named, and none of its examples counts as tried.
 */

const MID = 'M0000001';
const KEYS = { PG_MID: MID, PG_KEY_ID: `ek_test_${MID}`, PG_KEY: demoKey(MID).toString('base64') };
const BAD_KEYS = [
  ['an empty one', ''],
  ['one of 3 bytes', Buffer.alloc(3, 7).toString('base64')],
] as const;
const EVENT_WITHIN_MS = 30_000;

interface RequestVector {
  readonly name: string;
  readonly content: string;
  readonly iv: string;
  readonly body: { readonly mid: string; readonly encData: string };
}
interface WebhookVector {
  readonly name: string;
  readonly id: string;
  readonly timestamp: string;
  readonly signature: string;
  readonly body: string;
  readonly secrets: readonly string[];
  readonly now: number;
  readonly genuine: boolean;
}
interface Vectors {
  readonly requests: {
    readonly jwe: readonly RequestVector[];
    readonly cbc: readonly RequestVector[];
    readonly refused: readonly { name: string; body: object; code: string }[];
  };
  readonly webhooks: readonly WebhookVector[];
}

const VECTORS = JSON.parse(
  readFileSync(join(__dirname, '../../examples/crypto/vectors.json'), 'utf8'),
) as Vectors;
const LANGUAGES = cryptoLanguages();

let stack: Stack;
let receiver: WebhookReceiver;
let secret: string;

beforeAll(async () => {
  stack = await Stack.start('crypto-examples', { env: { WEBHOOK_LOOPBACK_ALLOWED: 'true' } });
  const database = await createConnection(stack.databaseUrl);
  await database.query('UPDATE merchants SET legacy_encryption_allowed = 1 WHERE mid = ?', [MID]);
  await database.end();
  receiver = await WebhookReceiver.start();
  const wish = { url: `${receiver.url}/hook`, eventTypes: ['payment.approved'] };
  const endpoint = await stack.merchant.send('POST', '/v1/webhook-endpoints', wish);
  expect([endpoint.status, endpoint.text.includes('whsec_')]).toEqual([201, true]);
  secret = String(endpoint.body.secret);
});
afterAll(async () => {
  for (const language of LANGUAGES) language.clean();
  await receiver?.stop();
  await stack?.stop();
});

async function webhookOf(paymentId: string): Promise<ReceivedWebhook> {
  for (const until = Date.now() + EVENT_WITHIN_MS; Date.now() < until;) {
    const found = receiver.received.find(({ body }) => body.includes(paymentId));
    if (found) return found;
    await new Promise((wait) => setTimeout(wait, 50));
  }
  throw new Error(`no webhook of ${paymentId} came`);
}

/** What the language says of a webhook, its headers taken from the real ones. */
function verdictOf(language: Language, { headers }: ReceivedWebhook, body: Buffer, secrets: string) {
  const names = ['webhook-id', 'webhook-timestamp', 'webhook-signature'];
  const args = names.map((name) => String(headers[name]));
  return language.run('verify-webhook', body, { WEBHOOK_SECRETS: secrets }, args);
}

it('finds Node, at least', () => {
  expect(LANGUAGES.filter(({ missing }) => missing === undefined).map(({ name }) => name)).toContain('Node');
});

describe.each(LANGUAGES)('$name', (language) => {
  const { missing } = language;
  if (missing !== undefined) {
    // The name of the test is what tells: it stands in the list of results.
    it(`NOT RUN: ${missing}`, () => {
      process.stderr.write(`! the examples are not run: ${missing}\n`);
      expect(language.run('verify-webhook', '', {}).code).not.toBe(0);
    });
    return;
  }

  it.each(VECTORS.requests.jwe)('encrypts $name, a JWE', ({ content, iv, body }) => {
    const ran = language.run('encrypt-request', content, { ...KEYS, TEST_IV: iv });
    expect(ran).toEqual({ code: 0, output: body.encData, complaint: '' });
  });

  it.each(VECTORS.requests.cbc)('encrypts $name, in the older form', ({ content, iv, body }) => {
    const { code, output, complaint } = language.run('encrypt-request-cbc', content, {
      ...KEYS,
      TEST_IV: iv,
    });
    expect({ code, complaint }).toEqual({ code: 0, complaint: '' });
    expect(JSON.parse(output)).toEqual(body);
  });

  it.each(VECTORS.webhooks)('judges a webhook: $name', ({ id, timestamp, signature, body, ...rest }) => {
    const { secrets, now, genuine } = rest;
    const args = [id, timestamp, signature, String(now)];
    const ran = language.run('verify-webhook', body, { WEBHOOK_SECRETS: secrets.join(' ') }, args);
    expect(ran).toEqual({
      code: genuine ? 0 : 1,
      output: genuine ? 'genuine' : 'not genuine',
      complaint: '',
    });
  });

  it('gives each request another initialisation vector, unless it is told one', () => {
    const once = () => language.run('encrypt-request', '{}', KEYS).output;
    const again = () => language.run('encrypt-request-cbc', '{}', KEYS).output;
    expect(new Set([once(), once(), again(), again()]).size).toBe(4);
  });

  it.each(BAD_KEYS)('refuses a key that is none, and tells nothing of the card: %s', (_, PG_KEY) => {
    for (const job of ['encrypt-request', 'encrypt-request-cbc'] as const) {
      const { code, output, complaint } = language.run(job, CARD.approved, { ...KEYS, PG_KEY });
      expect([code === 0, code === null, output.includes('encData')]).toEqual([false, false, false]);
      expect(complaint + output).toContain('an encryption key has 32 bytes');
      expect(complaint + output).not.toContain(CARD.approved.slice(0, 6));
    }
  });

  it.each([
    ['a JWE', 'encrypt-request'],
    ['the older form', 'encrypt-request-cbc'],
  ] as const)('pays at the gateway with %s, and verifies the webhook of it', async (_, job) => {
    const order: KeyIn = keyIn({ goodsName: `${language.name} 만년필` });
    const { output } = language.run(job, JSON.stringify(order), KEYS);
    const body: unknown = job === 'encrypt-request' ? { mid: MID, encData: output } : JSON.parse(output);
    const answer = await stack.merchant.send('POST', '/v1/payments/card', body);
    expect(answer.body).toMatchObject({ outcome: 'SUCCESS', status: 'APPROVED', orderNo: order.orderNo });

    const webhook = await webhookOf(answer.body.paymentId);
    expect(verdictOf(language, webhook, webhook.body, secret)).toMatchObject({ code: 0, output: 'genuine' });
    const changed = Buffer.from(webhook.body.toString('utf8').replace('APPROVED', 'CANCELLED'));
    expect(changed.equals(webhook.body)).toBe(false);
    expect(verdictOf(language, webhook, changed, secret)).toMatchObject({ code: 1, output: 'not genuine' });
  });
});

it.each(VECTORS.requests.refused)('the gateway refuses $name', async ({ body, code }) => {
  const answer = await fetch(new URL('/v1/payments/card', stack.api.url), {
    method: 'POST',
    headers: { authorization: basic(`sk_test_${MID}`), 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });
  expect([answer.status, await answer.json()]).toEqual([400, expect.objectContaining({ code })]);
});
