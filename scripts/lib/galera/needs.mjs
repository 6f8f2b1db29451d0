import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { installPackages, mayInstall } from '../apt.mjs';
import { Problem } from '../output.mjs';
import { which } from '../processes.mjs';

/** What the drill uses, and the Debian package that has it. */
const PROGRAMS = {
  mariadbd: 'mariadb-server',
  'mariadb-install-db': 'mariadb-server',
  mariadb: 'mariadb-client',
  'mariadb-dump': 'mariadb-client',
  'mariadb-backup': 'mariadb-backup',
  haproxy: 'haproxy',
  socat: 'socat',
  ip: 'iproute2',
  setpriv: 'util-linux',
};
const PROVIDER = '/usr/lib/galera/libgalera_smm.so';

const missing = () => [
  ...new Set([
    ...Object.entries(PROGRAMS).flatMap(([program, name]) => (which(program) ? [] : [name])),
    ...(existsSync(PROVIDER) ? [] : ['galera-4']),
  ]),
];

/** Everything that the drill needs of the machine: Linux, root, and some packages of Debian, which it installs. */
export async function ensureNeeds() {
  if (process.platform !== 'linux' || process.getuid?.() !== 0) {
    throw new Problem(
      'The drill makes network namespaces, and for that it must be root on Linux.',
      'Run it as root on Debian 12 or newer, or in a privileged container of it: sudo npm run drill:galera',
    );
  }
  const names = missing();
  if (names.length === 0) return;
  const next = `Install them, then run the command again: apt-get install ${names.join(' ')}`;
  if (!mayInstall()) throw new Problem(`These packages are missing: ${names.join(', ')}.`, next);
  await installPackages(names, next);
  if (missing().length > 0) throw new Problem(`Programs of ${missing().join(', ')} are still missing.`, next);
}

/** The system user whom the nodes run as: the state transfer of MariaDB refuses root. */
export function nodeUser() {
  const id = (flag) => spawnSync('id', [flag, 'mysql'], { encoding: 'utf8' }).stdout.trim();
  if (!/^\d+$/.test(id('-u'))) {
    throw new Problem('There is no system user mysql.', 'The package mariadb-server makes it: install that.');
  }
  const owns = (path) => {
    const { status } = spawnSync('chown', ['-R', 'mysql:', path]);
    if (status !== 0) throw new Problem(`${path} could not be given to mysql.`, 'Look at its file system.');
  };
  return { name: 'mysql', group: id('-gn'), owns };
}

/** What was tried, for the report. */
export function versions() {
  const first = (program, ...args) => {
    const { stdout } = spawnSync(which(program), args, { encoding: 'utf8' });
    return /\d+\.\d+\.\d+/.exec(stdout)?.[0];
  };
  const galera = spawnSync('dpkg-query', ['-W', '-f', '${Version}', 'galera-4'], { encoding: 'utf8' }).stdout;
  return { mariadb: first('mariadbd', '--version'), haproxy: first('haproxy', '-v'), galera };
}
