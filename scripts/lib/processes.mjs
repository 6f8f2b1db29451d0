import { spawn, spawnSync } from 'node:child_process';
import { existsSync, readFileSync, readlinkSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';

/** Whether a process of that id lives (a zombie does not). */
export function isAlive(pid) {
  if (!Number.isInteger(pid) || pid <= 0) return false;
  try {
    process.kill(pid, 0);
  } catch (error) {
    return error.code === 'EPERM';
  }
  return !/^State:\s+Z/m.test(procFile(pid, 'status'));
}

export function procFile(pid, name) {
  try {
    return readFileSync(`/proc/${pid}/${name}`, 'utf8');
  } catch {
    return '';
  }
}

/** The command line of a process, where the system shows it. */
export const commandLine = (pid) => procFile(pid, 'cmdline').split('\0').join(' ').trim();

export function workingFolder(pid) {
  try {
    return readlinkSync(`/proc/${pid}/cwd`);
  } catch {
    return '';
  }
}

/** Who listens on a TCP port, as far as `ss` tells: {pid, command}, or undefined. */
export function listenerOf(port) {
  const { stdout } = spawnSync('ss', ['-ltnpH', `sport = :${port}`], { encoding: 'utf8' });
  const pid = Number(/pid=(\d+)/.exec(stdout ?? '')?.[1]);
  return isAlive(pid) ? { pid, command: commandLine(pid) } : undefined;
}

/** Runs a program to its end and gives {code, output}; `inherit` lets it write to the terminal itself. */
export function run(program, args, { inherit = false, onLine, timeoutMs, ...options } = {}) {
  return new Promise((resolve) => {
    const stdio = ['ignore', inherit ? 'inherit' : 'pipe', inherit ? 'inherit' : 'pipe'];
    const child = spawn(program, args, { stdio, ...options });
    const release = passSignals(child);
    const timer = timeoutMs && setTimeout(() => child.kill('SIGKILL'), timeoutMs);
    let output = '';
    const take = (data) => {
      output += data;
      const line = data.trimEnd().split('\n').at(-1)?.trim();
      if (line) onLine?.(line);
    };
    // A letter may come in two pieces.
    for (const stream of [child.stdout, child.stderr]) stream?.setEncoding('utf8').on('data', take);
    const finish = (code, text = '') => {
      clearTimeout(timer);
      release();
      resolve({ code, output: output + text });
    };
    child.on('error', (error) => finish(127, `${program}: ${error.message}`));
    child.on('close', (code, signal) => finish(code ?? (signal === 'SIGINT' ? 130 : 143)));
  });
}

/** Hands SIGTERM, SIGINT and the end of npm on to a child. */
function passSignals(child) {
  const handlers = ['SIGINT', 'SIGTERM'].map((signal) => [signal, () => child.kill(signal)]);
  for (const [signal, handler] of handlers) process.on(signal, handler);
  const forget = whenNpmEnds(() => child.kill('SIGTERM'));
  return () => {
    forget();
    handlers.forEach(([signal, handler]) => process.off(signal, handler));
  };
}

/**
 * Calls back when the npm that started this command has ended: npm stops its shell, and the shell does not tell us.
 * Gives a function that stops the watch.
 */
export function whenNpmEnds(callback) {
  if (!process.env.npm_lifecycle_event) return () => {};
  const parent = process.ppid;
  const timer = setInterval(() => {
    if (process.ppid === parent) return;
    clearInterval(timer);
    callback();
  }, 250);
  timer.unref();
  return () => clearInterval(timer);
}

/** Ends a process: asks, waits, and insists. Resolves when it is gone. */
export async function end(pid, { signal = 'SIGTERM', graceMs = 10_000 } = {}) {
  const insistAt = Date.now() + graceMs;
  let insisted = false;
  tryKill(pid, signal);
  while (isAlive(pid)) {
    if (!insisted && Date.now() > insistAt) {
      insisted = true;
      tryKill(pid, 'SIGKILL');
    }
    await sleep(20);
  }
  return { insisted };
}

export function tryKill(pid, signal) {
  try {
    process.kill(pid, signal);
  } catch {
    // It is gone already.
  }
}

/** Where a program is: on PATH, or in the folders where servers are often kept outside PATH. */
export function which(...names) {
  const folders = [
    ...(process.env.PATH ?? '').split(':'),
    '/usr/sbin',
    '/usr/local/sbin',
    '/usr/libexec',
    '/usr/local/bin',
  ];
  return names
    .flatMap((name) => folders.map((folder) => `${folder}/${name}`))
    .find((path) => existsSync(path));
}
