import { Column, Entity, PrimaryColumn } from 'typeorm';

const KEY = { charset: 'ascii', collation: 'ascii_bin' } as const;

/** Who brings merchants in. */
@Entity({ name: 'agencies' })
export class AgencyEntity {
  @PrimaryColumn({ type: 'varchar', length: 20, ...KEY })
  code: string;

  /** The agency that registered it; null at the top of a tree. */
  @Column({ name: 'parent_code', type: 'varchar', length: 20, nullable: true, ...KEY })
  parentCode: string | null;

  @Column({ type: 'varchar', length: 100 })
  name: string;

  @Column({ type: 'varchar', length: 60 })
  representative: string;

  @Column({ type: 'varchar', length: 20, ...KEY })
  phone: string;

  @Column({ name: 'created_at', type: 'datetime', precision: 3, default: () => 'UTC_TIMESTAMP(3)' })
  createdAt: Date;
}
