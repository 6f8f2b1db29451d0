import { createHash } from 'node:crypto';
import { DAY_MS } from './plan.mjs';

/*
 * Traffic is made inside the database, from numbers: every choice is a hash of the seed, what it is about, and the
 * number of the payment. So the same options make the same rows, and a million payments take a minute or two.
 */

/** The largest one of 32 bits. */
const PRIME = 4_294_967_291;
/** Cancels come in the two weeks after their payment, and before the traffic ends. */
const CANCEL_WITHIN_MS = 14 * DAY_MS;

/**
 * 0 up to, not including, 1. The number is mixed by factors of the choice's own first: a check sum is linear, so that
 * those of two texts with the same end differ by the same bits whatever the end is, and no choice would be free of another.
 */
function chance(seed, what) {
  const hash = createHash('sha256').update(`${seed}:${what}`).digest();
  const [factor, addend] = [hash.readUInt32BE(0), hash.readUInt32BE(4)];
  return `(CRC32((n * ${factor} + ${addend}) MOD ${PRIME}) / 4294967296)`;
}

const LETTERS = [...['VZ', 'UY', 'TX', 'SW', 'RV', 'QT', 'PS', 'OR', 'NQ', 'MP', 'LN', 'KM', 'JK', 'IJ']];
/** A number in Crockford's base 32, which our ids are written in; its letters leave out I, L, O and U. */
const crockford = (number, length) =>
  LETTERS.reduce(
    (text, [from, to]) => `REPLACE(${text}, '${from}', '${to}')`,
    `LPAD(CONV(${number}, 10, 32), ${length}, '0')`,
  );

/** An id whose time is that of what it names, and whose random part tells what is counted: never met by a real one. */
export const id = (prefix, ms, number) =>
  `CONCAT('${prefix}_', ${crockford(ms, 10)}, '000000', ${crockford(number, 10)})`;

export const at = (ms) => `FROM_UNIXTIME((${ms}) / 1000)`;
const koreanDay = (time) => `DATE(${time} + INTERVAL 9 HOUR)`;

/** Payments number `from` to `to`, as a temporary table that all the rows of theirs are made of. */
export function stage(plan, [from, to]) {
  const { seed, merchants, branches, endMs, largest, everyState } = plan;
  const of = (what) => chance(seed, what);
  return `
CREATE TEMPORARY TABLE traffic AS
SELECT n, ${id('pay', 'ms', 'n')} AS id, ${id('att', 'ms', 'n')} AS attempt_id, ${id('pcn', 'cancel_ms', 'n')} AS cancel_id,
  CONCAT('M9', LPAD(merchant + 1, 6, '0')) AS mid,
  IF(branch IS NULL, NULL, CONCAT('brn_TRAFFIC', LPAD(merchant, 6, '0'), LPAD(branch, 9, '0'), '0000')) AS branch_id,
  CONCAT('ctr_TRAFFIC', LPAD(merchant, 6, '0'), '0000000000000') AS contract_id,
  ELT(1 + merchant MOD 4, 'toss', 'inicis', 'nicepay', 'portone') AS acquirer,
  method, amount, status, ${at('ms')} AS approved_at, ${at('cancel_ms')} AS cancelled_at,
  CASE status WHEN 'CANCELLED' THEN amount WHEN 'PARTIALLY_CANCELLED' THEN GREATEST(1, FLOOR(amount * part)) ELSE 0 END
    AS cancelled_amount,
  IF(method = 'CARD', ELT(1 + FLOOR(issuer * 5), 'SHINHAN', 'KB', 'SAMSUNG', 'HYUNDAI', 'LOTTE'), NULL) AS card_issuer,
  IF(method = 'CARD', IF(type < 0.7, 'CREDIT', 'CHECK'), NULL) AS card_type,
  IF(method = 'CARD', LPAD(FLOOR(last4 * 10000), 4, '0'), NULL) AS card_last4,
  IF(method = 'CARD', LPAD(n MOD 100000000, 8, '0'), NULL) AS approval_no
FROM (
  SELECT n, ms, ms + FLOOR(${chance(seed, 'cancelled after')} * LEAST(${CANCEL_WITHIN_MS}, ${endMs} - ms)) AS cancel_ms,
    IF(${of('largest')} < ${largest}, 0, FLOOR(POW(${of('merchant')}, 2) * ${merchants})) AS merchant,
    IF(${chance(seed, 'has branch')} < 0.8, FLOOR(${chance(seed, 'branch')} * ${branches}), NULL) AS branch,
    ${everyState ? METHODS(of('method'), of('status')) : PLAIN_METHODS(of('method'))} AS method,
    10 * FLOOR(100 * POW(1000, ${chance(seed, 'amount')})) AS amount,
    ${everyState ? STATES(of('status')) : PLAIN_STATES(of('status'))} AS status,
    ${chance(seed, 'part')} * 0.9 AS part, ${chance(seed, 'issuer')} AS issuer, ${chance(seed, 'type')} AS type,
    ${chance(seed, 'last4')} AS last4
  FROM (SELECT n, ${moment(plan)} AS ms
        FROM (SELECT seq AS n FROM seq_${from}_to_${to}) counted) numbers) choices`;
}

