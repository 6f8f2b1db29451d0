import fc from 'fast-check';
import { SqlPool } from '../../src/common/db/pool';
import type { DataScope } from '../../src/common/http/data-scope';
import { Clock } from '../../src/common/time/clock';
import { addDays, databaseTime, startOfKoreanDay } from '../../src/common/time/korean-time';
import type { AppConfig } from '../../src/config/app-config';
import { HistoryRepository } from '../../src/modules/history/history.repository';
import type { HistoryRow, Position, SearchCriteria } from '../../src/modules/history/history.types';
import {
  exactFilterOf,
  isNarrowed,
  lanesOf,
  LOWEST_KEY,
  streamsOf,
} from '../../src/modules/history/search/criteria-sql';
import { boundarySql, exactSql, pageSql } from '../../src/modules/history/search/page-sql';
import { createTestDatabase, type TestDatabase } from '../support/test-database';
import { fillTraffic } from '../support/traffic';

/** Lists over made-up traffic are what a plain filter over the same rows is, by the index that is meant, at one cost. */
const PLAN = {
  ...{
    payments: Number(process.env.TRAFFIC_PAYMENTS ?? 60_000),
    days: 40,
    merchants: 6,
    branches: 4,
    seed: 7,
  },
  until: '2026-04-01',
};
const FIRST_DAY = addDays(PLAN.until, -PLAN.days);
const BIG = 'M9000001';
const AGENCY = 'AG-HIST-1';
const CONFIG = { history: { queryTimeoutMs: 20_000, scanBudgetMs: 20_000 } } as AppConfig;
const SHAPE = { accounts: false };

let database: TestDatabase;
let pool: SqlPool;
let history: HistoryRepository;
let facts: Fact[];

/** A payment or a cancel as the tables hold it, read without any of the code under test. */
interface Fact {
  readonly id: string;
  readonly isCancel: boolean;
  readonly at: string;
  readonly mid: string;
  readonly branchId: string | null;
  readonly status: string;
  readonly method: string;
  readonly amount: number;
  readonly orderNo: string;
  readonly approvalNo: string | null;
  readonly cardLast4: string | null;
  readonly buyerName: string | null;
  readonly acquirer: string;
  readonly acquirerTransactionId: string | null;
  readonly bankCode: string | null;
}

beforeAll(async () => {
  database = await createTestDatabase('history');
  // One connection, whose counters are then those of what it was asked.
  pool = new SqlPool(database.url, { connectionsMax: 1, waitMs: 60_000, queryTimeoutMs: 120_000 });
  fillTraffic(database.url, PLAN);
  for (const sql of ODDITIES) await pool.query(sql);
  history = new HistoryRepository(pool, new Clock(), CONFIG);
  facts = await pool.query<Fact[]>(FACTS);
}, 300_000);

afterAll(async () => {
  await pool.close();
  await database.drop();
});

