import { createServer, request, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** What is changed of an answer: the member at a path, or where `from` is given that part of its text. */
export interface Change {
  /** `cancels.0.cancelAmount` */
  readonly path: string;
  readonly from?: string;
  readonly to?: string;
}

/** Stands between an adapter and the sandbox and changes members of the JSON answers. */
export class TamperingProxy {
  private readonly server: Server;
  private change: Change | null = null;
  /** How many answers held the member and were changed. */
  changed = 0;

  private constructor(private readonly target: URL) {
    this.server = createServer((incoming, outgoing) => {
      this.pass(incoming, outgoing).catch(() => outgoing.destroy());
    });
  }

  /** `target`: the address whose host answers in truth. */
  static async start(target: string): Promise<TamperingProxy> {
    const proxy = new TamperingProxy(new URL(target));
    await new Promise<void>((done) => proxy.server.listen(0, '127.0.0.1', done));
    return proxy;
  }

  get port(): number {
    return (this.server.address() as AddressInfo).port;
  }

  /** From now on: this of every answer is another. Null: answers pass as they are. */
  tamper(change: Change | null): void {
    this.change = change;
    this.changed = 0;
  }

  async stop(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise((done) => this.server.close(done));
  }

  private async pass(incoming: IncomingMessage, outgoing: ServerResponse): Promise<void> {
    const body = await bytesOf(incoming);
    const answer = await new Promise<IncomingMessage>((done, fail) => {
      const { hostname, port } = this.target;
      const { url, method, headers } = incoming;
      request({ hostname, port, path: url, method, headers, agent: false }, done)
        .once('error', fail)
        .end(body);
    });
    const bytes = this.rewritten(await bytesOf(answer));
    const { 'content-length': _length, 'transfer-encoding': _encoding, ...headers } = answer.headers;
    outgoing.writeHead(answer.statusCode ?? 502, { ...headers, 'content-length': bytes.length });
    outgoing.end(bytes);
  }

  private rewritten(bytes: Buffer): Buffer {
    if (this.change === null) return bytes;
    try {
      const content = JSON.parse(bytes.toString('utf8')) as unknown;
      if (!changeMember(content, this.change.path.split('.'), this.change)) return bytes;
      this.changed += 1;
      return Buffer.from(JSON.stringify(content));
    } catch {
      return bytes;
    }
  }
}

/** True where the member was there. */
function changeMember(content: unknown, path: readonly string[], change: Change): boolean {
  const [name = '', ...rest] = path;
  if (typeof content !== 'object' || content === null || !(name in content)) return false;
  const holder = content as Record<string, unknown>;
  const value = holder[name];
  if (rest.length > 0) return changeMember(value, rest, change);
  const other = changed(value, change);
  if (other === undefined || other === value) return false;
  holder[name] = other;
  return true;
}

/** A number, or digits, becomes one more and as long; of a text the last character changes, and stays of its kind. */
function changed(value: unknown, { from, to = '' }: Change): unknown {
  if (typeof value === 'number') return value + 1;
  if (typeof value !== 'string' || value === '') return undefined;
  if (from !== undefined) return value.replace(from, to);
  if (/^\d{1,15}$/.test(value)) return String(Number(value) + 1).padStart(value.length, '0');
  const last = value.slice(-1);
  const other = /\d/.test(last) ? String((Number(last) + 1) % 10) : last === 'X' ? 'Y' : 'X';
  return value.slice(0, -1) + other;
}

async function bytesOf(stream: IncomingMessage): Promise<Buffer> {
  const parts: Buffer[] = [];
  for await (const part of stream) parts.push(part as Buffer);
  return Buffer.concat(parts);
}
