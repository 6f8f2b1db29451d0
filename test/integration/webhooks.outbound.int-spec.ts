import { createServer as createTcpServer, type Server as TcpServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import { insideTransaction } from '../../src/common/db/active-transaction';
import { Clock } from '../../src/common/time/clock';
import { loadConfig } from '../../src/config/app-config';
import { NameLookup } from '../../src/modules/webhooks/outbound/name-lookup';
import { WebhookClient } from '../../src/modules/webhooks/outbound/webhook-client';
import { answering, MerchantHook, silent } from '../support/merchant-hook';
import { NameServer } from '../support/name-server';
import { testEnvironment } from '../support/test-database';

const NAMES: Readonly<Record<string, (time: number) => readonly string[]>> = {
  'good.example.com': () => ['8.8.8.8', '2606:4700::1'],
  'private.example.com': () => ['10.0.0.5'],
  'mixed.example.com': () => ['8.8.8.8', '192.168.0.1'],
  'mixed6.example.com': () => ['8.8.8.8', 'fd00::1'],
  'mapped.example.com': () => ['::ffff:a00:5'],
  'metadata.example.com': () => ['169.254.169.254'],
  'loopback.example.com': () => ['127.0.0.1'],
  'ours.example.com': () => ['9.9.9.9'],
  // Fine at the first look, inside at the second.
  'turning.example.com': (time) => (time === 1 ? ['8.8.8.8'] : ['127.0.0.1']),
};

let names: NameServer;
let hook: MerchantHook;
const clock = new Clock();

beforeAll(async () => {
  names = await NameServer.start((name, time) => NAMES[name]?.(time) ?? []);
  hook = await MerchantHook.start();
});
afterAll(async () => {
  await names?.stop();
  await hook?.stop();
});

const configWith = (more: Record<string, string> = {}) =>
  loadConfig(
    testEnvironment('mysql://nobody@127.0.0.1:1/none', {
      WEBHOOK_DNS_SERVERS: names.address,
      WEBHOOK_REFUSED_NETWORKS: '9.9.9.0/24',
      WEBHOOK_LOOPBACK_ALLOWED: 'true',
      ...more,
    }),
  );
const clientWith = (lookup: Pick<NameLookup, 'addressesOf'>, more: Record<string, string> = {}) =>
  new WebhookClient(lookup as NameLookup, configWith(more), clock);
const post = (url: string, more: Record<string, string> = {}) =>
  clientWith(new NameLookup(configWith(more)), more).post({ url, headers: {}, body: '{}' });

describe('a name', () => {
  const look = (name: string) => new NameLookup(configWith()).addressesOf(name);

  it('that leads outside gives all its addresses', async () => {
    const found = await look('good.example.com');
    expect(found.map(({ address, family }) => `${family} ${address}`).sort()).toEqual([
      '4 8.8.8.8',
      '6 2606:4700::1',
    ]);
  });

  it.each(['private', 'mixed', 'mixed6', 'mapped', 'metadata', 'loopback', 'ours'])(
    'that leads inside by one address only is refused (%s)',
    async (name) => {
      await expect(look(`${name}.example.com`)).rejects.toThrow('the address is not public');
      const { outcome, httpStatus } = await post(`https://${name}.example.com/hook`);
      expect([outcome, httpStatus]).toEqual(['ADDRESS_REFUSED', null]);
    },
  );

  it('that nobody knows is told as such', async () => {
    expect((await post('https://nobody.example.com/')).outcome).toBe('NAME_UNKNOWN');
  });

  it('is looked up once for each connection: what it says the second time is refused, not used', async () => {
    const lookup = new NameLookup(configWith());
    const first = await lookup.addressesOf('turning.example.com');
    expect(first).toEqual([{ address: '8.8.8.8', family: 4 }]);
    await expect(lookup.addressesOf('turning.example.com')).rejects.toThrow('not public');
  });
});

describe('a connection', () => {
  it('goes to the checked address, under the name of the URL, and asks nobody again', async () => {
    let looks = 0;
    const client = clientWith({
      addressesOf: (host) => {
        looks += 1;
        expect(host).toBe('pinned.example.com');
        return Promise.resolve([{ address: '127.0.0.1', family: 4 as const }]);
      },
    });
    const { port } = new URL(hook.url);
    const before = names.asked.length;
    const url = `http://pinned.example.com:${port}/pinned?a=1`;
    const result = await client.post({ url, headers: { 'webhook-id': 'evt_1' }, body: '{"a":1}' });
    expect([result.outcome, result.httpStatus, looks]).toEqual(['DELIVERED', 204, 1]);
    expect(names.asked).toHaveLength(before);
    const [got] = hook.at('/pinned?a=1');
    expect(got).toMatchObject({ text: '{"a":1}', headers: { host: `pinned.example.com:${port}` } });
  });

  it('is not made to an address of this machine unless that is allowed', async () => {
    const refused = await post(`${hook.url}/refused`, { WEBHOOK_LOOPBACK_ALLOWED: 'false' });
    expect([refused.outcome, hook.at('/refused')]).toEqual(['ADDRESS_REFUSED', []]);
    expect((await post(`${hook.url}/taken`)).outcome).toBe('DELIVERED');
  });

  it.each([
    'http://10.255.255.1/',
    'http://[::ffff:10.0.0.1]/',
    'http://169.254.169.254/',
    'http://0.0.0.0/',
  ])('is never made to %s', async (url) => expect((await post(url)).outcome).toBe('ADDRESS_REFUSED'));

  it('ends when the endpoint is silent, closed, or speaks no TLS', async () => {
    hook.on('/silent', silent);
    const hurry = { WEBHOOK_CONNECT_TIMEOUT_MS: '300', WEBHOOK_TOTAL_TIMEOUT_MS: '600' };
    expect((await post(`${hook.url}/silent`, hurry)).outcome).toBe('TIMED_OUT');
    expect((await post('http://127.0.0.1:1/')).outcome).toBe('CONNECTION_FAILED');
    const plain = await plainServer();
    const { port } = plain.address() as AddressInfo;
    expect((await post(`https://127.0.0.1:${port}/`)).outcome).toBe('TLS_FAILED');
    await new Promise((done) => plain.close(done));
  });

  it('reads no more of an answer than it needs, and the status decides although the body never ends', async () => {
    hook.on('/endless', (response) => {
      response.writeHead(200);
      const more = () =>
        void (response.destroyed || response.write('x'.repeat(16_384), () => setImmediate(more)));
      more();
    });
    const { outcome, answerHead } = await post(`${hook.url}/endless`);
    expect([outcome, answerHead!.length]).toEqual(['DELIVERED', 512]);
    hook.on('/asks', answering(503, { 'retry-after': '7' }));
    expect(await post(`${hook.url}/asks`)).toMatchObject({ outcome: 'HTTP_ERROR', retryAfterMs: 7_000 });
    hook.on('/asks-in-vain', answering(500, { 'retry-after': '7' }));
    expect((await post(`${hook.url}/asks-in-vain`)).retryAfterMs).toBeNull();
  });

  it('is refused while a transaction is open', async () => {
    await expect(insideTransaction('a test', () => post(hook.url))).rejects.toThrow('inside the transaction');
  });
});

function plainServer(): Promise<TcpServer> {
  const server = createTcpServer((socket) => {
    socket.on('error', () => undefined).resume();
    socket.end('this is no TLS\r\n');
  });
  return new Promise((done) => server.listen(0, '127.0.0.1', () => done(server)));
}
