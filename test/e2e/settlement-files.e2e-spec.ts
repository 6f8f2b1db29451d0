import { strFromU8, unzipSync } from 'fflate';
import type { Connection } from 'mysql2/promise';
import readWorkbook from 'read-excel-file/node';
import { addDays, koreanDay } from '../../src/common/time/korean-time';
import { Applicant, tossContract } from '../support/applications';
import { database, loggedIn } from '../support/logins';
import { keyIn } from '../support/merchant';
import { eventually } from '../support/program';
import { Stack } from '../support/stack';

jest.setTimeout(240_000);

const DAY = '2026-03-02';
const PERIOD = 'from=2026-03-01&to=2026-03-31';
const ACCOUNT = '110987654321';
const OTHER_ACCOUNT = '220987654322';

let stack: Stack;
let rows: Connection;
const logins = new Map<string, string>();
/** From an approved application; from one whose account was put in another's place; without any account. */
let mid: string;
let wrongMid: string;
const WITHOUT = 'M0000002';

beforeAll(async () => {
  stack = await Stack.start('settlement-files', { env: { SETTLEMENT_SWEEP_MS: '1000' } });
  rows = await database(stack.databaseUrl);
  for (const loginId of ['operator', 'merchant1', 'merchant2', 'branch1', 'agency1']) {
    logins.set(loginId, await loggedIn(stack.api.url, loginId));
  }
  mid = await approved('settled', ACCOUNT, '홍, "길동"');
  wrongMid = await approved('wrong', OTHER_ACCOUNT, '김새봄');
  // What was sealed for one merchant does not open as another's.
  await query(
    `UPDATE merchant_accounts a JOIN merchant_accounts b ON b.mid = ? SET a.account_sealed = b.account_sealed
     WHERE a.mid = ?`,
    [mid, wrongMid],
  );
  // Their policies hold from their approval on; the movements are older. Nothing settles them before all are there.
  await query(
    `INSERT INTO fee_policies (id, mid, scope, effective_from, ended, rate_ppm, fixed_fee, minimum_fee, acquirer_cost_ppm,
       reason, created_by, created_at)
     SELECT CONCAT('fpl_', mid), mid, '*|*|*|*|*|*|*', '2026-01-01', 0, 20000, 0, 0, 0, 'test', 'test', UTC_TIMESTAMP(3)
     FROM merchants WHERE mid IN (?, ?)`,
    [mid, wrongMid],
  );
  await stack.worker.stop();
  for (const [index, owner] of ['M0000001', mid, wrongMid, WITHOUT].entries()) {
    await move('APPROVAL', `pay_own${index}`, owner, 100_000 + index, false);
    if (owner === 'M0000001') await move('CANCEL', 'pcn_own0', owner, -30_000, false);
  }
  await move('APPROVAL', 'pay_branch', 'M0000001', 50_000, true);
  const run = await as('operator', 'POST', '/v1/admin/settlements/runs', { captureDate: DAY });
  expect([run.status, run.body.status]).toEqual([201, 'DONE']);
  await stack.worker.start();
  await none(
    `SELECT COUNT(*) AS n FROM settlements WHERE status = 'SCHEDULED'`,
    'all settlements are confirmed',
  );
});
afterAll(async () => {
  await rows?.end();
  await stack?.stop();
});

const query = async <T>(sql: string, values: unknown[] = []): Promise<T[]> =>
  (await rows.query(sql, values))[0] as T[];
/** Waits until the worker has left nothing. */
const none = (count: string, what: string) =>
  eventually(
    async () => {
      const [left] = await query<{ n: number }>(count);
      return Number(left!.n) === 0 ? true : undefined;
    },
    { withinMs: 60_000, what },
  );
const as = (loginId: string, method: string, path: string, body?: unknown, headers = {}) =>
  stack.merchant.send(method, path, body, { authorization: logins.get(loginId)!, ...headers });
const file = (loginId: string, path: string) =>
  fetch(`${stack.api.url}${path}`, { headers: { authorization: logins.get(loginId)! } });

/** A merchant of an application that an operator approved. */
async function approved(name: string, accountNumber: string, holderName: string): Promise<string> {
  const applicant = await Applicant.start(stack);
  const settlementAccount = { bankCode: '088', accountNumber, holderName };
  const id = await applicant.submitted({ settlementAccount, services: ['CARD'] });
  const path = `/v1/service-applications/${id}/approve`;
  const answer = await as('operator', 'POST', path, { contracts: [tossContract(name)] });
  expect([answer.status, answer.body.status]).toEqual([200, 'APPROVED']);
  return answer.body.mid as string;
}

