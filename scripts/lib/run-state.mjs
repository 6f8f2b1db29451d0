import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Problem } from './output.mjs';
import { DATA, ensureFolder, ROOT } from './paths.mjs';
import { commandLine, isAlive, tryKill } from './processes.mjs';
import { readJson } from './stamp.mjs';

const FILE = join(DATA, 'run.json');

/** Which processes the running `npm start` has, so that the next one can tell what it finds. */
export class RunState {
  #processes = {};

  /** Says when a start runs here already, or when a killed one left processes behind. */
  static refuseOther() {
    const { pid, processes = {} } = readJson(FILE) ?? {};
    if (isAlive(pid) && isOurs(pid, 'start.mjs')) {
      throw new Problem(
        `npm start already runs in this folder (pid ${pid}).`,
        `Use it, or stop it first: Ctrl-C there, or kill ${pid}`,
      );
    }
    const left = Object.entries(processes).filter(([, id]) => isAlive(id) && isOurs(id, ROOT));
    if (left.length === 0) return;
    const named = left.map(([name, id]) => `${name} (pid ${id})`).join(', ');
    throw new Problem(
      `An earlier npm start was killed and left processes behind: ${named}.`,
      `Stop them, then start again: kill ${left.map(([, id]) => id).join(' ')}`,
    );
  }

  note = (name, pid) => {
    if (pid) this.#processes[name] = pid;
    ensureFolder(DATA);
    writeFileSync(FILE, `${JSON.stringify({ pid: process.pid, processes: this.#processes })}\n`);
  };

  killAll() {
    for (const pid of Object.values(this.#processes)) tryKill(pid, 'SIGKILL');
  }

  clear() {
    rmSync(FILE, { force: true });
  }
}

/** Process ids are used again: where the system shows command lines, look whether it is really ours. */
function isOurs(pid, mark) {
  const command = commandLine(pid);
  return command === '' || command.includes(mark);
}
