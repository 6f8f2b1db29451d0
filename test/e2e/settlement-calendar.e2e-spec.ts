import { createConnection } from 'mysql2/promise';
import type { ApiAnswer } from '../support/merchant';
import { memberOf } from '../support/points';
import { Stack } from '../support/stack';

jest.setTimeout(180_000);

const DAY_MS = 86_400_000;
const CALENDAR = '/v1/settlements/calendar';
const HOLIDAYS = '/v1/admin/holidays';
const TERMS = '/v1/admin/settlement-terms';
/** A week without holidays in 2027, the last year that the library has: its next version moves these days on. */
const WEEK = 'from=2027-10-18&to=2027-10-24';

let stack: Stack;
const logins = new Map<string, string>();

interface Captured {
  readonly capturedOn: string;
  readonly payoutOn: string;
}

beforeAll(async () => {
  stack = await Stack.start('settlement-calendar', { worker: false });
  for (const loginId of ['operator', 'merchant1', 'merchant2', 'branch1', 'agency1']) {
    logins.set(loginId, await memberOf(stack.api.url, loginId));
  }
});
afterAll(() => stack?.stop());

/** As that member. */
async function as(
  loginId: string,
  method: string,
  path: string,
  body?: unknown,
  headers = {},
): Promise<ApiAnswer> {
  const authorization = logins.get(loginId)!;
  return stack.merchant.send(method, path, body, { authorization, ...headers });
}
const put = (body: Record<string, unknown>) =>
  as('operator', 'PUT', HOLIDAYS, { reason: '시험', holidays: [], ...body });
const setTerms = (body: Record<string, unknown>, headers = {}) =>
  as('operator', 'POST', TERMS, { mid: 'M0000001', reason: '시험', ...body }, headers);
const dataOf = ({ text }: ApiAnswer) => (JSON.parse(text) as { data: Captured[] }).data;
const payouts = (answer: ApiAnswer) => dataOf(answer).map(({ payoutOn }) => payoutOn.slice(5));
const faults = ({ status, body }: ApiAnswer) => [
  status,
  (body.errors ?? []).map(({ field, code }) => `${field} ${code}`),
];
const koreanDay = (daysAhead: number) =>
  new Date(Date.now() + 9 * 3_600_000 + daysAhead * DAY_MS).toISOString().slice(0, 10);

async function inDatabase<T>(sql: string, values: unknown[] = []): Promise<T> {
  const connection = await createConnection({ uri: stack.databaseUrl });
  try {
    const [rows] = await connection.query(sql, values);
    return rows as T;
  } finally {
    await connection.end();
  }
}

