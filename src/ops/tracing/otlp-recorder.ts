import {
  type Attributes,
  type Context,
  ROOT_CONTEXT,
  type Span,
  type SpanContext,
  SpanKind,
  SpanStatusCode,
  trace,
  TraceFlags,
} from '@opentelemetry/api';
import { OTLPTraceExporter } from '@opentelemetry/exporter-trace-otlp-http';
import { resourceFromAttributes } from '@opentelemetry/resources';
import {
  BatchSpanProcessor,
  type ReadableSpan,
  type SpanExporter,
  TraceIdRatioBasedSampler,
  TracerProvider,
} from '@opentelemetry/sdk-trace';
import { redacted } from '../../common/logging/redaction';
import {
  type LiveSpan,
  SPAN_ATTRIBUTES,
  type SpanAttributes,
  type SpanRecorder,
  type SpanStart,
} from '../../common/tracing/span.types';
import type { TracingSettings } from '../../config/config-parts';

const TEXT_MAX = 200;
const SHUTDOWN_MAX_MS = 3_000;
const ALLOWED: ReadonlySet<string> = new Set(SPAN_ATTRIBUTES);

/**
 * Spans as OpenTelemetry makes them, sent in batches to an OTLP/HTTP collector as JSON. Imported only where tracing is
 * asked for. Whether a trace is kept is told by its id alone, so that every process decides alike, and no caller for us.
 */
export class OtlpRecorder implements SpanRecorder {
  readonly exported = { taken: 0, lost: 0 };
  private readonly provider: TracerProvider;

  constructor({ endpoint, headers, ratio }: TracingSettings, service: { name: string; environment: string }) {
    const exporter = new OTLPTraceExporter({
      url: `${endpoint}/v1/traces`,
      headers: { ...headers.expose() },
    });
    this.provider = new TracerProvider({
      resource: resourceFromAttributes({
        'service.name': service.name,
        'deployment.environment.name': service.environment,
      }),
      sampler: new TraceIdRatioBasedSampler(ratio),
      spanProcessors: [new BatchSpanProcessor({ exporter: this.counted(exporter) })],
    });
  }

  start(start: SpanStart, parent: LiveSpan | undefined): LiveSpan {
    const continued = start.continues ?? parent?.traceparent;
    const span = this.provider
      .getTracer('pg-gateway')
      .startSpan(
        start.name,
        { kind: SpanKind[start.kind], attributes: allowed(start.attributes), startTime: start.startedAtMs },
        contextOf(continued),
      );
    return new OtlpSpan(span);
  }

  async shutdown(): Promise<void> {
    const over = new Promise<void>((done) => setTimeout(done, SHUTDOWN_MAX_MS).unref());
    await Promise.race([this.provider.shutdown().catch(() => undefined), over]);
  }

  /** The exporter, whose losses are otherwise told to nobody. */
  private counted(exporter: OTLPTraceExporter): SpanExporter {
    const { exported } = this;
    return {
      export: (spans: ReadableSpan[], done) =>
        exporter.export(spans, (result) => {
          exported[result.error === undefined ? 'taken' : 'lost'] += spans.length;
          done(result);
        }),
      shutdown: () => exporter.shutdown(),
      forceFlush: () => exporter.forceFlush(),
    };
  }
}

class OtlpSpan implements LiveSpan {
  readonly traceId: string;
  readonly traceparent: string;
  readonly isSampled: boolean;

  constructor(private readonly span: Span) {
    const { traceId, spanId, traceFlags } = span.spanContext();
    this.traceId = traceId;
    this.isSampled = (traceFlags & TraceFlags.SAMPLED) !== 0;
    this.traceparent = `00-${traceId}-${spanId}-${this.isSampled ? '01' : '00'}`;
  }

  rename(name: string): void {
    this.span.updateName(name);
  }

  set(attributes: SpanAttributes): void {
    this.span.setAttributes(allowed(attributes));
  }

  fail(type: string): void {
    this.span.setStatus({ code: SpanStatusCode.ERROR });
    this.set({ 'error.type': type });
  }

  end(): void {
    this.span.end();
  }
}

function contextOf(traceparent: string | undefined): Context {
  if (traceparent === undefined) return ROOT_CONTEXT;
  const [, traceId = '', spanId = '', flags = '00'] = traceparent.split('-');
  const parent: SpanContext = { traceId, spanId, traceFlags: Number.parseInt(flags, 16), isRemote: true };
  return trace.setSpanContext(ROOT_CONTEXT, parent);
}

function allowed(attributes: SpanAttributes = {}): Attributes {
  return Object.fromEntries(
    Object.entries(attributes)
      .filter(([name]) => ALLOWED.has(name))
      .map(([name, value]) => [name, typeof value === 'string' ? redacted(value).slice(0, TEXT_MAX) : value]),
  );
}
