import { DataSource, type QueryRunner } from 'typeorm';
import { loadConfig } from '../../src/config/app-config';
import { dataSourceOptions } from '../../src/config/data-source';
import { ServiceApplicationsRepository } from '../../src/modules/service-applications/service-applications.repository';
import type {
  ApplicationPageQuery,
  ApplicationScope,
} from '../../src/modules/service-applications/service-applications.types';
import { createTestDatabase, type TestDatabase, testEnvironment } from '../support/test-database';

jest.setTimeout(180_000);

const APPLICATIONS = 60_000;
const LIMIT = 50;
const MEMBER = 'mem_00000000000000000000000001';

let testDatabase: TestDatabase;
let dataSource: DataSource;
let runner: QueryRunner;
let applications: ServiceApplicationsRepository;

beforeAll(async () => {
  testDatabase = await createTestDatabase('application_plans');
  dataSource = new DataSource(
    dataSourceOptions(loadConfig(testEnvironment(testDatabase.url)), testDatabase.url),
  );
  await dataSource.initialize();
  runner = dataSource.createQueryRunner();
  applications = new ServiceApplicationsRepository(dataSource);
  await runner.query(
    `INSERT INTO members (id, login_id, password_hash, name, role, position, status)
     SELECT CONCAT('mem_', LPAD(seq, 26, '0')), CONCAT('plan', seq), 'x', '아무개', 'MERCHANT', 'OWNER', 'ACTIVE'
       FROM seq_1_to_2`,
  );
  await runner.query(
    `INSERT INTO agencies (code, name, representative, phone) VALUES ('AG0001', 'a', 'a', '1'), ('AG0002', 'b', 'b', '2')`,
  );
  // Of every hundred one waits; every tenth came by the agency; names repeat.
  await runner.query(
    `INSERT INTO service_applications (id, member_id, kind, status, version, services, business_number, company_name,
       agency_code, documents, open_key, created_at)
     SELECT CONCAT('app_', LPAD(seq, 26, '0')), IF(seq % 7 = 0, '${MEMBER}', 'mem_00000000000000000000000002'),
       'NEW_MERCHANT', IF(seq % 100 = 0, 'SUBMITTED', 'WITHDRAWN'), 1, 'CARD', LPAD(seq DIV 3, 10, '0'),
       CONCAT(IF(seq % 2 = 0, '가게 ', '나라 '), seq % 5000), IF(seq % 10 = 0, 'AG0001', IF(seq % 10 = 1, 'AG0002', NULL)),
       '[]', IF(seq % 100 = 0, CONCAT('k', seq), NULL), UTC_TIMESTAMP(3) FROM seq_1_to_${APPLICATIONS}`,
  );
  await runner.query('ANALYZE TABLE service_applications');
});
afterAll(async () => {
  await runner?.release();
  await dataSource?.destroy();
  await testDatabase?.drop();
});

type Filter = Omit<ApplicationPageQuery, 'limit' | 'cursor'>;
const FILTERS: readonly (readonly [string, ApplicationScope, Filter])[] = [
  ['nothing', 'ALL', {}],
  ['state', 'ALL', { status: 'SUBMITTED' }],
  ['agency', 'ALL', { agencyCode: 'AG0001' }],
  ['state and agency', 'ALL', { status: 'SUBMITTED', agencyCode: 'AG0001' }],
  ['state and agency that have nothing in common', 'ALL', { status: 'SUBMITTED', agencyCode: 'AG0002' }],
  ['name', 'ALL', { query: '가게' }],
  ['name and state', 'ALL', { query: '가게', status: 'SUBMITTED' }],
  ['name and agency', 'ALL', { query: '가게', agencyCode: 'AG0001' }],
  ['name, state and agency', 'ALL', { query: '가게', status: 'SUBMITTED', agencyCode: 'AG0001' }],
  ['name of nobody', 'ALL', { query: '없는', status: 'SUBMITTED' }],
  ['business number', 'ALL', { query: '0000000777' }],
  [
    'business number, state and agency',
    'ALL',
    { query: '0000000777', status: 'SUBMITTED', agencyCode: 'AG0001' },
  ],
  ['own', { memberId: MEMBER }, {}],
  ['own and state', { memberId: MEMBER }, { status: 'SUBMITTED' }],
  ['merchant', { memberId: MEMBER, mid: 'M0000001' }, {}],
  ['merchant and state', { memberId: MEMBER, mid: 'M0000001' }, { status: 'SUBMITTED' }],
];
/** A row in the middle that most of the filters have. */
const CURSOR = Buffer.from(`0.app_${String(APPLICATIONS / 2).padStart(26, '0')}`).toString('base64url');

async function rowsRead(work: () => Promise<unknown>): Promise<number> {
  const read = async () => {
    const rows = (await runner.query(`SHOW SESSION STATUS LIKE 'Handler_read%'`)) as { Value: string }[];
    return rows.reduce((sum, { Value }) => sum + Number(Value), 0);
  };
  const before = await read();
  await work();
  return (await read()) - before;
}

describe.each(FILTERS)('the list by %s', (_name, scope, filter) => {
  it.each([
    ['first', undefined],
    ['deep', CURSOR],
  ])('walks an index to its %s page and sorts nothing', async (_page, cursor) => {
    const { sql, values } = await applications.pageStatement(scope, { ...filter, limit: LIMIT, cursor });
    const [plan] = (await runner.query(`EXPLAIN ${sql}`, values)) as { key: string | null; Extra: string }[];
    // Or no index at all where it is plain that there is nothing.
    if (plan!.key === null) expect(plan!.Extra).toMatch(/Impossible WHERE|no matching row/i);
    expect(plan!.Extra).not.toMatch(/filesort|temporary/);
    // SHOW STATUS itself reads some rows; whatever is looked for, no page reads many more than it shows.
    const read = await rowsRead(() => runner.query(sql, values));
    expect(read).toBeLessThanOrEqual(3 * LIMIT);
  });
});
