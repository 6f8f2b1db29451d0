import fc from 'fast-check';
import { DataSource } from 'typeorm';
import { AppError } from '../../src/common/errors/app-error';
import type { MemberPrincipal } from '../../src/common/http/principal';
import { addDays, koreanDay } from '../../src/common/time/korean-time';
import { AgenciesFacade } from '../../src/modules/agencies/agencies.facade';
import { AgenciesService } from '../../src/modules/agencies/agencies.service';
import { CommissionRates } from '../../src/modules/agencies/commission-rates.service';
import { AGENCY_CHECKS } from '../../src/verify/agency-checks';
import { MerchantProcesses } from './merchants.support';

jest.setTimeout(240_000);

/** Random trees of agencies, moved about at random, against a model of a few lines; then moves that cross. */
const RUNS = Number(process.env.MODEL_RUNS ?? 25);
const SEED = Number(process.env.MODEL_SEED ?? 20261121);
const REASON = 'model';
const today = koreanDay(new Date());
const OPERATOR: MemberPrincipal = {
  ...{ kind: 'MEMBER', memberId: 'mem_test', role: 'OPERATOR', sessionId: 'ses_test', position: null },
  ...{ mid: null, branchId: null, agencyCode: null },
};

let processes: MerchantProcesses;
let agencies: AgenciesService;
let rates: CommissionRates;
let facade: AgenciesFacade;
let database: DataSource;
let numbers = 1_000_000_000;

beforeAll(async () => {
  processes = await MerchantProcesses.without('agencies_model');
  agencies = processes.first.get(AgenciesService, { strict: false });
  rates = processes.first.get(CommissionRates, { strict: false });
  facade = processes.first.get(AgenciesFacade, { strict: false });
  database = processes.first.get(DataSource, { strict: false });
});
afterAll(() => processes?.end());

async function register(parentCode?: string): Promise<string> {
  numbers += 1;
  const account = { bankCode: '088', accountNumber: '110123456789', holderName: '가나' };
  const { agencyCode } = await agencies.register(OPERATOR, {
    ...{
      name: '가나에이전시',
      businessNumber: String(numbers),
      representative: '김대표',
      phone: '025550100',
    },
    ...{ email: 'a@example.com', account, sellerCode: null, parentCode },
  });
  return agencyCode;
}

/** The code of the error that it ended with; null when it went well. */
const faultOf = (work: Promise<unknown>): Promise<string | null> =>
  work.then(
    () => null,
    (error: unknown) => {
      if (error instanceof AppError) return error.code;
      throw error;
    },
  );

async function move(code: string, parent: string | null): Promise<string | null> {
  const { version } = (await facade.findAgency(code))!;
  return faultOf(agencies.move(code, parent, { version, reason: REASON }, 'test'));
}

const setRate = (agencyCode: string, ratePpm: number, effectiveFrom = today) =>
  faultOf(rates.set({ agencyCode }, { ratePpm, effectiveFrom, reason: REASON }, 'test'));

async function broken(): Promise<string[]> {
  const found: string[] = [];
  for (const { what, sql } of AGENCY_CHECKS) {
    const rows = await database.query<{ id: string }[]>(sql);
    found.push(...rows.map(({ id }) => `${id} ${what}`));
  }
  return found;
}

/** Each agency's parent; null at the top. */
class Model {
  readonly parents = new Map<string, string | null>();

  /** Itself first. */
  above(code: string): string[] {
    const parent = this.parents.get(code) ?? null;
    return parent === null ? [code] : [code, ...this.above(parent)];
  }

  paths(): string[] {
    return [...this.parents.keys()]
      .flatMap((code) => this.above(code).map((ancestor, distance) => `${ancestor} ${code} ${distance}`))
      .sort();
  }
}

type Step =
  | { readonly do: 'register'; readonly under: number }
  | { readonly do: 'move'; readonly which: number; readonly under: number };

const step: fc.Arbitrary<Step> = fc.oneof(
  fc.record({ do: fc.constant('register' as const), under: fc.nat(9) }),
  fc.record({ do: fc.constant('move' as const), which: fc.nat(9), under: fc.nat(9) }),
);

