import { AsyncLocalStorage } from 'node:async_hooks';
import type { LiveSpan, SpanAttributes, SpanRecorder, SpanStart } from './span.types';

/** What the caller's flow is a part of. A sweep that may find nothing to do begins its span only when it does. */
interface Scope {
  live: LiveSpan | undefined;
  readonly begin: () => LiveSpan;
}

/** Who remembers which trace a payment or a cancel was dealt with in, so that the worker can go on in it. */
export interface TraceKeeper {
  keep(subjectId: string, traceparent: string): void;
}

let recorder: SpanRecorder | undefined;
let keeper: TraceKeeper | undefined;
const scopes = new AsyncLocalStorage<Scope>();

const SILENT: LiveSpan = {
  traceId: '',
  traceparent: '',
  isSampled: false,
  rename: () => undefined,
  set: () => undefined,
  fail: () => undefined,
  end: () => undefined,
};

/** Once, before anything else begins. Without it every function here does nothing and costs a comparison. */
export function recordSpansWith(given: SpanRecorder): void {
  recorder = given;
}

export function keepTracesWith(given: TraceKeeper): void {
  keeper = given;
}

export const spanRecorder = (): SpanRecorder | undefined => recorder;
export const isTracing = (): boolean => recorder !== undefined;

/** Of the flow that asks; undefined where nothing is traced. */
export const activeTraceId = (): string | undefined => scopes.getStore()?.live?.traceId;

/** A span that its owner ends; the work is run in it by `runInSpan`. */
export function startSpan(start: SpanStart): LiveSpan | undefined {
  return recorder?.start(start, scopes.getStore()?.live);
}

export function runInSpan<T>(span: LiveSpan, work: () => T): T {
  return scopes.run({ live: span, begin: () => span }, work);
}

/** Runs the work in a span of its own, which ends with it. What it throws is told by its name only. */
export async function inSpan<T>(start: SpanStart, work: (span: LiveSpan) => Promise<T>): Promise<T> {
  if (recorder === undefined) return work(SILENT);
  const scope = scopes.getStore();
  if (start.onlyWithin === true && scope?.live === undefined) return work(SILENT);
  const parent = start.continues === undefined ? (scope?.live ?? scope?.begin()) : undefined;
  const span = recorder.start(start, parent);
  try {
    return await runInSpan(span, () => work(span));
  } catch (error) {
    span.fail(error instanceof Error ? error.name : 'unknown');
    throw error;
  } finally {
    span.end();
  }
}

/**
 * Runs a sweep that answers how much it took up. Its span exists only if that is anything, or if something within asked
 * the outside; a sweep that finds nothing leaves none.
 */
export async function inSweepSpan(
  name: string,
  startedAtMs: number,
  sweep: () => Promise<number>,
): Promise<number> {
  if (recorder === undefined) return sweep();
  const making = recorder;
  const scope: Scope = {
    live: undefined,
    begin: () => (scope.live ??= making.start({ name, kind: 'CONSUMER', startedAtMs }, undefined)),
  };
  try {
    const count = await scopes.run(scope, sweep);
    if (count > 0) scope.begin().set({ 'pg.count': count });
    return count;
  } catch (error) {
    scope.begin().fail(error instanceof Error ? error.name : 'unknown');
    throw error;
  } finally {
    scope.live?.end();
  }
}

/** Something that is over already, as a part of the span that is open here. Dropped where there is none. */
export function recordPast(start: SpanStart & { readonly startedAtMs: number }, failure?: string): void {
  const parent = scopes.getStore()?.live;
  if (recorder === undefined || parent === undefined) return;
  const span = recorder.start(start, parent);
  if (failure !== undefined) span.fail(failure);
  span.end();
}

/** Says of the open span what it is about. */
export function describeSpan(attributes: SpanAttributes): void {
  scopes.getStore()?.live?.set(attributes);
}

/** The open span deals with this payment; what the worker does with it later goes on in the same trace. */
export function aboutPayment(paymentId: string): void {
  about(paymentId, { 'pg.payment_id': paymentId });
}

/** As `aboutPayment`, of one cancel of a payment. */
export function aboutCancel(paymentId: string, cancelId: string): void {
  about(cancelId, { 'pg.payment_id': paymentId, 'pg.cancel_id': cancelId });
}

function about(subjectId: string, attributes: SpanAttributes): void {
  const span = scopes.getStore()?.live;
  if (span === undefined) return;
  span.set(attributes);
  if (span.isSampled) keeper?.keep(subjectId, span.traceparent);
}

/** For work that is nobody's in particular, though somebody's request began it. */
export function outsideSpans<T>(work: () => T): T {
  return recorder === undefined ? work() : scopes.exit(work);
}

/** For work that is queued: later, on whatever flow it is then, `again` runs it where it was queued. */
export function bindSpan(): <T>(work: () => T) => T {
  const scope = scopes.getStore();
  return scope === undefined ? (work) => work() : (work) => scopes.run(scope, work);
}
