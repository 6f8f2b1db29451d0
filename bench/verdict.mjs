const MEBI = 1_048_576;
const FLAT_SHARE = 0.1;
const FLAT_MARGIN = 16 * MEBI;
const MEMORY_MAX = 250 * MEBI;
/** By how much one run differs from the next on a busy machine: less than this is not slower. */
const NOISE = { share: 0.15, ms: 3 };

/** Of several rounds the best: what disturbs a run only ever makes it slower. */
export function bestOf(results, group, name) {
  const all = results.filter((one) => one.group === group && one.name === name);
  const rank = ({ load, measured }) => (load.kind === 'closed' ? measured.perSecond : -measured.p99);
  return all.sort((a, b) => rank(b) - rank(a))[0];
}

const bar = (what, value, limit, met) => ({ what, value, limit, met });
const times = (value) => `${value.toFixed(2)} ×`;
const ms = (value) => `${value.toFixed(1)} ms`;
const mebi = (bytes) => `${Math.round(bytes / MEBI)} MiB`;

/** The bars of the quality targets that this bench can tell of, each met or not. */
export function judge(results) {
  return [
    ...throughput(results),
    ...alone(results),
    ...crowded(results),
    ...addedLatency(results),
    ...together(results),
    ...besideDead(results),
    ...memory(results),
  ];
}

function pair(results, connections) {
  const [gateway, raw] = ['gateway', 'raw'].map(
    (name) => bestOf(results, `closed-${connections}`, name)?.measured,
  );
  return gateway && raw ? { gateway, raw } : undefined;
}

function throughput(results) {
  const found = pair(results, 64);
  if (!found) return [];
  const ratio = found.gateway.perSecond / found.raw.perSecond;
  return [bar('approvals/s at 64 connections', times(ratio), '≥ 0.70 × raw (goal ≥ 3)', ratio >= 0.7)];
}

function alone(results) {
  const found = pair(results, 1);
  if (!found) return [];
  const ratio = found.gateway.p50 / found.raw.p50;
  return [bar('p50 at 1 connection', times(ratio), '≤ 1.6 × raw (goal ≤ 1.2)', ratio <= 1.6)];
}

function crowded(results) {
  const found = pair(results, 256);
  if (!found) return [];
  const ratio = found.gateway.p99 / found.raw.p99;
  const runs = results.filter(({ group, name }) => group === 'closed-256' && name === 'gateway');
  const errors = runs.reduce((sum, { warmUp, measured }) => sum + warmUp.failed + measured.failed, 0);
  const [first, last] = [runs[0], runs.at(-1)].map(({ gauges }) => gauges.memory.after);
  const flat = last <= first * (1 + FLAT_SHARE) + FLAT_MARGIN;
  const judged = [
    bar('p99 at 256 connections', times(ratio), '≤ 2 × raw (goal ≤ 1)', ratio <= 2),
    bar('errors at 256 connections', String(errors), 'none', errors === 0),
  ];
  if (runs.length < 2) return judged;
  return [
    ...judged,
    bar('memory from one 256 run to the next', `${mebi(first)} → ${mebi(last)}`, 'flat', flat),
  ];
}

function addedLatency(results) {
  const steady = bestOf(results, 'steady', 'gateway');
  if (!steady) return [];
  const { sandboxMs, load, measured } = steady;
  const added = [measured.p50 - sandboxMs, measured.p99 - sandboxMs];
  const at = `at ${load.perSecond}/s, sandbox at ${sandboxMs} ms`;
  return [
    bar(`added p50 ${at}`, ms(added[0]), '≤ 12 ms (goal ≤ 5)', added[0] <= 12),
    bar(`added p99 ${at}`, ms(added[1]), '≤ 40 ms (goal ≤ 15)', added[1] <= 40),
  ];
}

function together(results) {
  const [one, two] = ['one-process', 'two-processes'].map(
    (group) => bestOf(results, group, 'gateway')?.measured,
  );
  if (!one || !two) return [];
  return ['p50', 'p99'].map((name) => {
    const limit = one[name] + Math.max(NOISE.ms, one[name] * NOISE.share);
    const value = `${ms(two[name])} against ${ms(one[name])}`;
    return bar(`${name}, two API processes against one`, value, 'not slower', two[name] <= limit);
  });
}

/** Quality of isolation: an acquirer's end is its own merchants' affair. */
function besideDead(results) {
  const well = bestOf(results, 'neighbour-well', 'gateway')?.measured;
  const kinds = { 'neighbour-silent': 'is silent', 'neighbour-refusing': 'is gone' };
  return Object.entries(kinds).flatMap(([group, what]) => {
    const dead = bestOf(results, group, 'gateway')?.measured;
    if (!well || !dead) return [];
    const ratio = dead.p99 / well.p99;
    return [
      bar(`p99 while another merchant's acquirer ${what}`, times(ratio), '≤ 1.20 × when well', ratio <= 1.2),
    ];
  });
}

function memory(results) {
  const long = results.filter(({ group }) => group === 'long');
  const all = results.filter(({ name }) => name === 'gateway');
  const highest = Math.max(...all.map(({ gauges }) => gauges.memory.max));
  const limit = '≤ 250 MiB after 1,000,000 (goal ≤ 150)';
  const judged = [bar('highest memory of an API process', mebi(highest), limit, highest <= MEMORY_MAX)];
  if (long.length < 4) return judged;
  // The first rounds still fill caches and pools.
  const [first, last] = [long[1], long.at(-1)].map(({ gauges }) => gauges.memory.max);
  const flat = last <= first * (1 + FLAT_SHARE) + FLAT_MARGIN;
  return [...judged, bar('memory over the long run', `${mebi(first)} → ${mebi(last)}`, 'not growing', flat)];
}
