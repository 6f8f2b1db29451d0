import { randomBytes } from 'node:crypto';
import { Module } from '@nestjs/common';
import { Test, type TestingModule } from '@nestjs/testing';
import fc from 'fast-check';
import { DataSource } from 'typeorm';
import { AcquirersModule } from '../../src/acquirers/acquirers.module';
import { CommonModule } from '../../src/common/common.module';
import { CryptoModule } from '../../src/common/crypto/crypto.module';
import { DatabaseModule } from '../../src/common/db/database.module';
import { UnitOfWork } from '../../src/common/db/unit-of-work';
import { AppConfig, loadConfig } from '../../src/config/app-config';
import { ConfigModule } from '../../src/config/config.module';
import { DemoSeeder } from '../../src/demo/demo-seeder';
import { DemoModule } from '../../src/demo/demo.module';
import type { PaymentMethod } from '../../src/modules/merchants/merchants.types';
import { Holidays } from '../../src/modules/settlements/calendar/holidays.service';
import { SettlementTermsService } from '../../src/modules/settlements/calendar/settlement-terms.service';
import { SettlementsFacade } from '../../src/modules/settlements/settlements.facade';
import { SettlementsModule } from '../../src/modules/settlements/settlements.module';
import { createTestDatabase, type TestDatabase, testEnvironment } from '../support/test-database';

jest.setTimeout(180_000);

@Module({
  imports: [
    ...[ConfigModule, CommonModule, DatabaseModule, CryptoModule, AcquirersModule, DemoModule],
    SettlementsModule,
  ],
})
class SettlementsApp {}

let database: TestDatabase;
let app: TestingModule;
let facade: SettlementsFacade;
let terms: SettlementTermsService;
let holidays: Holidays;

beforeAll(async () => {
  database = await createTestDatabase('settlement-calendar');
  const rootKeys = `v1:${randomBytes(32).toString('base64')}`;
  const config = loadConfig(
    testEnvironment(database.url, { ROOT_KEYS: rootKeys, SETTLEMENT_CYCLE_DEFAULT: 'W-FRI+3' }),
  );
  const testing = Test.createTestingModule({ imports: [SettlementsApp] });
  app = await testing.overrideProvider(AppConfig).useValue(config).compile();
  await app.init();
  await app.get(DemoSeeder).seed();
  facade = app.get(SettlementsFacade);
  terms = app.get(SettlementTermsService);
  holidays = app.get(Holidays);
});
afterAll(async () => {
  await app?.close();
  await database?.drop();
});

const rows = <T>(sql: string, values: unknown[] = []) => app.get(DataSource).manager.query<T[]>(sql, values);
const TEMPORARY = [{ day: '2099-11-04', kind: 'ADD' as const, name: '임시공휴일' }];
const change = (list = TEMPORARY) => ({
  ...{ year: list[0]!.day.slice(0, 4), holidays: list, yearComplete: false, reason: '시험' },
});

it('tells the terms of all merchants with one statement as one by one', async () => {
  const contracts = await rows<{ id: string; mid: string }>(
    'SELECT id, mid FROM acquirer_contracts ORDER BY id',
  );
  const methods: (PaymentMethod | null)[] = [null, 'CARD', 'BANK_TRANSFER'];
  const days = ['2099-01-01', '2099-02-01', '2099-03-01'];
  const wishes = fc.sample(
    fc.record({
      contract: fc.constantFrom(...contracts),
      any: fc.boolean(),
      method: fc.constantFrom(...methods),
      lag: fc.nat(30),
      effectiveFrom: fc.constantFrom(...days),
    }),
    { numRuns: 60, seed: 7 },
  );
  for (const { contract, any, method, lag, effectiveFrom } of wishes) {
    const contractId = any ? null : contract.id;
    const wanted = {
      mid: contract.mid,
      contractId,
      method,
      cycle: `D+${lag}`,
      effectiveFrom,
      reason: '시험',
    };
    await terms.add(wanted, 'member:test');
  }
  const asked = contracts.flatMap(({ id, mid }) =>
    (['CARD', 'BANK_TRANSFER', 'EASY_PAY'] as const).map((method) => ({ mid, contractId: id, method })),
  );
  const cycles: string[] = [];
  for (const day of ['2098-12-31', ...days, '2099-12-31']) {
    const inForce = await facade.termsInForce(day);
    const keys = inForce.terms.map(({ mid, contractId, method }) => `${mid} ${contractId} ${method}`);
    expect(new Set(keys).size).toBe(keys.length);
    const one = await Promise.all(asked.map((key) => facade.cycleOf(key, day)));
    expect(asked.map((key) => inForce.cycleOf(key))).toEqual(one);
    cycles.push(...one);
  }
  expect(cycles.filter((cycle) => cycle !== 'W-FRI+3').length).toBeGreaterThan(50);
  const before = await facade.termsInForce('2098-12-31');
  expect(before.terms).toEqual([]);
  expect(before.cycleOf({ mid: 'M0000001', contractId: null, method: null })).toBe('W-FRI+3');
});

it('finds the terms of a merchant, and a page of them, by an index', async () => {
  const plan = async (sql: string, values: unknown[]) =>
    (await rows<{ key: string | null; Extra: string }>(`EXPLAIN ${sql}`, values))[0]!;
  const page = 'ORDER BY seq DESC LIMIT 51';
  const ofOne = await plan(
    `SELECT * FROM settlement_terms FORCE INDEX (ix_settlement_terms_mid) WHERE mid = ? AND seq < ? ${page}`,
    ['M0000001', 10],
  );
  expect([ofOne.key, /filesort/.test(ofOne.Extra)]).toEqual(['ix_settlement_terms_mid', false]);
  const ofAll = await plan(`SELECT * FROM settlement_terms WHERE seq < ? ${page}`, [10]);
  expect([ofAll.key, /filesort/.test(ofAll.Extra)]).toEqual(['PRIMARY', false]);
  const latest = await plan('SELECT MAX(seq) FROM holidays GROUP BY day', []);
  expect(latest.key).toBe('ix_holidays_day');
});

it('keeps one word on a day when many operators say the same at once', async () => {
  await Promise.all(Array.from({ length: 8 }, (_, index) => holidays.change(change(), `member:op${index}`)));
  expect((await holidays.list('2099')).history).toHaveLength(1);
  const audited = await rows("SELECT seq FROM audit_logs WHERE action = 'holidays.change'");
  expect(audited).toHaveLength(1);
});

it('closes days for good: nothing up to one that is settled is told otherwise, and it never opens again', async () => {
  const unitOfWork = app.get(UnitOfWork);
  const close = (day: string) => unitOfWork.run('test', (tx) => facade.closeCalendarThrough(tx, day));
  await close('2027-11-10');
  await close('2027-11-05');
  expect((await holidays.list('2027')).closedThrough).toBe('2027-11-10');
  const telling = (day: string) => holidays.change(change([{ day, kind: 'ADD', name: '시험' }]), 'member:op');
  await expect(telling('2027-11-10')).rejects.toMatchObject({
    code: 'CALENDAR_DAY_CLOSED',
    extras: { members: { closedThrough: '2027-11-10' } },
  });
  // A run that is undone has closed nothing.
  const undone = unitOfWork.run('test', async (tx) => {
    await facade.closeCalendarThrough(tx, '2027-11-20');
    throw new Error('undone');
  });
  await expect(undone).rejects.toThrow('undone');
  await telling('2027-11-11');
  const years = await facade.holidayYears();
  expect(facade.payoutOn('D+1', '2027-11-10', years)).toBe('2027-11-12');
});
