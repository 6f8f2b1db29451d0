import { SqlPool } from '../../src/common/db/pool';
import { addDays, koreanDay } from '../../src/common/time/korean-time';
import { type ApiAnswer, keyIn, MerchantClient, newOrderNo } from '../support/merchant';
import { MemberClient } from '../support/member-client';
import { eventually } from '../support/program';
import { messagesTo } from '../support/sms-payer';
import { Stack } from '../support/stack';

jest.setTimeout(180_000);

let stack: Stack;
let pool: SqlPool;
let operator: MemberClient;
/** Of AG0001, which brought M0000001 and M0000002. */
let agency: MemberClient;
let sellerCode: string;
const today = koreanDay(new Date());

beforeAll(async () => {
  stack = await Stack.start('agencies');
  pool = new SqlPool(stack.databaseUrl, { connectionsMax: 1, waitMs: 5_000, queryTimeoutMs: 10_000 });
  operator = await MemberClient.login(stack.api.url, 'operator');
  agency = await MemberClient.login(stack.api.url, 'agency1');
  const seller = await operator.post('/v1/admin/sellers', { name: '박판매', phone: '010-1234-5678' });
  sellerCode = seller.body.sellerCode as string;
});
afterAll(async () => {
  await pool?.close();
  await stack?.stop();
});

let businesses = 100_000_000;
/** Another number each time, with its check digit. */
function businessNumber(): string {
  businesses += 1;
  const digits = [...String(businesses)].map(Number);
  const weights = [1, 3, 7, 1, 3, 7, 1, 3];
  const last = digits[8]! * 5;
  const sum = weights.reduce((total, weight, place) => total + weight * digits[place]!, 0);
  return `${businesses}${(10 - ((sum + Math.floor(last / 10) + (last % 10)) % 10)) % 10}`;
}

const wish = (more: Record<string, unknown> = {}) => ({
  name: '다라에이전시',
  businessNumber: businessNumber(),
  representative: '이대표',
  phone: '02-555-0200',
  email: 'Agency@Example.com',
  account: { bankCode: '088', accountNumber: '110123456789', holderName: '다라에이전시' },
  ...more,
});
async function register(more: Record<string, unknown> = {}, by = operator): Promise<string> {
  const answer = await by.post('/v1/agencies', wish(more));
  if (answer.status !== 201) throw new Error(`not registered: ${answer.text}`);
  return answer.body.agencyCode as string;
}
/** A member of an agency: the demo agency's password, which everybody knows. */
async function memberFor(agencyCode: string): Promise<MemberClient> {
  const loginId = `a${newOrderNo().toLowerCase().replace(/\W/g, '')}`.slice(0, 30);
  await pool.execute(
    `INSERT INTO members (id, login_id, password_hash, name, role, agency_code, status)
     SELECT ?, ?, password_hash, '시험', 'AGENCY', ?, 'ACTIVE' FROM members WHERE login_id = 'agency1'`,
    [`mem_${loginId.slice(-26).padStart(26, '0').toUpperCase()}`, loginId, agencyCode],
  );
  return MemberClient.login(stack.api.url, loginId);
}
const codes = (answer: ApiAnswer) =>
  (answer.body.data as { agencyCode: string }[]).map((each) => each.agencyCode);
const outcome = ({ status, body }: ApiAnswer) => [status, body.code];
const fields = (answer: ApiAnswer) => (answer.body.errors ?? []).map(({ field }) => field).sort();

