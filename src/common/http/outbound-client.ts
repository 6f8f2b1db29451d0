import { Injectable, type OnApplicationShutdown, Optional } from '@nestjs/common';
import { Pool, type Dispatcher } from 'undici';
import { activeTransaction } from '../db/active-transaction';
import { Logger } from '../logging/logger';
import { inSpan } from '../tracing/spans';
import { Clock } from '../time/clock';

const ANSWER_BYTES_MAX = 256 * 1024;
/** Above the bulkhead of approvals, so that cancels and inquiries find a connection beside them. */
const CONNECTIONS_MAX = 1_024;
const POOLS_MAX = 100;

export interface OutboundRequest {
  readonly method: 'GET' | 'POST' | 'PUT' | 'DELETE';
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string;
  /** Milliseconds to a connection, including TLS. */
  readonly connectTimeoutMs: number;
  /** Milliseconds from the connection to the last byte of the answer. */
  readonly answerTimeoutMs: number;
}

/**
 * How a call ended, as far as the wire tells. `NOT_SENT`: no connection was ever had, so not a byte was taken.
 * `BROKEN`: anything after that; the other side may have acted.
 */
export type OutboundResult =
  | { readonly kind: 'ANSWER'; readonly status: number; readonly body: string; readonly latencyMs: number }
  | { readonly kind: 'NOT_SENT'; readonly reason: string; readonly latencyMs: number }
  | { readonly kind: 'BROKEN'; readonly reason: string; readonly latencyMs: number };

/** The other side is not who it should be: somebody stands between, or its operator has forgotten something. */
const NOT_TRUSTED = [
  'CERT_HAS_EXPIRED',
  'DEPTH_ZERO_SELF_SIGNED_CERT',
  'SELF_SIGNED_CERT_IN_CHAIN',
  'UNABLE_TO_VERIFY_LEAF_SIGNATURE',
  'ERR_TLS_CERT_ALTNAME_INVALID',
];

/** Errors that can only arise before a connection stands. A reset is not among them: it may come after the request. */
const BEFORE_CONNECTION = new Set([
  'ECONNREFUSED',
  'ENOTFOUND',
  'EAI_AGAIN',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'UND_ERR_CONNECT_TIMEOUT',
  ...NOT_TRUSTED,
]);

/**
 * The one way out to acquirers. Follows no redirect, repeats nothing, bounds the answer in time and size, and refuses
 * to call while the caller's flow holds a database transaction.
 */
@Injectable()
export class OutboundClient implements OnApplicationShutdown {
  private readonly pools = new Map<string, Pool>();

  constructor(
    private readonly clock: Clock,
    @Optional() private readonly logger?: Logger,
  ) {}

  async send(request: OutboundRequest): Promise<OutboundResult> {
    const transaction = activeTransaction();
    if (transaction !== undefined) throw new Error(`an outbound call inside the transaction ${transaction}`);
    const url = new URL(request.url);
    // The host alone: paths name payments and accounts. No traceparent goes out, it is nobody's business there.
    const attributes = { 'http.request.method': request.method, 'server.address': url.hostname };
    return inSpan({ name: `${request.method} ${url.hostname}`, kind: 'CLIENT', attributes }, async (span) => {
      const result = await this.exchange(request, url);
      span.set({ 'pg.outcome': result.kind });
      if (result.kind === 'ANSWER') span.set({ 'http.response.status_code': result.status });
      else span.fail(result.reason);
      return result;
    });
  }

  private async exchange(request: OutboundRequest, url: URL): Promise<OutboundResult> {
    const started = this.clock.monotonicMs();
    const elapsed = () => Math.round(this.clock.monotonicMs() - started);
    const abort = new AbortController();
    const timer = setTimeout(() => abort.abort(), request.connectTimeoutMs + request.answerTimeoutMs);
    try {
      const answer = await this.pool(url.origin, request.connectTimeoutMs).request({
        method: request.method,
        path: url.pathname + url.search,
        headers: request.headers,
        body: request.body,
        signal: abort.signal,
        // The timer above is the limit; undici's own timers are too coarse for scaled waits.
        headersTimeout: 0,
        bodyTimeout: 0,
      } satisfies Dispatcher.RequestOptions);
      const body = await answer.body.text();
      return { kind: 'ANSWER', status: answer.statusCode, body, latencyMs: elapsed() };
    } catch (error) {
      const reason = errorCode(error);
      if (NOT_TRUSTED.includes(reason))
        this.logger?.error('outbound.not-trusted', { host: url.hostname, errorCode: reason });
      return { kind: BEFORE_CONNECTION.has(reason) ? 'NOT_SENT' : 'BROKEN', reason, latencyMs: elapsed() };
    } finally {
      clearTimeout(timer);
    }
  }

  async onApplicationShutdown(): Promise<void> {
    await Promise.allSettled([...this.pools.values()].map((pool) => pool.close()));
  }

  private pool(origin: string, connectTimeoutMs: number): Pool {
    const key = `${origin} ${connectTimeoutMs}`;
    const known = this.pools.get(key);
    if (known !== undefined) return known;
    if (this.pools.size >= POOLS_MAX) throw new Error('too many outbound origins');
    const made = new Pool(origin, {
      connections: CONNECTIONS_MAX,
      pipelining: 1,
      connect: { timeout: connectTimeoutMs },
      keepAliveTimeout: 4_000,
      keepAliveMaxTimeout: 10_000,
      maxResponseSize: ANSWER_BYTES_MAX,
    });
    this.pools.set(key, made);
    return made;
  }
}

function errorCode(error: unknown): string {
  const seen = error as { code?: unknown; name?: unknown; cause?: { code?: unknown } };
  if (seen.name === 'AbortError') return 'TIMEOUT';
  // A host with two addresses fails with both errors together; refused by all of them is refused.
  if (error instanceof AggregateError) return errorCode(error.errors[0]);
  for (const code of [seen.code, seen.cause?.code]) if (typeof code === 'string') return code;
  return 'UNKNOWN';
}
