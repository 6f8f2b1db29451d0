import type { Exchange } from '../../../acquirers/port/acquirer.types';
import { isDuplicateKey } from '../../../common/db/database-errors';
import type { SqlConnection, SqlPool } from '../../../common/db/pool';
import { retryConflicts } from '../../../common/db/unit-of-work';
import { databaseTime } from '../../../common/time/korean-time';
import type { PointsFacade } from '../../points/points.facade';
import { assertTransition, type PaymentStatus } from '../payment.state';
import { lockPayment } from '../payment-rows';
import type { AttemptOutcome, FailureCode, Payment } from '../payments.types';
import { wakeReceiptWish } from '../receipts/receipt-wish-rows';
import { exchangeColumns } from './approval-rows';
import { bookUsage, releaseUsage } from './contract-usage';
import { earnPoints } from './earned-points';
import { insertEvent } from './exchange-record';
import type { ContractLimits } from './journal.types';

export interface ConfirmIntent {
  readonly payment: Payment;
  readonly attemptId: string;
  /** The acquirer's id of what the payer paid, where it is known before the call. */
  readonly acquirerTransactionId: string | null;
  readonly limits: ContractLimits | null;
  /** SHA-256 of what may be brought for one checkout only; null where the acquirer has no such thing. */
  readonly proofHash: Buffer | null;
  /** Milliseconds after which a worker may take the confirm for abandoned and undo it. */
  readonly dueInMs: number;
  readonly actor: string;
  readonly at: Date;
}

export type BeginConfirm =
  | { readonly kind: 'BEGUN'; readonly payment: Payment }
  | { readonly kind: 'OVER_LIMIT' }
  /** Another checkout has brought the same proof. */
  | { readonly kind: 'PROOF_USED' }
  /** It is not CREATED any more: somebody else confirmed, failed or expired it. */
  | { readonly kind: 'LOST' };

/** How a confirm ended. `payment` is the one that BEGUN gave: its version is the fence. */
export interface ConfirmClosing {
  readonly payment: Payment;
  readonly to: Extract<
    PaymentStatus,
    'APPROVED' | 'FAILED' | 'REVERSING' | 'CREATED' | 'WAITING_FOR_DEPOSIT'
  >;
  readonly outcome: AttemptOutcome;
  readonly exchange: Exchange;
  /** What changes beside the state; absent members stay as they are. */
  readonly set: {
    readonly acquirerTransactionId?: string | null;
    readonly acquirerOrderNo?: string;
    readonly method?: string;
    readonly approvalNo?: string;
    readonly cardIssuer?: string;
    readonly cardType?: string;
    readonly cardOwnerType?: string;
    readonly interestFree?: boolean;
    readonly approvedAt?: Date;
    readonly failureCode?: FailureCode;
  };
  /** For REVERSING: milliseconds until a worker may take over. */
  readonly dueInMs: number | null;
  readonly actor: string;
  readonly reason: string;
  readonly at: Date;
}

/** The two writes of a confirm: intent before the call, outcome after it. */
export class ConfirmJournal {
  constructor(
    private readonly pool: SqlPool,
    private readonly points: PointsFacade,
  ) {}

