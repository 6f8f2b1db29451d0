import { rolledThrough } from '../../../common/roll-up/roll-up';

/*
 * What is owed at the end of a Korean day, from what only ever grows: the ledger and when each of its transfers was
 * recorded, the movements, when each part of a run was done, the cancels and when each ended. So a day that is over
 * comes to the same whenever it is asked for. `:end` stands for the instant after the day.
 */

/** The roll-up's row of `roll_ups`. */
export const MERCHANT_BALANCES = {
  name: 'merchant-balances',
  source: 'ledger_transfers',
  key: 'id',
} as const;

/** What a transfer (`l`) adds to an account of debts: credits grow it. */
const changeOf = (account: string) => `CASE '${account}' WHEN l.credit_account THEN l.amount
  WHEN l.debit_account THEN -l.amount ELSE 0 END`;
const CHANGES = `COALESCE(l.mid, '') AS mid, ${changeOf('MERCHANT_PAYABLE')} AS payable, ${changeOf('MERCHANT_HELD')} AS held`;

/** Parameters: the last transfer that is summed up, and the last one to sum up now. */
export const ADD_TRANSFERS = `
INSERT INTO daily_merchant_balances (mid, recorded_day, payable, held)
SELECT x.mid, x.recorded_day, SUM(x.payable), SUM(x.held)
FROM (SELECT DATE(l.recorded_at + INTERVAL 9 HOUR) AS recorded_day, ${CHANGES}
      FROM ledger_transfers l FORCE INDEX (PRIMARY) WHERE l.id > ? AND l.id <= ?) x
GROUP BY 1, 2 ORDER BY 1, 2
ON DUPLICATE KEY UPDATE payable = payable + VALUES(payable), held = held + VALUES(held)`;

const sum = (what: string) => `CAST(COALESCE(SUM(${what}), 0) AS CHAR)`;

/**
 * What merchants are owed. `debt`: what those are short of who owe us; nobody else is owed less for it. Parameters: the
 * day, and `:end`.
 */
export const BALANCES = `
SELECT ${sum('b.held')} AS held, ${sum('b.payable')} AS payable, ${sum('GREATEST(-b.payable, 0)')} AS debt
FROM (SELECT x.mid, SUM(x.payable) AS payable, SUM(x.held) AS held FROM (
        SELECT d.mid, d.payable, d.held FROM daily_merchant_balances d WHERE d.recorded_day <= ?
        UNION ALL
        SELECT ${CHANGES} FROM ledger_transfers l FORCE INDEX (PRIMARY)
        WHERE l.id > ${rolledThrough(MERCHANT_BALANCES.name)} AND l.recorded_at < ?) x GROUP BY x.mid) b`;

/** A movement whose merchant's part of the day nobody had done by then, or whose merchant still waited. Twice `end`. */
export const unsettledBy = (row: string, end: string) => `(NOT EXISTS (SELECT 1 FROM settlement_run_parts p
    WHERE p.captured_day = ${row}.captured_day AND p.done_at < ${end} AND ${row}.mid BETWEEN p.first_mid AND p.last_mid)
  OR EXISTS (SELECT 1 FROM settlement_run_parts w WHERE w.captured_day = ${row}.captured_day AND w.case_id IS NOT NULL
    AND w.first_mid = ${row}.mid AND COALESCE(w.done_at >= ${end}, TRUE)))`;

const DONE_BY = `COALESCE((SELECT MAX(r.captured_day) FROM settlement_runs r
    WHERE r.status = 'DONE' AND r.finished_at < ?), '1970-01-01')`;

/** Movements that no run had settled by then, those of merchants that waited too. Parameters: seven times `:end`. */
export const UNSETTLED = `
SELECT ${sum('x.amount')} AS amount FROM (
  SELECT t.settled_amount AS amount FROM transactions t
  WHERE t.captured_day > ${DONE_BY} AND t.recorded_at < ? AND ${unsettledBy('t', '?')}
  UNION ALL
  SELECT t.settled_amount FROM settlement_run_parts w
  JOIN transactions t ON t.captured_day = w.captured_day AND t.mid = w.first_mid
  WHERE w.case_id IS NOT NULL AND COALESCE(w.done_at >= ?, TRUE) AND w.captured_day <= ${DONE_BY} AND t.recorded_at < ?) x`;

const WON_OF_CANCEL = 'c.amount - c.point_amount AS amount';
/** A cancel is done once we know of it; for how long the acquirer may have known before. */
const KNOWN_WITHIN_DAYS = 31;

/**
 * Won of cancels that were asked for by then and had not ended: what is still under way, and what ended after. Points go
 * back by themselves. Parameters: six times `:end`.
 */
export const PENDING_CANCELS = `
SELECT ${sum('x.amount')} AS amount FROM (
  SELECT ${WON_OF_CANCEL} FROM payment_cancels c WHERE c.status = 'IN_PROGRESS' AND c.requested_at < ?
  UNION ALL
  SELECT ${WON_OF_CANCEL} FROM payment_cancels c
  JOIN transactions t ON t.source_id = c.id AND t.kind = 'CANCEL' AND t.recorded_at >= ?
  WHERE c.status = 'DONE' AND c.cancelled_at >= ? - INTERVAL ${KNOWN_WITHIN_DAYS} DAY AND c.requested_at < ?
  UNION ALL
  SELECT ${WON_OF_CANCEL} FROM payment_cancels c WHERE c.status = 'FAILED' AND c.requested_at < ?
    AND EXISTS (SELECT 1 FROM payment_attempts a WHERE a.payment_id = c.payment_id AND a.cancel_id = c.id
      AND a.finished_at >= ?)) x`;

/** Deposits that no payment was approved of, and nobody had put right by then. Parameters: twice `:end`. */
export const DEPOSITS_TO_RETURN = `
SELECT ${sum('k.amount')} AS amount FROM virtual_account_cases k
WHERE k.code <> 'REFUNDED_ELSEWHERE' AND k.opened_at < ? AND (k.closed_at IS NULL OR k.closed_at >= ?)`;

/** Of each kind at each institution what was said last. Parameter: the day. */
export const REGISTERED_COVER = `
SELECT ${sum('x.amount')} AS amount FROM (
  SELECT c.amount, ROW_NUMBER() OVER (PARTITION BY c.kind, c.institution ORDER BY c.effective_from DESC, c.seq DESC)
    AS place FROM settlement_covers c WHERE c.effective_from <= ?) x WHERE x.place = 1`;

/** The first day that has no obligations yet; null while the ledger is empty. */
export const NEXT_DAY = `
SELECT CAST(COALESCE((SELECT MAX(o.day) + INTERVAL 1 DAY FROM settlement_obligations o),
  (SELECT DATE(l.recorded_at + INTERVAL 9 HOUR) FROM ledger_transfers l ORDER BY l.id LIMIT 1)) AS CHAR) AS day`;
