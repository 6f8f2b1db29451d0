import { recordApprovals } from './movements';

/**
 * The two writes of an approval, each one round trip: a prepared block that takes any number of approvals as one JSON
 * array, commits them together, and rolls itself back on any error. JSON_TABLE's columns repeat the tables' own types,
 * so that joins use the primary keys.
 */
const ascii = (length: number) => `VARCHAR(${length}) CHARACTER SET ascii COLLATE ascii_bin`;
const text = (length: number) => `VARCHAR(${length}) CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_520_ci`;
const due = (milliseconds: string) => `UTC_TIMESTAMP(3) + INTERVAL ${milliseconds} * 1000 MICROSECOND`;

/** Column name → type, in JSON under the same name. */
function columns(spec: Readonly<Record<string, string>>): string {
  return Object.entries(spec)
    .map(([name, type]) => `${name} ${type} PATH '$.${name}'`)
    .join(', ');
}

const rows = (spec: Readonly<Record<string, string>>) =>
  `JSON_TABLE(@rows, '$[*]' COLUMNS (${columns(spec)})) j`;

const INTENT_PAYMENT = {
  id: ascii(30),
  mid: ascii(16),
  order_no: ascii(40),
  channel: ascii(10),
  amount: 'BIGINT',
  tax_free_amount: 'BIGINT',
  service_charge: 'BIGINT',
  vat: 'BIGINT',
  goods_name: text(100),
  buyer_name: text(60),
  buyer_contact_sealed: ascii(1400),
  customer_key: text(300),
  branch_id: ascii(30),
  metadata: text(4000),
  content_fingerprint: ascii(64),
  request_hash: ascii(64),
  contract_id: ascii(30),
  acquirer: ascii(20),
  attempt_id: ascii(30),
  acquirer_order_no: ascii(64),
  acquirer_transaction_id: ascii(200),
  card_first6: ascii(6),
  card_last4: ascii(4),
  card_number_length: 'INT',
  installment_months: 'INT',
  usage_day: ascii(10),
  due_ms: 'BIGINT',
  at: ascii(23),
  actor: text(60),
};

const INTENT_ATTEMPT = {
  id: ascii(30),
  attempt_id: ascii(30),
  acquirer: ascii(20),
  contract_id: ascii(30),
  acquirer_order_no: ascii(64),
  acquirer_transaction_id: ascii(200),
  request_hash: ascii(64),
  at: ascii(23),
};

const block = (body: string) => `BEGIN NOT ATOMIC
DECLARE EXIT HANDLER FOR SQLEXCEPTION BEGIN ROLLBACK; RESIGNAL; END;
SET @rows = ?;
START TRANSACTION;
${body}
COMMIT;
END`;

/** The statements of an intent without the transaction around them, for a transaction that does more. */
export const INSERT_INTENT_PAYMENTS = `
INSERT IGNORE INTO payments (id, mid, order_no, status, version, method, channel, amount, tax_free_amount, service_charge, vat,
  balance_amount, tax_free_balance, goods_name, buyer_name, buyer_contact_sealed, customer_key, branch_id, metadata,
  content_fingerprint, request_hash, contract_id, acquirer, attempt_id, attempt_count, acquirer_order_no,
  acquirer_transaction_id, card_first6, card_last4, card_number_length, installment_months, usage_day, due_at, created_at, updated_at)
SELECT j.id, j.mid, j.order_no, 'IN_PROGRESS', 1, 'CARD', j.channel, j.amount, j.tax_free_amount, j.service_charge, j.vat,
  j.amount, j.tax_free_amount, j.goods_name, j.buyer_name, UNHEX(j.buyer_contact_sealed), j.customer_key, j.branch_id,
  j.metadata, j.content_fingerprint, j.request_hash, j.contract_id, j.acquirer, j.attempt_id, 1, j.acquirer_order_no,
  j.acquirer_transaction_id, j.card_first6, j.card_last4, j.card_number_length, j.installment_months, j.usage_day, ${due('j.due_ms')}, j.at, j.at
FROM ${rows(INTENT_PAYMENT)}
RETURNING id`;

export const INSERT_INTENT_ATTEMPTS = `
INSERT INTO payment_attempts (id, payment_id, operation, outcome, acquirer, contract_id, acquirer_order_no,
  acquirer_transaction_id, request_hash, started_at)
SELECT j.attempt_id, j.id, 'APPROVE', 'SENDING', j.acquirer, j.contract_id, j.acquirer_order_no,
  j.acquirer_transaction_id, j.request_hash, j.at
FROM ${rows(INTENT_ATTEMPT)} STRAIGHT_JOIN payments p ON p.id = j.id`;

