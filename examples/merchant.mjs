/*
 * From a stranger to a merchant with a branch, in one file: sign-up, papers, service application, the operator's
 * decision, the first keys, a branch invited by SMS, and the branch's first payments. Codes and links are read from the
 * sandbox, which stands in for everybody's phone. Run it against a running gateway, as often as you like: npm start in
 * one terminal, npm run example:merchant in another.
 */
import { randomBytes, randomInt } from 'node:crypto';
import { CompactEncrypt, importJWK } from 'jose';

const HELP = `
Usage: npm run example:merchant [-- --card NUMBER] [-- --amount WON]

A stranger signs up, applies for card and SMS payments, is asked by the demo operator for a change, and is approved with
the sandbox's TossPayments. It fetches its keys, invites a branch by SMS, the branch signs up and takes 50,000 won by
SMS, and the merchant's system takes as much for it by encrypted key-in, of which 10,000 won are cancelled.

  PG_GATEWAY_URL   where the gateway is (http://127.0.0.1:3000)
  SANDBOX_URL      where the sandbox is (http://127.0.0.1:3900)
`;

const GATEWAY = process.env.PG_GATEWAY_URL ?? 'http://127.0.0.1:3000';
const SANDBOX = process.env.SANDBOX_URL ?? 'http://127.0.0.1:3900';
/** A demo login: public on purpose, and refused by every environment but local and dev. */
const OPERATOR = { loginId: 'operator', password: 'Demo!2026pass' };
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
const line = (name, value) => console.log(`  ${name.padEnd(22)}${value}`);
const newPhone = () => `010${randomInt(20_000_000, 99_999_999)}`;

async function call(method, path, body, headers = {}) {
  const isForm = body instanceof FormData;
  const response = await fetch(new URL(path, GATEWAY), {
    method,
    headers: {
      'accept-language': 'en',
      ...(body && !isForm ? { 'content-type': 'application/json' } : {}),
      ...headers,
    },
    ...(body ? { body: isForm ? body : JSON.stringify(body) } : {}),
  });
  const answer = await response.json();
  if (response.ok) return answer;
  heading(`The gateway answered ${response.status} ${answer.code}`);
  line('call', `${method} ${path}`);
  line('title', answer.title);
  line('detail', answer.detail);
  for (const name of ['outcome', 'paymentId', 'status', 'traceId']) {
    if (answer[name] !== undefined) line(name, answer[name]);
  }
  for (const { field, code, message } of answer.errors ?? []) line(field, `${code}: ${message}`);
  process.exit(2);
}

/** Each POST that creates something may be sent again with its key, should its answer be lost. */
const once = () => ({ 'idempotency-key': randomBytes(16).toString('hex') });

async function login({ loginId, password }) {
  const { accessToken, member } = await call('POST', '/v1/auth/login', { loginId, password });
  line('logged in', `${member.loginId}, ${member.role}`);
  return { authorization: `Bearer ${accessToken}` };
}

