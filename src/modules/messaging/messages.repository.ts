import { Inject, Injectable } from '@nestjs/common';
import { places } from '../../common/db/places';
import { SqlPool } from '../../common/db/pool';
import { JOURNAL_POOL } from '../../common/db/tokens';
import { retryConflicts } from '../../common/db/unit-of-work';
import { databaseTime, fromDatabaseTime } from '../../common/time/korean-time';
import { assertMessageTransition } from './message.state';
import type {
  Channel,
  MessageState,
  MessageStatus,
  MessageTransaction,
  PreparedMessage,
} from './messaging.types';

/** A claimed message: whoever holds this version may write it. */
export interface ClaimedMessage {
  readonly messageId: string;
  readonly mid: string | null;
  readonly channel: Channel;
  readonly status: MessageStatus;
  readonly version: number;
  /** Tries of sending, or looks after it was sent. */
  readonly tries: number;
  readonly handle: string | null;
  readonly recipientSealed: Buffer;
  readonly contentSealed: Buffer | null;
  readonly expiresAt: Date;
}

type Row = Record<string, string | number | Buffer | null>;

/** What is written about a message; the database's clock reckons when it is due again. Null: never. */
export interface MessageChange {
  readonly to?: MessageStatus;
  readonly failureCode?: string;
  readonly dueInMs: number | null;
  readonly at: Date;
}

@Injectable()
export class MessagesRepository {
  constructor(@Inject(JOURNAL_POOL) private readonly pool: SqlPool) {}

  async insert(tx: MessageTransaction, { row }: PreparedMessage): Promise<void> {
    const columns = Object.keys(row);
    await tx.query(
      `INSERT INTO messages (${columns.join(', ')}, due_at) VALUES (${places(columns)}, UTC_TIMESTAMP(3))`,
      Object.values(row),
    );
  }

  /** Takes one message, or up to `limit` that are due, for `leaseMs`; the claim is committed before it is acted on. */
  claim(wish: {
    readonly messageId?: string;
    readonly limit: number;
    readonly leaseMs: number;
  }): Promise<ClaimedMessage[]> {
    const { messageId, limit, leaseMs } = wish;
    const one = messageId === undefined ? '' : 'AND id = ?';
    const key = messageId === undefined ? [] : [messageId];
    return retryConflicts(() =>
      this.pool.transaction('claim-messages', async (tx) => {
        const rows = await tx.execute<Row[]>(
          `SELECT * FROM messages WHERE due_at <= UTC_TIMESTAMP(3) ${one} ORDER BY due_at LIMIT ? FOR UPDATE SKIP LOCKED`,
          [...key, limit],
        );
        if (rows.length === 0) return [];
        const ids = rows.map(({ id }) => id as string);
        await tx.execute(
          `UPDATE messages SET version = version + 1, tries = tries + 1,
             due_at = UTC_TIMESTAMP(3) + INTERVAL ? * 1000 MICROSECOND WHERE id IN (${places(ids)})`,
          [leaseMs, ...ids],
        );
        return rows.map(claimed);
      }),
    );
  }

  /** Keeps the provider's handle before anything is sent under it; false when the claim is another's by now. */
  async keepHandle({ messageId, version }: ClaimedMessage, handle: string): Promise<boolean> {
    const { affectedRows } = await this.pool.execute<{ affectedRows: number }>(
      'UPDATE messages SET provider_handle = ? WHERE id = ? AND version = ? AND provider_handle IS NULL',
      [handle, messageId, version],
    );
    return affectedRows === 1;
  }

  /** False when the claim is another's by now: then nothing was written. */
  async change(message: ClaimedMessage, change: MessageChange): Promise<boolean> {
    const { to = message.status, failureCode = null, dueInMs, at } = change;
    if (to !== message.status) assertMessageTransition(message.status, to);
    const moved = to !== message.status;
    const settled = to === 'DELIVERED' || to === 'FAILED';
    const { affectedRows } = await this.pool.execute<{ affectedRows: number }>(
      `UPDATE messages SET status = ?, version = version + 1, tries = IF(?, 0, tries), failure_code = LEFT(?, 40),
         content_sealed = IF(? = 'QUEUED', content_sealed, NULL), sent_at = IF(?, ?, sent_at),
         settled_at = IF(?, ?, settled_at), due_at = UTC_TIMESTAMP(3) + INTERVAL ? * 1000 MICROSECOND
       WHERE id = ? AND version = ?`,
      [
        ...[
          to,
          moved ? 1 : 0,
          failureCode,
          to,
          moved && message.status === 'QUEUED' && to !== 'FAILED' ? 1 : 0,
        ],
        ...[databaseTime(at), settled ? 1 : 0, databaseTime(at), dueInMs, message.messageId, message.version],
      ],
    );
    return affectedRows === 1;
  }

  /** The messages about something, newest first. */
  async about(subjectId: string, limit: number): Promise<readonly MessageState[]> {
    const rows = await this.pool.execute<Row[]>(
      'SELECT * FROM messages WHERE subject_id = ? ORDER BY id DESC LIMIT ?',
      [subjectId, limit],
    );
    return rows.map((row) => ({
      messageId: row.id as string,
      channel: row.channel as Channel,
      purpose: row.purpose as string,
      status: row.status as MessageStatus,
      failureCode: row.failure_code as string | null,
      createdAt: fromDatabaseTime(row.created_at as string),
      sentAt: row.sent_at === null ? null : fromDatabaseTime(row.sent_at as string),
    }));
  }
}

/** As it is after the claim. */
function claimed(row: Row): ClaimedMessage {
  return {
    messageId: row.id as string,
    mid: row.mid as string | null,
    channel: row.channel as Channel,
    status: row.status as MessageStatus,
    version: Number(row.version) + 1,
    tries: Number(row.tries) + 1,
    handle: row.provider_handle as string | null,
    recipientSealed: row.recipient_sealed as Buffer,
    contentSealed: row.content_sealed as Buffer | null,
    expiresAt: fromDatabaseTime(row.expires_at as string),
  };
}
