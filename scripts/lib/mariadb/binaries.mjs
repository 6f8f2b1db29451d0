import { installPackages, mayInstall } from '../apt.mjs';
import { Problem } from '../output.mjs';
import { run, which } from '../processes.mjs';

const WHAT_TO_DO = [
  'One of these helps:',
  '  - Debian or Ubuntu: sudo apt-get install -y mariadb-server   (only the program is used, not the service)',
  '  - macOS: brew install mariadb',
  '  - Docker: start the Docker engine, with the Compose plugin',
  '  - a server that you have: DATABASE_URL=mysql://user:password@host:3306/pg_gateway npm start',
  'Then run the command again.',
].join('\n');

/**
 * The programs of a MariaDB server: found on the machine, or installed on Debian and Ubuntu when we may. Undefined when
 * there is none and Docker is to take its place; `needed` turns that into a message.
 */
export async function findMariaDb({ needed = true } = {}) {
  const found = present() ?? (mayInstall() ? await install() : undefined);
  if (!found && needed) throw noMariaDb();
  return found;
}

export const noMariaDb = () => new Problem('There is no MariaDB server program on this machine.', WHAT_TO_DO);

function present() {
  const server = which('mariadbd');
  const installer = which('mariadb-install-db');
  return server && installer ? { server, installer } : undefined;
}

async function install() {
  await installPackages(['mariadb-server'], WHAT_TO_DO);
  return present();
}

/** Says clearly when the server is too old to have the settings that gateway.cnf asks for. */
export async function checkVersion({ server }) {
  const { output } = await run(server, ['--no-defaults', '--version']);
  const [major, minor, patch] = (/Ver (\d+)\.(\d+)\.(\d+)-MariaDB/.exec(output) ?? []).slice(1).map(Number);
  const oldest = { 10.6: 18, 10.11: 8, '11.0': 6, 11.1: 5, 11.2: 4, 11.4: 2 }[`${major}.${minor}`] ?? 0;
  const isOldSeries = major < 10 || (major === 10 && minor < 6);
  if (Number.isInteger(major) && !isOldSeries && patch >= oldest) return;
  throw new Problem(
    `${server} cannot be used: ${output.trim() || 'it does not tell its version'}.`,
    'The gateway needs MariaDB 10.6.18, 10.11.8 or newer (innodb_snapshot_isolation). Install one, or set DATABASE_URL.',
  );
}