/** What traffic lacks: late deposits, reversals, several cancels of one payment, same instants, names like patterns, an agency. */
const ODDITIES = [
  `UPDATE payments SET created_at = created_at - INTERVAL 3 DAY WHERE approved_at IS NOT NULL AND CRC32(id) MOD 17 = 0`,
  `UPDATE payments SET method = 'VIRTUAL_ACCOUNT', status = 'EXPIRED' WHERE status = 'FAILED' AND CRC32(id) MOD 5 = 0`,
  `UPDATE payments SET status = 'REVERSED' WHERE status = 'APPROVED' AND CRC32(id) MOD 53 = 0`,
  `UPDATE payments SET buyer_name = ELT(1 + CRC32(id) MOD 4, '홍_길동', '홍%길동', '홍길동', NULL) WHERE CRC32(id) MOD 11 = 0`,
  `UPDATE payments SET created_at = FROM_UNIXTIME(FLOOR(UNIX_TIMESTAMP(created_at) / 600) * 600) WHERE approved_at IS NULL`,
  `INSERT INTO payment_cancels (id, payment_id, mid, status, version, amount, tax_free_amount, point_amount,
     card_tax_free_amount, reason, requested_by, cancel_key, tries, requested_at, cancelled_at)
   SELECT REPLACE(id, '000000', '0000X0'), payment_id, mid, 'DONE', 3, 1, 0, 0, 0, 'again', 'test', CONCAT(cancel_key, 'X'), 1,
     cancelled_at, cancelled_at FROM payment_cancels WHERE CRC32(id) MOD 7 = 0`,
  `INSERT INTO transactions (kind, source_id, payment_id, mid, branch_id, contract_id, acquirer, method, amount, settled_amount,
     left_before, left_after, captured_day, occurred_at)
   SELECT 'CANCEL', c.id, p.id, p.mid, p.branch_id, p.contract_id, p.acquirer, p.method, -1, -1, 1, 0, '2026-03-31', c.cancelled_at
   FROM payment_cancels c JOIN payments p ON p.id = c.payment_id WHERE c.reason = 'again'`,
  `INSERT INTO payment_cancels (id, payment_id, mid, status, version, amount, tax_free_amount, point_amount,
     card_tax_free_amount, reason, requested_by, cancel_key, tries, requested_at)
   SELECT REPLACE(id, '000000', '0000Y0'), payment_id, mid, 'FAILED', 3, 1, 0, 0, 0, 'refused', 'test', CONCAT(cancel_key, 'Y'), 1,
     requested_at FROM payment_cancels WHERE reason = 'traffic' AND CRC32(id) MOD 7 = 1`,
  `INSERT INTO virtual_accounts (id, payment_id, mid, bank_code, holder_name, due_at, created_at)
   SELECT CONCAT('vac', SUBSTR(id, 4)), id, mid, IF(CRC32(id) MOD 2, '088', '004'), '홍길동', created_at, created_at FROM payments
   WHERE method = 'VIRTUAL_ACCOUNT'`,
  `INSERT INTO agencies (code, name, representative, phone) VALUES ('${AGENCY}', '시험 대리점', '시험', '02-0000-0000')`,
  `INSERT INTO agency_paths (ancestor_code, agency_code, distance) VALUES ('${AGENCY}', '${AGENCY}', 0)`,
  `UPDATE merchants SET agency_code = '${AGENCY}' WHERE mid IN ('M9000002', 'M9000004')`,
  'ANALYZE TABLE payments, transactions, payment_cancels, merchants, agency_paths',
];

const COLUMNS = `p.mid, p.branch_id AS branchId, p.status, p.method, p.order_no AS orderNo, p.approval_no AS approvalNo,
  p.card_last4 AS cardLast4, p.buyer_name AS buyerName, p.acquirer, p.acquirer_transaction_id AS acquirerTransactionId,
  (SELECT v.bank_code FROM virtual_accounts v WHERE v.payment_id = p.id) AS bankCode`;
const FACTS = `
  SELECT p.id, 0 AS isCancel, COALESCE(p.approved_at, p.created_at) AS at, p.amount, ${COLUMNS} FROM payments p
  UNION ALL
  SELECT c.id, 1, c.cancelled_at, c.amount, ${COLUMNS} FROM payment_cancels c JOIN payments p ON p.id = c.payment_id
  WHERE c.status = 'DONE'`;

const SCOPES: readonly DataScope[] = [
  { kind: 'ALL' },
  { kind: 'MERCHANT', mid: BIG },
  { kind: 'MERCHANT', mid: 'M9000005' },
  { kind: 'BRANCH', mid: BIG, branchId: 'brn_TRAFFIC0000000000000010000' },
  { kind: 'AGENCY', agencyCode: AGENCY },
  { kind: 'AGENCY', agencyCode: 'AG-NOBODY' },
];

function isInScope(scope: DataScope, { mid, branchId }: Fact): boolean {
  if (scope.kind === 'AGENCY') return scope.agencyCode === AGENCY && ['M9000002', 'M9000004'].includes(mid);
  if (scope.kind === 'ALL') return true;
  return mid === scope.mid && (scope.kind === 'MERCHANT' || branchId === scope.branchId);
}

/** The list as its documentation describes it, without an index or a cursor. */
function expected(criteria: SearchCriteria): Fact[] {
  const { minAmount = 0, maxAmount = Infinity, methods, buyerName } = criteria;
  const [from, before] = [databaseTime(criteria.from), databaseTime(criteria.before)];
  const equal = (
    [
      'mid',
      'branchId',
      'status',
      'orderNo',
      'approvalNo',
      'cardLast4',
      'acquirer',
      'acquirerTransactionId',
      'bankCode',
    ] as const
  ).filter((name) => criteria[name] !== undefined);
  return facts.filter(
    (fact) =>
      Boolean(fact.isCancel) === (criteria.dateBasis === 'cancelled') &&
      fact.at >= from &&
      fact.at < before &&
      isInScope(criteria.scope, fact) &&
      Number(fact.amount) >= minAmount &&
      Number(fact.amount) <= maxAmount &&
      (methods === undefined || (methods as readonly string[]).includes(fact.method)) &&
      (buyerName === undefined || (fact.buyerName ?? '').startsWith(buyerName)) &&
      equal.every((name) => fact[name] === criteria[name]),
  );
}