describe('the calendar', () => {
  it('tells every day of a holiday week, each with its payout day', async () => {
    const answer = await stack.merchant.send('GET', `${CALENDAR}?from=2025-01-23&to=2025-02-01`);
    expect(answer.status).toBe(200);
    expect(JSON.parse(answer.text)).toEqual({
      data: [
        { capturedOn: '2025-01-23', payoutOn: '2025-01-31' },
        { capturedOn: '2025-01-24', payoutOn: '2025-02-03' },
        ...['25', '26', '27', '28', '29', '30', '31'].map((day) => ({
          capturedOn: `2025-01-${day}`,
          payoutOn: '2025-02-04',
        })),
        { capturedOn: '2025-02-01', payoutOn: '2025-02-05' },
      ],
    });
  });

  it('reckons with the cycle that is asked for, its plus sign encoded or not', async () => {
    const period = 'from=2026-09-21&to=2026-09-23';
    for (const cycle of ['D+3', 'D%2B3']) {
      const answer = await as('branch1', 'GET', `${CALENDAR}?${period}&cycle=${cycle}`);
      expect(payouts(answer)).toEqual(['09-28', '09-29', '09-30']);
    }
    const weekly = await as('agency1', 'GET', `${CALENDAR}?${period}&cycle=W-SUN%2B1`);
    expect(payouts(weekly)).toEqual(['09-29', '09-29', '09-29']);
    const monthly = await as('operator', 'GET', `${CALENDAR}?${period}&cycle=M-31%2B5`);
    expect(payouts(monthly)).toEqual(['10-08', '10-08', '10-08']);
  });

  it('names every bad field', async () => {
    const bad = await as('merchant1', 'GET', `${CALENDAR}?from=2026-02-30&cycle=D%2B31&method=CASH&x=1`);
    expect(bad.status).toBe(400);
    const fields = new Set(bad.body.errors?.map(({ field }) => field));
    expect([...fields].sort()).toEqual(['cycle', 'from', 'method', 'to', 'x']);
    const turned = await as('merchant1', 'GET', `${CALENDAR}?from=2026-02-02&to=2026-02-01`);
    expect(faults(turned)).toEqual([400, ['to OUT_OF_RANGE']]);
    const long = await as('merchant1', 'GET', `${CALENDAR}?from=2025-01-01&to=2026-02-05`);
    expect(faults(long)).toEqual([400, ['to OUT_OF_RANGE']]);
    const longest = await as('merchant1', 'GET', `${CALENDAR}?from=2025-01-01&to=2026-02-04`);
    expect(dataOf(longest)).toHaveLength(400);
    const whose = await as('operator', 'GET', `${CALENDAR}?${WEEK}&contractId=ctr_${'0'.repeat(26)}`);
    expect(faults(whose)).toEqual([400, ['mid REQUIRED']]);
  });

  it('never guesses a year that nobody has told', async () => {
    const over = await stack.merchant.send('GET', `${CALENDAR}?from=2027-12-20&to=2027-12-31`);
    expect([over.status, over.body.code, over.body.year]).toEqual([409, 'CALENDAR_YEAR_UNKNOWN', '2028']);
    const before = await stack.merchant.send('GET', `${CALENDAR}?from=2017-12-31&to=2018-01-02`);
    expect([before.status, before.body.year]).toEqual([409, '2017']);
  });

  it('is for those who may see settlements, and shows nobody another merchant’s', async () => {
    const token = await stack.merchant.send(
      'POST',
      '/oauth/token',
      'grant_type=client_credentials&scope=payments:read',
      {
        'content-type': 'application/x-www-form-urlencoded',
      },
    );
    const authorization = `Bearer ${String(token.body.access_token)}`;
    const narrow = await stack.merchant.send('GET', `${CALENDAR}?${WEEK}`, undefined, { authorization });
    expect([token.status, narrow.status, narrow.body.code]).toEqual([200, 403, 'FORBIDDEN']);
    const nobody = await stack.merchant.send('GET', `${CALENDAR}?${WEEK}`, undefined, { authorization: '' });
    expect(nobody.status).toBe(401);
    const statuses = async (mid: string, ...loginIds: string[]) =>
      Promise.all(
        loginIds.map(async (login) => (await as(login, 'GET', `${CALENDAR}?${WEEK}&mid=${mid}`)).status),
      );
    expect(await statuses('M0000001', 'merchant1', 'branch1', 'agency1', 'operator')).toEqual([
      ...[200, 200, 200, 200],
    ]);
    expect(await statuses('M0000001', 'merchant2')).toEqual([404]);
    expect(await statuses('M9999999', 'agency1', 'operator')).toEqual([404, 404]);
    const [foreign] = await inDatabase<{ mid: string }[]>(
      "SELECT mid FROM merchants WHERE agency_code IS NULL OR agency_code <> 'AG0001' LIMIT 1",
    );
    expect(await statuses(foreign!.mid, 'agency1', 'operator')).toEqual([404, 200]);
  });
});

