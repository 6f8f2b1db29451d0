import { databaseErrorName, isConnectionFailure, isRetryableConflict, wasNeverSent } from './database-errors';

/**
 * The connection broke while COMMIT was under way: all of the transaction is written, or nothing of it, and nobody knows
 * which. To everybody who asks it is a failure of the connection.
 */
export class CommitOutcomeUnknown extends Error {
  readonly fatal = true;
  readonly code: string;

  constructor(cause: unknown) {
    super('the database was lost while it committed', { cause });
    this.name = 'CommitOutcomeUnknown';
    this.code = `COMMIT_${databaseErrorName(cause)}`;
  }
}

/** Runs COMMIT. Throws CommitOutcomeUnknown where its outcome cannot be told; a refusal of the server's is thrown as it is. */
export async function committed(commit: () => Promise<unknown>): Promise<void> {
  try {
    await commit();
  } catch (error) {
    const isKnown = !isConnectionFailure(error) || isRetryableConflict(error) || wasNeverSent(error);
    throw isKnown ? error : new CommitOutcomeUnknown(error);
  }
}