/** The instant of payment n: all days have as many, the last of them in the time that it had. */
function moment({ seed, payments, days, startMs, lastDayMs }) {
  const day = `((n + ${chance(seed, 'moment')}) * ${days} / ${payments})`;
  const last = days - 1;
  return `${startMs} + FLOOR(IF(${day} < ${last}, ${day} * ${DAY_MS}, ${last} * ${DAY_MS} + (${day} - ${last}) * ${lastDayMs}))`;
}

/** The first of some names whose bound is above a chance; the last one has none. */
const choice = (of, bounds, last) =>
  `CASE ${Object.entries(bounds)
    .map(([name, bound]) => `WHEN ${of} < ${bound} THEN '${name}'`)
    .join(' ')} ELSE '${last}' END`;
const PLAIN_METHODS = (of) => choice(of, { CARD: 0.86, EASY_PAY: 0.94 }, 'BANK_TRANSFER');
const PLAIN_STATES = (of) =>
  choice(of, { APPROVED: 0.88, CANCELLED: 0.93, PARTIALLY_CANCELLED: 0.95 }, 'FAILED');
/** Of 1,000 payments one is on its way, and one and another wait for a deposit or are being undone. */
const STATES = (of) =>
  choice(
    of,
    {
      ...{ APPROVED: 0.87, CANCELLED: 0.92, PARTIALLY_CANCELLED: 0.94, FAILED: 0.975, REVERSED: 0.985 },
      ...{ EXPIRED: WAITS_FROM + 0.012, WAITING_FOR_DEPOSIT: 0.998, REVERSING: 0.999 },
    },
    'IN_PROGRESS',
  );
const WAITS_FROM = 0.985;
const METHODS = (of, status) =>
  `IF(${status} >= ${WAITS_FROM} AND ${status} < 0.998, 'VIRTUAL_ACCOUNT', ${choice(
    of,
    { CARD: 0.84, EASY_PAY: 0.92, BANK_TRANSFER: 0.96, VIRTUAL_ACCOUNT: 0.99 },
    'OTHER',
  )})`;

const APPROVED = `status IN ('APPROVED', 'PARTIALLY_CANCELLED', 'CANCELLED')`;
/** The state that the answer of the acquirer put a payment in. */
const ANSWERED = `CASE WHEN ${APPROVED} THEN 'APPROVED' WHEN status = 'FAILED' THEN 'FAILED'
  WHEN status IN ('REVERSING', 'REVERSED') THEN 'REVERSING' ELSE 'WAITING_FOR_DEPOSIT' END`;
const OUTCOME = `CASE WHEN ${APPROVED} THEN 'APPROVED' WHEN status = 'FAILED' THEN 'DECLINED'
  WHEN status IN ('REVERSING', 'REVERSED') THEN 'UNKNOWN' WHEN status = 'IN_PROGRESS' THEN 'SENDING' ELSE 'APPROVED' END`;
