import { createHmac } from 'node:crypto';
import { createServer, type IncomingHttpHeaders, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { MerchantClient } from './merchant';
import { eventually } from './program';

/** What arrived at a merchant's own server. */
export interface Received {
  readonly path: string;
  readonly headers: IncomingHttpHeaders;
  readonly text: string;
  readonly event: ReceivedEvent;
  /** Monotonic, of this process. */
  readonly atMs: number;
}

export interface ReceivedEvent {
  readonly id: string;
  readonly type: string;
  readonly schemaVersion: string;
  readonly mid: string;
  readonly sequence: number;
  readonly timestamp: string;
  readonly data: Readonly<Record<string, unknown>>;
}

export type Answer = (response: ServerResponse, received: Received) => void;

export const answering =
  (status: number, headers: Record<string, string> = {}): Answer =>
  (response) => {
    response.writeHead(status, headers).end();
  };

/** Takes the request and says nothing. */
export const silent: Answer = () => undefined;

const WITHIN_MS = 60_000;

/** A merchant's server on loopback: keeps what it gets, and answers each path as it is told; 204 else. */
export class MerchantHook {
  readonly received: Received[] = [];
  private readonly answers = new Map<string, Answer>();
  private readonly server: Server = createServer((request, response) => {
    const parts: Buffer[] = [];
    request.on('data', (part: Buffer) => parts.push(part));
    request.on('end', () => {
      const { url: path = '', headers } = request;
      const text = Buffer.concat(parts).toString('utf8');
      const event = JSON.parse(text) as ReceivedEvent;
      const received = { path, headers, text, event, atMs: performance.now() };
      this.received.push(received);
      (this.answers.get(path) ?? answering(204))(response, received);
    });
  });

  static async start(): Promise<MerchantHook> {
    const hook = new MerchantHook();
    await new Promise<void>((done) => hook.server.listen(0, '127.0.0.1', done));
    return hook;
  }

  get url(): string {
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  on(path: string, answer: Answer): void {
    this.answers.set(path, answer);
  }

  at(path: string): Received[] {
    return this.received.filter((each) => each.path === path);
  }

  /** Waits for something that arrives at a path. */
  arrives(path: string, what: string, isIt: (received: Received) => boolean): Promise<Received> {
    return eventually(async () => this.at(path).find(isIt), {
      withinMs: WITHIN_MS,
      what: `${what} at ${path}`,
    });
  }

  async stop(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise((done) => this.server.close(done));
  }
}

/** Whether one of the signatures is right, as the specification says; reckoned here, not by the gateway's code. */
export function isSigned({ headers, text }: Pick<Received, 'headers' | 'text'>, secret: string): boolean {
  const key = Buffer.from(secret.replace(/^whsec_/, ''), 'base64');
  const signed = `${String(headers['webhook-id'])}.${String(headers['webhook-timestamp'])}.${text}`;
  const expected = `v1,${createHmac('sha256', key).update(signed).digest('base64')}`;
  return String(headers['webhook-signature']).split(' ').includes(expected);
}

export interface Registered {
  readonly endpointId: string;
  readonly secret: string;
  readonly path: string;
}

let endpoints = 0;

/** Registers a path of its own at the hook. */
export async function register(
  merchant: MerchantClient,
  hook: MerchantHook,
  more: Record<string, unknown> = {},
): Promise<Registered> {
  endpoints += 1;
  const path = `/hook-${endpoints}`;
  const answer = await merchant.send('POST', '/v1/webhook-endpoints', { url: hook.url + path, ...more });
  if (answer.status !== 201) throw new Error(`no endpoint: ${answer.status} ${answer.text}`);
  const { endpointId, secret } = answer.body as unknown as Registered;
  return { endpointId, secret, path };
}

export const remove = (merchant: MerchantClient, { endpointId }: Registered) =>
  merchant.send('DELETE', `/v1/webhook-endpoints/${endpointId}`);

/** Waits are a tenth of these. Long enough for a busy machine, with a schedule that a test can see the end of. */
export const HOOK_ENV = {
  WEBHOOK_LOOPBACK_ALLOWED: 'true',
  WEBHOOK_CONNECT_TIMEOUT_MS: '30000',
  WEBHOOK_TOTAL_TIMEOUT_MS: '30000',
  WEBHOOK_SLOW_MS: '10000',
  WEBHOOK_SCHEDULE_MS: '0,3000,3000,3000',
};
