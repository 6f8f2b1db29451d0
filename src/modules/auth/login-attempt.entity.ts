import { Column, Entity, Index, PrimaryColumn } from 'typeorm';

/** Failed logins of a login id, known or not: one row for all sources together and one for each source. */
@Entity({ name: 'login_attempts' })
@Index('ix_login_attempts_purge_at', ['purgeAt'])
export class LoginAttemptEntity {
  /** Keyed fingerprint of login id and source: neither can be read here. */
  @PrimaryColumn({ name: 'attempt_key', type: 'binary', length: 32 })
  attemptKey: Buffer;

  @Column({ type: 'tinyint', unsigned: true })
  failures: number;

  /** When the failures are forgotten, and a lock ends. */
  @Column({ name: 'counted_until', type: 'datetime', precision: 3 })
  countedUntil: Date;

  /** Until when this source, from which the member has logged in, is not locked out by failures from others. */
  @Column({ name: 'trusted_until', type: 'datetime', precision: 3, nullable: true })
  trustedUntil: Date | null;

  @Column({ name: 'purge_at', type: 'datetime', precision: 3 })
  purgeAt: Date;
}
