import { createServer, request, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** Stands between an adapter and the sandbox and changes members of the JSON answers. */
export class TamperingProxy {
  private readonly server: Server;
  private member: string | null = null;
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

  /** From now on: `cancels.0.cancelAmount` of every answer is another. Null: answers pass as they are. */
  tamper(member: string | null): void {
    this.member = member;
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
    if (this.member === null) return bytes;
    try {
      const content = JSON.parse(bytes.toString('utf8')) as unknown;
      if (!changeMember(content, this.member.split('.'))) return bytes;
      this.changed += 1;
      return Buffer.from(JSON.stringify(content));
    } catch {
      return bytes;
    }
  }
}

/** True where the member was there. A number, or digits, becomes one more; of a text the last character changes. */
function changeMember(content: unknown, path: readonly string[]): boolean {
  const [name = '', ...rest] = path;
  if (typeof content !== 'object' || content === null || !(name in content)) return false;
  const holder = content as Record<string, unknown>;
  const value = holder[name];
  if (rest.length > 0) return changeMember(value, rest);
  if (typeof value === 'number') holder[name] = value + 1;
  else if (typeof value !== 'string' || value === '') return false;
  else if (/^\d{1,15}$/.test(value)) holder[name] = String(Number(value) + 1);
  else holder[name] = value.slice(0, -1) + (value.endsWith('X') ? 'Y' : 'X');
  return true;
}

async function bytesOf(stream: IncomingMessage): Promise<Buffer> {
  const parts: Buffer[] = [];
  for await (const part of stream) parts.push(part as Buffer);
  return Buffer.concat(parts);
}
