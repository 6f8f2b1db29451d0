import { SqlPool } from '../../src/common/db/pool';
import { AccountShop, type IssuedAccount } from '../support/accounts';
import { Shop } from '../support/checkouts';
import { type ApiAnswer, MerchantClient } from '../support/merchant';
import { MemberClient } from '../support/member-client';
import { eventually } from '../support/program';
import type { SandboxControl } from '../support/sandbox-control';
import { Stack } from '../support/stack';

jest.setTimeout(180_000);

interface Case {
  readonly virtualAccountId: string;
  readonly paymentId: string;
  readonly [field: string]: unknown;
}

const PATH = '/v1/admin/virtual-account-cases';
const NOBODYS = 'vac_01K9Z3V4T5W6X7Y8Z9ABCDEFGH';
let stack: Stack;
let toss: SandboxControl;
let shop: AccountShop;
let operator: MemberClient;
let pool: SqlPool;
/** Two accounts of M0000001 that TossPayments knows no more, and one of M0000002 of which KG Inicis says nothing. */
let stuck: readonly IssuedAccount[];

beforeAll(async () => {
  // By the scale of the tests: two seconds past the due moment, and then every hour.
  const env = {
    VIRTUAL_ACCOUNT_CASE_AFTER_LOOKS: '2',
    VIRTUAL_ACCOUNT_CASE_AFTER_MS: '20000',
    VIRTUAL_ACCOUNT_CASE_LOOK_MS: '36000000',
  };
  stack = await Stack.start('accountcases', { env });
  toss = stack.control.of('toss');
  shop = new AccountShop(stack.merchant);
  operator = await MemberClient.login(stack.api.url, 'operator');
  pool = new SqlPool(stack.databaseUrl, { connectionsMax: 1, waitMs: 5_000, queryTimeoutMs: 10_000 });
  const wish = { expiresAt: new Date(Date.now() + 4_000).toISOString() };
  const other = new AccountShop(stack.merchant.as('M0000002'));
  stuck = [await shop.issue(wish), await shop.issue(wish), await other.issue(wish)];
  await stack.control.of('inicis').arm('inquire', 'status:500');
  // KG Inicis lets accounts run out by the minute.
  await pool.execute(`UPDATE virtual_accounts SET due_at = UTC_TIMESTAMP(3) WHERE mid = 'M0000002'`);
  for (const { paymentId } of stuck.slice(0, 2)) await knownAs(paymentId, `gone-${paymentId}`);
  for (const { paymentId } of stuck) await opened(paymentId);
});
afterAll(async () => {
  await pool?.close();
  await stack?.stop();
});

/** Under which order number the gateway asks for it: under another one the acquirer has nothing. */
const knownAs = (paymentId: string, acquirerOrderNo: string) =>
  pool.execute('UPDATE payments SET acquirer_order_no = ? WHERE id = ?', [acquirerOrderNo, paymentId]);
const list = (query = '') => operator.get(`${PATH}?${query}`);
const cases = (answer: ApiAnswer) => answer.body.data as Case[];
const caseOf = async (paymentId: string, query = '') =>
  cases(await list(query)).find((each) => each.paymentId === paymentId);
const opened = (paymentId: string) =>
  eventually(() => caseOf(paymentId), { withinMs: 60_000, what: `a case of ${paymentId}` });
const close = (virtualAccountId: string, body: unknown = { reason: '원천사에 확인함' }) =>
  operator.post(`${PATH}/${virtualAccountId}/close`, body);
const badFields = (answer: ApiAnswer) =>
  [...new Set((answer.body.errors ?? []).map(({ field }) => field))].sort();
/** The worker looks at it at once; resolves when it has done so. */
async function looked({ virtualAccountId }: IssuedAccount): Promise<void> {
  const state = async () => {
    const [row] = await pool.execute<{ tries: number; later: number | null }[]>(
      `SELECT check_tries AS tries, check_at > UTC_TIMESTAMP(3) + INTERVAL 30 MINUTE AS later
       FROM virtual_accounts WHERE id = ?`,
      [virtualAccountId],
    );
    return row!;
  };
  const { tries } = await state();
  await pool.execute('UPDATE virtual_accounts SET check_at = UTC_TIMESTAMP(3) WHERE id = ?', [
    virtualAccountId,
  ]);
  await eventually(
    async () => {
      const now = await state();
      return now.tries > tries && now.later !== 0 ? true : undefined;
    },
    { withinMs: 30_000, what: 'the worker has looked' },
  );
}

