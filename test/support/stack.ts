import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { MerchantClient } from './merchant';
import { freePort, freePortRange, httpStatus, Program } from './program';
import { messagingAddresses, SANDBOX_PORTS, sandboxAddresses } from './sandbox-addresses';
import { SandboxControl } from './sandbox-control';
import { createSeededDatabase } from './seeded-database';
import { testEnvironment } from './test-database';

/** Waits of the gateway and the sandbox are a tenth: an acquirer's answer is waited for 1 s, absence believed after 6 s. */
export const TIME_SCALE = 0.1;

/**
 * Limits that only a test of them should meet. On a machine where another suite writes whole schemas at the same time, a
 * connection may take longer than a production database would be given, and a first payment would be refused by 503.
 */
const PATIENCE = {
  DB_POOL_WAIT_MS: '10000',
  DB_QUERY_TIMEOUT_MS: '30000',
  ACQUIRER_CONNECT_TIMEOUT_MS: String(3_000 / TIME_SCALE),
};

/**
 * A worker looks for work four times a second: seventeen sweeps ten times a second, as TIME_SCALE alone would have it, keep
 * a sixth of a processor busy for each stack that waits.
 */
const WORKER_POLL_MS = String(250 / TIME_SCALE);

export interface StackOptions {
  readonly apis?: number;
  readonly worker?: boolean;
  readonly env?: Record<string, string>;
  /** Where the sandbox sends webhooks: an address, or `true` for the first API of this stack; nowhere unless given. */
  readonly webhookUrl?: string | true;
  /** A database that is already there; else the stack makes and drops one of its own. */
  readonly databaseUrl?: string;
}

export interface Api {
  readonly program: Program;
  readonly url: string;
  readonly metricsUrl: string;
  readonly merchant: MerchantClient;
  /** The process kills itself at that point, once. Points are named in docs/architecture.md. */
  crashAt(point: string): void;
}

const build = () => process.env.TEST_BUILD_DIR ?? 'dist-test';
const WORKER_PORT_ANSWERS = (status: number) => status > 0;

/** Sandbox, gateway processes and worker as real processes on free ports, over a database of their own. */
export class Stack {
  readonly apis: Api[] = [];
  worker!: Program;
  sandbox!: Program;
  control!: SandboxControl;
  sandboxUrl = '';
  databaseUrl = '';
  readonly folder = mkdtempSync(join(tmpdir(), 'pg-gateway-test-'));
  private env: NodeJS.ProcessEnv = {};
  private readonly moreWorkers: Program[] = [];
  private dropDatabase: () => Promise<void> = () => Promise.resolve();

  static async start(name: string, options: StackOptions = {}): Promise<Stack> {
    const stack = new Stack();
    try {
      await stack.bringUp(name, options);
      return stack;
    } catch (error) {
      await stack.stop();
      throw error;
    }
  }

  get api(): Api {
    const [first] = this.apis;
    if (first === undefined) throw new Error('the stack has no API');
    return first;
  }

  get merchant(): MerchantClient {
    return this.api.merchant;
  }

  /** What all processes wrote so far. */
  get output(): string {
    const programs = [...this.apis.map(({ program }) => program), this.worker, this.sandbox];
    programs.push(...this.moreWorkers);
    return programs.map(({ output }) => output).join('');
  }

  /** `npm run verify` as a process: its exit code and what it printed. */
  async verify(args: readonly string[] = ['--settled']): Promise<{ code: number; output: string }> {
    return runToEnd(`${build()}/src/verify/main.js`, this.env, args);
  }

  async stop(): Promise<void> {
    const workers = [this.worker, ...this.moreWorkers];
    const programs = [...this.apis.map(({ program }) => program), ...workers];
    await Promise.all(programs.map((program) => program?.stop()));
    await this.sandbox?.stop();
    await this.dropDatabase();
    rmSync(this.folder, { recursive: true, force: true });
  }

