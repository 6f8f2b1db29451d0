import { SqlPool } from '../../src/common/db/pool';
import { BEHIND_PROXY, GOOD_PASSWORD, newSignUp, People, type Session } from '../support/members';
import { MemberClient } from '../support/member-client';
import { MerchantClient } from '../support/merchant';
import { Stack } from '../support/stack';

jest.setTimeout(180_000);

const BRANCH_1 = 'brn_0000000000DEM0BRANCH000001';
const BRANCH_2 = 'brn_0000000000DEM0BRANCH000002';
const BRANCH_3 = 'brn_0000000000DEM0BRANCH000003';

let stack: Stack;
let people: People;
let pool: SqlPool;
let owner: MerchantClient;
let otherOwner: MerchantClient;
let branchOwner: MerchantClient;
/** Waits where it asks more often than a member may. */
let operator: MemberClient;

beforeAll(async () => {
  stack = await Stack.start('staff', { env: { ...BEHIND_PROXY, MEMBER_CODE_PAUSE_MS: '1' } });
  people = new People(stack);
  pool = new SqlPool(stack.databaseUrl, { connectionsMax: 1, waitMs: 5_000, queryTimeoutMs: 10_000 });
  owner = (await people.demo('merchant1')).client;
  otherOwner = (await people.demo('merchant2')).client;
  branchOwner = (await people.demo('branch1')).client;
  operator = await MemberClient.login(stack.api.url, 'operator');
});
afterAll(async () => {
  await pool?.close();
  await stack?.stop();
});

function newStaff(more: Record<string, unknown> = {}) {
  const { loginId, name, phone } = newSignUp();
  return { loginId, name, phone, ...more };
}

interface Staff {
  readonly memberId: string;
  readonly loginId: string;
  readonly phone: string;
}

/** Added by an owner, and the password set by the code of the invitation. */
async function hired(by: MerchantClient, more: Record<string, unknown> = {}): Promise<Staff & Session> {
  const wish = newStaff(more);
  const added = await by.send('POST', '/v1/staff', wish);
  if (added.status !== 201) throw new Error(`not added: ${added.status} ${added.text}`);
  const code = await people.code(wish.phone);
  expect((await people.reset(wish.loginId, code, GOOD_PASSWORD)).status).toBe(204);
  const session = await people.login({ loginId: wish.loginId, password: GOOD_PASSWORD });
  const { memberId } = added.body as unknown as Staff;
  return { ...session, memberId, loginId: wish.loginId, phone: wish.phone };
}

const status = (by: MerchantClient, memberId: string, to: string) =>
  by.send('PATCH', `/v1/staff/${memberId}/status`, { status: to, reason: '자리 이동' });
const isIn = async ({ client }: Session) => (await client.send('GET', '/v1/members/me')).status === 200;
const ids = (body: unknown) => (body as { data: Staff[] }).data.map(({ memberId }) => memberId);

