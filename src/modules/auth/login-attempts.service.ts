import { Injectable } from '@nestjs/common';
import { DataSource, type EntityManager } from 'typeorm';
import { AppConfig } from '../../config/app-config';
import { BlindIndex } from '../../common/crypto/blind-index';
import { UnitOfWork } from '../../common/db/unit-of-work';
import { fault } from '../../common/errors/app-error';
import { sourceOf } from '../../common/http/source-of';
import { databaseTime, fromDatabaseTime } from '../../common/time/korean-time';
import { type LockLifter, LoginLocksFacade } from '../members/login-locks.facade';
import { AUTH_ERRORS } from './auth.errors';
import {
  type AttemptCount,
  type AttemptDecision,
  decideAttempt,
  TRUSTED_DAYS,
} from './login-attempts.policy';

const KEY_PURPOSE = 'login-attempt';
const DAY_MS = 86_400_000;

/** A login under way: already counted as a failure, so that one that never ends is one. */
export interface LoginAttempt {
  readonly accountKey: Buffer;
  readonly sourceKey: Buffer;
  readonly decision: AttemptDecision;
}

interface AttemptRow {
  readonly attempt_key: Buffer;
  readonly failures: number;
  readonly counted_until: string | Date;
  readonly trusted_until: string | Date | null;
  readonly now: string | Date;
}

/** Counts logins by login id, known or not, so that a lock does not tell whether there is such a member. */
@Injectable()
export class LoginAttempts implements LockLifter {
  constructor(
    private readonly dataSource: DataSource,
    private readonly unitOfWork: UnitOfWork,
    private readonly index: BlindIndex,
    private readonly config: AppConfig,
    locks: LoginLocksFacade,
  ) {
    locks.register(this);
  }

  /** Throws LOGIN_LOCKED (429) with Retry-After. Tries during a lock do not prolong it. */
  async begin(loginId: string, source: string): Promise<LoginAttempt> {
    const accountKey = await this.keyOf(loginId);
    const sourceKey = await this.keyOf(loginId, source);
    const { decision, now } = await this.unitOfWork.run('login.begin', (tx) =>
      this.count(tx, accountKey, sourceKey),
    );
    if (decision.lockedUntil > 0) {
      const retryAfterSeconds = Math.max(1, Math.ceil((decision.lockedUntil - now) / 1_000));
      throw fault(AUTH_ERRORS, 'LOGIN_LOCKED', { retryAfterSeconds });
    }
    return { accountKey, sourceKey, decision };
  }

  /** It was no failure. The source's failures are forgotten; those of other sources are not. */
  async succeeded({ accountKey, sourceKey }: LoginAttempt): Promise<void> {
    await this.unitOfWork.run('login.succeeded', async (tx) => {
      await giveBack(tx, accountKey);
      await tx.query(
        `UPDATE login_attempts SET failures = 0, trusted_until = UTC_TIMESTAMP(3) + INTERVAL ? DAY,
           purge_at = UTC_TIMESTAMP(3) + INTERVAL ? DAY WHERE attempt_key = ?`,
        [TRUSTED_DAYS, TRUSTED_DAYS, sourceKey],
      );
    });
  }

  /** The password was not checked at all. */
  async abandoned({ accountKey, sourceKey }: LoginAttempt): Promise<void> {
    await this.unitOfWork.run('login.abandoned', async (tx) => {
      await giveBack(tx, accountKey);
      await giveBack(tx, sourceKey);
    });
  }

  /**
   * The login id is open again, and so is the place that the client is at; other places stay locked out until their time,
   * so that nobody who guesses there begins anew.
   */
  async lifting(loginId: string, address: string | null): Promise<(tx: EntityManager) => Promise<void>> {
    const keys = [await this.keyOf(loginId)];
    if (address !== null) keys.push(await this.keyOf(loginId, sourceOf(address)));
    return async (tx) => {
      for (const key of keys)
        await tx.query('UPDATE login_attempts SET failures = 0 WHERE attempt_key = ?', [key]);
    };
  }

  async purgeExpired(limit: number): Promise<number> {
    const { affectedRows } = await this.dataSource.query<{ affectedRows: number }>(
      'DELETE FROM login_attempts WHERE purge_at < UTC_TIMESTAMP(3) LIMIT ?',
      [limit],
    );
    return affectedRows;
  }

  private keyOf(...parts: [loginId: string, source?: string]): Promise<Buffer> {
    return this.index.fingerprint(KEY_PURPOSE, JSON.stringify(parts));
  }

  private async count(tx: EntityManager, accountKey: Buffer, sourceKey: Buffer) {
    // The account's row is always locked first, and at once for writing: INSERT IGNORE would take a shared lock of a row
    // that is there, which two logins at a time would each keep the other from exchanging.
    await tx.query(
      `INSERT INTO login_attempts (attempt_key, failures, counted_until, purge_at)
       VALUES (?, 0, UTC_TIMESTAMP(3), UTC_TIMESTAMP(3)), (?, 0, UTC_TIMESTAMP(3), UTC_TIMESTAMP(3))
       ON DUPLICATE KEY UPDATE attempt_key = VALUES(attempt_key)`,
      [accountKey, sourceKey],
    );
    const account = await lockedRow(tx, accountKey);
    const source = await lockedRow(tx, sourceKey);
    const now = fromDatabaseTime(source.now).getTime();
    const sourceCount = countOf(source);
    const decision = decideAttempt(countOf(account), sourceCount, now);
    if (decision.lockedUntil === 0) {
      const until = now + this.config.auth.loginLockMs;
      const keptUntil = Math.max(until, sourceCount.trustedUntil) + DAY_MS;
      await setCount(tx, accountKey, decision.account, [until, until + DAY_MS]);
      await setCount(tx, sourceKey, decision.source, [until, keptUntil]);
    }
    return { decision, now };
  }
}

async function lockedRow(tx: EntityManager, key: Buffer): Promise<AttemptRow> {
  const [row] = await tx.query<AttemptRow[]>(
    `SELECT attempt_key, failures, counted_until, trusted_until, UTC_TIMESTAMP(3) AS now
       FROM login_attempts WHERE attempt_key = ? FOR UPDATE`,
    [key],
  );
  if (row === undefined)
    throw new Error('a login attempt row vanished between two statements of a transaction');
  return row;
}

function countOf(row: AttemptRow): AttemptCount {
  return {
    failures: Number(row.failures),
    countedUntil: fromDatabaseTime(row.counted_until).getTime(),
    trustedUntil: row.trusted_until === null ? 0 : fromDatabaseTime(row.trusted_until).getTime(),
  };
}

function setCount(
  tx: EntityManager,
  key: Buffer,
  failures: number,
  [until, purgeAt]: readonly [number, number],
): Promise<unknown> {
  return tx.query(
    'UPDATE login_attempts SET failures = ?, counted_until = ?, purge_at = ? WHERE attempt_key = ?',
    [failures, databaseTime(new Date(until)), databaseTime(new Date(purgeAt)), key],
  );
}

function giveBack(tx: EntityManager, key: Buffer): Promise<unknown> {
  return tx.query(
    'UPDATE login_attempts SET failures = failures - 1 WHERE attempt_key = ? AND failures > 0',
    [key],
  );
}
