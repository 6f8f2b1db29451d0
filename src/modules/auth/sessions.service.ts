import { createHash, randomBytes } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { DataSource, type EntityManager } from 'typeorm';
import { AppConfig } from '../../config/app-config';
import { BlindIndex } from '../../common/crypto/blind-index';
import { UnitOfWork } from '../../common/db/unit-of-work';
import { fault } from '../../common/errors/app-error';
import type { MemberPrincipal, Position, Role } from '../../common/http/principal';
import { newId } from '../../common/ids/id';
import { AuditFacade } from '../audit/audit.facade';
import { MembersFacade } from '../members/members.facade';
import type { Member } from '../members/members.types';
import { AUTH_ERRORS } from './auth.errors';
import type { SessionEnd } from './auth.types';

const ABSOLUTE_LIFE_DAYS = 30;
/** For so long the token before the current one gives the current one again: its answer was lost, or two tabs asked. */
const LOST_ANSWER_GRACE_SECONDS = 10;
const SUCCESSOR_PURPOSE = 'refresh-successor';
const TOKEN_PREFIX = 'rt_';

const LIVE_SESSION = `s.revoked_at IS NULL AND s.expires_at > UTC_TIMESTAMP(3)
  AND m.status = 'ACTIVE' AND m.session_epoch = s.session_epoch`;

export interface RefreshedSession {
  readonly sessionId: string;
  readonly memberId: string;
  readonly refreshToken: string;
}

interface TokenRow {
  readonly sessionId: string;
  readonly memberId: string;
  readonly live: number;
  readonly recent: number | null;
  readonly successorUnused: number;
}

interface SessionRow {
  readonly memberId: string;
  readonly role: Role;
  readonly position: Position | null;
  readonly mid: string | null;
  readonly branchId: string | null;
  readonly agencyCode: string | null;
  readonly branchStatus: string | null;
  readonly agencyStatus: string | null;
}

/**
 * Members' sessions and their refresh tokens (INV-21). A refresh token is 256 random bits, works once, and is stored as
 * its SHA-256. Its successor is an HMAC of it under a key of ours: so the same one can be given again after a lost
 * answer without any token being kept. All times are reckoned by the database's clock.
 */
@Injectable()
export class Sessions {
  private readonly idleMicroseconds: number;

  constructor(
    private readonly dataSource: DataSource,
    private readonly unitOfWork: UnitOfWork,
    private readonly index: BlindIndex,
    private readonly members: MembersFacade,
    private readonly audit: AuditFacade,
    config: AppConfig,
  ) {
    this.idleMicroseconds = config.auth.refreshIdleMs * 1_000;
  }

  async start({ memberId, sessionEpoch }: Member): Promise<RefreshedSession> {
    const sessionId = newId('ses');
    const refreshToken = `${TOKEN_PREFIX}${randomBytes(32).toString('base64url')}`;
    await this.unitOfWork.run('session.start', async (tx) => {
      await tx.query(
        `INSERT INTO sessions (id, member_id, session_epoch, expires_at, absolute_expires_at)
         VALUES (?, ?, ?, LEAST(UTC_TIMESTAMP(3) + INTERVAL ? MICROSECOND, UTC_TIMESTAMP(3) + INTERVAL ? DAY),
           UTC_TIMESTAMP(3) + INTERVAL ? DAY)`,
        [sessionId, memberId, sessionEpoch, this.idleMicroseconds, ABSOLUTE_LIFE_DAYS, ABSOLUTE_LIFE_DAYS],
      );
      await insertToken(tx, refreshToken, sessionId);
      await this.members.recordLogin(tx, memberId);
    });
    return { sessionId, memberId, refreshToken };
  }

  /**
   * The next refresh token, once for each token, however many ask at the same time. The token before the current one
   * gives the current one again within LOST_ANSWER_GRACE_SECONDS; any other used one ends the whole session. Throws
   * REFRESH_TOKEN_INVALID, the same for unknown, expired, used and ended.
   */
  async refresh(token: string): Promise<RefreshedSession> {
    if (!isRefreshToken(token)) throw fault(AUTH_ERRORS, 'REFRESH_TOKEN_INVALID');
    const mac = await this.index.fingerprint(SUCCESSOR_PURPOSE, token);
    const successor = `${TOKEN_PREFIX}${mac.toString('base64url')}`;
    const refreshed = await this.unitOfWork.run('session.refresh', (tx) => this.rotate(tx, token, successor));
    if (refreshed === null) throw fault(AUTH_ERRORS, 'REFRESH_TOKEN_INVALID');
    return refreshed;
  }

  /** The member behind a session that is not over; null otherwise. */
  async findLive(sessionId: string): Promise<MemberPrincipal | null> {
    // One statement on four primary keys, over the border to the tables of members, branches and agencies: every member's
    // request asks this, and a logout, a lock, a new password or a suspended branch or agency must hold from the next on.
    const [row] = await this.dataSource.query<SessionRow[]>(
      `SELECT m.id AS memberId, m.role, m.position, m.mid, m.branch_id AS branchId, m.agency_code AS agencyCode,
              b.status AS branchStatus, a.status AS agencyStatus
         FROM sessions s JOIN members m ON m.id = s.member_id LEFT JOIN branches b ON b.id = m.branch_id
         LEFT JOIN agencies a ON a.code = m.agency_code
        WHERE s.id = ? AND ${LIVE_SESSION}`,
      [sessionId],
    );
    if (row === undefined) return null;
    const { branchStatus, agencyStatus, ...member } = row;
    const ofPlace = [branchStatus, agencyStatus];
    if (ofPlace.includes('CLOSED')) return null;
    return { kind: 'MEMBER', sessionId, ...member, ...(ofPlace.includes('SUSPENDED') && { readOnly: true }) };
  }

