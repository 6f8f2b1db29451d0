import { Tally } from './tally.mjs';

/**
 * N connections, each sending its next request when the last one is answered. Every request that was sent is waited
 * for and counted; the time runs until the last answer.
 */
export async function closedLoop({ senders, bodies, connections, seconds }) {
  const tally = new Tally();
  const started = performance.now();
  const deadline = started + seconds * 1_000;
  const one = async (sender) => {
    for (let from = performance.now(); from < deadline;) {
      const error = await sender.send(bodies.take());
      const now = performance.now();
      tally.note(error, now - from);
      from = now;
    }
  };
  await Promise.all(Array.from({ length: connections }, (_, index) => one(senders[index % senders.length])));
  return tally.result((performance.now() - started) / 1_000);
}
