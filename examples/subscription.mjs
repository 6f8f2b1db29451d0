/*
 * A subscription in one file: keeps a card, subscribes it, waits for the worker to charge the first period, and cancels.
 * Run it against a running gateway: npm start in one terminal, npm run example:subscription in another.
 */
import { createHash, randomBytes } from 'node:crypto';
import { CompactEncrypt } from 'jose';

const HELP = `
Usage: npm run example:subscription

Issues a billing key, subscribes it to 9,900 won a month from today, waits for the first charge, changes the amount from
the next period, and cancels at the end of the period, as demo merchant M0000001.

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

if (process.argv.includes('--help')) {
  console.log(HELP.trim());
  process.exit(0);
}

const won = (amount) => `${amount.toLocaleString('en-US')} won`;
const heading = (text) => console.log(`\n${text}`);
const line = (name, value) => console.log(`  ${name.padEnd(16)}${value}`);

/** JWE compact serialisation (RFC 7516): alg dir, enc A256GCM, kid = the merchant's encryption key. */
function encrypt(content) {
  return new CompactEncrypt(new TextEncoder().encode(JSON.stringify(content)))
    .setProtectedHeader({ alg: 'dir', enc: 'A256GCM', kid: ENCRYPTION_KEY.kid })
    .encrypt(ENCRYPTION_KEY.key);
}

/** The status and the answer, problem answers too. */
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
  return { status: response.status, answer: await response.json() };
}

async function good(method, path, body) {
  const { status, answer } = await call(method, path, body);
  if (status < 300) return answer;
  heading(`The gateway answered ${status} ${answer.code}`);
  line('detail', answer.detail);
  process.exit(2);
}

async function issue(cardNumber) {
  const encData = await encrypt({
    customerKey: 'customer-0001',
    cardNumber,
    cardExpiry: '3012',
    birthOrBusinessNo: '900101',
    cardPasswordTwoDigits: '12',
    buyerName: '홍길동',
    requestedAt: new Date().toISOString(),
  });
  return good('POST', '/v1/billing-keys', { mid: MID, encData });
}

const WAIT_MS = 500;
const WAITS_MAX = 60;

/** The first period, once its charge has ended or was declined. */
async function firstCharge(id) {
  for (let waits = 0; waits < WAITS_MAX; waits += 1) {
    const { data } = await good('GET', `/v1/subscriptions/${id}/charges`);
    const first = data.at(-1);
    if (first && ['PAID', 'RETRY', 'FAILED'].includes(first.status)) return first;
    await new Promise((done) => setTimeout(done, WAIT_MS));
  }
  throw new Error('no charge in time: does a worker run');
}

async function run() {
  const { billingKey, card } = await issue('4242424242424242');
  const made = await good('POST', '/v1/subscriptions', {
    billingKey,
    goodsName: '월간 구독',
    amount: 9_900,
    interval: { unit: 'MONTH', count: 1 },
    totalCount: 12,
  });
  const id = made.subscriptionId;
  heading('Subscribed');
  line('subscriptionId', id);
  line('card', card.number);
  line('first charge on', made.nextChargeOn);

  const charge = await firstCharge(id);
  heading(`Period ${charge.period}: ${charge.status}`);
  line('orderNo', charge.orderNo);
  line('paymentId', charge.paymentId);
  line('amount', won(charge.amount));

  const changed = await good('PATCH', `/v1/subscriptions/${id}`, { amount: 12_900 });
  heading('Changed');
  line('next', `${changed.nextChargeOn}, ${won(changed.amount)}`);

  const cancelled = await good('POST', `/v1/subscriptions/${id}/cancel`, { when: 'PERIOD_END' });
  heading('Cancelled at the end of the period');
  line('status', `${cancelled.status}, cancelAtPeriodEnd ${cancelled.cancelAtPeriodEnd}`);
}

run().catch((error) => {
  console.error(`${error.message}. Is the gateway running at ${GATEWAY}? Start it with: npm start`);
  process.exit(1);
});
