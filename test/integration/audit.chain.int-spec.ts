import { Module } from '@nestjs/common';
import { Test, type TestingModule } from '@nestjs/testing';
import { DataSource } from 'typeorm';
import { CommonModule } from '../../src/common/common.module';
import { DatabaseModule } from '../../src/common/db/database.module';
import { UnitOfWork } from '../../src/common/db/unit-of-work';
import { runInContext } from '../../src/common/http/request-context';
import { AppConfig, loadConfig } from '../../src/config/app-config';
import { ConfigModule } from '../../src/config/config.module';
import { AuditFacade } from '../../src/modules/audit/audit.facade';
import { AuditModule } from '../../src/modules/audit/audit.module';
import type { AuditEntry } from '../../src/modules/audit/audit.types';
import { createTestDatabase, type TestDatabase, testEnvironment } from '../support/test-database';

@Module({ imports: [ConfigModule, CommonModule, DatabaseModule, AuditModule] })
class AuditApp {}

const ENTRY: AuditEntry = {
  actor: 'member:mem_1',
  action: 'api-key.create',
  target: 'key_1',
  outcome: 'SUCCESS',
};

let database: TestDatabase;
let app: TestingModule;
let audit: AuditFacade;
let source: DataSource;

beforeEach(async () => {
  database = await createTestDatabase('audit');
  const testing = Test.createTestingModule({ imports: [AuditApp] });
  app = await testing
    .overrideProvider(AppConfig)
    .useValue(loadConfig(testEnvironment(database.url)))
    .compile();
  await app.init();
  audit = app.get(AuditFacade);
  source = app.get(DataSource);
}, 60_000);

afterEach(async () => {
  await app.close();
  await database.drop();
});

const rows = () => source.query<Record<string, unknown>[]>('SELECT * FROM audit_logs ORDER BY seq');

/** As somebody who owns the database could. */
async function tamper(sql: string): Promise<void> {
  await source.query('DROP TRIGGER audit_logs_no_update');
  await source.query('DROP TRIGGER audit_logs_no_delete');
  await source.query(sql);
}

async function written(count: number): Promise<void> {
  for (let n = 1; n <= count; n += 1) await audit.recordAlone({ ...ENTRY, target: `key_${n}` });
}

it('writes who, what, when and from where, and only the listed details', async () => {
  const details = { keyId: 'key_1', amount: 1004, secret: 'sk_live_x', reason: '고객 요청' };
  const context = { requestId: 'req-1', language: 'ko', clientAddress: '192.0.2.1' } as const;
  await runInContext(context, () => audit.recordAlone({ ...ENTRY, mid: 'M0000001', details }));
  const [row] = await rows();
  expect(row).toMatchObject({
    seq: '1',
    actor: 'member:mem_1',
    target: 'key_1',
    mid: 'M0000001',
    outcome: 'SUCCESS',
  });
  expect(row).toMatchObject({ request_id: 'req-1', client_address: '192.0.2.1', at: expect.any(Date) });
  expect(row!.details).toBe('{"keyId":"key_1","amount":1004,"reason":"고객 요청"}');
  expect(await audit.verifyChain()).toEqual({ rows: 1, problems: [] });
});

it('links rows that many write at once, and drops those whose transaction is undone', async () => {
  const lost = app.get(UnitOfWork).run('lost', async (tx) => {
    await audit.record(tx, ENTRY);
    throw new Error('undone');
  });
  await expect(lost).rejects.toThrow('undone');
  await Promise.all(Array.from({ length: 40 }, () => audit.recordAlone(ENTRY)));
  expect(await audit.verifyChain()).toEqual({ rows: 40, problems: [] });
});

it('holds an empty chain, and texts that its columns cannot', async () => {
  expect(await audit.verifyChain()).toEqual({ rows: 0, problems: [] });
  const odd = { actor: '가'.repeat(200), action: 'a '.repeat(60), target: 'x\u0000\u{1F600}y ' };
  await audit.recordAlone({ ...ENTRY, ...odd, details: { reason: `\u{1F600}`.repeat(300), code: '\\"' } });
  expect(await audit.verifyChain()).toEqual({ rows: 1, problems: [] });
});

it('refuses to change or delete a row', async () => {
  await written(2);
  await expect(source.query("UPDATE audit_logs SET actor = 'x' WHERE seq = 1")).rejects.toThrow(
    'APPEND_ONLY',
  );
  await expect(source.query('DELETE FROM audit_logs WHERE seq = 1')).rejects.toThrow('APPEND_ONLY');
});

it.each<[string, string, object[]]>([
  [
    'altered',
    "UPDATE audit_logs SET target = 'key_9' WHERE seq = 2",
    [{ seq: 2, id: expect.any(String), problem: 'ALTERED' }],
  ],
  ['deleted', 'DELETE FROM audit_logs WHERE seq = 2', [{ seq: 2, id: null, problem: 'MISSING' }]],
  ['deleted at the end', 'DELETE FROM audit_logs WHERE seq = 3', [{ seq: 3, id: null, problem: 'MISSING' }]],
  [
    'altered with its hash made anew',
    'UPDATE audit_logs SET hash = UNHEX(SHA2(hash, 256)) WHERE seq = 3',
    [
      { seq: 3, id: expect.any(String), problem: 'ALTERED' },
      { seq: 3, id: null, problem: 'HEAD_DIFFERS' },
    ],
  ],
])('names a row that was %s', async (_, sql, problems) => {
  await written(3);
  await tamper(sql);
  expect((await audit.verifyChain()).problems).toEqual(problems);
});