const idOf = (row: HistoryRow) => row.cancel?.cancelId ?? row.paymentId;

/** The whole list, page by page. */
async function walked(criteria: SearchCriteria, limit: number, budgetMs = 20_000): Promise<HistoryRow[]> {
  const all: HistoryRow[] = [];
  const shape = { accounts: criteria.bankCode !== undefined };
  let after: Position | undefined;
  for (;;) {
    const { rows, next } = await history.page(criteria, { limit, after, budgetMs, shape });
    expect(rows.length).toBeLessThanOrEqual(limit);
    all.push(...rows);
    if (next === null) return all;
    after = next;
  }
}

/** Absent `often` times in one more. */
const maybe = <T>(value: fc.Arbitrary<T>, often = 10) =>
  fc.oneof({ weight: often, arbitrary: fc.constant(undefined) }, { weight: 1, arbitrary: value });
const period = fc.tuple(fc.nat(PLAN.days - 1), fc.integer({ min: 1, max: 12 })).map(([start, days]) => ({
  from: startOfKoreanDay(addDays(FIRST_DAY, start)),
  before: startOfKoreanDay(addDays(FIRST_DAY, start + days)),
}));
const someFact = fc.nat(1_000_000).map((n) => facts[n % facts.length]!);

/** Criteria in which any filter may meet any other; those of one payment are taken from a payment that is there. */
const criteria: () => fc.Arbitrary<SearchCriteria> = () =>
  fc
    .record({
      period,
      scope: fc.constantFrom(...SCOPES),
      dateBasis: fc.constantFrom('approved', 'cancelled'),
      fact: someFact,
      named: fc.constantFrom(
        ...['none', 'none', 'none', 'none', 'orderNo', 'approvalNo', 'cardLast4', 'acquirerTransactionId'],
      ),
      mid: maybe(fc.constantFrom(BIG, 'M9000002', 'M9000005'), 4),
      branchId: maybe(fc.constantFrom('brn_TRAFFIC0000000000000010000', 'brn_TRAFFIC0000010000000020000'), 4),
      status: maybe(
        fc.constantFrom(
          'APPROVED',
          'CANCELLED',
          'PARTIALLY_CANCELLED',
          'FAILED',
          'EXPIRED',
          'REVERSED',
          'REVERSING',
        ),
      ),
      methods: maybe(
        fc.constantFrom(['CARD'], ['EASY_PAY'], ['VIRTUAL_ACCOUNT'], ['BANK_TRANSFER', 'VIRTUAL_ACCOUNT']),
        3,
      ),
      minAmount: maybe(fc.integer({ min: 0, max: 300_000 })),
      maxAmount: maybe(fc.integer({ min: 1, max: 1_000_000 })),
      buyerName: maybe(fc.constantFrom('구매자1', '홍', '홍_', '홍%', '홍길', '없는'), 3),
      acquirer: maybe(fc.constantFrom('toss', 'inicis', 'kakaopay'), 4),
      bankCode: maybe(fc.constantFrom('088', '004'), 6),
    })
    .map(({ period: { from, before }, fact, named, ...rest }) => {
      const isNamed = named !== 'none';
      const value = isNamed ? fact[named as 'orderNo'] : null;
      // Somebody who names a payment mostly looks where it is.
      const found = isNamed
        ? {
            from: startOfKoreanDay(FIRST_DAY),
            before: startOfKoreanDay(PLAN.until),
            dateBasis: fact.isCancel ? 'cancelled' : 'approved',
          }
        : {};
      return {
        ...rest,
        from,
        before,
        ...found,
        ...(value === null ? {} : { [named]: value }),
      } as SearchCriteria;
    });

