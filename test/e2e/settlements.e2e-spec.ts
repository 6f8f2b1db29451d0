import { createConnection } from 'mysql2/promise';
import type { ApiAnswer } from '../support/merchant';
import { memberOf } from '../support/points';
import { Stack } from '../support/stack';

jest.setTimeout(240_000);

const DAY = '2026-03-02';
const PERIOD = 'from=2026-03-01&to=2026-03-31';

let stack: Stack;
const logins = new Map<string, string>();

beforeAll(async () => {
  stack = await Stack.start('settlements', { worker: false });
  for (const loginId of ['operator', 'merchant1', 'merchant2', 'branch1', 'agency1']) {
    logins.set(loginId, await memberOf(stack.api.url, loginId));
  }
  // A payment of 100,000 won and the cancel of 30,000 of it, captured on a day that is long over.
  for (const [kind, source, amount, before, after] of [
    ['APPROVAL', 'pay_settled', 100_000, 0, 100_000],
    ['CANCEL', 'pcn_settled', -30_000, 100_000, 70_000],
  ]) {
    await inDatabase(
      `INSERT INTO transactions (kind, source_id, payment_id, mid, branch_id, contract_id, acquirer, method, card_type,
         amount, settled_amount, left_before, left_after, captured_day, occurred_at)
       SELECT ?, ?, 'pay_settled', b.mid, b.id, c.id, c.acquirer, 'CARD', 'CREDIT', ?, ?, ?, ?, '${DAY}', '${DAY} 03:00:00'
       FROM branches b JOIN acquirer_contracts c ON c.mid = b.mid JOIN members m ON m.branch_id = b.id
       WHERE m.login_id = 'branch1' ORDER BY c.id LIMIT 1`,
      [kind, source, amount, amount, before, after],
    );
  }
});
afterAll(() => stack?.stop());

async function inDatabase<T>(sql: string, values: unknown[] = []): Promise<T> {
  const connection = await createConnection({ uri: stack.databaseUrl });
  try {
    const [rows] = await connection.query(sql, values);
    return rows as T;
  } finally {
    await connection.end();
  }
}
/** As that member; waits where a person would not be so fast. */
async function as(loginId: string, method: string, path: string, body?: unknown): Promise<ApiAnswer> {
  const authorization = logins.get(loginId)!;
  for (;;) {
    const answer = await stack.merchant.send(method, path, body, { authorization });
    if (answer.status !== 429) return answer;
    await new Promise((resolve) => setTimeout(resolve, Number(answer.headers.get('retry-after')) * 1_000));
  }
}
const json = <T>({ text }: ApiAnswer) => JSON.parse(text) as T;
const RUNS = '/v1/admin/settlements/runs';

it('leaves nothing half done when the process is killed before a part is committed', async () => {
  stack.api.crashAt('settlement.part-before-commit');
  await expect(as('operator', 'POST', RUNS, { captureDate: DAY })).rejects.toThrow();
  await stack.api.program.ended();
  const left = await inDatabase<{ status: string; n: number }[]>(
    'SELECT status, (SELECT COUNT(*) FROM settlement_lines) AS n FROM settlement_runs',
  );
  expect(left.map(({ status, n }) => [status, Number(n)])).toEqual([['RUNNING', 0]]);
  await stack.api.program.start();
});

it('settles a day once, however often it is asked for', async () => {
  const runs = await Promise.all(
    [1, 2, 3, 4, 5].map(() => as('operator', 'POST', RUNS, { captureDate: DAY })),
  );
  expect(runs.map(({ status }) => status)).toEqual([201, 201, 201, 201, 201]);
  const bodies = runs.map((run) => json<Record<string, unknown>>(run));
  expect(new Set(bodies.map(({ runId }) => runId)).size).toBe(1);
  expect(bodies[0]).toMatchObject({ captureDate: DAY, status: 'DONE', lineCount: 2, settlementCount: 1 });
  const listed = json<{ data: { captureDate: string }[] }>(await as('operator', 'GET', RUNS));
  expect(listed.data.map(({ captureDate }) => captureDate)).toEqual([DAY]);
  const early = await as('operator', 'POST', RUNS, { captureDate: '2999-01-01' });
  expect([early.status, early.body.code]).toEqual([422, 'DAY_NOT_OVER']);
  expect((await as('operator', 'POST', RUNS, { captureDate: '2026-02-30' })).status).toBe(400);
});

interface Listed {
  readonly data: { settlementId: string; payoutAmount: number; status: string; contractId: string }[];
}
const settlement = async () =>
  json<Listed>(await as('merchant1', 'GET', `/v1/settlements/payouts?${PERIOD}`)).data[0]!;

