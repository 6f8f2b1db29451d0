import { withConnection } from '../scripts/lib/database.mjs';
import { step } from '../scripts/lib/output.mjs';
import { PhaseGauges } from './rig/gauges.mjs';
import { armFault, clearFaults, setLatency } from './rig/sandbox-control.mjs';

const SANDBOX_MS = 50;
/** What becomes of the acquirer of another merchant while the first one's payments are measured. */
const NEIGHBOURS = [
  { group: 'neighbour-well', title: 'beside a sound acquirer' },
  { group: 'neighbour-silent', title: 'beside one that never answers', fault: 'slow:30000' },
  { group: 'neighbour-refusing', title: 'beside one that refuses connections', fault: 'refuse-connection' },
];
const NEIGHBOUR_SHARE = 0.5;
/** Enough for the just-in-time compiler to have seen every path of either server often. */
const OPENING = { connections: 16, seconds: 0.5 };
const LONG = { connections: 64, seconds: 30, warmUpSeconds: 0.5 };

/** How much of what is measured: the whole bench, or just enough to see that it works. */
export function planOf({ smoke, seconds, rounds, approvals }) {
  return smoke
    ? {
        connections: [1, 16],
        seconds: 1,
        warmUpSeconds: 0.5,
        rounds: 1,
        steadySeconds: 2,
        perSecond: 50,
        openingSeconds: 0.5,
        approvals,
      }
    : {
        connections: [1, 16, 64, 256],
        seconds,
        warmUpSeconds: Math.min(2, seconds),
        rounds,
        steadySeconds: seconds * 2,
        perSecond: 100,
        openingSeconds: 8,
        approvals,
      };
}

/** Runs the phases in turn and keeps what each came to, and how many approvals each database must hold. */
export class Phases {
  results = [];
  answered = { gateway: 0, raw: 0 };
  failed = 0;

  constructor(world, plan, databasePid) {
    this.world = world;
    this.plan = plan;
    this.databasePid = databasePid;
  }

  async run() {
    const { plan, world } = this;
    for (const name of ['raw', 'gateway']) await this.#open(name);
    for (let round = 1; round <= plan.rounds; round += 1) await this.#closedRound(round);
    await setLatency(world.sandboxUrl, SANDBOX_MS);
    for (let round = 1; round <= plan.rounds; round += 1) {
      await this.#steady('raw', round);
      await this.#steady('gateway', round);
    }
    await this.#together();
    await this.#long();
    await this.#beside();
    return this.results;
  }

