/*
 * A merchant system in one file: issues a cash receipt, cancels a part of it and looks it up. Run it against a running
 * gateway: npm start in one terminal, npm run example:cash-receipt in another.
 */
import { randomBytes } from 'node:crypto';

const HELP = `
Usage: npm run example:cash-receipt [-- --amount WON] [--purpose PURPOSE] [--identifier NUMBER]

Issues a cash receipt over 55,000 won to a mobile phone, cancels 11,000 won of it and looks it up, as demo merchant
M0000006.

  --purpose        INCOME_DEDUCTION (소득공제), EXPENSE_PROOF (지출증빙) or VOLUNTARY (자진발급)
  --identifier     mobile phone or card; business number or card; nothing
  PG_GATEWAY_URL   where the gateway is (http://127.0.0.1:3000)
`;

const MID = 'M0000006';
const GATEWAY = process.env.PG_GATEWAY_URL ?? 'http://127.0.0.1:3000';
/** A demo key: public on purpose, and refused by every environment but local and dev. */
const SECRET_KEY = `sk_test_${MID}`;
const DEMO_IDENTIFIERS = { INCOME_DEDUCTION: '010-1234-5678', EXPENSE_PROOF: '000-81-00014' };

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
const parts = ({ supplyAmount, vat, taxFreeAmount, serviceCharge }) =>
  `supply ${won(supplyAmount)}, VAT ${won(vat)}, tax-free ${won(taxFreeAmount)}, service ${won(serviceCharge)}`;

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
  for (const name of ['outcome', 'receiptId', 'receiptStatus', 'nextCheckAt', 'traceId']) {
    if (answer[name]) line(name, answer[name]);
  }
  if (answer.acquirer)
    line('provider', `${answer.acquirer.name} ${answer.acquirer.code}: ${answer.acquirer.message}`);
  for (const { field, code, message } of answer.errors ?? []) line(field, `${code}: ${message}`);
  process.exit(2);
}

async function run() {
  const amount = Number(option('amount', '55000'));
  const purpose = option('purpose', 'INCOME_DEDUCTION');
  const identifier = option('identifier', DEMO_IDENTIFIERS[purpose]);
  const orderNo = `EX-${Date.now()}-${randomBytes(3).toString('hex')}`;
  heading(`Issuing a cash receipt over ${won(amount)} as ${MID}, order ${orderNo}`);
  const receipt = await call(
    'POST',
    '/v1/cash-receipts',
    { orderNo, amount, purpose, identifier, goodsName: '만년필' },
    { 'idempotency-key': orderNo },
  );
  line('outcome', receipt.outcome);
  line('receipt', `${receipt.receiptId}, ${receipt.status}`);
  line('for', `${receipt.purpose}, ${receipt.identifier}`);
  line('amount', `${won(receipt.amount)}: ${parts(receipt)}`);
  line('approval', `number ${receipt.approvalNo}, by ${receipt.provider}, at ${receipt.issuedAt}`);

  heading('Cancelling 11,000 won of it');
  const { cancel, balanceAmount } = await call(
    'POST',
    `/v1/cash-receipts/${receipt.receiptId}/cancel`,
    { cancelAmount: 11_000, reason: '일부 반품' },
    { 'idempotency-key': `${orderNo}-cancel-1` },
  );
  line('cancel', `${cancel.cancelId}, ${cancel.status}, approval number ${cancel.approvalNo}`);
  line('amount', `${won(cancel.amount)}: ${parts(cancel)}`);
  line('left', won(balanceAmount));

  heading(`Looking up ${receipt.receiptId}`);
  const found = await call('GET', `/v1/cash-receipts/${receipt.receiptId}`);
  line('status', found.status);
  line('balance', `${won(found.balanceAmount)} of ${won(found.amount)}`);
  for (const { occurredAt, from, to, reason, cancelId } of found.events) {
    line('event', `${occurredAt}  ${from ?? '·'} → ${to}${cancelId ? ' (cancel)' : ''}  (${reason})`);
  }
}

run().catch((error) => {
  const refused = error.cause?.code === 'ECONNREFUSED';
  console.error(refused ? `Nothing answers at ${GATEWAY}. Start the gateway first: npm start` : error);
  process.exit(1);
});
