import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseServer } from '../support/database-server';
import { type ApiAnswer, keyIn, type KeyIn } from '../support/merchant';
import { eventually, httpStatus, pause } from '../support/program';
import { Stack } from '../support/stack';
import { createTestDatabase } from '../support/test-database';

jest.setTimeout(300_000);

const ROUNDS = Number(process.env.FAULT_ROUNDS ?? 1);
const SENDERS = 12;
const SETTLED_WITHIN_MS = 120_000;

const folder = mkdtempSync(join(tmpdir(), 'pg-gateway-db-'));
const server = new DatabaseServer(join(folder, 'mariadb'));
let stack: Stack;

beforeAll(async () => {
  await server.start();
  const { url } = await createTestDatabase('dbkill', server.adminUrl);
  stack = await Stack.start('dbkill', { databaseUrl: url });
});
afterAll(async () => {
  await stack?.stop();
  await server.remove();
  rmSync(folder, { recursive: true, force: true });
});

interface Sent {
  readonly content: KeyIn;
  readonly approval: ApiAnswer | null;
  readonly cancel: ApiAnswer | null;
}

/** One merchant that approves and cancels without a pause until it is told to stop. */
async function traffic(stop: AbortSignal): Promise<Sent[]> {
  const sent: Sent[] = [];
  while (!stop.aborted) {
    const content = keyIn();
    const approval = await stack.merchant.approve(content).catch(() => null);
    const cancel =
      approval?.status === 200
        ? await stack.merchant.cancel(approval.body.paymentId, { cancelAmount: 20_000 }).catch(() => null)
        : null;
    sent.push({ content, approval, cancel });
    if (approval === null || approval.status >= 500) await pause(20);
  }
  return sent;
}

describe('kill -9 of MariaDB under approvals and cancels', () => {
  it.each(Array.from({ length: ROUNDS }, (_, index) => index + 1))(
    'round %i: no answer was wrong, and both books agree after the restart',
    async () => {
      const stop = new AbortController();
      const running = Array.from({ length: SENDERS }, () => traffic(stop.signal));
      await pause(1_500);
      await server.kill();
      await pause(1_000);
      expect(await httpStatus(`${stack.api.url}/health/ready`)).toBe(503);
      expect(await httpStatus(`${stack.api.url}/health/live`)).toBe(200);
      await server.start();
      await ready();
      await pause(1_000);
      stop.abort();
      const sent = (await Promise.all(running)).flat();
      expect(sent.length).toBeGreaterThan(SENDERS);
      await settled(sent);
      const answers = sent.filter(({ approval }) => approval?.status === 200);
      expect(answers.length).toBeGreaterThan(0);
      for (const one of answers) await isKept(one);
      const { code, output } = await stack.verify();
      expect(output).toContain(' 0 violations');
      expect(code).toBe(0);
    },
  );

  async function ready(): Promise<void> {
    await eventually(
      async () => ((await httpStatus(`${stack.api.url}/health/ready`)) === 200 ? true : undefined),
      { withinMs: 30_000, what: 'the API is ready again without a restart' },
    );
  }

  /** An approval that was reported stands, and a cancel that was reported is done. */
  async function isKept({ approval, cancel }: Sent): Promise<void> {
    const found = await stack.merchant.payment(approval!.body.paymentId);
    expect(['APPROVED', 'PARTIALLY_CANCELLED']).toContain(found.body.status);
    if (cancel?.status === 200) expect(found.body.cancelledAmount).toBe(20_000);
  }

  async function settled(sent: readonly Sent[]): Promise<void> {
    const open = new Set(sent.map(({ content }) => content.orderNo));
    await eventually(
      async () => {
        for (const orderNo of open) if (await isFinal(orderNo)) open.delete(orderNo);
        return open.size === 0 ? true : undefined;
      },
      { withinMs: SETTLED_WITHIN_MS, what: 'every payment comes to a final state' },
    );
  }

  async function isFinal(orderNo: string): Promise<boolean> {
    const { status, body } = await stack.merchant.order(orderNo);
    if (status === 404) return true;
    if (status !== 200 || ['IN_PROGRESS', 'REVERSING'].includes(String(body.status))) return false;
    return !body.cancels.some((cancel) => cancel.status === 'IN_PROGRESS');
  }
});