describe('registering an agency', () => {
  it('gives it a code, and shows the public its name, representative and telephone only', async () => {
    const answer = await operator.post('/v1/agencies', wish({ sellerCode }));
    expect(answer.status).toBe(201);
    expect(answer.body).toMatchObject({
      ...{ parentCode: null, status: 'ACTIVE', sellerCode, bankCode: '088', version: 1 },
      ...{ email: 'agency@example.com', agencyCode: expect.stringMatching(/^AG\d{4,}$/) },
    });
    expect(answer.text).not.toContain('110123456789');
    const shown = await fetch(`${stack.api.url}/v1/agencies/${answer.body.agencyCode as string}`);
    expect(await shown.json()).toEqual({
      ...{ agencyCode: answer.body.agencyCode, name: '다라에이전시', representative: '이대표' },
      phone: '02-555-0200',
    });
  });

  it('keeps its account sealed, and writes who did it', async () => {
    const code = await register();
    const [row] = await pool.execute<{ account_sealed: Buffer }[]>(
      'SELECT account_sealed FROM agencies WHERE code = ?',
      [code],
    );
    expect(row!.account_sealed.includes('110123456789')).toBe(false);
    const [audit] = await pool.execute<{ action: string; details: string }[]>(
      'SELECT action, details FROM audit_logs WHERE target = ?',
      [code],
    );
    expect(audit?.action).toBe('agency.register');
    expect(audit?.details).not.toContain('이대표');
  });

  it('puts an agency’s own below itself, and below nobody else', async () => {
    const [other, child] = [await register(), await register({}, agency)];
    const listed = await agency.get(`/v1/agencies?query=${child}`);
    expect((listed.body.data as object[])[0]).toMatchObject({ parentCode: 'AG0001' });
    const grandchild = await agency.post('/v1/agencies', wish({ parentCode: child }));
    expect(grandchild.body.parentCode).toBe(child);
    for (const parentCode of [other, 'AG9999']) {
      const refused = await agency.post('/v1/agencies', wish({ parentCode }));
      expect(outcome(refused)).toEqual([404, 'AGENCY_NOT_FOUND']);
    }
  });

  it('is done once for one Idempotency-Key and for one business number', async () => {
    const body = wish();
    const key = { 'idempotency-key': newOrderNo() };
    const first = await operator.post('/v1/agencies', body, key);
    expect((await operator.post('/v1/agencies', body, key)).text).toBe(first.text);
    expect(outcome(await operator.post('/v1/agencies', body))).toEqual([409, 'AGENCY_BUSINESS_NUMBER_TAKEN']);
  });

  it.each<[string, Record<string, unknown>, string[]]>([
    ['a business number with a wrong check digit', { businessNumber: '1234567890' }, ['businessNumber']],
    ['no telephone', { phone: '12' }, ['phone']],
    [
      'an account with letters',
      { account: { bankCode: 'KB', accountNumber: 'x', holderName: '' } },
      ['account.accountNumber', 'account.bankCode', 'account.holderName'],
    ],
    ['null for what may be left out', { sellerCode: null, parentCode: null }, ['parentCode', 'sellerCode']],
    ['an e-mail that is none', { email: 'x', code: 'AG0002' }, ['code', 'email']],
  ])('refuses %s', async (_what, more, bad) => {
    const answer = await operator.post('/v1/agencies', wish(more));
    expect([answer.status, fields(answer)]).toEqual([400, bad]);
  });

  it('is not for merchants', async () => {
    const merchant = await MemberClient.login(stack.api.url, 'merchant1');
    expect((await merchant.post('/v1/agencies', wish())).status).toBe(403);
    expect((await merchant.get('/v1/agencies')).status).toBe(403);
  });
});

