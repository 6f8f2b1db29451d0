import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';

const KEEP_ALIVE_MS = 72_000;
const REOPEN_TRIES_MAX = 40;
const REOPEN_PAUSE_MS = 50;

/**
 * An acquirer's own port. Only a port that nobody listens on refuses a connection for certain, so that a client knows
 * that nothing was processed; that is why every acquirer can be cut off alone.
 */
export class OwnListener {
  private readonly server: Server;
  private turn: Promise<void> = Promise.resolve();
  private wanted = false;

  constructor(
    listener: RequestListener,
    private readonly host: string,
    private port: number,
  ) {
    // As long as Fastify's own server keeps them: a client must not meet a connection that closes under it.
    this.server = createServer({ keepAliveTimeout: KEEP_ALIVE_MS, noDelay: true }, listener);
  }

  /** The port it has, also while it is closed. */
  get ownPort(): number {
    return this.port;
  }

  get isOpen(): boolean {
    return this.server.listening;
  }

  /** Opens or closes; the last wish counts, and each waits for the one before. */
  want(open: boolean): Promise<void> {
    this.wanted = open;
    this.turn = this.turn.catch(() => undefined).then(() => this.settle());
    return this.turn;
  }

  private async settle(): Promise<void> {
    if (this.wanted === this.server.listening) return;
    if (this.wanted) await this.open();
    else await this.shut();
  }

  private async open(): Promise<void> {
    for (let tries = 1; ; tries += 1) {
      try {
        await this.listen();
        this.port = (this.server.address() as AddressInfo).port;
        return;
      } catch (error) {
        if (tries >= REOPEN_TRIES_MAX || !isAddressInUse(error) || this.port === 0) throw error;
        await new Promise((resolve) => setTimeout(resolve, REOPEN_PAUSE_MS));
      }
    }
  }

  private listen(): Promise<void> {
    return new Promise((resolve, reject) => {
      this.server.once('error', reject);
      this.server.listen({ port: this.port, host: this.host }, () => {
        this.server.off('error', reject);
        resolve();
      });
    });
  }

  private shut(): Promise<void> {
    return new Promise((resolve) => {
      this.server.close(() => resolve());
      this.server.closeAllConnections();
    });
  }
}

function isAddressInUse(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'EADDRINUSE';
}
