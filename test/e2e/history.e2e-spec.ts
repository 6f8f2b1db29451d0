import { get as httpGet, type IncomingMessage } from 'node:http';
import { setTimeout as wait } from 'node:timers/promises';
import { strFromU8, unzipSync } from 'fflate';
import readWorkbook from 'read-excel-file/node';
import { SqlPool } from '../../src/common/db/pool';
import { accountWish } from '../support/accounts';
import { MemberClient } from '../support/member-client';
import { type ApiAnswer, basic, keyIn, newOrderNo } from '../support/merchant';
import { Stack } from '../support/stack';
import { fillTraffic } from '../support/traffic';

jest.setTimeout(240_000);

/*
 * History over HTTP: what real payments leave in it, who sees what, what is refused, and files that other programs read.
 * That every combination of filters is right over many rows is shown in test/integration/history.int-spec.ts.
 */
const BRANCH = 'brn_0000000000DEM0BRANCH000001';
const TRAFFIC = { payments: 30_000, days: 10, merchants: 2, branches: 2, seed: 3, until: '2026-04-01' };
const TRAFFIC_DAYS = 'from=2026-03-01&to=2026-03-31';
const BIG = 'M9000001';

interface Item {
  readonly transactionId: string;
  readonly type: string;
  readonly paymentId: string;
  readonly mid: string;
  readonly branchId: string | null;
  readonly orderNo: string;
  readonly status: string;
  readonly method: string;
  readonly amount: number;
  readonly balanceAmount: number;
  readonly acquirerTransactionId: string | null;
  readonly approvalNo: string | null;
  readonly card: { readonly number: string } | null;
  readonly occurredAt: string;
  readonly cancel: { readonly cancelId: string; readonly amount: number } | null;
  readonly account: { readonly bankCode: string } | null;
}
type Client = { send: (method: string, path: string) => Promise<ApiAnswer> };

let stack: Stack;
let pool: SqlPool;
let operator: MemberClient;
let merchant: MemberClient;
let branch: MemberClient;
let approved: string;
let cancelId: string;
const orders = { whole: newOrderNo(), parts: newOrderNo(), branch: newOrderNo(), account: newOrderNo() };
const BUYER = `=HYPERLINK("x")`;

beforeAll(async () => {
  stack = await Stack.start('history', { webhookUrl: true });
  pool = new SqlPool(stack.databaseUrl, { connectionsMax: 2, waitMs: 5_000, queryTimeoutMs: 60_000 });
  fillTraffic(stack.databaseUrl, TRAFFIC);
  const login = (loginId: string) => MemberClient.login(stack.api.url, loginId);
  [operator, merchant, branch] = (await Promise.all(['operator', 'merchant1', 'branch1'].map(login))) as [
    MemberClient,
    MemberClient,
    MemberClient,
  ];
  await makePayments();
});
afterAll(async () => {
  await pool?.close();
  await stack?.stop();
});

async function makePayments(): Promise<void> {
  const { merchant: shop } = stack;
  const whole = await shop.approve(keyIn({ orderNo: orders.whole, amount: 30_000, buyerName: BUYER }));
  approved = whole.body.paymentId;
  const parts = await shop.approve(keyIn({ orderNo: orders.parts, amount: 50_000 }));
  for (const cancelAmount of [10_000, 15_000]) {
    const { body } = await shop.cancel(parts.body.paymentId, { cancelAmount });
    cancelId = (body as unknown as { cancel: { cancelId: string } }).cancel.cancelId;
  }
  await shop.approve(keyIn({ orderNo: orders.branch, amount: 7_000, branchId: BRANCH }));
  await shop.send('POST', '/v1/virtual-accounts', accountWish({ orderNo: orders.account }));
  await shop.as('M0000002').approve(keyIn({ amount: 9_000 }));
  await shop.send('POST', '/v1/cash-receipts', {
    ...{ orderNo: newOrderNo(), amount: 55_000, purpose: 'INCOME_DEDUCTION', identifier: '01077315599' },
  });
}

const list = async (client: Client, query = '') => {
  const answer = await client.send('GET', `/v1/transactions?${query}`);
  expect([answer.status, answer.text.slice(0, 300)]).toEqual([200, expect.any(String)]);
  return answer.body as unknown as {
    data: Item[];
    nextCursor: string | null;
    summary?: Record<string, number>;
  };
};
const ordersOf = (page: { data: Item[] }) => page.data.map(({ orderNo }) => orderNo);

