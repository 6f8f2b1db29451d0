import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { places } from '../../../common/db/places';
import type { SqlValue } from '../../../common/db/pool';
import { UnitOfWork } from '../../../common/db/unit-of-work';
import { databaseTime } from '../../../common/time/korean-time';
import { changed, insertBillingEvent, type Writer } from '../billing-writes';
import type { Row } from '../keys/billing-key.rows';
import type { ChargeVerdict } from './charge.policy';
import { chargeOrderNo } from './subscription.calc';
import { chargeFromRow } from './subscription.rows';
import { type ChargeStatus, mayChargeFollow } from './subscription.state';
import type { Subscription, SubscriptionCharge } from './subscription.types';
import {
  cancelNow,
  completeIfOver,
  lockSubscription,
  tellOf,
  updateSubscription,
} from './subscription.writes';
import { insertChargeEvents } from './subscriptions.repository';

/** A charge that a worker holds, with the order number of its try. */
export interface ClaimedCharge extends SubscriptionCharge {
  readonly orderNo: string;
}

/** How a try ended, as it is written. */
export interface Settling {
  readonly verdict: ChargeVerdict;
  readonly paymentId: string | null;
  /** Korean day. */
  readonly today: string;
  /** For WAIT and TRY_UNDONE: milliseconds until it is asked for again. */
  readonly waitMs: number;
}

const LATER = 'UTC_TIMESTAMP(3) + INTERVAL ? * 1000 MICROSECOND';

/** The writes of charges while they are worked on: claimed first in a committed row, settled by compare-and-set. */
@Injectable()
export class ChargesRepository {
  constructor(private readonly unitOfWork: UnitOfWork) {}

  /**
   * Takes up to `limit` charges whose day has come and that nobody holds. A new try gets its number here, before
   * anything is sent; one that was left by a worker, or waits for its payment, keeps the number it has.
   */
  claim(
    today: string,
    claim: { readonly limit: number; readonly leaseMs: number; readonly without: readonly string[] },
    writer: Writer,
  ): Promise<readonly ClaimedCharge[]> {
    const { limit, leaseMs, without } = claim;
    const others = without.length === 0 ? '' : `AND c.acquirer NOT IN (${places(without)})`;
    return this.unitOfWork.run('claim-charges', async (tx) => {
      const rows = (await tx.query(
        `SELECT c.* FROM subscription_charges c
         WHERE c.due_on <= ? AND (c.lease_until IS NULL OR c.lease_until <= UTC_TIMESTAMP(3)) ${others}
           AND (c.status IN ('CHARGING', 'WAITING') OR EXISTS
             (SELECT 1 FROM subscriptions s WHERE s.id = c.subscription_id AND s.status = 'ACTIVE'))
         ORDER BY c.due_on, c.id LIMIT ? FOR UPDATE SKIP LOCKED`,
        [today, ...without, limit],
      )) as Row[];
      if (rows.length === 0) return [];
      const found = rows.map(chargeFromRow);
      const ids = found.map(({ chargeId }) => chargeId);
      // Assignments go from left to right: the order number is made of the new try, and the state is changed last.
      await tx.query(
        `UPDATE subscription_charges SET sends = IF(${FRESH}, 0, sends), waits = IF(${FRESH}, 0, waits),
           try_number = try_number + IF(${FRESH}, 1, 0), order_no = CONCAT(subscription_id, '-', period, '-', try_number),
           status = 'CHARGING', version = version + 1, lease_until = ${LATER}, updated_at = ?
         WHERE id IN (${places(ids)})`,
        [leaseMs, databaseTime(writer.at), ...ids],
      );
      const moved = found.filter(({ status }) => status !== 'CHARGING');
      const events = moved.map(({ chargeId, status }) => ({ id: chargeId, from: status, to: 'CHARGING' }));
      await insertChargeEvents(tx, events, { ...writer, reason: 'taken up by a worker' });
      return found.map(asClaimed);
    });
  }

  /** Writes how a try ended, with what the merchant is told of it. False when another worker holds the charge by now. */
  settle(charge: ClaimedCharge, settling: Settling, writer: Writer): Promise<boolean> {
    return this.unitOfWork.run('settle-charge', async (tx) => {
      const of = await lockSubscription(tx, charge.subscriptionId);
      if (of === null) throw new Error('a charge without its subscription');
      const { verdict } = settling;
      if (verdict.kind === 'PAID') return paid(tx, { charge, of }, settling, writer);
      if (verdict.kind === 'TRY_FAILED')
        return tryFailed(tx, { charge, of }, { ...settling, verdict }, writer);
      if (verdict.kind === 'TRY_UNDONE')
        return tryUndone(tx, { charge, of }, { ...settling, verdict }, writer);
      const sent = verdict.sentAnew ? 1 : 0;
      return move(tx, charge, 'WAITING', {
        set: { payment_id: settling.paymentId, sends: charge.sends + sent, waits: charge.waits + 1 },
        leaseMs: settling.waitMs,
        writer: { ...writer, reason: 'not known yet' },
      });
    });
  }
}

