import { join } from 'node:path';
import { checkExternal, withConnection } from './database.mjs';
import { givenEnv, localSecrets } from './env.mjs';
import { startPrivateDatabase } from './gateway-env.mjs';
import { composeProject, isOwned } from './mariadb/docker.mjs';
import { layout, liveServer } from './mariadb/folder.mjs';
import { freePort } from './net.mjs';
import { say, step } from './output.mjs';
import { DATA } from './paths.mjs';
import { end } from './processes.mjs';

const FIRST_PORT = 13_307;
/** What test/support/seeded-database.ts makes once in a run; it goes with the server, or after the run. */
const RUN = String(process.pid);
const TEMPLATE = `t_template_${RUN}`;

/**
 * Runs `work` with the variables that tell the tests of a database server of their own: a private one with a folder
 * beside that of `npm start`, kept between runs, or the server that DATABASE_URL_TEST names.
 */
export async function withTestDatabase(work) {
  const external = givenEnv().DATABASE_URL_TEST;
  if (external) {
    await checkExternal(external, 'DATABASE_URL_TEST');
    try {
      return await work(testEnv({ adminUrl: external }));
    } finally {
      await withConnection(external, (connection) => connection.query(`DROP DATABASE IF EXISTS ${TEMPLATE}`));
    }
  }
  const server = await step('Starting the test database', startTestServer);
  try {
    return await work(testEnv(server));
  } finally {
    await server.stop();
  }
}

const testEnv = ({ adminUrl, pid, socket }) => ({
  TEST_DATABASE_ADMIN_URL: adminUrl,
  TEST_BUILD_DIR: 'dist-test',
  TEST_RUN: RUN,
  ...(pid ? { TEST_DATABASE_PID: String(pid), TEST_DATABASE_SOCKET: socket } : {}),
});

async function startTestServer(note) {
  const slot = await freeSlot();
  const dataDir = folderOf(slot);
  const port = await freePort(FIRST_PORT + 20 * (slot - 1));
  const server = await startPrivateDatabase({
    dataDir,
    port,
    secrets: localSecrets(),
    project: projectOf(slot),
    note,
  });
  await withConnection(server.adminUrl, dropLeftovers);
  return server;
}

/** Databases of tests that could not tidy up after themselves. The server is ours alone: nobody uses them. */
async function dropLeftovers(connection) {
  const [rows] = await connection.query('SHOW DATABASES');
  const left = rows.map((row) => row.Database).filter((name) => name.startsWith('t_'));
  for (const name of left) await connection.query(`DROP DATABASE \`${name}\``);
}

const folderOf = (slot) => join(DATA, slot === 1 ? 'test-mariadb' : `test-mariadb-${slot}`);

const projectOf = (slot) => composeProject('pg-gateway-test', folderOf(slot));

/** The first folder that no living run uses. A server whose run was killed is stopped: its data is of no worth. */
async function freeSlot(slot = 1) {
  const live = liveServer(layout(folderOf(slot)));
  if (live?.ownerAlive || isOwned(projectOf(slot))) return freeSlot(slot + 1);
  if (live) {
    say(`Stopping a test database that an interrupted run left behind (pid ${live.pid}).`);
    await end(live.pid, { graceMs: 5_000 });
  }
  return slot;
}
