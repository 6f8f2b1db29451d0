import fc from 'fast-check';
import { activeTransaction } from '../../src/common/db/active-transaction';
import { SqlPool } from '../../src/common/db/pool';
import { newId } from '../../src/common/ids/id';
import { addDays } from '../../src/common/time/korean-time';
import { Clock } from '../../src/common/time/clock';
import type { CommissionLevel } from '../../src/modules/agencies/agencies.types';
import { commissionChange, commissionsOf } from '../../src/modules/agencies/commission.calc';
import { cancelFee, feeOf, feeOfRest } from '../../src/modules/fees/fee.calc';
import { policyFor } from '../../src/modules/fees/fee-policy.policy';
import type { FeesFacade } from '../../src/modules/fees/fees.facade';
import type { FeePolicy } from '../../src/modules/fees/fees.types';
import { SettlementRunner } from '../../src/modules/settlements/run/settlement-runner.service';
import { createTestDatabase, type TestDatabase } from '../support/test-database';

/**
 * Random movements of some merchants over some days, settled by statements over a real MariaDB and reckoned one by one
 * by the pure functions beside it. Twice, by several processes at once, with one that gives up half-way: the same lines.
 */
const SEED = Number(process.env.SETTLEMENT_SEED ?? 20261121);
const DAYS = ['2026-03-02', '2026-03-03', '2026-03-04'];
const MIDS = ['M0000001', 'M0000002', 'M0000003'];

let database: TestDatabase;
let pool: SqlPool;

beforeAll(async () => {
  database = await createTestDatabase('settlement-run');
  pool = new SqlPool(database.url, { connectionsMax: 8, waitMs: 5_000, queryTimeoutMs: 20_000 });
  await insertMovements();
});

afterAll(async () => {
  await pool.close();
  await database.drop();
});

const policy = (mid: string, over: Partial<FeePolicy>): FeePolicy => ({
  ...{ policyId: newId('fpl'), seq: 1, mid, effectiveFrom: '2026-01-01', ended: false, tier: null },
  ...{ branchId: null, acquirer: null, cardIssuer: null, cardType: null, method: null },
  ...{
    amountMin: null,
    amountMax: null,
    ratePpm: 29_000,
    fixedFee: 0,
    minimumFee: 0,
    acquirerCostPpm: 21_000,
  },
  ...{ agencyCommissionPpm: null, sellerCommissionPpm: null, reason: 'test', createdBy: 'test' },
  createdAt: new Date(0),
  ...over,
});

const POLICIES: Readonly<Record<string, readonly FeePolicy[]>> = {
  M0000001: [
    policy('M0000001', {}),
    policy('M0000001', { cardType: 'CHECK', ratePpm: 15_000 }),
    policy('M0000001', { branchId: 'brn_1', ratePpm: 31_313, fixedFee: 30 }),
    policy('M0000001', { amountMin: 50_000, amountMax: 99_999, ratePpm: 12_345 }),
  ],
  M0000002: [policy('M0000002', { ratePpm: 18_000, minimumFee: 200, fixedFee: 55 })],
  M0000003: [
    policy('M0000003', { method: 'VIRTUAL_ACCOUNT', ratePpm: 0, fixedFee: 300 }),
    policy('M0000003', {}),
  ],
};
/** What others are asked for takes connections of theirs: never while a part's transaction holds one. */
const outside = <T>(answer: T) => {
  expect(activeTransaction()).toBeUndefined();
  return Promise.resolve(answer);
};
const fees = {
  policiesForAll: (mids: string[]) => outside(new Map(mids.map((mid) => [mid, [...POLICIES[mid]!]]))),
  ensureAnyPolicy: () => outside(undefined),
  policyOf: policyFor,
} as unknown as FeesFacade;
const payoutDays = {
  on: (day: string) =>
    outside({ of: () => addDays(day, 2), following: (payoutDay: string) => addDays(payoutDay, 1) }),
  close: () => Promise.resolve(),
};
/** Of M0000001 an agency and the one above it, of M0000002 a seller besides, of M0000003 nobody. */
const EARNERS: Readonly<Record<string, readonly CommissionLevel[]>> = {
  M0000001: [
    { kind: 'AGENCY', code: 'AG0002', ratePpm: 123_457 },
    { kind: 'AGENCY', code: 'AG0001', ratePpm: 50_000 },
  ],
  M0000002: [
    { kind: 'AGENCY', code: 'AG0001', ratePpm: 333_333 },
    { kind: 'SELLER', code: 'SL0001', ratePpm: 10_001 },
  ],
};
const earners = { on: () => outside((mid: string) => EARNERS[mid] ?? []) };

