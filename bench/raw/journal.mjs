import { Refused } from './refused.mjs';
import { databaseTime } from './time.mjs';

const due = 'UTC_TIMESTAMP(3) + INTERVAL ? * 1000 MICROSECOND';

const INSERT_PAYMENT = `
INSERT INTO payments (id, mid, order_no, status, version, method, channel, amount, tax_free_amount, service_charge, vat,
  balance_amount, tax_free_balance, goods_name, buyer_name, buyer_contact_sealed, customer_key, branch_id, metadata,
  content_fingerprint, request_hash, contract_id, acquirer, attempt_id, attempt_count, acquirer_order_no, card_first6,
  card_last4, card_number_length, installment_months, usage_day, due_at, created_at, updated_at)
VALUES (?, ?, ?, 'IN_PROGRESS', 1, 'CARD', 'KEY_IN', ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 1, ?, ?, ?, ?, ?, ?,
  ${due}, ?, ?)`;

const INSERT_ATTEMPT = `
INSERT INTO payment_attempts (id, payment_id, operation, outcome, acquirer, contract_id, acquirer_order_no,
  request_hash, started_at)
VALUES (?, ?, 'APPROVE', 'SENDING', ?, ?, ?, ?, ?)`;

const INSERT_EVENT = `
INSERT INTO payment_events (payment_id, from_status, to_status, actor, reason, amount, occurred_at)
VALUES (?, ?, ?, ?, ?, ?, ?)`;

const CLOSE_PAYMENT = `
UPDATE payments SET status = ?, version = version + 1, acquirer_transaction_id = ?, approval_no = ?, card_issuer = ?,
  card_type = ?, card_owner_type = ?, interest_free = ?, failure_code = ?, failure_acquirer_code = ?,
  failure_acquirer_message = ?, approved_at = ?, failed_at = ?, unknown_since = IF(?, UTC_TIMESTAMP(3), NULL),
  due_at = IF(?, ${due}, NULL), updated_at = ?
WHERE id = ? AND status = 'IN_PROGRESS' AND version = 1`;

const CLOSE_ATTEMPT = `
UPDATE payment_attempts SET outcome = ?, acquirer_transaction_id = ?, endpoint = ?, request_masked = ?,
  response_masked = ?, http_status = ?, code = ?, message = ?, latency_ms = ?, finished_at = ?
WHERE id = ? AND outcome = 'SENDING'`;

/* A movement of before midnight that becomes known within five minutes after it counts to the day before. */
const INSERT_MOVEMENT = `
INSERT INTO transactions (kind, source_id, payment_id, mid, branch_id, contract_id, acquirer, method, card_issuer, card_type,
  amount, settled_amount, left_before, left_after, captured_day, occurred_at)
VALUES ('APPROVAL', ?, ?, ?, ?, ?, ?, 'CARD', ?, ?, ?, ?, 0, ?, LEAST(GREATEST(DATE(? + INTERVAL 9 HOUR),
  DATE(UTC_TIMESTAMP(3) + INTERVAL 9 HOUR - INTERVAL 300 SECOND)), DATE(UTC_TIMESTAMP(3) + INTERVAL 9 HOUR)), ?)`;

const INSERT_TRANSFER = `
INSERT INTO ledger_transfers (kind, source_id, mid, debit_account, credit_account, amount)
VALUES ('APPROVAL', ?, ?, 'ACQUIRER_RECEIVABLE', 'MERCHANT_PAYABLE', ?)`;

/** From an intent until a worker may take it for abandoned, and from a lost answer until one may undo it. */
const ABANDONED_MS = 20_000;
const REVERSAL_LEASE_MS = 7_000;

/** One transaction on one connection of the pool, committed on its own. */
async function transaction(pool, work) {
  const connection = await pool.getConnection();
  try {
    await connection.beginTransaction();
    const result = await work(connection);
    await connection.commit();
    return result;
  } catch (error) {
    await connection.rollback();
    throw error;
  } finally {
    connection.release();
  }
}

