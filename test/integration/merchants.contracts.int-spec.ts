import type { TestingModule } from '@nestjs/testing';
import { DataSource } from 'typeorm';
import {
  ACQUIRERS,
  type AcquirerRegistry,
  RECEIPT_PROVIDERS,
  type ReceiptProviderRegistry,
} from '../../src/acquirers/port/acquirer.port';
import { Secret } from '../../src/common/masking/secret';
import { DEMO_MERCHANTS } from '../../src/demo/demo-data';
import { DemoSeeder } from '../../src/demo/demo-seeder';
import { contractFaults } from '../../src/modules/merchants/contract-faults';
import { ContractsService } from '../../src/modules/merchants/contracts.service';
import { MerchantsFacade } from '../../src/modules/merchants/merchants.facade';
import type { ContractView, WantedContract } from '../../src/modules/merchants/merchants.types';
import { MerchantProcesses, untilCachesEnd } from './merchants.support';

/** Contracts over a real database: what is kept, what is sealed, and what other processes see of a change. */
const MID = 'M0000005';
const ACTOR = 'member:mem_operator';

let processes: MerchantProcesses;
let app: TestingModule;
let contracts: ContractsService;

beforeAll(async () => {
  processes = await MerchantProcesses.on('merchants_contracts');
  app = processes.first;
  contracts = app.get(ContractsService);
}, 60_000);

afterAll(() => processes.end());

const wanted = ({ contractId: _id, credentialsSet: _set, ...rest }: ContractView): WantedContract => rest;

async function replace(change: (list: WantedContract[]) => WantedContract[]) {
  const { version, strategy, contracts: list } = await contracts.read(MID);
  const body = {
    mid: MID,
    strategy,
    fromVersion: version,
    reason: 'test',
    contracts: change(list.map(wanted)),
  };
  return contracts.replace(body, ACTOR);
}

it('the demo contracts hold what their adapters need', () => {
  const registry = app.get<AcquirerRegistry>(ACQUIRERS, { strict: false });
  const providers = app.get<ReceiptProviderRegistry>(RECEIPT_PROVIDERS, { strict: false });
  expect(registry.size).toBeGreaterThan(0);
  expect(registry.has('popbill')).toBe(false);
  const spoken = DEMO_MERCHANTS.flatMap((merchant) => merchant.contracts).filter(
    ({ acquirer }) => registry.has(acquirer) || providers.has(acquirer),
  );
  expect(spoken.map(({ acquirer }) => acquirer)).toContain('popbill');
  const facts = {
    credentialNamesOf: (acquirer: string) =>
      (registry.get(acquirer) ?? providers.get(acquirer))?.credentialNames,
    takesPayments: (acquirer: string) => registry.has(acquirer),
    has: () => false,
  };
  for (const contract of spoken) expect(contractFaults([contract], facts)).toEqual([]);
});

it('the demo merchant of three acquirers is adaptive, the others go by priority', async () => {
  const strategies = await Promise.all(
    DEMO_MERCHANTS.map(async ({ merchant }) => (await contracts.read(merchant.mid)).strategy),
  );
  expect(strategies).toEqual(['PRIORITY', 'PRIORITY', 'PRIORITY', 'PRIORITY', 'ADAPTIVE', 'PRIORITY']);
});

it('an unchanged list changes nothing, not even the version', async () => {
  const before = await contracts.read(MID);
  expect(await replace((list) => list)).toEqual(before);
});

it('a change is seen here at once and elsewhere when the caches end, credentials as they were', async () => {
  const other = (await processes.start()).get(MerchantsFacade);
  const here = app.get(MerchantsFacade);
  const weights = async (facade: MerchantsFacade) =>
    (await facade.listContracts(MID)).map(({ acquirer, weight }) => `${acquirer} ${weight}`).sort();
  const before = await weights(other);
  expect(await weights(here)).toEqual(before);
  await replace((list) => list.map((each) => ({ ...each, weight: 10 })));
  expect(await weights(here)).toEqual(['inicis 10', 'nicepay 10', 'toss 10']);
  await untilCachesEnd();
  expect(await weights(other)).toEqual(['inicis 10', 'nicepay 10', 'toss 10']);
  const toss = (await other.listContracts(MID)).find(({ acquirer }) => acquirer === 'toss');
  expect(toss?.credentials.expose()).toMatchObject({ secretKey: 'test_sk_sandbox_toss_M0000005' });
});

it('one that is taken out is found by its id, is not made again by the seed, and comes back as it was', async () => {
  const facade = app.get(MerchantsFacade);
  const toss = (await facade.listContracts(MID)).find(({ acquirer }) => acquirer === 'toss')!;
  let back: WantedContract | undefined;
  const without = await replace((list) => {
    back = list.find(({ acquirer }) => acquirer === 'toss');
    return list.filter(({ acquirer }) => acquirer !== 'toss');
  });
  expect(without.removed).toMatchObject([{ contractId: toss.contractId, acquirer: 'toss' }]);
  expect(await facade.findContract(toss.contractId)).toMatchObject({ enabled: false });
  await app.get(DemoSeeder).seed();
  expect((await facade.listContracts(MID)).map(({ acquirer }) => acquirer)).not.toContain('toss');
  const again = await replace((list) => [...list, back!]);
  expect(again.removed).toEqual([]);
  const found = await facade.findContract(toss.contractId);
  expect([found?.enabled, found?.credentials.expose()]).toEqual([true, toss.credentials.expose()]);
});

it('new credentials are sealed, bound to their contract, and leave no trace elsewhere', async () => {
  const secretKey = 'test_sk_of_the_new_contract';
  const seal = new Secret({ secretKey });
  await replace((list) => [
    ...list,
    { ...list.find(({ acquirer }) => acquirer === 'toss')!, acquirerMerchantId: 'new', credentials: seal },
  ]);
  const found = (await app.get(MerchantsFacade).listContracts(MID)).find(
    ({ acquirerMerchantId }) => acquirerMerchantId === 'new',
  );
  expect(found?.credentials.expose()).toEqual({ secretKey });
  const rows = await app.get(DataSource).query<unknown[]>(
    `SELECT CONVERT(credentials_sealed USING latin1) AS text FROM acquirer_contracts
       UNION ALL SELECT details FROM audit_logs`,
  );
  expect(rows.length).toBeGreaterThan(10);
  expect(JSON.stringify(rows)).not.toContain(secretKey);
});

it('of many who change at once from one version, one does', async () => {
  const { version, strategy, contracts: list } = await contracts.read(MID);
  const results = await Promise.allSettled(
    Array.from({ length: 8 }, (_, index) =>
      contracts.replace(
        {
          mid: MID,
          strategy,
          fromVersion: version,
          reason: 'race',
          contracts: list.map((each) => ({ ...wanted(each), weight: index + 1 })),
        },
        ACTOR,
      ),
    ),
  );
  expect(results.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
  const refused = results.flatMap((each) => (each.status === 'rejected' ? [each.reason as Error] : []));
  expect(new Set(refused.map(({ message }) => message))).toEqual(new Set(['CONTRACTS_CHANGED']));
  const after = await contracts.read(MID);
  expect(after.version).toBe(version + 1);
  expect(new Set(after.contracts.map(({ weight }) => weight)).size).toBe(1);
});
