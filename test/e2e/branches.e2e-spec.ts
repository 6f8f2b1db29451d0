import { loggedIn, tryLogin } from '../support/member-logins';
import { keyIn, type MerchantClient, newOrderNo } from '../support/merchant';
import { eventually } from '../support/program';
import { newPhone, SmsShop } from '../support/sms-payer';
import { Stack } from '../support/stack';

jest.setTimeout(180_000);

const GAON = 'brn_0000000000DEM0BRANCH000001';
const NARAE = 'brn_0000000000DEM0BRANCH000002';
const BADA = 'brn_0000000000DEM0BRANCH000003';
const CACHE_TTL_MS = 2_000;

let stack: Stack;
let owner: MerchantClient;
let operator: MerchantClient;
let agency: MerchantClient;
let otherApi: MerchantClient;

beforeAll(async () => {
  const env = { CACHE_TTL_MS: String(CACHE_TTL_MS), SMS_PAUSE_MS: '100', RATE_LOGIN_PER_MINUTE: '1000' };
  stack = await Stack.start('branches', { apis: 2, env });
  const { url } = stack.api;
  owner = await loggedIn(url, 'merchant1');
  operator = await loggedIn(url, 'operator');
  agency = await loggedIn(url, 'agency1');
  otherApi = stack.apis[1]!.merchant;
});
afterAll(() => stack?.stop());

const ids = (body: unknown) =>
  (body as { data: { branchId: string }[] }).data.map(({ branchId }) => branchId);
const setStatus = (client: MerchantClient, id: string, body: Record<string, unknown>) =>
  client.send('PATCH', `/v1/branches/${id}/status`, { reason: '점검', ...body });
const pay = (client: MerchantClient, branchId: string) => client.approve(keyIn({ branchId }));
const expectCode = (answer: { status: number; body: { code: string } }, status: number, code: string) =>
  expect([answer.status, answer.body.code]).toEqual([status, code]);

describe('the list of branches', () => {
  it('shows a merchant its own, newest first, page by page', async () => {
    const all = await owner.send('GET', '/v1/branches');
    expect(ids(all.body)).toEqual([NARAE, GAON]);
    const first = await owner.send('GET', '/v1/branches?limit=1');
    expect(ids(first.body)).toEqual([NARAE]);
    const second = await owner.send('GET', `/v1/branches?limit=1&cursor=${String(first.body.nextCursor)}`);
    expect([ids(second.body), second.body.nextCursor]).toEqual([[GAON], null]);
    expect(ids((await stack.merchant.send('GET', '/v1/branches')).body)).toEqual([NARAE, GAON]);
  });

  it('finds by the beginning of a name, in the order of names, and takes nothing for a pattern', async () => {
    const search = async (query: string, more = '') =>
      (await owner.send('GET', `/v1/branches?query=${encodeURIComponent(query)}${more}`)).body;
    expect(ids(await search('모두의문구'))).toEqual([GAON, NARAE]);
    const first = await search('모두의문구', '&limit=1');
    const next = `&limit=1&cursor=${String(first.nextCursor)}`;
    expect([ids(first), ids(await search('모두의문구', next))]).toEqual([[GAON], [NARAE]]);
    expect(ids(await search('모두의문구 나'))).toEqual([NARAE]);
    expect(ids(await search('%'))).toEqual([]);
    expect(ids(await search('_'))).toEqual([]);
    expect(ids(await search('모두의문구', '&status=CLOSED'))).toEqual([]);
  });

  it('keeps to the scope: a branch sees itself, an agency its merchants, nobody a stranger’s', async () => {
    const branch = await loggedIn(stack.api.url, 'branch2');
    expect(ids((await branch.send('GET', '/v1/branches')).body)).toEqual([NARAE]);
    expect((await branch.send('GET', `/v1/branches/${GAON}`)).status).toBe(404);
    expect((await owner.send('GET', `/v1/branches/${BADA}`)).status).toBe(404);
    expect(ids((await owner.send('GET', '/v1/branches?mid=M0000002')).body)).toEqual([]);
    expect(ids((await agency.send('GET', '/v1/branches?mid=M0000002')).body)).toEqual([BADA]);
    expect(ids((await agency.send('GET', '/v1/branches?mid=M0000003')).body)).toEqual([]);
    expect((await agency.send('GET', `/v1/branches/${BADA}`)).status).toBe(200);
    expect(ids((await operator.send('GET', '/v1/branches')).body)).toEqual([BADA, NARAE, GAON]);
    expect(ids((await operator.send('GET', '/v1/branches?mid=M0000001&status=ACTIVE')).body)).toHaveLength(2);
  });

  it('names what is wrong with a question', async () => {
    const bad = await owner.send('GET', '/v1/branches?limit=0&status=OPEN&code=x&mid=1&query=&more=1');
    expect([bad.status, bad.body.errors?.map(({ field }) => field).sort()]).toEqual([
      400,
      ['code', 'limit', 'mid', 'more', 'query', 'status'],
    ]);
    for (const [client, path] of [
      [agency, '/v1/branches'],
      [operator, '/v1/branches?query=a'],
      [operator, '/v1/branches?code=A'],
    ] as const) {
      const answer = await client.send('GET', path);
      expect([answer.status, answer.body.errors]).toMatchObject([400, [{ field: 'mid', code: 'REQUIRED' }]]);
    }
    expect((await owner.send('GET', '/v1/branches?cursor=nonsense')).status).toBe(400);
  });
});

