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

  @Column({ type: 'varchar', length: 100 })
  name: string;

  @Column({ type: 'varchar', length: 10, ...KEY })
  status: BranchStatus;

  @Column({ name: 'created_at', type: 'datetime', precision: 3, default: () => 'UTC_TIMESTAMP(3)' })
  createdAt: Date;
}
