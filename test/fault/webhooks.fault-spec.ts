import { SqlPool } from '../../src/common/db/pool';
import { newId } from '../../src/common/ids/id';
import { recordEvent } from '../../src/common/outbox/outbox';
import { secretKeyHash } from '../../src/modules/merchants/secrets';
import { basic, MerchantClient } from '../support/merchant';
import { HOOK_ENV, MerchantHook, type Received, register } from '../support/merchant-hook';
import { eventually, pause } from '../support/program';
import { Stack } from '../support/stack';

jest.setTimeout(1_800_000);

/** 10,000 events to 200 endpoints and 20 kills with `npm run fault -- --release`. */
const IS_RELEASE = Number(process.env.FAULT_ROUNDS ?? 1) > 1;
const sizeOf = (key: string, quick: number, release: number) =>
  Number(process.env[key] ?? (IS_RELEASE ? release : quick));
const EVENTS = sizeOf('FAULT_WEBHOOK_EVENTS', 300, 10_000);
const ENDPOINTS = sizeOf('FAULT_WEBHOOK_ENDPOINTS', 10, 200);
const KILLS = sizeOf('FAULT_WEBHOOK_KILLS', 4, 20);
const PER_MERCHANT = 2;
const WRITERS = 8;
const SEED = Number(process.env.FAULT_SEED ?? 20_261_121);
const WITHIN_MS = 900_000;

/** A dead endpoint's schedule outlasts the run, so that all of it arrives once the endpoint is back. */
const ENV = {
  ...HOOK_ENV,
  LOG_LEVEL: 'warn',
  WEBHOOK_SCHEDULE_MS: '0,10000,20000,40000,80000,160000,320000,640000,1280000,2560000,5120000',
};

type Kind = 'healthy' | 'silent' | 'slow' | 'flapping' | 'failing';
const KINDS: readonly Kind[] = [
  ...['healthy', 'silent', 'healthy', 'slow', 'healthy', 'flapping', 'healthy', 'failing'],
  ...['healthy', 'healthy'],
] as Kind[];

interface Target {
  readonly path: string;
  readonly mid: string;
  readonly kind: Kind;
}

let stack: Stack;
let pool: SqlPool;
let hook: MerchantHook;
let state = SEED;

/** xorshift: the same seed makes the same run, as far as processes allow. */
function random(): number {
  state ^= state << 13;
  state ^= state >>> 17;
  state ^= state << 5;
  return (state >>> 0) / 2 ** 32;
}

beforeAll(async () => {
  stack = await Stack.start('webhook_faults', { worker: false, env: ENV });
  pool = new SqlPool(stack.databaseUrl, {
    ...{ connectionsMax: WRITERS + 2, waitMs: 30_000, queryTimeoutMs: 60_000 },
  });
  hook = await MerchantHook.start();
});
afterAll(async () => {
  await pool?.close();
  await stack?.stop();
  await hook?.stop();
});

/** Merchants of their own: `sk_test_…` opens each. */
async function merchants(count: number): Promise<MerchantClient[]> {
  const made: MerchantClient[] = [];
  for (let index = 1; index <= count; index += 1) {
    const mid = `M80${String(index).padStart(5, '0')}`;
    const secret = `sk_test_${mid}_of_webhooks`;
    await pool.execute(
      `INSERT INTO merchants (mid, name, business_number, representative, address, phone, status, created_at)
       VALUES (?, '모두의문구', ?, '김대표', '서울', '0215440000', 'ACTIVE', UTC_TIMESTAMP(3))`,
      [mid, String(2_000_000_000 + index)],
    );
    await pool.execute(
      `INSERT INTO api_keys (id, mid, secret_hash, hint, created_by, created_at)
       VALUES (?, ?, ?, 'sk_test_****', 'test', UTC_TIMESTAMP(3))`,
      [newId('key'), mid, secretKeyHash(secret)],
    );
    made.push(new MerchantClient(stack.api.url, mid, basic(secret)));
  }
  return made;
}

