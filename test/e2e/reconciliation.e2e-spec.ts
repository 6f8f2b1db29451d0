import type { Connection } from 'mysql2/promise';
import { addDays, koreanDay } from '../../src/common/time/korean-time';
import { database, loggedIn } from '../support/logins';
import { type ApiAnswer, CARD, keyIn, MerchantClient } from '../support/merchant';
import { eventually } from '../support/program';
import { type Break, breaksOf, chanceOf, DayBook, harmlessOf } from '../support/reconciliation-books';
import { Stack } from '../support/stack';

jest.setTimeout(240_000);

/**
 * Each acquirer's lists against our books: every break that is planted in what the sandbox lists is found, and nothing
 * else is. `RECONCILIATION_SEED` gives another day.
 */
const SEED = Number(process.env.RECONCILIATION_SEED ?? 20261121);
const RUNS = '/v1/admin/reconciliation/runs';
const CASES = '/v1/admin/reconciliation/cases';
const DAY = addDays(koreanDay(new Date()), -1);
const DAY_MS = 86_400_000;

/** The merchant with a contract, payments beside those with breaks (more than a page of the list), and breaks of a kind. */
const BOOKS = [
  { acquirer: 'toss', mid: 'M0000001', payments: 240, times: 3 },
  { acquirer: 'portone', mid: 'M0000003', payments: 90, times: 2 },
  { acquirer: 'naverpay', mid: 'M0000006', payments: 90, times: 2 },
] as const;

interface Case {
  readonly caseId: string;
  readonly kind: string;
  readonly list: string;
  readonly acquirer: string;
  readonly movementKind: string | null;
  readonly acquirerTransactionId: string;
  readonly own: { amount: number | null };
  readonly acquirerSide: { amount: number | null };
  readonly status: string;
  readonly resolution: string | null;
  readonly ownerId: string | null;
  readonly ageSeconds: number;
  readonly events?: readonly { from: string | null; to: string; actor: string }[];
}
interface Run {
  readonly acquirer: string;
  readonly list: string;
  readonly basis: string;
  readonly status: string;
  readonly failure: string | null;
  readonly listedCount: number | null;
  readonly ownCount: number;
  readonly differenceCount: number;
  readonly openCount: number;
}

let stack: Stack;
let connection: Connection;
let operator: string;
const books = new Map<string, DayBook>();
const breaks = new Map<string, readonly Break[]>();
const harmless = new Map<string, readonly object[]>();

beforeAll(async () => {
  process.stdout.write(`reconciliation seed ${SEED}\n`);
  stack = await Stack.start('reconciliation', {
    worker: false,
    env: {
      RECONCILIATION_RETRY_FIRST_MS: '200',
      RECONCILIATION_TRIES: '2',
      RECONCILIATION_LEASE_MS: '60000',
    },
  });
  connection = await database(stack.databaseUrl);
  operator = await loggedIn(stack.api.url, 'operator');
  const chance = chanceOf(SEED);
  for (const { acquirer, mid, payments, times } of BOOKS) {
    const book = new DayBook({ ...(await contractOf(mid, acquirer)), mid, acquirer }, DAY, chance);
    breaks.set(acquirer, Array.from({ length: times }, () => breaksOf(book, chance)).flat());
    for (let count = 0; count < payments; count += 1) book.book({ cancelCount: Math.floor(chance() * 3) });
    harmless.set(acquirer, harmlessOf(book));
    await book.insert(connection);
    books.set(acquirer, book);
  }
  await realPayments();
});
afterAll(async () => {
  await connection?.end();
  await stack?.stop();
});

async function contractOf(mid: string, acquirer: string) {
  const [rows] = await connection.query(
    'SELECT id, acquirer_merchant_id AS account FROM acquirer_contracts WHERE mid = ? AND acquirer = ? ORDER BY id LIMIT 1',
    [mid, acquirer],
  );
  const [row] = rows as { id: string; account: string }[];
  return { contractId: row!.id, acquirerMerchantId: row!.account };
}

