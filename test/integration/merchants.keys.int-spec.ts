import { createHash } from 'node:crypto';
import type { TestingModule } from '@nestjs/testing';
import { DataSource } from 'typeorm';
import { DemoGuard } from '../../src/demo/demo-guard';
import { DemoSeeder } from '../../src/demo/demo-seeder';
import { ApiKeysService } from '../../src/modules/merchants/api-keys.service';
import { MerchantsFacade } from '../../src/modules/merchants/merchants.facade';
import { encrypted, MerchantProcesses, untilCachesEnd } from './merchants.support';

const MID = 'M0000001';
const DEMO_KEY = createHash('sha256').update(`pg-gateway demo key ${MID}`).digest();

let processes: MerchantProcesses;
let app: TestingModule;
let merchants: MerchantsFacade;
let apiKeys: ApiKeysService;

beforeAll(async () => {
  processes = await MerchantProcesses.on('merchants_keys');
  app = processes.first;
  merchants = app.get(MerchantsFacade);
  apiKeys = app.get(ApiKeysService);
}, 60_000);

afterAll(() => processes.end());

const audited = (action: string) =>
  app
    .get(DataSource)
    .query<{ target: string; details: string }[]>(
      'SELECT target, details FROM audit_logs WHERE action = ? ORDER BY seq',
      [action],
    );

describe('demo data', () => {
  it('is added once, however often it is seeded, also by two at once', async () => {
    const counts = () =>
      app.get(DataSource).query<Record<string, string>[]>(
        `SELECT (SELECT COUNT(*) FROM merchants) AS m, (SELECT COUNT(*) FROM acquirer_contracts) AS c,
          (SELECT COUNT(*) FROM api_keys) AS k, (SELECT COUNT(*) FROM encryption_keys) AS e,
          (SELECT COUNT(*) FROM branches) AS b, (SELECT COUNT(*) FROM members) AS p,
          (SELECT COUNT(*) FROM fee_policies WHERE tier = 'GENERAL') AS f`,
      );
    expect((await counts())[0]).toEqual({ m: '6', c: '13', k: '6', e: '6', b: '3', p: '11', f: '24' });
    const seeder = app.get(DemoSeeder);
    const nothing = { agencies: 0, merchants: 0, feePolicies: 0, branches: 0, members: 0 };
    expect(await Promise.all([seeder.seed(), seeder.seed()])).toEqual([nothing, nothing]);
    expect((await counts())[0]).toEqual({ m: '6', c: '13', k: '6', e: '6', b: '3', p: '11', f: '24' });
  });

  it('gives the contracts with their credentials opened, and shows none of them when printed', async () => {
    const contracts = await merchants.listContracts('M0000005');
    expect(contracts.map(({ acquirer, weight }) => `${acquirer} ${weight}`).sort()).toEqual([
      'inicis 30',
      'nicepay 20',
      'toss 50',
    ]);
    const toss = contracts.find(({ acquirer }) => acquirer === 'toss')!;
    expect(toss.credentials.expose()).toEqual({
      clientKey: 'test_ck_sandbox_toss_M0000005',
      secretKey: 'test_sk_sandbox_toss_M0000005',
    });
    expect(JSON.stringify(contracts)).not.toContain('test_sk_sandbox');
    expect(await merchants.findContract(toss.contractId)).toEqual(toss);
    expect(merchants.peekContracts('M0000005')).toBe(contracts);
    const rows = await app
      .get(DataSource)
      .query<unknown[]>('SELECT HEX(credentials_sealed) AS c FROM acquirer_contracts');
    expect(JSON.stringify(rows).toLowerCase()).not.toContain(Buffer.from('sandbox').toString('hex'));
  });

  it('finds a branch of the merchant only', async () => {
    expect(await merchants.findBranch(MID, 'brn_0000000000DEM0BRANCH000001')).toEqual({
      branchId: 'brn_0000000000DEM0BRANCH000001',
      status: 'ACTIVE',
    });
    expect(await merchants.findBranch('M0000002', 'brn_0000000000DEM0BRANCH000001')).toBeNull();
    expect(await merchants.findBranch(MID, '가나다')).toBeNull();
    expect(await merchants.findMerchant('없음')).toBeNull();
  });

  it('is refused at start, and its keys when used, where APP_ENV is not local or dev', async () => {
    // A whole prod configuration would need a database password that the test server does not have.
    const starting = await processes.compile({ demo: false, environment: 'prod' });
    await expect(starting.get(DemoGuard).refuseDemoData()).rejects.toThrow(
      'prod refuses a database with demo keys',
    );
    await expect(starting.get(DemoSeeder).seed()).rejects.toThrow('local and dev only');
    expect(await starting.get(MerchantsFacade).authenticateSecretKey('sk_test_M0000001')).toBeNull();
    const encData = await encrypted({}, { alg: 'dir', enc: 'A256GCM', kid: 'ek_test_M0000001' }, DEMO_KEY);
    await expect(starting.get(MerchantsFacade).openRequest(MID, { encData })).rejects.toMatchObject({
      code: 'ENC_DATA_INVALID',
    });
  });
});