describe('terms of a merchant', () => {
  it('move its payouts from their day of capture on, the more particular first', async () => {
    const before = await stack.merchant.send('GET', `${CALENDAR}?${WEEK}`);
    expect(payouts(before)).toEqual(['10-20', '10-21', '10-22', '10-25', '10-26', '10-27', '10-27']);
    const headers = { 'idempotency-key': 'terms-1' };
    const wanted = { cycle: 'D+6', effectiveFrom: '2027-10-20' };
    const made = await setTerms(wanted, headers);
    expect([made.status, made.body.method, made.body.cycle]).toEqual([201, null, 'D+6']);
    expect((await setTerms(wanted, headers)).text).toBe(made.text);
    expect(
      (await setTerms({ cycle: 'D+3', method: 'BANK_TRANSFER', effectiveFrom: '2027-10-22' })).status,
    ).toBe(201);
    const own = await stack.merchant.send('GET', `${CALENDAR}?${WEEK}`);
    expect(payouts(own)).toEqual(['10-20', '10-21', '10-28', '10-29', '11-01', '11-02', '11-02']);
    const transfers = await as('branch1', 'GET', `${CALENDAR}?${WEEK}&method=BANK_TRANSFER`);
    expect(payouts(transfers)).toEqual(['10-20', '10-21', '10-28', '10-29', '10-27', '10-28', '10-28']);
    const asked = await stack.merchant.send('GET', `${CALENDAR}?${WEEK}&cycle=D%2B2`);
    expect(payouts(asked)).toEqual(payouts(before));
    expect(payouts(await as('merchant2', 'GET', `${CALENDAR}?${WEEK}`))).toEqual(payouts(before));
    expect(payouts(await as('agency1', 'GET', `${CALENDAR}?${WEEK}&mid=M0000001`))).toEqual(payouts(own));
    expect(payouts(await as('operator', 'GET', `${CALENDAR}?${WEEK}`))).toEqual(payouts(before));
  });

  it('may be those of one contract, which must be its own', async () => {
    const contracts = await inDatabase<{ id: string; mid: string }[]>(
      "SELECT id, mid FROM acquirer_contracts WHERE mid IN ('M0000001', 'M0000002') ORDER BY mid",
    );
    const own = contracts.find(({ mid }) => mid === 'M0000001')!.id;
    const foreign = contracts.find(({ mid }) => mid === 'M0000002')!.id;
    const wanted = { cycle: 'D+1', effectiveFrom: '2027-10-18' };
    expect((await setTerms({ ...wanted, contractId: own })).status).toBe(201);
    expect((await setTerms({ ...wanted, contractId: foreign })).status).toBe(404);
    const answer = await stack.merchant.send('GET', `${CALENDAR}?${WEEK}&contractId=${own}`);
    expect(payouts(answer)).toEqual(['10-19', '10-20', '10-21', '10-22', '10-25', '10-26', '10-26']);
    const stranger = await stack.merchant.send('GET', `${CALENDAR}?${WEEK}&contractId=${foreign}`);
    expect(stranger.status).toBe(404);
  });

  it('are listed page by page, newest first, and are never past', async () => {
    const yesterday = await setTerms({ cycle: 'D+1', effectiveFrom: koreanDay(-1) });
    expect(faults(yesterday)).toEqual([400, ['effectiveFrom IN_THE_PAST']]);
    const bad = await setTerms({
      mid: 'x',
      cycle: 'D+99',
      method: 'CASH',
      effectiveFrom: '2027-02-29',
      reason: '',
    });
    expect(new Set(bad.body.errors?.map(({ field }) => field))).toEqual(
      new Set(['mid', 'cycle', 'method', 'effectiveFrom', 'reason']),
    );
    expect((await setTerms({ mid: 'M9999999', cycle: 'D+1', effectiveFrom: '2027-12-01' })).status).toBe(404);
    await setTerms({ mid: 'M0000003', cycle: 'W-FRI+2', effectiveFrom: koreanDay(0) });
    const cycles: string[] = [];
    let cursor = '';
    do {
      const page = await as('operator', 'GET', `${TERMS}?mid=M0000001&limit=2${cursor}`);
      const { data, nextCursor } = JSON.parse(page.text) as {
        data: { cycle: string; mid: string }[];
        nextCursor: string | null;
      };
      cycles.push(...data.map(({ cycle }) => cycle));
      cursor = nextCursor === null ? '' : `&cursor=${nextCursor}`;
    } while (cursor !== '');
    expect(cycles).toEqual(['D+1', 'D+3', 'D+6']);
    const all = await as('operator', 'GET', TERMS);
    expect((JSON.parse(all.text) as { data: unknown[] }).data).toHaveLength(4);
    expect(faults(await as('operator', 'GET', `${TERMS}?cursor=nonsense`))).toEqual([
      400,
      ['cursor BAD_FORMAT'],
    ]);
  });
});