  begin(intent: ConfirmIntent): Promise<BeginConfirm> {
    return retryConflicts(() =>
      this.pool.transaction('begin-confirm', async (tx): Promise<BeginConfirm> => {
        const { payment, attemptId, at } = intent;
        const { affectedRows } = await tx.execute<{ affectedRows: number }>(
          `UPDATE payments SET status = 'IN_PROGRESS', version = version + 1, attempt_id = ?,
             attempt_count = attempt_count + 1, acquirer_transaction_id = ?, usage_day = ?, updated_at = ?,
             due_at = UTC_TIMESTAMP(3) + INTERVAL ? * 1000 MICROSECOND
           WHERE id = ? AND status = 'CREATED' AND version = ?`,
          [
            ...[attemptId, intent.acquirerTransactionId, intent.limits?.day ?? null, databaseTime(at)],
            ...[intent.dueInMs, payment.paymentId, payment.version],
          ],
        );
        if (affectedRows !== 1) return { kind: 'LOST' };
        if (intent.proofHash !== null) await bindProof(tx, payment.paymentId, intent.proofHash);
        await tx.execute(
          `INSERT INTO payment_attempts (id, payment_id, operation, outcome, acquirer, contract_id, acquirer_order_no,
             acquirer_transaction_id, started_at)
           VALUES (?, ?, 'APPROVE', 'SENDING', ?, ?, ?, ?, ?)`,
          [
            ...[attemptId, payment.paymentId, payment.acquirer, payment.contractId, payment.acquirerOrderNo],
            ...[intent.acquirerTransactionId, databaseTime(at)],
          ],
        );
        const { actor } = intent;
        const reason = 'confirm requested';
        const { amount, paymentId } = payment;
        await insertEvent(tx, {
          ...{ paymentId, from: 'CREATED', to: 'IN_PROGRESS', actor, reason, cancelId: null, amount, at },
        });
        if (intent.limits !== null && !(await bookUsage(tx, payment.contractId, amount, intent.limits))) {
          throw new OverLimit();
        }
        return {
          kind: 'BEGUN',
          payment: {
            ...payment,
            status: 'IN_PROGRESS',
            version: payment.version + 1,
            attemptId,
            attemptCount: payment.attemptCount + 1,
            acquirerTransactionId: intent.acquirerTransactionId,
            usageDay: intent.limits?.day ?? null,
          },
        };
      }),
    ).catch((error: unknown): BeginConfirm => {
      if (error instanceof OverLimit) return { kind: 'OVER_LIMIT' };
      if (error instanceof ProofUsed) return { kind: 'PROOF_USED' };
      throw error;
    });
  }

  /**
   * The payment as it stands after it, or null when the fence was passed: somebody has begun to undo it. `alongside`
   * is written in the same transaction.
   */
  close(
    closing: ConfirmClosing,
    alongside: (tx: SqlConnection) => Promise<void> = () => Promise.resolve(),
  ): Promise<Payment | null> {
    assertTransition('IN_PROGRESS', closing.to);
    return retryConflicts(() =>
      this.pool.transaction('close-confirm', async (tx) => {
        const { payment, to } = closing;
        if (!(await movePayment(tx, closing))) return null;
        await closeAttempt(tx, closing);
        const { actor, reason, at } = closing;
        const { paymentId } = payment;
        await insertEvent(tx, {
          paymentId,
          from: 'IN_PROGRESS',
          to,
          actor,
          reason,
          cancelId: null,
          amount: null,
          at,
        });
        if (givesUsageBack(to)) {
          await releaseUsage(tx, payment.contractId, payment.amount, payment.usageDay);
        }
        if (to === 'APPROVED') await startAcknowledgement(tx, paymentId);
        else if (to !== 'CREATED')
          await tx.execute('UPDATE checkouts SET due_at = NULL WHERE payment_id = ?', [paymentId]);
        await alongside(tx);
        const after = await lockPayment(tx, paymentId);
        if (to === 'APPROVED' && after !== null) {
          await earnPoints(tx, this.points, after, closing);
          if (after.method === 'BANK_TRANSFER') await wakeReceiptWish(tx, paymentId);
        }
        return after;
      }),
    );
  }

  /** Money came for a checkout that had ended already: it goes back. Null when the state is another. */
  undoLate(
    payment: Payment,
    late: {
      readonly acquirerTransactionId: string;
      readonly leaseMs: number;
      readonly actor: string;
      readonly at: Date;
    },
  ): Promise<Payment | null> {
    return retryConflicts(() =>
      this.pool.transaction('undo-late', async (tx) => {
        const { paymentId, version, status: from } = payment;
        if (payment.channel !== 'WINDOW' || (from !== 'FAILED' && from !== 'EXPIRED')) return null;
        assertTransition(from, 'REVERSING');
        const { affectedRows } = await tx.execute<{ affectedRows: number }>(
          `UPDATE payments SET status = 'REVERSING', version = version + 1, acquirer_transaction_id = ?,
             unknown_since = UTC_TIMESTAMP(3), due_at = UTC_TIMESTAMP(3) + INTERVAL ? * 1000 MICROSECOND, updated_at = ?
           WHERE id = ? AND status = ? AND version = ?`,
          [late.acquirerTransactionId, late.leaseMs, databaseTime(late.at), paymentId, from, version],
        );
        if (affectedRows !== 1) return null;
        const reason = 'paid after it had ended';
        const { actor, at } = late;
        await insertEvent(tx, {
          ...{ paymentId, from, to: 'REVERSING', actor, reason, cancelId: null, amount: payment.amount, at },
        });
        return lockPayment(tx, paymentId);
      }),
    );
  }
}