describe('secret keys', () => {
  it('tell whose they are', async () => {
    expect(await merchants.authenticateSecretKey('sk_test_M0000002')).toEqual({
      mid: 'M0000002',
      keyId: expect.stringMatching(/^key_/),
    });
    expect(await merchants.authenticateSecretKey('sk_test_M0000009')).toBeNull();
    expect(await merchants.authenticateSecretKey('')).toBeNull();
  });

  it('are two at most, also when ten are asked for at once; each is audited, no secret anywhere', async () => {
    const made = await Promise.allSettled(
      Array.from({ length: 10 }, () => apiKeys.create('M0000003', 'member:mem_1')),
    );
    const issued = made.flatMap((result) => (result.status === 'fulfilled' ? [result.value] : []));
    const refused = made.flatMap((result) => (result.status === 'rejected' ? [result.reason.code] : []));
    expect(issued).toHaveLength(1);
    expect(new Set(refused)).toEqual(new Set(['API_KEY_LIMIT']));
    const secret = issued[0]!.secret.expose();
    expect(secret).toMatch(/^sk_test_[A-Za-z0-9_-]{43}$/);
    expect(await merchants.authenticateSecretKey(secret)).toEqual({ mid: 'M0000003', keyId: issued[0]!.id });
    const rows = await audited('api-key.create');
    expect(rows.filter(({ target }) => target === issued[0]!.id)).toHaveLength(1);
    expect(JSON.stringify(rows)).not.toContain(secret);
    await expect(apiKeys.create('M0000999', 'x')).rejects.toMatchObject({ code: 'NOT_FOUND' });
  });

  it('are refused here at once after revocation, and elsewhere within the cache time', async () => {
    const other = (await processes.start()).get(MerchantsFacade);
    const { id, secret } = await apiKeys.create('M0000004', 'member:mem_1');
    expect(await merchants.authenticateSecretKey(secret.expose())).not.toBeNull();
    expect(await other.authenticateSecretKey(secret.expose())).not.toBeNull();
    await expect(apiKeys.revoke('M0000005', id, 'x')).rejects.toMatchObject({
      code: 'KEY_NOT_FOUND',
      status: 404,
    });
    await expect(apiKeys.revoke('M0000004', '가나', 'x')).rejects.toMatchObject({ code: 'KEY_NOT_FOUND' });
    await apiKeys.revoke('M0000004', id, 'member:mem_1');
    await apiKeys.revoke('M0000004', id, 'member:mem_1');
    expect(await merchants.authenticateSecretKey(secret.expose())).toBeNull();
    await untilCachesEnd();
    expect(await other.authenticateSecretKey(secret.expose())).toBeNull();
    expect((await audited('api-key.revoke')).filter(({ target }) => target === id)).toHaveLength(1);
  });

  it('are refused when expired and while the merchant is suspended', async () => {
    const { id, secret } = await apiKeys.create('M0000006', 'member:mem_1');
    expect(await merchants.authenticateSecretKey(secret.expose())).not.toBeNull();
    const source = app.get(DataSource);
    await source.query("UPDATE merchants SET status = 'SUSPENDED' WHERE mid = 'M0000006'");
    await untilCachesEnd();
    expect(await merchants.authenticateSecretKey(secret.expose())).toBeNull();
    await source.query("UPDATE merchants SET status = 'ACTIVE' WHERE mid = 'M0000006'");
    await source.query('UPDATE api_keys SET expires_at = UTC_TIMESTAMP(3) WHERE id = ?', [id]);
    await untilCachesEnd();
    expect(await merchants.authenticateSecretKey(secret.expose())).toBeNull();
    const page = await apiKeys.list('M0000006', { limit: 1 });
    expect(page.data).toEqual([expect.objectContaining({ id, status: 'EXPIRED' })]);
    const next = await apiKeys.list('M0000006', { limit: 1, cursor: page.nextCursor! });
    expect(next).toEqual({
      data: [expect.objectContaining({ status: 'LIVE', hint: 'sk_test_****0006' })],
      nextCursor: null,
    });
    await expect(apiKeys.list('M0000006', { limit: 1, cursor: 'x' })).rejects.toMatchObject({
      code: 'VALIDATION_FAILED',
    });
  });
});
