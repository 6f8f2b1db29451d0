import { Inject, Injectable } from '@nestjs/common';
import type { ApprovalReference, Channel } from '../../../acquirers/port/acquirer.types';
import { places } from '../../../common/db/places';
import { SqlPool, type SqlValue } from '../../../common/db/pool';
import { timeOfId } from '../../../common/ids/id';
import { wonFromDatabase } from '../../../common/money/won';
import { fromDatabaseTime } from '../../../common/time/korean-time';
import { RECONCILIATION_POOL } from '../reconciliation-pool';
import type { ReconciliationRun } from '../reconciliation.types';
import type { AskedPayment } from './inquiry.policy';
import type { Slice } from './suspects.repository';

type Row = Readonly<Record<string, SqlValue>>;

/** A payment as it is asked about, and as our book has it. */
export interface AskedOrder {
  readonly own: AskedPayment;
  readonly reference: ApprovalReference;
  /** Since when its outcome, or that of a cancel, is not known; null where everything is. */
  readonly openSince: Date | null;
}

/** Whose money moved within a slice, and what was asked for in it and came to nothing: nothing may be left of that there. */
const OF_SLICE = `
SELECT t.payment_id AS id FROM transactions t FORCE INDEX (ix_transactions_merchant)
WHERE t.mid = ? AND t.kind IN ('APPROVAL', 'CANCEL', 'REVERSAL') AND t.contract_id = ? AND t.occurred_at >= ?
  AND t.occurred_at < ? AND t.settled_amount <> 0
UNION
SELECT p.id FROM payments p FORCE INDEX (ix_payments_mid_created)
WHERE p.mid = ? AND p.contract_id = ? AND p.created_at >= ? AND p.created_at < ? AND p.attempt_id <> ''
  AND p.status IN ('FAILED', 'EXPIRED', 'REVERSING', 'REVERSED')
  AND (p.acquirer_transaction_id IS NOT NULL OR p.channel IN ('KEY_IN', 'BILLING'))`;

const ORDER = `
SELECT p.*, COALESCE(m.charged, 0) AS charged, COALESCE(m.balance, 0) AS balance,
  (SELECT MIN(c.requested_at) FROM payment_cancels c WHERE c.payment_id = p.id AND c.status = 'IN_PROGRESS')
    AS cancel_open_since
FROM payments p LEFT JOIN (SELECT payment_id, SUM(kind = 'APPROVAL') AS charged, SUM(settled_amount) AS balance
  FROM transactions WHERE payment_id IN (#) GROUP BY payment_id) m ON m.payment_id = p.id
WHERE p.id IN (#)`;

/** Orders of a day of an acquirer that has no list. */
@Injectable()
export class AskedOrders {
  constructor(@Inject(RECONCILIATION_POOL) private readonly pool: SqlPool) {}

  async within({ mid, contractId }: ReconciliationRun, slice: Slice): Promise<string[]> {
    const place = [mid, contractId, ...slice];
    const rows = await this.pool.execute<{ id: string }[]>(OF_SLICE, [...place, ...place]);
    return rows.map(({ id }) => id);
  }

  async read(paymentIds: readonly string[]): Promise<AskedOrder[]> {
    if (paymentIds.length === 0) return [];
    const sql = ORDER.replaceAll('#', places(paymentIds));
    const rows = await this.pool.use((connection) =>
      connection.query<Row[]>(sql, [...paymentIds, ...paymentIds]),
    );
    return rows.map(orderFromRow);
  }
}

const OPEN_STATES: readonly SqlValue[] = ['CREATED', 'IN_PROGRESS', 'REVERSING', 'WAITING_FOR_DEPOSIT'];

function orderFromRow(row: Row): AskedOrder {
  const won = (name: string) => wonFromDatabase(row[name] as string | number);
  const acquirerOrderNo = String(row.acquirer_order_no);
  const acquirerTransactionId =
    row.acquirer_transaction_id === null ? null : String(row.acquirer_transaction_id);
  const amount = won('amount') - won('point_amount');
  const attemptId = String(row.attempt_id);
  const open = OPEN_STATES.includes(row.status!)
    ? (row.unknown_since ?? row.updated_at)
    : row.cancel_open_since;
  return {
    own: {
      ...{ paymentId: String(row.id), state: String(row.status), acquirerOrderNo, acquirerTransactionId },
      ...{ isCharged: Number(row.charged) > 0, amount, balanceAmount: won('balance') },
    },
    reference: {
      ...{ acquirerOrderNo, acquirerTransactionId, amount, channel: row.channel as Channel },
      requestedAt: attemptId === '' ? fromDatabaseTime(String(row.created_at)) : timeOfId(attemptId),
    },
    openSince: open === null || open === undefined ? null : fromDatabaseTime(String(open)),
  };
}
