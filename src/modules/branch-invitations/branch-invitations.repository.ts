import { Injectable } from '@nestjs/common';
import { DataSource, type EntityManager } from 'typeorm';
import { places } from '../../common/db/places';
import { databaseTime, fromDatabaseTime } from '../../common/time/korean-time';
import type { DaySends } from './invitation.policy';
import { assertInvitationTransition, type InvitationStatus, OPEN_STATUSES } from './invitation.state';
import type { Invitation, NewInvitation } from './invitation.types';

type Row = Readonly<Record<string, string | number | Buffer | Date | null>>;

const OPEN = OPEN_STATUSES.map((status) => `'${status}'`).join(', ');
const AT_A_TIME = 1_000;

export interface InvitationFilter {
  readonly mid: string;
  readonly status?: InvitationStatus;
  readonly phoneIndex?: Buffer;
}

/** What is written with a list of invitations. */
export interface InvitationWriter {
  readonly mid: string;
  readonly actor: string;
  readonly at: Date;
  readonly expiresAt: Date;
  /** Until it is first looked at what became of the message. */
  readonly dueInMs: number;
}

export interface InvitationMove {
  readonly to: InvitationStatus;
  readonly at: Date;
  /** Until the worker looks again; null = never. */
  readonly dueInMs: number | null;
  readonly failureCode?: string | null;
  readonly branchId?: string;
}

/** Lists are ranges of one index each: by merchant, with a status, or with a number. */
@Injectable()
export class BranchInvitationsRepository {
  constructor(private readonly dataSource: DataSource) {}

  async page(
    filter: InvitationFilter,
    { limit, before }: { readonly limit: number; readonly before: string | null },
  ): Promise<readonly Invitation[]> {
    const { sql, values } = this.pageSql(filter, before);
    return (await this.dataSource.query<Row[]>(`${sql} LIMIT ?`, [...values, limit])).map(fromRow);
  }

  /** The statement of a page without its limit. */
  pageSql(
    { mid, status, phoneIndex }: InvitationFilter,
    before: string | null,
  ): { sql: string; values: unknown[] } {
    const conditions = ['mid = ?'];
    const values: unknown[] = [mid];
    const also = (condition: string, value: unknown) => {
      conditions.push(condition);
      values.push(value);
    };
    if (status !== undefined) also('status = ?', status);
    if (phoneIndex !== undefined) also('phone_index = ?', phoneIndex);
    if (before !== null) also('id < ?', before);
    // Said, not left to be guessed: the optimiser takes another index when its statistics look so.
    const index = phoneIndex === undefined ? (status === undefined ? 'mid' : 'status') : 'phone';
    return {
      sql: `SELECT * FROM branch_invitations FORCE INDEX (ix_branch_invitations_${index}) WHERE ${conditions.join(' AND ')} ORDER BY id DESC`,
      values,
    };
  }

  async find(mid: string, invitationId: string): Promise<Invitation | null> {
    const [row] = await this.dataSource.query<Row[]>(
      'SELECT * FROM branch_invitations WHERE id = ? AND mid = ?',
      [invitationId, mid],
    );
    return row === undefined ? null : fromRow(row);
  }

  /** Open ones only; whether its time is up is the caller's question. */
  async findByToken(tokenHash: Buffer): Promise<Invitation | null> {
    const [row] = await this.dataSource.query<Row[]>(
      'SELECT * FROM branch_invitations WHERE token_hash = ?',
      [tokenHash],
    );
    return row === undefined ? null : fromRow(row);
  }

  /** The open invitation of a link, locked; null when there is none any more. */
  async lockByToken(tx: EntityManager, tokenHash: Buffer): Promise<Invitation | null> {
    const [row] = await tx.query<Row[]>('SELECT * FROM branch_invitations WHERE token_hash = ? FOR UPDATE', [
      tokenHash,
    ]);
    return row === undefined ? null : fromRow(row);
  }

  /** What the merchant sent on its latest day. Its row is locked: lists of one merchant are written one by one. */
  async lockMerchantSends(tx: EntityManager, mid: string, today: string): Promise<DaySends> {
    // Not INSERT IGNORE: on a row that is there it takes a shared lock, and two that then want it alone deadlock.
    await tx.query(
      `INSERT INTO branch_invitation_merchant_sends (mid, day, sends) VALUES (?, ?, 0)
       ON DUPLICATE KEY UPDATE mid = mid`,
      [mid, today],
    );
    const [row] = await tx.query<Row[]>(
      'SELECT day, sends FROM branch_invitation_merchant_sends WHERE mid = ? FOR UPDATE',
      [mid],
    );
    return { day: row!.day as string, sends: Number(row!.sends) };
  }

