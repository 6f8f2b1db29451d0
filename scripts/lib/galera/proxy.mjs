import { spawn } from 'node:child_process';
import { closeSync, openSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { answers, freePort, until } from '../net.mjs';
import { Problem } from '../output.mjs';
import { end, which } from '../processes.mjs';
import { readText } from '../stamp.mjs';
import { filled } from './node.mjs';

/** HAProxy on this machine, with the project's own configuration, before the nodes of a cluster. */
export class Proxy {
  #child;

  async up({ nodes, folder, from }) {
    this.port = await freePort(from);
    const config = join(folder, 'haproxy.cfg');
    const [first, second, third] = nodes.map(({ client }) => `${client}:3306`);
    const values = {
      ...{ LISTEN: `127.0.0.1:${this.port}`, PEER_NAME: 'here' },
      PEER_ADDRESS: `127.0.0.1:${await freePort(this.port + 1)}`,
      ...{ ADDRESS_1: first, ADDRESS_2: second, ADDRESS_3: third },
    };
    writeFileSync(config, filled('deploy/galera/haproxy.cfg', values));
    const path = join(folder, 'haproxy.log');
    const log = openSync(path, 'a');
    this.#child = spawn(which('haproxy'), ['-db', '-L', 'here', '-f', config], {
      detached: true,
      stdio: ['ignore', log, log],
    });
    closeSync(log);
    this.#child.once('error', () => undefined);
    const lets = () => answers({ port: this.port, greeting: true });
    const up = await until(lets, { timeoutMs: 20_000, giveUp: () => this.#child.exitCode !== null });
    if (!up) throw new Problem('HAProxy lets nobody through.', 'Read what it says.', readText(path));
  }

  async down() {
    if (this.#child) await end(this.#child.pid, { graceMs: 2_000 });
  }
}