describe('the list of agencies', () => {
  it('shows an agency itself and all below it, page by page, the newest first', async () => {
    const top = await register({ name: '마바사' });
    const member = await memberFor(top);
    const below: string[] = [];
    for (let count = 0; count < 4; count += 1)
      below.push(await register({ parentCode: below.at(-1) ?? top }));
    await register();
    const seen: string[] = [];
    let cursor: string | null = '';
    while (cursor !== null) {
      const page: ApiAnswer = await member.get(`/v1/agencies?limit=2${cursor && `&cursor=${cursor}`}`);
      seen.push(...codes(page));
      cursor = page.body.nextCursor as string | null;
    }
    expect(seen).toEqual([...below.toReversed(), top]);
    expect(codes(await operator.get('/v1/agencies?limit=200'))).toEqual(expect.arrayContaining(seen));
  });

  it('finds by the beginning of a name or code, within the caller’s tree', async () => {
    const top = await register({ name: '검색100%_상사' });
    const member = await memberFor(top);
    const below = await register({ name: '검색100%_지사', parentCode: top });
    const stranger = await register({ name: '검색1000상사' });
    const found = async (by: MemberClient, query: string) =>
      codes(await by.get(`/v1/agencies?query=${encodeURIComponent(query)}`));
    expect(await found(operator, '검색100')).toEqual([top, below, stranger].sort());
    expect((await found(operator, '검색100%_')).sort()).toEqual([top, below].sort());
    expect((await found(member, '검색')).sort()).toEqual([top, below].sort());
    expect(await found(member, stranger)).toEqual([]);
    expect(await found(operator, stranger.toLowerCase())).toEqual([stranger]);
    const page = await operator.get(`/v1/agencies?limit=1&query=${encodeURIComponent('검색100%_')}`);
    const next = `/v1/agencies?limit=1&query=${encodeURIComponent('검색100%_')}&cursor=${page.body.nextCursor as string}`;
    expect([...codes(page), ...codes(await operator.get(next))].sort()).toEqual([top, below].sort());
  });
});

describe('a change of an agency', () => {
  const change = (code: string, more: Record<string, unknown>) =>
    operator.patch(`/v1/agencies/${code}`, { version: 1, reason: '시험', ...more });

  it('is made from the version that was read', async () => {
    const code = await register();
    const changed = await change(code, { representative: '정대표', phone: '031-555-0300' });
    expect(changed.body).toMatchObject({ representative: '정대표', phone: '031-555-0300', version: 2 });
    expect(outcome(await change(code, { phone: '031-555-0301' }))).toEqual([409, 'AGENCY_CHANGED']);
    expect(outcome(await change('AG9999', { phone: '031-555-0301' }))).toEqual([404, 'AGENCY_NOT_FOUND']);
    expect((await change(code, { version: 2 })).status).toBe(400);
    expect(
      (await agency.patch(`/v1/agencies/${code}`, { version: 2, phone: '02-555-0400', reason: 'x' })).status,
    ).toBe(403);
  });

  it('suspends it, so that nobody is registered below it; and closes it for ever', async () => {
    const code = await register();
    await change(code, { status: 'SUSPENDED' });
    const refused = await operator.post('/v1/agencies', wish({ parentCode: code }));
    expect(outcome(refused)).toEqual([409, 'AGENCY_STATUS_CONFLICT']);
    expect((await change(code, { status: 'CLOSED', version: 2 })).body.status).toBe('CLOSED');
    expect(outcome(await change(code, { status: 'ACTIVE', version: 3 }))).toEqual([
      409,
      'AGENCY_STATUS_CONFLICT',
    ]);
    expect((await fetch(`${stack.api.url}/v1/agencies/${code}`)).status).toBe(404);
  });
});

describe('the members of an agency', () => {
  const set = (code: string, version: number, status: string) =>
    operator.patch(`/v1/agencies/${code}`, { version, status, reason: '시험' });

  it('look and change nothing while it is suspended', async () => {
    const code = await register();
    const below = await register({ parentCode: code });
    const member = await memberFor(code);
    await set(code, 1, 'SUSPENDED');
    expect(codes(await member.get('/v1/agencies'))).toEqual([below, code]);
    // Not even below one of its own that is active.
    const refused = await member.post('/v1/agencies', wish({ parentCode: below }));
    expect(outcome(refused)).toEqual([403, 'AGENCY_SUSPENDED']);
    expect((await member.patch('/v1/members/me', { name: '김이름' })).status).toBe(200);
    await set(code, 2, 'ACTIVE');
    expect((await member.post('/v1/agencies', wish({ parentCode: below }))).status).toBe(201);
  });

  it('are out for good when it is closed', async () => {
    const code = await register();
    const member = await memberFor(code);
    await set(code, 1, 'CLOSED');
    expect((await member.get('/v1/agencies')).status).toBe(401);
    const [row] = await pool.execute<{ status: string }[]>(
      'SELECT status FROM members WHERE agency_code = ?',
      [code],
    );
    expect(row!.status).toBe('DISABLED');
  });
});