const CANCELLED = 'cancelled_amount > 0';
const day = (time) => koreanDay(time);

/** All the rows that the gateway itself would have written, in the order of their keys. */
export const FILL = [
  `INSERT INTO payments (id, mid, order_no, status, version, method, channel, amount, tax_free_amount, service_charge, vat,
     balance_amount, cancelled_amount, tax_free_balance, goods_name, buyer_name, branch_id, content_fingerprint, request_hash,
     contract_id, acquirer, attempt_id, attempt_count, acquirer_order_no, acquirer_transaction_id, approval_no, card_first6,
     card_last4, card_number_length, card_issuer, card_type, card_owner_type, interest_free, installment_months,
     failure_code, approved_at, failed_at, created_at, updated_at)
   SELECT id, mid, CONCAT('TRAFFIC-', n), status, IF(${CANCELLED}, 5, 2), method, IF(method = 'CARD', 'KEY_IN', 'WINDOW'), amount, 0, 0,
     FLOOR(amount / 11), amount - cancelled_amount, cancelled_amount, 0, '시험 상품', CONCAT('구매자', n MOD 1000), branch_id,
     SHA2(id, 256), SHA2(id, 256), contract_id, acquirer, attempt_id, 1, id, IF(${APPROVED}, CONCAT('tx_', id), NULL),
     IF(${APPROVED}, approval_no, NULL), IF(card_last4 IS NULL, NULL, '424242'), card_last4,
     IF(card_last4 IS NULL, NULL, 16), IF(${APPROVED}, card_issuer, NULL), IF(${APPROVED}, card_type, NULL),
     IF(${APPROVED} AND card_last4 IS NOT NULL, 'PERSONAL', NULL), IF(${APPROVED} AND card_last4 IS NOT NULL, 0, NULL), 0,
     IF(status = 'FAILED', 'CARD_DECLINED', NULL), IF(${APPROVED}, approved_at, NULL),
     IF(status = 'FAILED', approved_at, NULL),
     approved_at, IF(${CANCELLED}, cancelled_at, approved_at)
   FROM traffic ORDER BY id`,
  `INSERT INTO payment_attempts (id, payment_id, operation, outcome, acquirer, contract_id, acquirer_order_no,
     acquirer_transaction_id, http_status, latency_ms, started_at, finished_at)
   SELECT attempt_id, id, 'APPROVE', ${OUTCOME}, acquirer, contract_id, id,
     IF(${APPROVED}, CONCAT('tx_', id), NULL), 200, 50, approved_at, approved_at FROM traffic ORDER BY attempt_id`,
  `INSERT INTO payment_cancels (id, payment_id, mid, status, version, amount, tax_free_amount, point_amount,
     card_tax_free_amount, reason, requested_by, cancel_key, acquirer_cancel_id, balance_after, tries, requested_at, cancelled_at)
   SELECT cancel_id, id, mid, 'DONE', 3, cancelled_amount, 0, 0, 0, 'traffic', CONCAT('merchant:', mid), cancel_id,
     CONCAT('cx_', id), amount - cancelled_amount, 1, cancelled_at, cancelled_at FROM traffic WHERE ${CANCELLED} ORDER BY cancel_id`,
  `INSERT INTO payment_events (payment_id, from_status, to_status, actor, reason, cancel_id, amount, occurred_at)
   SELECT id, CASE step WHEN 1 THEN NULL WHEN 2 THEN 'IN_PROGRESS' ELSE ${ANSWERED} END,
     CASE step WHEN 1 THEN 'IN_PROGRESS' WHEN 2 THEN ${ANSWERED} ELSE status END,
     CONCAT('merchant:', mid), 'traffic', IF(step = 3 AND ${CANCELLED}, cancel_id, NULL),
     CASE WHEN step = 1 THEN amount WHEN step = 3 AND ${CANCELLED} THEN cancelled_amount ELSE NULL END,
     IF(step = 3 AND ${CANCELLED}, cancelled_at, approved_at)
   FROM traffic JOIN (SELECT 1 AS step UNION ALL SELECT 2 UNION ALL SELECT 3) steps
   WHERE step = 1 OR (step = 2 AND status <> 'IN_PROGRESS') OR ${CANCELLED} OR status IN ('EXPIRED', 'REVERSED')
   ORDER BY id, step`,
  `INSERT INTO transactions (kind, source_id, payment_id, mid, branch_id, contract_id, acquirer, method, card_issuer, card_type,
     amount, settled_amount, left_before, left_after, captured_day, occurred_at)
   SELECT 'APPROVAL', id, id, mid, branch_id, contract_id, acquirer, method, card_issuer, card_type, amount, amount, 0, amount,
     ${day('approved_at')}, approved_at FROM traffic WHERE ${APPROVED} ORDER BY n`,
  `INSERT INTO transactions (kind, source_id, payment_id, mid, branch_id, contract_id, acquirer, method, card_issuer, card_type,
     amount, settled_amount, left_before, left_after, captured_day, occurred_at)
   SELECT 'CANCEL', cancel_id, id, mid, branch_id, contract_id, acquirer, method, card_issuer, card_type, -cancelled_amount,
     -cancelled_amount, amount, amount - cancelled_amount, ${day('cancelled_at')}, cancelled_at
   FROM traffic WHERE ${CANCELLED} ORDER BY n`,
  `INSERT INTO ledger_transfers (kind, source_id, mid, debit_account, credit_account, amount)
   SELECT 'APPROVAL', id, mid, 'ACQUIRER_RECEIVABLE', 'MERCHANT_PAYABLE', amount FROM traffic WHERE ${APPROVED} ORDER BY n`,
  `INSERT INTO ledger_transfers (kind, source_id, mid, debit_account, credit_account, amount)
   SELECT 'CANCEL', cancel_id, mid, 'MERCHANT_PAYABLE', 'ACQUIRER_RECEIVABLE', cancelled_amount
   FROM traffic WHERE ${CANCELLED} ORDER BY n`,
];

