import type { DataSource } from 'typeorm';
import { type SqlConnection, SqlPool, type SqlValue } from '../../src/common/db/pool';
import { AuditSearchService } from '../../src/modules/audit/audit-search.service';
import type { AuditSearch } from '../../src/modules/audit/audit-search.policy';
import { BranchInvitationsRepository } from '../../src/modules/branch-invitations/branch-invitations.repository';
import { type BranchFilter, BranchesRepository } from '../../src/modules/branches/branches.repository';
import {
  type NoticeFilter,
  NoticesRepository,
  SEARCH_DEPTH_MAX,
} from '../../src/modules/notices/notices.repository';
import { createTestDatabase, type TestDatabase } from '../support/test-database';

/*
 * Every list is read by a range of one index, and a page deep in it costs what the first costs. Told by the server's own
 * counters: how many rows each statement has touched, over 20,000 rows.
 */

const ROWS = 20_000;
const LIMIT = 50;
/** A page, one row more, and a look into each side of a range. */
const TOUCHED_MAX = 2 * LIMIT + 10;

let database: TestDatabase;
let pool: SqlPool;
const dataSource = {
  query: (sql: string, values: SqlValue[] = []) => pool.use((connection) => connection.query(sql, values)),
} as unknown as DataSource;

beforeAll(async () => {
  database = await createTestDatabase('index_ranges');
  pool = new SqlPool(database.url, { connectionsMax: 1, waitMs: 5_000, queryTimeoutMs: 60_000 });
  for (const statement of SEED) await pool.query(statement);
}, 120_000);
afterAll(async () => {
  await pool?.close();
  await database?.drop();
});

const id = (prefix: string, n: string) => `CONCAT('${prefix}_', LPAD(${n}, 26, '0'))`;
const SEED = [
  `INSERT INTO merchants (mid, name, business_number, representative, address, phone, status)
   VALUES ('M0000001', '하나', '0008100014', '가', '나', '0200000001', 'ACTIVE'),
          ('M0000002', '둘', '0008200025', '가', '나', '0200000002', 'ACTIVE')`,
  `INSERT INTO branches (id, mid, code, name, status)
   SELECT ${id('brn', 'seq')}, IF(seq % 4 = 0, 'M0000002', 'M0000001'), CONCAT('C', seq), CONCAT('영업점 ', LPAD(seq % 7000, 5, '0')),
     ELT(1 + seq % 3, 'ACTIVE', 'SUSPENDED', 'CLOSED') FROM seq_1_to_${ROWS}`,
  // Many branches of one name.
  `UPDATE branches SET name = '같은 이름' WHERE id > ${id('brn', String(ROWS / 2))}`,
  `INSERT INTO branch_invitations (id, mid, name, phone_sealed, phone_index, status, token_hash, message_id, created_by,
     created_at, sent_at, expires_at, ended_at)
   SELECT ${id('inv', 'seq')}, 'M0000001', '가', 'x', UNHEX(SHA2(seq, 256)), IF(seq % 50 = 0, 'OPENED', 'EXPIRED'),
     IF(seq % 50 = 0, UNHEX(SHA2(CONCAT('t', seq), 256)), NULL), ${id('msg', 'seq')}, 'x', NOW(), NOW(), NOW(), NULL
   FROM seq_1_to_${ROWS}`,
  `INSERT INTO notices (id, title, body, audience, pinned, status, published_from, created_by, created_at, updated_at)
   SELECT ${id('ntc', 'seq')}, CONCAT('공지 ', seq), 'x', 'ALL', seq % 40 = 0, 'ACTIVE',
     NOW() - INTERVAL seq MINUTE, 'x', NOW(), NOW() FROM seq_1_to_${ROWS}`,
  `INSERT INTO notice_listings (reader, pinned, published_from, notice_id, published_to)
   SELECT r.reader, n.pinned, n.published_from, n.id, n.published_to FROM notices n
     JOIN (SELECT 'PUBLIC' AS reader UNION SELECT 'MERCHANT' UNION SELECT 'OPERATOR') r`,
  `INSERT INTO audit_logs (seq, id, at, actor, action, target, mid, outcome, request_id, details, previous_hash, hash)
   SELECT seq, ${id('aud', 'seq')}, '2026-01-01' + INTERVAL seq MINUTE, CONCAT('member:', seq % 3),
     ELT(1 + seq % 3, 'api-key.create', 'api-key.revoke', 'branch.status'), CONCAT('t', seq % 5),
     IF(seq % 2 = 0, 'M0000001', NULL), IF(seq % 400 = 0, 'REFUSED', 'SUCCESS'), CONCAT('req_', seq % 1000), '{}',
     UNHEX(SHA2(seq, 256)), UNHEX(SHA2(seq, 256)) FROM seq_1_to_${ROWS}`,
  'ANALYZE TABLE branches, branch_invitations, notices, notice_listings, audit_logs',
];

interface Statement {
  readonly sql: string;
  readonly values: readonly unknown[];
}

/** How many rows a page of it touches, and whether anything is sorted. */
function cost({ sql, values }: Statement): Promise<{ rows: number; touched: number; sorted: boolean }> {
  return pool.use(async (connection: SqlConnection) => {
    const given = [...values] as SqlValue[];
    await connection.query('FLUSH STATUS');
    const rows = await connection.query<unknown[]>(`${sql} LIMIT ${LIMIT + 1}`, given);
    const counters = await connection.query<{ Variable_name: string; Value: string }[]>(
      "SHOW SESSION STATUS WHERE Variable_name LIKE 'Handler_read%' OR Variable_name = 'Sort_rows'",
    );
    const count = (name: RegExp) =>
      counters
        .filter(({ Variable_name }) => name.test(Variable_name))
        .reduce((sum, { Value }) => sum + Number(Value), 0);
    return { rows: rows.length, touched: count(/^Handler_read/), sorted: count(/^Sort_rows$/) > 0 };
  });
}