describe('staff', () => {
  it('is added by the owner, and sets its own password by the code of the invitation', async () => {
    const wish = newStaff({ email: `staff-${Date.now()}@example.com` });
    const added = await owner.send('POST', '/v1/staff', wish);
    expect(added.status).toBe(201);
    expect(added.body).toMatchObject({
      loginId: wish.loginId,
      role: 'MERCHANT',
      position: 'STAFF',
      mid: 'M0000001',
      branchId: null,
      phone: `010****${wish.phone.slice(-4)}`,
    });
    expect((await people.message(wish.phone, /직원 계정/)).text).toContain(wish.loginId);
    const code = await people.code(wish.phone);
    expect(added.text).not.toContain(code);
    expect((await people.tryLogin(wish.loginId, GOOD_PASSWORD)).status).toBe(401);
    expect((await people.reset(wish.loginId, code, GOOD_PASSWORD)).status).toBe(204);
    const staff = await people.login({ loginId: wish.loginId, password: GOOD_PASSWORD });
    expect((await staff.client.send('GET', '/v1/staff')).status).toBe(403);
    expect((await staff.client.send('POST', '/v1/staff', newStaff())).status).toBe(403);
  });

  it('of a branch is there for the branch and its merchant, and for nobody else', async () => {
    const staff = await hired(owner, { branchId: BRANCH_1 });
    const me = await staff.client.send('GET', '/v1/members/me');
    expect(me.body).toMatchObject({ role: 'BRANCH', position: 'STAFF', branchId: BRANCH_1 });
    const own = await hired(branchOwner);
    expect((await own.client.send('GET', '/v1/members/me')).body.branchId).toBe(BRANCH_1);
    const ofBranch = ids((await branchOwner.send('GET', '/v1/staff')).body);
    expect(ofBranch).toEqual([own.memberId, staff.memberId]);
    expect(ids((await owner.send('GET', `/v1/staff?branchId=${BRANCH_1}`)).body)).toEqual(ofBranch);
    expect(ids((await owner.send('GET', `/v1/staff?branchId=${BRANCH_2}`)).body)).toEqual([]);
    expect(ids((await owner.send('GET', '/v1/staff')).body)).toEqual(expect.arrayContaining(ofBranch));
    const branch2 = (await people.demo('branch2')).client;
    for (const stranger of [otherOwner, branch2]) {
      expect(ids((await stranger.send('GET', '/v1/staff')).body)).not.toContain(staff.memberId);
      expect((await status(stranger, staff.memberId, 'LOCKED')).body.code).toBe('MEMBER_NOT_FOUND');
      const reset = await stranger.send('POST', `/v1/staff/${staff.memberId}/reset-password`);
      expect([reset.status, reset.body.code]).toEqual([404, 'MEMBER_NOT_FOUND']);
    }
    expect(await isIn(staff)).toBe(true);
  });

  it('cannot be put into a branch that is not there for the owner', async () => {
    for (const [by, branchId] of [
      [owner, BRANCH_3],
      [owner, 'brn_0000000000DEM0BRANCH000009'],
      [branchOwner, BRANCH_2],
    ] as const) {
      const wish = newStaff({ branchId });
      const answer = await by.send('POST', '/v1/staff', wish);
      expect([answer.status, answer.body.code]).toEqual([404, 'STAFF_BRANCH_NOT_FOUND']);
      expect(await people.messages(wish.phone)).toEqual([]);
    }
  });

  it('is added once for one Idempotency-Key, and not under a login id that is taken', async () => {
    const wish = newStaff();
    const headers = { 'idempotency-key': `staff-${wish.loginId}` };
    const [first, again] = [
      await owner.send('POST', '/v1/staff', wish, headers),
      await owner.send('POST', '/v1/staff', wish, headers),
    ];
    expect([first.status, again.status, again.text]).toEqual([201, 201, first.text]);
    const taken = await owner.send('POST', '/v1/staff', newStaff({ loginId: 'merchant2' }));
    expect([taken.status, taken.body.code]).toEqual([409, 'LOGIN_ID_TAKEN']);
  });

  it.each(['LOCKED', 'DISABLED'])(
    'that is %s is out at once, and stays out of its old session',
    async (to) => {
      const staff = await hired(owner);
      const changed = await status(owner, staff.memberId, to);
      expect(changed.body).toMatchObject({ status: to, statusReason: '자리 이동' });
      expect(await isIn(staff)).toBe(false);
      expect((await people.tryLogin(staff.loginId, GOOD_PASSWORD)).status).toBe(401);
      expect((await status(owner, staff.memberId, to)).status).toBe(200);
      expect((await status(owner, staff.memberId, 'ACTIVE')).status).toBe(200);
      expect(await isIn(staff)).toBe(false);
      const refreshed = await people.call('POST', '/v1/auth/refresh', { refreshToken: staff.refreshToken });
      expect(refreshed.status).toBe(401);
      expect(await isIn(await people.login({ loginId: staff.loginId, password: GOOD_PASSWORD }))).toBe(true);
      const audit = await pool.execute<{ action: string; details: string }[]>(
        'SELECT action, details FROM audit_logs WHERE target = ? AND action = ? ORDER BY seq',
        [staff.memberId, 'member.status'],
      );
      expect(audit.map(({ details }) => (JSON.parse(details) as { to: string }).to)).toEqual([to, 'ACTIVE']);
    },
  );

  it('does not come back when an operator has locked it', async () => {
    const staff = await hired(owner);
    const locked = await operator.send('PATCH', `/v1/admin/members/${staff.memberId}/status`, {
      status: 'LOCKED',
      reason: '부정 사용 조사',
    });
    expect([locked.status, await isIn(staff)]).toEqual([200, false]);
    const undone = await status(owner, staff.memberId, 'ACTIVE');
    expect([undone.status, undone.body.code]).toEqual([409, 'MEMBER_STATUS_CONFLICT']);
    const reset = await owner.send('POST', `/v1/staff/${staff.memberId}/reset-password`);
    expect([reset.status, reset.body.code]).toEqual([409, 'MEMBER_STATUS_CONFLICT']);
  });

  it('does not come back when an operator locks it after its owner has', async () => {
    const staff = await hired(owner);
    const byOperator = (to: string) =>
      operator.send('PATCH', `/v1/admin/members/${staff.memberId}/status`, { status: to, reason: '조사' });
    expect((await status(owner, staff.memberId, 'LOCKED')).status).toBe(200);
    const held = await byOperator('LOCKED');
    expect([held.status, held.body.statusReason]).toEqual([200, '조사']);
    const undone = await status(owner, staff.memberId, 'ACTIVE');
    expect([undone.status, undone.body.code]).toEqual([409, 'MEMBER_STATUS_CONFLICT']);
    expect((await byOperator('ACTIVE')).body).toMatchObject({ status: 'ACTIVE' });
  });

  it('gets a code for a new password, which the owner does not see', async () => {
    const staff = await hired(branchOwner);
    const seen = (await people.messages(staff.phone)).length;
    const sent = await branchOwner.send('POST', `/v1/staff/${staff.memberId}/reset-password`);
    expect([sent.status, sent.body.sentTo]).toEqual([202, `010****${staff.phone.slice(-4)}`]);
    const code = await people.code(staff.phone, seen);
    expect(sent.text).not.toContain(code);
    expect((await people.reset(staff.loginId, code)).status).toBe(204);
    expect(await isIn(staff)).toBe(false);
  });

  it('is invited to one number ten times a day, so that nobody is flooded', async () => {
    const { phone } = newSignUp();
    const answers = [];
    for (let index = 0; index < 11; index += 1) {
      answers.push(await otherOwner.send('POST', '/v1/staff', newStaff({ phone })));
    }
    expect(answers.map((answer) => answer.status)).toEqual([...Array(10).fill(201), 429]);
    expect(answers.at(-1)!.body.code).toBe('MEMBER_CODE_TOO_OFTEN');
  });

  it('names what is wrong, and does not take owners for staff', async () => {
    const bad = await owner.send('POST', '/v1/staff', {
      loginId: '!',
      email: null,
      branchId: 'x',
      password: 'p',
    });
    expect(bad.status).toBe(400);
    expect(new Set(bad.body.errors?.map(({ field }) => field))).toEqual(
      new Set(['loginId', 'name', 'phone', 'email', 'branchId', 'password']),
    );
    const me = (await branchOwner.send('GET', '/v1/members/me')).body.memberId as string;
    expect((await status(owner, me, 'LOCKED')).status).toBe(404);
    const unknown = await status(owner, 'mem_nobody', 'LOCKED');
    expect([unknown.status, unknown.body.code]).toEqual([404, 'MEMBER_NOT_FOUND']);
    const wrong = await owner.send('PATCH', `/v1/staff/${me}/status`, { status: 'GONE' });
    expect(new Set(wrong.body.errors?.map(({ field }) => field))).toEqual(new Set(['status', 'reason']));
  });

  it('is the matter of owners', async () => {
    const agency = (await people.demo('agency1')).client;
    const fresh = (await people.login(await people.signUp())).client;
    for (const by of [operator, agency, stack.merchant, fresh]) {
      expect((await by.send('GET', '/v1/staff')).status).toBe(403);
    }
    expect((await people.call('GET', '/v1/staff')).status).toBe(401);
  });

  it('makes and revokes no keys: those outlive whoever has made them', async () => {
    const { client } = await hired(owner);
    for (const path of ['/v1/api-keys', '/v1/encryption-keys']) {
      expect([path, (await client.send('POST', path, {})).status]).toEqual([path, 403]);
      expect([path, (await client.send('DELETE', `${path}/key_nobody`)).status]).toEqual([path, 403]);
      expect([path, (await client.send('GET', path)).status]).toEqual([path, 200]);
    }
  });

  it('is listed page by page', async () => {
    const all = ids((await owner.send('GET', '/v1/staff?limit=200')).body);
    const paged: string[] = [];
    for (let cursor: string | null = ''; cursor !== null;) {
      const page = await owner.send('GET', `/v1/staff?limit=2${cursor === '' ? '' : `&cursor=${cursor}`}`);
      paged.push(...ids(page.body));
      cursor = page.body.nextCursor as string | null;
    }
    expect(all.length).toBeGreaterThan(3);
    expect(paged).toEqual(all);
  });
});

