import { rolledThrough } from '../../../common/roll-up/roll-up';

/*
 * Payments by the Korean day of their request and the state that they are in. Every change of a state is an event, and
 * the events of a payment follow on each other (INV-8): each takes the payment out of where it was and puts it where it
 * is now. So a cancel of next month changes the figures of an old day, and nothing is counted again.
 */

/** The roll-up's row of `roll_ups`. */
export const PAYMENT_COUNTS = { name: 'payment-counts', source: 'payment_events', key: 'id' } as const;

export const FIGURES = [
  ...['total', 'completed', 'cancelled', 'pending', 'failed'],
  ...['total_amount', 'cancelled_amount'],
] as const;

const PENDING = `('CREATED', 'IN_PROGRESS', 'WAITING_FOR_DEPOSIT', 'REVERSING')`;
const COMPLETED = `('APPROVED', 'PARTIALLY_CANCELLED')`;
const day = (at: string) => `DATE(${at} + INTERVAL 9 HOUR)`;

/** 1 where a column's state is one of these, 0 for none. */
const isIn = (column: string, states: string) => `COALESCE(${column} IN ${states}, 0)`;
/** An account that was closed before any deposit is CANCELLED too, and never charged anybody: it counts as failed. */
const CANCELLED = `(e.to_status = 'CANCELLED' AND NOT e.from_status <=> 'WAITING_FOR_DEPOSIT')`;
const isFailed = (column: string) => `(${column} IS NOT NULL AND ${column} NOT IN ${PENDING}
  AND ${column} NOT IN ${COMPLETED})`;

/** What an event (`e`) of a payment (`p`) changes, by the names of FIGURES. Nothing ever leaves CANCELLED. */
const CHANGES = `e.from_status IS NULL AS total,
  ${isIn('e.to_status', COMPLETED)} - ${isIn('e.from_status', COMPLETED)} AS completed,
  ${CANCELLED} AS cancelled,
  ${isIn('e.to_status', PENDING)} - ${isIn('e.from_status', PENDING)} AS pending,
  (${isFailed('e.to_status')} AND NOT ${CANCELLED}) - ${isFailed('e.from_status')} AS failed,
  CAST(${isIn('e.to_status', COMPLETED)} + ${CANCELLED} - ${isIn('e.from_status', COMPLETED)} AS SIGNED) * p.amount
    AS total_amount,
  IF(e.cancel_id IS NULL, 0, e.amount) AS cancelled_amount`;

const EVENTS = 'payment_events e FORCE INDEX (PRIMARY) STRAIGHT_JOIN payments p ON p.id = e.payment_id';
const sums = (of: string) => FIGURES.map((name) => `SUM(${of}.${name})`).join(', ');

/** A payment counts for all, for its merchant, and for its branch where it has one. */
const GRAINS = `JOIN (SELECT 'all' AS grain UNION ALL SELECT 'merchant' UNION ALL SELECT 'branch') g
  ON g.grain <> 'branch' OR p.branch_id IS NOT NULL`;
const PLACE = `IF(g.grain = 'all', '', p.mid) AS mid, IF(g.grain = 'branch', p.branch_id, '') AS branch_id,
  ${day('p.created_at')} AS created_day`;

/** What events change, by the keys of the roll-up. */
export const changedCounts = (where: string) =>
  `SELECT ${PLACE}, ${CHANGES} FROM ${EVENTS} ${GRAINS} WHERE ${where}`;

/** Parameters: the last event that is summed up, and the last one to sum up now. */
export const ADD_EVENTS = `
INSERT INTO daily_payment_counts (mid, branch_id, created_day, ${FIGURES.join(', ')})
SELECT x.mid, x.branch_id, x.created_day, ${sums('x')} FROM (${changedCounts('e.id > ? AND e.id <= ?')}) x
GROUP BY 1, 2, 3 ORDER BY 1, 2, 3
ON DUPLICATE KEY UPDATE ${FIGURES.map((name) => `${name} = ${name} + VALUES(${name})`).join(', ')}`;

const answer = (of: string) =>
  FIGURES.map((name) => `CAST(COALESCE(SUM(${of}.${name}), 0) AS CHAR) AS ${name}`).join(', ');

/**
 * The figures with the events after them, by one statement. Parameters: those of `ofCounts`, the first and last day;
 * those of `ofPayments`, the first instant and the one after the last.
 */
export const rolledCounts = (ofCounts: string, ofPayments: string) => `
SELECT ${answer('x')} FROM (
  SELECT ${FIGURES.map((name) => `f.${name}`).join(', ')} FROM daily_payment_counts f
  WHERE ${ofCounts} AND f.created_day BETWEEN ? AND ?
  UNION ALL
  SELECT ${CHANGES} FROM ${EVENTS}
  WHERE e.id > ${rolledThrough(PAYMENT_COUNTS.name)} AND ${ofPayments} AND p.created_at >= ? AND p.created_at < ?) x`;

const IS_CANCELLED = `(p.status = 'CANCELLED' AND p.approved_at IS NOT NULL)`;
/** What a payment counts as by its own row, by the names of FIGURES. */
const COUNTED = `1 AS total, p.status IN ${COMPLETED} AS completed, ${IS_CANCELLED} AS cancelled,
  p.status IN ${PENDING} AS pending,
  p.status NOT IN ${COMPLETED} AND p.status NOT IN ${PENDING} AND NOT ${IS_CANCELLED} AS failed,
  IF(p.status IN ${COMPLETED} OR ${IS_CANCELLED}, p.amount, 0) AS total_amount, p.cancelled_amount`;

/** The same by the keys of the roll-up, of every payment. */
export const COUNTED_PAYMENTS = `SELECT ${PLACE}, ${COUNTED} FROM payments p ${GRAINS}`;

/** The same counted over payments. Parameters: those of `ofPayments`, the first instant and the one after the last. */
export const directCounts = (ofPayments: string) => `
SELECT ${answer('x')} FROM (
  SELECT ${COUNTED} FROM payments p WHERE ${ofPayments} AND p.created_at >= ? AND p.created_at < ?) x`;
