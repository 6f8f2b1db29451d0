import { DataSource } from 'typeorm';
import { dataScope } from '../../src/common/http/data-scope';
import type { MemberPrincipal } from '../../src/common/http/principal';
import { type MemberFilter, searchOf } from '../../src/modules/members/member-search.policy';
import { MemberNotificationsFacade } from '../../src/modules/members/member-notifications.facade';
import { MembersRepository } from '../../src/modules/members/members.repository';
import { type AuthApp, startAuthApp } from './auth.support';

jest.setTimeout(120_000);

const MEMBERS = 30_000;
const BRANCH = 'brn_0000000000DEM0BRANCH000001';

let auth: AuthApp;
let dataSource: DataSource;
let members: MembersRepository;

beforeAll(async () => {
  auth = await startAuthApp('members_search');
  dataSource = auth.dataSource;
  members = auth.app.get(MembersRepository, { strict: false });
  // Of every hundred one is locked; half belong to merchants, of those one in ten thousand to M0000001.
  await dataSource.query(
    `INSERT INTO members (id, login_id, name, email, phone_sealed, phone_index, role, position, mid, branch_id, status)
     SELECT CONCAT('mem_', LPAD(seq, 26, '0')), CONCAT('bulk', seq), '아무개', CONCAT('bulk', seq, '@example.com'),
            'x', UNHEX(SHA2(seq DIV 2, 256)), IF(seq % 2 = 0, 'OPERATOR', 'MERCHANT'),
            IF(seq % 2 = 0, NULL, IF(seq % 3 = 0, 'OWNER', 'STAFF')),
            IF(seq % 2 = 0, NULL, IF(seq % 5 = 1, 'M0000002', NULL)), NULL, IF(seq % 100 = 0, 'LOCKED', 'ACTIVE')
       FROM seq_1_to_${MEMBERS}`,
  );
  await dataSource.query('ANALYZE TABLE members');
});
afterAll(() => auth?.close());

interface Plan {
  readonly type: string;
  readonly key: string | null;
  readonly Extra: string | null;
  readonly table: string | null;
}

/** The plan of every statement on members that the work runs, but the look-ups by primary key. */
async function plansOf(work: () => Promise<unknown>): Promise<Plan[]> {
  const statements: { sql: string; values: unknown[] }[] = [];
  const query = dataSource.query.bind(dataSource);
  const spy = jest.spyOn(dataSource, 'query').mockImplementation(((sql: string, values: unknown[]) => {
    statements.push({ sql, values });
    return query(sql, values);
  }) as never);
  // The rows have phones that no key opens: what was asked is looked at, not what came of it.
  await work().catch(() => undefined);
  spy.mockRestore();
  const plans: Plan[] = [];
  for (const { sql, values } of statements) plans.push(...(await query<Plan[]>(`EXPLAIN ${sql}`, values)));
  return plans;
}

async function rowsRead(work: () => Promise<unknown>): Promise<number> {
  const runner = dataSource.createQueryRunner();
  const spy = jest
    .spyOn(dataSource, 'query')
    .mockImplementation(((sql: string, values: unknown[]) => runner.query(sql, values)) as never);
  const read = async () => {
    const rows = (await runner.query(`SHOW SESSION STATUS LIKE 'Handler_read%'`)) as { Value: string }[];
    return rows.reduce((sum, { Value }) => sum + Number(Value), 0);
  };
  try {
    const before = await read();
    await work().catch(() => undefined);
    return (await read()) - before;
  } finally {
    spy.mockRestore();
    await runner.release();
  }
}