async function perform(model: Model, wish: Step): Promise<void> {
  const codes = [...model.parents.keys()];
  // One place past the end stands for the top of the tree.
  const under = codes[wish.under % (codes.length + 1)] ?? null;
  if (wish.do === 'register' || codes.length === 0) {
    model.parents.set(await register(under ?? undefined), under);
    return;
  }
  const code = codes[wish.which % codes.length]!;
  const isCycle = under !== null && model.above(under).includes(code);
  expect(await move(code, under)).toBe(isCycle ? 'AGENCY_TREE_CYCLE' : null);
  if (!isCycle) model.parents.set(code, under);
}

it('keeps the paths equal to the closure of the parents, whatever is registered and moved', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 3, maxLength: 14 }), async (steps) => {
      const model = new Model();
      for (const each of steps) await perform(model, each);
      const rows = await database.query<{ path: string }[]>(
        `SELECT CONCAT(ancestor_code, ' ', agency_code, ' ', distance) AS path FROM agency_paths
         WHERE agency_code IN (?)`,
        [[...model.parents.keys()]],
      );
      expect(rows.map(({ path }) => path).sort()).toEqual(model.paths());
    }),
    { numRuns: RUNS, seed: SEED },
  );
  expect(await broken()).toEqual([]);
});

it('lets one of two moves that cross go first, and refuses the other', async () => {
  for (let round = 0; round < 15; round += 1) {
    const [left, right] = [await register(), await register()];
    const [leftBelow, rightBelow] = [await register(left), await register(right)];
    const ends = await Promise.all([move(left, rightBelow), move(right, leftBelow)]);
    expect(ends.sort()).toEqual(['AGENCY_TREE_CYCLE', null].sort());
  }
  expect(await broken()).toEqual([]);
});

it('lets one of two changes from the same version go first, and refuses the other', async () => {
  const [code, top] = [await register(), await register()];
  const ends = await Promise.all([move(code, top), move(code, null)]);
  expect(ends.sort()).toEqual(['AGENCY_CHANGED', null].sort());
});

it('registers and moves at once without a path too many or too few', async () => {
  const [top, other] = [await register(), await register()];
  await Promise.all([...Array.from({ length: 8 }, () => register(top)), move(top, other)]);
  const rows = await database.query<{ n: string }[]>(
    'SELECT COUNT(*) AS n FROM agency_paths WHERE ancestor_code = ?',
    [other],
  );
  expect(Number(rows[0]!.n)).toBe(10);
  expect(await broken()).toEqual([]);
});

/** A merchant of an agency, written by whatever means. */
async function bring(agencyCode: string): Promise<string> {
  numbers += 1;
  const mid = `M8${String(numbers % 1_000_000).padStart(6, '0')}`;
  await database.query(
    `INSERT INTO merchants (mid, name, business_number, representative, address, phone, status, agency_code)
     VALUES (?, '가나', ?, '김대표', '시험로 1', '025550100', 'ACTIVE', ?)`,
    [mid, String(numbers), agencyCode],
  );
  return mid;
}

const listedBelow = async (code: string): Promise<string[]> => {
  const rows = await database.query<{ mid: string }[]>(
    'SELECT mid FROM agency_merchants WHERE ancestor_code = ? ORDER BY mid',
    [code],
  );
  return rows.map(({ mid }) => mid);
};

it('lists a merchant below its agency and those above it, wherever either moves', async () => {
  const [top, other] = [await register(), await register()];
  const below = await register(top);
  const [first, second] = [await bring(below), await bring(top)];
  expect([await listedBelow(below), await listedBelow(top)]).toEqual([[first], [first, second]]);
  expect(await move(below, other)).toBeNull();
  expect([await listedBelow(top), await listedBelow(other)]).toEqual([[second], [first]]);
  await database.query('UPDATE merchants SET agency_code = ? WHERE mid = ?', [top, first]);
  expect([await listedBelow(top), await listedBelow(other)]).toEqual([[first, second], []]);
  await database.query('UPDATE merchants SET agency_code = NULL WHERE mid = ?', [second]);
  expect([await listedBelow(top), await listedBelow(below)]).toEqual([[first], []]);
  expect(await broken()).toEqual([]);
});