describe('the operator', () => {
  const search = (query: string) => operator.send('GET', `/v1/admin/members?${query}`);

  it('finds members by login id, e-mail, phone, role, status and merchant', async () => {
    const mark = `find${Date.now().toString(36)}`;
    const first = await people.signUp({ loginId: `${mark}.b` });
    const second = await people.signUp({ loginId: `${mark}.a` });
    expect(ids((await search(`query=${mark.toUpperCase()}`)).body)).toEqual([
      second.memberId,
      first.memberId,
    ]);
    expect(ids((await search(`query=${first.email}`)).body)).toEqual([first.memberId]);
    expect(ids((await search(`query=${first.phone}`)).body)).toEqual([first.memberId]);
    expect(ids((await search(`query=${mark}&role=MERCHANT&status=ACTIVE`)).body)).toHaveLength(2);
    expect(ids((await search(`query=${mark}&role=BRANCH`)).body)).toEqual([]);
    expect(ids((await search(`query=${mark}&status=LOCKED`)).body)).toEqual([]);
    expect(ids((await search(`query=${mark}&mid=M0000001`)).body)).toEqual([]);
    expect(ids((await search('query=merchant1&mid=M0000001')).body)).toHaveLength(1);
    expect(ids((await search('limit=1')).body)).toEqual([second.memberId]);
    expect(ids((await search('role=AGENCY')).body)).toHaveLength(1);
    const page = await search(`query=${mark}&limit=1`);
    const next = await search(`query=${mark}&limit=1&cursor=${String(page.body.nextCursor)}`);
    expect([ids(page.body), ids(next.body), next.body.nextCursor]).toEqual([
      [second.memberId],
      [first.memberId],
      null,
    ]);
    expect((await search(`query=${first.phone}`)).text).not.toContain(first.phone);
  });

  it('is told of a filter that is none', async () => {
    const bad = await search('query=a%20b&role=KING');
    expect([bad.status, bad.body.errors?.map(({ field }) => field)]).toEqual([400, ['role']]);
    expect((await search('query=a%20b')).body.errors).toMatchObject([{ field: 'query' }]);
    expect((await search('cursor=nonsense')).status).toBe(400);
  });

  it('lifts the lock of a login id together with that of the member', async () => {
    const person = await people.signUp();
    const set = (to: string) =>
      operator.send('PATCH', `/v1/admin/members/${person.memberId}/status`, { status: to, reason: '확인' });
    expect((await set('LOCKED')).status).toBe(200);
    // The right password, again and again, from many places: the member does not know why it is refused.
    for (let index = 0; index < 10; index += 1) await people.tryLogin(person.loginId, person.password);
    expect((await people.tryLogin(person.loginId, person.password)).body.code).toBe('LOGIN_LOCKED');
    expect((await set('ACTIVE')).status).toBe(200);
    expect((await people.tryLogin(person.loginId, person.password)).status).toBe(200);
  });

  it('locks members, and not itself', async () => {
    const person = await people.signUp();
    const session = await people.login(person);
    const set = (memberId: string, to: string) =>
      operator.send('PATCH', `/v1/admin/members/${memberId}/status`, { status: to, reason: '신고 접수' });
    expect((await set(person.memberId, 'LOCKED')).body).toMatchObject({ status: 'LOCKED' });
    expect(await isIn(session)).toBe(false);
    expect((await set('mem_nobody', 'LOCKED')).status).toBe(404);
    const me = (await operator.send('GET', '/v1/members/me')).body.memberId as string;
    expect((await set(me, 'LOCKED')).body.code).toBe('MEMBER_STATUS_CONFLICT');
    expect((await set(person.memberId, 'DISABLED')).status).toBe(200);
    expect((await set(person.memberId, 'LOCKED')).body.code).toBe('MEMBER_STATUS_CONFLICT');
    for (const by of [owner, branchOwner, stack.merchant]) {
      expect((await by.send('GET', '/v1/admin/members')).status).toBe(403);
    }
  });
});