/** What the pattern finds in the newest message to the phone in which it does. */
async function fromMessage(phone, pattern) {
  const until = Date.now() + MESSAGE_WITHIN_MS;
  while (Date.now() < until) {
    const { data } = await (await fetch(`${SANDBOX}/__sandbox/messages?to=${phone}`)).json();
    const text = data.map((message) => message.text).findLast((each) => pattern.test(each));
    if (text !== undefined) {
      for (const part of text.split('\n').filter(Boolean)) line('SMS', part);
      return pattern.exec(text)[1];
    }
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  throw new Error(`No message came to ${phone}.`);
}

/** Ten digits, the last one of which follows from the others; under a tax office that is not in use. */
function newBusinessNumber() {
  const nine = `00081${String(randomInt(10_000)).padStart(4, '0')}`;
  const weights = [1, 3, 7, 1, 3, 7, 1, 3, 5];
  const sum = weights.reduce((total, weight, place) => total + weight * Number(nine[place]), 0);
  return `${nine}${(10 - ((sum + Math.floor((Number(nine[8]) * 5) / 10)) % 10)) % 10}`;
}

/** JWE compact serialisation (RFC 7516), enc A256GCM: `dir` with a merchant's key, `ECDH-ES` to a link's one-time key. */
async function encrypt(content, header, key) {
  return new CompactEncrypt(new TextEncoder().encode(JSON.stringify(content)))
    .setProtectedHeader({ enc: 'A256GCM', ...header })
    .encrypt(key);
}

const card = () => ({
  cardNumber: option('card', '4242424242424242').replace(/\D/g, ''),
  cardExpiry: '3012',
  birthOrBusinessNo: '900101',
  cardPasswordTwoDigits: '12',
  installmentMonths: 0,
});

async function signUp(mark) {
  heading('A stranger signs up');
  const phone = newPhone();
  const person = { loginId: `example.${mark}`, password: 'four quiet green rivers' };
  const { available } = await call('GET', `/v1/members/login-ids/${person.loginId}/availability`);
  line('login id', `${person.loginId}, ${available ? 'free' : 'taken'}`);
  const email = `example-${mark}@example.com`;
  const consents = { terms: true, privacy: true };
  const wish = { ...person, name: '김새봄', email, phone, consents };
  const member = await call('POST', '/v1/members', wish, once());
  line('member', `${member.memberId}, ${member.role}, no merchant yet`);
  const owner = await login(person);

  heading('It changes its phone, which a code proves');
  const newer = newPhone();
  const { sentTo } = await call(
    'POST',
    '/v1/members/me/contacts',
    { phone: newer, currentPassword: person.password },
    { ...owner, ...once() },
  );
  line('code', `sent to ${sentTo}`);
  const code = await fromMessage(newer, /(?<!\d)(\d{6})(?!\d)/);
  const { phone: shown } = await call('POST', '/v1/members/me/contacts/confirm', { code }, owner);
  line('phone', shown);
  return owner;
}

async function upload(kind, owner) {
  const form = new FormData();
  const pdf = `%PDF-1.7\n1 0 obj\n<<>>\nendobj\ntrailer\n<<>>\n%%EOF\n`;
  form.append('file', new Blob([pdf], { type: 'application/pdf' }), `${kind.toLowerCase()}.pdf`);
  const { fileId, name, bytes } = await call('POST', '/v1/files', form, { ...owner, ...once() });
  line(kind, `${fileId}, ${name}, ${bytes} bytes`);
  return { kind, fileId };
}

async function apply(owner) {
  heading('It applies: first a draft, then its papers');
  const services = ['CARD', 'SMS'];
  const catalogue = await call('GET', '/v1/service-codes');
  const kinds = catalogue.data
    .filter(({ code }) => services.includes(code))
    .flatMap((each) => each.documents);
  const content = {
    services,
    businessNumber: newBusinessNumber(),
    companyName: '새봄상회',
    representative: '김새봄',
    address: '서울특별시 중구 가온로 11',
    phone: '02-0000-3001',
    email: 'contact@example.com',
    expectedYearlySales: 240_000_000,
    settlementAccount: { bankCode: '088', accountNumber: '110123456789', holderName: '김새봄' },
    draft: true,
  };
  const path = '/v1/service-applications';
  const { applicationId, status } = await call('POST', path, content, { ...owner, ...once() });
  line('application', `${applicationId}, ${status}, business ${content.businessNumber}`);
  const documents = [];
  for (const kind of new Set(kinds)) documents.push(await upload(kind, owner));
  await call('PATCH', `${path}/${applicationId}`, { documents }, owner);
  const submitted = await call('POST', `${path}/${applicationId}/submit`, undefined, { ...owner, ...once() });
  line('submitted', `${submitted.status}, tier ${submitted.tier}`);
  return applicationId;
}

async function decide(applicationId, owner) {
  const path = `/v1/service-applications/${applicationId}`;
  heading('The operator asks for a change, the stranger makes it');
  const operator = await login(OPERATOR);
  const wish = { reason: '상호를 등록증대로 적어 주세요.', fields: ['companyName'] };
  const asked = await call('POST', `${path}/request-changes`, wish, { ...operator, ...once() });
  line('asked for', `${asked.requestedFields.join(', ')}: ${asked.reason}`);
  await call('PATCH', path, { companyName: '새봄상회 주식회사' }, owner);
  const again = await call('POST', `${path}/submit`, undefined, { ...owner, ...once() });
  line('submitted again', `${again.companyName}, ${again.status}`);

  heading('The operator approves it, with a contract at the sandbox’s TossPayments');
  const { data } = await (await fetch(`${SANDBOX}/__sandbox/credentials?acquirer=toss`)).json();
  const spare = data.find(({ merchantId }) => merchantId === '');
  const contract = {
    acquirer: 'toss',
    acquirerMerchantId: spare.mid,
    credentials: { clientKey: spare.secretKey.replace('test_sk', 'test_ck'), secretKey: spare.secretKey },
    methods: ['CARD'],
    priority: 1,
    weight: 100,
    amountMin: 100,
    amountMax: 10_000_000,
    enabled: true,
  };
  const decision = { contracts: [contract] };
  const approved = await call('POST', `${path}/approve`, decision, { ...operator, ...once() });
  const wanting = approved.missing.map(({ service, code }) => `${service} ${code}`).join(', ') || 'nothing';
  line('approved', `merchant ${approved.mid}, wanting: ${wanting}`);
}

async function fetchKeys(applicationId, owner) {
  heading('The owner fetches the keys, which are shown once');
  const path = `/v1/service-applications/${applicationId}/keys`;
  const keys = await call('POST', path, undefined, { ...owner, ...once() });
  line('merchant', keys.mid);
  line('secret key', `${keys.secretKey.slice(0, 12)}…`);
  line('encryption key', keys.encryptionKey.kid);
  const again = await fetch(new URL(path, GATEWAY), { method: 'POST', headers: owner });
  line('asked again', `${again.status} ${(await again.json()).code}`);
  return keys;
}

async function openBranch(mark, owner) {
  heading('It invites a branch by SMS, and the branch signs up');
  const phone = newPhone();
  const wish = { recipients: [{ name: '한가온', phone }] };
  const { data } = await call('POST', '/v1/branch-invitations', wish, { ...owner, ...once() });
  line('invitation', `${data[0].invitationId}, ${data[0].result}, to ${data[0].phone}`);
  const token = await fromMessage(phone, /\/branch-invitations\/([\w-]{43})/);
  const seen = await call('GET', `/v1/branch-invitations/${token}`);
  line('seen there', `${seen.merchantName} invites ${seen.name}`);
  const person = { loginId: `branch.${mark}`, password: 'seven loud purple hills' };
  const branch = await call(
    'POST',
    '/v1/branches/sign-up',
    {
      ...{ token, ...person, name: '한가온', branchName: '새봄상회 다온점' },
      ...{ address: '서울특별시 중구 가온로 12', phone: '02-0000-3002' },
      consents: { terms: true, privacy: true },
    },
    once(),
  );
  line('branch', branch.branchId);
  return { branchId: branch.branchId, staff: await login(person) };
}

async function payBySms(amount, staff) {
  const phone = newPhone();
  const orderNo = `EX-SMS-${Date.now()}`;
  heading(`The branch asks for ${won(amount)} by SMS, order ${orderNo}`);
  const wish = { orderNo, amount, goodsName: '수제 만년필', buyerName: '홍길동', buyerPhone: phone };
  const made = await call('POST', '/v1/sms-payments', wish, { ...staff, 'idempotency-key': orderNo });
  line('SMS payment', `${made.smsPaymentId}, ${made.status}`);
  const token = await fromMessage(phone, /\/pay\/([\w-]+)/);
  const { merchantName, publicKey } = await call('GET', `/v1/pay/${token}`);
  line('payee', merchantName);
  await call('POST', `/v1/pay/${token}/code`);
  const code = await fromMessage(phone, /\[(\d{6})\]/);
  const header = { alg: 'ECDH-ES', kid: publicKey.kid };
  const encData = await encrypt(card(), header, await importJWK(publicKey, 'ECDH-ES'));
  const paid = await call('POST', `/v1/pay/${token}/confirm`, { code, encData });
  line('outcome', `${paid.outcome}, ${paid.status}`);
  return orderNo;
}

async function payByKeyIn(amount, branchId, { mid, secretKey, encryptionKey }) {
  const orderNo = `EX-KEY-${Date.now()}`;
  heading(`The merchant’s system takes ${won(amount)} for the branch, order ${orderNo}`);
  const system = { authorization: `Basic ${Buffer.from(`${secretKey}:`).toString('base64')}` };
  const requestedAt = new Date().toISOString();
  const content = { orderNo, amount, goodsName: '만년필', branchId, ...card(), requestedAt };
  const header = { alg: 'dir', kid: encryptionKey.kid };
  const encData = await encrypt(content, header, Buffer.from(encryptionKey.key, 'base64'));
  const headers = { ...system, 'idempotency-key': orderNo };
  const payment = await call('POST', '/v1/payments/card', { mid, encData }, headers);
  line('outcome', `${payment.outcome}, ${payment.paymentId}, ${payment.status}`);
  line('card', `${payment.card.issuer ?? ''} ${payment.card.number}, approval ${payment.approvalNo}`);
  const part = { cancelAmount: Math.min(10_000, amount), reason: '일부 반품' };
  const cancelPath = `/v1/payments/${payment.paymentId}/cancel`;
  const cancelled = await call('POST', cancelPath, part, { ...system, ...once() });
  line(
    'cancelled',
    `${won(part.cancelAmount)}, ${cancelled.cancel.cancelId}, left ${won(cancelled.balanceAmount)}`,
  );
  return orderNo;
}

async function showBranch(staff, orders) {
  heading('What the branch sees');
  for (const orderNo of orders) {
    const seen = await call('GET', `/v1/payments/orders/${orderNo}`, undefined, staff);
    line(
      orderNo,
      `${seen.status}, ${won(seen.amount)}, left ${won(seen.balanceAmount)}, of ${seen.branchId}`,
    );
  }
  const today = new Date(Date.now() + 9 * 3_600_000).toISOString().slice(0, 10);
  const stats = await call('GET', `/v1/payments/stats?from=${today}&to=${today}`, undefined, staff);
  line(
    'today',
    `${stats.total} payments, ${won(stats.totalAmount)}, ${won(stats.cancelledAmount)} cancelled`,
  );
}

async function run() {
  const amount = Number(option('amount', '50000'));
  const mark = randomBytes(4).toString('hex');
  const owner = await signUp(mark);
  const applicationId = await apply(owner);
  await decide(applicationId, owner);
  const keys = await fetchKeys(applicationId, owner);
  const { branchId, staff } = await openBranch(mark, owner);
  const orders = [await payBySms(amount, staff), await payByKeyIn(amount, branchId, keys)];
  await showBranch(staff, orders);
}

run().catch((error) => {
  const refused = error.cause?.code === 'ECONNREFUSED';
  console.error(
    refused ? `Nothing answers at ${GATEWAY} or ${SANDBOX}. Start the gateway first: npm start` : error,
  );
  process.exit(1);
});