it('shows it to those whose it is, down to how each fee was reckoned', async () => {
  const { settlementId, payoutAmount } = await settlement();
  const read = await as('merchant1', 'GET', `/v1/settlements/${settlementId}/details`);
  const { data } = json<{ data: { lineId: string; net: number; fee: number }[] }>(read);
  expect(data).toHaveLength(2);
  expect(data.reduce((sum, { net }) => sum + net, 0)).toBe(payoutAmount);
  const groups = json<{ data: unknown[]; total: { net: number } }>(
    await as('merchant1', 'GET', `/v1/settlements?${PERIOD}&groupBy=day`),
  );
  expect([groups.data.length, groups.total.net]).toEqual([1, payoutAmount]);
  const explained = json<{ steps: { amount: number }[]; policyId: string }>(
    await as('branch1', 'GET', `/v1/settlements/lines/${data[0]!.lineId}/explain`),
  );
  expect(explained.steps.at(-2)!.amount).toBe(data[0]!.fee);
  expect(explained.policyId).toMatch(/^fpl_/);
  const statuses = async (path: string) =>
    Promise.all(
      ['merchant1', 'branch1', 'agency1', 'operator', 'merchant2'].map(
        async (loginId) => (await as(loginId, 'GET', path)).status,
      ),
    );
  expect(await statuses(`/v1/settlements/${settlementId}/details`)).toEqual([200, 200, 200, 200, 404]);
  expect(await statuses(`/v1/settlements/lines/${data[0]!.lineId}/explain`)).toEqual([
    200, 200, 200, 200, 404,
  ]);
  expect(await statuses('/v1/settlements/status')).toEqual([200, 200, 200, 200, 200]);
  const [branch] = await inDatabase<{ branch_id: string }[]>(
    "SELECT branch_id FROM members WHERE login_id = 'branch1'",
  );
  const own = `/v1/branches/${branch!.branch_id}/sales`;
  expect(await statuses(`${own}?${PERIOD}&groupBy=day`)).toEqual([200, 200, 200, 200, 404]);
  expect(await statuses(`${own}/details?${PERIOD}`)).toEqual([200, 200, 200, 200, 404]);
  expect(await statuses(`/v1/branches/sales?${PERIOD}`)).toEqual([200, 200, 200, 200, 200]);
  expect(await statuses(`/v1/commissions?${PERIOD}`)).toEqual([403, 403, 200, 403, 403]);
  const bad = await as('merchant1', 'GET', '/v1/settlements?from=2026-02-30&groupBy=year');
  expect([bad.status, bad.body.errors?.map(({ field }) => field).sort()]).toEqual([
    400,
    ['from', 'groupBy', 'to'],
  ]);
});

it('adjusts by two operators alone', async () => {
  const { contractId } = await settlement();
  const path = '/v1/admin/settlement-adjustments';
  const wish = { mid: 'M0000001', contractId, amount: -5_000, reason: '중복 지급 회수' };
  const made = await as('operator', 'POST', path, wish);
  expect([made.status, made.body.status]).toEqual([201, 'REQUESTED']);
  const adjustmentId = String(json<{ adjustmentId: string }>(made).adjustmentId);
  const same = await as('operator', 'POST', `${path}/${adjustmentId}/approve`, { reason: '확인' });
  expect([same.status, same.body.code]).toEqual([403, 'ADJUSTMENT_SAME_OPERATOR']);
  await inDatabase("UPDATE settlement_adjustments SET requested_by = 'member:mem_other' WHERE id = ?", [
    adjustmentId,
  ]);
  const approved = await Promise.all(
    [1, 2].map(() => as('operator', 'POST', `${path}/${adjustmentId}/approve`, { reason: '확인' })),
  );
  expect(approved.map(({ status }) => status).sort()).toEqual([200, 409]);
  expect((await as('operator', 'POST', path, { ...wish, amount: 0 })).status).toBe(400);
});

it('is the operator’s alone to hold and pay', async () => {
  const { settlementId } = await settlement();
  const act = (loginId: string, deed: string, body: Record<string, unknown> = { reason: '시험' }) =>
    as(loginId, 'POST', `/v1/admin/settlements/${settlementId}/${deed}`, body);
  for (const loginId of ['merchant1', 'branch1', 'agency1']) {
    const refused = await Promise.all([
      ...['hold', 'release', 'confirm-payout', 'fail-payout', 'retry-payout'].map((deed) =>
        act(loginId, deed),
      ),
      as(loginId, 'POST', RUNS, { captureDate: DAY }),
      as(loginId, 'GET', '/v1/admin/settlements/payout-file?date=2026-03-31'),
      as(loginId, 'GET', '/v1/admin/settlement-holds'),
      as(loginId, 'GET', '/v1/admin/settlement-adjustments'),
    ]);
    expect(new Set(refused.map(({ status }) => status))).toEqual(new Set([403]));
  }
  expect((await act('operator', 'hold', {})).status).toBe(400);
  expect((await act('operator', 'hold')).body.status).toBe('HELD');
  expect((await act('operator', 'hold')).body.code).toBe('SETTLEMENT_STATE');
  expect((await act('operator', 'release')).body.status).toBe('CONFIRMED');
  const paid = await act('operator', 'confirm-payout', { reason: '이체', payoutReference: 'BANK-1' });
  expect([paid.status, paid.body.status]).toEqual([200, 'PAID']);
  const gone = await as('operator', 'POST', '/v1/admin/settlements/stl_none/hold', { reason: '시험' });
  expect(gone.status).toBe(404);
});