describe('what an agency sees of merchants', () => {
  it('is what it and those below it brought: payments too; a lower one nothing of an upper one, siblings nothing', async () => {
    const top = await register();
    const [left, right] = [await register({ parentCode: top }), await register({ parentCode: top })];
    const [above, one, sibling] = [await memberFor(top), await memberFor(left), await memberFor(right)];
    await pool.execute('UPDATE merchants SET agency_code = ? WHERE mid = ?', [left, 'M0000003']);
    await pool.execute('UPDATE merchants SET agency_code = ? WHERE mid = ?', [top, 'M0000004']);
    const payment = async (mid: string) => {
      const answer = await new MerchantClient(stack.api.url, mid).approve(keyIn());
      expect(answer.status).toBe(200);
      return answer.body.paymentId;
    };
    const [ofLeft, ofTop] = [await payment('M0000003'), await payment('M0000004')];
    const sees = async (member: MemberClient) => ({
      payments: [
        (await member.get(`/v1/payments/${ofLeft}`)).status,
        (await member.get(`/v1/payments/${ofTop}`)).status,
      ],
      total: (await member.get('/v1/payments/stats')).body.total,
    });
    expect(await sees(above)).toEqual({ payments: [200, 200], total: 2 });
    expect(await sees(one)).toEqual({ payments: [200, 404], total: 1 });
    expect(await sees(sibling)).toEqual({ payments: [404, 404], total: 0 });
    const merchantsOf = async (member: MemberClient, code: string) => {
      const answer = await member.get(`/v1/agencies/${code}/merchants`);
      const data = answer.body.data as { mid: string }[] | undefined;
      return data?.map(({ mid }) => mid) ?? answer.status;
    };
    expect(await merchantsOf(above, top)).toEqual(['M0000004', 'M0000003']);
    expect(await merchantsOf(above, left)).toEqual(['M0000003']);
    expect([await merchantsOf(one, left), await merchantsOf(one, top)]).toEqual([['M0000003'], 404]);
    expect([await merchantsOf(sibling, right), await merchantsOf(sibling, left)]).toEqual([[], 404]);
    expect(await merchantsOf(operator, top)).toEqual(['M0000004', 'M0000003']);
  });

  it('goes with it when it moves, and comes page by page', async () => {
    const [from, to] = [await register(), await register()];
    const moved = await register({ parentCode: from });
    const [before, after] = [await memberFor(from), await memberFor(to)];
    for (const mid of ['M0000005', 'M0000006']) {
      await pool.execute('UPDATE merchants SET agency_code = ? WHERE mid = ?', [moved, mid]);
    }
    const move = { parentCode: to, version: 1, reason: '시험' };
    const answer = await operator.put(`/v1/agencies/${moved}/parent`, move);
    expect([answer.status, answer.body.parentCode, answer.body.version]).toEqual([200, to, 2]);
    expect((await before.get(`/v1/agencies/${moved}/merchants`)).status).toBe(404);
    const first = await after.get(`/v1/agencies/${to}/merchants?limit=1`);
    const cursor = first.body.nextCursor as string;
    const second = await after.get(`/v1/agencies/${to}/merchants?limit=1&cursor=${cursor}`);
    expect([first, second].flatMap(({ body }) => (body.data as { mid: string }[])[0]?.mid)).toEqual([
      'M0000006',
      'M0000005',
    ]);
    expect(second.body.nextCursor).toBeNull();
    const cycle = await operator.put(`/v1/agencies/${to}/parent`, { ...move, parentCode: moved });
    expect(outcome(cycle)).toEqual([409, 'AGENCY_TREE_CYCLE']);
    expect((await after.put(`/v1/agencies/${to}/parent`, move)).status).toBe(403);
  });
});

