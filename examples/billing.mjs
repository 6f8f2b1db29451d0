/*
 * Billing keys in one file: keeps a card, charges it, shows a decline, and revokes it. Run it against a running gateway:
 * npm start in one terminal, npm run example:billing in another.
 */
import { createHash, randomBytes } from 'node:crypto';
import { CompactEncrypt } from 'jose';

const HELP = `
Usage: npm run example:billing

Issues a billing key for 4242 4242 4242 4242, charges 19,900 won to it, shows what a declined charge looks like, revokes
the key and tries to charge it once more, as demo merchant M0000001.

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

const pay = (billingKey, amount, installmentMonths = 0) =>
  call('POST', `/v1/billing-keys/${billingKey}/payments`, {
    orderNo: `EX-${Date.now()}-${randomBytes(3).toString('hex')}`,
    amount,
    goodsName: '1월 이용료',
    installmentMonths,
  });

async function run() {
  const key = await issue('4242424242424242');
  heading('Issued');
  line('billingKey', key.billingKey);
  line('card', `${key.card.number}, ${key.acquirer}, ${key.storage}`);

  const charged = await pay(key.billingKey, 19_900);
  heading(`Charged: ${charged.status}`);
  line('paymentId', charged.answer.paymentId);
  line('outcome', `${charged.answer.outcome}, ${won(charged.answer.amount ?? 0)}`);

  const over = await pay(key.billingKey, 900_000_000);
  heading(`More than the contract takes: ${over.status}`);
  line('code', over.answer.code);

  // Some acquirers look at a card when they keep it, others when it pays first: the decline comes at either.
  const poor = await call('POST', '/v1/billing-keys', {
    mid: MID,
    encData: await encrypt({
      customerKey: 'customer-0002',
      cardNumber: '4000000000009995',
      cardExpiry: '3012',
      birthOrBusinessNo: '900101',
      cardPasswordTwoDigits: '12',
      requestedAt: new Date().toISOString(),
    }),
  });
  const declined = poor.status === 201 ? await pay(poor.answer.billingKey, 19_900) : poor;
  heading(`A card without enough left: ${declined.status}`);
  line('code', `${declined.answer.code} (${declined.answer.outcome})`);

  const revoked = await good('DELETE', `/v1/billing-keys/${key.billingKey}`);
  heading('Revoked');
  line('status', revoked.status);
  const late = await pay(key.billingKey, 19_900);
  line('a charge now', `${late.status} ${late.answer.code}`);
}

run().catch((error) => {
  console.error(`${error.message}. Is the gateway running at ${GATEWAY}? Start it with: npm start`);
  process.exit(1);
});
