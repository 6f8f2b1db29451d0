import { spawnSync } from 'node:child_process';
import { chmodSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { adminUrl, createTestDatabase, testEnvironment } from '../support/test-database';

jest.setTimeout(60_000);

/*
 * The branch of the commands that uses Docker, with a docker that only notes what it is asked: the server that it is
 * said to have brought up is the tests' own.
 */
const ROOT = resolve(__dirname, '../..');
const folder = mkdtempSync(join(tmpdir(), 'pg-gateway-docker-'));
const asked = join(folder, 'asked');
const port = Number(new URL(adminUrl()).port);

beforeAll(() => {
  mkdirSync(join(folder, 'bin'));
  const docker = join(folder, 'bin', 'docker');
  writeFileSync(
    docker,
    `#!/bin/sh\necho "$@" >>${asked}\ncase "$*" in *"ps --quiet"*) echo c0ffee ;; esac\n`,
  );
  chmodSync(docker, 0o755);
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** Runs a few lines of a module of scripts/ in a process of its own, and reads what they print. */
function script(lines: string): { code: number | null; said: string } {
  const { status, stdout, stderr } = spawnSync(process.execPath, ['--input-type=module', '-e', lines], {
    cwd: ROOT,
    encoding: 'utf8',
    env: { ...process.env, PATH: `${join(folder, 'bin')}:${process.env.PATH}` },
  });
  return { code: status, said: `${stdout}${stderr}` };
}

const start = (secrets: string) => `
  import { localSecrets } from './scripts/lib/env.mjs';
  import { composeProject, startDockerMariaDb } from './scripts/lib/mariadb/docker.mjs';
  const project = composeProject('t-docker');
  const secrets = ${secrets};
  const server = await startDockerMariaDb({ project, port: ${port}, secrets }).catch((error) => {
    console.log(error.message + ' ' + error.next);
    process.exit(3);
  });
  console.log(JSON.stringify(server));
`;

it('gives the server a project of this copy of the code alone, and a folder that is not an embedded server’s', () => {
  const { code, said } = script(start('localSecrets()'));
  expect({ code, said: code === 0 ? '' : said }).toEqual({ code: 0, said: '' });
  const server = JSON.parse(said) as { project: string; folder: string; container: string };
  expect(server.project).toMatch(/^t-docker-[0-9a-f]{8}$/);
  expect(server.container).toBe('c0ffee');
  expect(readFileSync(asked, 'utf8')).toContain(`compose --project-name ${server.project} `);
  expect(server.folder).toBe(join(ROOT, '.data', 'docker', server.project));
  rmSync(server.folder, { recursive: true, force: true });
  const { said: names } = script(`
    import { composeProject } from './scripts/lib/mariadb/docker.mjs';
    console.log(['x', 'y'].map((of) => composeProject('test', of)).join(' '));
  `);
  const [first, second] = names.trim().split(' ');
  expect(first).not.toBe(second);
});

it('says how to end a volume that does not take the passwords of now', () => {
  const { code, said } = script(start("{ ...localSecrets(), DB_ADMIN_PASSWORD: 'made-anew-since' }"));
  expect(code).toBe(3);
  expect(said).toMatch(
    /docker compose --project-name t-docker-[0-9a-f]{8} --env-file \.data\/local\.env down --volumes/,
  );
  const help = spawnSync(process.execPath, ['scripts/start.mjs', '--help'], { cwd: ROOT, encoding: 'utf8' });
  expect(help.stdout).toMatch(
    /docker compose --project-name pg-gateway-[0-9a-f]{8} --env-file \S+ down --volumes/,
  );
});

it('keeps the stamp of the schema in a folder that nothing made before', async () => {
  const database = await createTestDatabase('docker_stamp');
  const stamps = join(folder, 'nobody', 'made', 'it');
  const env = testEnvironment(database.url, { PATH: process.env.PATH ?? '' });
  const { code, said } = script(`
    import { ensureSchema } from './scripts/lib/schema.mjs';
    await ensureSchema(${JSON.stringify(env)}, ${JSON.stringify(stamps)});
  `);
  await database.drop();
  expect({ code, said: code === 0 ? '' : said }).toEqual({ code: 0, said: '' });
  expect(existsSync(join(stamps, 'schema.json'))).toBe(true);
});
