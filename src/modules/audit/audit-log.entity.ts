import { Column, Entity, Index, PrimaryColumn } from 'typeorm';

const KEY = { charset: 'ascii', collation: 'ascii_bin' } as const;

/** Append-only: triggers refuse UPDATE and DELETE. Each row's hash covers its content and the row before it. */
@Entity({ name: 'audit_logs' })
@Index('uq_audit_logs_id', ['id'], { unique: true })
@Index('ix_audit_logs_mid_seq', ['mid', 'seq'])
@Index('ix_audit_logs_target_seq', ['target', 'seq'])
export class AuditLogEntity {
  /** 1, 2, 3 … without gaps. Comes back as text, as every BIGINT does. */
  @PrimaryColumn({ type: 'bigint', unsigned: true })
  seq: string;

  @Column({ type: 'varchar', length: 30, ...KEY })
  id: string;

  @Column({ type: 'datetime', precision: 3 })
  at: Date;

  @Column({ type: 'varchar', length: 80, ...KEY })
  actor: string;

  @Column({ type: 'varchar', length: 60, ...KEY })
  action: string;

  @Column({ type: 'varchar', length: 80, ...KEY })
  target: string;

  @Column({ type: 'varchar', length: 16, nullable: true, ...KEY })
  mid: string | null;

  @Column({ type: 'varchar', length: 10, ...KEY })
  outcome: string;

  @Column({ name: 'request_id', type: 'varchar', length: 128, nullable: true, ...KEY })
  requestId: string | null;

  @Column({ name: 'client_address', type: 'varchar', length: 45, nullable: true, ...KEY })
  clientAddress: string | null;

  /** JSON text, exactly as it was hashed. */
  @Column({ type: 'varchar', length: 2000, charset: 'utf8mb4', collation: 'utf8mb4_bin' })
  details: string;

  @Column({ name: 'previous_hash', type: 'binary', length: 32 })
  previousHash: Buffer;

  @Column({ type: 'binary', length: 32 })
  hash: Buffer;
}