const runner = () => new SettlementRunner(pool, fees, earners, payoutDays, new Clock());

interface Movement {
  readonly kind: 'APPROVAL' | 'CANCEL';
  readonly sourceId: string;
  readonly day: string;
  readonly before: number;
  readonly after: number;
}
interface Life {
  readonly paymentId: string;
  readonly mid: string;
  readonly branchId: string | null;
  readonly method: 'CARD' | 'VIRTUAL_ACCOUNT';
  readonly cardType: 'CREDIT' | 'CHECK' | null;
  readonly movements: readonly Movement[];
}

const lives: Life[] = fc
  .sample(
    fc.record({
      mid: fc.constantFrom(...MIDS),
      branchId: fc.constantFrom(null, 'brn_1', 'brn_2'),
      isCard: fc.boolean(),
      cardType: fc.constantFrom('CREDIT' as const, 'CHECK' as const, null),
      amount: fc.oneof(fc.integer({ min: 1, max: 200_000 }), fc.integer({ min: 1, max: 999_999_999_999 })),
      first: fc.nat(DAYS.length - 1),
      cancels: fc.array(fc.record({ share: fc.double({ min: 0, max: 1, noNaN: true }), later: fc.nat(1) }), {
        maxLength: 3,
      }),
      inFull: fc.boolean(),
    }),
    { numRuns: 600, seed: SEED },
  )
  .map(({ mid, branchId, isCard, cardType, amount, first, cancels, inFull }) => {
    const paymentId = newId('pay');
    const movements: Movement[] = [
      { kind: 'APPROVAL', sourceId: paymentId, day: DAYS[first]!, before: 0, after: amount },
    ];
    let [left, day] = [amount, first];
    cancels.forEach(({ share, later }, index) => {
      day = Math.min(DAYS.length - 1, day + later);
      const taken = inFull && index === cancels.length - 1 ? left : Math.floor(left * share);
      if (taken === 0) return;
      movements.push({
        kind: 'CANCEL',
        sourceId: newId('pcn'),
        day: DAYS[day]!,
        before: left,
        after: left - taken,
      });
      left -= taken;
    });
    return {
      ...{ paymentId, mid, branchId, movements },
      method: isCard ? 'CARD' : 'VIRTUAL_ACCOUNT',
      cardType: isCard ? cardType : null,
    };
  });

async function insertMovements(): Promise<void> {
  for (const { paymentId, mid, branchId, method, cardType, movements } of lives) {
    for (const { kind, sourceId, day, before, after } of movements) {
      await pool.execute(
        `INSERT INTO transactions (kind, source_id, payment_id, mid, branch_id, contract_id, acquirer, method, card_type,
           amount, settled_amount, left_before, left_after, captured_day, occurred_at)
         VALUES (?, ?, ?, ?, ?, 'ctr_1', 'toss', ?, ?, ?, ?, ?, ?, ?, ?)`,
        [
          ...[kind, sourceId, paymentId, mid, branchId, method, cardType],
          ...[after - before, after - before, before, after, day, `${day} 03:00:00.000`],
        ],
      );
      await pool.execute(
        `INSERT INTO ledger_transfers (kind, source_id, mid, debit_account, credit_account, amount) VALUES (?, ?, ?, ?, ?, ?)`,
        [
          ...[kind, sourceId, mid],
          ...(after > before
            ? ['ACQUIRER_RECEIVABLE', 'MERCHANT_PAYABLE']
            : ['MERCHANT_PAYABLE', 'ACQUIRER_RECEIVABLE']),
          Math.abs(after - before),
        ],
      );
    }
  }
}

