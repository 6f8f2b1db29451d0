import { execFile } from 'node:child_process';
import { mkdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';
import { freePort, Program } from './program';

const run = promisify(execFile);
const ROOT = resolve(__dirname, '../..');

/** What scripts/mariadb.mjs prints: a process of this machine, or a container where there is only Docker. */
interface ServerLine {
  readonly pid?: number;
  readonly container?: string;
  readonly project?: string;
  readonly port: number;
  readonly adminUrl: string;
}

/**
 * A MariaDB server of a test's own, that it may kill: the shared one serves other tests at the same time. Needs a
 * MariaDB program, or Docker with Compose, as `npm test` does.
 */
export class DatabaseServer {
  private line: ServerLine | undefined;
  private keeper: Program | undefined;
  private frozen = false;

  /** `tls`: a folder with cert.pem and key.pem; the server then takes encrypted connections only. */
  constructor(
    private readonly folder: string,
    private readonly tls?: string,
  ) {}

  get adminUrl(): string {
    return this.running.adminUrl;
  }

  /** Starts it, the second time on the port and the data of the first. */
  async start(): Promise<void> {
    // Two that look for the first free port of a range at the same time would find the same one.
    const port = String(this.line?.port ?? (await freePort()));
    this.keeper = new Program({
      name: 'mariadb',
      file: 'scripts/mariadb.mjs',
      args: [
        '--data-dir',
        this.folder,
        '--port',
        port,
        ...(this.tls === undefined ? [] : ['--tls', this.tls]),
      ],
      isReady: (output) => output.includes('"adminUrl"'),
    });
    await this.keeper.start();
    const line = this.keeper.output.split('\n').find((text) => text.startsWith('{'));
    this.line = JSON.parse(line ?? '{}') as ServerLine;
  }

  /** `kill -9` of the server itself. */
  async kill(): Promise<void> {
    await this.signal('SIGKILL', ['kill', '--signal', 'KILL']);
    // A container's keeper does not end with it.
    if (this.running.container !== undefined) await this.keeper?.stop();
    await this.keeper?.ended();
  }

  /** The server stops answering without going away, as a stalled disk or a paused machine does. */
  async freeze(): Promise<void> {
    await this.signal('SIGSTOP', ['pause']);
    this.frozen = true;
  }

  async thaw(): Promise<void> {
    if (!this.frozen) return;
    await this.signal('SIGCONT', ['unpause']);
    this.frozen = false;
  }

  async stop(): Promise<void> {
    await this.thaw();
    await this.keeper?.stop();
  }

  /** The folder with every file of the stopped server: its own, or a copy of what is in the container's volume. */
  async files(): Promise<string> {
    const { container } = this.running;
    if (container === undefined) return this.folder;
    const copy = join(this.folder, 'copy');
    mkdirSync(copy, { recursive: true });
    await run('docker', ['cp', `${container}:/var/lib/mysql`, copy]);
    return copy;
  }

  /** Ends it for good. Its folder is the caller's; a container goes with its volume. */
  async remove(): Promise<void> {
    await this.stop();
    const { project } = this.line ?? {};
    if (project === undefined) return;
    const down = ['--env-file', '.data/local.env', 'down', '--volumes'];
    await run('docker', ['compose', '--project-name', project, ...down], { cwd: ROOT });
  }

  private get running(): ServerLine {
    if (this.line === undefined) throw new Error('the database server does not run');
    return this.line;
  }

  private async signal(signal: NodeJS.Signals, docker: readonly string[]): Promise<void> {
    const { pid, container } = this.running;
    if (container !== undefined) await run('docker', [...docker, container]);
    else if (pid !== undefined) process.kill(pid, signal);
  }
}