/** From the top down, each with what it has of the fee of the merchants below it, in parts per million. */
const AGENCIES = [
  ['TRAFFIC1', 30_000],
  ['TRAFFIC2', 70_000],
  ['TRAFFIC3', 123_457],
];

/** Three agencies, one below the other. */
function agencies(from) {
  return AGENCIES.flatMap(([code, ratePpm], level) => [
    `INSERT IGNORE INTO agencies (code, parent_code, name, representative, phone)
     VALUES ('${code}', ${level === 0 ? 'NULL' : `'${AGENCIES[level - 1][0]}'`}, '시험 대리점 ${level + 1}', '시험', '02-0000-0000')`,
    ...AGENCIES.slice(0, level + 1).map(
      (
        [above],
        place,
      ) => `INSERT IGNORE INTO agency_paths (ancestor_code, agency_code, agency_seq, agency_name, distance)
     SELECT '${above}', code, seq, name, ${level - place} FROM agencies WHERE code = '${code}'`,
    ),
    `INSERT IGNORE INTO commission_rates (id, agency_code, effective_from, rate_ppm, reason, created_by, created_at)
     VALUES ('cmr_${code}000000000000000000', '${code}', ${from}, ${ratePpm}, 'traffic', 'system:traffic', UTC_TIMESTAMP(3))`,
  ]);
}

