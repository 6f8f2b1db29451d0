import { Program } from './program';

interface ServerLine {
  readonly pid: number;
  readonly port: number;
  readonly adminUrl: string;
  readonly errorLog: string;
}

/** A MariaDB server of a test's own, that it may kill: the shared one serves other tests at the same time. */
export class DatabaseServer {
  private line: ServerLine | undefined;
  private keeper: Program | undefined;
  private frozen = false;

  constructor(private readonly folder: string) {}

  get adminUrl(): string {
    if (this.line === undefined) throw new Error('the database server does not run');
    return this.line.adminUrl;
  }

  /** Starts it, the second time on the port and the data of the first. */
  async start(): Promise<void> {
    const port = String(this.line?.port ?? 0);
    this.keeper = new Program({
      name: 'mariadb',
      file: 'scripts/mariadb.mjs',
      args: ['--data-dir', this.folder, '--port', port],
      isReady: (output) => output.includes('"adminUrl"'),
    });
    await this.keeper.start();
    const line = this.keeper.output.split('\n').find((text) => text.startsWith('{'));
    this.line = JSON.parse(line ?? '{}') as ServerLine;
  }

  /** `kill -9` of the server itself. */
  async kill(): Promise<void> {
    if (this.line !== undefined) process.kill(this.line.pid, 'SIGKILL');
    await this.keeper?.ended();
  }

  /** The server stops answering without going away, as a stalled disk or a paused machine does. */
  freeze(): void {
    if (this.line === undefined) return;
    process.kill(this.line.pid, 'SIGSTOP');
    this.frozen = true;
  }

  thaw(): void {
    if (!this.frozen || this.line === undefined) return;
    process.kill(this.line.pid, 'SIGCONT');
    this.frozen = false;
  }

  async stop(): Promise<void> {
    this.thaw();
    await this.keeper?.stop();
  }
}
