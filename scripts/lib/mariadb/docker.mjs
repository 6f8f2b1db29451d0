import { createHash } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { withConnection } from '../database.mjs';
import { LOCAL_ENV } from '../env.mjs';
import { answers, until } from '../net.mjs';
import { Problem } from '../output.mjs';
import { DATA, ensureFolder, ROOT, shown } from '../paths.mjs';
import { isAlive, run } from '../processes.mjs';
import { readJson } from '../stamp.mjs';
import { noMariaDb } from './binaries.mjs';
import { urlOf } from './setup-sql.mjs';

/**
 * The Compose project of one database of ours: volumes are named by it, so it is another one for each copy of this
 * project on a machine (`pg-gateway-1f0c2a9b`), and for each folder that the database stands for.
 */
export function composeProject(name, of = ROOT) {
  const hash = createHash('sha256').update(`${ROOT}\0${of}`).digest('hex').slice(0, 8);
  return `${name}-${hash}`;
}

/** What ends such a database for good, its data included. */
export const removal = (project) =>
  `docker compose --project-name ${project} --env-file ${shown(LOCAL_ENV)} down --volumes`;

/** What we keep beside a database in Docker: never the folder of an embedded server, which takes no strangers. */
const folderOf = (project) => join(DATA, 'docker', project);

/** Whether a command that still runs uses the database of this project. */
export const isOwned = (project) => isAlive(readJson(join(folderOf(project), 'owner.json'))?.pid);

/**
 * The database server of docker-compose.yml alone, for machines without a MariaDB program: the same settings, the same
 * users, published on 127.0.0.1. Its data is in a volume of the Compose project, which outlives `.data`.
 */
export async function startDockerMariaDb({ project, port, secrets, note = () => {} }) {
  const compose = (...args) =>
    run('docker', ['compose', '--project-name', project, '--env-file', LOCAL_ENV, ...args], {
      cwd: ROOT,
      env: { ...process.env, ...secrets, DATABASE_PORT: String(port) },
      onLine: (line) => note(line.slice(0, 50)),
    });
  if ((await run('docker', ['info'], { timeoutMs: 15_000 })).code !== 0) throw noMariaDb();
  writeFileSync(join(ensureFolder(folderOf(project)), 'owner.json'), JSON.stringify({ pid: process.pid }));
  const { code, output } = await compose('up', '--detach', '--wait', 'mariadb');
  const isUp = code === 0 && (await until(() => answers({ port, greeting: true }), { timeoutMs: 60_000 }));
  if (!isUp) {
    throw new Problem(
      'The database container did not start.',
      `Look at it with: docker compose --project-name ${project} --env-file ${shown(LOCAL_ENV)} logs mariadb`,
      output.split('\n').slice(-12).join('\n'),
    );
  }
  const url = (user, database) => urlOf(user, secrets, { port, database });
  await refuseOlderVolume(project, url('admin', ''));
  const { output: id } = await compose('ps', '--quiet', 'mariadb');
  const container = id.trim().split('\n').at(-1);
  note('in Docker');
  return {
    port,
    container,
    project,
    folder: folderOf(project),
    url: url('app'),
    migrationUrl: url('migrate'),
    verifyUrl: url('verify'),
    adminUrl: url('admin', ''),
    // Docker itself starts a container again that died.
    exited: new Promise(() => {}),
    stop: () => compose('stop', 'mariadb'),
  };
}

/** The image makes its users once, when the volume is new: passwords made anew since then do not fit. */
async function refuseOlderVolume(project, adminUrl) {
  try {
    await withConnection(adminUrl, () => undefined);
  } catch (error) {
    throw new Problem(
      `The database in Docker does not take the passwords of ${shown(LOCAL_ENV)}: its volume is of an earlier installation.`,
      `Put the old ${shown(LOCAL_ENV)} back, or give the data up and begin anew: ${removal(project)}`,
      error.message,
    );
  }
}
