import { recordSpansWith } from '../../common/tracing/spans';
import type { AppConfig } from '../../config/app-config';

/**
 * To be called before anything else is made. OpenTelemetry is loaded only where there is a collector to send to: without
 * one the process neither imports nor runs any of it.
 */
export async function startTracing(config: AppConfig, process: 'api' | 'worker'): Promise<void> {
  if (config.tracing === null) return;
  const { OtlpRecorder } = await import('./otlp-recorder.js');
  const service = { name: `pg-gateway-${process}`, environment: config.environment };
  recordSpansWith(new OtlpRecorder(config.tracing, service));
}
