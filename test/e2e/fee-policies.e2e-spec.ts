import { SqlPool } from '../../src/common/db/pool';
import { addDays, koreanDay } from '../../src/common/time/korean-time';
import { FEE_METHODS } from '../../src/modules/fees/fees.types';
import { PAYMENT_METHODS } from '../../src/modules/merchants/merchants.types';
import { type ApiAnswer, newOrderNo } from '../support/merchant';
import { MemberClient } from '../support/member-client';
import { Stack } from '../support/stack';

jest.setTimeout(180_000);

let stack: Stack;
let operator: MemberClient;
let pool: SqlPool;
const today = koreanDay(new Date());
const PATH = '/v1/admin/fee-policies';
const WISH = { mid: 'M0000001', effectiveFrom: today, ratePpm: 32_000, reason: '시험' };

beforeAll(async () => {
  stack = await Stack.start('fees');
  operator = await MemberClient.login(stack.api.url, 'operator');
  pool = new SqlPool(stack.databaseUrl, { connectionsMax: 1, waitMs: 5_000, queryTimeoutMs: 10_000 });
});
afterAll(async () => {
  await pool?.close();
  await stack?.stop();
});

const set = (more: Record<string, unknown> = {}, headers: Record<string, string> = {}) =>
  operator.post(PATH, { ...WISH, ...more }, headers);
const list = (query: string) => operator.get(`${PATH}?${query}`);
/** Those that a test has set; demo merchants have those of their tier besides. */
const policies = (answer: ApiAnswer) =>
  (answer.body.data as { policyId: string; ratePpm: number; tier: string | null }[]).filter(
    ({ tier }) => tier === null,
  );
const badFields = (answer: ApiAnswer) => (answer.body.errors ?? []).map(({ field }) => field).sort();

it('names the methods that payments have', () => {
  expect(FEE_METHODS).toEqual(PAYMENT_METHODS);
});

it('is for a demo merchant that of tier GENERAL, until another one is set', async () => {
  const { body } = await list(`mid=M0000006&day=${today}`);
  const held = body.data as {
    tier: string;
    method: string | null;
    cardType: string | null;
    ratePpm: number;
  }[];
  expect(held.map(({ tier, method, cardType, ratePpm }) => [tier, method, cardType, ratePpm]).sort()).toEqual(
    [
      ['GENERAL', null, null, 34_000],
      ['GENERAL', null, 'CHECK', 34_000],
      ['GENERAL', 'BANK_TRANSFER', null, 18_000],
      ['GENERAL', 'VIRTUAL_ACCOUNT', null, 0],
    ].sort(),
  );
});

it('holds from its day on, until a later one of the same scope', async () => {
  const mid = 'M0000002';
  const general = (await set({ mid })).body.policyId as string;
  const own = (await set({ mid, method: 'CARD', cardType: 'CHECK', ratePpm: 20_000, fixedFee: 10 })).body;
  expect(own).toMatchObject({ method: 'CARD', cardType: 'CHECK', branchId: null, ended: false, tier: null });
  const next = addDays(today, 10);
  const later = (await set({ mid, effectiveFrom: next, ratePpm: 30_000 })).body.policyId as string;
  const ended = await set({ mid, effectiveFrom: next, method: 'CARD', cardType: 'CHECK', ended: true });
  expect(ended.status).toBe(201);
  const holding = async (day: string) =>
    policies(await list(`mid=${mid}&day=${day}`)).map(({ policyId }) => policyId);
  expect(await holding(addDays(today, -1))).toEqual([]);
  expect(await holding(today)).toEqual([own.policyId, general]);
  expect(await holding(addDays(next, -1))).toEqual([own.policyId, general]);
  expect(await holding(next)).toEqual([later]);
});