async function registered(): Promise<Target[]> {
  const targets: Target[] = [];
  for (const merchant of await merchants(Math.ceil(ENDPOINTS / PER_MERCHANT))) {
    for (let each = 0; each < PER_MERCHANT && targets.length < ENDPOINTS; each += 1) {
      const { path } = await register(merchant, hook);
      targets.push({ path, mid: merchant.mid, kind: KINDS[targets.length % KINDS.length]! });
    }
  }
  return targets;
}

/** Each sick endpoint as its kind says; a flapping one refuses every event once. */
function fallSick(targets: readonly Target[]): void {
  for (const { path, kind } of targets) {
    const seen = new Set<string>();
    if (kind === 'silent') hook.on(path, () => undefined);
    if (kind === 'failing') hook.on(path, (response) => response.writeHead(500).end());
    if (kind === 'slow')
      hook.on(path, (response) => void setTimeout(() => response.writeHead(204).end(), 1_500));
    if (kind === 'flapping') {
      hook.on(path, (response, { event }) => {
        const isFirst = !seen.has(event.id);
        seen.add(event.id);
        response.writeHead(isFirst ? 503 : 204).end();
      });
    }
  }
}

function getWell(targets: readonly Target[]): void {
  for (const { path } of targets) hook.on(path, (response) => response.writeHead(204).end());
}

/** Committed changes by their subject, with when that was known; and those that were undone. */
const committed = new Map<string, { readonly mid: string; readonly atMs: number }>();
const undone = new Set<string>();

/** Writers side by side, so that numbers are given out in another order than commits; a tenth is rolled back. */
async function write(count: number, mids: readonly string[], perSecond: number | null): Promise<string[]> {
  const subjects: string[] = [];
  const begun = performance.now();
  const writer = async () => {
    while (subjects.length < count) {
      const place = subjects.length;
      const [subject, mid] = [newId('sub'), mids[Math.floor(random() * mids.length)]!];
      subjects.push(subject);
      if (perSecond !== null)
        await pause(Math.max(0, begun + (place * 1_000) / perSecond - performance.now()));
      await change(subject, mid, { holdMs: random() < 0.2 ? random() * 60 : 0, isUndone: random() < 0.1 });
    }
  };
  await Promise.all(Array.from({ length: WRITERS }, writer));
  return subjects.filter((subject) => committed.has(subject));
}

async function change(
  subject: string,
  mid: string,
  { holdMs, isUndone }: { readonly holdMs: number; readonly isUndone: boolean },
): Promise<void> {
  const billingKey = newId('bil');
  const at = new Date();
  const data = { subscriptionId: subject, billingKey, occurredAt: at.toISOString() };
  try {
    await pool.transaction('a change', async (tx) => {
      await recordEvent(tx, { mid, type: 'subscription.completed', subjectId: subject, data, at });
      if (holdMs > 0) await pause(holdMs);
      if (isUndone) throw new RolledBack();
    });
    committed.set(subject, { mid, atMs: performance.now() });
  } catch (error) {
    if (!(error instanceof RolledBack)) throw error;
    undone.add(subject);
  }
}

class RolledBack extends Error {}

const subjectOf = ({ event }: Received) => String(event.data.subscriptionId);
const idOf = (path: string, subject: string) => `${path} ${subject}`;
const arrivals = () => {
  const first = new Map<string, number>();
  for (const received of hook.received) {
    const key = idOf(received.path, subjectOf(received));
    if (!first.has(key)) first.set(key, received.atMs);
  }
  return first;
};

