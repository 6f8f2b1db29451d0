import type { ObjectLiteral, Repository } from 'typeorm';
import { fault } from '../../common/errors/app-error';
import { COMMON_ERRORS } from '../../common/errors/common.errors';

export interface KeyPageQuery {
  /** 1 to 200. */
  readonly limit: number;
  readonly cursor?: string;
}

export interface KeyPage<T> {
  readonly data: readonly T[];
  readonly nextCursor: string | null;
}

interface KeyRow extends ObjectLiteral {
  readonly mid: string;
  readonly createdAt: Date;
}

const CURSOR = /^(\d{1,15})\.([A-Za-z0-9_-]{1,40})$/;

/** A page of one merchant's keys, newest first; `idColumn` is the primary key. The cursor is the last row's place. */
export async function keyPage<T extends KeyRow>(
  repository: Repository<T>,
  idColumn: keyof T & string,
  mid: string,
  { limit, cursor }: KeyPageQuery,
): Promise<{ rows: T[]; nextCursor: string | null }> {
  const query = repository
    .createQueryBuilder('k')
    .where('k.mid = :mid', { mid })
    .orderBy('k.createdAt', 'DESC')
    .addOrderBy(`k.${idColumn}`, 'DESC')
    .limit(limit + 1);
  if (cursor !== undefined) {
    const { at, id } = placeOf(cursor);
    query.andWhere(`k.createdAt <= :at AND (k.createdAt < :at OR k.${idColumn} < :id)`, { at, id });
  }
  const found = await query.getMany();
  const rows = found.slice(0, limit);
  const last = rows.at(-1);
  const more = found.length > limit && last !== undefined;
  return { rows, nextCursor: more ? cursorAt(last.createdAt, String(last[idColumn])) : null };
}

function cursorAt(at: Date, id: string): string {
  return Buffer.from(`${at.getTime()}.${id}`, 'utf8').toString('base64url');
}

function placeOf(cursor: string): { at: Date; id: string } {
  const place = CURSOR.exec(Buffer.from(cursor, 'base64url').toString('utf8'));
  if (place === null) {
    throw fault(COMMON_ERRORS, 'VALIDATION_FAILED', { errors: [{ field: 'cursor', code: 'BAD_FORMAT' }] });
  }
  return { at: new Date(Number(place[1])), id: place[2]! };
}
