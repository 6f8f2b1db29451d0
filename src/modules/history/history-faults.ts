import { fault } from '../../common/errors/app-error';
import { isStatementTimeout } from '../../common/db/database-errors';
import { HISTORY_ERRORS } from './history.errors';

/** A read that the database gave up after the time that it may take was asked for too much: SEARCH_TOO_BROAD. */
export async function tooBroad<T>(read: Promise<T>): Promise<T> {
  try {
    return await read;
  } catch (error) {
    if (isStatementTimeout(error)) throw fault(HISTORY_ERRORS, 'SEARCH_TOO_BROAD', { cause: error });
    throw error;
  }
}
