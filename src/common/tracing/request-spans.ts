import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { isTracing, runInSpan, startSpan } from './spans';
import type { LiveSpan } from './span.types';
import { traceparentOf } from './traceparent';

/** Polled for ever, and nobody's request. */
const PROBES = /^\/health\//;

/**
 * One span a request, named by its route, from the first hook to the last byte of the answer. To be called before any other
 * hook is added, so that all of them run in it. Adds nothing where nothing is traced.
 */
export function traceRequests(fastify: FastifyInstance): void {
  if (!isTracing()) return;
  const spans = new WeakMap<FastifyRequest, LiveSpan>();
  fastify.addHook('onRequest', (request: FastifyRequest, _reply: FastifyReply, done: () => void) => {
    const span = PROBES.test(request.url)
      ? undefined
      : startSpan({
          name: request.method,
          kind: 'SERVER',
          continues: traceparentOf(request.headers.traceparent),
          attributes: { 'http.request.method': request.method, 'pg.request_id': request.id },
        });
    if (span === undefined) {
      done();
      return;
    }
    spans.set(request, span);
    runInSpan(span, done);
  });
  fastify.addHook('onResponse', (request: FastifyRequest, reply: FastifyReply, done: () => void) => {
    const span = spans.get(request);
    const route = request.routeOptions.url ?? 'unknown';
    span?.rename(`${request.method} ${route}`);
    span?.set({ 'http.route': route, 'http.response.status_code': reply.statusCode });
    // What the caller did wrong is no fault of this process (OpenTelemetry's rule for servers).
    if (reply.statusCode >= 500) span?.fail(String(reply.statusCode));
    span?.end();
    done();
  });
}
