import { DataSource } from 'typeorm';
import { sessionSql } from '../../src/common/db/session';
import { newId } from '../../src/common/ids/id';
import { Logger } from '../../src/common/logging/logger';
import { Clock } from '../../src/common/time/clock';
import { fromDatabaseTime } from '../../src/common/time/korean-time';
import { loadConfig } from '../../src/config/app-config';
import { dataSourceOptions } from '../../src/config/data-source';
import { CardIssuers } from '../../src/modules/routing/card-issuers';
import { DecisionStore } from '../../src/modules/routing/decision-store';
import type { RoutingDecision } from '../../src/modules/routing/routing.types';
import { createTestDatabase, type TestDatabase, testEnvironment } from '../support/test-database';

/** What routing keeps, in a real MariaDB: written in batches, by the latest decision, and not for ever. */
let database: TestDatabase;
let source: DataSource;
let logger: Logger;

beforeAll(async () => {
  database = await createTestDatabase('routing');
  const config = loadConfig(testEnvironment(database.url));
  logger = new Logger('silent');
  source = await new DataSource(dataSourceOptions(config)).initialize();
  await source.query(sessionSql(60_000));
}, 60_000);

afterAll(async () => {
  await source?.destroy();
  await database?.drop();
});

const decision = (over: Partial<RoutingDecision> = {}): RoutingDecision => ({
  strategy: 'ADAPTIVE',
  method: 'CARD',
  amount: 1_000,
  issuer: 'KB',
  decidedAt: new Date('2026-11-21T03:04:05.678Z'),
  candidates: [],
  weighed: [],
  excluded: [],
  ...over,
});

describe('decisions', () => {
  it('come back as they were made, the latest of a payment', async () => {
    const store = new DecisionStore(source, logger);
    const ids = Array.from({ length: 250 }, () => newId('pay'));
    for (const id of ids) store.keep(id, decision());
    store.keep(ids[0]!, decision({ strategy: 'PRIORITY', amount: 2_000 }));
    await store.beforeApplicationShutdown();
    expect(await store.find(ids[0]!)).toMatchObject({ strategy: 'PRIORITY', amount: 2_000 });
    expect(await store.find(ids[249]!)).toEqual({
      paymentId: ids[249],
      decidedAt: new Date('2026-11-21T03:04:05.678Z'),
      strategy: 'ADAPTIVE',
      method: 'CARD',
      amount: 1_000,
      issuer: 'KB',
      candidates: [],
      excluded: [],
    });
    expect(await store.find(newId('pay'))).toBeNull();
  });

  it('are taken away after 90 days, few at a time', async () => {
    const store = new DecisionStore(source, logger);
    const [row] = await source.query<{ now: Date | string }[]>('SELECT UTC_TIMESTAMP(3) AS now');
    const now = fromDatabaseTime(row!.now).getTime();
    const daysAgo = (days: number) => new Date(now - days * 86_400_000);
    const [old, older, young] = [newId('pay'), newId('pay'), newId('pay')];
    store.keep(young, decision({ decidedAt: daysAgo(89) }));
    store.keep(old, decision({ decidedAt: daysAgo(92) }));
    store.keep(older, decision({ decidedAt: daysAgo(200) }));
    await store.beforeApplicationShutdown();
    await source.query('DELETE FROM routing_decisions WHERE payment_id NOT IN (?, ?, ?)', [
      old,
      older,
      young,
    ]);
    expect(await store.purgeExpired(1)).toBe(1);
    expect(await store.find(older)).toBeNull();
    expect(await store.find(old)).not.toBeNull();
    expect(await store.purgeExpired(500)).toBe(1);
    expect(await store.purgeExpired(500)).toBe(0);
    expect(await store.find(young)).not.toBeNull();
  });
});

it('one process learns the issuer of a prefix, the next one knows it', async () => {
  const first = new CardIssuers(source, new Clock(), logger);
  await first.onApplicationBootstrap();
  expect([first.of('424242'), first.of(null)]).toEqual([null, null]);
  first.learn('424242', 'SHINHAN');
  first.learn('555555', 'KB');
  first.learn('555555', 'HANA');
  first.learn('400000', 'no such name');
  expect(first.of('424242')).toBe('SHINHAN');
  await first.beforeApplicationShutdown();
  const second = new CardIssuers(source, new Clock(), logger);
  await second.onApplicationBootstrap();
  expect(['424242', '555555', '400000'].map((each) => second.of(each))).toEqual(['SHINHAN', 'HANA', null]);
  await second.beforeApplicationShutdown();
});