describe('commission rates', () => {
  const rate = (ratePpm: number, effectiveFrom = today) => ({ ratePpm, effectiveFrom, reason: '시험' });
  const set = (code: string, body: object, by = operator) =>
    by.post(`/v1/agencies/${code}/commission-rates`, body);

  it('are set from a day on, never for the past, and never so that a path has more than the fee', async () => {
    const top = await register();
    const below = await register({ parentCode: top, sellerCode });
    expect((await set(top, rate(500_000))).status).toBe(201);
    expect((await set(below, rate(400_000))).status).toBe(201);
    const seller = `/v1/admin/sellers/${sellerCode}/commission-rates`;
    expect((await operator.post(seller, rate(100_000))).status).toBe(201);
    const passed = await operator.post(seller, rate(100_001, addDays(today, 3)));
    expect(outcome(passed)).toEqual([409, 'COMMISSION_ABOVE_FEE']);
    expect(passed.body).toMatchObject({ agencyCode: below, day: addDays(today, 3), sumPpm: 1_000_001 });
    expect(outcome(await set(top, rate(1, addDays(today, -1))))).toEqual([400, 'VALIDATION_FAILED']);
    expect(fields(await set(top, rate(1_000_001, '2099-02-30')))).toEqual(['effectiveFrom', 'ratePpm']);
    expect(outcome(await set('AG9999', rate(1)))).toEqual([404, 'AGENCY_NOT_FOUND']);
    expect(outcome(await operator.post('/v1/admin/sellers/SL9999/commission-rates', rate(1)))).toEqual([
      404,
      'SELLER_NOT_FOUND',
    ]);
    const listed = (await operator.get(seller)).body.data as object[];
    expect(listed).toMatchObject([{ ratePpm: 100_000, effectiveFrom: today }]);
  });

  it('are shown to an agency for itself and those below it, and set by the operator alone', async () => {
    const top = await register();
    const below = await register({ parentCode: top });
    const [above, lower] = [await memberFor(top), await memberFor(below)];
    await set(below, rate(100_000));
    await set(below, rate(200_000, addDays(today, 1)));
    const path = (code: string) => `/v1/agencies/${code}/commission-rates`;
    const page = await above.get(`${path(below)}?limit=1`);
    expect((page.body.data as object[])[0]).toMatchObject({ ratePpm: 200_000 });
    const next = await above.get(`${path(below)}?limit=1&cursor=${page.body.nextCursor as string}`);
    expect((next.body.data as object[])[0]).toMatchObject({ ratePpm: 100_000 });
    expect((await lower.get(path(top))).status).toBe(404);
    expect((await set(below, rate(1), lower)).status).toBe(403);
  });
});