it('misses no merchant that is added while its agency moves', async () => {
  for (let round = 0; round < 15; round += 1) {
    const [top, other] = [await register(), await register()];
    const below = await register(round % 2 === 0 ? top : undefined);
    const [ends, mid] = await Promise.all([
      move(below, other),
      // Of two that wait for each other the database ends one; what it ended is done again.
      bring(below).catch(() => bring(below)),
    ]);
    expect([ends, await listedBelow(other), await listedBelow(top)]).toEqual([null, [mid], []]);
  }
  expect(await broken()).toEqual([]);
});

it.each<[string, string, string]>([
  ['too few merchants', 'DELETE FROM agency_merchants WHERE mid = ?', 'is not listed below'],
  [
    'too many merchants',
    `INSERT INTO agency_merchants (ancestor_code, mid) SELECT MIN(code), ? FROM agencies`,
    'that it is not below',
  ],
])('is told by npm run verify of %s in a tree', async (_what, sql, told) => {
  const mid = await bring(await register());
  await database
    .transaction(async (tx) => {
      await tx.query(sql, [mid]);
      const found: string[] = [];
      for (const { what, sql: check } of AGENCY_CHECKS) {
        const rows = await tx.query<{ id: string }[]>(check);
        found.push(...rows.filter(({ id }) => id === mid).map(() => what));
      }
      expect(found.join()).toContain(told);
      throw new Error('undone');
    })
    .catch((error: Error) => expect(error.message).toBe('undone'));
  expect(await broken()).toEqual([]);
});

it('never gives more than the fee along a path, though rates and moves come at once', async () => {
  for (let round = 0; round < 10; round += 1) {
    const [top, below] = [await register(), await register()];
    expect([await setRate(top, 600_000), await setRate(below, 300_000)]).toEqual([null, null]);
    const ends = await Promise.all([move(below, top), setRate(below, 500_000)]);
    expect(ends.sort()).toEqual(['COMMISSION_ABOVE_FEE', null].sort());
  }
  expect(await broken()).toEqual([]);
});

it('tells who earns on a day, nearest first, and looks ahead to what is planned', async () => {
  const top = await register();
  const below = await register(top);
  const later = addDays(today, 30);
  expect(await setRate(top, 200_000)).toBeNull();
  expect(await setRate(below, 100_000)).toBeNull();
  expect(await setRate(top, 850_000, later)).toBeNull();
  expect(await setRate(below, 200_000, addDays(later, 1))).toBe('COMMISSION_ABOVE_FEE');
  expect(await setRate(below, 200_000)).toBe('COMMISSION_ABOVE_FEE');
  expect(await setRate(below, 300_000, addDays(today, -1))).toBe('VALIDATION_FAILED');
  expect(await facade.commissionsFor(below, today)).toEqual([
    { kind: 'AGENCY', code: below, ratePpm: 100_000 },
    { kind: 'AGENCY', code: top, ratePpm: 200_000 },
  ]);
  const levels = await facade.commissionsFor(below, later);
  expect(facade.commissionsOf(-1_999, levels).map(({ amount }) => amount)).toEqual([-199, -1_699]);
});

it.each<[string, string, string]>([
  ['a path to itself', 'DELETE FROM agency_paths WHERE agency_code = ? AND distance = 0', 'path to itself'],
  [
    'a path upwards',
    'DELETE FROM agency_paths WHERE agency_code = ? AND distance = 1',
    'a path of its parent',
  ],
  [
    'a path that leads nowhere',
    'UPDATE agencies SET parent_code = NULL WHERE code = ?',
    'a path to one that is not above it',
  ],
  [
    'another distance',
    'UPDATE agency_paths SET distance = 5 WHERE agency_code = ? AND distance = 1',
    'parent',
  ],
  ['another place', 'UPDATE agency_paths SET agency_seq = 0 WHERE agency_code = ?', 'another place'],
  ['another name', `UPDATE agency_paths SET agency_name = 'x' WHERE agency_code = ?`, 'another name'],
])('is told by npm run verify of %s', async (_what, sql, told) => {
  const code = await register(await register());
  await database
    .transaction(async (tx) => {
      await tx.query(sql, [code]);
      const found: string[] = [];
      for (const { what, sql: check } of AGENCY_CHECKS) {
        const rows = await tx.query<{ id: string }[]>(check);
        found.push(...rows.filter(({ id }) => id === code).map(() => what));
      }
      expect(found.join()).toContain(told);
      throw new Error('undone');
    })
    .catch((error: Error) => expect(error.message).toBe('undone'));
  expect(await broken()).toEqual([]);
});