it('is set for today or later, for the past only where there was no general policy', async () => {
  const yesterday = { effectiveFrom: addDays(today, -1) };
  const particular = await set({ ...yesterday, method: 'CARD' });
  expect([particular.status, particular.body.errors?.[0]?.code]).toEqual([400, 'IN_THE_PAST']);
  expect(badFields(particular)).toEqual(['effectiveFrom']);
  const [held] = await pool.execute<{ day: string }[]>(
    `SELECT CAST(MIN(effective_from) AS CHAR) AS day FROM fee_policies WHERE mid = 'M0000005' AND scope = '*|*|*|*|*|*|*'`,
  );
  const before = { mid: 'M0000005', effectiveFrom: addDays(held!.day, -1) };
  expect((await set(before)).status).toBe(201);
  const twice = await set(before);
  expect([twice.status, twice.body.errors?.[0]?.code]).toEqual([400, 'IN_THE_PAST']);
});

it('never gives away more than the fee with the agencies above, whichever of policy and rate comes last', async () => {
  // AG0001 brought M0000001 in.
  const rate = (code: string, ratePpm: number, effectiveFrom = today) =>
    operator.post(`/v1/agencies/${code}/commission-rates`, { effectiveFrom, ratePpm, reason: '시험' });
  const account = { bankCode: '088', accountNumber: '110123456789', holderName: '다라에이전시' };
  const top = await operator.post('/v1/agencies', {
    ...{ name: '다라에이전시', businessNumber: '2208162517', representative: '이대표', phone: '02-555-0200' },
    ...{ email: 'agency@example.com', account },
  });
  const above = top.body.agencyCode as string;
  const [own] = await pool.execute<{ version: number }[]>(
    "SELECT version FROM agencies WHERE code = 'AG0001'",
  );
  expect((await rate(above, 400_000)).status).toBe(201);
  const moved = await operator.put('/v1/agencies/AG0001/parent', {
    ...{ parentCode: above, version: own!.version, reason: '시험' },
  });
  expect(moved.status).toBe(200);
  const [mid, acquirer] = ['M0000001', 'toss'];
  const tooMuch = await set({ mid, acquirer, agencyCommissionPpm: 600_001 });
  expect([tooMuch.status, tooMuch.body.code, tooMuch.body.sumPpm]).toEqual([
    409,
    'COMMISSION_ABOVE_FEE',
    1_000_001,
  ]);
  expect((await set({ mid, acquirer, agencyCommissionPpm: 600_000 })).status).toBe(201);
  expect((await rate(above, 400_001)).body.code).toBe('COMMISSION_ABOVE_FEE');
  // The policy ends before the rate rises.
  const later = addDays(today, 30);
  expect((await set({ mid, acquirer, effectiveFrom: later, ended: true })).status).toBe(201);
  expect((await rate(above, 400_001, addDays(later, -1))).body.code).toBe('COMMISSION_ABOVE_FEE');
  expect((await rate(above, 500_000, later)).status).toBe(201);
});

it('cannot be changed or removed, not even in the database', async () => {
  await set();
  for (const sql of ['UPDATE fee_policies SET rate_ppm = 1', 'DELETE FROM fee_policies']) {
    await expect(pool.execute(sql)).rejects.toThrow('APPEND_ONLY');
  }
});

it.each<[string, Record<string, unknown>, string[]]>([
  ['a rate above the whole', { ratePpm: 1_000_001 }, ['ratePpm']],
  ['a rate that is no integer', { ratePpm: 1.5 }, ['ratePpm']],
  [
    'amounts below nothing',
    { fixedFee: -1, minimumFee: -1, amountMin: -1 },
    ['amountMin', 'fixedFee', 'minimumFee'],
  ],
  ['a band that ends before it begins', { amountMin: 10, amountMax: 9 }, ['amountMax']],
  ['a day that is none', { effectiveFrom: '2099-02-30' }, ['effectiveFrom']],
  ['nothing where something could be left out', { branchId: null, method: null }, ['branchId', 'method']],
  ['an issuer of what is no card', { method: 'BANK_TRANSFER', cardIssuer: 'KB' }, ['cardIssuer']],
  ['an end of the general policy', { ended: true }, ['ended']],
  [
    'commissions above the whole fee',
    { agencyCommissionPpm: 600_000, sellerCommissionPpm: 400_001 },
    ['sellerCommissionPpm'],
  ],
  ['an unknown field', { rate: 3 }, ['rate']],
])('refuses %s', async (_what, more, fields) => {
  const answer = await set(more);
  expect([answer.status, answer.body.code, badFields(answer)]).toEqual([400, 'VALIDATION_FAILED', fields]);
});

