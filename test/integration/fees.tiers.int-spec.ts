import { Test, type TestingModule } from '@nestjs/testing';
import { DataSource } from 'typeorm';
import { AcquirersModule } from '../../src/acquirers/acquirers.module';
import { CommonModule } from '../../src/common/common.module';
import { CryptoModule } from '../../src/common/crypto/crypto.module';
import { DatabaseModule } from '../../src/common/db/database.module';
import { UnitOfWork } from '../../src/common/db/unit-of-work';
import { addDays, koreanDay } from '../../src/common/time/korean-time';
import { AppConfig, loadConfig } from '../../src/config/app-config';
import { ConfigModule } from '../../src/config/config.module';
import { FeesFacade } from '../../src/modules/fees/fees.facade';
import { FeesModule } from '../../src/modules/fees/fees.module';
import type { FeeSubject, Tier } from '../../src/modules/fees/fees.types';
import { createTestDatabase, type TestDatabase, testEnvironment } from '../support/test-database';

jest.setTimeout(60_000);

/** A merchant's tier, and the policies that come with it, over a real database. */
let database: TestDatabase;
let testingModule: TestingModule;
let fees: FeesFacade;
let unitOfWork: UnitOfWork;
const today = koreanDay(new Date());
const MIDS = ['M0000001', 'M0000002', 'M0000003'] as const;

beforeAll(async () => {
  database = await createTestDatabase('fee_tiers');
  const testing = Test.createTestingModule({
    imports: [ConfigModule, CommonModule, DatabaseModule, CryptoModule, AcquirersModule, FeesModule],
  });
  const config = loadConfig(testEnvironment(database.url));
  testingModule = await testing.overrideProvider(AppConfig).useValue(config).compile();
  await testingModule.init();
  fees = testingModule.get(FeesFacade, { strict: false });
  unitOfWork = testingModule.get(UnitOfWork, { strict: false });
  for (const mid of MIDS) {
    await testingModule.get(DataSource).query(
      `INSERT INTO merchants (mid, name, business_number, representative, address, phone, status)
       VALUES (?, '가나상사', '2208162517', '김대표', '서울', '025550100', 'ACTIVE')`,
      [mid],
    );
  }
});
afterAll(async () => {
  await testingModule?.close();
  await database?.drop();
});

const ensure = (mid: string, tier: Tier, from = today) =>
  unitOfWork.run('test', (tx) => fees.ensureMerchantPolicy(tx, { mid, tier, from, actor: 'system:test' }));

it('has a tier for every sum of yearly sales, as the law bounds them', async () => {
  const tiers = await Promise.all(
    [0, 300_000_000, 300_000_001, 500_000_001, 1_000_000_001, 3_000_000_001].map((sales) =>
      fees.tierOf(sales),
    ),
  );
  expect(tiers.map(({ tier, creditCostPpm, checkCostPpm }) => [tier, creditCostPpm, checkCostPpm])).toEqual([
    ['SMALL', 4_000, 1_500],
    ['SMALL', 4_000, 1_500],
    ['MEDIUM_1', 10_000, 7_500],
    ['MEDIUM_2', 11_500, 9_000],
    ['MEDIUM_3', 14_500, 11_500],
    ['GENERAL', 23_000, 23_000],
  ]);
  await expect(fees.tierOf(1, '2025-02-13')).rejects.toThrow('no tier');
});

it('gives a merchant the policies of its tier once, however often and at once it is asked to', async () => {
  const [mid] = MIDS;
  const made = await Promise.all([ensure(mid, 'SMALL'), ensure(mid, 'SMALL'), ensure(mid, 'SMALL')]);
  expect(made.filter(Boolean)).toHaveLength(1);
  expect(await ensure(mid, 'GENERAL')).toBe(false);
  const policies = await fees.policiesFor(mid, today);
  expect(policies).toHaveLength(4);
  expect(new Set(policies.map(({ tier }) => tier))).toEqual(new Set(['SMALL']));
  expect(await fees.policiesFor(mid, addDays(today, -1))).toEqual([]);
});

it('puts each payment under the policy of its kind', async () => {
  const mid = MIDS[1];
  await ensure(mid, 'MEDIUM_1');
  const inForce = await fees.policiesFor(mid, today);
  const card: FeeSubject = {
    ...{ branchId: null, acquirer: 'toss', cardIssuer: 'KB', cardType: 'CREDIT', method: 'CARD' },
    amount: 9_999,
  };
  const fee = (more: Partial<FeeSubject>) =>
    fees.approvalFee(card.amount, fees.policyOf(inForce, { ...card, ...more })!);
  expect(fee({})).toEqual({ fee: 209, vat: 20 });
  expect(fee({ cardType: 'CHECK' })).toEqual({ fee: 184, vat: 18 });
  expect(fee({ cardType: 'UNKNOWN', method: 'EASY_PAY' })).toEqual({ fee: 209, vat: 20 });
  expect(fee({ cardType: null, cardIssuer: null, method: 'BANK_TRANSFER' })).toEqual({ fee: 200, vat: 20 });
  expect(fee({ cardType: null, cardIssuer: null, method: 'VIRTUAL_ACCOUNT' })).toEqual({ fee: 300, vat: 30 });
});

it('keeps nothing of it when the transaction around it fails', async () => {
  const mid = MIDS[2];
  const failed = unitOfWork.run('test', async (tx) => {
    await fees.ensureMerchantPolicy(tx, { mid, tier: 'GENERAL', from: today, actor: 'system:test' });
    throw new Error('elsewhere');
  });
  await expect(failed).rejects.toThrow('elsewhere');
  expect(await fees.policiesFor(mid, today)).toEqual([]);
  expect(await ensure(mid, 'GENERAL')).toBe(true);
});
