/** Milliseconds, or anything else in a list: what so big a part of them is not above. */
export function percentile(values, part) {
  const sorted = [...values].sort((a, b) => a - b);
  const place = part * (sorted.length - 1);
  const below = Math.floor(place);
  const [low, high] = [sorted[below], sorted[Math.min(below + 1, sorted.length - 1)]];
  return low + (high - low) * (place - below);
}

export const median = (values) => percentile(values, 0.5);

/** How long each of some pieces of work takes, in milliseconds: one after the other in turn, so that all meet the same machine. */
export async function timedInTurn(works, { repetitions, warmUp }) {
  const times = works.map(() => []);
  for (let turn = 0; turn < repetitions + warmUp; turn += 1) {
    for (const [index, work] of works.entries()) {
      const since = performance.now();
      await work();
      if (turn >= warmUp) times[index].push(performance.now() - since);
    }
  }
  return times;
}
