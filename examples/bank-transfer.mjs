/*
 * A shop that takes a bank transfer (계좌이체) by checkout, in one file: makes the order, plays the payer in the
 * acquirer's window through the sandbox, confirms, and cancels all of it. Run it against a running gateway: npm start in
 * one terminal, npm run example:bank-transfer in another.
 */
import { randomBytes } from 'node:crypto';

const HELP = `
Usage: npm run example:bank-transfer [-- --amount WON]

Makes a checkout that is to be paid by bank transfer (30,000 won) as demo merchant M0000001, pays it in TossPayments'
window through the sandbox, confirms it with the one-time token and cancels it.

  PG_GATEWAY_URL   where the gateway is (http://127.0.0.1:3000)
  SANDBOX_URL      where the sandbox is (http://127.0.0.1:3900)
`;

const MID = 'M0000001';
const GATEWAY = process.env.PG_GATEWAY_URL ?? 'http://127.0.0.1:3000';
const SANDBOX = process.env.SANDBOX_URL ?? 'http://127.0.0.1:3900';

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

async function post(url, body, headers = {}) {
  const response = await fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'accept-language': 'en', ...headers },
    body: JSON.stringify(body),
  });
  const answer = await response.json();
  if (response.ok) return answer;
  heading(`${url.pathname ?? url} answered ${response.status} ${answer.code}`);
  line('title', answer.title ?? answer.message);
  if (answer.detail) line('detail', answer.detail);
  process.exit(2);
}

const authorization = `Basic ${Buffer.from(`sk_test_${MID}:`).toString('base64')}`;
const gateway = (path, body, headers) => post(new URL(path, GATEWAY), body, headers);

async function run() {
  const amount = Number(option('amount', '30000'));
  const orderNo = `BT-${Date.now()}-${randomBytes(3).toString('hex')}`;
  heading(`The shop's server makes order ${orderNo} for ${won(amount)}`);
  const checkout = await gateway(
    '/v1/checkouts',
    { orderNo, amount, goodsName: '만년필', method: 'BANK_TRANSFER', acquirer: 'toss' },
    { authorization, 'idempotency-key': orderNo },
  );
  line('checkout', `${checkout.checkoutId} of ${checkout.paymentId}, ${checkout.status}`);
  line('window', JSON.stringify(checkout.clientParams));

  heading('The payer transfers in the window');
  const { paymentKey } = await post(new URL('/__sandbox/toss/payments', SANDBOX), {
    orderId: orderNo,
    amount,
    method: 'BANK_TRANSFER',
  });
  line('paymentKey', paymentKey);

  heading('The page confirms with the one-time token');
  const { outcome, payment } = await gateway(`/v1/checkouts/${checkout.checkoutId}/confirm`, {
    paymentToken: checkout.paymentToken,
    paymentKey,
    amount,
  });
  line('outcome', outcome);
  line('payment', `${payment.method}, ${payment.status}, at ${payment.approvedAt}`);

  heading('The shop cancels it: the money goes back to the account that it came from');
  const cancelled = await gateway(
    `/v1/payments/${payment.paymentId}/cancel`,
    { reason: '고객 변심' },
    { authorization, 'idempotency-key': `${orderNo}-cancel` },
  );
  line('cancel', `${cancelled.cancel.cancelId}, ${cancelled.cancel.status}`);
  line('left', `${won(cancelled.balanceAmount)}, ${cancelled.status}`);
}

run().catch((error) => {
  const refused = error.cause?.code === 'ECONNREFUSED';
  console.error(refused ? `Nothing answers at ${GATEWAY}. Start the gateway first: npm start` : error);
  process.exit(1);
});
