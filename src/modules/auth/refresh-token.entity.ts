import { Column, Entity, Index, PrimaryColumn } from 'typeorm';

const KEY = { charset: 'ascii', collation: 'ascii_bin' } as const;

/** A used one stays until its session is purged: seeing it again is the sign of a stolen token. */
@Entity({ name: 'refresh_tokens' })
@Index('ix_refresh_tokens_session_id', ['sessionId'])
export class RefreshTokenEntity {
  /** SHA-256 of the token: 256 random bits need no slow hash. */
  @PrimaryColumn({ name: 'token_hash', type: 'binary', length: 32 })
  tokenHash: Buffer;

  @Column({ name: 'session_id', type: 'varchar', length: 30, ...KEY })
  sessionId: string;

  @Column({ name: 'created_at', type: 'datetime', precision: 3, default: () => 'UTC_TIMESTAMP(3)' })
  createdAt: Date;

  @Column({ name: 'used_at', type: 'datetime', precision: 3, nullable: true })
  usedAt: Date | null;
}
