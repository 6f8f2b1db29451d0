import { DataSource } from 'typeorm';
import { Secret } from '../../src/common/masking/secret';
import { DEMO_AGENCY, DEMO_BRANCHES, DEMO_MEMBERS, DEMO_MERCHANTS } from '../../src/demo/demo-data';
import { DemoGuard } from '../../src/demo/demo-guard';
import { AgenciesFacade } from '../../src/modules/agencies/agencies.facade';
import { BranchesFacade } from '../../src/modules/branches/branches.facade';
import { MembersFacade } from '../../src/modules/members/members.facade';
import { MerchantsFacade } from '../../src/modules/merchants/merchants.facade';
import type { NewMerchant } from '../../src/modules/merchants/merchants.types';
import { MerchantProcesses } from './merchants.support';

jest.setTimeout(60_000);

const ACTOR = 'system:test';
const [DEMO] = DEMO_MERCHANTS as [NewMerchant];
const [OPERATOR] = DEMO_MEMBERS as [(typeof DEMO_MEMBERS)[number]];
const [CONTRACT] = DEMO.contracts as [NewMerchant['contracts'][number]];

/** A merchant that happens to have a demo merchant's mid, and nothing else of it. */
const REAL: NewMerchant = {
  merchant: { ...DEMO.merchant, name: '가나상사', businessNumber: '2208162517', agencyCode: null },
  contracts: [{ ...CONTRACT, acquirerMerchantId: 'live0001', credentials: new Secret({ secretKey: 'x' }) }],
};

let processes: MerchantProcesses;
let guard: DemoGuard;
let merchants: MerchantsFacade;
let members: MembersFacade;
let branches: BranchesFacade;
let agencies: AgenciesFacade;

beforeAll(async () => {
  processes = await MerchantProcesses.without('demo_guard');
  merchants = processes.first.get(MerchantsFacade);
  members = processes.first.get(MembersFacade, { strict: false });
  branches = processes.first.get(BranchesFacade, { strict: false });
  agencies = processes.first.get(AgenciesFacade, { strict: false });
  // A whole prod configuration would need a database password that the test server does not have.
  guard = (await processes.compile({ demo: false, environment: 'prod' })).get(DemoGuard);
});
afterEach(async () => {
  const tables = [
    'members',
    'branches',
    'api_keys',
    'encryption_keys',
    'acquirer_contracts',
    'merchants',
    'agency_paths',
    'agencies',
  ];
  for (const table of tables) await query(`DELETE FROM ${table}`);
});
afterAll(() => processes?.end());

const query = (sql: string) => processes.first.get(DataSource).query<unknown>(sql);

it('lets a database in whose rows only look alike', async () => {
  await merchants.ensureMerchant(REAL, ACTOR);
  await members.ensureDemoMember({
    ...OPERATOR,
    memberId: 'mem_01K9Z3V4T5W6X7Y8Z9ABCDEFGH',
    password: 'Zk7wQx0Lr2Vb9s',
  });
  await branches.ensureBranch({ ...DEMO_BRANCHES[0]!, branchId: 'brn_01K9Z3V4T5W6X7Y8Z9ABCDEFGH' });
  await agencies.ensureAgency({ ...DEMO_AGENCY, name: '다라에이전시', phone: '02-555-0100' });
  await expect(guard.refuseDemoData()).resolves.toBeUndefined();
});

it.each<[string, () => Promise<unknown>]>([
  ['demo keys', () => merchants.ensureMerchant({ ...REAL, secretKey: DEMO.secretKey }, ACTOR)],
  [
    'demo encryption keys',
    () => merchants.ensureMerchant({ ...REAL, encryptionKey: DEMO.encryptionKey }, ACTOR),
  ],
  ['demo contracts', () => merchants.ensureMerchant({ ...REAL, contracts: [CONTRACT] }, ACTOR)],
  [
    'demo merchants',
    () =>
      merchants.ensureMerchant(
        {
          merchant: { ...REAL.merchant, businessNumber: DEMO.merchant.businessNumber, status: 'SUSPENDED' },
          contracts: [],
        },
        ACTOR,
      ),
  ],
  ['demo agencies', () => agencies.ensureAgency(DEMO_AGENCY)],
  [
    'the demo login operator',
    async () => {
      await members.ensureDemoMember(OPERATOR);
      await query("UPDATE members SET login_id = 'boss', password_hash = 'changed'");
    },
  ],
  [
    'the demo login operator',
    () => members.ensureDemoMember({ ...OPERATOR, memberId: 'mem_01K9Z3V4T5W6X7Y8Z9ABCDEFGH' }),
  ],
])('refuses a database that holds of the demo data only %s', async (what, plant) => {
  await plant();
  await expect(guard.refuseDemoData()).rejects.toThrow(`prod refuses a database with ${what}`);
});

it('refuses a demo branch of a merchant that is not there any more', async () => {
  await merchants.ensureMerchant(REAL, ACTOR);
  await branches.ensureBranch(DEMO_BRANCHES[0]!);
  await expect(guard.refuseDemoData()).rejects.toThrow('demo branches');
});
