import { Inject, Injectable } from '@nestjs/common';
import { SqlPool, type SqlValue } from '../../../common/db/pool';
import { places } from '../../../common/db/places';
import { wonFromDatabase } from '../../../common/money/won';
import {
  databaseTime,
  fromDatabaseTime,
  koreanDay,
  startOfKoreanDay,
} from '../../../common/time/korean-time';
import { TABLES } from '../lists/listed-rows.repository';
import { RECONCILIATION_POOL } from '../reconciliation-pool';
import type { ListName, MovementKind, ReconciliationRun } from '../reconciliation.types';
import type { TheirLine } from './settled.policy';

type Row = Readonly<Record<string, SqlValue>>;
/** Half-open, as the database writes times. */
export type Slice = readonly [from: string, until: string];

/** A day is compared in so many parts, so that no statement sorts a whole day. */
const SLICES = 24;

/** A payment of ours that has no id of the acquirer's goes by its own. */
export const OWN_ID = '?';

export function slicesOf(day: string): Slice[] {
  const start = startOfKoreanDay(day).getTime();
  const at = (slice: number) => databaseTime(new Date(start + slice * (86_400_000 / SLICES)));
  return Array.from({ length: SLICES }, (_, slice) => [at(slice), at(slice + 1)] as const);
}

const OWN = `FROM transactions t FORCE INDEX (ix_transactions_merchant) JOIN payments p ON p.id = t.payment_id
  WHERE t.mid = ? AND t.kind IN ('APPROVAL', 'CANCEL', 'REVERSAL') AND t.contract_id = ? AND t.occurred_at >= ?
    AND t.occurred_at < ? AND t.settled_amount <> 0`;

/** By set: what is equal on both sides cancels out, and only what is left is looked at one by one. */
const unequal = (list: ListName) => `
SELECT DISTINCT x.transaction_id FROM (
  SELECT y.transaction_id FROM (
    SELECT m.acquirer_transaction_id AS transaction_id, m.kind, m.amount, 1 AS n FROM ${TABLES[list]} m
    WHERE m.contract_id = ? AND m.occurred_at >= ? AND m.occurred_at < ? AND m.withdrawn_at IS NULL
    UNION ALL
    SELECT COALESCE(p.acquirer_transaction_id, CONCAT('${OWN_ID}', p.id)), IF(t.kind = 'APPROVAL', 'APPROVAL', 'CANCEL'),
      ABS(t.settled_amount), -1 ${OWN}) y
  GROUP BY y.transaction_id, y.kind, y.amount HAVING SUM(y.n) <> 0) x`;

/** Lines that do not add up, or whose fee is not what we reckon. */
const FEES = `
SELECT DISTINCT s.acquirer_transaction_id AS transaction_id FROM acquirer_settlement_lines s
LEFT JOIN payments p ON p.acquirer_transaction_id = s.acquirer_transaction_id AND p.acquirer = ?
LEFT JOIN transactions t ON t.payment_id = p.id AND (t.kind = 'APPROVAL') = (s.kind = 'APPROVAL')
  AND ABS(t.settled_amount) = s.amount
LEFT JOIN settlement_lines l ON l.transaction_seq = t.seq AND l.acquirer_cost_ppm > 0
WHERE s.contract_id = ? AND s.occurred_at >= ? AND s.occurred_at < ? AND s.withdrawn_at IS NULL
  AND (IF(s.kind = 'APPROVAL', s.amount, -s.amount) <> s.fee + s.vat + s.net OR ABS(l.acquirer_cost - s.fee) > ?)`;

/** Finds the payments on which the two sides do not say the same, and what was listed of them. */
@Injectable()
export class Suspects {
  constructor(@Inject(RECONCILIATION_POOL) private readonly pool: SqlPool) {}

  /** The acquirer's ids of payments that differ within the slice; near its edges also of ones that do not. */
  async within(run: ReconciliationRun, [from, until]: Slice, feeTolerance: number): Promise<string[]> {
    const { list, contractId, mid, acquirer } = run;
    const rows = await this.pool.execute<{ transaction_id: string }[]>(unequal(list), [
      ...[contractId, from, until],
      ...[mid, contractId, from, until],
    ]);
    if (list === 'SETTLEMENTS') {
      const values = [acquirer, contractId, from, until, feeTolerance];
      rows.push(...(await this.pool.execute<{ transaction_id: string }[]>(FEES, values)));
    }
    return [...new Set(rows.map(({ transaction_id: id }) => id))];
  }

  /** How many movements of ours there are on the run's day. */
  async countOwn({ mid, contractId, day }: ReconciliationRun): Promise<number> {
    const slices = slicesOf(day);
    const [row] = await this.pool.execute<{ n: number | string }[]>(`SELECT COUNT(*) AS n ${OWN}`, [
      ...[mid, contractId, slices[0]![0], slices.at(-1)![1]],
    ]);
    return Number(row!.n);
  }

  /** What was listed of these payments, on whatever day. Of movements, fee, VAT and net are 0. */
  async listed(run: ReconciliationRun, ids: readonly string[]): Promise<Map<string, TheirLine[]>> {
    const found = new Map<string, TheirLine[]>();
    if (ids.length === 0) return found;
    const rows = await this.pool.use((connection) =>
      connection.query<Row[]>(
        `SELECT m.* FROM ${TABLES[run.list]} m WHERE m.contract_id = ? AND m.withdrawn_at IS NULL
           AND m.acquirer_transaction_id IN (${places(ids)})`,
        [run.contractId, ...ids],
      ),
    );
    for (const row of rows) {
      const line = lineFromRow(row);
      found.set(line.acquirerTransactionId, [...(found.get(line.acquirerTransactionId) ?? []), line]);
    }
    return found;
  }
}

function lineFromRow(row: Row): TheirLine {
  const won = (name: string) => wonFromDatabase((row[name] ?? 0) as string | number);
  const at = fromDatabaseTime(String(row.occurred_at));
  return {
    movementKey: String(row.movement_key),
    kind: row.kind as MovementKind,
    acquirerOrderNo: String(row.acquirer_order_no),
    acquirerTransactionId: String(row.acquirer_transaction_id),
    amount: won('amount'),
    at,
    day: koreanDay(at),
    ...{ fee: won('fee'), vat: won('vat'), net: won('net') },
  };
}