export const INSERT_INTENT_EVENTS = `
INSERT INTO payment_events (payment_id, from_status, to_status, actor, reason, amount, occurred_at)
SELECT j.id, NULL, 'IN_PROGRESS', j.actor, 'approval requested', j.amount, j.at
FROM ${rows({ id: ascii(30), actor: text(60), amount: 'BIGINT', at: ascii(23) })}
STRAIGHT_JOIN payments p ON p.id = j.id`;

/**
 * Looks after its own insert, so that of an approval and a net cancel of the same order that cross, at least one sees
 * the other: the net cancel commits its bar first and then reads the payment with a lock.
 */
export const REFUSE_BARRED = `
IF EXISTS (SELECT 1 FROM ${rows({ mid: ascii(16), order_no: ascii(40) })}
  STRAIGHT_JOIN barred_orders b ON b.mid = j.mid AND b.order_no = j.order_no) THEN
  SIGNAL SQLSTATE '45000' SET MESSAGE_TEXT = 'ORDER_BARRED';
END IF`;

/** INSERT IGNORE answers the ids it inserted; one that is missing met a payment of the same order number. */
export const OPEN_INTENTS = block(`${INSERT_INTENT_PAYMENTS};
${INSERT_INTENT_ATTEMPTS};
${INSERT_INTENT_EVENTS};
${REFUSE_BARRED};`);

const CLOSE_PAYMENT = {
  id: ascii(30),
  version: 'INT',
  to_status: ascii(20),
  acquirer_transaction_id: ascii(200),
  approval_no: ascii(20),
  card_issuer: ascii(30),
  card_type: ascii(10),
  card_owner_type: ascii(10),
  interest_free: 'INT',
  failure_code: ascii(40),
  failure_acquirer_code: text(60),
  failure_acquirer_message: text(200),
  approved_at: ascii(23),
  due_ms: 'BIGINT',
  at: ascii(23),
};

const CLOSE_ATTEMPT = {
  attempt_id: ascii(30),
  outcome: ascii(12),
  acquirer_transaction_id: ascii(200),
  endpoint: text(120),
  request: text(2000),
  response: text(4000),
  http_status: 'INT',
  code: text(60),
  message: text(200),
  latency_ms: 'INT',
  at: ascii(23),
};

export const CLOSE_ATTEMPTS = `
UPDATE ${rows(CLOSE_ATTEMPT)} STRAIGHT_JOIN payment_attempts a ON a.id = j.attempt_id
SET a.outcome = j.outcome,
  a.acquirer_transaction_id = COALESCE(j.acquirer_transaction_id, a.acquirer_transaction_id), a.endpoint = j.endpoint,
  a.request_masked = j.request, a.response_masked = j.response, a.http_status = j.http_status, a.code = j.code,
  a.message = j.message, a.latency_ms = j.latency_ms, a.finished_at = j.at
WHERE a.outcome = 'SENDING'`;

/** The statements of an outcome without the transaction around them, for a transaction that does more. */
export const CLOSE_STATEMENTS = `
UPDATE ${rows(CLOSE_PAYMENT)} STRAIGHT_JOIN payments p ON p.id = j.id
SET p.status = j.to_status, p.version = p.version + 1,
  p.acquirer_transaction_id = COALESCE(j.acquirer_transaction_id, p.acquirer_transaction_id),
  p.approval_no = j.approval_no, p.card_issuer = j.card_issuer, p.card_type = j.card_type,
  p.card_owner_type = j.card_owner_type, p.interest_free = j.interest_free, p.failure_code = j.failure_code,
  p.failure_acquirer_code = j.failure_acquirer_code, p.failure_acquirer_message = j.failure_acquirer_message,
  p.approved_at = j.approved_at, p.failed_at = IF(j.to_status = 'FAILED', j.at, NULL),
  p.unknown_since = IF(j.to_status = 'REVERSING', UTC_TIMESTAMP(3), NULL),
  p.due_at = IF(j.due_ms IS NULL, NULL, ${due('j.due_ms')}), p.updated_at = j.at
WHERE p.status = 'IN_PROGRESS' AND p.version = j.version;
IF ROW_COUNT() <> ? THEN SIGNAL SQLSTATE '45000' SET MESSAGE_TEXT = 'STATE_CONFLICT'; END IF;
${CLOSE_ATTEMPTS};
INSERT INTO payment_events (payment_id, from_status, to_status, actor, reason, amount, occurred_at)
SELECT j.id, 'IN_PROGRESS', j.to_status, j.actor, j.reason, NULL, j.at
FROM ${rows({ id: ascii(30), to_status: ascii(20), actor: text(60), reason: text(200), at: ascii(23) })};
${recordApprovals(rows({ id: ascii(30), to_status: ascii(20) }))}
`;

/** All or none: a single payment that somebody else has taken over signals STATE_CONFLICT for the batch. */
export const CLOSE_APPROVALS = block(CLOSE_STATEMENTS);