it('lists, in any combination of filters, what a plain filter over the rows does, newest first', async () => {
  let matched = 0;
  await fc.assert(
    fc.asyncProperty(criteria(), fc.integer({ min: 60, max: 1_000 }), async (wanted, limit) => {
      const rows = await walked(wanted, limit);
      const times = rows.map(({ place }) => databaseTime(place.at));
      expect(times).toEqual([...times].sort().reverse());
      expect(rows.map(idOf).sort()).toEqual(
        expected(wanted)
          .map(({ id }) => id)
          .sort(),
      );
      matched += rows.length === 0 ? 0 : 1;
    }),
    { seed: 20_260_401, numRuns: 250, endOnFailure: true },
  );
  expect(matched).toBeGreaterThan(30);
}, 240_000);

it('adds up what it lists', async () => {
  await fc.assert(
    fc.asyncProperty(criteria(), async (wanted) => {
      const rows = await walked(wanted, 1_000);
      const charged = rows.filter(
        ({ cancel, status }) =>
          cancel === null && ['APPROVED', 'PARTIALLY_CANCELLED', 'CANCELLED'].includes(status),
      );
      const sum = (of: (row: HistoryRow) => number) => charged.reduce((total, row) => total + of(row), 0);
      expect(await history.summary(wanted)).toEqual({
        count: rows.length,
        approvedCount: charged.length,
        approvedAmount: sum(({ amount }) => amount),
        cancelledAmount:
          sum(({ cancelledAmount }) => cancelledAmount) +
          rows.reduce((total, { cancel }) => total + (cancel?.amount ?? 0), 0),
      });
    }),
    { seed: 4, numRuns: 80, endOnFailure: true },
  );
}, 240_000);

const whole = { from: startOfKoreanDay(FIRST_DAY), before: startOfKoreanDay(PLAN.until) };
const merchant: SearchCriteria = {
  ...whole,
  ...{ scope: { kind: 'MERCHANT', mid: BIG }, dateBasis: 'approved' },
};

it('ends a search that finds too little with a place to go on from, and nothing is lost', async () => {
  const rare: SearchCriteria = { ...merchant, buyerName: '홍길', minAmount: 200_000 };
  const short = await history.page(rare, { limit: 50, budgetMs: 0, shape: SHAPE });
  expect(short.rows.length).toBeLessThan(50);
  expect(short.next).not.toBeNull();
  const rows = await walked(rare, 50, 0);
  expect(rows.map(idOf).sort()).toEqual(
    expected(rare)
      .map(({ id }) => id)
      .sort(),
  );
  expect(rows.length).toBeGreaterThan(5);
});

const READS = `SHOW SESSION STATUS WHERE Variable_name IN ('Handler_read_key', 'Handler_read_next', 'Handler_read_prev',
  'Handler_read_rnd', 'Handler_read_rnd_next', 'Handler_read_first', 'Handler_read_last')`;

/** Rows and index entries that were read for a page. */
async function readsOf(wanted: SearchCriteria, after?: Position): Promise<number> {
  await pool.query('FLUSH STATUS');
  const page = await history.page(wanted, { limit: 50, after, budgetMs: 20_000, shape: SHAPE });
  expect(page.rows).toHaveLength(50);
  const counters = await pool.query<{ Value: string }[]>(READS);
  return counters.reduce((sum, { Value }) => sum + Number(Value), 0);
}

it.each([
  ['a merchant', { kind: 'MERCHANT', mid: BIG }, {}],
  ['a branch', { kind: 'BRANCH', mid: BIG, branchId: 'brn_TRAFFIC0000000000000010000' }, {}],
  ['an agency', { kind: 'AGENCY', agencyCode: AGENCY }, {}],
  ['an operator', { kind: 'ALL' }, {}],
  ['a merchant who asks for cancels', { kind: 'MERCHANT', mid: BIG }, { dateBasis: 'cancelled' }],
] as const)(
  'reads for %s as much for a page deep in the list as for the first',
  async (_who, scope, more) => {
    const wanted: SearchCriteria = { ...merchant, scope, ...more };
    const rows = await walked(wanted, 1_000);
    const depth = Math.min(10_000, rows.length - 200);
    expect(depth).toBeGreaterThan(300);
    const [first, deep] = [await readsOf(wanted), await readsOf(wanted, rows[depth]!.place)];
    expect(first).toBeLessThan(scope.kind === 'AGENCY' ? 900 : 500);
    expect(deep).toBeLessThanOrEqual(first * 1.2 + 20);
  },
);

interface Plan {
  readonly table: string;
  readonly type: string;
  readonly key: string | null;
  readonly Extra: string;
}

