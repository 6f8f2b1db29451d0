import { fault } from '../errors/app-error';
import { COMMON_ERRORS } from '../errors/common.errors';

/** The place of a row in a list that is ordered by time and then id. */
export interface Place {
  readonly at: Date;
  readonly id: string;
}

const CURSOR = /^(\d{1,15})\.([A-Za-z0-9_-]{1,64})$/;

/** The cursor that goes on after this row. Opaque to callers. */
export function cursorAfter({ at, id }: Place): string {
  return Buffer.from(`${at.getTime()}.${id}`, 'utf8').toString('base64url');
}

/** Reads a cursor of `cursorAfter`; throws VALIDATION_FAILED for anything else. */
export function placeOf(cursor: string): Place {
  const place = CURSOR.exec(Buffer.from(cursor, 'base64url').toString('utf8'));
  if (place === null) {
    throw fault(COMMON_ERRORS, 'VALIDATION_FAILED', { errors: [{ field: 'cursor', code: 'BAD_FORMAT' }] });
  }
  return { at: new Date(Number(place[1])), id: place[2]! };
}
