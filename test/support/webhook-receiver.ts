import { createServer, type IncomingHttpHeaders, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface ReceivedWebhook {
  readonly path: string;
  readonly headers: IncomingHttpHeaders;
  readonly body: Buffer;
  /** Monotonic. */
  readonly atMs: number;
}

/** Takes what the sandbox sends to the gateway, and keeps it. */
export class WebhookReceiver {
  readonly received: ReceivedWebhook[] = [];
  /** The statuses of the next answers; 200 once they are used up. */
  statuses: number[] = [];
  /** What every message is answered with. */
  receipt = { contentType: 'text/plain', body: 'OK' };
  private readonly server: Server = createServer((request, response) => {
    const parts: Buffer[] = [];
    request.on('data', (part: Buffer) => parts.push(part));
    request.on('end', () => {
      const { url = '', headers } = request;
      this.received.push({ path: url, headers, body: Buffer.concat(parts), atMs: performance.now() });
      response
        .writeHead(this.statuses.shift() ?? 200, { 'content-type': this.receipt.contentType })
        .end(this.receipt.body);
    });
  });

  static async start(): Promise<WebhookReceiver> {
    const receiver = new WebhookReceiver();
    await new Promise<void>((done) => receiver.server.listen(0, '127.0.0.1', done));
    return receiver;
  }

  get url(): string {
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  async stop(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise((done) => this.server.close(done));
  }
}
