import { keyIn } from '../support/merchant';
import { eventually, httpStatus, pause } from '../support/program';
import { type Api, Stack } from '../support/stack';

jest.setTimeout(300_000);

const ROUNDS = Number(process.env.FAULT_ROUNDS ?? 1);
const SENDERS = 4;
const DRAIN_MS = 1_200;
/** Four looks in the time for which an API that ends still serves. */
const LOOK_MS = 300;

let stack: Stack;

beforeAll(async () => {
  stack = await Stack.start('rolling', { apis: 2, env: { SHUTDOWN_DRAIN_MS: String(DRAIN_MS) } });
});
afterAll(() => stack?.stop());

const isReady = async ({ url }: Api) => (await httpStatus(`${url}/health/ready`)) === 200;

/** What a balancer does: looks at readiness now and then, and gives each request to one that was ready at the last look. */
class Balancer {
  private readonly stopped = new AbortController();
  private ready: readonly Api[] = stack.apis;
  private next = 0;
  private readonly looking = this.look();

  take(): Api {
    this.next += 1;
    return this.ready[this.next % this.ready.length]!;
  }

  gives(api: Api): boolean {
    return this.ready.includes(api);
  }

  async stop(): Promise<void> {
    this.stopped.abort();
    await this.looking;
  }

  private async look(): Promise<void> {
    while (!this.stopped.signal.aborted) {
      const found = await Promise.all(stack.apis.map(isReady));
      this.ready = stack.apis.filter((_, index) => found[index]);
      await pause(LOOK_MS);
    }
  }
}

/** One merchant's system that approves without a pause until it is told to stop. What each came to, in order. */
async function approvals(balancer: Balancer, stop: AbortSignal): Promise<string[]> {
  const outcomes: string[] = [];
  while (!stop.aborted) {
    const answer = await balancer
      .take()
      .merchant.approve(keyIn())
      .then(
        ({ status, body }) => `${status} ${body.outcome}`,
        (error: Error) => error.message,
      );
    outcomes.push(answer);
    await pause(20);
  }
  return outcomes;
}

describe('restarting one API after the other under approvals', () => {
  it.each(Array.from({ length: ROUNDS }, (_, index) => index + 1))('round %i: no request fails', async () => {
    const balancer = new Balancer();
    const stop = new AbortController();
    const running = Array.from({ length: SENDERS }, () => approvals(balancer, stop.signal));
    for (const api of stack.apis) {
      await api.program.stop();
      await api.program.start();
      await eventually(() => Promise.resolve(balancer.gives(api) || undefined), {
        withinMs: 10_000,
        what: 'the API is given requests again',
      });
    }
    stop.abort();
    const outcomes = (await Promise.all(running)).flat();
    await balancer.stop();
    expect(outcomes.length).toBeGreaterThan(SENDERS);
    expect(outcomes.filter((outcome) => outcome !== '200 SUCCESS')).toEqual([]);
    const { code, output } = await stack.verify();
    expect(output).toContain(' 0 violations');
    expect(code).toBe(0);
  });

  it('is not ready at once, serves on, and asks for another connection', async () => {
    const { program, url, merchant } = stack.api;
    const stopped = program.stop();
    await eventually(async () => ((await isReady(stack.api)) ? undefined : true), {
      withinMs: DRAIN_MS,
      what: 'the API is not ready any more',
    });
    const live = await fetch(`${url}/health/live`);
    expect(live.status).toBe(200);
    expect(live.headers.get('connection')).toBe('close');
    const { status, body } = await merchant.approve(keyIn());
    expect([status, body.outcome]).toEqual([200, 'SUCCESS']);
    await stopped;
    expect(await httpStatus(`${url}/health/live`)).toBe(0);
    await program.start();
  });
});
