import { createSocket, type Socket } from 'node:dgram';
import { isIP } from 'node:net';

const TYPES: Readonly<Record<number, 4 | 6>> = { 1: 4, 28: 6 };

/** A name server over UDP that answers what it is told, and counts how often each name was asked for. */
export class NameServer {
  readonly asked: string[] = [];
  private readonly socket: Socket = createSocket('udp4');

  private constructor(private readonly addressesOf: (name: string, time: number) => readonly string[]) {}

  /** `time`: 1 for the first look at a name (its A and AAAA together), 2 for the second … */
  static async start(addressesOf: (name: string, time: number) => readonly string[]): Promise<NameServer> {
    const server = new NameServer(addressesOf);
    server.socket.on('message', (query, { port, address }) => {
      server.socket.send(server.answer(query), port, address);
    });
    await new Promise<void>((done) => server.socket.bind(0, '127.0.0.1', done));
    return server;
  }

  get address(): string {
    return `127.0.0.1:${this.socket.address().port}`;
  }

  stop(): Promise<void> {
    return new Promise((done) => this.socket.close(() => done()));
  }

  private answer(query: Buffer): Buffer {
    let at = 12;
    const labels: string[] = [];
    for (let length = query[at]!; length > 0; length = query[at]!) {
      labels.push(query.toString('latin1', at + 1, at + 1 + length));
      at += length + 1;
    }
    const family = TYPES[query.readUInt16BE(at + 1)];
    const question = query.subarray(12, at + 5);
    const name = labels.join('.').toLowerCase();
    const key = `${name} ${family}`;
    this.asked.push(key);
    const time = this.asked.filter((each) => each === key).length;
    const records = this.addressesOf(name, time)
      .filter((address) => isIP(address) === family)
      .map(recordOf);
    const head = Buffer.alloc(12);
    query.copy(head, 0, 0, 2);
    head.writeUInt16BE(0x8180, 2);
    head.writeUInt16BE(1, 4);
    head.writeUInt16BE(records.length, 6);
    return Buffer.concat([head, question, ...records]);
  }
}

/** An answer to the question that begins at byte 12; it holds for no time. */
function recordOf(address: string): Buffer {
  const data = isIP(address) === 4 ? Buffer.from(address.split('.').map(Number)) : bytesOf(address);
  const head = Buffer.alloc(12);
  head.writeUInt16BE(0xc00c, 0);
  head.writeUInt16BE(data.length === 4 ? 1 : 28, 2);
  head.writeUInt16BE(1, 4);
  head.writeUInt16BE(data.length, 10);
  return Buffer.concat([head, data]);
}

function bytesOf(address: string): Buffer {
  const [left = '', right = ''] = address.split('::');
  const groups = (text: string) => (text === '' ? [] : text.split(':').map((group) => parseInt(group, 16)));
  const [first, last] = [groups(left), groups(right)];
  const all = [...first, ...Array<number>(8 - first.length - last.length).fill(0), ...last];
  const bytes = Buffer.alloc(16);
  all.forEach((group, index) => bytes.writeUInt16BE(group, index * 2));
  return bytes;
}
