import { spawn } from 'node:child_process';
import { closeSync, existsSync, openSync, readFileSync, renameSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { bold, dim, green, indent, Problem, red, say, warn } from './output.mjs';
import { DATA, ensureFolder, ROOT, shown } from './paths.mjs';
import { end } from './processes.mjs';
import { until } from './net.mjs';

const READY_TIMEOUT_MS = 60_000;
const LOG_MAX_BYTES = 20 * 1024 * 1024;
const LONGEST_PAUSE_MS = 10_000;

/** The log file of a process; the one before is kept as `.1` when it has grown big. */
function openLog(name) {
  const path = join(ensureFolder(join(DATA, 'log')), `${name}.log`);
  if (existsSync(path) && statSync(path).size > LOG_MAX_BYTES) renameSync(path, `${path}.1`);
  return { path, from: existsSync(path) ? statSync(path).size : 0 };
}

const lastLines = ({ path, from }, count = 12) =>
  readFileSync(path, 'utf8').slice(from).trimEnd().split('\n').slice(-count).join('\n').trim() ||
  '(nothing was logged)';

/** A program of ours in a process group of its own, its output in `.data/log`. */
export function programStarter({ name, file, nodeFlags = [], env, isReady }) {
  return async ({ cancelled = () => false } = {}) => {
    const log = openLog(name);
    const out = openSync(log.path, 'a');
    const child = spawn(process.execPath, [...nodeFlags, file], {
      cwd: ROOT,
      env,
      detached: true,
      stdio: ['ignore', out, out],
    });
    closeSync(out);
    let over = false;
    const exited = new Promise((resolve) => {
      child.once('error', (error) => resolve(error.message));
      child.once('exit', (code, signal) => resolve(signal ? `killed by ${signal}` : `exit code ${code}`));
    });
    void exited.then(() => (over = true));
    const ready = await until(isReady, {
      timeoutMs: READY_TIMEOUT_MS,
      everyMs: 25,
      giveUp: () => over || cancelled(),
    });
    const stop = async (options) => {
      const result = over ? {} : await end(child.pid, options);
      await exited;
      return result;
    };
    if (ready && !over) return { pid: child.pid, exited, stop, tail: () => lastLines(log) };
    const why = over
      ? `ended before it was ready (${await exited})`
      : `was not ready after ${READY_TIMEOUT_MS / 1000} s`;
    await stop({ graceMs: 2_000 });
    throw new Problem(`The ${name} ${why}.`, `Its whole log is ${shown(log.path)}.`, lastLines(log));
  };
}

/**
 * Keeps one process alive: when it dies, says so with its last words and starts it again. `start` resolves when the
 * process is ready, to {pid, exited, stop, tail}.
 */
export class Service {
  #wanted = false;
  #current;
  #starting;

  constructor(name, start, { graceMs = 10_000, onPid = () => {} } = {}) {
    this.name = name;
    this.start = start;
    this.graceMs = graceMs;
    this.onPid = onPid;
  }

  get pid() {
    return this.#current?.pid;
  }

  /** Starts it for the first time; a failure is thrown. */
  async up() {
    this.#wanted = true;
    this.#starting = this.start({ cancelled: () => !this.#wanted });
    this.#take(await this.#starting);
    return this.#current;
  }

  #take(process) {
    this.#current = process;
    this.onPid(this.name, process.pid);
    void process.exited.then((why) => this.#died(process, why));
  }

  async #died(process, why) {
    if (!this.#wanted) return;
    this.#current = undefined;
    warn(`${red(bold(`The ${this.name} (pid ${process.pid}) died: ${why}.`))} Its last words:`);
    say(dim(indent(process.tail())));
    say(`  → starting it again in 1 s`);
    for (let pause = 1_000; this.#wanted; pause = Math.min(pause * 2, LONGEST_PAUSE_MS)) {
      await sleep(pause);
      if (!this.#wanted) return;
      const since = Date.now();
      try {
        this.#starting = this.start({ cancelled: () => !this.#wanted });
        this.#take(await this.#starting);
        say(`${green('✓')} The ${this.name} is back (pid ${this.pid}, ${Date.now() - since} ms)`);
        return;
      } catch (error) {
        if (!this.#wanted) return;
        warn(`${error.message} Trying again in ${Math.min(pause * 2, LONGEST_PAUSE_MS) / 1000} s.`);
        say(dim(indent(error.details ?? '')));
      }
    }
  }

  async down() {
    this.#wanted = false;
    await this.#starting?.catch(() => undefined);
    const result = await this.#current?.stop({ graceMs: this.graceMs });
    if (result?.insisted) warn(`The ${this.name} did not stop in ${this.graceMs / 1000} s and was killed.`);
  }
}
