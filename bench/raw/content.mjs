import { koreanDay } from './time.mjs';
import { Refused } from './refused.mjs';

const WON_MAX = 9_999_999_999;
const SKEW_MS = 300_000;
const PLAIN = /^[^\p{Cc}]*$/u;
const EMAIL = /^[^\s@]{1,64}@[^\s@]+\.[^\s@]{2,}$/;
const ISO =
  /^\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])T([01]\d|2[0-3]):[0-5]\d(:[0-5]\d(\.\d+)?)?(Z|[+-]\d{2}:?\d{2})$/;

const whole = (min, max) => (value) => Number.isInteger(value) && value >= min && value <= max;
const like = (pattern) => (value) => typeof value === 'string' && pattern.test(value);
const text = (max) => (value) =>
  typeof value === 'string' && value.length >= 1 && value.length <= max && PLAIN.test(value);
const optional = (rule) => (value) => value === undefined || value === null || rule(value);

const RULES = {
  orderNo: like(/^[A-Za-z0-9_-]{6,40}$/),
  amount: whole(100, WON_MAX),
  taxFreeAmount: optional(whole(0, WON_MAX)),
  serviceCharge: optional(whole(0, WON_MAX)),
  goodsName: text(100),
  buyerName: optional(text(60)),
  buyerPhone: optional(like(/^0\d{1,3}-?\d{3,4}-?\d{4}$/)),
  buyerEmail: optional((value) => like(EMAIL)(value) && value.length <= 100),
  cardNumber: isCardNumber,
  cardExpiry: like(/^\d{2}(0[1-9]|1[0-2])$/),
  birthOrBusinessNo: optional(isBirthOrBusinessNo),
  cardPasswordTwoDigits: optional(like(/^\d{2}$/)),
  installmentMonths: optional(whole(0, 36)),
  branchId: optional(like(/^brn_[0-9A-Z]{1,26}$/)),
  customerKey: optional(like(/^[A-Za-z0-9\-_=.@]{2,300}$/)),
  pointAmount: optional((value) => value === 0),
  autoCashReceipt: optional((value) => value === false),
  metadata: optional(isMetadata),
  requestedAt: like(ISO),
};

/** The same rules as the gateway's, field by field, then between fields and against the clock. */
export function checkContent(content, now) {
  const wrong = Object.keys(content).filter((field) => !Object.hasOwn(RULES, field));
  for (const [field, rule] of Object.entries(RULES)) if (!rule(content[field])) wrong.push(field);
  if (wrong.length > 0) throw invalid(wrong);
  if (!(Math.abs(Date.parse(content.requestedAt) - now.getTime()) <= SKEW_MS)) {
    throw new Refused(400, 'REQUEST_EXPIRED');
  }
  if ((content.taxFreeAmount ?? 0) + (content.serviceCharge ?? 0) > content.amount)
    wrong.push('taxFreeAmount');
  if ((content.installmentMonths ?? 0) > 0 && content.amount < 50_000) wrong.push('installmentMonths');
  const { cardExpiry } = content;
  if (`20${cardExpiry.slice(0, 2)}-${cardExpiry.slice(2)}` < koreanDay(now).slice(0, 7))
    wrong.push('cardExpiry');
  if (wrong.length > 0) throw invalid(wrong);
}

const invalid = (fields) =>
  new Refused(400, 'VALIDATION_FAILED', { errors: fields.map((field) => ({ field, code: 'INVALID' })) });

/** What tells a repeated order from another one, in one fixed form. */
export function canonicalContent(mid, content) {
  const metadata = Object.entries(content.metadata ?? {}).sort(([a], [b]) => (a < b ? -1 : 1));
  return JSON.stringify([
    mid,
    content.orderNo,
    content.amount,
    content.taxFreeAmount ?? 0,
    content.serviceCharge ?? 0,
    content.goodsName,
    content.buyerName ?? null,
    content.buyerPhone ?? null,
    content.buyerEmail ?? null,
    content.cardNumber,
    content.cardExpiry,
    content.birthOrBusinessNo ?? null,
    content.installmentMonths ?? 0,
    content.branchId ?? null,
    content.customerKey ?? null,
    metadata,
  ]);
}

function isCardNumber(value) {
  if (typeof value !== 'string' || !/^\d{13,19}$/.test(value)) return false;
  let sum = 0;
  for (let place = 0; place < value.length; place += 1) {
    const digit = value.charCodeAt(value.length - 1 - place) - 48;
    const doubled = place % 2 === 1 ? digit * 2 : digit;
    sum += doubled > 9 ? doubled - 9 : doubled;
  }
  return sum % 10 === 0;
}

function isBirthOrBusinessNo(value) {
  if (typeof value !== 'string') return false;
  if (!/^\d{6}$/.test(value)) return isBusinessNumber(value);
  const day = `${value.slice(0, 2)}-${value.slice(2, 4)}-${value.slice(4, 6)}`;
  return ['19', '20'].some((century) => isDay(`${century}${day}`));
}

function isDay(day) {
  const at = new Date(`${day}T00:00:00.000Z`);
  return !Number.isNaN(at.getTime()) && at.toISOString().slice(0, 10) === day;
}

function isBusinessNumber(value) {
  if (!/^\d{10}$/.test(value)) return false;
  const digit = (place) => value.charCodeAt(place) - 48;
  let sum = [1, 3, 7, 1, 3, 7, 1, 3].reduce((total, weight, place) => total + weight * digit(place), 0);
  sum += Math.floor((digit(8) * 5) / 10) + ((digit(8) * 5) % 10);
  return (10 - (sum % 10)) % 10 === digit(9);
}

function isMetadata(value) {
  if (typeof value !== 'object' || Array.isArray(value)) return false;
  const entries = Object.entries(value);
  return (
    entries.length <= 20 &&
    entries.every(([key, one]) => key.length <= 40 && typeof one === 'string' && one.length <= 500) &&
    JSON.stringify(value).length <= 4_000
  );
}
