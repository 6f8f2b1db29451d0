import { isDuplicateKey } from '../../../common/db/database-errors';
import type { SqlConnection, SqlPool } from '../../../common/db/pool';
import { retryConflicts } from '../../../common/db/unit-of-work';
import { newId } from '../../../common/ids/id';
import { type EventType, recordEvent } from '../../../common/outbox/outbox';
import { databaseTime } from '../../../common/time/korean-time';
import type { PointsFacade } from '../../points/points.facade';
import { lockPayment, paymentFromRow } from '../payment-rows';
import { assertTransition, type PaymentStatus } from '../payment.state';
import type { Payment } from '../payments.types';
import { wakeReceiptWish } from '../receipts/receipt-wish-rows';
import { accountEvent } from '../virtual-accounts/account-event';
import type { AccountCaseStatus } from '../virtual-accounts/account-case.state';
import type { AccountCase, DueAccount } from '../virtual-accounts/virtual-account.types';
import { accountFromRow } from '../virtual-accounts/virtual-accounts.repository';
import { releaseUsage } from './contract-usage';
import { earnPoints } from './earned-points';
import { insertEvent, insertExchange } from './exchange-record';
import type { Claim, ExchangeRecord } from './journal.types';

type Row = Parameters<typeof paymentFromRow>[0];

/** The acquirer says that all of the money is there. */
export interface Deposit {
  readonly acquirerTransactionId: string;
  readonly depositor: string | null;
  readonly depositedAt: Date;
}

export interface DepositWriter {
  readonly actor: string;
  readonly reason: string;
  readonly at: Date;
}

/** `amount`: won that the acquirer names; null where it names none. */
export interface FoundCase {
  readonly code: AccountCase;
  readonly amount: number | null;
}

const FIRST_STATUS: AccountCaseStatus = 'OPEN';
const WAITING: PaymentStatus = 'WAITING_FOR_DEPOSIT';
const DEPOSITOR_MAX = 60;

/** What becomes of an account that waits. Whoever changes the payment from WAITING_FOR_DEPOSIT first has ended the wait. */
export class DepositJournal {
  constructor(
    private readonly pool: SqlPool,
    private readonly points: PointsFacade,
  ) {}

  /** False when it does not wait any more. */
  deposited(
    paymentId: string,
    deposit: Deposit,
    writer: DepositWriter,
    records: readonly ExchangeRecord[],
  ): Promise<boolean> {
    return this.leaveWaiting(paymentId, { to: 'APPROVED', type: 'virtual_account.deposited' }, writer, {
      records,
      write: async (tx, payment) => {
        const at = databaseTime(deposit.depositedAt);
        await tx.execute('UPDATE payments SET approved_at = ?, acquirer_transaction_id = ? WHERE id = ?', [
          ...[at, deposit.acquirerTransactionId, paymentId],
        ]);
        await tx.execute('UPDATE virtual_accounts SET deposited_at = ?, depositor = ? WHERE payment_id = ?', [
          ...[at, deposit.depositor?.slice(0, DEPOSITOR_MAX) ?? null, paymentId],
        ]);
        await earnPoints(tx, this.points, payment, writer);
        await wakeReceiptWish(tx, paymentId);
      },
    });
  }

  /** Closed or run out, and known at the acquirer to be so. False when it does not wait any more. */
  ended(
    paymentId: string,
    to: 'CANCELLED' | 'EXPIRED',
    writer: DepositWriter,
    records: readonly ExchangeRecord[],
  ): Promise<boolean> {
    const type = to === 'CANCELLED' ? 'virtual_account.closed' : 'virtual_account.expired';
    return this.leaveWaiting(paymentId, { to, type }, writer, {
      records,
      write: async (tx, payment) => {
        await tx.execute('UPDATE virtual_accounts SET ended_at = ? WHERE payment_id = ?', [
          ...[databaseTime(writer.at), paymentId],
        ]);
        await releaseUsage(tx, payment.contractId, payment.amount, payment.usageDay);
      },
    });
  }

  /** The intent of closing it; false when it does not wait any more. `leaseMs`: until the worker may go on with it. */
  requestClose(
    paymentId: string,
    request: { readonly by: string; readonly at: Date; readonly leaseMs: number },
  ): Promise<boolean> {
    return this.whileWaiting('request-close', paymentId, async (tx) => {
      await tx.execute(
        `UPDATE virtual_accounts SET close_requested_at = COALESCE(close_requested_at, ?),
           close_requested_by = COALESCE(close_requested_by, ?),
           check_at = UTC_TIMESTAMP(3) + INTERVAL ? * 1000 MICROSECOND WHERE payment_id = ?`,
        [databaseTime(request.at), request.by, request.leaseMs, paymentId],
      );
    });
  }

  /** The acquirer would not close it: it waits as before, and the worker looks at it in so many milliseconds. */
  withdrawClose(paymentId: string, lookInMs: number, records: readonly ExchangeRecord[]): Promise<boolean> {
    return this.whileWaiting('withdraw-close', paymentId, async (tx) => {
      await tx.execute(
        `UPDATE virtual_accounts SET close_requested_at = NULL, close_requested_by = NULL,
           check_at = UTC_TIMESTAMP(3) + INTERVAL ? * 1000 MICROSECOND WHERE payment_id = ?`,
        [lookInMs, paymentId],
      );
      for (const record of records) await insertExchange(tx, record);
    });
  }