describe('the operator’s holidays', () => {
  const PERIOD = `${CALENDAR}?from=2027-11-01&to=2027-11-03&cycle=D%2B2`;

  it('move the payouts, may be taken back, and keep their history', async () => {
    expect(payouts(await stack.merchant.send('GET', PERIOD))).toEqual(['11-03', '11-04', '11-05']);
    const added = await put({ year: '2027', holidays: [{ day: '2027-11-03', name: '임시공휴일' }] });
    expect(added.status).toBe(200);
    expect(payouts(await stack.merchant.send('GET', PERIOD))).toEqual(['11-04', '11-05', '11-08']);
    // The same again is no news.
    await put({ year: '2027', holidays: [{ day: '2027-11-03', name: '임시공휴일' }] });
    const back = await put({
      year: '2027',
      holidays: [{ day: '2027-11-03', kind: 'STRIKE', name: '임시공휴일 철회' }],
    });
    expect(payouts(await stack.merchant.send('GET', PERIOD))).toEqual(['11-03', '11-04', '11-05']);
    const year = JSON.parse(back.text) as {
      completeBy: string;
      data: { day: string; source: string; holiday: boolean }[];
      history: { day: string; kind: string; createdBy: string }[];
    };
    expect(year.completeBy).toBe('LIBRARY');
    expect(year.history.map(({ day, kind }) => `${day} ${kind}`)).toEqual([
      ...['2027-11-03 STRIKE', '2027-11-03 ADD'],
    ]);
    expect(year.history[0]!.createdBy).toMatch(/^member:mem_/);
    expect(year.data.filter(({ day }) => day >= '2027-10-11')).toMatchObject([
      { day: '2027-10-11', source: 'LIBRARY', holiday: true },
      { day: '2027-11-03', source: 'OPERATOR', holiday: false },
      { day: '2027-12-25', source: 'LIBRARY', holiday: true },
      { day: '2027-12-27', source: 'LIBRARY', holiday: true },
    ]);
    const rows = await inDatabase<{ target: string; details: string }[]>(
      "SELECT target, details FROM audit_logs WHERE action = 'holidays.change' ORDER BY seq",
    );
    expect(rows.map(({ target, details }) => `${target} ${String(details).includes('2027-11-03')}`)).toEqual([
      ...['holidays:2027 true', 'holidays:2027 true'],
    ]);
  });

  it('strike a day of the library', async () => {
    const path = `${CALENDAR}?from=2027-12-24&to=2027-12-24&cycle=D%2B1`;
    expect(payouts(await stack.merchant.send('GET', path))).toEqual(['12-28']);
    await put({ year: '2027', holidays: [{ day: '2027-12-27', kind: 'STRIKE', name: '대체공휴일 아님' }] });
    expect(payouts(await stack.merchant.send('GET', path))).toEqual(['12-27']);
  });

  it('are never told of today or the past, of another year, nor against 1 May', async () => {
    const [today, year] = [koreanDay(0), koreanDay(0).slice(0, 4)];
    const past = await put({ year, holidays: [{ day: today, name: '오늘' }] });
    expect(faults(past)).toEqual([400, ['holidays.0.day IN_THE_PAST']]);
    const mixed = await put({
      year: '2027',
      holidays: [
        { day: '2027-11-10', name: '좋은 날' },
        { day: '2028-11-10', name: '다른 해' },
        { day: '2027-05-01', kind: 'STRIKE', name: '노동절' },
      ],
    });
    expect(faults(mixed)).toEqual([400, ['holidays.1.day OTHER_YEAR', 'holidays.2.day NOT_ALLOWED']]);
    // Nothing of it was kept.
    expect((await as('operator', 'GET', `${HOLIDAYS}?year=2027`)).text).not.toContain('2027-11-10');
  });

  it('are refused for a day that is settled', async () => {
    await inDatabase("UPDATE settlement_calendar SET closed_through = '2027-11-15' WHERE id = 1");
    const refused = await put({ year: '2027', holidays: [{ day: '2027-11-15', name: '늦음' }] });
    expect([refused.status, refused.body.code, refused.body.closedThrough]).toEqual([
      ...[409, 'CALENDAR_DAY_CLOSED', '2027-11-15'],
    ]);
    expect((await put({ year: '2027', holidays: [{ day: '2027-11-16', name: '제때' }] })).status).toBe(200);
  });

  it('name every bad field', async () => {
    const bad = await put({
      year: '27',
      holidays: [{ day: '2027-02-29', kind: 'MAYBE', name: '' }],
      yearComplete: null,
      reason: 'x'.repeat(201),
    });
    expect(bad.status).toBe(400);
    expect(new Set(bad.body.errors?.map(({ field }) => field))).toEqual(
      new Set(['year', 'holidays.0.day', 'holidays.0.kind', 'holidays.0.name', 'yearComplete', 'reason']),
    );
    expect(faults(await put({ year: '2027' }))).toEqual([400, ['holidays REQUIRED']]);
    expect(faults(await as('operator', 'GET', `${HOLIDAYS}?year=1999`))).toEqual([400, ['year BAD_FORMAT']]);
  });

  it('release a year that the library lacks, once it is told completely', async () => {
    const path = `${CALENDAR}?from=2027-12-31&to=2028-01-04&cycle=D%2B1`;
    const fixed = ['01-01', '03-01', '05-05', '06-06', '07-17', '08-15', '10-03', '10-09', '12-25'];
    const moving = ['01-26', '01-27', '01-28', '05-02', '10-02', '10-04', '10-05'];
    const holidays = (days: string[]) => days.map((day) => ({ day: `2028-${day}`, name: '공휴일' }));
    const few = await put({ year: '2028', holidays: holidays(fixed.slice(1)), yearComplete: true });
    expect(faults(few)).toEqual([400, ['yearComplete YEAR_INCOMPLETE']]);
    expect(few.body.errors?.[0]?.message).toContain('01-01');
    const solar = await put({ year: '2028', holidays: holidays(fixed), yearComplete: true });
    expect(faults(solar)).toEqual([400, ['yearComplete YEAR_INCOMPLETE']]);
    // Told, but not yet complete: still nobody's guess.
    expect((await put({ year: '2028', holidays: holidays(fixed) })).status).toBe(200);
    expect((await stack.merchant.send('GET', path)).body.code).toBe('CALENDAR_YEAR_UNKNOWN');
    const whole = await put({ year: '2028', holidays: holidays(moving), yearComplete: true });
    expect([whole.status, whole.body.completeBy]).toEqual([200, 'OPERATOR']);
    expect(payouts(await stack.merchant.send('GET', path))).toEqual([
      '01-03',
      '01-04',
      '01-04',
      '01-04',
      '01-05',
    ]);
    const again = await put({ year: '2028', holidays: holidays(moving), yearComplete: true });
    expect(again.text).toBe(whole.text);
  });

  it('are the operator’s alone', async () => {
    const body = { year: '2027', holidays: [{ day: '2027-11-24', name: '남의 것' }], reason: '시험' };
    for (const loginId of ['merchant1', 'branch1', 'agency1']) {
      const answers = await Promise.all([
        as(loginId, 'PUT', HOLIDAYS, body),
        as(loginId, 'GET', HOLIDAYS),
        as(loginId, 'GET', TERMS),
        as(loginId, 'POST', TERMS, {
          ...{ mid: 'M0000001', cycle: 'D+0', effectiveFrom: '2027-01-01', reason: '시험' },
        }),
      ]);
      expect(answers.map(({ status }) => status)).toEqual([403, 403, 403, 403]);
    }
    expect((await stack.merchant.send('GET', HOLIDAYS)).status).toBe(403);
  });
});

it('keeps what operators said: no row of it can be changed or removed', async () => {
  for (const table of ['holidays', 'holiday_years', 'settlement_terms']) {
    await expect(inDatabase(`UPDATE ${table} SET reason = 'x'`)).rejects.toThrow('APPEND_ONLY');
    await expect(inDatabase(`DELETE FROM ${table}`)).rejects.toThrow('APPEND_ONLY');
  }
});