describe('an account that the acquirer does not know, long after it was due', () => {
  it('is a case with its age, and is asked for rarely', async () => {
    const [account] = stuck;
    const found = await caseOf(account!.paymentId);
    expect(found).toEqual({
      virtualAccountId: account!.virtualAccountId,
      paymentId: account!.paymentId,
      mid: 'M0000001',
      acquirer: 'toss',
      orderNo: account!.orderNo,
      channel: 'VIRTUAL_ACCOUNT',
      code: 'NOT_FOUND_AT_ACQUIRER',
      amount: null,
      paymentAmount: 41_000,
      paymentStatus: 'WAITING_FOR_DEPOSIT',
      status: 'OPEN',
      ageSeconds: expect.any(Number),
      openedAt: expect.stringMatching(/\+09:00$/),
      closedAt: null,
      closedBy: null,
      closeReason: null,
    });
    const age = (Date.now() - Date.parse(found!.openedAt as string)) / 1_000;
    expect(found!.ageSeconds).toBeGreaterThanOrEqual(0);
    expect(Math.abs((found!.ageSeconds as number) - age)).toBeLessThan(5);
    const [row] = await pool.execute<{ minutes: number }[]>(
      'SELECT TIMESTAMPDIFF(MINUTE, UTC_TIMESTAMP(3), check_at) AS minutes FROM virtual_accounts WHERE id = ?',
      [account!.virtualAccountId],
    );
    expect(Number(row!.minutes)).toBeGreaterThan(50);
    expect(stack.output).toContain('virtual-account.case');
  });
});

describe('the list of cases', () => {
  it('has each once over its pages, newest first, and is narrowed by every filter', async () => {
    const all = cases(await list());
    expect(all.map(({ paymentId }) => paymentId).sort()).toEqual(
      stuck.map(({ paymentId }) => paymentId).sort(),
    );
    const paged: Case[] = [];
    for (let cursor: string | null = ''; cursor !== null;) {
      const page = await list(`limit=1${cursor === '' ? '' : `&cursor=${cursor}`}`);
      expect(cases(page)).toHaveLength(1);
      paged.push(...cases(page));
      cursor = page.body.nextCursor as string | null;
    }
    expect(paged.map(({ paymentId }) => paymentId)).toEqual(all.map(({ paymentId }) => paymentId));
    const count = async (query: string) => cases(await list(query)).length;
    expect(await count('mid=M0000001')).toBe(2);
    expect(await count('mid=M0000002&status=OPEN&acquirer=inicis&code=NOT_ENDED_AT_ACQUIRER')).toBe(1);
    expect(await count('mid=M0000002&status=OPEN&acquirer=toss&code=NOT_ENDED_AT_ACQUIRER')).toBe(0);
    expect(await count('status=OPEN')).toBe(3);
    expect(await count('status=OPEN&acquirer=toss')).toBe(2);
    expect(await count('acquirer=inicis')).toBe(1);
    expect(await count('code=NOT_FOUND_AT_ACQUIRER')).toBe(2);
    expect(await count('code=NOT_ENDED_AT_ACQUIRER&acquirer=inicis')).toBe(1);
    expect(await count('code=AMOUNT_MISMATCH')).toBe(0);
    expect(await count('acquirer=nicepay')).toBe(0);
    expect(await count('status=CLOSED')).toBe(0);
  });

  it('names every field that is wrong', async () => {
    const refused = await list('status=NEW&code=X&mid=-&acquirer=T&limit=0&page=1');
    expect([refused.status, refused.body.code]).toEqual([400, 'VALIDATION_FAILED']);
    expect(badFields(refused)).toEqual(['acquirer', 'code', 'limit', 'mid', 'page', 'status']);
    const cursor = await list('cursor=x');
    expect([cursor.status, ...badFields(cursor)]).toEqual([400, 'cursor']);
  });
});

describe('who may see and close cases', () => {
  it.each(['merchant1', 'branch1', 'agency1'])('is not %s', async (loginId) => {
    const member = await MemberClient.login(stack.api.url, loginId);
    const { virtualAccountId } = stuck[0]!;
    const answers = [
      await member.get(PATH),
      await member.post(`${PATH}/${virtualAccountId}/close`, { reason: 'x' }),
      await member.post(`${PATH}/${NOBODYS}/close`, { reason: 'x' }),
    ];
    for (const { status, body } of answers) expect([status, body.code]).toEqual([403, 'FORBIDDEN']);
  });

  it('is no merchant system, and nobody without credentials', async () => {
    expect((await stack.merchant.send('GET', PATH)).status).toBe(403);
    const nobody = new MerchantClient(stack.api.url, 'M0000001', '');
    expect((await nobody.send('GET', PATH)).status).toBe(401);
    expect((await nobody.send('POST', `${PATH}/${NOBODYS}/close`, { reason: 'x' })).status).toBe(401);
  });
});

