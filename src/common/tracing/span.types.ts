/**
 * The only attributes a span may hold. What is not listed is dropped, so that a new one is a decision, not an accident: no
 * body, header, address, card value, name, phone or token can leave with a trace. Values are cut and redacted as in logs.
 */
export const SPAN_ATTRIBUTES = [
  'db.operation.batch.size',
  'db.operation.name',
  'db.system.name',
  'error.type',
  'http.request.method',
  'http.response.status_code',
  'http.route',
  'server.address',
  'pg.acquirer',
  'pg.cancel_id',
  'pg.count',
  'pg.operation',
  'pg.outcome',
  'pg.payment_id',
  'pg.request_id',
] as const;
export type SpanAttribute = (typeof SPAN_ATTRIBUTES)[number];
export type SpanAttributes = Readonly<Partial<Record<SpanAttribute, string | number>>>;

export interface SpanStart {
  /** From code alone, never from what a caller sent. */
  readonly name: string;
  /** As OpenTelemetry names them: who is asked (SERVER), who asks (CLIENT), work of the worker (CONSUMER), a part of it. */
  readonly kind: 'SERVER' | 'CLIENT' | 'CONSUMER' | 'INTERNAL';
  readonly attributes?: SpanAttributes;
  /** Only as a part of another span, e.g. a statement: polling for work that is not there leaves no trace. */
  readonly onlyWithin?: boolean;
  /** A W3C traceparent to go on from, instead of the span that is open here. */
  readonly continues?: string;
  /** By the monotonic clock, where it began before it was known to be worth keeping. */
  readonly startedAtMs?: number;
}

/** A piece of work that is being traced. */
export interface LiveSpan {
  readonly traceId: string;
  /** W3C trace context, version 00. */
  readonly traceparent: string;
  readonly isSampled: boolean;
  rename(name: string): void;
  set(attributes: SpanAttributes): void;
  /** `type`: a short name from code. */
  fail(type: string): void;
  end(): void;
}

/** Who makes and exports spans. */
export interface SpanRecorder {
  start(span: SpanStart, parent: LiveSpan | undefined): LiveSpan;
  /** Exports what waits and ends. Never throws: what cannot be exported is lost. */
  shutdown(): Promise<void>;
  /** Spans exported, and lost because the collector did not take them, since the start. */
  readonly exported: { readonly taken: number; readonly lost: number };
}