/** What each movement's line ought to be, by the pure functions alone. */
function expectedLines(): Map<string, { fee: number; vat: number; policy: string; day: string }> {
  const expected = new Map<string, { fee: number; vat: number; policy: string; day: string }>();
  for (const { mid, branchId, method, cardType, movements } of lives) {
    const [approval] = movements;
    const subject = {
      branchId,
      acquirer: 'toss',
      cardIssuer: null,
      cardType,
      method,
      amount: approval!.after,
    };
    const terms = policyFor([...POLICIES[mid]!], subject)!;
    for (const { kind, sourceId, day, before, after } of movements) {
      const isSameDay = day === approval!.day;
      const step = { leftBefore: before, leftAfter: after, isSameDay };
      const { fee, vat } = kind === 'APPROVAL' ? feeOf(after, terms) : cancelFee(step, terms);
      expected.set(sourceId, { fee, vat, policy: terms.policyId, day });
    }
  }
  return expected;
}

interface LineRow {
  readonly source_id: string;
  readonly fee: number | string;
  readonly vat: number | string;
  readonly policy_id: string;
  readonly day: string;
}
const lines = () =>
  pool.execute<LineRow[]>(
    `SELECT source_id, fee, vat, policy_id, CAST(captured_day AS CHAR) AS day FROM settlement_lines ORDER BY transaction_seq`,
  );
const sums = async (sql: string) => (await pool.execute<Record<string, string>[]>(sql))[0]!;

it('settles three days by two processes at once as the pure functions reckon it, and again changes nothing', async () => {
  const dying = new SqlPool(database.url, { connectionsMax: 2, waitMs: 5_000, queryTimeoutMs: 20_000 });
  const settling = new SettlementRunner(dying, fees, earners, payoutDays, new Clock()).run(
    DAYS[2]!,
    'system:test',
  );
  const dead = settling.catch((error: unknown) => error);
  await dying.close();
  const [one, two] = await Promise.all([
    runner().run(DAYS[2]!, 'member:one'),
    runner().run(DAYS[2]!, 'member:two'),
    dead,
  ]);
  expect(one).toEqual(two);
  expect(one.status).toBe('DONE');
  const made = await lines();
  const got = new Map(
    made.map(({ source_id, fee, vat, policy_id, day }) => [
      source_id,
      { fee: Number(fee), vat: Number(vat), policy: policy_id, day },
    ]),
  );
  expect(made.length).toBe(got.size);
  expect(got).toEqual(expectedLines());
  const before = await sums(
    'SELECT COUNT(*) AS n, SUM(line_count) AS lines_, SUM(payout_amount) AS net, SUM(version) AS versions FROM settlements',
  );
  await Promise.all(DAYS.flatMap((day) => [runner().run(day, 'member:one'), runner().catchUp()]));
  expect(await lines()).toEqual(made);
  expect(
    await sums(
      'SELECT COUNT(*) AS n, SUM(line_count) AS lines_, SUM(payout_amount) AS net, SUM(version) AS versions FROM settlements',
    ),
  ).toEqual(before);
});