/** Money that moved on a day that is long over, with its transfer in the ledger. */
async function move(kind: string, id: string, owner: string, amount: number, ofBranch: boolean) {
  const paymentId = id.replace('pcn', 'pay');
  await query(
    `INSERT INTO transactions (kind, source_id, payment_id, mid, branch_id, contract_id, acquirer, method, card_type,
       amount, settled_amount, left_before, left_after, captured_day, occurred_at, recorded_at)
     SELECT ?, ?, ?, c.mid, (SELECT branch_id FROM members WHERE login_id = 'branch1' AND ?), c.id, c.acquirer, 'CARD',
       'CREDIT', ?, ?, ?, ?, '${DAY}', '${DAY} 03:00:00', '${DAY} 03:00:00'
     FROM acquirer_contracts c WHERE c.mid = ? ORDER BY c.id LIMIT 1`,
    [
      kind,
      id,
      paymentId,
      ofBranch,
      amount,
      amount,
      amount > 0 ? 0 : 100_000,
      amount > 0 ? amount : 70_000,
      owner,
    ],
  );
  await query(
    `INSERT INTO ledger_transfers (kind, source_id, mid, debit_account, credit_account, amount, recorded_at)
     VALUES (?, ?, ?, ?, ?, ?, '${DAY} 03:00:00')`,
    [
      ...[kind, id, owner, amount > 0 ? 'ACQUIRER_RECEIVABLE' : 'MERCHANT_PAYABLE'],
      ...[amount > 0 ? 'MERCHANT_PAYABLE' : 'ACQUIRER_RECEIVABLE', Math.abs(amount)],
    ],
  );
}

describe('the payout file', () => {
  const path = '/v1/admin/settlements/payout-file?date=2026-03-31';

  it('pays an approved application’s merchant to the account that it gave, and names who is left out', async () => {
    const answer = await file('operator', path);
    expect(answer.status).toBe(200);
    expect(answer.headers.get('x-merchants-without-account')!.split(',')).toEqual(['M0000001', WITHOUT]);
    expect(answer.headers.get('x-merchants-with-wrong-account')).toBe(wrongMid);
    expect(answer.headers.get('x-merchants-left-out')).toBe('3');
    expect(answer.headers.get('cache-control')).toContain('no-store');
    const bytes = Buffer.from(await answer.arrayBuffer());
    expect([...bytes.subarray(0, 3)]).toEqual([0xef, 0xbb, 0xbf]);
    const [settled] = await query<{ id: string; amount: number }>(
      'SELECT id, payout_amount AS amount FROM settlements WHERE mid = ?',
      [mid],
    );
    expect(bytes.subarray(3).toString().split('\r\n')).toEqual([
      '은행코드,계좌번호,예금주,이체금액,적요,가맹점',
      `088,${ACCOUNT},"홍, ""길동""",${settled!.amount},${settled!.id},${mid}`,
      '',
    ]);
    expect(Number(settled!.amount)).toBeGreaterThan(90_000);
  });

  it('is in the audit trail, and the account number nowhere else', async () => {
    const [row] = await query<{ actor: string; details: string }>(
      `SELECT actor, details FROM audit_logs WHERE action = 'settlement.payout-file' ORDER BY seq DESC LIMIT 1`,
    );
    expect(row!.actor).toMatch(/^member:mem_/);
    expect(JSON.parse(row!.details)).toMatchObject({ count: 4, leftOut: 3, to: '2026-03-31' });
    const kept = await query<{ details: string }>('SELECT details FROM audit_logs');
    for (const number of [ACCOUNT, OTHER_ACCOUNT]) {
      expect(kept.some(({ details }) => details?.includes(number))).toBe(false);
      expect(stack.output).not.toContain(number);
    }
    expect(stack.output).toContain('settlement.payout-account');
  });

  it('is the operator’s alone', async () => {
    for (const loginId of ['merchant1', 'branch1', 'agency1']) {
      expect((await as(loginId, 'GET', path)).status).toBe(403);
    }
  });
});

interface Listed {
  readonly data: Record<string, never>[];
}

