import type { ProblemMembers } from '../openapi/problem.schema';
import { ERROR_KINDS, type ErrorEntry } from './error-kinds';

export interface FieldError {
  /** Name of the body field or parameter, dotted for nested ones. */
  readonly field: string;
  /** Stable UPPER_SNAKE rule name, e.g. `REQUIRED`, `OUT_OF_RANGE`. */
  readonly code: string;
  /** Overrides the standard text of the rule; must never contain the value. */
  readonly message?: { ko: string; en: string };
}

/** What an acquirer said of it, in its own words; never a card value. */
export interface AcquirerFault {
  readonly name: string;
  readonly code: string;
  readonly message: string;
}

export interface ErrorExtras {
  readonly errors?: readonly FieldError[];
  readonly acquirer?: AcquirerFault;
  /** Members added to the problem answer as they are, e.g. paymentId, outcome: documented ones only. */
  readonly members?: Readonly<ProblemMembers> & { readonly status?: string };
  readonly retryAfterSeconds?: number;
  readonly headers?: Readonly<Record<string, string>>;
  /** Kept for the log, never sent. */
  readonly cause?: unknown;
}

/**
 * A fault with a stable code. Declines are values, not errors, until they leave as a problem answer (RFC 9457).
 * Made by `fault(TABLE, 'CODE', …)`, so that no code exists outside its module's table.
 */
export class AppError extends Error {
  constructor(
    readonly code: string,
    readonly entry: ErrorEntry,
    readonly extras: ErrorExtras = {},
  ) {
    super(code, { cause: extras.cause });
    this.name = 'AppError';
  }

  get status(): number {
    return ERROR_KINDS[this.entry.kind];
  }
}

export function fault<T extends Readonly<Record<string, ErrorEntry>>>(
  table: T,
  code: keyof T & string,
  extras: ErrorExtras = {},
): AppError {
  return new AppError(code, table[code]!, extras);
}
