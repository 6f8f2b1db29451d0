import { chmodSync, rmSync } from 'node:fs';
import { withConnection } from '../database.mjs';
import { setupStatements } from '../mariadb/setup-sql.mjs';
import { until } from '../net.mjs';
import { Problem } from '../output.mjs';
import { newFolder } from './leftovers.mjs';
import { Network } from './network.mjs';
import { Node } from './node.mjs';

const NODES = 3;
const SYNCED_TIMEOUT_MS = 90_000;

/** Three database nodes and the network between them. */
export class Cluster {
  #stopping = false;

  constructor({ user, secrets }) {
    this.secrets = secrets;
    this.folder = newFolder();
    chmodSync(this.folder, 0o755);
    this.network = new Network(NODES);
    this.nodes = this.network.nodes.map(
      (_, index) => new Node({ index, network: this.network, folder: this.folder, user }),
    );
  }

  async up(note = () => {}) {
    await this.network.up();
    for (const node of this.nodes) node.prepare();
    const [first, ...others] = this.nodes;
    note('making the first node');
    await first.install();
    await this.start(first, { bootstrap: true });
    const statements = setupStatements(this.secrets, { host: this.network.host });
    for (const sql of statements) await this.#must(first, sql);
    for (const node of others) {
      note(`${node.name} is given a copy`);
      await this.start(node);
    }
    await this.allSynced();
  }

  async #must(node, sql) {
    await node.ask(sql, { timeoutMs: 20_000, must: true });
  }

  start(node, options = {}) {
    return node.start({ ...options, cancelled: () => this.#stopping });
  }

  /** Waits until all nodes are one cluster again and none lags. Gives how long that took. */
  async allSynced() {
    const since = performance.now();
    const isWhole = async () => {
      const sizes = await Promise.all(this.nodes.map((node) => this.#sizeSeenBy(node)));
      return sizes.every((size) => size === NODES);
    };
    const done = await until(isWhole, {
      timeoutMs: SYNCED_TIMEOUT_MS,
      everyMs: 200,
      giveUp: () => this.#stopping,
    });
    if (done) return performance.now() - since;
    throw new Problem('The nodes did not come together again.', `Read their logs in ${this.folder}.`);
  }

  async #sizeSeenBy(node) {
    const names = "'wsrep_cluster_size', 'wsrep_local_state', 'wsrep_local_recv_queue'";
    const rows = await node.ask(`SHOW GLOBAL STATUS WHERE Variable_name IN (${names})`);
    const value = Object.fromEntries(rows);
    const isSynced = value.wsrep_local_state === '4' && value.wsrep_local_recv_queue === '0';
    return isSynced ? Number(value.wsrep_cluster_size) : 0;
  }

  /**
   * After all nodes were lost: each is asked how far its data go, the one that is ahead begins a cluster anew, and the
   * others join it. Gives what each said, and who began.
   */
  async recover() {
    const positions = await Promise.all(this.nodes.map((node) => node.position()));
    for (const node of this.nodes) node.forgetCluster();
    const seqnos = positions.map((position) => Number(position.split(':')[1]));
    const ahead = this.nodes[seqnos.indexOf(Math.max(...seqnos))];
    await this.start(ahead, { bootstrap: true, position: positions[ahead.index] });
    const joined = this.#joinAll(
      this.nodes.filter((node) => node !== ahead),
      positions,
    );
    joined.catch(() => undefined);
    return { positions, ahead, joined };
  }

  /** One after the other: each join stops the writes of all for a moment. */
  async #joinAll(nodes, positions) {
    for (const node of nodes) await this.start(node, { position: positions[node.index] });
  }

  /** The node that the proxy's users write to now. */
  async writer(url) {
    const name = await withConnection(url, async (connection) => {
      const [[row]] = await connection.query('SELECT @@wsrep_node_name AS name');
      return row.name;
    });
    return this.nodes.find((node) => node.name === name);
  }

  /** Which tables hold different rows on different nodes. (CHECKSUM TABLE differs where rows do not.) */
  async differences(database) {
    const [own, ...others] = await Promise.all(this.nodes.map((node) => node.fingerprints(database)));
    const tables = new Set([own, ...others].flatMap((of) => [...of.keys()]));
    if (tables.size === 0) throw new Problem('The nodes show no rows at all.', 'Read their logs.');
    return [...tables].filter((table) => others.some((other) => other.get(table) !== own.get(table)));
  }

  refuseMore() {
    this.#stopping = true;
  }

  async down() {
    this.#stopping = true;
    for (const node of this.nodes) node.signal('SIGCONT');
    // Their data are of no worth any more: nobody waits for an orderly end.
    await Promise.all(this.nodes.map((node) => node.kill()));
    await Promise.all(this.nodes.map((node) => node.stop()));
    await this.network.down();
    rmSync(this.folder, { recursive: true, force: true });
  }
}
