import { DAY_MS } from '../../scripts/lib/traffic/plan.mjs';
import * as direct from './direct-sql.mjs';

const LIMIT = 100;
/** Paid and carried over settlements are told of so many days: `STATUS_DAYS` of the report. */
const STATUS_DAYS = 31;
const FIGURES = [
  ...['approvalCount', 'approvalAmount', 'cancelCount', 'cancelAmount', 'fee', 'vat', 'net'],
  ...['unsettledCount', 'unsettledAmount'],
];
const WHO = ['operator', 'agency', 'big', 'small', 'branch'];
const ALIAS = { mid: 't.mid', branch: 't.branch_id' };

/**
 * Every figure that a reader may ask for: its address, the statements that count the same from the rows, and `expected`,
 * which makes of their rows what the answer must be. `told` picks that out of the answer.
 */
export function figuresCases(plan) {
  const [short, long] = plan.periods.map((days) => plan.period(days));
  return [
    ...WHO.map((who) => status(plan, who)),
    ...WHO.flatMap((who) =>
      ['day', 'month', 'branch', 'method'].flatMap((by) =>
        [short, long].map((period) => sales(plan, who, { by, period })),
      ),
    ),
    ...['operator', 'big', 'branch'].map((who) =>
      sales(plan, who, { by: 'branch', period: short, path: '/v1/branches/sales' }),
    ),
    ...['day', 'method'].map((by) => branchSales(plan, by, long)),
    branchDetails(plan, long),
    ...[short, long].map((period) => commissions(plan, period)),
    ...WHO.flatMap((who) => [short, long].map((period) => stats(plan, who, period))),
    transaction(plan),
  ];
}

const address = (path, query) => `${path}?${new URLSearchParams(query)}`;

function sales(plan, who, { by, period, path = '/v1/settlements' }) {
  const query = { ...period, limit: LIMIT, ...(path === '/v1/settlements' && { groupBy: by }) };
  return {
    ...{ who, path: address(path, query) },
    statements: [direct.sales(direct.scopeOf(who, plan, ALIAS), period, by)],
    ...SALES,
  };
}

function branchSales(plan, groupBy, period) {
  return {
    ...{
      who: 'big',
      path: address(`/v1/branches/${plan.branchId}/sales`, { ...period, groupBy, limit: LIMIT }),
    },
    statements: [direct.sales(direct.scopeOf('branch', plan, ALIAS), period, groupBy)],
    ...SALES,
  };
}

const figuresOf = (row) => FIGURES.map((name) => Number(row[name]));
const SALES = {
  told: ({ data, total }) => ({
    groups: data.map((row) => [row.group, ...figuresOf(row)]),
    total: figuresOf(total),
  }),
  expected: ([rows]) => ({
    groups: rows
      .slice(0, LIMIT)
      .map((row) => [row.group_key === '' ? null : row.group_key, ...figuresOf(row)]),
    total: FIGURES.map((name) => rows.reduce((sum, row) => sum + row[name], 0)),
  }),
};

function status(plan, who) {
  const since = new Date(Date.parse(plan.today) - STATUS_DAYS * DAY_MS).toISOString().slice(0, 10);
  const columns = { mid: 'l.mid', branch: 'l.branch_id' };
  return {
    ...{ who, path: '/v1/settlements/status' },
    statements: [
      direct.states(direct.scopeOf(who, plan, columns), who === 'branch', since),
      direct.unsettled(direct.scopeOf(who, plan, ALIAS)),
    ],
    told: ({ data, unsettled }) => ({
      states: Object.fromEntries(
        data.filter(({ count }) => count > 0).map((row) => [row.status, [row.count, row.amount]]),
      ),
      unsettled: [unsettled.count, unsettled.amount],
    }),
    expected: ([states, [open]]) => ({
      states: Object.fromEntries(states.map((row) => [row.status, [row.count, row.amount]])),
      unsettled: [open.count, open.amount],
    }),
  };
}

function branchDetails(plan, period) {
  const columns = ['kind', 'paymentId', 'sourceId', 'method', 'capturedOn', 'amount', 'fee', 'vat'];
  const shown = (rows) => rows.map((row) => columns.map((name) => row[name]));
  return {
    ...{
      who: 'big',
      path: address(`/v1/branches/${plan.branchId}/sales/details`, { ...period, limit: LIMIT }),
    },
    statements: [direct.details(plan, period, LIMIT)],
    told: ({ data }) => shown(data),
    expected: ([rows]) => shown(rows),
  };
}

function commissions(plan, period) {
  const columns = ['lineCount', 'fee', 'amount'];
  const numbers = (row) => columns.map((name) => row[name]);
  return {
    ...{ who: 'agency', path: address('/v1/commissions', { ...period, limit: LIMIT }) },
    statements: [direct.commissions(plan.agency, period)],
    told: ({ data, total }) => ({
      merchants: data.map((row) => [row.mid, ...numbers(row)]),
      total: numbers(total),
    }),
    expected: ([rows]) => ({
      merchants: rows.slice(0, LIMIT).map((row) => [row.mid, ...numbers(row)]),
      total: columns.map((name) => rows.reduce((sum, row) => sum + row[name], 0)),
    }),
  };
}

function stats(plan, who, period) {
  const columns = ['total', 'completed', 'cancelled', 'pending', 'failed', 'totalAmount', 'cancelledAmount'];
  const numbers = (row) => columns.map((name) => row[name]);
  return {
    ...{ who, path: address('/v1/payments/stats', period) },
    statements: [direct.stats(direct.scopeOf(who, plan, { mid: 'p.mid', branch: 'p.branch_id' }), period)],
    told: numbers,
    expected: ([[row]]) => numbers(row),
  };
}

/** A payment of the middle of the list, with all that has happened to it. */
function transaction(plan) {
  const columns = ['id', 'status', 'amount', 'cancelled'];
  return {
    ...{ who: 'big', path: '/v1/transactions/{id}' },
    find: `SELECT id FROM payments WHERE mid = '${plan.bigMid}' AND status = 'PARTIALLY_CANCELLED'
      AND created_at < CONVERT_TZ('${plan.today}', '+09:00', '+00:00') ORDER BY created_at DESC LIMIT 1 OFFSET 3`,
    statements: [
      `SELECT p.id, p.status, CAST(p.amount AS DOUBLE) AS amount, CAST(SUM(c.amount) AS DOUBLE) AS cancelled
       FROM payments p JOIN payment_cancels c ON c.payment_id = p.id WHERE p.id = '{id}' GROUP BY p.id`,
    ],
    told: ({ paymentId, status, amount, cancelledAmount }) => [paymentId, status, amount, cancelledAmount],
    expected: ([[row]]) => columns.map((name) => row[name]),
  };
}
