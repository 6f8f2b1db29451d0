import { Column, Entity, Index, PrimaryColumn } from 'typeorm';

/** A merchant system's access token that is refused before its time. */
@Entity({ name: 'revoked_tokens' })
@Index('ix_revoked_tokens_expires_at', ['expiresAt'])
export class RevokedTokenEntity {
  @PrimaryColumn({ type: 'varchar', length: 43, charset: 'ascii', collation: 'ascii_bin' })
  jti: string;

  @Column({ name: 'expires_at', type: 'datetime', precision: 3 })
  expiresAt: Date;

  @Column({ name: 'created_at', type: 'datetime', precision: 3, default: () => 'UTC_TIMESTAMP(3)' })
  createdAt: Date;
}
