/*
 * How far settled sales are summed up: part by part of a run. `done_at` of a part says that its lines and its merchants'
 * daily roll-ups are there, `summed_at` that they are in the sums of all merchants, of agencies and of branches. A merchant
 * that was left out of its part has a part of its own on that day; whenever it is settled, its part is one that is not
 * summed up yet. A merchant's parts are done in the order of days, and so they are summed up.
 */

/** Held by who changes the sums: one at a time. */
export const HOLD_SUMS = `SELECT name FROM roll_ups WHERE name = 'settled-sales' FOR UPDATE SKIP LOCKED`;

/** The next part to sum up, in the order of days. */
export const NEXT_PART = `
SELECT CAST(p.captured_day AS CHAR) AS day, p.part, p.first_mid, p.last_mid FROM settlement_run_parts p
WHERE p.summed_at IS NULL AND p.done_at IS NOT NULL ORDER BY p.captured_day, p.part LIMIT 1`;
/** Parameters: the day, the part. */
export const PART_SUMMED = `
UPDATE settlement_run_parts SET summed_at = UTC_TIMESTAMP(3) WHERE captured_day = ? AND part = ?`;

/** A row's merchant is settled in another part of the day than this one, whose range may hold it. */
const inOtherPart = (row: string, part: string) => `EXISTS (SELECT 1 FROM settlement_run_parts w
  WHERE w.captured_day = ${row}.captured_day AND w.case_id IS NOT NULL AND w.first_mid = ${row}.mid AND w.part <> ${part})`;

/** Rows of some merchants of a part. Parameters: the day, its first merchant, the merchant before, the last one, the part. */
export const ofPart = (
  row: string,
) => `${row}.captured_day = ? AND ${row}.mid >= ? AND ${row}.mid > ? AND ${row}.mid <= ?
  AND NOT ${inOtherPart(row, '?')}`;
export interface PartRange {
  readonly day: string;
  readonly part: number;
  readonly firstMid: string;
  readonly afterMid: string;
  readonly lastMid: string;
}
export const partValues = ({ day, part, firstMid, afterMid, lastMid }: PartRange) => [
  ...[day, firstMid, afterMid, lastMid, part],
];

/** The last merchant of so many of a part. Parameters: the part's, and how many less one. */
export const LAST_OF_NEXT_MERCHANTS = `
SELECT DISTINCT d.mid FROM daily_merchant_sales d WHERE ${ofPart('d')} ORDER BY d.mid LIMIT ?, 1`;

/** A part (`p`) that is settled, but not summed up, and a row of one of its merchants. */
export const isUnsummedPart = 'p.summed_at IS NULL AND p.done_at IS NOT NULL';
export const belongsToPart = (row: string) =>
  `${row}.captured_day = p.captured_day AND ${row}.mid BETWEEN p.first_mid AND p.last_mid AND NOT ${inOtherPart(row, 'p.part')}`;

/** A row of settled sales is in the sums. */
export const isSummed = (row: string) => `NOT EXISTS (SELECT 1 FROM settlement_run_parts u
  WHERE u.summed_at IS NULL AND u.captured_day = ${row}.captured_day AND ${row}.mid BETWEEN u.first_mid AND u.last_mid)`;
