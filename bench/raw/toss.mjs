import { Agent, request } from 'node:http';

const agent = new Agent({ keepAlive: true, maxSockets: 256 });
const ANSWER_TIMEOUT_MS = 13_000;
const BYTES_MAX = 256 * 1024;
const NEVER_SENT = new Set(['ECONNREFUSED', 'ENOTFOUND', 'EHOSTUNREACH', 'ENETUNREACH']);
/** Those that the sandbox's usual cards give: longer tables would not take longer. */
const DECLINES = { REJECT_CARD_COMPANY: 'CARD_DECLINED', REJECT_CARD_PAYMENT: 'CARD_LIMIT_EXCEEDED' };
const ISSUERS = {
  11: 'KB',
  21: 'HANA',
  31: 'BC',
  41: 'SHINHAN',
  51: 'SAMSUNG',
  61: 'HYUNDAI',
  71: 'LOTTE',
  91: 'NH',
};
const CARD_TYPES = { 신용: 'CREDIT', 체크: 'CHECK', 기프트: 'GIFT' };
const OWNER_TYPES = { 개인: 'PERSONAL', 법인: 'CORPORATE' };
const ENDPOINT = 'POST /v1/payments/key-in';

function post(url, headers, body) {
  const started = performance.now();
  const ended = (rest) => ({ ...rest, latencyMs: Math.round(performance.now() - started) });
  return new Promise((resolve) => {
    const fail = ({ code }) =>
      resolve(ended({ kind: NEVER_SENT.has(code) ? 'NOT_SENT' : 'BROKEN', reason: code }));
    const call = request(url, { method: 'POST', agent, headers });
    const timer = setTimeout(() => call.destroy(new Error('TIMEOUT')), ANSWER_TIMEOUT_MS);
    call.on('close', () => clearTimeout(timer));
    call.on('error', fail);
    call.on('response', (response) => {
      let text = '';
      response.setEncoding('utf8');
      response.on('data', (part) => {
        text += part;
        if (text.length > BYTES_MAX) response.destroy(new Error('too long'));
      });
      response.on('error', fail);
      response.on('end', () => resolve(ended({ kind: 'ANSWER', status: response.statusCode, body: text })));
    });
    call.end(body);
  });
}

function keyIn({ id, amount, taxFreeAmount, installmentMonths, content }) {
  return {
    amount,
    orderId: id,
    orderName: content.goodsName.slice(0, 100),
    cardNumber: content.cardNumber,
    cardExpirationYear: content.cardExpiry.slice(0, 2),
    cardExpirationMonth: content.cardExpiry.slice(2, 4),
    customerIdentityNumber: content.birthOrBusinessNo,
    cardPassword: content.cardPasswordTwoDigits,
    cardInstallmentPlan: installmentMonths,
    taxFreeAmount,
    customerName: content.buyerName,
    customerEmail: content.buyerEmail,
  };
}

/** Asks the sandbox for the approval and says how it ended, in the words of the tables. */
export async function approveAtToss(baseUrl, intent) {
  const order = keyIn(intent);
  const body = JSON.stringify(order);
  const headers = {
    authorization: intent.contract.authorization,
    'content-type': 'application/json',
    'content-length': Buffer.byteLength(body),
    'idempotency-key': intent.id,
  };
  const result = await post(`${baseUrl}/v1/payments/key-in`, headers, body);
  const answer = read(result);
  const { cardNumber } = order;
  const exchange = {
    endpoint: ENDPOINT,
    request: {
      orderId: order.orderId,
      amount: order.amount,
      taxFreeAmount: order.taxFreeAmount,
      cardNumber: `${cardNumber.slice(0, 6)}${'*'.repeat(cardNumber.length - 10)}${cardNumber.slice(-4)}`,
      cardInstallmentPlan: order.cardInstallmentPlan,
    },
    response: answer.kept ?? null,
    httpStatus: result.status ?? null,
    code: answer.code ?? result.reason ?? null,
    message: answer.message?.replace(/\d{6,}/g, '******').slice(0, 200) ?? null,
    latencyMs: result.latencyMs,
  };
  return { ...ending(result, answer, intent), exchange };
}

/** Reads an answer strictly: a 5xx, a broken body or an unknown shape is not an answer. */
function read({ kind, status, body }) {
  if (kind !== 'ANSWER') return {};
  if (status !== 200 && (status < 400 || status >= 500)) return { code: `HTTP_${status}` };
  try {
    const value = JSON.parse(body);
    if (status !== 200)
      return { code: String(value.code), message: String(value.message), refusal: value.code };
    return isPayment(value) ? { payment: value, kept: keptOf(value) } : { code: 'BODY_NOT_A_PAYMENT' };
  } catch {
    return { code: 'BODY_NOT_JSON' };
  }
}

const TEXTS = ['mId', 'paymentKey', 'orderId', 'status', 'currency', 'approvedAt'];
const CARD_TEXTS = ['issuerCode', 'approveNo', 'cardType', 'ownerType'];

function isPayment(value) {
  const { card } = value;
  return (
    TEXTS.every((name) => typeof value[name] === 'string') &&
    [value.totalAmount, value.balanceAmount].every((won) => Number.isInteger(won) && won >= 0) &&
    typeof card?.isInterestFree === 'boolean' &&
    CARD_TEXTS.every((name) => typeof card[name] === 'string')
  );
}

const keptOf = (payment) => ({
  paymentKey: payment.paymentKey,
  orderId: payment.orderId,
  status: payment.status,
  totalAmount: payment.totalAmount,
  balanceAmount: payment.balanceAmount,
  approvedAt: payment.approvedAt,
  approveNo: payment.card.approveNo,
  lastTransactionKey: payment.lastTransactionKey,
});

function ending(result, { payment, refusal }, { id, amount, contract }) {
  const unknown = { to: 'REVERSING', outcome: 'UNKNOWN', reason: 'the acquirer gave no usable answer' };
  if (result.kind === 'NOT_SENT') {
    const failureCode = 'ACQUIRER_UNAVAILABLE';
    return { to: 'FAILED', outcome: 'NOT_SENT', failureCode, reason: 'the acquirer was not reached' };
  }
  if (refusal in DECLINES) {
    const failureCode = DECLINES[refusal];
    return { to: 'FAILED', outcome: 'DECLINED', failureCode, reason: 'declined by the acquirer' };
  }
  if (!payment) return unknown;
  const transactionId = payment.paymentKey;
  const asAsked =
    payment.status === 'DONE' &&
    payment.orderId === id &&
    payment.totalAmount === amount &&
    payment.balanceAmount === amount &&
    payment.currency === 'KRW' &&
    payment.mId === contract.merchantId;
  const approvedAt = new Date(payment.approvedAt);
  if (!asAsked || Number.isNaN(approvedAt.getTime())) return { ...unknown, transactionId };
  const { approveNo, issuerCode, cardType, ownerType, isInterestFree } = payment.card;
  const card = {
    approvalNo: approveNo.slice(0, 20),
    issuer: ISSUERS[issuerCode] ?? issuerCode,
    type: CARD_TYPES[cardType] ?? 'UNKNOWN',
    ownerType: OWNER_TYPES[ownerType] ?? 'UNKNOWN',
    interestFree: isInterestFree,
  };
  const reason = 'approved by the acquirer';
  return { to: 'APPROVED', outcome: 'APPROVED', transactionId, approvedAt, card, reason };
}
