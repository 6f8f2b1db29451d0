import { Problem } from '../output.mjs';
import { isAlive, run, tryKill } from '../processes.mjs';

const OURS = /^pgd-(\d+)-/;
/** 198.18.0.0/15 is kept for measuring networks (RFC 2544): nobody routes it. */
const CLIENTS = '198.18';
const GROUP = '198.19';

export async function ip(...args) {
  const { code, output } = await run('ip', args, { timeoutMs: 10_000 });
  if (code === 0) return output;
  throw new Problem(
    `ip ${args.join(' ')} failed.`,
    'Network namespaces need root, and a kernel that lets it make them (in a container: --privileged).',
    output,
  );
}

/**
 * Three machines on one: a network namespace for each node, with one leg in the network of the clients, where this
 * machine is as well, and one in the network of the nodes alone, which can be pulled.
 */
export class Network {
  #mark = `pgd-${process.pid}`;
  #third = process.pid % 250;

  constructor(count) {
    this.nodes = Array.from({ length: count }, (_, index) => ({
      namespace: `${this.#mark}-${index + 1}`,
      client: `${CLIENTS}.${this.#third}.${index + 11}`,
      group: `${GROUP}.${this.#third}.${index + 11}`,
    }));
    /** This machine, as the nodes see it. */
    this.host = `${CLIENTS}.${this.#third}.1`;
  }

  async up() {
    for (const kind of ['c', 'g']) {
      await ip('link', 'add', `${this.#mark}-${kind}`, 'type', 'bridge');
      await ip('link', 'set', `${this.#mark}-${kind}`, 'up');
    }
    await ip('address', 'add', `${this.host}/24`, 'dev', `${this.#mark}-c`);
    for (const [index, { namespace, client, group }] of this.nodes.entries()) {
      await ip('netns', 'add', namespace);
      await ip('-n', namespace, 'link', 'set', 'lo', 'up');
      await this.#leg({ index, namespace, kind: 'c', address: client });
      await this.#leg({ index, namespace, kind: 'g', address: group });
    }
  }

  async #leg({ index, namespace, kind, address }) {
    const outside = this.#port(index, kind);
    await ip('link', 'add', outside, 'type', 'veth', 'peer', 'name', `leg-${kind}`, 'netns', namespace);
    await ip('link', 'set', outside, 'master', `${this.#mark}-${kind}`, 'up');
    await ip('-n', namespace, 'address', 'add', `${address}/24`, 'dev', `leg-${kind}`);
    await ip('-n', namespace, 'link', 'set', `leg-${kind}`, 'up');
  }

  #port = (index, kind) => `${this.#mark}-${kind}${index + 1}`;

  /** Packets of the leg are lost without a word from now on, as when a cable is pulled at the switch's far side. */
  pull(index, kinds) {
    return Promise.all(kinds.map((kind) => ip('link', 'set', this.#port(index, kind), 'nomaster')));
  }

  plug(index, kinds) {
    const bridge = (kind) => `${this.#mark}-${kind}`;
    return Promise.all(
      kinds.map((kind) => ip('link', 'set', this.#port(index, kind), 'master', bridge(kind))),
    );
  }

  down() {
    return removeNetwork(this.#mark);
  }
}

/** The networks of drills that have ended without removing them. */
export async function removeOldNetworks() {
  const names = (await ip('netns', 'list')).split('\n').concat((await ip('-br', 'link')).split('\n'));
  const marks = names.flatMap((name) => {
    const [mark, pid] = OURS.exec(name) ?? [];
    return mark && !isAlive(Number(pid)) ? [mark.slice(0, -1)] : [];
  });
  for (const mark of new Set(marks)) await removeNetwork(mark);
}

async function removeNetwork(mark) {
  const namespaces = (await ip('netns', 'list')).split('\n').map((line) => line.split(' ')[0]);
  for (const name of namespaces.filter((one) => one.startsWith(`${mark}-`))) {
    for (const pid of (await ip('netns', 'pids', name)).split('\n').map(Number)) {
      if (pid > 0) tryKill(pid, 'SIGKILL');
    }
    // Its ends of the cables go with it.
    await ip('netns', 'delete', name);
  }
  const links = (await ip('-br', 'link')).split('\n').map((line) => line.split(/[@ ]/)[0]);
  for (const name of links.filter((one) => one.startsWith(`${mark}-`)))
    await ip('link', 'delete', name).catch(() => undefined);
}
