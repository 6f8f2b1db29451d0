import { closeSync, openSync, readFileSync, rmSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { DATA, ensureFolder } from './paths.mjs';
import { isAlive } from './processes.mjs';
import { say } from './output.mjs';

/**
 * One command at a time does `work` in this folder; a second one waits and says for whom. A lock whose owner has died
 * is taken over.
 */
export async function withLock(name, work) {
  const path = join(ensureFolder(join(DATA, 'locks')), name);
  let told = false;
  while (!take(path)) {
    const owner = Number(read(path));
    if (owner && !isAlive(owner)) rmSync(path, { force: true });
    else if (!told) {
      told = true;
      say(`… another command (pid ${owner || '?'}) is busy with "${name}" here; waiting for it`);
    }
    await sleep(100);
  }
  try {
    return await work();
  } finally {
    rmSync(path, { force: true });
  }
}

function take(path) {
  try {
    const file = openSync(path, 'wx');
    writeSync(file, String(process.pid));
    closeSync(file);
    return true;
  } catch (error) {
    if (error.code === 'EEXIST') return false;
    throw error;
  }
}

function read(path) {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return '';
  }
}
