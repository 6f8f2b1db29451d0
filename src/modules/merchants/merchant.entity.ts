import { Column, Entity, Index, PrimaryColumn } from 'typeorm';
import type { MerchantStatus, RoutingStrategy } from './merchants.types';

const KEY = { charset: 'ascii', collation: 'ascii_bin' } as const;

@Entity({ name: 'merchants' })
@Index('ix_merchants_agency_code', ['agencyCode', 'mid'])
export class MerchantEntity {
  @PrimaryColumn({ type: 'varchar', length: 16, ...KEY })
  mid: string;

  @Column({ type: 'varchar', length: 100 })
  name: string;

  @Column({ name: 'business_number', type: 'char', length: 10, ...KEY })
  businessNumber: string;

  @Column({ type: 'varchar', length: 60 })
  representative: string;

  @Column({ type: 'varchar', length: 200 })
  address: string;

  @Column({ type: 'varchar', length: 20, ...KEY })
  phone: string;

  @Column({ type: 'varchar', length: 10, ...KEY })
  status: MerchantStatus;

  @Column({ name: 'agency_code', type: 'varchar', length: 20, nullable: true, ...KEY })
  agencyCode: string | null;

  @Column({ name: 'seller_code', type: 'varchar', length: 20, nullable: true, ...KEY })
  sellerCode: string | null;

  /** 0 or 1. */
  @Column({ name: 'legacy_encryption_allowed', type: 'tinyint', default: 0 })
  legacyEncryptionAllowed: number;

  @Column({ name: 'routing_strategy', type: 'varchar', length: 10, default: 'PRIORITY', ...KEY })
  routingStrategy: RoutingStrategy;

  /** Grows with every change of the merchant's contracts or strategy. */
  @Column({ name: 'contracts_version', type: 'int', unsigned: true, default: 1 })
  contractsVersion: number;

  @Column({ name: 'created_at', type: 'datetime', precision: 3, default: () => 'UTC_TIMESTAMP(3)' })
  createdAt: Date;
}