/** Payments that the sandbox itself has booked, yesterday by its clock. */
async function realPayments(): Promise<void> {
  await stack.control.clock(-DAY_MS);
  for (const mid of ['M0000001', 'M0000003', 'M0000004']) {
    const merchant = new MerchantClient(stack.api.url, mid);
    const paid = await Promise.all([merchant.approve(keyIn()), merchant.approve(keyIn({ amount: 10_000 }))]);
    expect(paid.map(({ status }) => status)).toEqual([200, 200]);
    await merchant.cancel(paid[1].body.paymentId, { cancelAmount: 4_000 });
  }
  await stack.merchant.approve(keyIn({ cardNumber: CARD.errorAfterApproving }));
  await stack.control.clock(0);
}

/** The lists as they ought to be, and what is planted. */
async function tell(withBreaks: boolean): Promise<void> {
  await stack.control.clearDiscrepancies();
  for (const [acquirer, book] of books) {
    const planted = withBreaks ? breaks.get(acquirer)! : [];
    const unlisted = new Set(planted.flatMap(({ unlisted: each = [] }) => each));
    const listed = book.payments.filter((payment) => !unlisted.has(payment));
    await stack.control
      .of(acquirer)
      .discrepancies([
        ...listed.flatMap((payment) => book.listed(payment).map((entry) => ({ what: 'ADD', entry }))),
        ...harmless.get(acquirer)!,
        ...planted.flatMap(({ discrepancies }) => discrepancies),
      ]);
  }
}

async function as<T>(method: string, path: string, body?: unknown): Promise<ApiAnswer & { data: T }> {
  const answer = await stack.merchant.send(method, path, body, { authorization: operator });
  return { ...answer, data: (answer.text === '' ? null : JSON.parse(answer.text)) as T };
}

async function every<T>(path: string): Promise<T[]> {
  const found: T[] = [];
  for (let cursor: string | null = ''; cursor !== null;) {
    const next: string = cursor === '' ? '' : `&cursor=${cursor}`;
    const { data } = await as<{ data: T[]; nextCursor: string | null }>('GET', `${path}limit=200${next}`);
    found.push(...data.data);
    cursor = data.nextCursor;
  }
  return found;
}
const casesOf = (acquirer: string, more = '') => every<Case>(`${CASES}?acquirer=${acquirer}&${more}`);
const runsOf = async (mid: string) => every<Run>(`${RUNS}?mid=${mid}&date=${DAY}&`);

/** Asks for the day, by several operators at once, and waits until nothing of it is under way. */
async function reconcile(mid: string): Promise<Run[]> {
  const asked = await Promise.all([1, 2, 3].map(() => as('POST', RUNS, { date: DAY, mid })));
  expect(asked.map(({ status }) => status)).toEqual([202, 202, 202]);
  return eventually(
    async () => {
      const runs = await runsOf(mid);
      return runs.every(({ status }) => status === 'DONE') ? runs : undefined;
    },
    { withinMs: 60_000, what: `the runs of ${mid} to end` },
  );
}

const shown = ({ kind, movementKind, own, acquirerSide, acquirerTransactionId }: Case) =>
  `${kind} ${movementKind} ${own.amount}/${acquirerSide.amount} ${acquirerTransactionId}`;
const expectedOf = (acquirer: string) => breaks.get(acquirer)!.flatMap(({ expected }) => expected);

async function moneySeen(): Promise<unknown> {
  const [rows] = await connection.query(
    'CHECKSUM TABLE payments, payment_cancels, payment_events, transactions, ledger_transfers',
  );
  return (rows as { Table: string; Checksum: number }[]).map(({ Checksum }) => Checksum);
}
let money: unknown;