const none: MemberFilter = { query: null, role: null, status: null, mid: null };
const prefix = { kind: 'LOGIN_ID', prefix: 'bulk2' } as const;
const FILTERS: [string, Partial<MemberFilter>][] = [
  ['nothing', {}],
  ['role', { role: 'MERCHANT' }],
  ['status', { status: 'LOCKED' }],
  ['role and status', { role: 'OPERATOR', status: 'LOCKED' }],
  ['merchant', { mid: 'M0000002' }],
  ['merchant, role and status', { mid: 'M0000002', role: 'MERCHANT', status: 'ACTIVE' }],
  ['merchant and role', { mid: 'M0000002', role: 'MERCHANT' }],
  ['merchant and status', { mid: 'M0000002', status: 'LOCKED' }],
  ['login id', { query: prefix }],
  ['login id and role', { query: prefix, role: 'MERCHANT' }],
  ['login id and status', { query: prefix, status: 'LOCKED' }],
  ['login id, role and status', { query: prefix, role: 'OPERATOR', status: 'LOCKED' }],
  ['login id and merchant', { query: prefix, mid: 'M0000002' }],
  ['login id, merchant and status', { query: prefix, mid: 'M0000002', status: 'LOCKED' }],
  ['login id of nobody and status', { query: { kind: 'LOGIN_ID', prefix: 'zzz' }, status: 'LOCKED' }],
  ['e-mail', { query: { kind: 'EMAIL', email: 'bulk7@example.com' } }],
  [
    'e-mail, role, status and merchant',
    {
      ...{ query: { kind: 'EMAIL', email: 'bulk7@example.com' } as const, role: 'MERCHANT' },
      ...{ status: 'ACTIVE' as const, mid: 'M0000002' },
    },
  ],
  ['phone', { query: { kind: 'PHONE', phone: '01012345678' } }],
  ['phone and role', { query: { kind: 'PHONE', phone: '01012345678' }, role: 'MERCHANT' }],
];
const CURSOR = Buffer.from(`0.mem_${String(MEMBERS / 2).padStart(26, '0')}`).toString('base64url');
const find = (filter: Partial<MemberFilter>, cursor?: string) => () =>
  members.search(searchOf({ ...none, ...filter }, Buffer.alloc(32, 1)), { limit: 50, cursor });

describe.each(FILTERS)('the search by %s', (_name, filter) => {
  it.each([
    ['first', undefined],
    ['later', CURSOR],
  ])('reads its %s page from an index, in order', async (_page, cursor) => {
    const plans = await plansOf(find(filter, cursor));
    expect(plans.length).toBeGreaterThan(0);
    for (const { type, Extra } of plans) {
      expect(Extra ?? '').not.toMatch(/filesort|temporary/i);
      expect(['const', 'eq_ref', 'ref', 'range', 'index', 'system', null]).toContain(type);
      // A walk along a whole index is only right where nothing is asked for: it ends after one page.
      if (type === 'index') expect(filter).toEqual({});
    }
  });

  it('reads no more rows than a page, or than the merchant has', async () => {
    const [first, later] = [await rowsRead(find(filter)), await rowsRead(find(filter, CURSOR))];
    expect(first).toBeLessThan(200);
    expect(later).toBeLessThan(200);
  });
});

describe('other lists of members', () => {
  const principal = (more: Partial<MemberPrincipal>): MemberPrincipal => ({
    ...{ kind: 'MEMBER', memberId: 'mem_1', role: 'MERCHANT', sessionId: 'ses_1', position: 'OWNER' },
    ...{ mid: 'M0000002', branchId: null, agencyCode: null },
    ...more,
  });
  const staff = (more: Partial<MemberPrincipal>, branchId: string | null) => () =>
    members.staff(dataScope(principal(more)), branchId, { limit: 50, cursor: CURSOR });
  const tell = (to: Parameters<MemberNotificationsFacade['prepare']>[0]['to']) => () =>
    auth.app.get(MemberNotificationsFacade, { strict: false }).prepare({
      ...{ to, kind: 'NOTICE', purpose: 'test', subjectId: 'none' },
      content: { expose: () => ({ subject: '', text: '' }) } as never,
      expiresAt: new Date(0),
    });

  it.each([
    ['staff of a merchant', staff({}, null)],
    ['staff of a branch, by its merchant', staff({}, BRANCH)],
    ['staff of a branch', staff({ role: 'BRANCH', mid: 'M0000001', branchId: BRANCH }, null)],
    ['owners of a merchant, to be told', tell({ ownersOfMerchant: 'M0000001' })],
    ['owners of a branch, to be told', tell({ ownersOfBranch: BRANCH })],
  ])('%s are read from an index, in order', async (_name, work) => {
    const plans = await plansOf(work);
    expect(plans.length).toBeGreaterThan(0);
    for (const { type, Extra } of plans) {
      expect(Extra ?? '').not.toMatch(/filesort|temporary/i);
      expect(['const', 'ref', 'range', 'eq_ref']).toContain(type);
    }
    expect(await rowsRead(work as () => Promise<unknown>)).toBeLessThan(200);
  });
});