describe('a list', () => {
  it('shows a merchant its own payments, newest first, and a branch its own', async () => {
    const own = await list(stack.merchant);
    expect(own.data.map(({ mid }) => mid)).toEqual(own.data.map(() => 'M0000001'));
    expect(ordersOf(own)).toEqual([orders.account, orders.branch, orders.parts, orders.whole]);
    const times = own.data.map(({ occurredAt }) => occurredAt);
    expect(times).toEqual([...times].sort().reverse());
    expect(ordersOf(await list(merchant))).toEqual(ordersOf(own));
    expect(ordersOf(await list(branch))).toEqual([orders.branch]);
    expect(new Set((await list(operator)).data.map(({ mid }) => mid))).toEqual(
      new Set(['M0000001', 'M0000002']),
    );
    expect(ordersOf(await list(branch, `branchId=${BRANCH.replace(/1$/, '2')}`))).toEqual([]);
    expect(ordersOf(await list(merchant, 'mid=M0000002'))).toEqual([]);
    expect((await list(operator, 'mid=M0000002')).data).toHaveLength(1);
  });

  it('tells each row as it is, the card masked', async () => {
    const [row] = (await list(stack.merchant, `orderNo=${orders.parts}`)).data;
    expect(row).toMatchObject({
      ...{ type: 'PAYMENT', status: 'PARTIALLY_CANCELLED', method: 'CARD', amount: 50_000 },
      ...{ balanceAmount: 25_000, cancelledAmount: 25_000, cancel: null },
      card: { number: '424242******4242' },
    });
    expect(JSON.stringify(row)).not.toContain('4242424242424242');
  });

  it('goes by cancels when asked, a row for each', async () => {
    const { data } = await list(stack.merchant, 'dateBasis=cancelled');
    expect(data.map(({ orderNo, type, cancel }) => [orderNo, type, cancel?.amount])).toEqual([
      [orders.parts, 'CANCEL', 15_000],
      [orders.parts, 'CANCEL', 10_000],
    ]);
    expect(data[0]!.transactionId).toBe(cancelId);
  });

  it('finds one by what it is called, at any time, and nothing of another', async () => {
    const [row] = (await list(stack.merchant, `orderNo=${orders.whole}`)).data;
    for (const query of [
      `approvalNo=${row!.approvalNo}&orderNo=${orders.whole}`,
      `acquirerTransactionId=${encodeURIComponent(row!.acquirerTransactionId!)}`,
      `buyerName=${encodeURIComponent('=HYPER')}`,
      'minAmount=29999&maxAmount=30000&status=APPROVED&method=CARD&acquirer=toss&cardLast4=4242',
    ]) {
      expect([query, ordersOf(await list(stack.merchant, query))]).toEqual([query, [orders.whole]]);
      expect(ordersOf(await list(stack.merchant.as('M0000002'), query))).not.toContain(orders.whole);
    }
  });

  it('adds counts and sums when asked', async () => {
    const { summary } = await list(stack.merchant, 'summary=true&limit=1');
    expect(summary).toEqual({
      ...{ count: 4, approvedCount: 3, approvedAmount: 87_000, cancelledAmount: 25_000, netAmount: 62_000 },
    });
    const cancels = await list(stack.merchant, 'summary=true&dateBasis=cancelled');
    expect(cancels.summary).toMatchObject({ count: 2, approvedAmount: 0, cancelledAmount: 25_000 });
    expect(await list(stack.merchant, 'summary=false')).not.toHaveProperty('summary');
  });

  it('goes on where its cursor says until all was seen once', async () => {
    const seen: string[] = [];
    let cursor = '';
    for (let pages = 0; pages < 10; pages += 1) {
      const page = await list(stack.merchant, `limit=1${cursor}`);
      seen.push(...ordersOf(page));
      if (page.nextCursor === null) break;
      cursor = `&cursor=${page.nextCursor}`;
    }
    expect(seen).toEqual([orders.account, orders.branch, orders.parts, orders.whole]);
  });

  it.each([
    ['from=2026-02-30', 'from', 'BAD_FORMAT'],
    ['from=2026-03-02&to=2026-03-01', 'from', 'OUT_OF_RANGE'],
    ['from=2025-01-01&to=2026-01-02', 'from', 'OUT_OF_RANGE'],
    ['minAmount=2&maxAmount=1', 'minAmount', 'OUT_OF_RANGE'],
    ['minAmount=1.5', 'minAmount', 'NOT_AN_INTEGER'],
    ['status=PAID', 'status', 'NOT_ALLOWED'],
    ['method=CASH', 'method', 'NOT_ALLOWED'],
    ['dateBasis=created', 'dateBasis', 'NOT_ALLOWED'],
    ['cardLast4=42424', 'cardLast4', 'BAD_FORMAT'],
    ['orderNo=%27%20OR%201=1', 'orderNo', 'BAD_FORMAT'],
    ['summary=1', 'summary', 'NOT_ALLOWED'],
    ['limit=201', 'limit', 'OUT_OF_RANGE'],
    ['cursor=abc', 'cursor', 'BAD_FORMAT'],
    [`cursor=${Buffer.from('1.key_1').toString('base64url')}`, 'cursor', 'BAD_FORMAT'],
    ['phone=01012345678', 'phone', 'UNKNOWN_FIELD'],
  ])('refuses %s', async (query, field, code) => {
    const { status, body } = await stack.merchant.send('GET', `/v1/transactions?${query}`);
    expect([status, body.code]).toEqual([400, 'VALIDATION_FAILED']);
    expect(body.errors).toContainEqual(expect.objectContaining({ field, code }));
  });
});

