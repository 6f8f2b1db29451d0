import { Injectable } from '@nestjs/common';
import { DataSource, type EntityManager } from 'typeorm';
import { databaseTime, fromDatabaseTime } from '../../common/time/korean-time';
import { type Audience, readersOf } from './audience.policy';
import type { NoticeStatus } from './notice.state';
import type { Notice, NoticeContent, NoticeListing, NoticeReader } from './notices.types';
import { searchWords } from './search.policy';

type Row = Readonly<Record<string, string | number | Date | null>>;

/**
 * A search by words, or for what is unread, looks at so many of the latest notices of a reader (pinned ones apart), and
 * at no older ones. MariaDB's full-text index knows no Korean words, and a table of n-grams would be larger than what is
 * searched: few thousand titles of a few words. So every page of a search costs at most a range of this length.
 */
export const SEARCH_DEPTH_MAX = 1_000;

export interface NoticePlace {
  readonly pinned: boolean;
  readonly publishedFrom: Date;
  readonly noticeId: string;
}

export interface NoticeFilter {
  readonly reader: NoticeReader;
  readonly now: Date;
  readonly query?: string;
  readonly unread?: boolean;
}

interface Segment {
  readonly pinned: boolean;
  readonly after: NoticePlace | null;
}

@Injectable()
export class NoticesRepository {
  constructor(private readonly dataSource: DataSource) {}

  /** Pinned ones first, then the newest; each of the two parts is one range of the listing's primary key. */
  async page(
    filter: NoticeFilter,
    { limit, after }: { readonly limit: number; readonly after: NoticePlace | null },
  ): Promise<readonly NoticeListing[]> {
    const found: NoticeListing[] = [];
    for (const pinned of [true, false]) {
      if (found.length >= limit || (pinned && after?.pinned === false)) continue;
      const { sql, values } = this.segmentSql(filter, {
        pinned,
        after: after?.pinned === pinned ? after : null,
      });
      const rows = await this.dataSource.query<Row[]>(`${sql} LIMIT ?`, [...values, limit - found.length]);
      found.push(...rows.map((row) => listingFromRow(row, filter.reader)));
    }
    return found;
  }

  /** The statement of one part without its limit. */
  segmentSql(filter: NoticeFilter, { pinned, after }: Segment): { sql: string; values: unknown[] } {
    const { reader, query, unread } = filter;
    const now = databaseTime(filter.now);
    const isOperator = reader.reader === 'OPERATOR';
    const order = 'ORDER BY v.published_from DESC, v.notice_id DESC';
    const range = `v.reader = ? AND v.pinned = ?${isOperator ? '' : ' AND v.published_from <= ?'}`;
    const ranged = [reader.reader, pinned ? 1 : 0, ...(isOperator ? [] : [now])];
    const isSearch = query !== undefined || unread !== undefined;
    const source = isSearch
      ? `(SELECT v.* FROM notice_listings v WHERE ${range} ${order} LIMIT ${SEARCH_DEPTH_MAX}) v`
      : 'notice_listings v';
    const conditions = isSearch ? ['TRUE'] : [range];
    const values: unknown[] = [
      ...(isSearch ? ranged : []),
      reader.memberId ?? '',
      ...(isSearch ? [] : ranged),
    ];
    const also = (condition: string, ...more: unknown[]) => {
      conditions.push(condition);
      values.push(...more);
    };
    if (!isOperator) also('(v.published_to IS NULL OR v.published_to > ?)', now);
    if (after !== null) {
      const at = databaseTime(after.publishedFrom);
      also('v.published_from <= ? AND (v.published_from < ? OR v.notice_id < ?)', at, at, after.noticeId);
    }
    for (const word of searchWords(query ?? '')) {
      also("(n.title LIKE ? ESCAPE '!' OR n.title_en LIKE ? ESCAPE '!')", word, word);
    }
    if (unread !== undefined) conditions.push(unread ? 'r.notice_id IS NULL' : 'r.notice_id IS NOT NULL');
    const sql = `SELECT STRAIGHT_JOIN n.id, n.title, n.title_en, n.pinned, n.status, n.published_from, n.published_to,
        r.notice_id IS NULL AS unread
      FROM ${source} JOIN notices n ON n.id = v.notice_id
      LEFT JOIN notice_reads r ON r.member_id = ? AND r.notice_id = v.notice_id
      WHERE ${conditions.join(' AND ')} ${order}`;
    return { sql, values };
  }

  /** Whatever its state and audience. */
  async find(noticeId: string, reader: NoticeReader): Promise<Notice | null> {
    const [row] = await this.dataSource.query<Row[]>(
      `SELECT n.*, r.notice_id IS NULL AS unread FROM notices n
         LEFT JOIN notice_reads r ON r.member_id = ? AND r.notice_id = n.id WHERE n.id = ?`,
      [reader.memberId ?? '', noticeId],
    );
    return row === undefined ? null : noticeFromRow(row, reader);
  }