describe('a member of an agency', () => {
  const invite = (code: string, more: Record<string, unknown> = {}, by = operator) =>
    by.post(`/v1/agencies/${code}/members`, {
      ...{ loginId: `ag.${newOrderNo()}`.slice(0, 40), name: '김담당', phone: '010-7777-1234', ...more },
    });

  it('sets a password with the code that its phone gets, and sees the agency’s tree', async () => {
    const code = await register();
    const made = await invite(code);
    expect(made.body).toMatchObject({ role: 'AGENCY', agencyCode: code, mid: null });
    expect(made.text).not.toContain('7777');
    const loginId = made.body.loginId as string;
    const sent = await eventually(
      async () => {
        const texts = (await messagesTo(stack.sandboxUrl, '01077771234')).map(({ text }) => text);
        return texts
          .flatMap((text) => (text.includes(loginId) ? (/\[(\d{6})\]/.exec(text)?.[1] ?? []) : []))
          .at(-1);
      },
      { withinMs: 20_000, what: 'the SMS with the code' },
    );
    const password = 'four quiet green rivers';
    const answer = await operator.post('/v1/members/reset-password', {
      loginId,
      code: sent,
      newPassword: password,
    });
    expect(answer.status).toBe(204);
    const member = await MemberClient.login(stack.api.url, loginId, password);
    expect(codes(await member.get('/v1/agencies'))).toEqual([code]);
  });

  it('is made by the operator, once for a login id, and for an agency that is open', async () => {
    const code = await register();
    const loginId = `once-${newOrderNo()}`.slice(0, 40);
    expect((await invite(code, { loginId })).status).toBe(201);
    const again = { loginId, phone: '010-7777-5678' };
    expect(outcome(await invite(code, again))).toEqual([409, 'LOGIN_ID_TAKEN']);
    expect(outcome(await invite('AG9999'))).toEqual([404, 'AGENCY_NOT_FOUND']);
    expect((await invite(code, {}, agency)).status).toBe(403);
    const bad = await invite(code, { loginId: 'x', name: ' ', phone: '021234567', email: null });
    expect(new Set(fields(bad))).toEqual(new Set(['email', 'loginId', 'name', 'phone']));
    await operator.patch(`/v1/agencies/${code}`, { version: 1, status: 'CLOSED', reason: '시험' });
    expect(outcome(await invite(code))).toEqual([409, 'AGENCY_STATUS_CONFLICT']);
  });
});

describe('sellers', () => {
  it('are found by every member by the beginning of code or name, with the telephone masked', async () => {
    const made = await operator.post('/v1/admin/sellers', { name: '최찾기', phone: '01099998888' });
    const code = made.body.sellerCode as string;
    expect(made.text).not.toContain('9999');
    for (const loginId of ['merchant1', 'branch1', 'agency1']) {
      const member = await MemberClient.login(stack.api.url, loginId);
      for (const query of [code, code.toLowerCase(), '최찾']) {
        const found = await member.get(`/v1/sellers?query=${encodeURIComponent(query)}`);
        expect(found.body.data).toMatchObject([{ sellerCode: code, phone: '010****8888' }]);
      }
      expect((await member.post('/v1/admin/sellers', { name: 'x', phone: '01099998888' })).status).toBe(403);
    }
    const none = await operator.get(`/v1/sellers?query=${encodeURIComponent('%')}`);
    expect(none.body.data).toEqual([]);
    expect((await fetch(`${stack.api.url}/v1/sellers`)).status).toBe(401);
  });

  it('are changed from the version that was read; one that rests is named for no agency', async () => {
    const made = await operator.post('/v1/admin/sellers', { name: '쉬는판매', phone: '01011112222' });
    const path = `/v1/admin/sellers/${made.body.sellerCode as string}`;
    const change = { version: 1, status: 'SUSPENDED', phone: '01033334444', reason: '시험' };
    expect((await operator.patch(path, change)).body).toMatchObject({
      status: 'SUSPENDED',
      phone: '010****4444',
    });
    expect(outcome(await operator.patch(path, change))).toEqual([409, 'SELLER_CHANGED']);
    const refused = await operator.post('/v1/agencies', wish({ sellerCode: made.body.sellerCode }));
    expect(outcome(refused)).toEqual([409, 'SELLER_STATUS_CONFLICT']);
    const unknown = await operator.post('/v1/agencies', wish({ sellerCode: 'SL9999' }));
    expect(outcome(unknown)).toEqual([404, 'SELLER_NOT_FOUND']);
  });
});

it('leaves nothing that npm run verify would name, and no telephone or account in the logs', async () => {
  const { code, output } = await stack.verify();
  expect({ code, output: code === 0 ? '' : output }).toEqual({ code: 0, output: '' });
  for (const secret of ['110123456789', '01099998888', '010-1234-5678', '01077771234']) {
    expect(stack.output).not.toContain(secret);
  }
});
