import { Column, Entity, Index, PrimaryColumn } from 'typeorm';
import type { BranchStatus } from './branches.types';

const KEY = { charset: 'ascii', collation: 'ascii_bin' } as const;

/** A shop or sales point of a merchant. */
@Entity({ name: 'branches' })
@Index('ix_branches_mid', ['mid', 'id'])
export class BranchEntity {
  @PrimaryColumn({ type: 'varchar', length: 30, ...KEY })
  id: string;

  @Column({ type: 'varchar', length: 16, ...KEY })
  mid: string;

  /** The merchant's own short name of it. */
  @Column({ type: 'varchar', length: 20, nullable: true, ...KEY })
  code: string | null;

  @Column({ type: 'varchar', length: 100 })
  name: string;

  @Column({ type: 'varchar', length: 200, nullable: true })
  address: string | null;

  /** Sealed for purpose `pii`. */
  @Column({ name: 'phone_sealed', type: 'varbinary', length: 100, nullable: true })
  phoneSealed: Buffer | null;

  @Column({ type: 'varchar', length: 10, ...KEY })
  status: BranchStatus;

  /** Grows with every change of state. */
  @Column({ type: 'int', unsigned: true, default: 1 })
  version: number;

  @Column({ name: 'status_reason', type: 'varchar', length: 200, nullable: true })
  statusReason: string | null;

  @Column({ name: 'status_changed_at', type: 'datetime', precision: 3, nullable: true })
  statusChangedAt: Date | null;

  @Column({ name: 'created_at', type: 'datetime', precision: 3, default: () => 'UTC_TIMESTAMP(3)' })
  createdAt: Date;
}