const FRESH = `status IN ('DUE', 'RETRY')`;

function asClaimed(charge: SubscriptionCharge): ClaimedCharge {
  const fresh = charge.status === 'DUE' || charge.status === 'RETRY';
  const tryNumber = charge.tryNumber + (fresh ? 1 : 0);
  return {
    ...charge,
    status: 'CHARGING',
    version: charge.version + 1,
    tryNumber,
    sends: fresh ? 0 : charge.sends,
    waits: fresh ? 0 : charge.waits,
    orderNo: chargeOrderNo(charge.subscriptionId, charge.period, tryNumber),
  };
}

const isOver = ({ status }: Subscription) => status === 'CANCELLED' || status === 'COMPLETED';

interface Held {
  readonly charge: ClaimedCharge;
  readonly of: Subscription;
}

const toldOf = ({ chargeId, period, chargeOn, amount, orderNo, tryNumber }: ClaimedCharge) => ({
  ...{ chargeId, period, chargeOn, amount, orderNo, tryNumber },
});

async function paid(
  tx: EntityManager,
  { charge, of }: Held,
  settling: Settling,
  writer: Writer,
): Promise<boolean> {
  const { paymentId } = settling;
  const set = { payment_id: paymentId, failure_code: null, due_on: null, ended_at: databaseTime(writer.at) };
  const done = { ...writer, reason: 'charged' };
  if (!(await move(tx, charge, 'PAID', { set, leaseMs: null, writer: done }))) return false;
  await tellOf(tx, 'subscription.charged', of, { ...toldOf(charge), paymentId, at: writer.at });
  await completeIfOver(tx, of, writer);
  return true;
}

/** The payment of this try has come to its end, undone: the next one is on the same day, after a pause. */
async function tryUndone(
  tx: EntityManager,
  { charge, of }: Held,
  { verdict, paymentId, waitMs }: Settling & { verdict: Extract<ChargeVerdict, { kind: 'TRY_UNDONE' }> },
  writer: Writer,
): Promise<boolean> {
  const over = isOver(of);
  const set = {
    payment_id: paymentId,
    failure_code: verdict.code,
    undone_tries: charge.undoneTries + 1,
    ...(over ? { due_on: null, ended_at: databaseTime(writer.at) } : {}),
  };
  const undone = { ...writer, reason: 'undone: nobody was charged' };
  return move(tx, charge, over ? 'FAILED' : 'RETRY', { set, leaseMs: over ? null : waitMs, writer: undone });
}

async function tryFailed(
  tx: EntityManager,
  { charge, of }: Held,
  { verdict, paymentId, today }: Settling & { verdict: Extract<ChargeVerdict, { kind: 'TRY_FAILED' }> },
  writer: Writer,
): Promise<boolean> {
  const retryOn = isOver(of) ? null : verdict.retryOn;
  const set = {
    payment_id: paymentId,
    failure_code: verdict.code.slice(0, 40),
    first_failed_on: charge.firstFailedOn ?? today,
    due_on: retryOn,
    ended_at: retryOn === null ? databaseTime(writer.at) : null,
  };
  const to = retryOn === null ? 'FAILED' : 'RETRY';
  const failed = { ...writer, reason: `not charged: ${verdict.code}` };
  if (!(await move(tx, charge, to, { set, leaseMs: null, writer: failed }))) return false;
  const told = { ...toldOf(charge), paymentId, failureCode: verdict.code, retryOn, at: writer.at };
  await tellOf(tx, 'subscription.failed', of, told);
  if (to !== 'FAILED' || (of.status !== 'ACTIVE' && of.status !== 'PAUSED')) return true;
  const why = { ...writer, reason: 'every try of a period failed' };
  // As when the merchant asks for it: one that is not running any more has no period to end with.
  if (of.cancelAtPeriodEnd) await cancelNow(tx, of, why);
  else {
    await updateSubscription(tx, of, { status: 'PAST_DUE' }, why);
    await tellOf(tx, 'subscription.past_due', of, told);
  }
  return true;
}

async function move(
  tx: EntityManager,
  charge: ClaimedCharge,
  to: ChargeStatus,
  how: {
    readonly set: Readonly<Record<string, SqlValue>>;
    readonly leaseMs: number | null;
    readonly writer: Writer;
  },
): Promise<boolean> {
  if (!mayChargeFollow('CHARGING', to)) throw new Error(`a charge may not go from CHARGING to ${to}`);
  const { set, leaseMs, writer } = how;
  const assignments = Object.keys(set).map((column) => `${column} = ?, `);
  const moved = await changed(
    tx,
    `UPDATE subscription_charges SET status = ?, version = version + 1, ${assignments.join('')}lease_until = ${LATER},
       updated_at = ? WHERE id = ? AND status = 'CHARGING' AND version = ?`,
    [to, ...Object.values(set), leaseMs, databaseTime(writer.at), charge.chargeId, charge.version],
  );
  if (moved === 1) await insertBillingEvent(tx, charge.chargeId, { from: 'CHARGING', to }, writer);
  return moved === 1;
}