describe('a branch that is suspended', () => {
  afterEach(() => setStatus(owner, GAON, { status: 'ACTIVE' }));

  it('takes no payments: at once here, in other processes within the cache’s time, and again when active', async () => {
    for (const client of [stack.merchant, otherApi]) expect((await pay(client, GAON)).status).toBe(200);
    const changed = await setStatus(owner, GAON, { status: 'SUSPENDED', reason: '정기 점검' });
    const since = Date.now();
    expect([changed.status, changed.body.status, changed.body.statusReason]).toEqual([
      200,
      'SUSPENDED',
      '정기 점검',
    ]);
    expectCode(await pay(stack.merchant, GAON), 422, 'BRANCH_NOT_ACTIVE');
    await eventually(async () => ((await pay(otherApi, GAON)).status === 422 ? true : undefined), {
      withinMs: 20_000,
      what: 'the other process to know',
    });
    // The last answer that still went through was asked for within the cache's time, give or take a payment's own.
    expect(Date.now() - since).toBeLessThan(CACHE_TTL_MS + 5_000);
    expect((await pay(stack.merchant, NARAE)).status).toBe(200);
    await setStatus(owner, GAON, { status: 'ACTIVE' });
    expect((await pay(stack.merchant, GAON)).status).toBe(200);
  });

  it('cannot ask for payments by SMS, and the links that are out wait until it is active', async () => {
    const shop = new SmsShop(stack);
    const made = await shop.request({ branchId: GAON });
    const token = await shop.token(made.phone);
    const code = await shop.code(token, made.phone);
    const encData = await shop.encrypted(token);
    await setStatus(owner, GAON, { status: 'SUSPENDED' });
    expectCode(await shop.confirmSealed(token, { code, encData }), 422, 'BRANCH_NOT_ACTIVE');
    expectCode(await shop.payer.send('POST', `/v1/pay/${token}/code`), 422, 'BRANCH_NOT_ACTIVE');
    expectCode(await shop.ask({ branchId: GAON, buyerPhone: newPhone() }), 422, 'BRANCH_NOT_ACTIVE');
    expect((await stack.merchant.order(made.orderNo)).status).toBe(404);
    await setStatus(owner, GAON, { status: 'ACTIVE' });
    expect((await shop.confirmSealed(token, { code, encData })).status).toBe(200);
  });

  it('lets its members look and log out, and change nothing', async () => {
    const member = await loggedIn(stack.api.url, 'branch1');
    const onOther = await loggedIn(stack.apis[1]!.url, 'branch1');
    await setStatus(owner, GAON, { status: 'SUSPENDED' });
    const ask = { orderNo: newOrderNo(), amount: 1_000, goodsName: '연필', buyerPhone: newPhone() };
    for (const client of [member, onOther]) {
      expectCode(await client.send('POST', '/v1/sms-payments', ask), 403, 'BRANCH_SUSPENDED');
      expect(ids((await client.send('GET', '/v1/branches')).body)).toEqual([GAON]);
    }
    expect((await tryLogin(stack.api.url, 'branch1')).status).toBe(200);
    expect((await member.send('POST', '/v1/auth/logout')).status).toBe(204);
  });
});

