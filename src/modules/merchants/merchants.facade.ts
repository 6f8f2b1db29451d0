import { Injectable } from '@nestjs/common';
import { DataSource, type EntityManager, In } from 'typeorm';
import type { FieldError } from '../../common/errors/app-error';
import { AppConfig } from '../../config/app-config';
import { Clock } from '../../common/time/clock';
import { BranchesFacade } from '../branches/branches.facade';
import type { BranchState } from '../branches/branches.types';
import { AcquirerContractEntity } from './acquirer-contract.entity';
import { ApiKeyEntity } from './api-key.entity';
import { ApiKeysService } from './api-keys.service';
import { ContractsService } from './contracts.service';
import { EncryptedRequests } from './encrypted-requests';
import { EncryptionKeyEntity } from './encryption-key.entity';
import { MerchantDirectory } from './merchant-directory';
import { MerchantEntity } from './merchant.entity';
import { nextMid } from './merchant-numbers';
import { MerchantOpenings } from './merchant-opening.service';
import { MerchantRegistrar } from './merchant-registrar.service';
import type {
  AcquirerContract,
  AuthenticatedKey,
  Merchant,
  MerchantContracts,
  MerchantOpening,
  NewMerchant,
  OpenedRequest,
  PreparedOpening,
  WantedContract,
} from './merchants.types';
import type { EncryptedBody } from './request-opening';
import { ReadThroughCache } from './read-through-cache';
import { secretKeyHash } from './secrets';

const CACHED_BRANCHES_MAX = 20_000;
const NO_CONTRACTS: readonly AcquirerContract[] = [];

/**
 * What other modules may ask of merchants. Answers may be CACHE_TTL_MS old; a change made by this process is seen by it
 * at once. The `peek…` forms answer from the cache alone and never wait: undefined = ask the waiting form.
 */
@Injectable()
export class MerchantsFacade {
  private readonly branches: ReadThroughCache<BranchState>;

  constructor(
    private readonly directory: MerchantDirectory,
    private readonly apiKeys: ApiKeysService,
    private readonly requests: EncryptedRequests,
    private readonly registrar: MerchantRegistrar,
    private readonly contracts: ContractsService,
    private readonly openings: MerchantOpenings,
    private readonly dataSource: DataSource,
    branches: BranchesFacade,
    config: AppConfig,
    clock: Clock,
  ) {
    this.branches = new ReadThroughCache(
      { entriesMax: CACHED_BRANCHES_MAX, ttlMs: config.cacheTtlMs },
      (place) => branches.findBranch(...(place.split('|') as [string, string])),
      () => clock.monotonicMs(),
    );
    branches.onChange((mid, branchId) => this.branches.forget(`${mid}|${branchId}`));
  }

  /** Of any status; null when there is none. */
  findMerchant(mid: string): Promise<Merchant | null> {
    return this.directory.merchants.get(mid);
  }

  peekMerchant(mid: string): Merchant | undefined {
    return this.directory.merchants.peek(mid);
  }

  /** All contracts of a merchant, disabled ones too, lowest priority number first; empty when there are none. */
  async listContracts(mid: string): Promise<readonly AcquirerContract[]> {
    return (await this.directory.contractsOf.get(mid)) ?? NO_CONTRACTS;
  }

  peekContracts(mid: string): readonly AcquirerContract[] | undefined {
    return this.directory.contractsOf.peek(mid);
  }

  /** Also a disabled one: what was approved under it must still be cancelled under it. */
  findContract(contractId: string): Promise<AcquirerContract | null> {
    return this.directory.contracts.get(contractId);
  }

  peekContract(contractId: string): AcquirerContract | undefined {
    return this.directory.contracts.peek(contractId);
  }

  /** Whose secret key this is; null when it is unknown, expired or revoked, or its merchant is not active. */
  authenticateSecretKey(secret: string): Promise<AuthenticatedKey | null> {
    return this.apiKeys.authenticate(secret);
  }

