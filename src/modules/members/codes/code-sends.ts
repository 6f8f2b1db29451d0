import { Injectable } from '@nestjs/common';
import { DataSource, type EntityManager } from 'typeorm';
import { BlindIndex } from '../../../common/crypto/blind-index';
import { fault } from '../../../common/errors/app-error';
import { databaseTime, fromDatabaseTime } from '../../../common/time/korean-time';
import { AppConfig } from '../../../config/app-config';
import { MEMBERS_ERRORS } from '../members.errors';
import { judgeSend, SEND_LIMITS, type SendLimit } from './code.policy';

const PURPOSE = 'member-code-send';

/** One thing that is counted, and how often it may come. */
export interface SendCounter {
  readonly key: Buffer;
  readonly limit: SendLimit;
}

/** Who asks for a message, and where to. Neither can be read from what is kept. */
export interface SendWish {
  /** What the message is for: each has its own counts. */
  readonly about: string;
  /** The asking client; null for an owner who asks for its staff. */
  readonly source: string | null;
  readonly account: string;
  readonly contact: string;
}

/** Counts messages asked for, whether or not there is anybody to get them. */
@Injectable()
export class CodeSends {
  constructor(
    private readonly dataSource: DataSource,
    private readonly index: BlindIndex,
    private readonly config: AppConfig,
  ) {}

  /** Before the transaction: the index key may have to be made. Always in the same order, in which they are locked. */
  async counters({ about, source, account, contact }: SendWish): Promise<readonly SendCounter[]> {
    const key = (...parts: string[]) => this.index.fingerprint(PURPOSE, JSON.stringify(parts));
    return [
      ...(source === null ? [] : [{ key: await key('source', source), limit: SEND_LIMITS.source }]),
      { key: await key('contact', contact), limit: SEND_LIMITS.contact },
      { key: await key('account', about, account, contact), limit: SEND_LIMITS.account },
    ];
  }

  /** Throws MEMBER_CODE_TOO_OFTEN (429, Retry-After); then nothing is counted. */
  async count(tx: EntityManager, counters: readonly SendCounter[]): Promise<void> {
    for (const { key, limit } of counters) {
      // Not INSERT IGNORE: on a row that is there it takes a shared lock, and two that then want it alone deadlock.
      await tx.query(
        `INSERT INTO member_code_sends (send_key, sends, counted_until, last_sent_at)
         VALUES (?, 0, UTC_TIMESTAMP(3), '2000-01-01')
         ON DUPLICATE KEY UPDATE send_key = send_key`,
        [key],
      );
      const [row] = await tx.query<Record<'sends' | 'counted_until' | 'last_sent_at' | 'now', string>[]>(
        `SELECT sends, counted_until, last_sent_at, UTC_TIMESTAMP(3) AS now
           FROM member_code_sends WHERE send_key = ? FOR UPDATE`,
        [key],
      );
      const time = (value: string) => fromDatabaseTime(value).getTime();
      const now = time(row!.now);
      const seen = {
        sends: Number(row!.sends),
        countedUntil: time(row!.counted_until),
        lastSentAt: time(row!.last_sent_at),
      };
      const verdict = judgeSend(seen, limit, now, this.config.memberCodes.pauseMs);
      if (verdict.kind === 'WAIT') {
        const retryAfterSeconds = Math.max(1, Math.ceil((verdict.untilMs - now) / 1_000));
        throw fault(MEMBERS_ERRORS, 'MEMBER_CODE_TOO_OFTEN', { retryAfterSeconds });
      }
      await tx.query(
        'UPDATE member_code_sends SET sends = ?, counted_until = ?, last_sent_at = ? WHERE send_key = ?',
        [verdict.sends, databaseTime(new Date(verdict.countedUntil)), databaseTime(new Date(now)), key],
      );
    }
  }

  async purgeExpired(limit: number): Promise<number> {
    const { affectedRows } = await this.dataSource.query<{ affectedRows: number }>(
      'DELETE FROM member_code_sends WHERE counted_until < UTC_TIMESTAMP(3) LIMIT ?',
      [limit],
    );
    return affectedRows;
  }
}
