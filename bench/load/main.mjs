/*
 * The load generator, a process of its own so that its work is not the measured one's. Takes one order at a time from
 * its parent and answers it; ends with its parent.
 */
import { Bodies } from './bodies.mjs';
import { closedLoop } from './closed-loop.mjs';
import { poisson } from './poisson.mjs';
import { Sender } from './sender.mjs';

const LOADS = { closed: closedLoop, poisson };
const POISSON_CONNECTIONS = 256;
/** More bodies than the last rate asks for; a server may be faster after its warm-up. */
const SPARE = 1.6;

const bodies = new Bodies();

async function carryOut({ kind, urls, ...load }) {
  const connections = kind === 'closed' ? load.connections : POISSON_CONNECTIONS;
  const senders = urls.map((url) => new Sender(url, connections));
  const run = (seconds) => LOADS[kind]({ senders, bodies, ...load, connections, seconds });
  const { warmUpSeconds, seconds } = load;
  try {
    await bodies.prepare(Math.ceil((load.perSecond ?? 1_000) * warmUpSeconds * SPARE));
    const warmUp = await run(warmUpSeconds);
    await bodies.prepare(Math.ceil((load.perSecond ?? warmUp.perSecond) * seconds * SPARE) + connections);
    await parentIsReady();
    return { warmUp, measured: { ...(await run(seconds)), lateBodies: bodies.late } };
  } finally {
    await Promise.all(senders.map((sender) => sender.close()));
  }
}

/** Tells the parent that the warm-up is over, and goes on when it has taken its readings. */
function parentIsReady() {
  const answered = new Promise((resolve) => process.once('message', resolve));
  process.send({ kind: 'warm' });
  return answered;
}

let busy = false;
process.on('message', (order) => {
  if (busy) return;
  busy = true;
  carryOut(order)
    .then(
      (results) => ({ kind: 'done', ...results }),
      (error) => ({ kind: 'failed', message: error.stack }),
    )
    .then((answer) => {
      busy = false;
      process.send(answer);
    });
});
process.on('disconnect', () => process.exit(0));