  /** From now on neither its access tokens nor its refresh tokens are taken. Ending it again does nothing. */
  async end(sessionId: string, reason: SessionEnd): Promise<void> {
    await this.unitOfWork.run('session.end', (tx) => this.endWithin(tx, sessionId, reason));
  }

  /** Lets this session go on although the member's epoch was raised to this one; all others are over. */
  async keep(tx: EntityManager, sessionId: string, epoch: number): Promise<void> {
    await tx.query('UPDATE sessions SET session_epoch = ? WHERE id = ?', [epoch, sessionId]);
  }

  /** Ends the session of a refresh token; nothing happens when it is unknown. */
  async endOfRefreshToken(token: string, reason: SessionEnd): Promise<void> {
    const [row] = await this.dataSource.query<{ sessionId: string }[]>(
      'SELECT session_id AS sessionId FROM refresh_tokens WHERE token_hash = ?',
      [hashOf(token)],
    );
    if (row !== undefined) await this.end(row.sessionId, reason);
  }

  private async rotate(
    tx: EntityManager,
    token: string,
    successor: string,
  ): Promise<RefreshedSession | null> {
    const { affectedRows } = await tx.query<{ affectedRows: number }>(
      'UPDATE refresh_tokens SET used_at = UTC_TIMESTAMP(3) WHERE token_hash = ? AND used_at IS NULL',
      [hashOf(token)],
    );
    const row = await tokenRow(tx, token, successor);
    if (row?.live !== 1) return null;
    const { sessionId, memberId } = row;
    if (affectedRows === 1) {
      await tx.query(
        `UPDATE sessions SET expires_at = LEAST(UTC_TIMESTAMP(3) + INTERVAL ? MICROSECOND, absolute_expires_at)
          WHERE id = ?`,
        [this.idleMicroseconds, sessionId],
      );
      await insertToken(tx, successor, sessionId);
    } else if (row.recent !== 1 || row.successorUnused !== 1) {
      await this.endWithin(tx, sessionId, 'REFRESH_REUSE');
      return null;
    }
    return { sessionId, memberId, refreshToken: successor };
  }

  private async endWithin(tx: EntityManager, sessionId: string, reason: SessionEnd): Promise<void> {
    const { affectedRows } = await tx.query<{ affectedRows: number }>(
      `UPDATE sessions SET revoked_at = UTC_TIMESTAMP(3), revoked_reason = ? WHERE id = ? AND revoked_at IS NULL`,
      [reason, sessionId],
    );
    if (affectedRows === 0) return;
    const [owner] = await tx.query<{ memberId: string; mid: string | null }[]>(
      'SELECT m.id AS memberId, m.mid FROM sessions s JOIN members m ON m.id = s.member_id WHERE s.id = ?',
      [sessionId],
    );
    const isTheft = reason === 'REFRESH_REUSE';
    await this.audit.record(tx, {
      actor: isTheft ? 'system:auth' : `member:${owner!.memberId}`,
      action: isTheft ? 'session.refresh-reuse' : 'session.end',
      target: sessionId,
      mid: owner!.mid,
      outcome: isTheft ? 'REFUSED' : 'SUCCESS',
      details: { memberId: owner!.memberId, reason },
    });
  }
}

export function isRefreshToken(text: string): boolean {
  return /^rt_[A-Za-z0-9_-]{43}$/.test(text);
}

function hashOf(token: string): Buffer {
  return createHash('sha256').update(token, 'utf8').digest();
}

function insertToken(tx: EntityManager, token: string, sessionId: string): Promise<unknown> {
  return tx.query('INSERT INTO refresh_tokens (token_hash, session_id) VALUES (?, ?)', [
    hashOf(token),
    sessionId,
  ]);
}

async function tokenRow(tx: EntityManager, token: string, successor: string): Promise<TokenRow | undefined> {
  const rows = await tx.query<Record<keyof TokenRow, string | null>[]>(
    `SELECT s.id AS sessionId, s.member_id AS memberId, (${LIVE_SESSION}) AS live,
            t.used_at >= UTC_TIMESTAMP(3) - INTERVAL ? SECOND AS recent,
            n.token_hash IS NOT NULL AND n.used_at IS NULL AS successorUnused
       FROM refresh_tokens t
       JOIN sessions s ON s.id = t.session_id
       JOIN members m ON m.id = s.member_id
       LEFT JOIN refresh_tokens n ON n.token_hash = ?
      WHERE t.token_hash = ?`,
    [LOST_ANSWER_GRACE_SECONDS, hashOf(successor), hashOf(token)],
  );
  const row = rows[0];
  if (row === undefined) return undefined;
  // The driver gives truth values as numbers or as text, depending on its settings.
  return {
    sessionId: row.sessionId!,
    memberId: row.memberId!,
    live: Number(row.live),
    recent: Number(row.recent),
    successorUnused: Number(row.successorUnused),
  };
}
