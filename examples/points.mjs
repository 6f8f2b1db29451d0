/*
 * A merchant's points in one file: a policy, a gift, points earned by a payment, a payment of points and card, a partial
 * and a full cancel, and the history of it all. Run it against a running gateway: npm start in one terminal, npm run
 * example:points in another.
 */
import { createHash, randomBytes } from 'node:crypto';
import { CompactEncrypt } from 'jose';

const HELP = `
Usage: npm run example:points

As demo merchant M0000001: sets a point policy for cards where there is none (1 % earned, up to 90 % of an order paid with
points), gives a new customer 20,000 points, lets it earn by a payment, takes a payment of 50,000 won of which 20,000 are
points, cancels 35,000 won of it and then the rest, and prints the customer's history.

  PG_GATEWAY_URL   where the gateway is (http://127.0.0.1:3000)
`;

const MID = 'M0000001';
const GATEWAY = process.env.PG_GATEWAY_URL ?? 'http://127.0.0.1:3000';
/** Demo keys and passwords: public on purpose, and refused by every environment but local and dev. */
const SECRET_KEY = `sk_test_${MID}`;
const MEMBER = { loginId: 'merchant1', password: 'Demo!2026pass' };
const ENCRYPTION_KEY = {
  kid: `ek_test_${MID}`,
  key: createHash('sha256').update(`pg-gateway demo key ${MID}`, 'ascii').digest(),
};
const POLICY = {
  earnRatePpm: 10_000,
  minimumUse: 100,
  maximumSharePpm: 900_000,
  refundOrder: 'CARD_FIRST',
  reason: '포인트 예제',
};

if (process.argv.includes('--help')) {
  console.log(HELP.trim());
  process.exit(0);
}

const run = randomBytes(4).toString('hex');
const customerKey = `example-${run}`;
const won = (amount) => amount.toLocaleString('en-US');
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
  for (const { field, code, message } of answer.errors ?? []) line(field, `${code}: ${message}`);
  process.exit(2);
}

async function ensurePolicy() {
  const { current } = await call('GET', '/v1/point-policies/CARD');
  if (current) return current;
  // A member of the merchant sets policies, not its systems.
  const { accessToken } = await call('POST', '/v1/auth/login', MEMBER);
  return call('PUT', '/v1/point-policies/CARD', POLICY, { authorization: `Bearer ${accessToken}` });
}

async function pay(name, amount, pointAmount) {
  const orderNo = `EX-${run}-${name}`;
  const encData = await encrypt({
    orderNo,
    amount,
    pointAmount,
    customerKey,
    goodsName: '만년필',
    cardNumber: '4242424242424242',
    cardExpiry: '3012',
    birthOrBusinessNo: '900101',
    cardPasswordTwoDigits: '12',
    requestedAt: new Date().toISOString(),
  });
  return call('POST', '/v1/payments/card', { mid: MID, encData }, { 'idempotency-key': orderNo });
}

async function cancel({ paymentId }, name, cancelAmount) {
  const answer = await call(
    'POST',
    `/v1/payments/${paymentId}/cancel`,
    { ...(cancelAmount ? { cancelAmount } : {}), reason: '반품' },
    { 'idempotency-key': `EX-${run}-${name}` },
  );
  const { pointAmount, cardAmount } = answer.cancel;
  line('given back', `${won(cardAmount)} won to the card, ${won(pointAmount)} points`);
  line('payment', `${answer.status}, ${won(answer.balanceAmount)} won left`);
}

async function showPoints() {
  const { balance, heldAmount, debtAmount } = await call('GET', `/v1/points/${customerKey}`);
  line('points', `${won(balance)} to use, ${won(heldAmount)} held, ${won(debtAmount)} to repay`);
}

async function main() {
  const policy = await ensurePolicy();
  heading(`Policy of card payments, since ${policy.effectiveFrom}`);
  line('earns', `${policy.earnRatePpm / 10_000} % of the card part`);
  line(
    'points may pay',
    `${policy.maximumSharePpm / 10_000} % of an order, ${won(policy.minimumUse)} at least`,
  );

  heading(`Giving ${customerKey} 20,000 points`);
  const gift = { amount: 20_000, reason: '가입 축하' };
  const key = { 'idempotency-key': `EX-${run}-gift` };
  await call('POST', `/v1/points/${customerKey}/adjustments`, gift, key);
  await showPoints();

  heading('A payment of 30,000 won by card alone');
  await pay('earn', 30_000, 0);
  await showPoints();

  heading('A payment of 50,000 won, 20,000 of it with points');
  const hybrid = await pay('hybrid', 50_000, 20_000);
  line('payment', `${hybrid.paymentId}, ${hybrid.status}`);
  line('paid', `${won(hybrid.cardAmount)} won by card, ${won(hybrid.pointAmount)} points`);
  await showPoints();

  heading('Cancelling 35,000 won of it: the card first, points last');
  await cancel(hybrid, 'partial', 35_000);
  await showPoints();

  heading('Cancelling the rest');
  await cancel(hybrid, 'rest');
  await showPoints();

  heading('The history, newest first');
  const { data } = await call('GET', `/v1/points/${customerKey}/history`);
  for (const { kind, amount, balanceAfter, reason } of data) {
    line(kind, `${won(amount).padStart(8)}   balance ${won(balanceAfter).padStart(7)}   ${reason}`);
  }
}

main().catch((error) => {
  const refused = error.cause?.code === 'ECONNREFUSED';
  console.error(refused ? `Nothing answers at ${GATEWAY}. Start the gateway first: npm start` : error);
  process.exit(1);
});
