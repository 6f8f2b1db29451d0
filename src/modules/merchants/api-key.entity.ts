import { Column, Entity, Index, PrimaryColumn } from 'typeorm';

const KEY = { charset: 'ascii', collation: 'ascii_bin' } as const;

/** A merchant's secret key. The secret itself is not kept: 256 random bits need no salt or slow hash. */
@Entity({ name: 'api_keys' })
@Index('uq_api_keys_secret_hash', ['secretHash'], { unique: true })
@Index('ix_api_keys_mid', ['mid', 'id'])
export class ApiKeyEntity {
  @PrimaryColumn({ type: 'varchar', length: 30, ...KEY })
  id: string;

  @Column({ type: 'varchar', length: 16, ...KEY })
  mid: string;

  /** SHA-256 of the whole secret. */
  @Column({ name: 'secret_hash', type: 'binary', length: 32 })
  secretHash: Buffer;

  /** Prefix and last four characters, by which a person tells keys apart. */
  @Column({ type: 'varchar', length: 20, ...KEY })
  hint: string;

  @Column({ name: 'created_by', type: 'varchar', length: 80, ...KEY })
  createdBy: string;

  @Column({ name: 'created_at', type: 'datetime', precision: 3, default: () => 'UTC_TIMESTAMP(3)' })
  createdAt: Date;

  @Column({ name: 'expires_at', type: 'datetime', precision: 3, nullable: true })
  expiresAt: Date | null;

  @Column({ name: 'revoked_at', type: 'datetime', precision: 3, nullable: true })
  revokedAt: Date | null;
}
