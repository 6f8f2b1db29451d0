import type { ObjectLiteral, Repository } from 'typeorm';
import { cursorAfter, placeOf } from '../../common/pagination/cursor';

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
  return { rows, nextCursor: more ? cursorAfter({ at: last.createdAt, id: String(last[idColumn]) }) : null };
}