describe('an export of settlements', () => {
  const exported = (loginId: string, more: string) =>
    file(loginId, `/v1/settlements/export?${PERIOD}&${more}`);
  const csv = async (loginId: string, more = '') =>
    (await (await exported(loginId, `format=csv${more}`)).text()).trimEnd().split('\r\n');

  beforeAll(async () => {
    const { body } = await as('merchant1', 'GET', `/v1/settlements/payouts?${PERIOD}`);
    const { settlementId } = (body as unknown as { data: { settlementId: string }[] }).data[0]!;
    const reason = '=HYPERLINK("http://x")';
    const held = await as('operator', 'POST', `/v1/admin/settlements/${settlementId}/hold`, { reason });
    expect(held.status).toBe(200);
  });

  it('is a workbook with the list’s rows, Korean headings and sums, which runs nothing', async () => {
    const answer = await exported('operator', 'format=xlsx');
    expect(answer.headers.get('content-disposition')).toContain(`settlements_2026-03-01_2026-03-31.xlsx`);
    const bytes = Buffer.from(await answer.arrayBuffer());
    const [sheet] = await readWorkbook(bytes);
    const [heading, ...found] = sheet!.data;
    const column = (name: string) => found.map((row) => row[heading!.indexOf(name)]);
    const { data } = (await as('operator', 'GET', `/v1/settlements/payouts?${PERIOD}`))
      .body as unknown as Listed;
    expect(column('정산 ID').slice(0, -1)).toEqual(data.map(({ settlementId }) => settlementId));
    for (const [name, field] of Object.entries({
      지급액: 'payoutAmount',
      수수료: 'fee',
      승인금액: 'approvalAmount',
    })) {
      const values = data.map((each) => Number(each[field]));
      expect(column(name)).toEqual([...values, values.reduce((sum, each) => sum + each, 0)]);
    }
    expect([sheet!.sheet, found.at(-1)![0]]).toEqual(['정산내역', '합계']);
    expect(column('보류사유')).toContain(`'=HYPERLINK("http://x")`);
    const xml = strFromU8(unzipSync(new Uint8Array(bytes))['xl/worksheets/sheet1.xml']!);
    expect(xml).not.toContain('<f>');
    expect(xml).toContain('state="frozen"');
  });

  it('has every line with level=lines, which sum up to the settlements', async () => {
    const bytes = Buffer.from(await (await exported('merchant1', 'format=xlsx&level=lines')).arrayBuffer());
    const [sheet] = await readWorkbook(bytes);
    const [heading, ...found] = sheet!.data;
    const column = (name: string) => found.map((row) => row[heading!.indexOf(name)]);
    expect(column('결제·취소번호').slice(0, -1).sort()).toEqual(['pay_branch', 'pay_own0', 'pcn_own0']);
    expect(column('구분').slice(0, -1).sort()).toEqual(['승인', '승인', '취소']);
    const [sums] = await query<{ amount: number; fee: number; net: number }>(
      `SELECT SUM(approval_amount + cancel_amount) AS amount, SUM(fee) AS fee, SUM(payout_amount) AS net
       FROM settlements WHERE mid = 'M0000001'`,
    );
    expect(['금액', '수수료', '정산금액'].map((name) => column(name).at(-1))).toEqual(
      [sums!.amount, sums!.fee, sums!.net].map(Number),
    );
  });

  it('holds what its caller may see, and a branch’s own part alone', async () => {
    const [ofAll, ofMerchant, ofBranch, ofOther] = await Promise.all(
      ['operator', 'merchant1', 'branch1', 'merchant2'].map((loginId) => csv(loginId)),
    );
    expect([ofAll!.length, ofMerchant!.length, ofBranch!.length, ofOther!.length]).toEqual([5, 2, 2, 2]);
    expect(ofMerchant![1]).toContain(',3,150000,-30000,');
    expect(ofBranch![1]).toContain(',1,50000,0,');
    const { data } = (await as('branch1', 'GET', `/v1/settlements/payouts?${PERIOD}`))
      .body as unknown as Listed;
    expect(data).toMatchObject([{ lineCount: 1, approvalAmount: 50_000, cancelAmount: 0 }]);
    const detail = await as('branch1', 'GET', `/v1/settlements/${String(data[0]!.settlementId)}/details`);
    expect(detail.body).toMatchObject({ settlement: data[0], data: [{ paymentId: 'pay_branch' }] });
    const lines = await csv('branch1', '&level=lines');
    expect([lines.length, lines[1]]).toEqual([2, expect.stringContaining('"pay_branch"')]);
    expect(await csv('merchant2', '&mid=M0000001')).toHaveLength(1);
    expect(await csv('operator', '&status=HELD')).toHaveLength(2);
    expect((await as('agency1', 'GET', `/v1/settlements/export?${PERIOD}&format=csv`)).status).toBe(200);
  });

  it('is in the audit trail, and refused for what is no format or period', async () => {
    const [row] = await query<{ mid: string; details: string }>(
      `SELECT mid, details FROM audit_logs WHERE action = 'settlement-lines.export' ORDER BY seq LIMIT 1`,
    );
    expect([row!.mid, JSON.parse(row!.details)]).toEqual([
      'M0000001',
      { from: '2026-03-01', to: '2026-03-31', code: 'xlsx' },
    ]);
    for (const wrong of ['', 'format=pdf', 'format=csv&level=all', 'format=csv&status=GONE']) {
      expect((await exported('merchant1', wrong)).status).toBe(400);
    }
    const long = await as(
      'merchant1',
      'GET',
      '/v1/settlements/export?format=csv&from=2020-01-01&to=2026-01-01',
    );
    expect([long.status, long.body.code]).toEqual([400, 'VALIDATION_FAILED']);
  });
});

