/*
 * A merchant system in one file: approves a card payment from an encrypted request, cancels a part of it and looks it
 * up. Run it against a running gateway: npm start in one terminal, npm run example:approve in another.
 */
import { createHash, randomBytes } from 'node:crypto';
import { CompactEncrypt } from 'jose';

const HELP = `
Usage: npm run example:approve [-- --card NUMBER] [-- --amount WON]

Approves a card payment (4242 4242 4242 4242, 50,000 won), cancels 10,000 won of it and looks it up by its order number,
as demo merchant M0000001. The other test cards are listed in src/sandbox/README.md.

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

const option = (name, fallback) => {
  const at = process.argv.indexOf(`--${name}`);
  return at < 0 ? fallback : process.argv[at + 1];
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

async function call(method, path, body, headers = {}) {
  const response = await fetch(new URL(path, GATEWAY), {
    method,
    headers: {
      authorization: `Basic ${Buffer.from(`${SECRET_KEY}:`).toString('base64')}`,
      'accept-language': 'en',
      ...(body ? { 'content-type': 'application/json' } : {}),
      ...headers,
    },
    ...(body ? { body: JSON.stringify(body) } : {}),
  });
  const answer = await response.json();
  if (response.ok) return answer;
  heading(`The gateway answered ${response.status} ${answer.code}`);
  line('title', answer.title);
  line('detail', answer.detail);
  for (const name of ['outcome', 'paymentId', 'status', 'nextCheckAt', 'traceId']) {
    if (answer[name]) line(name, answer[name]);
  }
  if (answer.acquirer)
    line('acquirer', `${answer.acquirer.name} ${answer.acquirer.code}: ${answer.acquirer.message}`);
  for (const { field, code, message } of answer.errors ?? []) line(field, `${code}: ${message}`);
  process.exit(2);
}

async function run() {
  const amount = Number(option('amount', '50000'));
  const orderNo = `EX-${Date.now()}-${randomBytes(3).toString('hex')}`;
  const encData = await encrypt({
    orderNo,
    amount,
    goodsName: '만년필',
    buyerName: '홍길동',
    cardNumber: option('card', '4242424242424242').replace(/\D/g, ''),
    cardExpiry: '3012',
    birthOrBusinessNo: '900101',
    cardPasswordTwoDigits: '12',
    installmentMonths: 0,
    requestedAt: new Date().toISOString(),
  });
  heading(`Approving ${won(amount)} as ${MID}, order ${orderNo}`);
  line('encData', `${encData.slice(0, 44)}… (${encData.length} characters)`);
  const payment = await call(
    'POST',
    '/v1/payments/card',
    { mid: MID, encData },
    { 'idempotency-key': orderNo },
  );
  line('outcome', payment.outcome);
  line('payment', `${payment.paymentId}, ${payment.status}`);
  line('card', `${payment.card.issuer ?? ''} ${payment.card.number}`.trim());
  line('approval', `number ${payment.approvalNo}, by ${payment.acquirer}, at ${payment.approvedAt}`);

  heading('Cancelling 10,000 won of it');
  const cancelled = await call(
    'POST',
    `/v1/payments/${payment.paymentId}/cancel`,
    { cancelAmount: 10_000, reason: '일부 반품' },
    { 'idempotency-key': `${orderNo}-cancel-1` },
  );
  line('cancel', `${cancelled.cancel.cancelId}, ${cancelled.cancel.status}`);
  line('left', won(cancelled.balanceAmount));

  heading(`Looking up order ${orderNo}`);
  const found = await call('GET', `/v1/payments/orders/${orderNo}`);
  line('status', found.status);
  line('balance', `${won(found.balanceAmount)} of ${won(found.amount)}`);
  for (const { occurredAt, from, to, reason } of found.events) {
    line('event', `${occurredAt}  ${from ?? '·'} → ${to}  (${reason})`);
  }
  for (const attempt of found.attempts) {
    line(
      'attempt',
      `${attempt.operation} at ${attempt.acquirer}, ${attempt.acquirerOrderNo}: ${attempt.outcome}`,
    );
  }
  console.log(`\nSales slip: ${GATEWAY}/v1/payments/${payment.paymentId}/receipt (Accept: text/html)`);
}

run().catch((error) => {
  const refused = error.cause?.code === 'ECONNREFUSED';
  console.error(
    refused
      ? `Nothing answers at ${GATEWAY}. Start the gateway first (npm start), or name it: PG_GATEWAY_URL`
      : error,
  );
  process.exit(1);
});
