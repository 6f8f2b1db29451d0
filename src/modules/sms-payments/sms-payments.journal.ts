import { Inject, Injectable } from '@nestjs/common';
import { isDuplicateKey } from '../../common/db/database-errors';
import { places } from '../../common/db/places';
import { type SqlConnection, SqlPool, type SqlValue } from '../../common/db/pool';
import { JOURNAL_POOL } from '../../common/db/tokens';
import { retryConflicts } from '../../common/db/unit-of-work';
import { databaseTime, fromDatabaseTime, koreanDay } from '../../common/time/korean-time';
import { MessagingFacade } from '../messaging/messaging.facade';
import type { PreparedMessage } from '../messaging/messaging.types';
import type { CardKey } from './card-keys.service';
import { judgeConfirm, judgeResend, judgeSend, type SendVerdict } from './code.policy';
import { type Row, smsPaymentFromRow } from './sms-payment-row';
import { assertSmsTransition, shownStatus, type SmsPaymentStatus } from './sms-payment.state';
import type { CodeVerdict, SmsPayment } from './sms-payments.types';

type Closed = Extract<CodeVerdict, { kind: 'BUSY' | 'CLOSED' }>;

/** Who changes a state, and why. */
export interface Writer {
  readonly actor: string;
  readonly reason: string;
  readonly at: Date;
}

export interface NewSmsPayment {
  readonly columns: Readonly<Record<string, SqlValue>>;
  readonly smsPaymentId: string;
  readonly tokenHash: Buffer;
  readonly lifetimeMs: number;
}

export interface Ending {
  readonly to: SmsPaymentStatus;
  readonly paymentId?: string;
  readonly failureCode?: string;
}

/** Every write of SMS payments: short transactions, each change of state with its event, only from the version seen. */
@Injectable()
export class SmsPaymentsJournal {
  constructor(
    @Inject(JOURNAL_POOL) private readonly pool: SqlPool,
    private readonly messaging: MessagingFacade,
  ) {}

  /** With its first link and the message that carries it. EXISTS: the order number has an SMS payment already. */
  create(made: NewSmsPayment, message: PreparedMessage, writer: Writer): Promise<'CREATED' | 'EXISTS'> {
    const columns = Object.keys(made.columns);
    return this.write('create-sms-payment', async (tx) => {
      await tx.execute(
        `INSERT INTO sms_payments (${columns.join(', ')}, due_at)
         VALUES (${places(columns)}, UTC_TIMESTAMP(3) + INTERVAL ? * 1000 MICROSECOND)`,
        [...Object.values(made.columns), made.lifetimeMs],
      );
      await insertLink(tx, made.smsPaymentId, made.tokenHash, writer.at);
      await this.messaging.enqueue(tx, message);
      await insertEvent(tx, made.smsPaymentId, [null, 'REQUESTED'], writer);
      return 'CREATED' as const;
    }).catch((error: unknown) => {
      if (isDuplicateKey(error)) return 'EXISTS' as const;
      throw error;
    });
  }

  /** Another link; the ones before stay good. */
  resend(
    smsPaymentId: string,
    link: { readonly tokenHash: Buffer; readonly message: PreparedMessage },
    { at, pauseMs }: { readonly at: Date; readonly pauseMs: number },
  ): Promise<SendVerdict | Closed> {
    return this.write('resend-link', async (tx) => {
      const seen = await lock(tx, smsPaymentId);
      const closed = closedness(seen, at);
      if (closed !== null) return closed;
      const verdict = judgeResend(seen, at, pauseMs);
      if (verdict.kind !== 'SEND') return verdict;
      await tx.execute('UPDATE sms_payments SET link_sends = ?, link_sent_at = ? WHERE id = ?', [
        ...[verdict.sends, databaseTime(at), smsPaymentId],
      ]);
      await insertLink(tx, smsPaymentId, link.tokenHash, at);
      await this.messaging.enqueue(tx, link.message);
      return verdict;
    });
  }

