import type { SqlTransaction } from '../../common/outbox/outbox';
import { databaseTime } from '../../common/time/korean-time';

/** Who changes something, why, and when. */
export interface Writer {
  readonly actor: string;
  readonly reason: string;
  readonly at: Date;
}

/** The history of a billing key, a subscription or a charge: written in the transaction of the change itself. */
export async function insertBillingEvent(
  tx: SqlTransaction,
  subjectId: string,
  change: { readonly from: string | null; readonly to: string },
  { actor, reason, at }: Writer,
): Promise<void> {
  await tx.query(
    `INSERT INTO billing_events (subject_id, from_status, to_status, actor, reason, occurred_at)
     VALUES (?, ?, ?, ?, ?, ?)`,
    [subjectId, change.from, change.to, actor.slice(0, 60), reason.slice(0, 200), databaseTime(at)],
  );
}

/** How many rows a statement changed. */
export async function changed(
  tx: SqlTransaction,
  sql: string,
  values: Parameters<SqlTransaction['query']>[1],
): Promise<number> {
  return ((await tx.query(sql, values)) as { affectedRows: number }).affectedRows;
}