describe('one transaction', () => {
  it('is the whole payment, by its id or that of a cancel', async () => {
    const byCancel = await stack.merchant.send('GET', `/v1/transactions/${cancelId}`);
    const detail = byCancel.body as unknown as { movements: { kind: string; amount: number }[] };
    expect(byCancel.status).toBe(200);
    expect(byCancel.body).toMatchObject({
      orderNo: orders.parts,
      status: 'PARTIALLY_CANCELLED',
      cashReceipts: [],
    });
    expect(byCancel.body.cancels).toHaveLength(2);
    expect(detail.movements.map(({ kind, amount }) => [kind, amount])).toEqual([
      ['APPROVAL', 50_000],
      ['CANCEL', -10_000],
      ['CANCEL', -15_000],
    ]);
    const byPayment = await stack.merchant.send('GET', `/v1/transactions/${byCancel.body.paymentId}`);
    expect(byPayment.body).toEqual(byCancel.body);
  });

  it('may be kept by its caller alone, and is told anew as soon as it has changed', async () => {
    const payment = await stack.merchant.approve(keyIn({ amount: 5_000 }));
    const path = `/v1/transactions/${payment.body.paymentId}`;
    const first = await stack.merchant.send('GET', path);
    expect(first.headers.get('cache-control')).toBe('private, no-cache');
    const headers = { 'if-none-match': first.headers.get('etag')! };
    const same = await stack.merchant.send('GET', path, undefined, headers);
    expect([same.status, same.text]).toEqual([304, '']);
    await stack.merchant.cancel(payment.body.paymentId);
    const changed = await stack.merchant.send('GET', path, undefined, headers);
    expect([changed.status, changed.body.status]).toEqual([200, 'CANCELLED']);
  });

  it('is not there for another merchant or branch, nor under a wrong id', async () => {
    const other = stack.merchant.as('M0000002');
    for (const [client, id] of [
      [other, approved],
      [other, cancelId],
      [branch, approved],
      [stack.merchant, approved.slice(0, -1)],
      [stack.merchant, 'pcn_00000000000000000000000000'],
    ] as const) {
      const { status, body } = await client.send('GET', `/v1/transactions/${id}`);
      expect([id, status, body.code]).toEqual([id, 404, 'TRANSACTION_NOT_FOUND']);
    }
  });
});

it('lists bank transfers and virtual accounts, by bank and state', async () => {
  const bank = async (query = '') => {
    const { status, body } = await stack.merchant.send('GET', `/v1/transactions/bank?${query}`);
    expect(status).toBe(200);
    return (body as unknown as { data: Item[] }).data;
  };
  const [row, ...more] = await bank();
  expect(more).toEqual([]);
  expect(row).toMatchObject({
    orderNo: orders.account,
    method: 'VIRTUAL_ACCOUNT',
    account: { bankCode: '088' },
  });
  expect(await bank('bank=088&status=WAITING_FOR_DEPOSIT&minAmount=41000&maxAmount=41000')).toHaveLength(1);
  expect(await bank('bank=004')).toEqual([]);
  expect(await bank('method=BANK_TRANSFER')).toEqual([]);
  expect((await stack.merchant.send('GET', '/v1/transactions/bank?bank=999')).status).toBe(400);
});

