import { Inject, Injectable } from '@nestjs/common';
import { DataSource, type EntityManager } from 'typeorm';
import {
  ACQUIRERS,
  type AcquirerRegistry,
  RECEIPT_PROVIDERS,
  type ReceiptProviderRegistry,
} from '../../acquirers/port/acquirer.port';
import { Sealer } from '../../common/crypto/sealer';
import { UnitOfWork } from '../../common/db/unit-of-work';
import { type FieldError, fault } from '../../common/errors/app-error';
import { COMMON_ERRORS } from '../../common/errors/common.errors';
import { newId } from '../../common/ids/id';
import { Clock } from '../../common/time/clock';
import { AuditFacade } from '../audit/audit.facade';
import { AcquirerContractEntity } from './acquirer-contract.entity';
import { contractFaults, contractKey } from './contract-faults';
import { contractColumns, contractTerms, credentialsContext } from './contract-row';
import { MerchantDirectory } from './merchant-directory';
import { MerchantEntity } from './merchant.entity';
import { MERCHANTS_ERRORS } from './merchants.errors';
import type {
  ContractsReplacement,
  ContractView,
  MerchantContracts,
  RoutingStrategy,
  WantedContract,
} from './merchants.types';

const MID = /^M\d{7}$/;
/** A secret shorter than this may stand in a sentence by chance. */
const TELLING_LENGTH = 8;

interface Current {
  readonly strategy: RoutingStrategy;
  readonly version: number;
  readonly rows: readonly AcquirerContractEntity[];
}

type Columns = ReturnType<typeof contractColumns> & { credentialsSealed?: Buffer };

interface Change {
  readonly action: 'contract.create' | 'contract.update' | 'contract.remove';
  readonly id: string;
  readonly acquirer: string;
  /** Names of the fields that change. */
  readonly changed: readonly string[];
  /** null = taken out. */
  readonly columns: Columns | null;
}

/**
 * A merchant's contracts as an operator sees and changes them. A contract is never deleted: one that is not named any
 * more is removed from the list and disabled, since payments may be under way under it and are cancelled under it.
 */
@Injectable()
export class ContractsService {
  constructor(
    private readonly dataSource: DataSource,
    private readonly unitOfWork: UnitOfWork,
    private readonly sealer: Sealer,
    private readonly audit: AuditFacade,
    private readonly directory: MerchantDirectory,
    @Inject(ACQUIRERS) private readonly acquirers: AcquirerRegistry,
    @Inject(RECEIPT_PROVIDERS) private readonly receiptProviders: ReceiptProviderRegistry,
    private readonly clock: Clock,
  ) {}

  /** Throws NOT_FOUND. */
  async read(mid: string): Promise<MerchantContracts> {
    const { strategy, version, rows } = await this.current(mid);
    return {
      mid,
      strategy,
      version,
      contracts: rows.filter(({ removedAt }) => removedAt === null).map(viewOf),
      removed: rows.flatMap(({ id, acquirer, acquirerMerchantId, removedAt }) =>
        removedAt === null ? [] : [{ contractId: id, acquirer, acquirerMerchantId, removedAt }],
      ),
    };
  }

  /**
   * This process routes by it at once, the others within CACHE_TTL_MS. Throws NOT_FOUND, VALIDATION_FAILED, and
   * CONTRACTS_CHANGED where somebody else was faster.
   */
  async replace(wanted: ContractsReplacement, actor: string): Promise<MerchantContracts> {
    const { mid } = wanted;
    const current = await this.current(mid);
    if (current.version !== wanted.fromVersion) throw fault(MERCHANTS_ERRORS, 'CONTRACTS_CHANGED');
    this.check(wanted, current);
    const changes = await this.changes(wanted, current);
    if (changes.length > 0 || current.strategy !== wanted.strategy) {
      await this.unitOfWork.run('contracts.replace', (tx) =>
        this.write(tx, wanted, { current, changes, actor }),
      );
    }
    this.directory.merchants.forget(mid);
    this.directory.contractsOf.forget(mid);
    for (const { id } of changes) this.directory.contracts.forget(id);
    return this.read(mid);
  }

  private async current(mid: string): Promise<Current> {
    const { manager } = this.dataSource;
    const merchant = MID.test(mid) ? await manager.findOneBy(MerchantEntity, { mid }) : null;
    if (merchant === null) throw fault(COMMON_ERRORS, 'NOT_FOUND');
    const order = { priority: 'ASC', id: 'ASC' } as const;
    const rows = await manager.find(AcquirerContractEntity, { where: { mid }, order });
    return { strategy: merchant.routingStrategy, version: merchant.contractsVersion, rows };
  }