  /** A new code in place of the one before, counted against its phone. */
  sendCode(
    payment: SmsPayment,
    code: { readonly hash: Buffer; readonly expiresAt: Date; readonly message: PreparedMessage },
    { at, pauseMs }: { readonly at: Date; readonly pauseMs: number },
  ): Promise<SendVerdict | Closed> {
    const { smsPaymentId, phoneIndex } = payment;
    const today = koreanDay(at);
    return this.write('send-code', async (tx) => {
      const closed = closedness(await lock(tx, smsPaymentId), at);
      if (closed !== null) return closed;
      // Not INSERT IGNORE: on a row that is there it takes a shared lock, and two that then want it alone deadlock.
      await tx.execute(
        `INSERT INTO sms_code_sends (phone_index, day, sends) VALUES (?, ?, 0)
         ON DUPLICATE KEY UPDATE phone_index = phone_index`,
        [phoneIndex, today],
      );
      const [row] = await tx.execute<Row[]>('SELECT * FROM sms_code_sends WHERE phone_index = ? FOR UPDATE', [
        phoneIndex,
      ]);
      const lastSentAt = row!.last_sent_at === null ? null : fromDatabaseTime(row!.last_sent_at as string);
      const seen = { day: row!.day as string, sends: Number(row!.sends), lastSentAt };
      const verdict = judgeSend(seen, today, at, pauseMs);
      if (verdict.kind !== 'SEND') return verdict;
      await tx.execute(
        'UPDATE sms_code_sends SET day = ?, sends = ?, last_sent_at = ? WHERE phone_index = ?',
        [...[today, verdict.sends, databaseTime(at), phoneIndex]],
      );
      await tx.execute(
        'UPDATE sms_payments SET code_hash = ?, code_tries = 0, code_expires_at = ? WHERE id = ?',
        [...[code.hash, databaseTime(code.expiresAt), smsPaymentId]],
      );
      await this.messaging.enqueue(tx, code.message);
      return verdict;
    });
  }

  /** A key for the page to encrypt to, where there is none; another process's key stands. */
  async keepKey(smsPaymentId: string, { keyId, publicJwk, privateSealed }: CardKey): Promise<void> {
    await this.pool.execute(
      `UPDATE sms_payments SET key_id = ?, key_public = ?, key_private_sealed = ?
       WHERE id = ? AND key_id IS NULL AND status = 'REQUESTED'`,
      [keyId, publicJwk, privateSealed, smsPaymentId],
    );
  }

  /**
   * One try of a code. CLAIM: nobody else may pay by this link until it is settled, and the key is gone; `leaseMs` later
   * a worker may take it for abandoned. `isRight` compares the code with what stands in the locked row.
   */
  tryCode(
    smsPaymentId: string,
    given: {
      readonly isRight: (seen: SmsPayment) => boolean;
      readonly keyId: string;
      readonly leaseMs: number;
    },
    writer: Writer,
  ): Promise<CodeVerdict> {
    return this.write('try-code', async (tx) => {
      const seen = await lock(tx, smsPaymentId);
      const verdict = judgeConfirm(seen, { isRight: given.isRight(seen), keyId: given.keyId }, writer.at);
      if (verdict.kind === 'WRONG') {
        await tx.execute('UPDATE sms_payments SET code_tries = code_tries + 1 WHERE id = ?', [smsPaymentId]);
      }
      if (verdict.kind !== 'CLAIM') return verdict;
      assertSmsTransition(seen.status, 'PAYING');
      await tx.execute(
        `UPDATE sms_payments SET status = 'PAYING', version = version + 1, code_tries = code_tries + 1, key_id = NULL,
           key_public = NULL, key_private_sealed = NULL, updated_at = ?,
           due_at = UTC_TIMESTAMP(3) + INTERVAL ? * 1000 MICROSECOND WHERE id = ?`,
        [databaseTime(writer.at), given.leaseMs, smsPaymentId],
      );
      await insertEvent(tx, smsPaymentId, [seen.status, 'PAYING'], writer);
      return verdict;
    });
  }