  /** What each of these numbers was sent on its latest day, by hex of its index. The rows are locked, in one order. */
  async lockPhoneSends(
    tx: EntityManager,
    phones: readonly Buffer[],
    today: string,
  ): Promise<ReadonlyMap<string, DaySends>> {
    const ordered = phones.toSorted((a, b) => a.compare(b));
    await tx.query(
      `INSERT INTO branch_invitation_phone_sends (phone_index, day, sends)
       VALUES ${ordered.map(() => '(?, ?, 0)').join(', ')} ON DUPLICATE KEY UPDATE phone_index = phone_index`,
      ordered.flatMap((phone) => [phone, today]),
    );
    const rows = await tx.query<Row[]>(
      `SELECT * FROM branch_invitation_phone_sends WHERE phone_index IN (${places(ordered)})
        ORDER BY phone_index FOR UPDATE`,
      ordered,
    );
    return new Map(
      rows.map((row) => [
        (row.phone_index as Buffer).toString('hex'),
        { day: row.day as string, sends: Number(row.sends) },
      ]),
    );
  }

  /** After both were locked: one more to each of these numbers, and as many by the merchant. */
  async countSends(tx: EntityManager, mid: string, phones: readonly Buffer[], today: string): Promise<void> {
    await tx.query(
      `UPDATE branch_invitation_phone_sends SET sends = IF(day = ?, sends, 0) + 1, day = ?
        WHERE phone_index IN (${places(phones)})`,
      [today, today, ...phones],
    );
    await tx.query(
      'UPDATE branch_invitation_merchant_sends SET sends = IF(day = ?, sends, 0) + ?, day = ? WHERE mid = ?',
      [today, phones.length, today, mid],
    );
  }

  /** Those of these numbers that the merchant has invited and whose invitation is open; what is over is closed first. */
  async openAmong(
    tx: EntityManager,
    mid: string,
    phones: readonly Buffer[],
    now: Date,
  ): Promise<ReadonlySet<string>> {
    await tx.query(
      `UPDATE branch_invitations SET status = 'EXPIRED', version = version + 1, token_hash = NULL, ended_at = ?,
         due_at = NULL WHERE mid = ? AND open_phone IN (${places(phones)}) AND expires_at <= ?`,
      [databaseTime(now), mid, ...phones, databaseTime(now)],
    );
    const rows = await tx.query<Row[]>(
      `SELECT open_phone FROM branch_invitations WHERE mid = ? AND open_phone IN (${places(phones)})`,
      [mid, ...phones],
    );
    return new Set(rows.map((row) => (row.open_phone as Buffer).toString('hex')));
  }

  async insert(
    tx: EntityManager,
    invitations: readonly NewInvitation[],
    { mid, actor, at, expiresAt, dueInMs }: InvitationWriter,
  ): Promise<void> {
    const place =
      "(?, ?, ?, ?, ?, 'SENT', ?, ?, ?, ?, ?, ?, UTC_TIMESTAMP(3) + INTERVAL ? * 1000 MICROSECOND)";
    await tx.query(
      `INSERT INTO branch_invitations (id, mid, name, phone_sealed, phone_index, status, token_hash, message_id,
         created_by, created_at, sent_at, expires_at, due_at) VALUES ${invitations.map(() => place).join(', ')}`,
      invitations.flatMap((each) => [
        ...[each.invitationId, mid, each.recipient.name, each.phoneSealed, each.phoneIndex],
        ...[each.tokenHash, each.message.messageId, actor],
        ...[databaseTime(at), databaseTime(at), databaseTime(expiresAt), dueInMs],
      ]),
    );
  }

  /** A new link in place of the one before, from exactly what was seen; false when it has changed. */
  async resend(
    tx: EntityManager,
    seen: Invitation,
    { tokenHash, message }: Pick<NewInvitation, 'tokenHash' | 'message'>,
    { at, expiresAt, dueInMs }: InvitationWriter,
  ): Promise<boolean> {
    assertInvitationTransition(seen.status, 'SENT');
    const { affectedRows } = await tx.query<{ affectedRows: number }>(
      `UPDATE branch_invitations SET status = 'SENT', version = version + 1, token_hash = ?, message_id = ?,
         failure_code = NULL, sends = sends + 1, looks = 0, sent_at = ?, opened_at = NULL, expires_at = ?,
         due_at = UTC_TIMESTAMP(3) + INTERVAL ? * 1000 MICROSECOND
       WHERE id = ? AND version = ? AND status = ?`,
      [
        ...[tokenHash, message.messageId, databaseTime(at), databaseTime(expiresAt), dueInMs],
        ...[seen.invitationId, seen.version, seen.status],
      ],
    );
    return affectedRows === 1;
  }

