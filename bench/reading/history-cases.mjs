import { scopeOf } from './direct-sql.mjs';

/** Rows of a page, and the page that is compared with the first one; of a shorter list the last full one. */
export const LIMIT = 10;
export const DEEP = 10_000;

/**
 * Lists of history, and the same rows as SQL of our own. `movement`, `payment`: what a filter says of them; null where a
 * list has none of a kind.
 */
export function historyCases(plan) {
  const list = (who, query, { movement = 'TRUE', payment = 'TRUE', kind = 'APPROVAL' } = {}) => {
    const filters = { movement, payment, kind };
    return { who, query: { ...plan.period(plan.periods[1]), ...query }, filters };
  };
  const ofMid = { movement: `t.mid = '${plan.bigMid}'`, payment: `p.mid = '${plan.bigMid}'` };
  const approved = { movement: "p.status = 'APPROVED'", payment: null };
  const cancelled = { kind: 'CANCEL', payment: null };
  return [
    list('operator', {}),
    list('operator', { mid: plan.bigMid }, ofMid),
    list('operator', { status: 'APPROVED' }, approved),
    list(
      'operator',
      { status: 'CANCELLED' },
      { movement: "p.status = 'CANCELLED'", payment: "p.status = 'CANCELLED'" },
    ),
    list('operator', { dateBasis: 'cancelled' }, cancelled),
    list('operator', { status: 'FAILED' }, { movement: null, payment: "p.status = 'FAILED'" }),
    list('agency', {}),
    list('big', {}),
    list('big', { status: 'APPROVED' }, approved),
    list(
      'big',
      { method: 'EASY_PAY' },
      { movement: "t.method = 'EASY_PAY'", payment: "p.method = 'EASY_PAY'" },
    ),
    list('big', { minAmount: 50000 }, { movement: 't.amount >= 50000', payment: 'p.amount >= 50000' }),
    list('big', { dateBasis: 'cancelled' }, cancelled),
    list('small', {}),
    list('branch', {}),
  ];
}

/** The rows from one place of a list on: `at` and `place_key` make a cursor. */
export function rowsSql(plan, one, offset, count) {
  const upTo = offset + count;
  const parts = [
    ...movements(plan, one, [
      `t.occurred_at AS at, CAST(t.seq AS CHAR) AS place_key, 1 AS is_movement, t.seq AS seq, '' AS id,
        ${one.filters.kind === 'CANCEL' ? 't.source_id' : 't.payment_id'} AS shown`,
      `ORDER BY t.occurred_at DESC, t.seq DESC LIMIT ${upTo}`,
    ]),
    ...others(plan, one, [
      'p.created_at AS at, p.id AS place_key, 0 AS is_movement, 0 AS seq, p.id AS id, p.id AS shown',
      `ORDER BY p.created_at DESC, p.id DESC LIMIT ${upTo}`,
    ]),
  ];
  return `SELECT at, place_key, shown FROM (${parts.map((part) => `(${part})`).join(' UNION ALL ')}) rows_of_list
    ORDER BY at DESC, is_movement DESC, seq DESC, id DESC LIMIT ${count} OFFSET ${offset}`;
}

/** How many rows a list has, up to so many. */
export function countSql(plan, one, most) {
  const cut = ['1', `LIMIT ${most}`];
  const parts = [...movements(plan, one, cut), ...others(plan, one, cut)];
  return `SELECT COUNT(*) AS n FROM (${parts.map((part) => `(${part})`).join(' UNION ALL ')}) rows_of_list`;
}

function movements(plan, { who, query, filters }, [columns, end]) {
  if (filters.movement === null) return [];
  const scope = scopeOf(who, plan, { mid: 't.mid', branch: 't.branch_id' });
  return [
    `SELECT ${columns} FROM transactions t JOIN payments p ON p.id = t.payment_id
     WHERE t.kind = '${filters.kind}' AND ${scope} AND ${filters.movement} AND ${within('t.occurred_at', query)} ${end}`,
  ];
}

/** What was never approved has no movement, and goes by when it was made. */
function others(plan, { who, query, filters }, [columns, end]) {
  if (filters.payment === null) return [];
  const scope = scopeOf(who, plan, { mid: 'p.mid', branch: 'p.branch_id' });
  return [
    `SELECT ${columns} FROM payments p
     WHERE p.approved_at IS NULL AND ${scope} AND ${filters.payment} AND ${within('p.created_at', query)} ${end}`,
  ];
}

const within = (column, { from, to }) =>
  `${column} >= ${korea(from)} AND ${column} < ${korea(to)} + INTERVAL 1 DAY`;
/** A Korean day's start in UTC, which the database keeps. */
const korea = (day) => `CONVERT_TZ('${day}', '+09:00', '+00:00')`;