/** Policies of some merchants besides the general one: their numbers end alike, `every` apart. */
function policies(from, { merchants, alike }) {
  const all = [
    {
      tag: '0',
      scope: '*|*|*|*|*|*|*',
      every: 1,
      rate: '20000 + (seq MOD 20) * 700',
      columns: 'NULL, NULL, NULL',
    },
    { tag: '1', scope: '*|*|*|CHECK|*|*|*', every: 5, rate: '12500', columns: `'CHECK', NULL, NULL` },
    { tag: '2', scope: '*|*|*|*|*|50000|99999', every: 7, rate: '18333', columns: 'NULL, 50000, 99999' },
  ];
  const kinds = alike ? all.slice(0, 1) : all;
  return kinds.map(
    ({ tag, scope, every, rate, columns }) => `
    INSERT INTO fee_policies (id, mid, scope, card_type, amount_min, amount_max, effective_from, ended, rate_ppm, fixed_fee,
      minimum_fee, acquirer_cost_ppm, reason, created_by, created_at)
    SELECT CONCAT('fpl_TRAFFIC', LPAD(seq, 6, '0'), '000000000000', '${tag}'), ${MERCHANT}, '${scope}', ${columns}, ${from}, 0, ${rate},
      (seq MOD 3) * 30, IF(seq MOD 4 = 0, 100, 0), 15000, 'traffic', 'system:traffic', UTC_TIMESTAMP(3)
    FROM seq_0_to_${merchants - 1}
    WHERE seq MOD ${every} = 0 AND NOT EXISTS (SELECT 1 FROM fee_policies f WHERE f.mid = ${MERCHANT} AND f.scope = '${scope}')`,
  );
}

const MERCHANT = `CONCAT('M9', LPAD(seq + 1, 6, '0'))`;

/**
 * Merchants, some of them brought in by an agency, paid out weekly or monthly; their branches, a contract that is switched
 * off, and fee policies each; what is there stays. `alike`: all have one policy, the default terms and no agency.
 */
export function people(plan) {
  const { merchants, branches, startMs, alike } = plan;
  const from = `DATE(${at(startMs)} + INTERVAL 9 HOUR)`;
  return [
    ...agencies(from),
    `INSERT IGNORE INTO merchants (mid, name, business_number, representative, address, phone, status, agency_code)
     SELECT ${MERCHANT}, CONCAT('시험 가맹점 ', seq + 1), LPAD(seq, 10, '0'), '시험', '시험로 1', '02-0000-0000', 'ACTIVE',
       ${alike ? 'NULL' : `CASE seq MOD 10 WHEN 3 THEN 'TRAFFIC3' WHEN 6 THEN 'TRAFFIC1' ELSE NULL END`}
     FROM seq_0_to_${merchants - 1}`,
    `INSERT IGNORE INTO branches (id, mid, name, status)
     SELECT CONCAT('brn_TRAFFIC', LPAD(m.seq, 6, '0'), LPAD(b.seq, 9, '0'), '0000'), CONCAT('M9', LPAD(m.seq + 1, 6, '0')),
       CONCAT('시험 영업점 ', b.seq + 1), 'ACTIVE' FROM seq_0_to_${merchants - 1} m JOIN seq_0_to_${branches - 1} b`,
    `INSERT IGNORE INTO acquirer_contracts (id, mid, acquirer, acquirer_merchant_id, credentials_sealed, methods, priority, weight,
       amount_min, amount_max, enabled)
     SELECT CONCAT('ctr_TRAFFIC', LPAD(seq, 6, '0'), '0000000000000'), ${MERCHANT},
       ELT(1 + seq MOD 4, 'toss', 'inicis', 'nicepay', 'portone'), CONCAT('traffic', seq), UNHEX(SHA2(CONCAT('traffic', seq), 256)), 'CARD,BANK_TRANSFER,EASY_PAY', 1, 100,
       100, 10000000, 0 FROM seq_0_to_${merchants - 1}`,
    ...policies(from, plan),
    ...(alike ? [] : [terms(from, merchants)]),
  ];
}

/** Some merchants are paid out weekly or monthly. */
const terms = (
  from,
  merchants,
) => `INSERT INTO settlement_terms (id, mid, cycle, effective_from, reason, created_by, created_at)
     SELECT CONCAT('stt_TRAFFIC', LPAD(seq, 6, '0'), '0000000000000'), ${MERCHANT}, IF(seq MOD 20 = 8, 'W-FRI+2', 'M-31+5'),
       ${from}, 'traffic', 'system:traffic', UTC_TIMESTAMP(3) FROM seq_0_to_${merchants - 1}
     WHERE seq MOD 10 = 8 AND NOT EXISTS (SELECT 1 FROM settlement_terms t WHERE t.mid = ${MERCHANT})`;
