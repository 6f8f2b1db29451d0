import { setTimeout as sleep } from 'node:timers/promises';
import { Problem } from '../output.mjs';

const LOOK_EVERY_MS = 3;
const NOTE_EVERY_MS = 5_000;
/** Of the parts of all days, those after which a process is killed. */
const KILLED_AFTER = [0.2, 0.4, 0.6, 0.8];
/** So long after that part was done: into the next one, at another of its statements each time. */
const KILLED_LATER_MS = [0, 150, 450, 1_000];

const wellEnded = ({ code, signal, output }) => {
  if (code === 0) return;
  throw new Problem(`A process that settles ended with ${signal ?? code}.`, 'Read its output.', output);
};

async function doneParts(rows) {
  const [row] = await rows('SELECT COUNT(*) AS n FROM settlement_run_parts WHERE done_at IS NOT NULL');
  return Number(row.n);
}

/** Shows how far it is while `work` goes on. */
async function watched(rows, days, note, work) {
  let over = false;
  const watch = (async () => {
    while (!over) {
      const [row] = await rows("SELECT COUNT(*) AS n FROM settlement_runs WHERE status = 'DONE'");
      note(`${row.n} of ${days} days`);
      for (let waited = 0; !over && waited < NOTE_EVERY_MS; waited += 100) await sleep(100);
    }
  })();
  try {
    return await work();
  } finally {
    over = true;
    await watch;
  }
}

/** As many processes at once, to their end. */
export function together(world, name, { count, days, note }) {
  return watched(world.rows(name), days, note, async () => {
    const all = Array.from({ length: count }, () => world.settle(name));
    for (const ended of await Promise.all(all.map((one) => one.ended))) wellEnded(ended);
  });
}

/** One process, killed again and again and begun anew. Answers how many parts were done at each kill. */
export async function killed(world, name, { days, note }) {
  const rows = world.rows(name);
  const kills = [];
  for (const [place, share] of KILLED_AFTER.entries()) {
    const target = Math.max(kills.length + 1, Math.round(days * share));
    const one = world.settle(name);
    const ended = one.ended.then((end) => ({ end }));
    for (;;) {
      const done = await doneParts(rows);
      if (done >= target) {
        await Promise.race([ended, sleep(KILLED_LATER_MS[place])]);
        one.kill();
        const { end } = await ended;
        if (end.signal !== 'SIGKILL') wellEnded(end);
        else kills.push(await doneParts(rows));
        note(`killed after ${done} parts`);
        break;
      }
      const over = await Promise.race([ended, sleep(LOOK_EVERY_MS)]);
      if (over?.end) {
        wellEnded(over.end);
        break;
      }
    }
  }
  if (kills.length === 0) {
    throw new Problem('No process lived long enough to be killed half-way.', 'Give it more days.');
  }
  await together(world, name, { count: 1, days, note });
  return kills;
}
