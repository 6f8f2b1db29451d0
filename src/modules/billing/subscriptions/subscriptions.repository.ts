import { Injectable } from '@nestjs/common';
import { DataSource, type EntityManager } from 'typeorm';
import { isConnectionFailure } from '../../../common/db/database-errors';
import { places } from '../../../common/db/places';
import type { SqlValue } from '../../../common/db/pool';
import { UnitOfWork } from '../../../common/db/unit-of-work';
import { newId } from '../../../common/ids/id';
import { databaseTime } from '../../../common/time/korean-time';
import { insertBillingEvent, type Writer } from '../billing-writes';
import type { Row } from '../keys/billing-key.rows';
import { duePeriods, noticeOn } from './subscription.calc';
import { chargeFromRow, subscriptionFromRow } from './subscription.rows';
import type { SubscriptionStatus } from './subscription.state';
import type { Subscription, SubscriptionCharge } from './subscription.types';
import {
  cancelNow,
  completeIfOver,
  lockSubscription,
  tellOf,
  updateSubscription,
} from './subscription.writes';

export interface PageOf {
  readonly limit: number;
  /** The id to go on after. */
  readonly before: string | null;
}

const LAST_ID = '~';

@Injectable()
export class SubscriptionsRepository {
  constructor(
    private readonly dataSource: DataSource,
    private readonly unitOfWork: UnitOfWork,
  ) {}

  async find(mid: string, id: string): Promise<Subscription | null> {
    const rows: Row[] = await this.dataSource.query('SELECT * FROM subscriptions WHERE id = ? AND mid = ?', [
      id,
      mid,
    ]);
    return rows[0] === undefined ? null : subscriptionFromRow(rows[0]);
  }

  /** A merchant's, newest first. */
  async list(mid: string, status: SubscriptionStatus | null, page: PageOf): Promise<readonly Subscription[]> {
    const only = status === null ? '' : 'AND status = ?';
    const rows: Row[] = await this.dataSource.query(
      `SELECT * FROM subscriptions WHERE mid = ? ${only} AND id < ? ORDER BY id DESC LIMIT ?`,
      [mid, ...(status === null ? [] : [status]), page.before ?? LAST_ID, page.limit],
    );
    return rows.map(subscriptionFromRow);
  }

  /** The charges of a subscription, newest first. */
  async charges(subscriptionId: string, page: PageOf): Promise<readonly SubscriptionCharge[]> {
    const rows: Row[] = await this.dataSource.query(
      'SELECT * FROM subscription_charges WHERE subscription_id = ? AND id < ? ORDER BY id DESC LIMIT ?',
      [subscriptionId, page.before ?? LAST_ID, page.limit],
    );
    return rows.map(chargeFromRow);
  }

  insert(made: Subscription, writer: Writer): Promise<void> {
    const at = databaseTime(made.createdAt);
    return this.unitOfWork.run('insert-subscription', async (tx) => {
      await tx.query(INSERT, [
        ...[made.subscriptionId, made.mid, made.status, made.billingKey, made.acquirer, made.goodsName],
        ...[made.buyerName, made.amount, made.taxFreeAmount, made.interval.unit, made.interval.count],
        ...[made.startOn, made.anchorOn, made.trialDays, made.totalCount, made.endOn, made.missedPolicy],
        ...[made.noticeDays, made.nextPeriod, made.nextChargeOn],
        ...[noticeOn(made.nextChargeOn ?? undefined, made.noticeDays), at, at],
      ]);
      await insertBillingEvent(tx, made.subscriptionId, { from: null, to: made.status }, writer);
    });
  }

  /** One change of a subscription whose row is held meanwhile. null: there is none of that merchant. */
  change<T>(
    mid: string,
    id: string,
    work: (tx: EntityManager, held: Subscription) => Promise<T>,
  ): Promise<T | null> {
    return this.unitOfWork.run('change-subscription', async (tx) => {
      const held = await lockSubscription(tx, id);
      return held === null || held.mid !== mid ? null : work(tx, held);
    });
  }

  /**
   * Makes the charges of periods whose day has come, of up to `limit` subscriptions, in one transaction with the step to
   * their next period. Two workers never take the same; the unique key of a period stands behind that.
   */
  bringDue(take: Take, writer: Writer): Promise<Taken> {
    return this.take('subscriptions-due', 'next_charge_on', take, async (tx, rows) => {
      const charges: SqlValue[][] = [];
      for (const row of rows)
        charges.push(...(await stepOn(tx, subscriptionFromRow(row), take.today, writer)));
      await insertCharges(tx, charges, writer);
    });
  }

  /** Tells merchants of charges that are to come. */
  notify(take: Take, writer: Writer): Promise<Taken> {
    return this.take('subscriptions-upcoming', 'notice_on', take, async (tx, rows) => {
      for (const row of rows) {
        const of = subscriptionFromRow(row);
        await updateSubscription(tx, of, { notice_on: null }, writer);
        const { nextPeriod: period, nextChargeOn: chargeOn, amount } = of;
        if (chargeOn === null || of.cancelAtPeriodEnd) continue;
        await tellOf(tx, 'subscription.upcoming', of, { period, chargeOn, amount, at: writer.at });
      }
    });
  }

