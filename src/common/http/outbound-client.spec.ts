import { generateKeyPairSync, sign } from 'node:crypto';
import { createServer as createPlain, type RequestListener, type Server } from 'node:http';
import { createServer as createTls } from 'node:https';
import type { AddressInfo } from 'node:net';
import { insideTransaction } from '../db/active-transaction';
import { Logger } from '../logging/logger';
import { Clock } from '../time/clock';
import { OutboundClient } from './outbound-client';

const lines: string[] = [];
const logger = new Logger('info', { write: (line) => lines.push(line) });
const client = new OutboundClient(new Clock(), logger);
const servers: Server[] = [];
afterAll(async () => {
  await client.onApplicationShutdown();
  for (const server of servers) {
    server.closeAllConnections();
    server.close();
  }
});

async function listening(server: Server): Promise<number> {
  servers.push(server);
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  return (server.address() as AddressInfo).port;
}

/** One DER value: tag, length, content. */
function der(tag: number, ...parts: readonly Uint8Array[]): Buffer {
  const content = Buffer.concat(parts);
  const { length } = content;
  const head = length < 128 ? [length] : length < 256 ? [0x81, length] : [0x82, length >> 8, length & 0xff];
  return Buffer.concat([Buffer.from([tag, ...head]), content]);
}

/** A key and the least certificate that X.509 knows (RFC 5280, 4.1): version 1, of nobody, signed by itself. */
function selfSigned(): { key: string; cert: string } {
  const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  // ecdsa-with-SHA256, 1.2.840.10045.4.3.2.
  const algorithm = der(0x30, der(0x06, Buffer.from('2a8648ce3d040302', 'hex')));
  const time = (text: string) => der(0x17, Buffer.from(text));
  const validity = der(0x30, time('200101000000Z'), time('491231235959Z'));
  const nobody = der(0x30);
  const serial = der(0x02, Buffer.from([1]));
  const key = publicKey.export({ format: 'der', type: 'spki' });
  const content = der(0x30, serial, algorithm, nobody, validity, nobody, key);
  const signature = der(0x03, Buffer.from([0]), sign('sha256', content, privateKey));
  const cert = der(0x30, content, algorithm, signature).toString('base64');
  return {
    key: privateKey.export({ format: 'pem', type: 'pkcs8' }).toString(),
    cert: `-----BEGIN CERTIFICATE-----\n${cert}\n-----END CERTIFICATE-----\n`,
  };
}

const answering = (listener: RequestListener) => listening(createPlain(listener));
const ask = (url: string) =>
  client.send({ method: 'GET', url, headers: {}, connectTimeoutMs: 1_000, answerTimeoutMs: 2_000 });

it('gives the answer as it came, a redirect too, and goes nowhere else', async () => {
  const asked: string[] = [];
  const port = await answering((request, response) => {
    asked.push(request.url ?? '');
    response.writeHead(302, { location: '/elsewhere' }).end('moved');
  });
  expect(await ask(`http://127.0.0.1:${port}/here`)).toMatchObject({
    kind: 'ANSWER',
    status: 302,
    body: 'moved',
  });
  expect(asked).toEqual(['/here']);
});

it('sends nothing to whom it cannot know by its certificate, and says so', async () => {
  let asked = 0;
  const server = createTls(selfSigned(), (_request, response) => {
    asked += 1;
    response.end();
  });
  const port = await listening(server);
  expect(await ask(`https://127.0.0.1:${port}/`)).toMatchObject({
    kind: 'NOT_SENT',
    reason: 'DEPTH_ZERO_SELF_SIGNED_CERT',
  });
  expect(asked).toBe(0);
  const told = { msg: 'outbound.not-trusted', host: '127.0.0.1', errorCode: 'DEPTH_ZERO_SELF_SIGNED_CERT' };
  expect(lines.map((line) => JSON.parse(line) as object)).toMatchObject([told]);
});

it('reads no answer without end', async () => {
  const port = await answering((_request, response) => {
    const more = () =>
      void (response.destroyed || response.write('x'.repeat(65_536), () => setImmediate(more)));
    more();
  });
  expect((await ask(`http://127.0.0.1:${port}/`)).kind).toBe('BROKEN');
});

it('tells apart whom it never reached and who did not answer', async () => {
  const port = await answering((request) => request.socket.destroy());
  expect((await ask('http://127.0.0.1:1/')).kind).toBe('NOT_SENT');
  expect((await ask(`http://127.0.0.1:${port}/`)).kind).toBe('BROKEN');
});

it('is not used while a transaction is open', async () => {
  await expect(insideTransaction('a test', () => ask('http://127.0.0.1:1/'))).rejects.toThrow(
    'inside the transaction',
  );
});