  /** Servers run for weeks: what the first thousand requests cost after a start is told by the cold start, not here. */
  #open(name) {
    const load = { kind: 'closed', ...OPENING, warmUpSeconds: this.plan.openingSeconds };
    return this.#phase({ label: `${name}, warming up`, name, group: 'opening', round: 1, load }, [
      this.world[name],
    ]);
  }

  /** Both servers in turn at every number of connections; who begins changes from round to round. */
  async #closedRound(round) {
    const order = round % 2 === 1 ? ['raw', 'gateway'] : ['gateway', 'raw'];
    for (const connections of this.plan.connections) {
      for (const name of order) {
        const { seconds, warmUpSeconds } = this.plan;
        const label = `${name}, ${connections} connection${connections === 1 ? '' : 's'}, round ${round}`;
        const load = { kind: 'closed', connections, seconds, warmUpSeconds };
        await this.#phase({ label, name, group: `closed-${connections}`, round, load }, [this.world[name]]);
      }
    }
  }

  async #steady(name, round, group = 'steady', servers = [this.world[name]]) {
    const { perSecond, steadySeconds, warmUpSeconds } = this.plan;
    const what = servers.length > 1 ? `${servers.length} API processes` : name;
    const label = `${what}${group === 'steady' ? '' : ' and a worker'}, ${perSecond}/s, sandbox at ${SANDBOX_MS} ms, round ${round}`;
    const load = { kind: 'poisson', perSecond, seconds: steadySeconds, warmUpSeconds, seed: 7 };
    await this.#phase({ label, name, group, round, load, sandboxMs: SANDBOX_MS }, servers);
  }

  /** One API process beside a worker, and two of them, at the same rate. */
  async #together() {
    const { world, plan } = this;
    await world.startWorker();
    const second = await world.startGateway('bench-api-2');
    for (let round = 1; round <= plan.rounds; round += 1) {
      await this.#steady('gateway', round, 'one-process');
      await this.#steady('gateway', round, 'two-processes', [world.gateway, second]);
    }
  }

  /**
   * One merchant's payments while another's acquirer is well, silent or gone. It fails only once the warm-up is over, so
   * that what the gateway needs to notice it is measured too. Last of all: what it leaves unknown is undone afterwards.
   */
  async #beside() {
    const { plan, world } = this;
    await setLatency(world.sandboxUrl, SANDBOX_MS);
    const { perSecond, steadySeconds, warmUpSeconds } = plan;
    const neighbour = { perSecond: perSecond * NEIGHBOUR_SHARE };
    const load = { kind: 'poisson', perSecond, seconds: steadySeconds, warmUpSeconds, seed: 7, neighbour };
    for (let round = 1; round <= plan.rounds; round += 1) {
      for (const { group, title, fault } of NEIGHBOURS) {
        const label = `gateway, ${perSecond}/s ${title}, round ${round}`;
        const atStart = async () => fault && armFault(world.sandboxUrl, 'inicis', fault);
        const about = { label, name: 'gateway', group, round, load, sandboxMs: SANDBOX_MS, atStart };
        await this.#phase(about, [world.gateway]);
        await clearFaults(world.sandboxUrl);
      }
    }
  }

  /** One API process, until it and its tables have seen as many approvals as asked for. */
  async #long() {
    const { world, plan } = this;
    if (plan.approvals === 0) return;
    await setLatency(world.sandboxUrl, 0);
    for (let round = 1; this.answered.gateway < plan.approvals; round += 1) {
      const label = `gateway, ${LONG.connections} connections, ${this.answered.gateway} of ${plan.approvals} approvals`;
      await this.#phase({ label, name: 'gateway', group: 'long', round, load: { kind: 'closed', ...LONG } }, [
        world.gateway,
      ]);
    }
  }

  async #phase({ label, name, load, atStart, ...about }, servers) {
    this.world.refuseStopped();
    await step(label, async (note) => {
      const { gauges, warmUp, measured, beside } = await this.#measure(load, servers, atStart);
      this.answered[name] += warmUp.ok + measured.ok;
      this.failed += warmUp.failed + measured.failed;
      this.results.push({ ...about, name, load, warmUp, measured, beside, gauges });
      note(noteOf(measured));
    });
  }

  #measure(load, servers, atStart) {
    return withConnection(this.world.adminUrl, async (connection) => {
      const pids = servers.map(({ pid }) => pid);
      const gauges = new PhaseGauges({
        connection,
        pids,
        databasePid: this.databasePid,
        ...this.world.otherPids,
      });
      const order = { ...load, urls: servers.map(({ url }) => url) };
      let ended;
      try {
        ended = await this.world.load.run(order, async () => {
          await atStart?.();
          await gauges.start();
        });
      } finally {
        if (ended === undefined) gauges.abandon();
      }
      return { ...ended, gauges: await gauges.stop(ended.measured.ok) };
    });
  }
}

function noteOf({ perSecond, p50, p99, failed, errors }) {
  const wrong = failed > 0 ? `, ${failed} errors ${JSON.stringify(errors)}` : '';
  return `${Math.round(perSecond)}/s, p50 ${shown(p50)}, p99 ${shown(p99)}${wrong}`;
}

const shown = (ms) => (ms === undefined || ms === null ? '–' : `${ms.toFixed(1)} ms`);