  async markRead(noticeId: string, memberId: string, at: Date): Promise<void> {
    await this.dataSource.query(
      'INSERT IGNORE INTO notice_reads (member_id, notice_id, read_at) VALUES (?, ?, ?)',
      [memberId, noticeId, databaseTime(at)],
    );
  }

  async addViews(views: ReadonlyMap<string, number>): Promise<void> {
    for (const noticeId of [...views.keys()].sort()) {
      await this.dataSource.query('UPDATE notices SET view_count = view_count + ? WHERE id = ?', [
        views.get(noticeId),
        noticeId,
      ]);
    }
  }

  async insert(
    tx: EntityManager,
    noticeId: string,
    content: NoticeContent,
    writer: { readonly actor: string; readonly at: Date },
  ): Promise<void> {
    const at = databaseTime(writer.at);
    await tx.query(
      `INSERT INTO notices (id, title, body, title_en, body_en, audience, pinned, published_from, published_to,
         status, created_by, created_at, updated_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, 'ACTIVE', ?, ?, ?)`,
      [noticeId, ...contentValues(content), writer.actor, at, at],
    );
    await insertListings(tx, noticeId, content);
  }

  /** From exactly the version seen; false when it has changed. */
  async update(tx: EntityManager, seen: Notice, content: NoticeContent, at: Date): Promise<boolean> {
    const { affectedRows } = await tx.query<{ affectedRows: number }>(
      `UPDATE notices SET title = ?, body = ?, title_en = ?, body_en = ?, audience = ?, pinned = ?,
         published_from = ?, published_to = ?, updated_at = ?, version = version + 1
       WHERE id = ? AND version = ? AND status = 'ACTIVE'`,
      [...contentValues(content), databaseTime(at), seen.noticeId, seen.version],
    );
    if (affectedRows !== 1) return false;
    await tx.query('DELETE FROM notice_listings WHERE notice_id = ?', [seen.noticeId]);
    await insertListings(tx, seen.noticeId, content);
    return true;
  }

  /** From exactly the version seen; it is in no list any more, and kept. */
  async withdraw(tx: EntityManager, seen: Notice, at: Date): Promise<boolean> {
    const { affectedRows } = await tx.query<{ affectedRows: number }>(
      `UPDATE notices SET status = 'WITHDRAWN', updated_at = ?, version = version + 1
        WHERE id = ? AND version = ? AND status = 'ACTIVE'`,
      [databaseTime(at), seen.noticeId, seen.version],
    );
    if (affectedRows !== 1) return false;
    await tx.query('DELETE FROM notice_listings WHERE notice_id = ?', [seen.noticeId]);
    return true;
  }
}

const endOf = ({ publishedTo }: NoticeContent) => (publishedTo === null ? null : databaseTime(publishedTo));

function contentValues(content: NoticeContent): unknown[] {
  const { title, body, titleEn, bodyEn, audience, pinned, publishedFrom } = content;
  return [
    ...[title, body, titleEn, bodyEn, audience.join(','), pinned ? 1 : 0],
    ...[databaseTime(publishedFrom), endOf(content)],
  ];
}

async function insertListings(tx: EntityManager, noticeId: string, content: NoticeContent): Promise<void> {
  const readers = readersOf(content.audience);
  await tx.query(
    `INSERT INTO notice_listings (reader, pinned, published_from, notice_id, published_to)
     VALUES ${readers.map(() => '(?, ?, ?, ?, ?)').join(', ')}`,
    readers.flatMap((reader) => [
      ...[reader, content.pinned ? 1 : 0, databaseTime(content.publishedFrom), noticeId, endOf(content)],
    ]),
  );
}

function listingFromRow(row: Row, { memberId }: NoticeReader): NoticeListing {
  return {
    noticeId: row.id as string,
    title: row.title as string,
    titleEn: row.title_en as string | null,
    pinned: Number(row.pinned) === 1,
    status: row.status as NoticeStatus,
    publishedFrom: fromDatabaseTime(row.published_from as string),
    publishedTo: row.published_to === null ? null : fromDatabaseTime(row.published_to as string),
    unread: memberId === null ? null : Number(row.unread) === 1,
  };
}

function noticeFromRow(row: Row, reader: NoticeReader): Notice {
  return {
    ...listingFromRow(row, reader),
    body: row.body as string,
    bodyEn: row.body_en as string | null,
    audience: (row.audience as string).split(',') as Audience[],
    version: Number(row.version),
    viewCount: Number(row.view_count),
    createdBy: row.created_by as string,
    createdAt: fromDatabaseTime(row.created_at as string),
    updatedAt: fromDatabaseTime(row.updated_at as string),
  };
}
