import 'reflect-metadata';
import { ConfigError, AppConfig, loadConfig } from './config/app-config';
import { createHttpApp } from './http-app';
import { endOnSignal } from './ops/end-on-signal';
import { MetricsServer } from './ops/metrics-server';
import { startTracing } from './ops/tracing/start-tracing';

/** The API process. */
async function serve(): Promise<void> {
  await startTracing(loadConfig(), 'api');
  const app = await createHttpApp();
  const config = app.get(AppConfig);
  endOnSignal(app);
  await app.listen(config.http.port, config.http.host);
  await app.get(MetricsServer).listen(config.metrics.apiPort);
  const { host, port } = config.http;
  process.stdout.write(
    `api listening on http://${host}:${port}, metrics on ${config.metrics.host}:${config.metrics.apiPort}\n`,
  );
}

function explain(error: unknown): string {
  if (error instanceof ConfigError) return error.message;
  const { code, address, port, name } = error as {
    code?: string;
    address?: string;
    port?: number;
    name?: string;
  };
  if (code === 'EADDRINUSE')
    return `port ${port ?? '?'} on ${address ?? '?'} is taken: stop what uses it, or set PORT or METRICS_PORT`;
  if (code === 'ECONNREFUSED')
    return 'the database does not answer: check DATABASE_URL, or use npm start, which brings one';
  return `the API could not start: ${error instanceof Error ? `${name ?? 'Error'} ${code ?? error.message}` : 'unknown'}`;
}

serve().catch((error: unknown) => {
  process.stderr.write(`${explain(error)}\n`);
  process.exit(1);
});
