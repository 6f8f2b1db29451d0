import { Column, Entity, Index, PrimaryColumn } from 'typeorm';
import type { BillingStorage } from './merchants.types';

const KEY = { charset: 'ascii', collation: 'ascii_bin' } as const;

/** Amounts are whole won and come back as text, as every BIGINT does. */
@Entity({ name: 'acquirer_contracts' })
@Index('uq_acquirer_contracts_mid_acquirer', ['mid', 'acquirer', 'acquirerMerchantId'], { unique: true })
export class AcquirerContractEntity {
  @PrimaryColumn({ type: 'varchar', length: 30, ...KEY })
  id: string;

  @Column({ type: 'varchar', length: 16, ...KEY })
  mid: string;

  @Column({ type: 'varchar', length: 20, ...KEY })
  acquirer: string;

  @Column({ name: 'acquirer_merchant_id', type: 'varchar', length: 64, ...KEY })
  acquirerMerchantId: string;

  /** JSON of the acquirer's credentials, sealed as `merchant-secret`. */
  @Column({ name: 'credentials_sealed', type: 'varbinary', length: 4000 })
  credentialsSealed: Buffer;

  /** Comma-separated names of payment methods. */
  @Column({ type: 'varchar', length: 100, ...KEY })
  methods: string;

  @Column({ type: 'smallint', unsigned: true })
  priority: number;

  @Column({ type: 'smallint', unsigned: true })
  weight: number;

  @Column({ name: 'amount_min', type: 'bigint' })
  amountMin: string;

  @Column({ name: 'amount_max', type: 'bigint' })
  amountMax: string;

  @Column({ name: 'daily_limit', type: 'bigint', nullable: true })
  dailyLimit: string | null;

  @Column({ name: 'monthly_limit', type: 'bigint', nullable: true })
  monthlyLimit: string | null;

  @Column({ name: 'connect_timeout_ms', type: 'int', unsigned: true, nullable: true })
  connectTimeoutMs: number | null;

  @Column({ name: 'answer_timeout_ms', type: 'int', unsigned: true, nullable: true })
  answerTimeoutMs: number | null;

  /** Comma-separated; null = every issuer. */
  @Column({ type: 'varchar', length: 700, nullable: true, ...KEY })
  issuers: string | null;

  /** OpenHours as JSON; null = always. */
  @Column({ type: 'varchar', length: 120, nullable: true, ...KEY })
  hours: string | null;

  /** null = by what the adapter can. */
  @Column({ name: 'billing_storage', type: 'varchar', length: 20, nullable: true, ...KEY })
  billingStorage: BillingStorage | null;

  /** 0 or 1. */
  @Column({ type: 'tinyint' })
  enabled: number;

  /** Set when it was taken out of the merchant's list. The row stays: payments refer to it for ever. */
  @Column({ name: 'removed_at', type: 'datetime', precision: 3, nullable: true })
  removedAt: Date | null;

  @Column({ name: 'created_at', type: 'datetime', precision: 3, default: () => 'UTC_TIMESTAMP(3)' })
  createdAt: Date;
}