describe('a change of state', () => {
  it('is the owner’s or an operator’s, of a branch in scope', async () => {
    const branch = await loggedIn(stack.api.url, 'branch2');
    for (const client of [branch, agency, stack.merchant]) {
      expectCode(await setStatus(client, NARAE, { status: 'SUSPENDED' }), 403, 'FORBIDDEN');
    }
    expectCode(await setStatus(owner, BADA, { status: 'SUSPENDED' }), 404, 'BRANCH_UNKNOWN');
    expectCode(await setStatus(owner, 'brn_x', { status: 'SUSPENDED' }), 404, 'BRANCH_UNKNOWN');
    expect((await setStatus(operator, BADA, { status: 'SUSPENDED' })).status).toBe(200);
    expect((await setStatus(operator, BADA, { status: 'ACTIVE' })).status).toBe(200);
  });

  it('names every bad field', async () => {
    const bad = { status: 'OPEN', reason: '', version: null, more: 1 };
    const answer = await setStatus(owner, NARAE, bad);
    expect(answer.status).toBe(400);
    expect(new Set(answer.body.errors?.map(({ field }) => field))).toEqual(new Set(Object.keys(bad)));
  });

  it('is done once by those who saw the same version', async () => {
    const { version } = (await owner.send('GET', `/v1/branches/${NARAE}`)).body;
    const wishes = Array.from({ length: 15 }, (_, index) =>
      setStatus(owner, NARAE, { status: 'SUSPENDED', reason: `wish ${index}`, version }),
    );
    const answers = await Promise.all(wishes);
    expect(answers.filter(({ status }) => status === 200)).toHaveLength(1);
    for (const { status, body } of answers) if (status !== 200) expect(body.code).toBe('BRANCH_CHANGED');
    const seen = (await owner.send('GET', `/v1/branches/${NARAE}`)).body;
    expect([seen.status, seen.version, seen.events]).toMatchObject([
      'SUSPENDED',
      Number(version) + 1,
      [{ from: 'ACTIVE', to: 'SUSPENDED' }],
    ]);
    const again = await setStatus(owner, NARAE, { status: 'SUSPENDED' });
    expect([again.status, again.body.version]).toEqual([200, seen.version]);
  });

  it('to CLOSED is for good, and ends its members’ sessions and logins', async () => {
    const member = await loggedIn(stack.api.url, 'branch2');
    expect((await setStatus(owner, NARAE, { status: 'CLOSED', reason: '폐점' })).status).toBe(200);
    expect((await member.send('GET', '/v1/branches')).status).toBe(401);
    expectCode(await tryLogin(stack.api.url, 'branch2'), 401, 'LOGIN_FAILED');
    expectCode(await pay(stack.merchant, NARAE), 422, 'BRANCH_NOT_ACTIVE');
    expectCode(await setStatus(owner, NARAE, { status: 'ACTIVE' }), 409, 'BRANCH_STATUS_FINAL');
    expectCode(await setStatus(operator, NARAE, { status: 'SUSPENDED' }), 409, 'BRANCH_STATUS_FINAL');
  });
});
