import { wellFormedJson } from '../../../common/text/well-formed';
import { signalOf } from '../../../common/db/database-errors';
import type { SqlConnection, SqlPool } from '../../../common/db/pool';
import { SerialByKey } from '../../../common/db/serial-by-key';
import { retryConflicts } from '../../../common/db/unit-of-work';
import type { PaymentPointsBook } from '../../points/points.facade';
import { cardPartOf } from '../approval-intent';
import { closingRow, intentRow } from './approval-rows';
import {
  CLOSE_STATEMENTS,
  INSERT_INTENT_ATTEMPTS,
  INSERT_INTENT_EVENTS,
  INSERT_INTENT_PAYMENTS,
  REFUSE_BARRED,
} from './approval-sql';
import { bookUsage, releaseUsage } from './contract-usage';
import type { ApprovalClosing, ApprovalIntent, ApprovalPoints, OpenResult } from './journal.types';

/** Roll their transaction back; never leave the journal. */
class OverLimit extends Error {}
class PointsShort extends Error {}

/** Whether an intent does more than be written: it counts towards a limit, or sets points aside. */
export function opensAlone({ limits, points }: ApprovalIntent): boolean {
  return limits !== null || (points !== null && points.pointAmount > 0);
}

/** Whether an outcome does: points are used, earned or freed, or a limit gets its amount back. */
export function closesAlone({ to, usageDay, points }: ApprovalClosing): boolean {
  if (to === 'APPROVED') return points !== null;
  return to === 'FAILED' && (usageDay !== null || (points !== null && points.pointAmount > 0));
}

/** Of one customer, in this process: many more than can be under way at once. */
const WAITING_MAX = 5_000;

/**
 * The writes of approvals that lock more than their own rows. Each has a transaction to itself, so that nobody else's
 * approval waits for a contract's limit or a customer's points.
 */
export class LoneApprovals {
  /** Those of one customer wait for each other here, not on connections that everybody's approvals need. */
  private readonly customers = new SerialByKey(WAITING_MAX);

  constructor(
    private readonly pool: SqlPool,
    private readonly book: PaymentPointsBook,
  ) {}

  open(intent: ApprovalIntent): Promise<OpenResult> {
    return this.inTurn(intent, () => this.runOpen(intent)).catch(refusedAs);
  }

  private runOpen(intent: ApprovalIntent): Promise<OpenResult> {
    return retryConflicts(() =>
      this.pool.transaction('open-lone-intent', async (tx): Promise<OpenResult> => {
        await tx.query('SET @rows = ?', [wellFormedJson([intentRow(intent)])]);
        const inserted = await tx.query<{ id: string }[]>(INSERT_INTENT_PAYMENTS);
        if (inserted.length === 0) return { kind: 'EXISTS' };
        await tx.query(INSERT_INTENT_ATTEMPTS);
        await tx.query(INSERT_INTENT_EVENTS);
        await tx.query(`BEGIN NOT ATOMIC ${REFUSE_BARRED}; END`);
        await this.take(tx, intent);
        return { kind: 'OPENED', version: 1 };
      }),
    );
  }

  /** What an intent takes beside its own rows; throws OverLimit or PointsShort. */
  async take(tx: SqlConnection, intent: ApprovalIntent): Promise<void> {
    await this.count(tx, intent);
    const { paymentId, points, actor, at } = intent;
    if (points === null || points.pointAmount === 0) return;
    await tx.execute('UPDATE payments SET point_amount = ? WHERE id = ?', [points.pointAmount, paymentId]);
    if (!(await this.book.hold(tx, { ...points, paymentId, actor, at }, points))) throw new PointsShort();
  }

  /** Counts its card part towards its contract's limits; throws OverLimit. */
  async count(tx: SqlConnection, intent: ApprovalIntent): Promise<void> {
    const { contractId, limits } = intent;
    if (limits !== null && !(await bookUsage(tx, contractId, cardPartOf(intent).amount, limits))) {
      throw new OverLimit();
    }
  }

  /** Throws the signal STATE_CONFLICT when somebody else has taken the payment over. */
  close(closing: ApprovalClosing): Promise<void> {
    return this.inTurn(closing, () => this.runClose(closing));
  }

  private inTurn<T>({ points }: { points: ApprovalPoints | null }, work: () => Promise<T>): Promise<T> {
    return points === null ? work() : this.customers.run(`${points.mid} ${points.customerKey}`, work);
  }

  private runClose(closing: ApprovalClosing): Promise<void> {
    const { paymentId, points, actor, at } = closing;
    return retryConflicts(() =>
      this.pool.transaction('close-lone-approval', async (tx) => {
        await tx.query('SET @rows = ?', [wellFormedJson([closingRow(closing)])]);
        await tx.query(`BEGIN NOT ATOMIC ${CLOSE_STATEMENTS} END`, [1]);
        if (closing.to === 'FAILED') {
          const [payment] = await tx.execute<{ contract_id: string; card_amount: number }[]>(
            'SELECT contract_id, amount - point_amount AS card_amount FROM payments WHERE id = ?',
            [paymentId],
          );
          if (payment)
            await releaseUsage(tx, payment.contract_id, Number(payment.card_amount), closing.usageDay);
          if (points !== null) await this.book.declined(tx, paymentId, { actor, at });
        }
        if (closing.to === 'APPROVED' && points !== null) {
          await this.book.approved(tx, { ...points, paymentId, actor, at }, points);
        }
      }),
    );
  }
}

/** What a refused intent's error tells its caller; throws every other error on. */
export function refusedAs(error: unknown): OpenResult {
  if (error instanceof OverLimit) return { kind: 'OVER_LIMIT' };
  if (error instanceof PointsShort) return { kind: 'POINTS_SHORT' };
  if (signalOf(error) === 'ORDER_BARRED') return { kind: 'BARRED' };
  throw error;
}
