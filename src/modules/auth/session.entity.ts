import { Column, Entity, Index, PrimaryColumn } from 'typeorm';
import type { SessionEnd } from './auth.types';

const KEY = { charset: 'ascii', collation: 'ascii_bin' } as const;

/** One login. Its refresh tokens are one family and end with it. */
@Entity({ name: 'sessions' })
@Index('ix_sessions_member_id', ['memberId', 'id'])
@Index('ix_sessions_expires_at', ['expiresAt', 'id'])
export class SessionEntity {
  @PrimaryColumn({ type: 'varchar', length: 30, ...KEY })
  id: string;

  @Column({ name: 'member_id', type: 'varchar', length: 30, ...KEY })
  memberId: string;

  /** The member's epoch at login; the session is over once the member's is higher. */
  @Column({ name: 'session_epoch', type: 'int', unsigned: true })
  sessionEpoch: number;

  @Column({ name: 'created_at', type: 'datetime', precision: 3, default: () => 'UTC_TIMESTAMP(3)' })
  createdAt: Date;

  /** The end of the idle time, moved by each refresh and never past `absoluteExpiresAt`. */
  @Column({ name: 'expires_at', type: 'datetime', precision: 3 })
  expiresAt: Date;

  @Column({ name: 'absolute_expires_at', type: 'datetime', precision: 3 })
  absoluteExpiresAt: Date;

  @Column({ name: 'revoked_at', type: 'datetime', precision: 3, nullable: true })
  revokedAt: Date | null;

  @Column({ name: 'revoked_reason', type: 'varchar', length: 20, nullable: true, ...KEY })
  revokedReason: SessionEnd | null;
}
