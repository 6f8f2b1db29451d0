/** A driver's or TypeORM's error, seen only by its code: the object itself holds SQL and parameters and is never logged. */
interface DriverError {
  readonly code?: string;
  readonly errno?: number;
  readonly sqlState?: string;
  readonly sqlMessage?: string;
  readonly driverError?: DriverError;
  readonly fatal?: boolean;
}

function driverErrorOf(error: unknown): DriverError {
  const seen = (error ?? {}) as DriverError;
  return seen.driverError ?? seen;
}

/**
 * InnoDB rolled the whole transaction back, or nothing was begun: running it all again is safe. On a Galera node 1213
 * also comes from COMMIT, when another node was first; 1047 while it is in no cluster with a majority.
 */
const RETRYABLE = new Set([1213, 1205, 1020, 1047]);

/** Another changed what a transaction had read before it could be done: it is undone and run again. */
export class ChangedMeanwhile extends Error {}

export function isRetryableConflict(error: unknown): boolean {
  return error instanceof ChangedMeanwhile || RETRYABLE.has(driverErrorOf(error).errno ?? 0);
}

export function isDuplicateKey(error: unknown): boolean {
  return driverErrorOf(error).errno === 1062;
}

/** A row names another one, by a foreign key, that is not there. */
export function isMissingReference(error: unknown): boolean {
  return driverErrorOf(error).errno === 1452;
}

/** The server refused the content of a row: out of range, against a constraint or a key. The same again is refused again. */
export function isRefusedData(error: unknown): boolean {
  return /^2[23]/.test(driverErrorOf(error).sqlState ?? '');
}

/** A lock was waited for in vain: of a row, or of a table's definition. */
export function isLockWaitTimeout(error: unknown): boolean {
  return driverErrorOf(error).errno === 1205;
}

/** The server ended the statement, which took longer than it may; nothing else is wrong with the connection. */
export function isStatementTimeout(error: unknown): boolean {
  return driverErrorOf(error).errno === 1969;
}

/** The message of a SIGNAL in our own statements, e.g. STATE_CONFLICT; undefined for every other error. */
export function signalOf(error: unknown): string | undefined {
  const seen = driverErrorOf(error);
  return seen.errno === 1644 ? seen.sqlMessage : undefined;
}

const CONNECTION_CODES = new Set([
  'PROTOCOL_CONNECTION_LOST',
  'ECONNREFUSED',
  'ECONNRESET',
  'EPIPE',
  'ETIMEDOUT',
  'ENOENT',
  'PROTOCOL_SEQUENCE_TIMEOUT',
  'ER_SERVER_SHUTDOWN',
  'ER_CON_COUNT_ERROR',
  'POOL_WAIT_EXCEEDED',
  'POOL_CLOSED',
]);

/**
 * What the server itself says before it leaves: it shuts down (1053), the connection was killed (1927), and of a Galera
 * node that it is in no cluster with a majority (1047), or fell out of it while it committed (1180).
 */
const LEAVING = new Set([1053, 1927, 1047, 1180]);

/**
 * The connection broke or was never had, or its server is of no use any more. A statement that was under way when it
 * broke may or may not have been committed: the caller has to read back by id.
 */
export function isConnectionFailure(error: unknown): boolean {
  const seen = driverErrorOf(error);
  return seen.fatal === true || CONNECTION_CODES.has(seen.code ?? '') || LEAVING.has(seen.errno ?? 0);
}

/** The server understood the statement and refused it: the connection itself is sound. */
export function isAnswered(error: unknown): boolean {
  return driverErrorOf(error).sqlState !== undefined && !isConnectionFailure(error);
}

const NEVER_HAD_CODES = new Set([
  'ECONNREFUSED',
  'ENOENT',
  'ER_CON_COUNT_ERROR',
  'POOL_WAIT_EXCEEDED',
  'POOL_CLOSED',
]);

/** There was no connection at all, so that nothing was sent. */
export function wasNeverSent(error: unknown): boolean {
  return NEVER_HAD_CODES.has(driverErrorOf(error).code ?? '');
}

/** A short, safe name of a database error for logs. */
export function databaseErrorName(error: unknown): string {
  const seen = driverErrorOf(error);
  return seen.code ?? (error instanceof Error ? error.name : 'UNKNOWN');
}
