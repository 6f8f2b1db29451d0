/*
 * A merchant that takes a deposit, in one file: issues a virtual account, plays the payer's bank through the sandbox,
 * waits until the gateway has learnt of the deposit, and gives a part of it back to an account. Run it against a running
 * gateway: npm start in one terminal, npm run example:virtual-account in another.
 */
import { randomBytes } from 'node:crypto';

const HELP = `
Usage: npm run example:virtual-account [-- --mid MID] [-- --amount WON] [-- --bank CODE]

Issues a virtual account (41,000 won, Shinhan) as demo merchant M0000001, deposits into it through the sandbox, waits
for the payment to be approved and refunds 11,000 won of it to an account.

  PG_GATEWAY_URL   where the gateway is (http://127.0.0.1:3000)
  SANDBOX_URL      where the sandbox is (http://127.0.0.1:3900)
`;

const GATEWAY = process.env.PG_GATEWAY_URL ?? 'http://127.0.0.1:3000';
const SANDBOX = process.env.SANDBOX_URL ?? 'http://127.0.0.1:3900';
const DEPOSIT_WAIT_MS = 120_000;
const POLL_MS = 300;

const option = (name, fallback) => {
  const at = process.argv.indexOf(`--${name}`);
  return at < 0 ? fallback : process.argv[at + 1];
};

if (process.argv.includes('--help')) {
  console.log(HELP.trim());
  process.exit(0);
}

const MID = option('mid', 'M0000001');
const won = (amount) => `${amount.toLocaleString('en-US')} won`;
const heading = (text) => console.log(`\n${text}`);
const line = (name, value) => console.log(`  ${name.padEnd(16)}${value}`);

async function call(method, path, body, headers = {}) {
  const response = await fetch(new URL(path, GATEWAY), {
    method,
    headers: {
      authorization: `Basic ${Buffer.from(`sk_test_${MID}:`).toString('base64')}`,
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
  for (const name of ['outcome', 'paymentId', 'paymentStatus', 'nextCheckAt', 'traceId']) {
    if (answer[name]) line(name, answer[name]);
  }
  for (const { field, code, message } of answer.errors ?? []) line(field, `${code}: ${message}`);
  process.exit(2);
}

/** The payer at the bank. */
async function deposit(accountNumber, amount) {
  const response = await fetch(`${SANDBOX}/__sandbox/virtual-accounts/${accountNumber}/deposits`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ amount, depositor: '홍길동' }),
  });
  if (!response.ok) throw new Error(`the bank refused the deposit: ${await response.text()}`);
}

async function approved(account) {
  const until = Date.now() + DEPOSIT_WAIT_MS;
  for (;;) {
    const now = await call('GET', `/v1/virtual-accounts/${account.virtualAccountId}`);
    if (now.status !== 'WAITING_FOR_DEPOSIT') return now;
    if (Date.now() > until) throw new Error('the gateway has not learnt of the deposit');
    await new Promise((resolve) => setTimeout(resolve, POLL_MS));
  }
}

async function run() {
  const amount = Number(option('amount', '41000'));
  const orderNo = `VA-${Date.now()}-${randomBytes(3).toString('hex')}`;
  heading(`Issuing a virtual account for ${won(amount)} as ${MID}, order ${orderNo}`);
  const account = await call(
    'POST',
    '/v1/virtual-accounts',
    {
      orderNo,
      amount,
      goodsName: '만년필',
      customerName: '홍길동',
      bankCode: option('bank', '088'),
      validHours: 24,
    },
    { 'idempotency-key': orderNo },
  );
  line('account', `${account.bankName} ${account.accountNumber}, ${account.holderName}`);
  line('until', account.dueAt);
  line('id', `${account.virtualAccountId} of ${account.paymentId}, ${account.status}`);

  heading('The payer deposits');
  await deposit(account.accountNumber, amount);
  const paid = await approved(account);
  line('status', `${paid.status}, deposited at ${paid.depositedAt}`);

  const refund = Math.min(11_000, amount);
  heading(`Giving ${won(refund)} of it back`);
  const cancelled = await call(
    'POST',
    `/v1/payments/${account.paymentId}/cancel`,
    {
      cancelAmount: refund,
      reason: '일부 반품',
      refundAccount: { bankCode: '004', accountNumber: '11012345678901', holderName: '홍길동' },
    },
    { 'idempotency-key': `${orderNo}-refund-1` },
  );
  const { cancel } = cancelled;
  line('refund', `${cancel.cancelId}, ${cancel.status}`);
  line('to', `bank ${cancel.refundAccount.bankCode}, ${cancel.refundAccount.accountNumber}`);
  line('left', `${won(cancelled.balanceAmount)} of ${won(cancelled.amount)}, ${cancelled.status}`);
  for (const { occurredAt, from, to, reason } of cancelled.events) {
    line('event', `${occurredAt}  ${from ?? '·'} → ${to}  (${reason})`);
  }
}

run().catch((error) => {
  const refused = error.cause?.code === 'ECONNREFUSED';
  console.error(refused ? `Nothing answers at ${GATEWAY}. Start the gateway first: npm start` : error);
  process.exit(1);
});