it('makes settlements, roll-ups and ledger that sum to the lines to the won', async () => {
  const of = 'SUM(amount) AS amount, SUM(fee) AS fee, SUM(vat) AS vat';
  const fromLines = await sums(`SELECT ${of}, SUM(1) AS n FROM settlement_lines`);
  const figures = 'SUM(approval_amount) + SUM(cancel_amount) AS amount, SUM(fee) AS fee, SUM(vat) AS vat';
  expect(await sums(`SELECT ${figures}, SUM(line_count) AS n FROM settlements`)).toEqual(fromLines);
  for (const table of ['daily_branch_sales', 'daily_merchant_sales']) {
    expect(
      await sums(`SELECT ${figures}, SUM(approval_count) + SUM(cancel_count) AS n FROM ${table}`),
    ).toEqual(fromLines);
  }
  const booked = await sums(`SELECT -SUM(IF(account = 'MERCHANT_PAYABLE', amount, 0)) AS owed,
    -SUM(IF(account = 'FEE_INCOME', amount, 0)) AS fee, -SUM(IF(account = 'VAT_PAYABLE', amount, 0)) AS vat, SUM(amount) AS zero
    FROM ledger_entries`);
  const owed = Number(fromLines.amount) - Number(fromLines.fee) - Number(fromLines.vat);
  expect(Object.fromEntries(Object.entries(booked).map(([key, value]) => [key, Number(value)]))).toEqual({
    ...{ owed, fee: Number(fromLines.fee), vat: Number(fromLines.vat) },
    zero: 0,
  });
});

it('gives each earner its share of every fee, as the pure functions reckon it, and takes it back with cancels', async () => {
  const expected: string[] = [];
  for (const { mid, branchId, method, cardType, movements } of lives) {
    const levels = EARNERS[mid] ?? [];
    const [approval] = movements;
    const subject = {
      branchId,
      acquirer: 'toss',
      cardIssuer: null,
      cardType,
      method,
      amount: approval!.after,
    };
    const terms = policyFor([...POLICIES[mid]!], subject)!;
    for (const { kind, sourceId, day, before, after } of movements) {
      const due = feeOfRest(after, terms, day === approval!.day).fee;
      const earned =
        kind === 'APPROVAL'
          ? commissionsOf(feeOf(after, terms).fee, levels)
          : commissionChange(feeOf(before, terms).fee, due, levels);
      expected.push(...earned.map(({ code, amount }) => `${sourceId} ${code} ${amount}`));
    }
  }
  const made = await pool.execute<{ source_id: string; earner_code: string; amount: number | string }[]>(
    `SELECT l.source_id, c.earner_code, c.amount FROM commission_lines c
     JOIN settlement_lines l ON l.transaction_seq = c.transaction_seq`,
  );
  const got = made.map(
    ({ source_id, earner_code, amount }) => `${source_id} ${earner_code} ${Number(amount)}`,
  );
  expect(got.sort()).toEqual(expected.sort());
  const byEarner = (sql: string) => pool.execute<{ code: string; amount: string }[]>(sql);
  const sums = await byEarner(
    'SELECT earner_code AS code, CAST(SUM(amount) AS CHAR) AS amount FROM commission_lines GROUP BY 1 ORDER BY 1',
  );
  expect(sums.map(({ code }) => code)).toEqual(['AG0001', 'AG0002', 'SL0001']);
  expect(
    await byEarner(
      'SELECT earner_code AS code, CAST(SUM(amount) AS CHAR) AS amount FROM daily_commissions GROUP BY 1 ORDER BY 1',
    ),
  ).toEqual(sums);
  expect(
    await byEarner(
      `SELECT SUBSTRING_INDEX(SUBSTRING(source_id, 3), ':', 1) AS code, CAST(-SUM(amount) AS CHAR) AS amount
       FROM ledger_entries WHERE kind = 'COMMISSION' AND account = 'COMMISSION_PAYABLE' GROUP BY 1 ORDER BY 1`,
    ),
  ).toEqual(sums);
});

it('refuses a day that may still get movements', async () => {
  const [{ today }] = await pool.execute<[{ today: string }]>(
    'SELECT CAST(DATE(UTC_TIMESTAMP() + INTERVAL 9 HOUR) AS CHAR) AS today',
  );
  await expect(runner().run(today, 'member:one')).rejects.toThrow('DAY_NOT_OVER');
});
