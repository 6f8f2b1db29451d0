import type { EntityManager } from 'typeorm';
import { places } from '../../../common/db/places';
import type { SqlValue } from '../../../common/db/pool';
import { type EventType, recordEvent } from '../../../common/outbox/outbox';
import { databaseTime, koreanTime } from '../../../common/time/korean-time';
import { changed, insertBillingEvent, type Writer } from '../billing-writes';
import type { Row } from '../keys/billing-key.rows';
import { subscriptionFromRow } from './subscription.rows';
import { maySubscriptionFollow, OPEN_CHARGE_STATUSES, type SubscriptionStatus } from './subscription.state';
import type { Subscription } from './subscription.types';

/** Reads a subscription and holds its row until the transaction ends: the first statement of every write to it. */
export async function lockSubscription(tx: EntityManager, id: string): Promise<Subscription | null> {
  const rows = (await tx.query('SELECT * FROM subscriptions WHERE id = ? FOR UPDATE', [id])) as Row[];
  return rows[0] === undefined ? null : subscriptionFromRow(rows[0]);
}

/** Sets columns of a subscription that is held, by their names; with a change of state its event. */
export async function updateSubscription(
  tx: EntityManager,
  of: Subscription,
  set: Readonly<Record<string, SqlValue>> & { readonly status?: SubscriptionStatus },
  writer: Writer,
): Promise<void> {
  const { status } = set;
  if (status !== undefined && !maySubscriptionFollow(of.status, status)) {
    throw new Error(`a subscription may not go from ${of.status} to ${status}`);
  }
  const at = databaseTime(writer.at);
  const ends = status === 'CANCELLED' || status === 'COMPLETED';
  const columns = { ...set, ...(ends ? { ended_at: at, notice_on: null } : {}), updated_at: at };
  const assignments = Object.keys(columns).map((column) => `${column} = ?`);
  const moved = await changed(
    tx,
    `UPDATE subscriptions SET version = version + 1, ${assignments.join(', ')} WHERE id = ? AND version = ?`,
    [...Object.values(columns), of.subscriptionId, of.version],
  );
  if (moved !== 1) throw new Error('a subscription that is held was changed by somebody else');
  if (status !== undefined) {
    await insertBillingEvent(tx, of.subscriptionId, { from: of.status, to: status }, writer);
  }
}

/** What the merchant is told of a subscription, in the transaction of what it tells. */
export async function tellOf(
  tx: EntityManager,
  type: EventType,
  of: Subscription,
  { at, ...more }: { readonly at: Date; readonly [name: string]: unknown },
): Promise<void> {
  const { mid, subscriptionId, billingKey } = of;
  const data = { subscriptionId, billingKey, ...more, occurredAt: koreanTime(at) };
  await recordEvent(tx, { mid, type, subjectId: subscriptionId, data, at });
}

/** Ends it as CANCELLED; periods that wait for a try are voided, one that is being charged comes to its own end. */
export async function cancelNow(tx: EntityManager, of: Subscription, writer: Writer): Promise<void> {
  const at = databaseTime(writer.at);
  const waiting = await tx.query<{ id: string; status: string }[]>(
    `SELECT id, status FROM subscription_charges WHERE subscription_id = ? AND status IN ('DUE', 'RETRY') FOR UPDATE`,
    [of.subscriptionId],
  );
  if (waiting.length > 0) {
    const ids = waiting.map(({ id }) => id);
    await tx.query(
      `UPDATE subscription_charges SET status = 'VOIDED', version = version + 1, due_on = NULL, lease_until = NULL,
         ended_at = ?, updated_at = ? WHERE id IN (${places(ids)})`,
      [at, at, ...ids],
    );
    for (const { id, status } of waiting)
      await insertBillingEvent(tx, id, { from: status, to: 'VOIDED' }, writer);
  }
  await updateSubscription(tx, of, { status: 'CANCELLED', next_charge_on: null }, writer);
  await tellOf(tx, 'subscription.cancelled', of, { at: writer.at });
}

/** COMPLETED once no period is left and every charge has ended; nothing else otherwise. `of` as it stands in the row. */
export async function completeIfOver(tx: EntityManager, of: Subscription, writer: Writer): Promise<void> {
  if (of.nextChargeOn !== null || (of.status !== 'ACTIVE' && of.status !== 'PAUSED')) return;
  const open = await tx.query<unknown[]>(
    `SELECT 1 FROM subscription_charges WHERE subscription_id = ? AND status IN (${places(OPEN_CHARGE_STATUSES)}) LIMIT 1`,
    [of.subscriptionId, ...OPEN_CHARGE_STATUSES],
  );
  if (open.length > 0) return;
  await updateSubscription(tx, of, { status: 'COMPLETED' }, { ...writer, reason: 'every period has ended' });
  await tellOf(tx, 'subscription.completed', of, { at: writer.at });
}