describe('closing a case', () => {
  it('needs a reason, and a case that there is', async () => {
    const { virtualAccountId } = stuck[0]!;
    for (const body of [
      {},
      { reason: null },
      { reason: ' ' },
      { reason: 'x'.repeat(201) },
      { reason: 'a\n' },
    ]) {
      const refused = await close(virtualAccountId, body);
      expect([refused.status, ...badFields(refused)]).toEqual([400, 'reason']);
    }
    const healthy = await shop.issue();
    for (const id of [NOBODYS, 'vac_1', healthy.virtualAccountId]) {
      const missing = await close(id);
      expect([missing.status, missing.body.code]).toEqual([404, 'VIRTUAL_ACCOUNT_CASE_NOT_FOUND']);
    }
  });

  it('is done by one of ten at once, says who and why, and is audited once', async () => {
    const { virtualAccountId, paymentId } = stuck[0]!;
    const answers = await Promise.all(Array.from({ length: 10 }, () => close(virtualAccountId)));
    expect(answers.map(({ status, body }) => `${status} ${body.status}`).sort()).toEqual([
      '200 CLOSED',
      ...Array.from({ length: 9 }, () => '409 409'),
    ]);
    const done = answers.find(({ status }) => status === 200)!.body;
    expect(done).toMatchObject({
      virtualAccountId,
      status: 'CLOSED',
      closedBy: expect.stringMatching(/^member:mem_/),
      closeReason: '원천사에 확인함',
      closedAt: expect.stringMatching(/\+09:00$/),
      paymentStatus: 'WAITING_FOR_DEPOSIT',
    });
    const again = await close(virtualAccountId);
    expect([again.status, again.body.code]).toEqual([409, 'VIRTUAL_ACCOUNT_CASE_CLOSED']);
    expect(await caseOf(paymentId, 'status=CLOSED&mid=M0000001')).toEqual(done);
    expect(await caseOf(paymentId, 'status=OPEN')).toBeUndefined();
    const audited = await pool.execute<{ actor: string; mid: string; details: string }[]>(
      `SELECT actor, mid, details FROM audit_logs WHERE target = ? AND action = 'virtual-account-case.close'`,
      [virtualAccountId],
    );
    expect(audited).toHaveLength(1);
    expect(audited[0]).toMatchObject({ actor: done.closedBy, mid: 'M0000001' });
    expect(JSON.stringify(audited[0]!.details)).toContain('원천사에 확인함');
  });

  it('stands: the same finding does not open it again; the account ends once the acquirer says so', async () => {
    const account = stuck[0]!;
    await looked(account);
    expect(await caseOf(account.paymentId)).toMatchObject({ status: 'CLOSED' });
    await knownAs(account.paymentId, account.paymentId);
    await pool.execute('UPDATE virtual_accounts SET check_at = UTC_TIMESTAMP(3) WHERE id = ?', [
      account.virtualAccountId,
    ]);
    await shop.becomes(account, 'EXPIRED');
    expect(await caseOf(account.paymentId)).toMatchObject({ status: 'CLOSED', paymentStatus: 'EXPIRED' });
  });
});

describe('an account that the payer chose in the acquirer’s window', () => {
  it('and paid before it could be closed is a case, until a person has given the money back', async () => {
    await stack.control.clear();
    const checkouts = new Shop(stack.merchant, stack.api.url);
    const made = await checkouts.checkout();
    const order = { orderId: made.orderNo, amount: made.amount, method: 'VIRTUAL_ACCOUNT' };
    const { paymentKey } = await toss.play<{ paymentKey: string }>(order);
    await toss.arm('cancel', 'drop-before');
    const answer = await checkouts.confirm(made, { paymentKey });
    expect([answer.status, answer.body.code]).toEqual([504, 'ACQUIRER_TIMEOUT']);
    const headers = {
      authorization: `Basic ${Buffer.from(`test_sk_sandbox_toss_${stack.merchant.mid}:`).toString('base64')}`,
      'content-type': 'application/json',
    };
    const book = `${stack.sandboxUrl}/toss/v1/payments`;
    const there = (await (await fetch(`${book}/orders/${made.orderNo}`, { headers })).json()) as {
      virtualAccount: { accountNumber: string };
    };
    expect(await toss.deposit(there.virtualAccount.accountNumber, made.amount, '홍길동')).toBe(true);
    await stack.control.clear();
    const found = await opened(made.paymentId);
    expect(found).toMatchObject({
      virtualAccountId: expect.stringMatching(/^vac_/),
      channel: 'WINDOW',
      code: 'REFUND_ACCOUNT_NEEDED',
      amount: made.amount,
      paymentStatus: 'REVERSING',
      status: 'OPEN',
    });
    expect(await toss.charged(made.orderNo)).toBe(made.amount);
    const refundReceiveAccount = { bank: '06', accountNumber: '11012345678901', holderName: '홍길동' };
    const refunded = await fetch(`${book}/${paymentKey}/cancel`, {
      method: 'POST',
      headers,
      body: JSON.stringify({ cancelReason: '고객 확인', refundReceiveAccount }),
    });
    expect(refunded.status).toBe(200);
    await eventually(
      async () => ((await checkouts.payment(made)).status === 'REVERSED' ? (true as const) : undefined),
      { withinMs: 60_000, what: 'it is undone' },
    );
    expect(await toss.charged(made.orderNo)).toBe(0);
    const closed = await close(found.virtualAccountId);
    expect(closed.body).toMatchObject({ status: 'CLOSED', paymentStatus: 'REVERSED' });
    expect(cases(await list()).filter(({ paymentId }) => paymentId === made.paymentId)).toHaveLength(1);
  });
});
