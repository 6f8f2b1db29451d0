import { randomInt } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { DataSource, type EntityManager } from 'typeorm';
import { BlindIndex } from '../../../common/crypto/blind-index';
import { equalInConstantTime } from '../../../common/crypto/constant-time';
import { UnitOfWork } from '../../../common/db/unit-of-work';
import { newId } from '../../../common/ids/id';
import { CODE_DIGITS, CODE_TRIES_MAX, SOURCE_TRIES_MAX } from './code.policy';

const PURPOSE = 'member-code';

/** What a code is good for. DECOY: asked for a member that is not there, so that as much is written; nobody has it. */
export type CodeSubject =
  | readonly ['RESET', loginId: string]
  | readonly ['CONTACT', memberId: string]
  | readonly ['DECOY', loginId: string, contact: string];

export interface NewCode {
  readonly codeId: string;
  readonly code: string;
  readonly key: Buffer;
  readonly hash: Buffer;
}

/** The new contact that a code proves. */
export interface CodeContact {
  readonly channel: 'SMS' | 'EMAIL';
  readonly sealed: Buffer;
}

/** A code that was proven right, and can be used once. */
export interface ProvenCode {
  readonly codeId: string;
  readonly key: Buffer;
  readonly hash: Buffer;
  readonly memberId: string | null;
  readonly contact: CodeContact | null;
}

interface CodeRow {
  readonly id: string;
  readonly code_hash: Buffer;
  readonly member_id: string | null;
  readonly contact_channel: 'SMS' | 'EMAIL' | null;
  readonly contact_sealed: Buffer | null;
}

/**
 * One-time codes, one for each subject: a new one voids the one before. Kept as an HMAC under a key of ours, since a plain
 * hash of six digits can be guessed through.
 */
@Injectable()
export class OneTimeCodes {
  constructor(
    private readonly dataSource: DataSource,
    private readonly unitOfWork: UnitOfWork,
    private readonly index: BlindIndex,
  ) {}

  /** Before the transaction that writes it: the index key may have to be made. */
  async make(subject: CodeSubject): Promise<NewCode> {
    const codeId = newId('mvc');
    const code = String(randomInt(10 ** CODE_DIGITS)).padStart(CODE_DIGITS, '0');
    return { codeId, code, key: await this.keyOf(subject), hash: await this.hashOf(codeId, code) };
  }

  async write(
    tx: EntityManager,
    { codeId, key, hash }: NewCode,
    more: {
      readonly memberId: string | null;
      readonly contact?: CodeContact;
      readonly lifetimeMs: number;
    },
  ): Promise<void> {
    const { memberId, contact, lifetimeMs } = more;
    await tx.query(
      `INSERT INTO member_codes
         (code_key, code_hash, tries, id, member_id, contact_channel, contact_sealed, created_at, expires_at)
       VALUES (?, ?, 0, ?, ?, ?, ?, UTC_TIMESTAMP(3), UTC_TIMESTAMP(3) + INTERVAL ? MICROSECOND)
       ON DUPLICATE KEY UPDATE code_hash = VALUES(code_hash), tries = 0, id = VALUES(id),
         member_id = VALUES(member_id), contact_channel = VALUES(contact_channel),
         contact_sealed = VALUES(contact_sealed), created_at = VALUES(created_at), expires_at = VALUES(expires_at)`,
      [
        ...[key, hash, codeId, memberId, contact?.channel ?? null, contact?.sealed ?? null],
        lifetimeMs * 1_000,
      ],
    );
  }

  /**
   * Null for a wrong code, and for none that could be tried. The try is counted, and committed, before the code is
   * looked at: however many guesses come at once, no more than SOURCE_TRIES_MAX of one source (whoever tries, in any
   * form) and CODE_TRIES_MAX of all are compared.
   */
  async tryCode(subject: CodeSubject, code: string, source: string): Promise<ProvenCode | null> {
    const key = await this.keyOf(subject);
    const trierKey = await this.index.fingerprint(PURPOSE, JSON.stringify(['trier', ...subject, source]));
    const row = await this.unitOfWork.run('member-code.try', (tx) => countTry(tx, key, trierKey));
    // Compared with something in any case, so that it takes alike long.
    const hash = await this.hashOf(row?.id ?? '', code);
    const isRight = equalInConstantTime(row?.code_hash ?? key, hash);
    if (row === null || !isRight) return null;
    const { id: codeId, member_id: memberId, contact_channel: channel, contact_sealed: sealed } = row;
    const contact = channel === null || sealed === null ? null : { channel, sealed };
    return { codeId, key, hash, memberId, contact };
  }

  /** False when it was used, or replaced by a new one, since it was proven. */
  async use(tx: EntityManager, { key, hash }: ProvenCode): Promise<boolean> {
    const { affectedRows } = await tx.query<{ affectedRows: number }>(
      'DELETE FROM member_codes WHERE code_key = ? AND code_hash = ?',
      [key, hash],
    );
    return affectedRows === 1;
  }

  /** Voids the subject's code, if there is one. Before the transaction in which it does so. */
  async voiding(subject: CodeSubject): Promise<(tx: EntityManager) => Promise<void>> {
    const key = await this.keyOf(subject);
    return async (tx) => {
      await tx.query('DELETE FROM member_codes WHERE code_key = ?', [key]);
    };
  }

  async purgeExpired(limit: number): Promise<number> {
    const { affectedRows } = await this.dataSource.query<{ affectedRows: number }>(
      'DELETE FROM member_codes WHERE expires_at < UTC_TIMESTAMP(3) LIMIT ?',
      [limit],
    );
    return affectedRows;
  }

  private keyOf(subject: CodeSubject): Promise<Buffer> {
    return this.index.fingerprint(PURPOSE, JSON.stringify(['subject', ...subject]));
  }

  private hashOf(codeId: string, code: string): Promise<Buffer> {
    return this.index.fingerprint(PURPOSE, JSON.stringify(['code', codeId, code]));
  }
}

async function countTry(tx: EntityManager, key: Buffer, trierKey: Buffer): Promise<CodeRow | null> {
  const [row] = await tx.query<(CodeRow & { expires: string })[]>(
    `SELECT id, code_hash, member_id, contact_channel, contact_sealed, CAST(expires_at AS CHAR) AS expires
       FROM member_codes WHERE code_key = ? AND tries < ? AND expires_at > UTC_TIMESTAMP(3) FOR UPDATE`,
    [key, CODE_TRIES_MAX],
  );
  if (row === undefined) return null;
  // Counted until this very code ends: the next one has another end, and is counted anew.
  await tx.query(
    `INSERT INTO member_code_sends (send_key, sends, counted_until, last_sent_at)
     VALUES (?, 1, ?, UTC_TIMESTAMP(3))
     ON DUPLICATE KEY UPDATE sends = IF(counted_until = VALUES(counted_until), LEAST(sends + 1, 100), 1),
       counted_until = VALUES(counted_until)`,
    [trierKey, row.expires],
  );
  const [trier] = await tx.query<{ sends: number }[]>(
    'SELECT sends FROM member_code_sends WHERE send_key = ?',
    [trierKey],
  );
  if (Number(trier!.sends) > SOURCE_TRIES_MAX) return null;
  await tx.query('UPDATE member_codes SET tries = tries + 1 WHERE code_key = ?', [key]);
  return row;
}