  /**
   * Keeps exchanges that ended nothing and says when to look again. `claimedUntil`: of a look that was claimed; where
   * somebody has set another moment meanwhile, such as one who wants it closed, the earlier of the two stays.
   */
  postpone(
    paymentId: string,
    lookInMs: number,
    records: readonly ExchangeRecord[],
    claimedUntil: string | null = null,
  ): Promise<boolean> {
    return this.whileWaiting('postpone-look', paymentId, async (tx) => {
      await tx.execute(
        `UPDATE virtual_accounts SET check_at = LEAST(UTC_TIMESTAMP(3) + INTERVAL ? * 1000 MICROSECOND,
           IF(? IS NULL OR check_at <=> ?, '9999-12-31', COALESCE(check_at, '9999-12-31'))) WHERE payment_id = ?`,
        [lookInMs, claimedUntil, claimedUntil, paymentId],
      );
      for (const record of records) await insertExchange(tx, record);
    });
  }

  /**
   * Keeps what only a person can put right; true the first time, so that it is alerted once. A payment has one open case
   * at a time, and what a person has closed is not opened again for the same finding. Changes no state.
   */
  async keepCase(paymentId: string, { code, amount }: FoundCase, at: Date): Promise<boolean> {
    try {
      const { affectedRows } = await retryConflicts(() =>
        this.pool.execute<{ affectedRows: number }>(
          `INSERT INTO virtual_account_cases
           (virtual_account_id, payment_id, mid, acquirer, code, amount, status, opened_at)
         SELECT COALESCE((SELECT v.id FROM virtual_accounts v WHERE v.payment_id = p.id),
             (SELECT MIN(k.virtual_account_id) FROM virtual_account_cases k WHERE k.payment_id = p.id), ?),
           p.id, p.mid, p.acquirer, ?, ?, ?, ?
         FROM payments p WHERE p.id = ? AND NOT EXISTS (SELECT 1 FROM virtual_account_cases k
           WHERE k.payment_id = p.id AND (k.status = 'OPEN' OR (k.code = ? AND k.amount <=> ?)))`,
          [newId('vac'), code, amount, FIRST_STATUS, databaseTime(at), paymentId, code, amount],
        ),
      );
      return affectedRows === 1;
    } catch (error) {
      if (isDuplicateKey(error)) return false;
      throw error;
    }
  }

  /** Takes up to `limit` accounts that are to be looked at, for `leaseMs`. */
  claimDue({ limit, leaseMs, without }: Claim): Promise<DueAccount[]> {
    return retryConflicts(() =>
      this.pool.transaction('claim-accounts', async (tx) => {
        const rows = await tx.execute<Row[]>(
          `SELECT v.*, TIMESTAMPDIFF(MICROSECOND, UTC_TIMESTAMP(6), v.due_at) DIV 1000 AS until_due_ms,
             CAST(UTC_TIMESTAMP(3) + INTERVAL ? * 1000 MICROSECOND AS DATETIME(3)) AS claimed_until
           FROM virtual_accounts v WHERE check_at <= UTC_TIMESTAMP(3) AND NOT JSON_CONTAINS(?,
             JSON_QUOTE((SELECT acquirer FROM payments p WHERE p.id = v.payment_id)))
           ORDER BY check_at LIMIT ? FOR UPDATE SKIP LOCKED`,
          [leaseMs, JSON.stringify(without), limit],
        );
        const due: DueAccount[] = [];
        for (const row of rows) {
          const account = accountFromRow(row);
          const { paymentId } = account;
          const claimedUntil = row.claimed_until as string;
          const [found] = await tx.execute<Row[]>('SELECT * FROM payments WHERE id = ?', [paymentId]);
          const payment = found === undefined ? null : paymentFromRow(found);
          const waits = payment?.status === WAITING;
          await tx.execute(
            `UPDATE virtual_accounts SET check_tries = check_tries + 1,
               check_at = IF(?, CAST(? AS DATETIME(3)), NULL) WHERE payment_id = ?`,
            [Number(waits), claimedUntil, paymentId],
          );
          const untilDueMs = Number(row.until_due_ms);
          const pastDue = untilDueMs <= 0;
          if (waits && payment !== null) due.push({ account, payment, untilDueMs, pastDue, claimedUntil });
        }
        return due;
      }),
    );
  }

  private leaveWaiting(
    paymentId: string,
    change: { to: Extract<PaymentStatus, 'APPROVED' | 'CANCELLED' | 'EXPIRED'>; type: AccountEventType },
    writer: DepositWriter,
    { records, write }: { records: readonly ExchangeRecord[]; write: WriteOf },
  ): Promise<boolean> {
    assertTransition(WAITING, change.to);
    return this.whileWaiting('leave-waiting', paymentId, async (tx, payment) => {
      const { actor, reason, at } = writer;
      await tx.execute('UPDATE payments SET status = ?, version = version + 1, updated_at = ? WHERE id = ?', [
        ...[change.to, databaseTime(at), paymentId],
      ]);
      await tx.execute('UPDATE virtual_accounts SET check_at = NULL WHERE payment_id = ?', [paymentId]);
      await write(tx, payment);
      for (const record of records) await insertExchange(tx, record);
      await insertEvent(tx, {
        ...{ paymentId, from: WAITING, to: change.to, actor, reason, cancelId: null, at },
        amount: payment.amount,
      });
      await recordEvent(tx, await accountEvent(tx, payment, change.type, at));
    });
  }

  /** Under the payment's row lock, which every write to it takes first. */
  private whileWaiting(name: string, paymentId: string, write: WriteOf): Promise<boolean> {
    return retryConflicts(() =>
      this.pool.transaction(name, async (tx) => {
        const payment = await lockPayment(tx, paymentId);
        if (payment?.status !== WAITING) return false;
        await write(tx, payment);
        return true;
      }),
    );
  }
}

type WriteOf = (tx: SqlConnection, payment: Payment) => Promise<void>;
type AccountEventType = Extract<EventType, `virtual_account.${string}`>;
