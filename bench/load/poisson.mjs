import { Tally } from './tally.mjs';

/** mulberry32: the same arrivals for everyone who is compared. */
function seeded(seed) {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

function arrivalsOf({ perSecond, seconds, seed }) {
  const random = seeded(seed);
  const arrivals = [];
  for (let at = 0; ;) {
    at += (-Math.log(1 - random()) / perSecond) * 1_000;
    if (at >= seconds * 1_000) return arrivals;
    arrivals.push(at);
  }
}

/**
 * Requests that arrive at random moments, whether earlier ones are answered or not. Each latency is measured from the
 * moment at which the request was due, so that a stall counts for everybody who would have come during it.
 */
export async function poisson({ senders, bodies, perSecond, seconds, seed }) {
  const tally = new Tally();
  const arrivals = arrivalsOf({ perSecond, seconds, seed });
  const started = performance.now();
  const running = [];
  for (const [index, arrival] of arrivals.entries()) {
    const due = started + arrival;
    const wait = due - performance.now();
    if (wait > 0) await new Promise((resolve) => setTimeout(resolve, wait));
    const sent = senders[index % senders.length].send(bodies.take());
    running.push(sent.then((error) => tally.note(error, performance.now() - due)));
  }
  await Promise.all(running);
  return tally.result((performance.now() - started) / 1_000);
}