async function plansOf(wanted: SearchCriteria): Promise<Plan[]> {
  const mids = wanted.scope.kind === 'AGENCY' ? ['M9000002', 'M9000004'] : [];
  const walk = { criteria: wanted, lanes: lanesOf(wanted, mids), shape: SHAPE };
  const span = { from: wanted.from, after: { at: wanted.before, key: LOWEST_KEY } };
  const exact = exactFilterOf(wanted);
  const statements =
    exact === null
      ? streamsOf(wanted).flatMap((stream) => [
          pageSql(walk, stream, span, 51),
          ...(isNarrowed(wanted, walk.lanes) ? [boundarySql(walk, stream, span, 2_000)] : []),
        ])
      : [exactSql(walk, exact, span)];
  const found: Plan[] = [];
  for (const { sql, values } of statements) {
    found.push(...(await pool.use((connection) => connection.query<Plan[]>(`EXPLAIN ${sql}`, values))));
  }
  return found;
}

const ALL: DataScope = { kind: 'ALL' };
const BRANCH: DataScope = { kind: 'BRANCH', mid: BIG, branchId: 'brn_TRAFFIC0000000000000010000' };
const BY_MERCHANT = ['ix_transactions_merchant', 'ix_payments_mid_created'];
const BY_TIME = ['ix_transactions_kind', 'ix_payments_created'];

it.each<[string, Partial<SearchCriteria>, string[]]>([
  ['a merchant’s period', {}, BY_MERCHANT],
  ['a branch’s period', { scope: BRANCH }, ['ix_transactions_branch', 'ix_payments_branch']],
  ['an agency’s period', { scope: { kind: 'AGENCY', agencyCode: AGENCY } }, BY_MERCHANT],
  ['everybody’s period', { scope: ALL }, BY_TIME],
  ['cancels', { dateBasis: 'cancelled' }, ['ix_transactions_merchant']],
  ['everybody’s cancels', { scope: ALL, dateBasis: 'cancelled' }, ['ix_transactions_kind']],
  ['a branch of a merchant', { branchId: BRANCH.branchId }, ['ix_transactions_branch', 'ix_payments_branch']],
  ['a merchant, for an operator', { scope: ALL, mid: BIG }, BY_MERCHANT],
  ['status APPROVED', { status: 'APPROVED' }, ['ix_transactions_merchant']],
  ['status FAILED', { status: 'FAILED' }, ['ix_payments_mid_created']],
  ['status CANCELLED', { status: 'CANCELLED' }, BY_MERCHANT],
  ['method', { methods: ['CARD'] }, BY_MERCHANT],
  ['amounts', { minAmount: 1_000, maxAmount: 5_000 }, BY_MERCHANT],
  ['buyer', { buyerName: '구매자1' }, BY_MERCHANT],
  ['acquirer', { acquirer: 'toss' }, BY_MERCHANT],
  ['order number', { orderNo: 'TRAFFIC-1' }, ['uq_payments_order']],
  ['order number, for an operator', { scope: ALL, orderNo: 'TRAFFIC-1' }, ['uq_payments_order']],
  ['approval number', { approvalNo: '00000001' }, ['ix_payments_approval_no']],
  ['approval number, for an operator', { scope: ALL, approvalNo: '00000001' }, ['ix_payments_approval_no']],
  ['acquirer’s key', { acquirerTransactionId: 'tx_1' }, ['ix_payments_acquirer_transaction']],
  ['last four digits', { cardLast4: '4242' }, ['ix_payments_card']],
  ['last four digits, for an operator', { scope: ALL, cardLast4: '4242' }, ['ix_payments_card']],
])('finds %s by its own index, and sorts and scans nothing whole', async (_what, more, indexes) => {
  const wanted: SearchCriteria = { ...merchant, ...more };
  const plans = await plansOf(wanted);
  const ours = plans.filter(({ key }) => key !== null && /^(ix|uq)_(transactions|payments)/.test(key));
  expect([...new Set(ours.map(({ key }) => key))].sort()).toEqual([...indexes].sort());
  expect(
    plans.filter(({ table, type }) => ['t', 'p'].includes(table) && ['ALL', 'index'].includes(type)),
  ).toEqual([]);
  const sorted = plans.filter(
    ({ table, Extra }) => ['t', 'p'].includes(table) && /filesort|temporary/.test(Extra),
  );
  if (exactFilterOf(wanted) === null) expect(sorted).toEqual([]);
});