  /**
   * Opens `encData` with the merchant's key; the plaintext is a JSON object and not validated further. Throws AppError
   * ENC_DATA_INVALID (400), the same for whatever was wrong.
   */
  openRequest(mid: string, body: EncryptedBody): Promise<OpenedRequest> {
    return this.requests.open(mid, body);
  }

  /** A branch of this merchant; null when it has no such branch. */
  findBranch(mid: string, branchId: string): Promise<BranchState | null> {
    return this.branches.get(`${mid}|${branchId}`);
  }

  /** Makes the merchant with its contracts and given keys, once; true when it was new. */
  ensureMerchant(wanted: NewMerchant, actor: string): Promise<boolean> {
    return this.registrar.ensure(wanted, actor);
  }

  /** What is wrong with contracts that shall be made, by field; empty when they may be. */
  contractFaultsOf(contracts: readonly WantedContract[]): FieldError[] {
    return this.contracts.faultsOf(contracts);
  }

  /** The contracts as they are now, past every cache. Throws NOT_FOUND. */
  contractsNow(mid: string): Promise<MerchantContracts> {
    return this.contracts.read(mid);
  }

  /** Past every cache. */
  exists(mid: string): Promise<boolean> {
    return this.dataSource.manager.existsBy(MerchantEntity, { mid });
  }

  /** The next mid that no merchant has; its counter stays locked until the caller's transaction ends. */
  nextMid(tx: EntityManager): Promise<string> {
    return nextMid(tx);
  }

  /** Seals what an opening writes. Before its transaction. */
  prepareOpening(opening: MerchantOpening): Promise<PreparedOpening> {
    return this.openings.prepare(opening);
  }

  /** In the caller's transaction. Throws MID_TAKEN, CONTRACT_EXISTS: the transaction is to be given up then. */
  writeOpening(tx: EntityManager, prepared: PreparedOpening, actor: string): Promise<void> {
    return this.openings.write(tx, prepared, actor);
  }

  /** After its commit. */
  forget(mid: string): void {
    this.openings.forget(mid);
  }

  /** Codes of the services that were approved for a merchant. */
  async servicesOf(mid: string): Promise<string[]> {
    const rows = await this.dataSource.query<{ code: string }[]>(
      'SELECT service_code AS code FROM merchant_services WHERE mid = ? ORDER BY service_code',
      [mid],
    );
    return rows.map(({ code }) => code);
  }

  /**
   * What of these merchants is in the database, in words: their keys, live or revoked; a merchant by its business
   * number; a contract by the id that its acquirer gave it, under whatever merchant. A mid alone says nothing.
   */
  async demoRowsAmong(demo: readonly NewMerchant[]): Promise<string[]> {
    const { manager } = this.dataSource;
    const hashes = demo.flatMap(({ secretKey }) => (secretKey ? [secretKeyHash(secretKey.expose())] : []));
    const kids = demo.flatMap(({ encryptionKey }) => encryptionKey?.kid ?? []);
    const numbers = demo.map(({ merchant }) => merchant.businessNumber);
    const contracts = demo.flatMap((each) =>
      each.contracts.map(({ acquirer, acquirerMerchantId }) => ({ acquirer, acquirerMerchantId })),
    );
    const looks: readonly [string, Promise<boolean>][] = [
      ['demo keys', manager.existsBy(ApiKeyEntity, { secretHash: In(hashes) })],
      ['demo encryption keys', manager.existsBy(EncryptionKeyEntity, { kid: In(kids) })],
      ['demo merchants', manager.existsBy(MerchantEntity, { businessNumber: In(numbers) })],
      ['demo contracts', manager.existsBy(AcquirerContractEntity, contracts)],
    ];
    const seen = await Promise.all(looks.map(async ([what, look]) => ((await look) ? [what] : [])));
    return seen.flat();
  }
}
