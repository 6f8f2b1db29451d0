/*
 * A payment by SMS in one file: the merchant asks, the payer gets a link and a code, encrypts the card to the link's
 * one-time key and pays. The messages are read from the sandbox, which stands in for the payer's phone. Run it against a
 * running gateway: npm start in one terminal, npm run example:sms in another.
 */
import { randomBytes, randomInt } from 'node:crypto';
import { CompactEncrypt, importJWK } from 'jose';

const HELP = `
Usage: npm run example:sms [-- --card NUMBER] [-- --amount WON] [-- --phone NUMBER]

Asks as demo merchant M0000001 for 50,000 won by SMS, reads link and code from the sandbox, pays with
4242 4242 4242 4242, and shows status and sales slip. The other test cards are listed in src/sandbox/README.md.

  PG_GATEWAY_URL   where the gateway is (http://127.0.0.1:3000)
  SANDBOX_URL      where the sandbox is (http://127.0.0.1:3900)
`;

const GATEWAY = process.env.PG_GATEWAY_URL ?? 'http://127.0.0.1:3000';
const SANDBOX = process.env.SANDBOX_URL ?? 'http://127.0.0.1:3900';
/** A demo key: public on purpose, and refused by every environment but local and dev. */
const SECRET_KEY = 'sk_test_M0000001';
const MESSAGE_WITHIN_MS = 20_000;

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
const line = (name, value) => console.log(`  ${name.padEnd(18)}${value}`);
const merchant = { authorization: `Basic ${Buffer.from(`${SECRET_KEY}:`).toString('base64')}` };

async function call(method, path, body, headers = {}) {
  const response = await fetch(new URL(path, GATEWAY), {
    method,
    headers: { 'accept-language': 'en', ...(body ? { 'content-type': 'application/json' } : {}), ...headers },
    ...(body ? { body: JSON.stringify(body) } : {}),
  });
  const answer = await response.json();
  if (response.ok) return answer;
  heading(`The gateway answered ${response.status} ${answer.code}`);
  line('title', answer.title);
  line('detail', answer.detail);
  for (const name of ['triesLeft', 'smsPaymentStatus', 'outcome', 'paymentId', 'traceId']) {
    if (answer[name] !== undefined) line(name, answer[name]);
  }
  for (const { field, code, message } of answer.errors ?? []) line(field, `${code}: ${message}`);
  process.exit(2);
}

/** What the pattern finds in the newest message to the phone, as soon as there is one in which it does. */
async function fromMessage(phone, pattern, seen) {
  const until = Date.now() + MESSAGE_WITHIN_MS;
  while (Date.now() < until) {
    const { data } = await (await fetch(`${SANDBOX}/__sandbox/messages?to=${phone}`)).json();
    const text = data.slice(seen).at(-1)?.text ?? '';
    const found = pattern.exec(text)?.[1];
    if (found) {
      for (const part of text.split('\n')) line('SMS', part);
      return { found, seen: data.length };
    }
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  throw new Error(`No message came to ${phone}.`);
}

/** JWE compact serialisation (RFC 7516): alg ECDH-ES on P-256, enc A256GCM, to the link's one-time key. */
async function encrypt(content, publicKey) {
  return new CompactEncrypt(new TextEncoder().encode(JSON.stringify(content)))
    .setProtectedHeader({ alg: 'ECDH-ES', enc: 'A256GCM', kid: publicKey.kid })
    .encrypt(await importJWK(publicKey, 'ECDH-ES'));
}

async function run() {
  const amount = Number(option('amount', '50000'));
  const phone = option('phone', `010${randomInt(20_000_000, 99_999_999)}`).replace(/\D/g, '');
  const orderNo = `EX-${Date.now()}-${randomBytes(3).toString('hex')}`;
  heading(`Asking for ${won(amount)} by SMS, order ${orderNo}`);
  const asked = { orderNo, amount, goodsName: '수제 만년필', buyerName: '홍길동', buyerPhone: phone };
  const made = await call('POST', '/v1/sms-payments', asked, { ...merchant, 'idempotency-key': orderNo });
  line('SMS payment', `${made.smsPaymentId}, ${made.status}, until ${made.expiresAt}`);

  heading(`The phone ${made.buyerPhone}`);
  const link = await fromMessage(phone, /\/pay\/([\w-]+)/, 0);
  const seen = await call('GET', `/v1/pay/${link.found}`);
  line('seen there', `${seen.merchantName}, ${seen.goodsName}, ${won(seen.amount)}`);
  const sent = await call('POST', `/v1/pay/${link.found}/code`);
  line('code', `sent to ${sent.sentTo}, good for ${sent.goodForSeconds} seconds`);
  const { found: code } = await fromMessage(phone, /\[(\d{6})\]/, link.seen);

  heading('Paying');
  const card = {
    cardNumber: option('card', '4242424242424242').replace(/\D/g, ''),
    cardExpiry: '3012',
    birthOrBusinessNo: '900101',
    cardPasswordTwoDigits: '12',
    installmentMonths: 0,
  };
  const encData = await encrypt(card, seen.publicKey);
  line('encData', `${encData.slice(0, 44)}… (${encData.length} characters)`);
  const paid = await call('POST', `/v1/pay/${link.found}/confirm`, { code, encData });
  line('outcome', `${paid.outcome}, ${paid.status}`);

  heading('What the merchant sees');
  const status = await call('GET', `/v1/sms-payments/${made.smsPaymentId}/status`, undefined, merchant);
  line('status', `${status.status}, payment ${status.paymentId} ${status.paymentStatus}`);
  const slip = await call('GET', `/v1/sms-payments/${made.smsPaymentId}/receipt`, undefined, merchant);
  line('sales slip', `${slip.card.issuer ?? ''} ${slip.card.number}, approval ${slip.approvalNo}`);
  line('amount', `${won(slip.amount)}, VAT ${won(slip.vat)}`);
  console.log(`\nThe payer's page and slip: ${GATEWAY}/pay/${link.found}  ${GATEWAY}${paid.receiptPath}`);
}

run().catch((error) => {
  const refused = error.cause?.code === 'ECONNREFUSED';
  console.error(
    refused ? `Nothing answers at ${GATEWAY} or ${SANDBOX}. Start the gateway first: npm start` : error,
  );
  process.exit(1);
});