  /** From exactly what was seen; false when somebody else changed it first. What is over has no link any more. */
  async move(
    manager: EntityManager,
    seen: Invitation,
    { to, at, dueInMs, failureCode = null, branchId }: InvitationMove,
  ): Promise<boolean> {
    assertInvitationTransition(seen.status, to);
    const { affectedRows } = await manager.query<{ affectedRows: number }>(
      `UPDATE branch_invitations SET token_hash = IF(? IN (${OPEN}), token_hash, NULL),
         opened_at = IF(? = 'OPENED', ?, opened_at), ended_at = IF(? IN (${OPEN}), NULL, ?), failure_code = LEFT(?, 40),
         branch_id = ?, due_at = UTC_TIMESTAMP(3) + INTERVAL ? * 1000 MICROSECOND, status = ?, version = version + 1
       WHERE id = ? AND version = ? AND status = ?`,
      [
        ...[to, to, databaseTime(at), to, databaseTime(at), failureCode, branchId ?? null, dueInMs, to],
        ...[seen.invitationId, seen.version, seen.status],
      ],
    );
    return affectedRows === 1;
  }

  /** Not settled yet: looked at again later. */
  async postpone({ invitationId, version }: Invitation, dueInMs: number): Promise<void> {
    await this.dataSource.query(
      `UPDATE branch_invitations SET looks = looks + 1, due_at = UTC_TIMESTAMP(3) + INTERVAL ? * 1000 MICROSECOND
        WHERE id = ? AND version = ?`,
      [dueInMs, invitationId, version],
    );
  }

  /** At most AT_A_TIME of those that have not signed up; answers how many. Their links are dead with the commit. */
  async deleteUnregistered(
    tx: EntityManager,
    mid: string,
    invitationIds: readonly string[] | null,
    at: Date,
  ): Promise<number> {
    const named = invitationIds === null ? '' : `AND id IN (${places(invitationIds)})`;
    const { affectedRows } = await tx.query<{ affectedRows: number }>(
      `UPDATE branch_invitations SET status = 'DELETED', version = version + 1, token_hash = NULL,
         ended_at = ?, due_at = NULL WHERE mid = ? AND status IN (${OPEN}, 'EXPIRED') ${named} LIMIT ${AT_A_TIME}`,
      [databaseTime(at), mid, ...(invitationIds ?? [])],
    );
    return affectedRows;
  }

  /** Takes up to `limit` that are due, for `leaseMs`. */
  async claimDue(tx: EntityManager, limit: number, leaseMs: number): Promise<readonly Invitation[]> {
    const rows = await tx.query<Row[]>(
      'SELECT * FROM branch_invitations WHERE due_at <= UTC_TIMESTAMP(3) ORDER BY due_at LIMIT ? FOR UPDATE SKIP LOCKED',
      [limit],
    );
    if (rows.length > 0) {
      const ids = rows.map(({ id }) => id);
      await tx.query(
        `UPDATE branch_invitations SET due_at = UTC_TIMESTAMP(3) + INTERVAL ? * 1000 MICROSECOND
          WHERE id IN (${places(ids)})`,
        [leaseMs, ...ids],
      );
    }
    return rows.map(fromRow);
  }
}

const timeOrNull = (value: unknown) => (value === null ? null : fromDatabaseTime(value as string));

function fromRow(row: Row): Invitation {
  return {
    invitationId: row.id as string,
    mid: row.mid as string,
    name: row.name as string,
    phoneSealed: row.phone_sealed as Buffer,
    phoneIndex: row.phone_index as Buffer,
    status: row.status as InvitationStatus,
    version: Number(row.version),
    messageId: row.message_id as string,
    failureCode: row.failure_code as string | null,
    sends: Number(row.sends),
    looks: Number(row.looks),
    branchId: row.branch_id as string | null,
    createdAt: fromDatabaseTime(row.created_at as string),
    sentAt: fromDatabaseTime(row.sent_at as string),
    openedAt: timeOrNull(row.opened_at),
    endedAt: timeOrNull(row.ended_at),
    expiresAt: fromDatabaseTime(row.expires_at as string),
  };
}