  /**
   * All that are due in one transaction; where that fails, each in one of its own, so that the work on a row that cannot
   * be done keeps no other from being done.
   */
  private async take(name: string, day: DueColumn, take: Take, work: Work): Promise<Taken> {
    try {
      return { taken: (await this.workOn(name, day, take, work)).length, failed: [] };
    } catch (error) {
      if (isConnectionFailure(error)) throw error;
    }
    const failed: Failed[] = [];
    const ids = await this.dueIds(day, take);
    for (const id of ids) {
      try {
        await this.workOn(name, day, { ...take, only: id }, work);
      } catch (error) {
        if (isConnectionFailure(error)) throw error;
        failed.push({ subscriptionId: id, error });
      }
    }
    return { taken: ids.length - failed.length, failed };
  }

  private workOn(name: string, day: DueColumn, take: Take & { only?: string }, work: Work): Promise<Row[]> {
    const { condition, values } = dueBy(day, take);
    return this.unitOfWork.run(name, async (tx) => {
      const rows = (await tx.query(
        `SELECT * FROM subscriptions WHERE ${condition} ORDER BY ${day} LIMIT ? FOR UPDATE SKIP LOCKED`,
        [...values, take.limit],
      )) as Row[];
      await work(tx, rows);
      return rows;
    });
  }

  private async dueIds(day: DueColumn, take: Take): Promise<readonly string[]> {
    const { condition, values } = dueBy(day, take);
    const rows: Row[] = await this.dataSource.query(
      `SELECT id FROM subscriptions WHERE ${condition} ORDER BY ${day} LIMIT ?`,
      [...values, take.limit],
    );
    return rows.map(({ id }) => id as string);
  }
}

/** What of the subscriptions that are due is worked on. */
export interface Take {
  /** Korean day. */
  readonly today: string;
  readonly limit: number;
  /** Left out: ids whose work failed before. */
  readonly without: readonly string[];
}

interface Failed {
  readonly subscriptionId: string;
  readonly error: unknown;
}

export interface Taken {
  /** How many were worked on. */
  readonly taken: number;
  readonly failed: readonly Failed[];
}

type DueColumn = 'next_charge_on' | 'notice_on';
type Work = (tx: EntityManager, rows: readonly Row[]) => Promise<void>;

function dueBy(day: DueColumn, { today, without, only }: Take & { only?: string }) {
  const others = without.length === 0 ? '' : ` AND id NOT IN (${places(without)})`;
  const one = only === undefined ? '' : ' AND id = ?';
  return {
    condition: `status = 'ACTIVE' AND ${day} <= ?${others}${one}`,
    values: [today, ...without, ...(only === undefined ? [] : [only])],
  };
}

const INSERT = `
INSERT INTO subscriptions (id, mid, status, version, billing_key_id, acquirer, goods_name, buyer_name, amount,
  tax_free_amount, interval_unit, interval_count, start_on, anchor_on, trial_days, total_count, end_on, missed_policy,
  notice_days, next_period, next_charge_on, notice_on, created_at, updated_at)
VALUES (?, ?, ?, 1, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`;

/** One subscription's step to its next period; answers the rows of the charges that this makes. */
async function stepOn(
  tx: EntityManager,
  of: Subscription,
  today: string,
  writer: Writer,
): Promise<SqlValue[][]> {
  if (of.cancelAtPeriodEnd) {
    await cancelNow(tx, of, { ...writer, reason: 'cancelled at the end of the period' });
    return [];
  }
  const { due, next } = duePeriods(of, of.nextPeriod, { today, policy: of.missedPolicy });
  const step = {
    next_period: next?.period ?? of.nextPeriod + due.length,
    next_charge_on: next?.chargeOn ?? null,
    notice_on: noticeOn(next?.chargeOn, of.noticeDays),
  };
  await updateSubscription(tx, of, step, writer);
  if (next === null && due.every(({ charged }) => !charged)) {
    await completeIfOver(tx, { ...of, version: of.version + 1, nextChargeOn: null }, writer);
  }
  const at = databaseTime(writer.at);
  return due.map(({ period, chargeOn, charged }) => [
    ...[newId('sch'), of.subscriptionId, of.mid, period, chargeOn, charged ? 'DUE' : 'SKIPPED'],
    ...[of.billingKey, of.acquirer, of.goodsName, of.buyerName, of.amount, of.taxFreeAmount],
    ...[charged ? chargeOn : null, charged ? null : at, at, at],
  ]);
}

const ROW = '(?, ?, ?, ?, ?, ?, 1, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)';
const ROWS_MAX = 200;

async function insertCharges(tx: EntityManager, all: readonly SqlValue[][], writer: Writer): Promise<void> {
  for (let from = 0; from < all.length; from += ROWS_MAX) {
    const rows = all.slice(from, from + ROWS_MAX);
    await tx.query(
      `INSERT INTO subscription_charges (id, subscription_id, mid, period, charge_on, status, version, billing_key_id,
         acquirer, goods_name, buyer_name, amount, tax_free_amount, due_on, ended_at, created_at, updated_at)
       VALUES ${rows.map(() => ROW).join(', ')}`,
      rows.flat(),
    );
    await insertChargeEvents(
      tx,
      rows.map((row) => ({ id: row[0] as string, from: null, to: row[5] as string })),
      { ...writer, reason: 'the day of the period has come' },
    );
  }
}

/** Many charges' events in one statement. */
export async function insertChargeEvents(
  tx: EntityManager,
  events: readonly { readonly id: string; readonly from: string | null; readonly to: string }[],
  { actor, reason, at }: Writer,
): Promise<void> {
  if (events.length === 0) return;
  await tx.query(
    `INSERT INTO billing_events (subject_id, from_status, to_status, actor, reason, occurred_at)
     VALUES ${events.map(() => '(?, ?, ?, ?, ?, ?)').join(', ')}`,
    events.flatMap(({ id, from, to }) => [id, from, to, actor, reason, databaseTime(at)]),
  );
}