async function expectRange(first: Statement, deep: Statement, touchedMax = TOUCHED_MAX): Promise<void> {
  for (const statement of [first, deep]) {
    const { touched, sorted } = await cost(statement);
    const seen = touched <= touchedMax ? 'a range' : `${touched} rows`;
    expect([statement.sql, seen, sorted]).toEqual([statement.sql, 'a range', false]);
  }
}

const idAt = (prefix: string, n: number) => `${prefix}_${String(n).padStart(26, '0')}`;

describe('branches', () => {
  const merchant = { kind: 'MERCHANT', mid: 'M0000001' } as const;
  const all = { kind: 'ALL' } as const;
  it.each([
    ['of a merchant', { scope: merchant }],
    ['of a merchant by status', { scope: merchant, status: 'SUSPENDED' }],
    ['of a merchant by name', { scope: merchant, namePrefix: '영업점' }],
    ['of a merchant by name and status', { scope: merchant, namePrefix: '영업점', status: 'CLOSED' }],
    ['of a merchant by a name that many have', { scope: merchant, namePrefix: '같은', at: 0.9 }],
    ['of a merchant by code', { scope: merchant, code: 'C1' }],
    ['of all merchants', { scope: all }],
    ['of all merchants by status', { scope: all, status: 'CLOSED' }],
    ['of a named merchant by name', { scope: all, mid: 'M0000002', namePrefix: '영업점' }],
    [
      'of an agency in a named merchant',
      { scope: { kind: 'AGENCY', agencyCode: 'AG0001' }, mid: 'M0000001' },
    ],
  ] as const)('%s', async (_what, wanted) => {
    const { at = 1 / 3, ...filter }: BranchFilter & { at?: number } = wanted;
    const branches = new BranchesRepository(dataSource);
    await expectRange(
      await branches.pageSql(filter, null),
      await branches.pageSql(filter, idAt('brn', Math.round(ROWS * at))),
    );
  });
});

describe('invitations', () => {
  it.each([
    ['of a merchant', { mid: 'M0000001' }],
    ['by state', { mid: 'M0000001', status: 'OPENED' }],
    ['by number', { mid: 'M0000001', phoneIndex: Buffer.alloc(32, 1) }],
    ['by number and state', { mid: 'M0000001', status: 'EXPIRED', phoneIndex: Buffer.alloc(32, 1) }],
  ] as const)('%s', async (_what, filter) => {
    const invitations = new BranchInvitationsRepository(dataSource);
    await expectRange(
      invitations.pageSql(filter, null),
      invitations.pageSql(filter, idAt('inv', Math.round(ROWS / 3))),
    );
  });
});

describe('notices', () => {
  const now = new Date();
  const deep = { publishedFrom: new Date(now.getTime() - 60_000 * (ROWS * 0.7)), noticeId: idAt('ntc', 1) };
  const filter = (more: Partial<NoticeFilter> = {}): NoticeFilter => ({
    reader: { reader: 'MERCHANT', memberId: 'mem_1' },
    now,
    ...more,
  });
  it.each([
    ['of the public', filter({ reader: { reader: 'PUBLIC', memberId: null } })],
    ['of a role', filter()],
    ['of operators', filter({ reader: { reader: 'OPERATOR', memberId: 'mem_1' } })],
  ])('%s', async (_what, wanted) => {
    const notices = new NoticesRepository(dataSource);
    for (const pinned of [true, false]) {
      // Listing, notice and its reading: three looks a row.
      await expectRange(
        notices.segmentSql(wanted, { pinned, after: null }),
        notices.segmentSql(wanted, { pinned, after: { pinned, ...deep } }),
        4 * LIMIT + 10,
      );
    }
  });

  it.each([
    ['that are searched', filter({ query: '없는 낱말' })],
    ['that are unread', filter({ unread: false })],
  ])('%s cost a bounded range, even where nothing is found', async (_what, wanted) => {
    const { rows, touched } = await cost(
      new NoticesRepository(dataSource).segmentSql(wanted, { pinned: false, after: null }),
    );
    expect({ rows, touched, isBounded: touched <= 5 * SEARCH_DEPTH_MAX + 10 }).toMatchObject({
      rows: 0,
      isBounded: true,
    });
  });
});

describe('the audit trail', () => {
  const leads: readonly AuditSearch[] = [
    {},
    { actor: 'member:1' },
    { target: 't1' },
    { mid: 'M0000001' },
    { requestId: 'req_7' },
    { action: 'api-key.create' },
    { action: 'api-key' },
  ];
  const searches = leads.flatMap((lead) => [lead, { ...lead, outcome: 'REFUSED' as const }]);
  it.each(searches.map((search) => [JSON.stringify(search), search] as const))(
    'by %s',
    async (_what, search) => {
      const audit = new AuditSearchService(dataSource, undefined as never);
      const whole = { first: 0, last: ROWS };
      await expectRange(audit.pageSql(search, whole, null), audit.pageSql(search, whole, ROWS / 3));
      const some = { first: 9_000, last: 9_500 };
      const between = {
        ...search,
        from: new Date('2026-01-07T06:00:00Z'),
        to: new Date('2026-01-07T14:00:00Z'),
      };
      await expectRange(
        audit.pageSql(between, some, null),
        audit.pageSql(between, some, 9_300),
        TOUCHED_MAX + 40,
      );
    },
  );
});
