import { METRICS } from '../common/metrics/catalogue';
import { Metrics } from '../common/metrics/metrics';

/** docs/metrics.md: what the catalogue holds, and what prom-client measures of every Node process. */
export async function metricsPageText(): Promise<string> {
  const ours = Object.entries(METRICS).map(
    ([name, { type, labels, ko, en }]) =>
      `| \`${name}\` | ${type} | ${labels.map((label) => `\`${label}\``).join(', ')} | ${ko} | ${en} |`,
  );
  const all = await new Metrics().registry.getMetricsAsJSON();
  const process = all
    .filter(({ name }) => !(name in METRICS))
    .map(({ name, type, help }) => `| \`${name}\` | ${String(type)} | ${help} |`)
    .sort();
  return [
    '# Metrics',
    '',
    'Written by `npm run metrics` from src/common/metrics/catalogue.ts; a metric that is not there does not exist. The API',
    'serves them at `METRICS_PORT`, the worker at `WORKER_METRICS_PORT`, each at `/metrics` and never to the outside. What',
    'the database is asked for is told by every process alike: take `max`, not `sum`. It is asked at most once in',
    '`METRICS_DATABASE_MAX_AGE_MS` by each process, over one connection of its own. A histogram also has `_bucket`, `_sum`',
    'and `_count`. No label is ever a merchant, a payment or an address.',
    '',
    '| Metric | Type | Labels | 뜻 | Meaning |',
    '|---|---|---|---|---|',
    ...ours,
    '',
    '## Of every process',
    '',
    '| Metric | Type | Meaning |',
    '|---|---|---|',
    ...process,
    '',
  ].join('\n');
}
