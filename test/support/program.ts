import { type ChildProcess, spawn } from 'node:child_process';
import { randomInt } from 'node:crypto';
import { createServer } from 'node:net';
import { resolve } from 'node:path';

const READY_WITHIN_MS = 60_000;
const END_WITHIN_MS = 15_000;
const ROOT = resolve(__dirname, '../..');

/**
 * Ports below those that the system gives to outgoing connections (32768 on Linux): one of these could be taken between the
 * look and the program's start. Each Jest worker has a slice of its own.
 */
const SLICE = 2_000;
const SLICE_FIRST = 14_000 + (Number(process.env.JEST_WORKER_ID ?? 1) % 9) * SLICE;
let place = randomInt(SLICE);

/** A port that nothing listens on right now. */
export const freePort = (): Promise<number> => freePortRange(1);

/** As many free ports in a row: the sandbox counts on from its first. */
export async function freePortRange(length: number): Promise<number> {
  for (let tries = 0; tries < SLICE; tries += 1) {
    const first = SLICE_FIRST + (place + length > SLICE ? 0 : place);
    place = first - SLICE_FIRST + length;
    const free = await Promise.all(Array.from({ length }, (_, index) => isFree(first + index)));
    if (free.every(Boolean)) return first;
  }
  throw new Error('no free ports in a row');
}

function isFree(port: number): Promise<boolean> {
  return new Promise((done) => {
    const server = createServer();
    server.once('error', () => done(false));
    server.listen(port, '127.0.0.1', () => server.close(() => done(true)));
  });
}

export interface ProgramOptions {
  readonly name: string;
  /** Below the project's root. */
  readonly file: string;
  readonly args?: readonly string[];
  readonly env?: NodeJS.ProcessEnv;
  /** Whether it can be used; asked until it is true. Receives what the program wrote so far. */
  readonly isReady: (output: string) => boolean | Promise<boolean>;
}

/** One process under test: started, killed and started again under the same settings. */
export class Program {
  private child: ChildProcess | undefined;
  private exit: Promise<void> = Promise.resolve();
  /** Everything that it wrote, over all of its lives. */
  output = '';

  constructor(private readonly options: ProgramOptions) {}

  get pid(): number {
    const pid = this.child?.pid;
    if (pid === undefined) throw new Error(`${this.options.name} does not run`);
    return pid;
  }

  get isRunning(): boolean {
    return this.child !== undefined && this.child.exitCode === null && this.child.signalCode === null;
  }

  async start(): Promise<this> {
    const { name, file, args = [], env, isReady } = this.options;
    const from = this.output.length;
    const child = spawn(process.execPath, [resolve(ROOT, file), ...args], {
      cwd: ROOT,
      env: { PATH: process.env.PATH, HOME: process.env.HOME, ...env },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    this.child = child;
    this.exit = new Promise((done) => child.once('exit', () => done()));
    for (const stream of [child.stdout, child.stderr]) {
      stream.on('data', (data: Buffer) => (this.output += data.toString()));
    }
    const until = Date.now() + READY_WITHIN_MS;
    while (!(await isReady(this.output.slice(from)))) {
      if (!this.isRunning) throw new Error(`${name} ended while starting:\n${this.output.slice(from)}`);
      if (Date.now() > until) throw new Error(`${name} is not ready:\n${this.output.slice(from)}`);
      await pause(20);
    }
    return this;
  }

  /** Settles when the process has gone, however it went. */
  async ended(withinMs = END_WITHIN_MS): Promise<void> {
    const timer = new AbortController();
    const late = pause(withinMs, timer.signal).then(() => {
      if (this.isRunning) throw new Error(`${this.options.name} still runs after ${withinMs} ms`);
    });
    await Promise.race([this.exit, late]);
    timer.abort();
  }

  /** `kill -9`: nothing is flushed, nothing is said. */
  async kill(): Promise<void> {
    if (!this.isRunning) return;
    this.child?.kill('SIGKILL');
    await this.ended();
  }

  async stop(): Promise<void> {
    if (!this.isRunning) return;
    this.child?.kill('SIGTERM');
    await this.ended().catch(() => this.kill());
  }
}

export function pause(ms: number, signal?: AbortSignal): Promise<void> {
  return new Promise((done) => {
    const timer = setTimeout(done, ms);
    signal?.addEventListener('abort', () => {
      clearTimeout(timer);
      done();
    });
  });
}

export async function httpStatus(url: string): Promise<number> {
  try {
    const answer = await fetch(url, { signal: AbortSignal.timeout(2_000) });
    await answer.arrayBuffer();
    return answer.status;
  } catch {
    return 0;
  }
}

/** Asks again until the answer is there; the last error or refusal is told when the time is over. */
export async function eventually<T>(
  ask: () => Promise<T | undefined>,
  { withinMs, what }: { withinMs: number; what: string },
): Promise<T> {
  const until = Date.now() + withinMs;
  let last: unknown;
  do {
    try {
      const found = await ask();
      if (found !== undefined) return found;
    } catch (error) {
      last = error;
    }
    await pause(50);
  } while (Date.now() < until);
  throw new Error(`${what}: not within ${withinMs} ms`, { cause: last });
}
