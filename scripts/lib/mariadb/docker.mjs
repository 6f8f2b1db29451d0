import { answers, until } from '../net.mjs';
import { Problem } from '../output.mjs';
import { ROOT } from '../paths.mjs';
import { run } from '../processes.mjs';
import { LOCAL_ENV } from '../env.mjs';
import { noMariaDb } from './binaries.mjs';
import { urlOf } from './setup-sql.mjs';

/**
 * The database server of docker-compose.yml alone, for machines without a MariaDB program: the same settings, the same
 * users, published on 127.0.0.1. Its data is in a volume of the Compose project.
 */
export async function startDockerMariaDb({ project, port, secrets, note = () => {} }) {
  const compose = (...args) =>
    run('docker', ['compose', '--project-name', project, '--env-file', LOCAL_ENV, ...args], {
      cwd: ROOT,
      env: { ...process.env, ...secrets, DATABASE_PORT: String(port) },
      onLine: (line) => note(line.slice(0, 50)),
    });
  if ((await run('docker', ['info'], { timeoutMs: 15_000 })).code !== 0) throw noMariaDb();
  const { code, output } = await compose('up', '--detach', '--wait', 'mariadb');
  const isUp = code === 0 && (await until(() => answers({ port, greeting: true }), { timeoutMs: 60_000 }));
  if (!isUp) {
    throw new Problem(
      'The database container did not start.',
      `Look at it with: docker compose --project-name ${project} logs mariadb`,
      output.split('\n').slice(-12).join('\n'),
    );
  }
  note('in Docker');
  const url = (user, database) => urlOf(user, secrets, { port, database });
  return {
    port,
    url: url('app'),
    migrationUrl: url('migrate'),
    verifyUrl: url('verify'),
    adminUrl: url('admin', ''),
    exited: new Promise(() => {}),
    stop: () => compose('stop', 'mariadb'),
  };
}