describe('an answer that the caller has already', () => {
  const known = async (loginId: string, path: string) => {
    const first = await as(loginId, 'GET', path);
    expect([path, first.status]).toEqual([path, 200]);
    const etag = first.headers.get('etag')!;
    expect(etag).toMatch(/^W\/"[\w-]{22}"$/);
    expect(first.headers.get('cache-control')).toBe('private, no-cache');
    const again = await as(loginId, 'GET', path, undefined, { 'if-none-match': `"x", ${etag}` });
    expect([path, again.status, again.text, again.headers.get('etag')]).toEqual([path, 304, '', etag]);
    return etag;
  };

  it('is not sent again: of history and settlement', async () => {
    const paymentId = (await stack.merchant.approve(keyIn({ amount: 10_000 }))).body.paymentId;
    const { body } = await as('merchant1', 'GET', `/v1/settlements/payouts?${PERIOD}`);
    const { settlementId } = (body as unknown as { data: { settlementId: string }[] }).data[0]!;
    for (const path of [
      ...['/v1/transactions', '/v1/transactions/bank', '/v1/transactions/cash-receipts'],
      ...[`/v1/transactions/${paymentId}`, `/v1/settlements/payouts?${PERIOD}`],
      ...[`/v1/settlements/${settlementId}/details`, `/v1/settlements?${PERIOD}&groupBy=day`],
      `/v1/branches/sales?${PERIOD}`,
    ]) {
      await known('merchant1', path);
    }
  });

  it('is sent as soon as something has changed', async () => {
    const paths = ['/v1/transactions', '/v1/settlements/status'];
    const before = await Promise.all(paths.map((path) => known('merchant1', path)));
    await stack.merchant.approve(keyIn({ amount: 20_000 }));
    for (const [index, path] of paths.entries()) {
      const answer = await as('merchant1', 'GET', path, undefined, { 'if-none-match': before[index]! });
      expect([path, answer.status]).toEqual([path, 200]);
      expect(answer.headers.get('etag')).not.toBe(before[index]);
    }
    const absent = await as('merchant1', 'GET', '/v1/settlements/stl_none/details', undefined, {
      'if-none-match': '*',
    });
    expect([absent.status, absent.headers.get('etag')]).toEqual([404, null]);
  });
});

it('counts payments right to the second, rolled up or not', async () => {
  const stats = async () =>
    (await as('merchant1', 'GET', '/v1/payments/stats')).body as unknown as Record<string, number>;
  const before = await stats();
  const { paymentId } = (await stack.merchant.approve(keyIn({ amount: 10_000 }))).body;
  const made = await stats();
  expect([made.total! - before.total!, made.totalAmount! - before.totalAmount!]).toEqual([1, 10_000]);
  await none(
    `SELECT COUNT(*) AS n FROM payment_events
     WHERE id > (SELECT rolled_through FROM roll_ups WHERE name = 'payment-counts')`,
    'all events are rolled up',
  );
  expect(await stats()).toEqual(made);
  await stack.merchant.cancel(paymentId, { cancelAmount: 4_000 });
  const partly = await stats();
  expect(partly.cancelledAmount! - made.cancelledAmount!).toBe(4_000);
  await stack.merchant.cancel(paymentId, {});
  const gone = await stats();
  expect([gone.completed! - made.completed!, gone.cancelled! - made.cancelled!]).toEqual([-1, 1]);
  expect(gone.totalAmount).toBe(made.totalAmount);
});

