import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { AppConfig } from '../../config/app-config';
import { Sealer } from '../../common/crypto/sealer';
import type { SealContext } from '../../common/crypto/sealed-form';
import { Secret } from '../../common/masking/secret';
import { Clock } from '../../common/time/clock';
import { AcquirerContractEntity } from './acquirer-contract.entity';
import { MerchantEntity } from './merchant.entity';
import type { AcquirerContract, Merchant, PaymentMethod } from './merchants.types';
import { ReadThroughCache } from './read-through-cache';

const CACHED_MERCHANTS_MAX = 20_000;
/** Whatever a contract says: an Idempotency-Key is held for longer than any request may take. */
const ANSWER_TIMEOUT_MAX_MS = 60_000;

/** Merchants and their contracts, as the payment path reads them: thousands of times a second, rarely from the table. */
@Injectable()
export class MerchantDirectory {
  readonly merchants: ReadThroughCache<Merchant>;
  readonly contractsOf: ReadThroughCache<readonly AcquirerContract[]>;
  readonly contracts: ReadThroughCache<AcquirerContract>;

  constructor(
    private readonly dataSource: DataSource,
    private readonly sealer: Sealer,
    config: AppConfig,
    clock: Clock,
  ) {
    const limits = { entriesMax: CACHED_MERCHANTS_MAX, ttlMs: config.cacheTtlMs };
    const now = () => clock.monotonicMs();
    this.merchants = new ReadThroughCache(limits, (mid) => this.loadMerchant(mid), now);
    this.contractsOf = new ReadThroughCache(limits, (mid) => this.loadContracts(mid), now);
    this.contracts = new ReadThroughCache(limits, (id) => this.loadContract(id), now);
  }

  private async loadMerchant(mid: string): Promise<Merchant | null> {
    const row = await this.dataSource.manager.findOneBy(MerchantEntity, { mid });
    if (row === null) return null;
    return {
      mid: row.mid,
      name: row.name,
      businessNumber: row.businessNumber,
      representative: row.representative,
      address: row.address,
      phone: row.phone,
      status: row.status,
      agencyCode: row.agencyCode,
      legacyEncryptionAllowed: row.legacyEncryptionAllowed === 1,
    };
  }

  private async loadContracts(mid: string): Promise<readonly AcquirerContract[]> {
    const rows = await this.dataSource.manager.find(AcquirerContractEntity, {
      where: { mid },
      order: { priority: 'ASC', id: 'ASC' },
    });
    return Promise.all(rows.map((row) => this.opened(row)));
  }

  private async loadContract(id: string): Promise<AcquirerContract | null> {
    const row = await this.dataSource.manager.findOneBy(AcquirerContractEntity, { id });
    return row === null ? null : this.opened(row);
  }

  private async opened(row: AcquirerContractEntity): Promise<AcquirerContract> {
    const opened = await this.sealer.open('merchant-secret', credentialsContext(row), row.credentialsSealed);
    return {
      contractId: row.id,
      mid: row.mid,
      acquirer: row.acquirer,
      acquirerMerchantId: row.acquirerMerchantId,
      credentials: new Secret(JSON.parse(opened.toString('utf8')) as Readonly<Record<string, string>>),
      methods: row.methods.split(',') as PaymentMethod[],
      priority: row.priority,
      weight: row.weight,
      amountMin: Number(row.amountMin),
      amountMax: Number(row.amountMax),
      dailyLimit: row.dailyLimit === null ? null : Number(row.dailyLimit),
      monthlyLimit: row.monthlyLimit === null ? null : Number(row.monthlyLimit),
      connectTimeoutMs: row.connectTimeoutMs,
      answerTimeoutMs:
        row.answerTimeoutMs === null ? null : Math.min(row.answerTimeoutMs, ANSWER_TIMEOUT_MAX_MS),
      enabled: row.enabled === 1,
    };
  }
}

export function credentialsContext({ id, mid }: { id: string; mid: string }): SealContext {
  return { table: 'acquirer_contracts', column: 'credentials_sealed', rowId: id, mid };
}
