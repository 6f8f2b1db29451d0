import type { LookupFunction } from 'node:net';
import { Injectable } from '@nestjs/common';
import { buildConnector, Client, type Dispatcher } from 'undici';
import { activeTransaction } from '../../../common/db/active-transaction';
import { Clock } from '../../../common/time/clock';
import { inSpan } from '../../../common/tracing/spans';
import { AppConfig } from '../../../config/app-config';
import { outcomeOfStatus, retryAfterMs } from '../deliveries/delivery.policy';
import type { DeliveryOutcome, SendResult } from '../deliveries/delivery.types';
import { AddressRefused, type CheckedAddress, NameLookup, NameUnknown } from './name-lookup';

const ANSWER_BYTES_MAX = 64 * 1_024;
const HEAD_BYTES = 512;

export interface WebhookPost {
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

type Answer = Pick<SendResult, 'outcome' | 'httpStatus' | 'retryAfterMs' | 'answerHead'>;

/**
 * The one way out to merchants' endpoints. Each call has a connection of its own, to an address that was checked for it;
 * it follows no redirect, repeats nothing, uses no proxy, bounds time and answer, and refuses to work while the caller's
 * flow holds a database transaction.
 */
@Injectable()
export class WebhookClient {
  constructor(
    private readonly names: NameLookup,
    private readonly config: AppConfig,
    private readonly clock: Clock,
  ) {}

  /** Never throws for what the other side does. */
  async post(post: WebhookPost): Promise<SendResult> {
    const transaction = activeTransaction();
    if (transaction !== undefined) throw new Error(`a webhook inside the transaction ${transaction}`);
    // The host alone: paths and queries hold merchants' tokens. No traceparent goes out, it is nobody's business there.
    const attributes = { 'http.request.method': 'POST', 'server.address': new URL(post.url).hostname };
    return inSpan({ name: 'POST webhook', kind: 'CLIENT', attributes }, async (span) => {
      const result = await this.exchange(post);
      span.set({ 'pg.outcome': result.outcome });
      if (result.httpStatus !== null) span.set({ 'http.response.status_code': result.httpStatus });
      if (result.outcome !== 'DELIVERED') span.fail(result.outcome);
      return result;
    });
  }

  private async exchange({ url, headers, body }: WebhookPost): Promise<SendResult> {
    const { origin, pathname, search } = new URL(url);
    const started = this.clock.monotonicMs();
    const abort = new AbortController();
    const timer = setTimeout(() => abort.abort(), this.config.webhooks.totalTimeoutMs);
    const client = new Client(origin, {
      connect: (options, callback) => this.connect(options, callback),
      headersTimeout: 0,
      bodyTimeout: 0,
    });
    try {
      const answer = await client.request({
        ...{ method: 'POST', path: pathname + search, headers, body, signal: abort.signal, reset: true },
      });
      return { ...(await this.answerOf(answer)), durationMs: this.since(started) };
    } catch (error) {
      const outcome = outcomeOfError(error);
      const durationMs = this.since(started);
      return { outcome, httpStatus: null, durationMs, retryAfterMs: null, answerHead: null };
    } finally {
      clearTimeout(timer);
      await client.destroy();
    }
  }

  /** The status decides as soon as it is there; a body that is late, long or broken off changes nothing of it. */
  private async answerOf({ statusCode, headers, body }: Dispatcher.ResponseData): Promise<Answer> {
    const asked = headers['retry-after'];
    const mayAsk = statusCode === 429 || statusCode === 503;
    return {
      outcome: outcomeOfStatus(statusCode),
      httpStatus: statusCode,
      retryAfterMs: mayAsk && typeof asked === 'string' ? retryAfterMs(asked, this.clock.now()) : null,
      answerHead: await headOf(body),
    };
  }

  private connect(options: buildConnector.Options, callback: buildConnector.Callback): void {
    const timeout = this.config.webhooks.connectTimeoutMs;
    const started = this.clock.monotonicMs();
    this.names.addressesOf(options.hostname.replace(/^\[|\]$/g, '')).then(
      (addresses) => {
        const left = Math.max(1, timeout - this.since(started));
        const connector = buildConnector({
          ...{ timeout: left, lookup: pinnedTo(addresses), maxCachedSessions: 0, allowH2: false },
        });
        connector(options, callback);
      },
      (error: unknown) => callback(error instanceof Error ? error : new NameUnknown(), null),
    );
  }

  private since(started: number): number {
    return Math.round(this.clock.monotonicMs() - started);
  }
}

/** Answers with the checked addresses and asks nobody. Host and SNI stay those of the URL. */
function pinnedTo(addresses: readonly CheckedAddress[]): LookupFunction {
  return (_host, options, callback) => {
    const [first] = addresses;
    if (options.all === true || first === undefined) callback(null, [...addresses]);
    else callback(null, first.address, first.family);
  };
}

async function headOf(body: Dispatcher.ResponseData['body']): Promise<string> {
  const parts: Buffer[] = [];
  let length = 0;
  try {
    for await (const part of body as AsyncIterable<Buffer>) {
      if (length < HEAD_BYTES) parts.push(part.subarray(0, HEAD_BYTES - length));
      length += part.length;
      if (length >= ANSWER_BYTES_MAX) break;
    }
  } catch {
    // Broken off, or out of time: what came is what there is.
  }
  return Buffer.concat(parts).toString('latin1');
}

const TLS = /^(ERR_TLS|ERR_SSL|CERT_|EPROTO|DEPTH_ZERO_SELF_SIGNED|SELF_SIGNED|UNABLE_TO_)/;

function outcomeOfError(error: unknown): DeliveryOutcome {
  if (error instanceof AddressRefused) return 'ADDRESS_REFUSED';
  if (error instanceof NameUnknown) return 'NAME_UNKNOWN';
  const { name, code } = error as { name?: string; code?: unknown };
  if (name === 'AbortError' || code === 'UND_ERR_CONNECT_TIMEOUT' || code === 'ETIMEDOUT') return 'TIMED_OUT';
  return TLS.test(String(code)) ? 'TLS_FAILED' : 'CONNECTION_FAILED';
}