/** Waits until each of these has arrived at every such endpoint of its merchant; answers how long each took. */
async function arrived(
  subjects: readonly string[],
  targets: readonly Target[],
  what: string,
): Promise<number[]> {
  const wanted = subjects.flatMap((subject) => {
    const { mid, atMs } = committed.get(subject)!;
    return targets
      .filter((target) => target.mid === mid)
      .map(({ path }) => ({ key: idOf(path, subject), atMs }));
  });
  return eventually(
    async () => {
      const first = arrivals();
      if (!wanted.every(({ key }) => first.has(key))) return undefined;
      return wanted.map(({ key, atMs }) => first.get(key)! - atMs);
    },
    { withinMs: WITHIN_MS, what },
  );
}

const percentile = (values: readonly number[], share: number) =>
  [...values].sort((a, b) => a - b)[Math.floor((values.length - 1) * share)]!;

async function count(sql: string): Promise<number> {
  const [row] = await pool.execute<{ n: number | string }[]>(sql);
  return Number(row!.n);
}

const waiting = () => count(`SELECT COUNT(*) AS n FROM webhook_deliveries WHERE due_at IS NOT NULL`);

it(`tells ${EVENTS} changes to ${ENDPOINTS} endpoints, some sick, although the relay is killed ${KILLS} times`, async () => {
  const targets = await registered();
  const mids = [...new Set(targets.map(({ mid }) => mid))];
  const healthy = targets.filter(({ kind }) => kind === 'healthy');
  const sick = targets.filter(({ kind }) => kind !== 'healthy');
  const rate = IS_RELEASE ? 60 : 20;
  let worker = await stack.startWorker();

  const calm = await write(Math.ceil(EVENTS / 10), mids, rate);
  const before = await arrived(calm, healthy, 'all arrive while everybody is well');
  fallSick(sick);
  const beside = await write(Math.ceil(EVENTS / 5), mids, rate);
  const during = await arrived(beside, healthy, 'all arrive at those that are well');
  // The sick ones' backlog stands: nobody waited for it.
  expect(await waiting()).toBeGreaterThan(0);

  const rest = EVENTS - calm.length - beside.length;
  const written = write(rest, mids, IS_RELEASE ? 120 : 40);
  for (let kill = 0; kill < KILLS; kill += 1) {
    await pause(200 + random() * 2_500);
    await worker.kill();
    worker = await stack.startWorker();
  }
  await written;
  await arrived([...committed.keys()], healthy, 'everything arrives at those that are well');
  getWell(sick);
  // Their next tries are far off by now: nothing of what follows depends on when.
  await pool.query(`UPDATE webhook_deliveries SET due_at = UTC_TIMESTAMP(3) WHERE status = 'PENDING'`);
  await pool.query('UPDATE webhook_endpoints SET due_at = UTC_TIMESTAMP(3), held_until = NULL');
  await arrived([...committed.keys()], targets, 'everything arrives everywhere');
  await eventually(async () => ((await waiting()) === 0 ? true : undefined), {
    withinMs: WITHIN_MS,
    what: 'nothing waits any more',
  });

  const told = hook.received.filter((received) => undone.has(subjectOf(received)));
  expect([undone.size > 0, told]).toEqual([true, []]);
  const events = await count(`SELECT COUNT(*) AS n FROM webhook_events`);
  expect(events).toBe(committed.size);
  for (const { mid } of targets) {
    const sequences = hook.received
      .filter(({ event }) => event.mid === mid)
      .map(({ event }) => event.sequence);
    const numbers = new Set(sequences);
    expect(Math.max(...numbers)).toBe(numbers.size);
  }
  const { code, output } = await stack.verify();
  expect(`${code} ${output}`).toMatch(/^0 /);
  const p = (values: readonly number[]) =>
    `${Math.round(percentile(values, 0.5))}/${Math.round(percentile(values, 0.99))} ms`;
  process.stdout.write(
    `webhooks (seed ${SEED}): ${committed.size} changes told and ${undone.size} undone ones not, ${targets.length} endpoints ` +
      `(${sick.length} sick), ${KILLS} kills, ${hook.received.length} deliveries; p50/p99 of the healthy ` +
      `${p(before)} when all are well, ${p(during)} beside the sick\n`,
  );
});
