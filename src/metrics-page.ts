import { metricsPageText } from './ops/metrics-page.text';

/** Prints docs/metrics.md. Needs no database. */
metricsPageText().then(
  (text) => process.stdout.write(text),
  (error: unknown) => {
    process.stderr.write(`metrics: ${error instanceof Error ? error.message : String(error)}\n`);
    process.exitCode = 1;
  },
);
