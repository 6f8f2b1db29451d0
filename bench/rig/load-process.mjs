import { fork } from 'node:child_process';
import { closeSync, openSync } from 'node:fs';
import { join } from 'node:path';
import { DATA, ensureFolder, fromRoot } from '../../scripts/lib/paths.mjs';
import { end } from '../../scripts/lib/processes.mjs';

/** Starts the load generator. It has a process group of its own, so that Ctrl-C reaches it only through `stop`. */
export function startLoadProcess() {
  const log = openSync(join(ensureFolder(join(DATA, 'log')), 'bench-load.log'), 'a');
  const child = fork(fromRoot('bench/load/main.mjs'), { detached: true, stdio: ['ignore', log, log, 'ipc'] });
  closeSync(log);
  const exited = new Promise((resolve) => child.once('exit', resolve));
  return {
    pid: child.pid,
    exited,
    run: (order, whenWarm) => runOrder(child, order, whenWarm),
    stop: async () => {
      if (child.exitCode === null && child.signalCode === null) await end(child.pid, { graceMs: 1_000 });
      await exited;
    },
  };
}

/** One order to its end; `whenWarm` is called between warm-up and measurement. */
function runOrder(child, order, whenWarm) {
  return new Promise((resolve, reject) => {
    const finish = (settle, value) => {
      child.off('message', take);
      child.off('exit', gone);
      settle(value);
    };
    const gone = () => finish(reject, new Error('the load generator ended; see .data/log/bench-load.log'));
    const take = (message) => {
      if (message.kind === 'failed') finish(reject, new Error(message.message));
      else if (message.kind === 'done') finish(resolve, message);
      else
        whenWarm().then(
          () => child.send('go'),
          (error) => finish(reject, error),
        );
    };
    child.on('message', take);
    child.once('exit', gone);
    child.send(order);
  });
}