describe('obligations', () => {
  const path = '/v1/admin/settlements/obligations';
  const today = () => koreanDay(new Date());

  it('are kept by the worker for each day that is over', async () => {
    const yesterday = `${path}?date=${addDays(today(), -1)}`;
    await eventually(
      async () => {
        const { body } = await as('operator', 'GET', yesterday);
        return (body as unknown as Listed).data[0];
      },
      { withinMs: 120_000, what: 'yesterday’s obligations are kept' },
    );
    const { body } = await as('operator', 'GET', `${path}?date=${DAY}`);
    const [first] = (body as unknown as { data: Record<string, number>[] }).data;
    // Four payments, a cancel, and the branch's; settled months later.
    expect(first).toMatchObject({
      ...{ date: DAY, held: 0, payableSettled: 0, payableUnsettled: 420_006, merchantDebt: 0 },
      ...{ obligation: 420_006, coverRatioPpm: 600_000, requiredCover: 252_004, shortfall: 252_004 },
    });
    const early = await as('operator', 'GET', `${path}?date=${today()}`);
    expect([early.status, early.body.code]).toEqual([422, 'DAY_NOT_OVER']);
    expect((await as('operator', 'GET', path)).status).toBe(400);
  });

  it('are listed from the latest back, and exported', async () => {
    const days = 'from=2026-03-01&to=2026-03-10';
    const first = (await as('operator', 'GET', `${path}?${days}&limit=5`)).body as unknown as {
      data: { date: string }[];
      nextCursor: string;
    };
    const next = (await as('operator', 'GET', `${path}?${days}&limit=5&cursor=${first.nextCursor}`))
      .body as unknown as typeof first;
    expect([...first.data, ...next.data].map(({ date }) => date)).toEqual(
      [10, 9, 8, 7, 6, 5, 4, 3, 2].map((day) => `2026-03-${String(day).padStart(2, '0')}`),
    );
    const answer = await file('operator', `${path}/export?${days}&format=xlsx`);
    const [sheet] = await readWorkbook(Buffer.from(await answer.arrayBuffer()));
    expect(sheet!.data).toHaveLength(10);
    expect(sheet!.data.at(-1)!.slice(0, 4)).toEqual([DAY, 0, 0, 420_006]);
    const text = await (await file('operator', `${path}/export?${days}&format=csv`)).text();
    expect(text.split('\r\n')[9]).toContain(`"${DAY}",0,0,420006,0,0,0,420006,"60%",252004,0,252004,`);
  });

  it('are covered by what an operator registers, from today on at the earliest', async () => {
    const covers = '/v1/admin/settlement-covers';
    const cover = {
      kind: 'TRUST',
      institution: '가온은행',
      amount: 300_000,
      effectiveFrom: today(),
      reason: '신탁',
    };
    const made = await as('operator', 'POST', covers, cover);
    expect([made.status, made.body]).toMatchObject([
      201,
      { ...cover, coverId: expect.stringMatching(/^cov_/) },
    ]);
    const past = await as('operator', 'POST', covers, { ...cover, effectiveFrom: '2026-03-02' });
    expect([past.status, past.body.errors?.map(({ code }) => code)]).toEqual([400, ['IN_THE_PAST']]);
    const listed = (await as('operator', 'GET', covers)).body as unknown as Listed;
    expect(listed.data).toMatchObject([cover]);
    const [row] = await query<{ n: number }>(
      `SELECT COUNT(*) AS n FROM audit_logs WHERE action = 'settlement-cover.create'`,
    );
    expect(Number(row!.n)).toBe(1);
  });
});

it('holds all invariants afterwards but those of what was put in by hand', async () => {
  const { output } = await stack.verify([]);
  expect(output.split('\n').filter((line) => line.includes('INV-30'))).toEqual([]);
});
