import { spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { freePort } from '../support/program';
import { Stack } from '../support/stack';

const ROOT = join(__dirname, '../..');
const RUN_MS = 180_000;

interface Item {
  readonly item?: readonly Item[];
  readonly request?: {
    readonly method: string;
    readonly url: { readonly raw?: string };
    readonly body?: { readonly raw: string };
  };
}
const COLLECTION = JSON.parse(
  readFileSync(join(ROOT, 'docs/postman/pg-gateway.postman_collection.json'), 'utf8'),
) as { readonly item: readonly Item[] };
const itemsOf = (items: readonly Item[]): Item[] =>
  items.flatMap((each) => (each.item ? itemsOf(each.item) : [each]));

let stack: Stack;
beforeAll(async () => {
  stack = await Stack.start('postman');
});
afterAll(() => stack?.stop());

/** `npm run postman:run` as a process: its exit code and what it printed. */
async function runCollection(sandboxUrl: string): Promise<{ code: number | null; output: string }> {
  const { PATH, HOME } = process.env;
  const child = spawn(process.execPath, [join(ROOT, 'scripts/postman-run.mjs')], {
    env: { PATH, HOME, PG_GATEWAY_URL: stack.api.url, SANDBOX_URL: sandboxUrl },
    stdio: ['ignore', 'pipe', 'pipe'],
    timeout: RUN_MS,
  });
  let output = '';
  for (const stream of [child.stdout, child.stderr])
    stream.on('data', (data: Buffer) => (output += data.toString()));
  const code = await new Promise<number | null>((done) => child.once('close', done));
  return { code, output };
}

it(
  'the flows of the Postman collection do what they expect, twice on one gateway',
  async () => {
    for (let run = 0; run < 2; run += 1) {
      const { code, output } = await runCollection(stack.sandboxUrl);
      expect({ code, output: code === 0 ? '' : output }).toEqual({ code: 0, output: '' });
      const [, requests, checks] = /(\d+) requests, (\d+) checks, all as expected/.exec(output) ?? [];
      expect([Number(requests) >= 25, requests]).toEqual([true, checks]);
    }
  },
  2 * RUN_MS,
);

it.each(['/v1/checkouts', '/v1/virtual-accounts', '/v1/cash-receipts', '/v1/sms-payments'])(
  'the example of %s makes an order of the demo, again and again',
  async (path) => {
    const url = `{{baseUrl}}${path}`;
    const { raw } = itemsOf(COLLECTION.item).find(
      ({ request }) => request?.method === 'POST' && request.url.raw === url,
    )!.request!.body!;
    for (let times = 0; times < 2; times += 1) {
      const body = JSON.parse(raw.replaceAll('{{$guid}}', randomUUID())) as object;
      const { status, text } = await stack.merchant.send('POST', path, body);
      expect([status < 300, status < 300 ? '' : text]).toEqual([true, '']);
    }
  },
);

it(
  'a flow that does something else is told, with exit code 1',
  async () => {
    const { code, output } = await runCollection(`http://127.0.0.1:${await freePort()}`);
    expect(code).toBe(1);
    expect(output).toContain('did not do what is expected');
  },
  RUN_MS,
);