  private async bringUp(name: string, options: StackOptions): Promise<void> {
    const port = await freePortRange(SANDBOX_PORTS);
    const smtpPort = await freePort();
    this.sandboxUrl = `http://127.0.0.1:${port}`;
    const settings = {
      TIME_SCALE: String(TIME_SCALE),
      LOG_LEVEL: 'debug',
      ...PATIENCE,
      WORKER_POLL_MS,
      SANDBOX_URL: this.sandboxUrl,
      FILES_DIR: join(this.folder, 'files'),
      ...sandboxAddresses(port),
      ...messagingAddresses(port, smtpPort),
      ...options.env,
    };
    const apiPorts = await Promise.all(Array.from({ length: options.apis ?? 1 }, () => freePort()));
    const { webhookUrl: wish = 'off' } = options;
    const webhookUrl = wish === true ? `http://127.0.0.1:${apiPorts[0]}/v1/webhooks` : wish;
    this.control = new SandboxControl(this.sandboxUrl);
    this.sandbox = new Program({
      name: 'sandbox',
      file: `${build()}/src/sandbox/main.js`,
      env: {
        SANDBOX_PORT: String(port),
        SANDBOX_SMTP_PORT: String(smtpPort),
        SANDBOX_DATA_DIR: join(this.folder, 'sandbox'),
        SANDBOX_TIME_SCALE: String(TIME_SCALE),
        SANDBOX_WEBHOOK_URL: webhookUrl,
      },
      isReady: async () => (await httpStatus(`${this.sandboxUrl}/__sandbox/health`)) === 200,
    });
    await Promise.all([this.sandbox.start(), this.useDatabase(name, options.databaseUrl, settings)]);
    this.env = testEnvironment(this.databaseUrl, settings);
    for (const [index, apiPort] of apiPorts.entries()) this.apis.push(await this.newApi(index, apiPort));
    await this.makeWorker();
    const all = this.apis.map(({ program }) => program);
    if (options.worker !== false) all.push(this.worker);
    await Promise.all(all.map((program) => program.start()));
  }

  private async useDatabase(
    name: string,
    given: string | undefined,
    settings: Record<string, string>,
  ): Promise<void> {
    const seed = async (url: string): Promise<void> => {
      const { code, output } = await runToEnd(`${build()}/src/seed.js`, testEnvironment(url, settings), []);
      if (code !== 0) throw new Error(`the demo data could not be made:\n${output}`);
    };
    if (given !== undefined) {
      this.databaseUrl = given;
      return seed(given);
    }
    const database = await createSeededDatabase(name, seed);
    this.databaseUrl = database.url;
    this.dropDatabase = () => database.drop();
  }

  private async newApi(index: number, port: number): Promise<Api> {
    const metricsPort = await freePort();
    const crashFile = join(this.folder, `crash-${index}`);
    const url = `http://127.0.0.1:${port}`;
    const program = new Program({
      name: `api ${index}`,
      file: `${build()}/src/main.js`,
      env: {
        ...this.env,
        PORT: String(port),
        METRICS_PORT: String(metricsPort),
        CRASH_POINT_FILE: crashFile,
        PUBLIC_URL: 'http://127.0.0.1:3000',
      },
      isReady: async () => (await httpStatus(`${url}/health/ready`)) === 200,
    });
    return {
      program,
      url,
      metricsUrl: `http://127.0.0.1:${metricsPort}/metrics`,
      merchant: new MerchantClient(url),
      crashAt: (point) => writeFileSync(crashFile, point),
    };
  }

  /** One more worker, started; `env` goes before the stack's own, e.g. to shift its clock. */
  async startWorker(env: Record<string, string> = {}): Promise<Program> {
    const worker = await this.newWorker(`worker ${this.moreWorkers.length + 2}`, env);
    this.moreWorkers.push(worker);
    return worker.start();
  }

  private async makeWorker(): Promise<void> {
    this.worker = await this.newWorker('worker', {});
  }

  private async newWorker(name: string, env: Record<string, string>): Promise<Program> {
    const port = await freePort();
    return new Program({
      name,
      file: `${build()}/src/worker.js`,
      env: {
        ...this.env,
        WORKER_METRICS_PORT: String(port),
        CRASH_POINT_FILE: join(this.folder, 'crash-worker'),
        ...env,
      },
      isReady: async () => WORKER_PORT_ANSWERS(await httpStatus(`http://127.0.0.1:${port}/metrics`)),
    });
  }

  /** The worker kills itself at that point, once. */
  crashWorkerAt(point: string): void {
    writeFileSync(join(this.folder, 'crash-worker'), point);
  }
}

/** Runs one of the gateway's programs to its end. */
export async function runToEnd(
  file: string,
  env: NodeJS.ProcessEnv,
  args: readonly string[],
): Promise<{ code: number; output: string }> {
  const child = spawn(process.execPath, [file, ...args], {
    cwd: join(__dirname, '../..'),
    env: { PATH: process.env.PATH, HOME: process.env.HOME, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let output = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.on('data', (data: Buffer) => (output += data.toString()));
  }
  const code = await new Promise<number>((done) => child.once('close', (ended) => done(ended ?? 1)));
  return { code, output };
}
