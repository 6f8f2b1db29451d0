import { Column, Entity, Index, PrimaryColumn } from 'typeorm';

const KEY = { charset: 'ascii', collation: 'ascii_bin' } as const;

/** The key with which a merchant encrypts its requests. */
@Entity({ name: 'encryption_keys' })
@Index('ix_encryption_keys_mid', ['mid', 'createdAt', 'kid'])
export class EncryptionKeyEntity {
  @PrimaryColumn({ type: 'varchar', length: 40, ...KEY })
  kid: string;

  @Column({ type: 'varchar', length: 16, ...KEY })
  mid: string;

  /** 32 bytes, sealed as `merchant-secret`. */
  @Column({ name: 'key_sealed', type: 'varbinary', length: 100 })
  keySealed: Buffer;

  @Column({ name: 'created_by', type: 'varchar', length: 80, ...KEY })
  createdBy: string;

  @Column({ name: 'created_at', type: 'datetime', precision: 3, default: () => 'UTC_TIMESTAMP(3)' })
  createdAt: Date;

  @Column({ name: 'revoked_at', type: 'datetime', precision: 3, nullable: true })
  revokedAt: Date | null;
}
