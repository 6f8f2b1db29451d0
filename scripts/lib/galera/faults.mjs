import { setTimeout as sleep } from 'node:timers/promises';

const FROZEN_MS = 12_000;

/**
 * What is done to a cluster under load. `strike` does it and gives the moment from which writes are waited for (the
 * monotonic clock, milliseconds); `heal` undoes it. `away` in the answers of either: moments that the report tells.
 */
export const FAULTS = [
  {
    name: 'kill',
    what: 'the writing node is killed (kill -9), and comes back by what it missed (IST)',
    async strike({ writer }) {
      const at = performance.now();
      await writer.kill();
      return { at };
    },
    heal: ({ cluster, writer }) => cluster.start(writer),
  },
  {
    name: 'parted',
    what: 'the writing node is parted from the other nodes, while the gateway still reaches it',
    async strike({ cluster, writer }) {
      const at = performance.now();
      await cluster.network.pull(writer.index, ['g']);
      return { at };
    },
    heal: ({ cluster, writer }) => cluster.network.plug(writer.index, ['g']),
  },
  {
    name: 'unplugged',
    what: 'the writing node loses every network, that of the gateway as well',
    async strike({ cluster, writer }) {
      const at = performance.now();
      await cluster.network.pull(writer.index, ['g', 'c']);
      return { at };
    },
    heal: ({ cluster, writer }) => cluster.network.plug(writer.index, ['g', 'c']),
  },
  {
    name: 'frozen',
    what: 'the writing node is stopped for 12 s (SIGSTOP), and goes on (SIGCONT)',
    async strike({ writer }) {
      const at = performance.now();
      writer.signal('SIGSTOP');
      return { at };
    },
    async heal({ writer, struckAt }) {
      await sleep(Math.max(0, struckAt + FROZEN_MS - performance.now()));
      writer.signal('SIGCONT');
    },
  },
  {
    name: 'all-killed',
    what: 'all three are killed at once (kill -9); the one that is ahead begins anew, the others join',
    async strike({ cluster }) {
      const killedAt = performance.now();
      for (const node of cluster.nodes) node.signal('SIGKILL');
      await Promise.all(cluster.nodes.map((node) => node.kill()));
      const recovery = await cluster.recover();
      return { at: performance.now(), killedAt, ...recovery };
    },
    heal: ({ joined }) => joined,
  },
];
