import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { SqlPool } from '../../src/common/db/pool';
import { loadConfig } from '../../src/config/app-config';
import { migrationSource } from '../../src/config/migration-source';
import { auditChainViolations } from '../../src/verify/audit-checks';
import { TestAuthority } from '../support/certificates';
import { DatabaseServer } from '../support/database-server';
import { testEnvironment } from '../support/test-database';

const LIMITS = { connectionsMax: 1, waitMs: 10_000, queryTimeoutMs: 10_000 };
const VERSION = "SHOW SESSION STATUS LIKE 'Ssl_version'";
const ENCRYPTED = [expect.objectContaining({ Value: expect.stringMatching(/^TLSv1\.[23]$/) as string })];

const folder = mkdtempSync(join(tmpdir(), 'pg-tls-'));
const trusted = join(folder, 'trusted.pem');
const foreign = join(folder, 'foreign.pem');
const server = new DatabaseServer(join(folder, 'data'), join(folder, 'server'));
let authority: TestAuthority;

/** A server in a container is set up by docker-compose.yml alone. */
const WHERE = 'PATH="$PATH:/usr/sbin:/usr/local/sbin:/usr/libexec" command -v mariadbd';
const hasProgram = spawnSync('sh', ['-c', WHERE]).status === 0;

beforeAll(async () => {
  if (!hasProgram) return;
  authority = await TestAuthority.create('ours');
  writeFileSync(trusted, authority.pem);
  writeFileSync(foreign, (await TestAuthority.create('another')).pem);
  await authority.issue('localhost', join(folder, 'server'));
  await server.start();
});
afterAll(async () => {
  if (hasProgram) await server.remove();
  rmSync(folder, { recursive: true, force: true });
});

/** The server's address by its name, as a certificate needs it; `tls`: a file of authorities. */
function address(tls: string | undefined, database = 'mysql'): string {
  const url = new URL(server.adminUrl);
  url.hostname = 'localhost';
  url.pathname = `/${database}`;
  if (tls !== undefined) url.searchParams.set('tls', tls);
  return url.href;
}

async function versionBy(url: string): Promise<unknown> {
  const pool = new SqlPool(url, LIMITS);
  try {
    return await pool.query(VERSION);
  } finally {
    await pool.close();
  }
}

/** What a script of the project is told, or what it fails with. */
function versionByScript(url: string): string {
  const database = pathToFileURL(resolve(__dirname, '../../scripts/lib/database.mjs')).href;
  const program = `
    import { withConnection } from '${database}';
    const rows = await withConnection(process.argv[1], (connection) => connection.query("${VERSION}")).catch(
      (error) => [[{ Value: error.message }]],
    );
    console.log(rows[0][0].Value);
  `;
  const args = ['--input-type=module', '-e', program, url];
  return spawnSync(process.execPath, args, { encoding: 'utf8' }).stdout.trim();
}

// The name of the test is what tells: it stands in the list of results.
if (!hasProgram) {
  it('NOT RUN: a server in a container takes no certificate, and says so', () => {
    const args = ['scripts/mariadb.mjs', '--data-dir', join(folder, 'data'), '--tls', folder];
    const { status, stdout, stderr } = spawnSync(process.execPath, args, { encoding: 'utf8' });
    expect([status, `${stdout}${stderr}`]).toEqual([1, expect.stringContaining('needs a MariaDB program')]);
  });
} else {
  it('encrypts each way to the database, and migrates through one', async () => {
    const url = address(trusted);
    expect(await versionBy(url)).toEqual(ENCRYPTED);
    expect(versionByScript(url)).toMatch(/^TLSv1\.[23]$/);

    const admin = new SqlPool(url, LIMITS);
    await admin.query('CREATE DATABASE encrypted CHARACTER SET utf8mb4');
    await admin.close();
    const own = address(trusted, 'encrypted');
    const source = await migrationSource(loadConfig(testEnvironment(own)), own);
    try {
      expect(await source.query(VERSION)).toEqual(ENCRYPTED);
      expect(await source.runMigrations()).not.toEqual([]);
    } finally {
      await source.destroy();
    }
    expect(await auditChainViolations(own)).toEqual([]);
  });

  it('is refused in the clear by a server that asks for more', async () => {
    await expect(versionBy(address(undefined))).rejects.toThrow(/Access denied|secure transport/);
  });

  it('trusts no server that another authority vouches for', async () => {
    await expect(versionBy(address(foreign))).rejects.toThrow(/certificate|issuer|signature/i);
    expect(versionByScript(address(foreign))).toMatch(/refused: .*(certificate|issuer|signature)/i);
  });

  it('trusts no server that is another than the one named', async () => {
    await server.stop();
    await authority.issue('db.example.com', join(folder, 'server'));
    await server.start();
    await expect(versionBy(address(trusted))).rejects.toThrow(/localhost/);
    expect(versionByScript(address(trusted))).toContain('localhost');
  });
}
