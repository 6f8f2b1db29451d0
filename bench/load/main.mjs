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

/** The merchant that is measured, and one whose payments go to another acquirer meanwhile. */
const MEASURED = 'M0000001';
const NEIGHBOUR = 'M0000002';

const allBodies = { [MEASURED]: new Bodies(MEASURED), [NEIGHBOUR]: new Bodies(NEIGHBOUR) };

/** One merchant's part of an order. */
class Stream {
  #order;
  #senders;
  #connections;

  constructor(mid, order) {
    this.bodies = allBodies[mid];
    this.#order = order;
    this.#connections = order.kind === 'closed' ? order.connections : POISSON_CONNECTIONS;
    this.#senders = order.urls.map((url) => new Sender(url, this.#connections, mid));
  }

  prepare(seconds, perSecond) {
    const rate = this.#order.perSecond ?? perSecond;
    return this.bodies.prepare(Math.ceil(rate * seconds * SPARE) + this.#connections);
  }

  run(seconds) {
    const { bodies } = this;
    return LOADS[this.#order.kind]({
      ...this.#order,
      senders: this.#senders,
      bodies,
      connections: this.#connections,
      seconds,
    });
  }

  close() {
    return Promise.all(this.#senders.map((sender) => sender.close()));
  }
}

async function carryOut({ neighbour, ...order }) {
  const { warmUpSeconds, seconds } = order;
  const measured = new Stream(MEASURED, order);
  const streams = [measured];
  if (neighbour) streams.push(new Stream(NEIGHBOUR, { ...order, ...neighbour }));
  const prepare = (time, perSecond) => Promise.all(streams.map((stream) => stream.prepare(time, perSecond)));
  const run = (time) => Promise.all(streams.map((stream) => stream.run(time)));
  try {
    await prepare(warmUpSeconds, 1_000);
    const [warmUp] = await run(warmUpSeconds);
    await prepare(seconds, warmUp.perSecond);
    await parentIsReady();
    const [result, beside] = await run(seconds);
    return { warmUp, measured: { ...result, lateBodies: measured.bodies.late }, beside };
  } finally {
    await Promise.all(streams.map((stream) => stream.close()));
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
