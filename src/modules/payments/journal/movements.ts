import type { SqlConnection } from '../../../common/db/pool';
import type { LedgerAccount, MovementKind } from '../../ledger/ledger.types';

/*
 * Every won that moves is written down in the transaction that learns of it: a row of `transactions`, which settlement
 * and history read, and its balanced transfer in the ledger. Both are append-only and unique by what they record.
 */

const RECEIVABLE: LedgerAccount = 'ACQUIRER_RECEIVABLE';
const PAYABLE: LedgerAccount = 'MERCHANT_PAYABLE';

/** Milliseconds after midnight in which a movement that happened before it still belongs to the day before. */
export const CAPTURE_GRACE_MS = 300_000;

const TODAY = 'DATE(UTC_TIMESTAMP(3) + INTERVAL 9 HOUR)';
const OPEN_DAY = `DATE(UTC_TIMESTAMP(3) + INTERVAL 9 HOUR - INTERVAL ${CAPTURE_GRACE_MS / 1000} SECOND)`;

/**
 * The Korean day that a movement is captured on: the day it happened, or, where that day may have been settled already,
 * the day it became known. So a day that is over gets no more rows, and its settlement can be run again for ever.
 */
const capturedDay = (at: string) => `LEAST(GREATEST(DATE(${at} + INTERVAL 9 HOUR), ${OPEN_DAY}), ${TODAY})`;

const INSERT = `INSERT INTO transactions (kind, source_id, payment_id, mid, branch_id, contract_id, acquirer, method,
  card_issuer, card_type, amount, settled_amount, left_before, left_after, captured_day, occurred_at)`;
const OF_PAYMENT =
  'p.id, p.mid, p.branch_id, p.contract_id, p.acquirer, p.method, p.card_issuer, p.card_type';

const transferInto = (kind: MovementKind, debit: LedgerAccount, credit: LedgerAccount) =>
  `INSERT INTO ledger_transfers (kind, source_id, mid, debit_account, credit_account, amount)
   SELECT '${kind}', p.id, p.mid, '${debit}', '${credit}', p.amount - p.point_amount`;

const APPROVAL = `${INSERT}
SELECT 'APPROVAL', p.id, ${OF_PAYMENT}, p.amount, p.amount - p.point_amount, 0, p.amount - p.point_amount,
  ${capturedDay('p.approved_at')}, p.approved_at`;
const APPROVAL_TRANSFER = transferInto('APPROVAL', RECEIVABLE, PAYABLE);

/** For a statement that knows its payments as `j.id`; after them, within its transaction. */
export const recordApprovals = (approved: string) => `
${APPROVAL}
FROM ${approved} STRAIGHT_JOIN payments p ON p.id = j.id WHERE j.to_status = 'APPROVED';
${APPROVAL_TRANSFER}
FROM ${approved} STRAIGHT_JOIN payments p ON p.id = j.id WHERE j.to_status = 'APPROVED';`;

/** Whether a movement is there already; `t` is its row. */
const recorded = (kind: MovementKind, source: string) =>
  `LEFT JOIN transactions t ON t.source_id = ${source} AND t.kind = '${kind}'`;

/** An approval that a process of the version before movements has written, which knew of none. */
const MISSED_APPROVAL = `${APPROVAL} FROM payments p ${recorded('APPROVAL', 'p.id')}
WHERE p.id = ? AND p.approved_at IS NOT NULL AND t.seq IS NULL`;

/**
 * The payment's cancels that are done and not among its movements: the one that was just ended, after those of a process
 * of the version before. Left is the card's part after all cancels up to it. Never captured before its approval,
 * whatever the acquirer's clock says: a cancel's fee is reckoned by its approval's line.
 */
const CANCELS = `${INSERT}
SELECT 'CANCEL', c.id, ${OF_PAYMENT}, -c.amount, -(c.amount - c.point_amount),
  p.amount - p.point_amount - c.done + c.amount - c.point_amount, p.amount - p.point_amount - c.done,
  GREATEST(${capturedDay('c.cancelled_at')}, a.captured_day), c.cancelled_at
FROM (SELECT id, payment_id, amount, point_amount, cancelled_at, balance_after,
        SUM(amount - point_amount) OVER (ORDER BY balance_after DESC, id) AS done
      FROM payment_cancels WHERE payment_id = ? AND status = 'DONE') c
JOIN payments p ON p.id = c.payment_id
JOIN transactions a ON a.source_id = p.id AND a.kind = 'APPROVAL'
${recorded('CANCEL', 'c.id')} WHERE t.seq IS NULL ORDER BY c.balance_after DESC, c.id`;

const REVERSAL = `${INSERT}
SELECT 'REVERSAL', p.id, ${OF_PAYMENT}, -p.amount, -(p.amount - p.point_amount), p.amount - p.point_amount, 0,
  GREATEST(${capturedDay('p.updated_at')}, a.captured_day), p.updated_at
FROM payments p JOIN transactions a ON a.source_id = p.id AND a.kind = 'APPROVAL'
${recorded('REVERSAL', 'p.id')} WHERE p.id = ? AND t.seq IS NULL`;

/** Of every movement of the payment that has none; points alone move no won. */
const TRANSFERS = `INSERT INTO ledger_transfers (kind, source_id, mid, debit_account, credit_account, amount)
SELECT t.kind, t.source_id, t.mid, IF(t.kind = 'APPROVAL', '${RECEIVABLE}', '${PAYABLE}'),
  IF(t.kind = 'APPROVAL', '${PAYABLE}', '${RECEIVABLE}'), ABS(t.settled_amount)
FROM transactions t LEFT JOIN ledger_transfers l ON l.source_id = t.source_id AND l.kind = t.kind
WHERE t.payment_id = ? AND t.settled_amount <> 0 AND l.id IS NULL ORDER BY t.seq`;

interface StateChange {
  readonly paymentId: string;
  readonly from: string | null;
  readonly to: string;
  readonly cancelId: string | null;
}

/** After the rows of the payment and its cancel were written, in the same transaction and under the payment's lock. */
export async function recordMovement(tx: SqlConnection, change: StateChange): Promise<void> {
  const { paymentId, from, to, cancelId } = change;
  const isReversal = from === 'APPROVED' && to === 'REVERSING';
  if (cancelId !== null || isReversal) {
    await tx.execute(MISSED_APPROVAL, [paymentId]);
    await tx.execute(isReversal ? REVERSAL : CANCELS, [paymentId]);
    await tx.execute(TRANSFERS, [paymentId]);
  } else if (to === 'APPROVED') {
    await tx.execute(`${APPROVAL} FROM payments p WHERE p.id = ?`, [paymentId]);
    await tx.execute(`${APPROVAL_TRANSFER} FROM payments p WHERE p.id = ?`, [paymentId]);
  }
}
