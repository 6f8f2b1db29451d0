import { Column, Entity, Index, PrimaryColumn } from 'typeorm';
import type { SigningKeyState } from './auth.types';

const KEY = { charset: 'ascii', collation: 'ascii_bin' } as const;

/** A P-256 key that signs access tokens. At most one is NEXT and one ACTIVE. */
@Entity({ name: 'signing_keys' })
@Index('uq_signing_keys_live_state', ['liveState'], { unique: true })
@Index('ix_signing_keys_retired_at', ['retiredAt'])
export class SigningKeyEntity {
  /** JWK thumbprint (RFC 7638). */
  @PrimaryColumn({ type: 'varchar', length: 43, ...KEY })
  kid: string;

  /** JSON. */
  @Column({ name: 'public_jwk', type: 'varchar', length: 400, ...KEY })
  publicJwk: string;

  /** PKCS #8 DER, sealed for purpose `signing`. */
  @Column({ name: 'private_key_sealed', type: 'varbinary', length: 400 })
  privateKeySealed: Buffer;

  @Column({ type: 'varchar', length: 10, ...KEY })
  state: SigningKeyState;

  /** The state while it is unique, null afterwards. */
  @Column({
    name: 'live_state',
    type: 'varchar',
    length: 10,
    nullable: true,
    generatedType: 'STORED',
    asExpression: "CASE WHEN state = 'RETIRED' THEN NULL ELSE state END",
    insert: false,
    update: false,
    ...KEY,
  })
  liveState: string | null;

  @Column({ name: 'created_at', type: 'datetime', precision: 3, default: () => 'UTC_TIMESTAMP(3)' })
  createdAt: Date;

  @Column({ name: 'activated_at', type: 'datetime', precision: 3, nullable: true })
  activatedAt: Date | null;

  @Column({ name: 'retired_at', type: 'datetime', precision: 3, nullable: true })
  retiredAt: Date | null;
}