describe('what the lists of movements say', () => {
  beforeAll(async () => {
    await tell(true);
    await settled();
    money = await moneySeen();
    stack.crashWorkerAt('reconciliation.cases-opened');
    await stack.worker.start();
  });

  /** The reversal of the lost approval, and the settlement of the day, by which fees are reckoned. */
  async function settled(): Promise<void> {
    await stack.worker.start();
    await eventually(
      async () => {
        const [rows] = await connection.query(
          `SELECT (SELECT COUNT(*) FROM payments WHERE status = 'REVERSING' AND order_no NOT LIKE 'B-%') AS open,
             (SELECT COUNT(*) FROM settlement_runs WHERE captured_day = ? AND status = 'DONE') AS done`,
          [DAY],
        );
        const [row] = rows as { open: number; done: number }[];
        return Number(row!.open) === 0 && Number(row!.done) === 1 ? true : undefined;
      },
      { withinMs: 60_000, what: 'the day to be settled' },
    );
    await stack.worker.stop();
  }

  it('a worker that dies half-way is followed by two others, who share the rest', async () => {
    const asked = await as('POST', RUNS, { date: DAY, mid: 'M0000001' });
    expect(asked.status).toBe(202);
    await eventually(async () => (stack.worker.isRunning ? undefined : true), {
      withinMs: 60_000,
      what: 'its end',
    });
    await Promise.all([stack.worker.start(), stack.startWorker()]);
    await reconcile('M0000001');
  });

  it.each(BOOKS)('every break of $acquirer is found once, and nothing else', async ({ acquirer, mid }) => {
    const runs = await reconcile(mid);
    const found = (await casesOf(acquirer)).filter(({ list }) => list === 'MOVEMENTS');
    expect(found.map(shown).sort()).toEqual(expectedOf(acquirer).sort());
    expect(new Set(found.map(({ status }) => status))).toEqual(new Set(['OPEN']));
    const run = runs.find((each) => each.acquirer === acquirer && each.list === 'MOVEMENTS')!;
    expect(run).toMatchObject({ basis: 'LIST', differenceCount: found.length, openCount: 0, failure: null });
    expect(run.ownCount).toBeGreaterThan(90);
  });

  it('compared again it opens nothing again, and moves no money', async () => {
    const before = await casesOf('toss');
    await reconcile('M0000001');
    const after = await casesOf('toss');
    expect(after.map(({ caseId, status }) => [caseId, status])).toEqual(
      before.map(({ caseId, status }) => [caseId, status]),
    );
    expect(await moneySeen()).toEqual(money);
  });
});

it('a known break is not told as explained while a cancel of its payment is under way', async () => {
  const [known] = await casesOf('toss', 'status=OPEN&kind=AMOUNT_DIFFERS&');
  await connection.query(
    `INSERT INTO payment_cancels (id, payment_id, mid, status, version, amount, tax_free_amount, point_amount,
       card_tax_free_amount, reason, requested_by, cancel_key, requested_at)
     SELECT 'pcn_under_way', k.payment_id, k.mid, 'IN_PROGRESS', 1, 1, 0, 0, 0, 'x', 'x', 'pcn_under_way', UTC_TIMESTAMP(3)
     FROM reconciliation_cases k WHERE k.id = ?`,
    [known!.caseId],
  );
  const runs = await reconcile('M0000001');
  const run = runs.find((each) => each.acquirer === 'toss' && each.list === 'MOVEMENTS')!;
  expect(run.openCount).toBeGreaterThan(0);
  await connection.query("DELETE FROM payment_cancels WHERE id = 'pcn_under_way'");
  const shownAs = async () => (await as<Case>('GET', `${CASES}/${known!.caseId}`)).data.status;
  expect(await shownAs()).toBe('OPEN');
  await reconcile('M0000001');
  expect(await shownAs()).toBe('OPEN');
});