it('lists cash receipts, the customer’s number masked; a branch has none', async () => {
  const receipts = async (client: Client, query = '') => {
    const { status, body } = await client.send('GET', `/v1/transactions/cash-receipts?${query}`);
    expect(status).toBe(200);
    return (body as unknown as { data: Record<string, unknown>[] }).data;
  };
  const [receipt] = await receipts(merchant, 'purpose=INCOME_DEDUCTION&status=ISSUED&minAmount=55000');
  expect(receipt).toMatchObject({ mid: 'M0000001', amount: 55_000 });
  expect(JSON.stringify(receipt)).not.toContain('01077315599');
  expect(await receipts(operator)).toHaveLength(1);
  expect(await receipts(merchant, 'purpose=EXPENSE_PROOF')).toEqual([]);
  expect(await receipts(branch)).toEqual([]);
  expect(await receipts(stack.merchant.as('M0000002'))).toEqual([]);
});

describe('an export', () => {
  const fetchFile = (query: string, client = 'M0000001') =>
    fetch(`${stack.api.url}/v1/transactions/export?${query}`, {
      headers: { authorization: basic(`sk_test_${client}`) },
    });

  it('is CSV with Korean headings that no spreadsheet runs', async () => {
    const answer = await fetchFile(`format=csv&orderNo=${orders.whole}`);
    expect(answer.headers.get('content-type')).toBe('text/csv; charset=utf-8');
    expect(answer.headers.get('content-disposition')).toMatch(/^attachment; filename="transactions_/);
    const bytes = Buffer.from(await answer.arrayBuffer());
    expect([...bytes.subarray(0, 3)]).toEqual([0xef, 0xbb, 0xbf]);
    const [heading, row, end] = bytes.subarray(3).toString().split('\r\n');
    expect(heading!.split(',').slice(0, 3)).toEqual(['"거래일시"', '"구분"', '"상태"']);
    expect(row).toContain(`"'=HYPERLINK(""x"")"`);
    expect(row).toContain(orders.whole);
    expect(end).toBe('');
  });

  it('is a workbook that another program reads, with the list’s rows and their sums', async () => {
    const answer = await fetchFile('format=xlsx');
    const bytes = Buffer.from(await answer.arrayBuffer());
    const [sheet] = await readWorkbook(bytes);
    const [heading, ...rows] = sheet!.data;
    const column = (name: string) => rows.map((row) => row[heading!.indexOf(name)]);
    const { data } = await list(stack.merchant);
    expect(column('주문번호').slice(0, -1)).toEqual(data.map(({ orderNo }) => orderNo));
    expect(column('결제금액').slice(0, -1)).toEqual(data.map(({ amount }) => amount));
    const { summary } = await list(stack.merchant, 'summary=true');
    expect(rows.at(-1)![0]).toBe('합계');
    expect(column('승인금액').at(-1)).toBe(summary!.approvedAmount);
    expect(column('취소금액').at(-1)).toBe(summary!.cancelledAmount);
    expect(column('구매자')).toContain(`'${BUYER}`);
    const xml = strFromU8(unzipSync(new Uint8Array(bytes))['xl/worksheets/sheet1.xml']!);
    expect(xml).not.toContain('<f>');
    expect(xml).toContain('state="frozen"');
  });

  it('holds every row of a long list, for whoever may see it, and is in the audit trail', async () => {
    const answer = await operator.get(`/v1/transactions/export?format=csv&mid=${BIG}&${TRAFFIC_DAYS}`);
    const { summary } = await list(operator, `mid=${BIG}&${TRAFFIC_DAYS}&summary=true&limit=1`);
    expect(answer.text.trimEnd().split('\r\n')).toHaveLength(summary!.count! + 1);
    expect(summary!.count).toBeGreaterThan(15_000);
    const [row] = await pool.query<{ mid: string; details: string }[]>(
      `SELECT mid, details FROM audit_logs WHERE action = 'transactions.export' ORDER BY seq DESC LIMIT 1`,
    );
    expect(row!.mid).toBe(BIG);
    expect(JSON.parse(row!.details)).toEqual({ from: '2026-03-01', to: '2026-03-31', code: 'csv' });
  });

  it('refuses what is no format, and a period that is too long', async () => {
    for (const query of ['', 'format=pdf', 'format=csv&from=2020-01-01']) {
      expect((await fetchFile(query)).status).toBe(400);
    }
  });

  /** Payments that were read in this stack's own database; beside this, its worker settles days by other tables. */
  const rowsRead = async () => {
    const [row] = await pool.query<{ n: string | null }[]>(
      `SELECT SUM(ROWS_READ) AS n FROM information_schema.TABLE_STATISTICS
       WHERE TABLE_SCHEMA = DATABASE() AND TABLE_NAME = 'payments'`,
    );
    return Number(row!.n);
  };

  it('is held back by a reader who does not read, and ends when the reader goes away', async () => {
    const path = `/v1/transactions/export?format=csv&${TRAFFIC_DAYS}`;
    const authorization = (operator as unknown as { authorization: string }).authorization;
    // Counted for each table from now on; other tests on the same server have tables of their own.
    await pool.query('SET GLOBAL userstat = 1');
    const start = await rowsRead();
    expect((await operator.get(path)).status).toBe(200);
    const whole = (await rowsRead()) - start;
    const request = httpGet(new URL(path, stack.api.url), { headers: { authorization } });
    request.on('error', () => undefined);
    const response = await new Promise<IncomingMessage>((done) => request.once('response', done));
    response.on('error', () => undefined);
    response.pause();
    // Sockets hold some megabytes between the two; after that nothing more is fetched.
    for (let before = -1000; ;) {
      const now = await rowsRead();
      if (now - before < 300) break;
      before = now;
      await wait(500);
    }
    const readWhilePaused = await rowsRead();
    expect(readWhilePaused - start - whole).toBeLessThan(whole * 0.7);
    await wait(1_000);
    expect((await rowsRead()) - readWhilePaused).toBeLessThan(2_000);
    request.destroy();
    await wait(1_000);
    const after = await rowsRead();
    await wait(1_000);
    expect((await rowsRead()) - after).toBeLessThan(2_000);
    expect((await operator.get(`/v1/transactions/export?format=csv&mid=M0000002`)).status).toBe(200);
  });
});

describe('saved views', () => {
  const filters = { status: 'CANCELLED', method: 'CARD', minAmount: 1_000 };

  it('are made, changed, used and removed by their own member alone', async () => {
    const made = await merchant.post('/v1/transaction-views', { name: '취소만', filters });
    expect(made.status).toBe(201);
    expect(made.body).toMatchObject({ name: '취소만', filters });
    const path = `/v1/transaction-views/${String(made.body.viewId)}`;
    const changed = await merchant.patch(path, { filters: { buyerName: '홍' } });
    expect(changed.body).toMatchObject({ name: '취소만', filters: { buyerName: '홍' } });
    const all = await merchant.get('/v1/transaction-views');
    expect(all.body).toMatchObject({ data: [changed.body], nextCursor: null });
    expect((await branch.get('/v1/transaction-views')).body).toMatchObject({ data: [] });
    expect((await branch.patch(path, { name: 'x' })).status).toBe(404);
    expect((await branch.send('DELETE', path)).status).toBe(404);
    expect((await merchant.send('DELETE', path)).status).toBe(204);
    expect((await merchant.send('DELETE', path)).status).toBe(404);
  });

  it.each([
    [{ name: '', filters }, 'name'],
    [{ name: 'x' }, 'filters'],
    [{ name: 'x', filters: { status: 'PAID' } }, 'filters.status'],
    [{ name: 'x', filters: { limit: 5 } }, 'filters.limit'],
    [{ name: 'x', filters: { minAmount: '5' } }, 'filters.minAmount'],
    [{ name: 'x', filters: { from: '2026-03-02', to: '2026-03-01' } }, 'filters.from'],
    [{ name: 'x', filters: null }, 'filters'],
  ])('refuse %j', async (body, field) => {
    const answer = await merchant.post('/v1/transaction-views', body);
    expect([answer.status, answer.body.errors!.map((error) => error.field)]).toEqual([
      400,
      expect.arrayContaining([field]),
    ]);
    expect((await merchant.patch('/v1/transaction-views/viw_1', { name: null })).status).toBe(400);
  });

  it('are fifty at most, however many are made at once; systems have none', async () => {
    const make = () => branch.post('/v1/transaction-views', { name: '조건', filters: {} });
    for (let made = 0; made < 45; made += 15) await Promise.all(Array.from({ length: 15 }, make));
    const last = await Promise.all(Array.from({ length: 10 }, make));
    expect(last.map(({ status }) => status).sort()).toEqual([
      ...Array<number>(5).fill(201),
      ...Array<number>(5).fill(409),
    ]);
    const { status } = await stack.merchant.send('GET', '/v1/transaction-views');
    expect(status).toBe(403);
  });
});