it('refuses a merchant or branch that is not there, and a branch of another merchant', async () => {
  const [{ mid, id } = { mid: '', id: '' }] = await pool.execute<{ mid: string; id: string }[]>(
    'SELECT mid, id FROM branches LIMIT 1',
  );
  expect((await set({ mid, branchId: id })).status).toBe(201);
  const other = mid === 'M0000002' ? 'M0000001' : 'M0000002';
  for (const wish of [
    { mid: 'M9999999' },
    { branchId: 'brn_01K9Z3V4T5W6X7Y8Z9ABCDEFGH' },
    { mid: other, branchId: id },
  ]) {
    const answer = await set(wish);
    expect([answer.status, answer.body.code]).toEqual([404, 'FEE_POLICY_OWNER_NOT_FOUND']);
  }
});

it('is set once for one Idempotency-Key', async () => {
  const key = { 'idempotency-key': newOrderNo() };
  const first = await set({ method: 'EASY_PAY' }, key);
  const again = await set({ method: 'EASY_PAY' }, key);
  expect(again.text).toBe(first.text);
  expect(again.headers.get('idempotency-replayed')).toBe('true');
});

it('lists page by page, the newest first, each policy once', async () => {
  for (let rate = 1; rate <= 5; rate += 1) await set({ mid: 'M0000003', ratePpm: rate });
  const seen: number[] = [];
  let cursor: string | null = '';
  while (cursor !== null) {
    const page: ApiAnswer = await list(`mid=M0000003&limit=2${cursor === '' ? '' : `&cursor=${cursor}`}`);
    seen.push(...policies(page).map(({ ratePpm }) => ratePpm));
    cursor = page.body.nextCursor as string | null;
  }
  expect(seen).toEqual([5, 4, 3, 2, 1]);
  const day = await list(`day=${today}`);
  expect([day.status, badFields(day)]).toEqual([400, ['mid']]);
});

it.each(['merchant1', 'agency1', 'branch1'])('is not for %s', async (loginId) => {
  const member = await MemberClient.login(stack.api.url, loginId);
  const [read, written] = [await member.get(PATH), await member.post(PATH, WISH)];
  expect([read.status, written.status]).toEqual([403, 403]);
});

it('reads every list by an index, in its order', async () => {
  await pool.execute(
    `INSERT INTO fee_policies (id, mid, scope, effective_from, ended, rate_ppm, fixed_fee, minimum_fee,
       acquirer_cost_ppm, reason, created_by, created_at)
     SELECT CONCAT('fpl_', LPAD(n.seq, 26, '0')), m.mid, '*|*|*|*|*|*|*', '2026-01-01', 0, 0, 0, 0, 0, '', '', NOW(3)
     FROM seq_1_to_5000 n JOIN (SELECT mid FROM merchants WHERE mid = 'M0000004') m`,
  );
  await pool.query('ANALYZE TABLE fee_policies');
  const explained = async (index: string, condition: string, values: string[]) => {
    const rows = await pool.execute<{ key: string | null; Extra: string }[]>(
      `EXPLAIN SELECT * FROM fee_policies p ${index} WHERE ${condition} ORDER BY p.seq DESC LIMIT 51`,
      values,
    );
    return [rows[0]?.key, /filesort/.test(rows[0]?.Extra ?? '')];
  };
  const ofMerchant = await explained('FORCE INDEX (ix_fee_policies_mid)', 'p.mid = ? AND p.seq < 1000', [
    'M0000004',
  ]);
  expect(ofMerchant).toEqual(['ix_fee_policies_mid', false]);
  expect(await explained('', 'p.seq < 1000', [])).toEqual(['PRIMARY', false]);
});