it('a case is looked after by an operator and resolved with a note, and stays so', async () => {
  const [found] = await casesOf('toss', 'status=OPEN&kind=MISSING_HERE&');
  const path = `${CASES}/${found!.caseId}`;
  const note = { resolution: 'ACCEPTED', note: '원천사 시험 거래' };
  const early = await as('POST', `${path}/resolve`, note);
  expect([early.status, early.body.code, early.body.caseStatus]).toEqual([
    409,
    'RECONCILIATION_CASE_STATE',
    'OPEN',
  ]);
  const [rows] = await connection.query(
    "SELECT login_id, id FROM members WHERE login_id IN ('operator', 'merchant1')",
  );
  const ids = new Map((rows as { login_id: string; id: string }[]).map(({ login_id, id }) => [login_id, id]));
  const stranger = await as('POST', `${path}/assign`, { memberId: ids.get('merchant1') });
  expect([stranger.status, stranger.body.code]).toEqual([422, 'RECONCILIATION_OWNER_UNKNOWN']);
  const assigned = await as<Case>('POST', `${path}/assign`, { memberId: ids.get('operator') });
  expect([assigned.status, assigned.data.status]).toEqual([200, 'ASSIGNED']);
  expect((await every<Case>(`${CASES}?ownerId=${ids.get('operator')}&`)).map(({ caseId }) => caseId)).toEqual(
    [found!.caseId],
  );
  const both = await Promise.all([1, 2].map(() => as('POST', `${path}/resolve`, note)));
  expect(both.map(({ status }) => status).sort()).toEqual([200, 409]);
  const { data } = await as<Case>('GET', path);
  expect(data).toMatchObject({ status: 'RESOLVED', resolution: 'ACCEPTED', ownerId: ids.get('operator') });
  expect(data.events!.map(({ from, to }) => [from, to])).toEqual([
    [null, 'OPEN'],
    ['OPEN', 'ASSIGNED'],
    ['ASSIGNED', 'RESOLVED'],
  ]);
  const audited = await as<{ data: { action: string }[] }>(
    'GET',
    `/v1/admin/audit-logs?target=${found!.caseId}`,
  );
  expect(audited.data.data.map(({ action }) => action)).toEqual([
    'reconciliation-case.resolve',
    'reconciliation-case.assign',
  ]);
  await reconcile('M0000001');
  const again = (await casesOf('toss')).filter(
    (each) => each.list === found!.list && shown(each) === shown(found!),
  );
  expect(again.map(({ caseId, status }) => [caseId, status])).toEqual([[found!.caseId, 'RESOLVED']]);
  const unknown = await as('GET', `${CASES}/rcn_unknown`);
  expect([unknown.status, unknown.body.code]).toEqual([404, 'RECONCILIATION_CASE_NOT_FOUND']);
  for (const [date, code] of [
    [koreanDay(new Date()), 'RECONCILIATION_DAY_NOT_OVER'],
    [addDays(DAY, -100), 'RECONCILIATION_DAY_TOO_OLD'],
  ])
    expect((await as('POST', RUNS, { date })).body.code).toBe(code);
  expect((await as('POST', RUNS, { date: DAY, mid: 'M9999999' })).status).toBe(404);
});

it.each([
  ['garbage', 'toss', 'lists', 'M0000001'],
  ['drop-after', 'portone', 'inquire', 'M0000003'],
  ['status:500', 'naverpay', 'inquire', 'M0000006'],
])(
  'a list that cannot be read (%s of %s) is tried again, and then a case until it can',
  async (fault, acquirer, operation, mid) => {
    const before = await casesOf(acquirer);
    await stack.control.of(acquirer).arm(operation, fault);
    expect((await as('POST', RUNS, { date: DAY, mid })).status).toBe(202);
    await eventually(
      async () => ((await casesOf(acquirer, 'kind=LIST_UNREADABLE&')).length > 0 ? true : undefined),
      { withinMs: 60_000, what: 'a case of the list' },
    );
    expect((await casesOf(acquirer, 'status=RESOLVED&')).length).toBeLessThanOrEqual(1);
    await stack.control.clear();
    await reconcile(mid);
    const after = await casesOf(acquirer);
    const unreadable = after.filter(({ kind }) => kind === 'LIST_UNREADABLE');
    expect(new Set(unreadable.map(({ status, resolution }) => `${status} ${resolution}`))).toEqual(
      new Set(['RESOLVED EXPLAINED_BY_LATER_LIST']),
    );
    expect(after.filter(({ kind }) => kind !== 'LIST_UNREADABLE')).toHaveLength(before.length);
  },
);

