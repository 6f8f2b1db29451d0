import { setTimeout as pause } from 'node:timers/promises';
import type { Authorization } from './credentials.ts';
import { type Attempted, ConnectionFailedError, OutcomeUnknownError, PgGatewayError } from './errors.ts';
import type { ProblemDetails } from './errors.ts';

export interface TransportOptions {
  readonly baseUrl: string;
  readonly authorization: Authorization;
  readonly language: 'ko' | 'en';
  /** Of one try. A card approval may take as long as the acquirer does, and its undoing after that. */
  readonly timeoutMs: number;
  /** How often one call is sent at most. */
  readonly triesMax: number;
  readonly fetch: typeof fetch;
}

export interface Outgoing extends Attempted {
  readonly body: string | undefined;
  readonly headers: Readonly<Record<string, string>>;
}

/** An answer, or what came instead of one; `unsent`: not even the call went out, for want of a token. */
type Tried =
  | { readonly response: Response; readonly text: string }
  | { readonly failure: unknown }
  | { readonly unsent: unknown };

const FIRST_PAUSE_MS = 300;
const PAUSE_MAX_MS = 30_000;
/** The gateway's own word on a call whose outcome it does not know: asking again gets the same answer. */
const SETTLED_UNKNOWN = new Set(['ACQUIRER_TIMEOUT', 'PAYMENT_OUTCOME_UNKNOWN', 'OUTCOME_UNKNOWN']);
/** Something else was sent before, under this key or for this order, and is not over or not known to this call. */
const OTHERS_OUTCOME = new Set(['IDEMPOTENCY_IN_PROGRESS', 'IDEMPOTENCY_KEY_REUSED', 'PAYMENT_IN_PROGRESS']);

/**
 * Sends a call until it has an answer, a few times at most. Every try is the same bytes under the same key, so that the
 * gateway does it once. What is left in doubt in the end is OutcomeUnknownError, never a failure.
 */
export class Transport {
  readonly #options: TransportOptions;

  constructor(options: TransportOptions) {
    this.#options = options;
  }

  async send(outgoing: Outgoing): Promise<{ readonly response: Response; readonly text: string }> {
    let inDoubt = false;
    let renewed = false;
    for (let tries = 1; ; tries += 1) {
      const tried = await this.#try(outgoing);
      if ('unsent' in tried) throw unsent(outgoing, tried.unsent, inDoubt);
      const isLast = tries >= this.#options.triesMax;
      if ('response' in tried) {
        const { response, text } = tried;
        if (response.ok) return { response, text };
        const problem = problemOf(response, text);
        if (response.status === 401 && this.#options.authorization.renewable && !renewed && !isLast) {
          renewed = true;
          this.#options.authorization.forget();
          continue;
        }
        if (isLast || !mayTryAgain(response.status, problem))
          throw refusal(response.status, problem, outgoing, inDoubt);
      } else if (isLast) throw lost(outgoing, tried.failure);
      inDoubt ||= !('response' in tried) || tried.response.status >= 500;
      await pause(pauseMs(tries, 'response' in tried ? tried.response : undefined));
    }
  }

  async #try({ method, path, body, headers }: Outgoing): Promise<Tried> {
    const { baseUrl, authorization, language, timeoutMs, fetch: send } = this.#options;
    let credentials: string;
    try {
      credentials = await authorization.header();
    } catch (error) {
      return { unsent: error };
    }
    try {
      const response = await send(new URL(path, baseUrl), {
        method,
        headers: {
          accept: 'application/json',
          'accept-language': language,
          ...headers,
          authorization: credentials,
        },
        ...(body === undefined ? {} : { body }),
        signal: AbortSignal.timeout(timeoutMs),
        redirect: 'error',
      });
      return { response, text: await response.text() };
    } catch (failure) {
      return { failure };
    }
  }
}

function mayTryAgain(status: number, { code = '' }: ProblemDetails): boolean {
  if (SETTLED_UNKNOWN.has(code)) return false;
  return status === 429 || status === 503 || status === 504 || code === 'IDEMPOTENCY_IN_PROGRESS';
}

/**
 * A refusal is one only if it says of this call that it failed. After a lost answer a later try may be refused for reasons
 * of its own, a key that was revoked meanwhile or something between us, and that says nothing of the first.
 */
function refusal(status: number, problem: ProblemDetails, outgoing: Outgoing, inDoubt: boolean): Error {
  const isWrite = outgoing.idempotencyKey !== undefined;
  const failed = problem.outcome === 'FAILURE';
  const inLimbo = inDoubt || status >= 500 || OTHERS_OUTCOME.has(problem.code ?? '');
  if (isWrite && !failed && (problem.outcome === 'UNKNOWN' || inLimbo)) {
    return new OutcomeUnknownError(outgoing, problem);
  }
  return new PgGatewayError(status, problem, outgoing);
}

/** No token was to be had: nothing was sent this time, but maybe before. */
function unsent(outgoing: Outgoing, cause: unknown, inDoubt: boolean): Error {
  if (inDoubt) return lost(outgoing, cause);
  return cause instanceof PgGatewayError ? cause : new ConnectionFailedError(outgoing, cause);
}

function lost(outgoing: Outgoing, cause: unknown): Error {
  return outgoing.idempotencyKey === undefined
    ? new ConnectionFailedError(outgoing, cause)
    : new OutcomeUnknownError(outgoing, undefined, cause);
}

/** Something between us may answer too, and in another form. */
function problemOf(response: Response, text: string): ProblemDetails {
  if (!/json/.test(response.headers.get('content-type') ?? '')) return {};
  try {
    const parsed: unknown = JSON.parse(text);
    return typeof parsed === 'object' && parsed !== null ? parsed : {};
  } catch {
    return {};
  }
}

/** As long as the answer asks for, else twice as long each time; never all clients at once. */
function pauseMs(tries: number, response: Response | undefined): number {
  const asked = Number(response?.headers.get('retry-after') ?? Number.NaN) * 1_000;
  const jitter = Math.random();
  if (asked >= 0) return Math.min(PAUSE_MAX_MS, asked + jitter * FIRST_PAUSE_MS);
  return Math.min(PAUSE_MAX_MS, FIRST_PAUSE_MS * 2 ** (tries - 1)) * (0.5 + jitter / 2);
}