  /** What is wrong with contracts that are all to be new, by field. */
  faultsOf(contracts: readonly WantedContract[], there: ReadonlySet<string> = new Set()): FieldError[] {
    return contractFaults(contracts, {
      credentialNamesOf: (name) =>
        (this.acquirers.get(name) ?? this.receiptProviders.get(name))?.credentialNames,
      takesPayments: (name) => this.acquirers.has(name),
      has: (key) => there.has(key),
    });
  }

  private check({ contracts, reason }: ContractsReplacement, { rows }: Current): void {
    const errors = this.faultsOf(contracts, new Set(rows.map(contractKey)));
    const secrets = contracts.flatMap(({ credentials }) => Object.values(credentials?.expose() ?? {}));
    if (secrets.some((secret) => secret.length >= TELLING_LENGTH && reason.includes(secret)))
      errors.push({ field: 'reason', code: 'NOT_ALLOWED' });
    if (errors.length > 0) throw fault(COMMON_ERRORS, 'VALIDATION_FAILED', { errors });
  }

  private async changes({ mid, contracts }: ContractsReplacement, { rows }: Current): Promise<Change[]> {
    const left = new Map(rows.map((row) => [contractKey(row), row]));
    const changes: Change[] = [];
    for (const contract of contracts) {
      const row = left.get(contractKey(contract));
      left.delete(contractKey(contract));
      const change = await this.change(mid, contract, row);
      if (change !== null) changes.push(change);
    }
    for (const { id, acquirer, removedAt } of left.values()) {
      if (removedAt === null)
        changes.push({ action: 'contract.remove', id, acquirer, changed: [], columns: null });
    }
    return changes;
  }

  private async change(
    mid: string,
    contract: WantedContract,
    row: AcquirerContractEntity | undefined,
  ): Promise<Change | null> {
    const id = row?.id ?? newId('ctr');
    const { acquirer, credentials } = contract;
    const terms = contractColumns(contract);
    const columns: Columns = { ...terms };
    if (credentials !== undefined) {
      const text = JSON.stringify(credentials.expose());
      columns.credentialsSealed = await this.sealer.seal(
        'merchant-secret',
        credentialsContext({ id, mid }),
        text,
      );
    }
    if (row === undefined || row.removedAt !== null)
      return { action: row ? 'contract.update' : 'contract.create', id, acquirer, changed: [], columns };
    const before = contractColumns(contractTerms(row));
    const changed: string[] = (Object.keys(terms) as (keyof typeof terms)[]).filter(
      (name) => terms[name] !== before[name],
    );
    if (credentials !== undefined) changed.push('credentials');
    return changed.length === 0 ? null : { action: 'contract.update', id, acquirer, changed, columns };
  }

  private async write(
    tx: EntityManager,
    { mid, strategy, contracts, reason }: ContractsReplacement,
    { current, changes, actor }: { current: Current; changes: readonly Change[]; actor: string },
  ): Promise<void> {
    const { affectedRows } = await tx.query<{ affectedRows: number }>(
      `UPDATE merchants SET contracts_version = contracts_version + 1, routing_strategy = ?
        WHERE mid = ? AND contracts_version = ?`,
      [strategy, mid, current.version],
    );
    if (affectedRows !== 1) throw fault(MERCHANTS_ERRORS, 'CONTRACTS_CHANGED');
    for (const change of changes) await this.apply(tx, mid, change);
    for (const { action, id, acquirer, changed } of changes) {
      const details = { acquirer, contractId: id, changed: changed.join(','), reason };
      await this.audit.record(tx, { actor, action, target: id, mid, outcome: 'SUCCESS', details });
    }
    const details = { count: contracts.length, from: current.strategy, to: strategy, reason };
    await this.audit.record(tx, {
      actor,
      action: 'contracts.replace',
      target: mid,
      mid,
      outcome: 'SUCCESS',
      details,
    });
  }

  private async apply(tx: EntityManager, mid: string, { action, id, columns }: Change): Promise<void> {
    const rows = tx.getRepository(AcquirerContractEntity);
    if (columns === null) await rows.update({ id, mid }, { enabled: 0, removedAt: this.clock.now() });
    else if (action === 'contract.update') await rows.update({ id, mid }, { ...columns, removedAt: null });
    else await rows.insert({ ...columns, credentialsSealed: columns.credentialsSealed!, id, mid });
  }
}

function viewOf(row: AcquirerContractEntity): ContractView {
  return { ...contractTerms(row), contractId: row.id, credentialsSet: row.credentialsSealed.length > 0 };
}