  /** A change of state from exactly what was seen; false when somebody else changed it first. */
  move(seen: SmsPayment, ending: Ending, writer: Writer): Promise<boolean> {
    const { to, paymentId = null, failureCode = null } = ending;
    assertSmsTransition(seen.status, to);
    const at = databaseTime(writer.at);
    const open = to === 'REQUESTED' ? 1 : 0;
    return this.write('move-sms-payment', async (tx) => {
      const { affectedRows } = await tx.execute<{ affectedRows: number }>(
        `UPDATE sms_payments SET status = ?, version = version + 1, payment_id = COALESCE(?, payment_id),
           failure_code = ?, updated_at = ?, paid_at = IF(? = 'PAID', ?, paid_at), code_hash = IF(?, code_hash, NULL),
           key_id = NULL, key_public = NULL, key_private_sealed = NULL, due_at = IF(?, GREATEST(expires_at,
             UTC_TIMESTAMP(3)), NULL)
         WHERE id = ? AND version = ? AND status = ?`,
        [to, paymentId, failureCode, at, to, at, open, open, seen.smsPaymentId, seen.version, seen.status],
      );
      if (affectedRows !== 1) return false;
      await insertEvent(tx, seen.smsPaymentId, [seen.status, to], writer);
      return true;
    });
  }

  /** Still between states: looked at again later. */
  async postpone(
    { smsPaymentId, version }: SmsPayment,
    paymentId: string | null,
    dueInMs: number,
  ): Promise<void> {
    await this.pool.execute(
      `UPDATE sms_payments SET payment_id = COALESCE(?, payment_id),
         due_at = UTC_TIMESTAMP(3) + INTERVAL ? * 1000 MICROSECOND WHERE id = ? AND version = ?`,
      [paymentId, dueInMs, smsPaymentId, version],
    );
  }

  /** Takes up to `limit` that are due, for `leaseMs`. */
  claimDue(limit: number, leaseMs: number): Promise<readonly SmsPayment[]> {
    return this.write('claim-sms-payments', async (tx) => {
      const rows = await tx.execute<Row[]>(
        'SELECT * FROM sms_payments WHERE due_at <= UTC_TIMESTAMP(3) ORDER BY due_at LIMIT ? FOR UPDATE SKIP LOCKED',
        [limit],
      );
      if (rows.length > 0) {
        const ids = rows.map(({ id }) => id as string);
        await tx.execute(
          `UPDATE sms_payments SET due_at = UTC_TIMESTAMP(3) + INTERVAL ? * 1000 MICROSECOND WHERE id IN (${places(ids)})`,
          [leaseMs, ...ids],
        );
      }
      return rows.map(smsPaymentFromRow);
    });
  }

  private write<T>(name: string, work: (tx: SqlConnection) => Promise<T>): Promise<T> {
    return retryConflicts(() => this.pool.transaction(name, work));
  }
}

async function lock(tx: SqlConnection, smsPaymentId: string): Promise<SmsPayment> {
  const [row] = await tx.execute<Row[]>('SELECT * FROM sms_payments WHERE id = ? FOR UPDATE', [smsPaymentId]);
  if (row === undefined) throw new Error('an SMS payment is gone');
  return smsPaymentFromRow(row);
}

function closedness({ status, expiresAt }: SmsPayment, now: Date): Closed | null {
  if (status === 'PAYING') return { kind: 'BUSY' };
  const shown = shownStatus(status, expiresAt, now);
  return shown === 'REQUESTED' ? null : { kind: 'CLOSED', status: shown };
}

async function insertLink(
  tx: SqlConnection,
  smsPaymentId: string,
  tokenHash: Buffer,
  at: Date,
): Promise<void> {
  await tx.execute(
    'INSERT INTO sms_payment_links (token_hash, sms_payment_id, created_at) VALUES (?, ?, ?)',
    [...[tokenHash, smsPaymentId, databaseTime(at)]],
  );
}

async function insertEvent(
  tx: SqlConnection,
  smsPaymentId: string,
  change: readonly [SmsPaymentStatus | null, SmsPaymentStatus],
  { actor, reason, at }: Writer,
): Promise<void> {
  await tx.execute(
    `INSERT INTO sms_payment_events (sms_payment_id, from_status, to_status, actor, reason, occurred_at)
     VALUES (?, ?, ?, ?, ?, ?)`,
    [smsPaymentId, ...change, actor, reason, databaseTime(at)],
  );
}