describe('the settlement list of toss', () => {
  it('is compared line by line: not settled, another amount, another fee, a stranger', async () => {
    await stack.control.settle(DAY);
    const [first, second, third] = books.get('toss')!.payments.filter(({ cancels, status }) => {
      return status === 'CHARGED' && cancels.length === 0;
    });
    const of = ({ transactionId }: { transactionId: string }) => ({
      ...{ list: 'SETTLEMENTS', acquirerTransactionId: transactionId },
    });
    await tell(false);
    await stack.control.discrepancies([
      { what: 'OMIT', ...of(first!) },
      { what: 'AMOUNT', ...of(second!), amount: second!.amount - 10 },
      { what: 'FEE', ...of(third!), fee: (third!.amount * 3) / 100 },
    ]);
    await reconcile('M0000001');
    const found = (await casesOf('toss', 'status=OPEN&')).filter(({ list }) => list === 'SETTLEMENTS');
    expect(found.map(shown).sort()).toEqual(
      [
        `NOT_SETTLED_THERE APPROVAL ${first!.amount}/null ${first!.transactionId}`,
        `SETTLED_AMOUNT_DIFFERS APPROVAL ${second!.amount}/${second!.amount - 10} ${second!.transactionId}`,
        `FEE_DIFFERS APPROVAL ${(third!.amount * 23) / 1_000}/${(third!.amount * 3) / 100} ${third!.transactionId}`,
      ].sort(),
    );
  });
});

it('what later lists explain is closed and kept', async () => {
  await tell(false);
  for (const { acquirer, mid } of BOOKS) {
    const before = await casesOf(acquirer);
    await reconcile(mid);
    const after = await casesOf(acquirer);
    expect(after.map(({ caseId }) => caseId)).toEqual(before.map(({ caseId }) => caseId));
    expect(after.filter(({ status }) => status !== 'RESOLVED')).toEqual([]);
    expect(after.filter(({ resolution }) => resolution === 'ACCEPTED')).toHaveLength(
      acquirer === 'toss' ? 1 : 0,
    );
  }
  expect(await moneySeen()).toEqual(money);
});

it('orders of an acquirer without a list are asked about one by one', async () => {
  const mid = 'M0000004';
  const [run] = (await reconcile(mid)).filter(({ acquirer }) => acquirer === 'nicepay');
  expect(run).toMatchObject({
    basis: 'INQUIRY',
    list: 'MOVEMENTS',
    differenceCount: 0,
    listedCount: 2,
    ownCount: 3,
  });
  const [rows] = await connection.query(
    "SELECT acquirer_transaction_id AS id, amount, status FROM payments WHERE mid = ? AND status LIKE '%APPROVED' OR mid = ? AND status = 'PARTIALLY_CANCELLED' ORDER BY amount",
    [mid, mid],
  );
  const [small, large] = rows as { id: string; amount: number }[];
  await stack.control.of('nicepay').discrepancies([
    { what: 'OMIT', acquirerTransactionId: large!.id },
    { what: 'AMOUNT', kind: 'cancel', acquirerTransactionId: small!.id, amount: 4_001 },
  ]);
  await reconcile(mid);
  expect((await casesOf('nicepay', 'status=OPEN&')).map(shown).sort()).toEqual([
    `CANCEL_DIFFERS CANCEL 4000/4001 ${small!.id}`,
    `MISSING_THERE APPROVAL ${large!.amount}/null ${large!.id}`,
  ]);
});

it('open breaks and the oldest age are among the metrics, and each opening is logged', async () => {
  const metrics = await (await fetch(stack.api.metricsUrl)).text();
  expect(metrics).toMatch(/^pg_reconciliation_cases\{kind="MISSING_THERE"\} 1$/m);
  expect(metrics).toMatch(/^pg_reconciliation_oldest_case_seconds \d+$/m);
  expect(stack.output).toContain('reconciliation.case-opened');
});