/** Commits what must be known before anything is sent: payment, attempt, event, and the contract's usage. */
export function openIntent(pool, intent) {
  const { id, mid, orderNo, content, contract, attemptId, card, actor } = intent;
  const at = databaseTime(intent.at);
  return transaction(pool, async (tx) => {
    try {
      await tx.execute(INSERT_PAYMENT, [
        ...[id, mid, orderNo, intent.amount, intent.taxFreeAmount, intent.serviceCharge, intent.vat],
        ...[intent.amount, intent.taxFreeAmount, content.goodsName, content.buyerName ?? null],
        ...[intent.contactSealed, content.customerKey ?? null, content.branchId ?? null],
        content.metadata ? JSON.stringify(content.metadata) : null,
        ...[intent.fingerprint, intent.requestHash, contract.id, contract.acquirer, attemptId, id],
        ...[card.first6, card.last4, card.length, intent.installmentMonths, intent.usageDay],
        ...[ABANDONED_MS, at, at],
      ]);
    } catch (error) {
      if (error.code === 'ER_DUP_ENTRY') throw new Refused(409, 'ORDER_NO_CONFLICT');
      throw error;
    }
    await tx.execute(INSERT_ATTEMPT, [
      ...[attemptId, id, contract.acquirer, contract.id, id],
      ...[intent.requestHash, at],
    ]);
    await tx.execute(INSERT_EVENT, [id, null, 'IN_PROGRESS', actor, 'approval requested', intent.amount, at]);
    const [bars] = await tx.execute('SELECT 1 FROM barred_orders WHERE mid = ? AND order_no = ?', [
      mid,
      orderNo,
    ]);
    if (bars.length > 0) throw new Refused(409, 'ORDER_NET_CANCELLED');
    if (intent.usageDay !== null) await bookUsage(tx, intent);
  });
}

async function bookUsage(tx, { contract, usageDay, amount }) {
  const periods = [
    [usageDay.slice(0, 7), contract.monthlyLimit],
    [usageDay, contract.dailyLimit],
  ];
  for (const [period, limit] of periods) {
    await tx.execute('INSERT IGNORE INTO contract_usages (contract_id, period, amount) VALUES (?, ?, 0)', [
      contract.id,
      period,
    ]);
    const [{ affectedRows }] = await tx.execute(
      'UPDATE contract_usages SET amount = amount + ? WHERE contract_id = ? AND period = ? AND (? IS NULL OR amount + ? <= ?)',
      [amount, contract.id, period, limit, amount, limit],
    );
    if (affectedRows !== 1) throw new Refused(422, 'AMOUNT_OVER_CONTRACT_LIMIT');
  }
}

/** Commits what the acquirer answered: payment, attempt, event, movement, transfer. Throws when somebody else closed it first. */
export function closeIntent(pool, intent, { to, reason, outcome, exchange, ...won }) {
  const { id, attemptId, actor } = intent;
  const at = databaseTime(won.at);
  const failed = to === 'FAILED';
  const lost = to === 'REVERSING';
  return transaction(pool, async (tx) => {
    const [{ affectedRows }] = await tx.execute(CLOSE_PAYMENT, [
      ...[to, won.transactionId ?? null, won.card?.approvalNo ?? null, won.card?.issuer ?? null],
      ...[
        won.card?.type ?? null,
        won.card?.ownerType ?? null,
        won.card ? Number(won.card.interestFree) : null,
      ],
      ...[won.failureCode ?? null, failed ? exchange.code : null, failed ? exchange.message : null],
      ...[won.approvedAt ? databaseTime(won.approvedAt) : null, failed ? at : null],
      ...[Number(lost), Number(lost), REVERSAL_LEASE_MS, at, id],
    ]);
    if (affectedRows !== 1) throw new Refused(504, 'ACQUIRER_TIMEOUT', { outcome: 'UNKNOWN', paymentId: id });
    await tx.execute(CLOSE_ATTEMPT, [
      ...[outcome, won.transactionId ?? null, exchange.endpoint, JSON.stringify(exchange.request)],
      ...[exchange.response && JSON.stringify(exchange.response), exchange.httpStatus, exchange.code],
      ...[exchange.message, exchange.latencyMs, at, attemptId],
    ]);
    await tx.execute(INSERT_EVENT, [id, 'IN_PROGRESS', to, actor, reason, null, at]);
    if (to === 'APPROVED') await recordMovement(tx, intent, won);
  });
}

async function recordMovement(tx, { id, mid, amount, content, contract }, { approvedAt, card }) {
  const at = databaseTime(approvedAt);
  await tx.execute(INSERT_MOVEMENT, [
    ...[id, id, mid, content.branchId ?? null, contract.id, contract.acquirer, card.issuer, card.type],
    ...[amount, amount, amount, at, at],
  ]);
  await tx.execute(INSERT_TRANSFER, [id, mid, amount]);
}
