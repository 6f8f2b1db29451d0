/*
 * Webhooks in one file: a server on this machine that checks signatures, an endpoint for it, a payment, and its cancel.
 * Run it against a running gateway: npm start in one terminal, npm run example:webhooks in another.
 */
import { createHash, createHmac, randomBytes, timingSafeEqual } from 'node:crypto';
import { createServer } from 'node:http';
import { CompactEncrypt } from 'jose';

const HELP = `
Usage: npm run example:webhooks

Registers an endpoint on 127.0.0.1 as demo merchant M0000001, approves a card for 30,000 won and cancels 10,000 of it,
waits for both events, checks their signatures as Standard Webhooks says, and deletes the endpoint.

  PG_GATEWAY_URL   where the gateway is (http://127.0.0.1:3000)
`;

const MID = 'M0000001';
const GATEWAY = process.env.PG_GATEWAY_URL ?? 'http://127.0.0.1:3000';
/** Demo keys: public on purpose, and refused by every environment but local and dev. */
const SECRET_KEY = `sk_test_${MID}`;
const ENCRYPTION_KEY = {
  kid: `ek_test_${MID}`,
  key: createHash('sha256').update(`pg-gateway demo key ${MID}`, 'ascii').digest(),
};
const WITHIN_MS = 30_000;
const TOLERANCE_S = 300;

if (process.argv.includes('--help')) {
  console.log(HELP.trim());
  process.exit(0);
}

const heading = (text) => console.log(`\n${text}`);
const line = (name, value) => console.log(`  ${name.padEnd(16)}${value}`);

async function call(method, path, body) {
  const response = await fetch(new URL(path, GATEWAY), {
    method,
    headers: {
      authorization: `Basic ${Buffer.from(`${SECRET_KEY}:`).toString('base64')}`,
      'accept-language': 'en',
      ...(body
        ? { 'content-type': 'application/json', 'idempotency-key': randomBytes(16).toString('hex') }
        : {}),
    },
    ...(body ? { body: JSON.stringify(body) } : {}),
  });
  const text = await response.text();
  const answer = text === '' ? {} : JSON.parse(text);
  if (response.ok) return answer;
  heading(`The gateway answered ${response.status} ${answer.code}`);
  line('detail', answer.detail);
  for (const { field, message } of answer.errors ?? []) line(field, message);
  process.exit(2);
}

/** The raw body as it came: parsed and written anew it would be other bytes. */
function isGenuine(headers, body, secret) {
  const sentAt = Number(headers['webhook-timestamp']);
  if (Math.abs(Date.now() / 1_000 - sentAt) > TOLERANCE_S) return false;
  const key = Buffer.from(secret.slice('whsec_'.length), 'base64');
  const expected = createHmac('sha256', key).update(`${headers['webhook-id']}.${sentAt}.${body}`).digest();
  return headers['webhook-signature'].split(' ').some((signature) => {
    const [version, value = ''] = signature.split(',');
    const given = Buffer.from(value, 'base64');
    return version === 'v1' && given.length === expected.length && timingSafeEqual(given, expected);
  });
}

/** Every id once: an event may come twice. */
const events = new Map();
let secret;

const server = createServer(async (request, response) => {
  let body = '';
  for await (const part of request) body += part;
  if (!isGenuine(request.headers, body, secret)) {
    heading('A request came whose signature is wrong');
    response.writeHead(400).end();
    return;
  }
  response.writeHead(204).end();
  const event = JSON.parse(body);
  events.set(event.id, event);
});
await new Promise((ready) => server.listen(0, '127.0.0.1', ready));

async function arrives(type, paymentId) {
  for (const until = Date.now() + WITHIN_MS; Date.now() < until;) {
    const found = [...events.values()].find(
      (each) => each.type === type && each.data.paymentId === paymentId,
    );
    if (found) return found;
    await new Promise((wait) => setTimeout(wait, 100));
  }
  heading(`${type} did not arrive within ${WITHIN_MS / 1_000} s`);
  process.exit(2);
}

function show({ id, type, sequence, data }) {
  heading(`Arrived, with a right signature: ${type}`);
  line('id', id);
  line('sequence', sequence);
  line('status', data.status);
  line('balance', `${data.balanceAmount.toLocaleString('en-US')} won`);
}

const endpoint = await call('POST', '/v1/webhook-endpoints', {
  url: `http://127.0.0.1:${server.address().port}/webhooks`,
  eventTypes: ['payment.approved', 'payment.partially_cancelled'],
  description: 'example:webhooks',
});
secret = endpoint.secret;
heading('Registered');
line('endpoint', endpoint.endpointId);
line('url', endpoint.url);

const encData = await new CompactEncrypt(
  new TextEncoder().encode(
    JSON.stringify({
      orderNo: `HOOK-${Date.now().toString(36)}-${randomBytes(3).toString('hex')}`,
      amount: 30_000,
      goodsName: '만년필',
      buyerName: '홍길동',
      cardNumber: '4242424242424242',
      cardExpiry: '3012',
      birthOrBusinessNo: '900101',
      cardPasswordTwoDigits: '12',
      installmentMonths: 0,
      requestedAt: new Date().toISOString(),
    }),
  ),
)
  .setProtectedHeader({ alg: 'dir', enc: 'A256GCM', kid: ENCRYPTION_KEY.kid })
  .encrypt(ENCRYPTION_KEY.key);
const { paymentId } = await call('POST', '/v1/payments/card', { mid: MID, encData });
show(await arrives('payment.approved', paymentId));
await call('POST', `/v1/payments/${paymentId}/cancel`, { cancelAmount: 10_000, reason: '고객 변심' });
show(await arrives('payment.partially_cancelled', paymentId));

await call('DELETE', `/v1/webhook-endpoints/${endpoint.endpointId}`);
heading('Deleted the endpoint; what it got is still at GET /v1/events');
server.closeAllConnections();
server.close();