/** Throws ProofUsed where another checkout at this acquirer has it. */
async function bindProof(tx: SqlConnection, paymentId: string, proofHash: Buffer): Promise<void> {
  try {
    await tx.execute('UPDATE checkouts SET proof_hash = ? WHERE payment_id = ?', [proofHash, paymentId]);
  } catch (error) {
    throw isDuplicateKey(error) ? new ProofUsed() : error;
  }
}

/** Given back once, so the day is forgotten with it: money that comes late is undone from FAILED or EXPIRED. */
function givesUsageBack(to: PaymentStatus): boolean {
  return to === 'FAILED' || to === 'CREATED';
}

/** CAS on the payment's version; false when somebody else has moved it. */
async function movePayment(tx: SqlConnection, closing: ConfirmClosing): Promise<boolean> {
  const { payment, to, at } = closing;
  const kept = exchangeColumns(closing.exchange);
  const failed = to === 'FAILED';
  const { affectedRows } = await tx.execute<{ affectedRows: number }>(
    `UPDATE payments SET status = ?, version = version + 1,
       acquirer_transaction_id = COALESCE(?, acquirer_transaction_id),
       acquirer_order_no = COALESCE(?, acquirer_order_no), method = COALESCE(?, method), approval_no = ?,
       card_issuer = ?, card_type = ?, card_owner_type = ?, interest_free = ?, approved_at = ?, failure_code = ?,
       failure_acquirer_code = ?, failure_acquirer_message = ?, failed_at = IF(?, ?, NULL),
       unknown_since = IF(? = 'REVERSING', UTC_TIMESTAMP(3), NULL),
       due_at = IF(? IS NULL, NULL, UTC_TIMESTAMP(3) + INTERVAL ? * 1000 MICROSECOND), updated_at = ?,
       usage_day = IF(?, NULL, usage_day)
     WHERE id = ? AND status = 'IN_PROGRESS' AND version = ?`,
    [
      to,
      ...setColumns(closing.set),
      ...[failed ? kept.code : null, failed ? kept.message : null, Number(failed), databaseTime(at), to],
      ...[closing.dueInMs, closing.dueInMs ?? 0, databaseTime(at), Number(givesUsageBack(to))],
      ...[payment.paymentId, payment.version],
    ],
  );
  return affectedRows === 1;
}

function setColumns(set: ConfirmClosing['set']): (string | number | null)[] {
  const or = (value: string | null | undefined) => value ?? null;
  return [
    ...[or(set.acquirerTransactionId), or(set.acquirerOrderNo), or(set.method), or(set.approvalNo)],
    ...[or(set.cardIssuer), or(set.cardType), or(set.cardOwnerType)],
    set.interestFree === undefined ? null : Number(set.interestFree),
    set.approvedAt === undefined ? null : databaseTime(set.approvedAt),
    or(set.failureCode),
  ];
}

async function closeAttempt(
  tx: SqlConnection,
  { payment, outcome, exchange, set, at }: ConfirmClosing,
): Promise<void> {
  const kept = exchangeColumns(exchange);
  await tx.execute(
    `UPDATE payment_attempts SET outcome = ?, acquirer_transaction_id = COALESCE(?, acquirer_transaction_id),
       endpoint = ?, request_masked = ?, response_masked = ?, http_status = ?, code = ?, message = ?,
       latency_ms = ?, finished_at = ? WHERE id = ? AND outcome = 'SENDING'`,
    [
      ...[outcome, set.acquirerTransactionId ?? null, kept.endpoint, kept.request, kept.response],
      ...[kept.http_status, kept.code, kept.message, kept.latency_ms, databaseTime(at), payment.attemptId],
    ],
  );
}

/** From the approval on the merchant's time to acknowledge runs, where it asked for that. */
async function startAcknowledgement(tx: SqlConnection, paymentId: string): Promise<void> {
  await tx.execute(
    `UPDATE checkouts SET due_at = IF(acknowledge_within_seconds IS NULL, NULL,
       UTC_TIMESTAMP(3) + INTERVAL acknowledge_within_seconds SECOND) WHERE payment_id = ?`,
    [paymentId],
  );
}

/* Each rolls the transaction back and never leaves the journal. */
class OverLimit extends Error {}
class ProofUsed extends Error {}
