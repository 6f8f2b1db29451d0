import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { isAlive, procFile, tryKill } from '../processes.mjs';
import { removeOldNetworks } from './network.mjs';

/** In the environment of everything that a drill starts: the drill's process id. */
const MARK = 'PG_GALERA_DRILL';
const FOLDER = /^pg-galera-(\d+)-/;

/** From now on all children of this process can be told from others, and its folders as well. */
export function markOurs() {
  process.env[MARK] = String(process.pid);
}

export const newFolder = () => mkdtempSync(join(tmpdir(), `pg-galera-${process.pid}-`));

/** What drills left behind that were killed before they could tidy up: processes, networks and folders. */
export async function removeLeftovers() {
  const isOver = (pid) => pid !== undefined && !isAlive(Number(pid));
  for (const pid of readdirSync('/proc').map(Number).filter(Boolean)) {
    const marked = procFile(pid, 'environ')
      .split('\0')
      .find((line) => line.startsWith(`${MARK}=`));
    if (isOver(marked?.slice(MARK.length + 1))) tryKill(pid, 'SIGKILL');
  }
  await removeOldNetworks();
  for (const name of readdirSync(tmpdir())) {
    if (isOver(FOLDER.exec(name)?.[1])) rmSync(join(tmpdir(), name), { recursive: true, force: true });
  }
}
