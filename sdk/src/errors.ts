/** RFC 9457 problem details as the gateway sends them; https://www.rfc-editor.org/rfc/rfc9457. */
export interface ProblemDetails {
  readonly type?: string;
  readonly title?: string;
  /** The HTTP status; of `ACQUIRER_TIMEOUT` the status of the payment instead. */
  readonly status?: number | string;
  readonly detail?: string;
  readonly code?: string;
  readonly traceId?: string;
  readonly errors?: readonly { readonly field: string; readonly code: string; readonly message: string }[];
  readonly acquirer?: { readonly name: string; readonly code: string; readonly message: string };
  readonly paymentId?: string;
  readonly outcome?: 'FAILURE' | 'UNKNOWN';
  readonly nextCheckAt?: string;
}

/** What a call was, for whoever has to look it up or send it again. */
export interface Attempted {
  readonly method: string;
  readonly path: string;
  readonly requestId: string;
  /** Undefined for reads. The same call under the same key is done once. */
  readonly idempotencyKey: string | undefined;
}

/** The gateway refused: nothing was done, or it was done and is known to have failed. */
export class PgGatewayError extends Error {
  override readonly name: string = 'PgGatewayError';
  /** The HTTP status. */
  readonly httpStatus: number;
  /** A stable code, see docs/errors.md; `HTTP_<status>` where something between us answered. */
  readonly code: string;
  readonly problem: ProblemDetails;
  readonly attempted: Attempted;

  constructor(httpStatus: number, problem: ProblemDetails, attempted: Attempted) {
    super(`${problem.code ?? `HTTP ${httpStatus}`}: ${problem.detail ?? problem.title ?? 'no details'}`);
    this.httpStatus = httpStatus;
    this.code = problem.code ?? `HTTP_${httpStatus}`;
    this.problem = problem;
    this.attempted = attempted;
  }
}

/**
 * Nobody knows yet whether it was done. Never take it for a failure, and never ask again under another key: look the
 * payment up by `paymentId` or by its order number, after `nextCheckAt` where that is given, or wait for the webhook.
 */
export class OutcomeUnknownError extends Error {
  override readonly name = 'OutcomeUnknownError';
  readonly paymentId: string | undefined;
  /** ISO 8601; when the gateway will know more. */
  readonly nextCheckAt: string | undefined;
  readonly problem: ProblemDetails | undefined;
  readonly attempted: Attempted;

  constructor(attempted: Attempted, problem: ProblemDetails | undefined, cause?: unknown) {
    super(`the outcome of ${attempted.method} ${attempted.path} is not known`, { cause });
    this.paymentId = problem?.paymentId;
    this.nextCheckAt = problem?.nextCheckAt;
    this.problem = problem;
    this.attempted = attempted;
  }
}

/** A read did not get through, or a call was never sent for want of a token. Nothing was changed, nothing is in doubt. */
export class ConnectionFailedError extends Error {
  override readonly name = 'ConnectionFailedError';
  readonly attempted: Attempted;

  constructor(attempted: Attempted, cause: unknown) {
    super(`${attempted.method} ${attempted.path} did not get through`, { cause });
    this.attempted = attempted;
  }
}
