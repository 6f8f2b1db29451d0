import { randomBytes } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { AppConfig } from '../../config/app-config';
import { maskAccountNumber } from '../../common/banks/bank-account';
import { Sealer } from '../../common/crypto/sealer';
import { isDuplicateKey } from '../../common/db/database-errors';
import { fault } from '../../common/errors/app-error';
import { newId } from '../../common/ids/id';
import { Secret } from '../../common/masking/secret';
import { Clock } from '../../common/time/clock';
import { databaseTime } from '../../common/time/korean-time';
import { AuditFacade } from '../audit/audit.facade';
import { AcquirerContractEntity } from './acquirer-contract.entity';
import { ApiKeysService } from './api-keys.service';
import { contractColumns, credentialsContext } from './contract-row';
import { EncryptionKeysService } from './encryption-keys.service';
import { lockMerchant } from './key-slots';
import { MerchantDirectory } from './merchant-directory';
import { MerchantEntity } from './merchant.entity';
import { MERCHANTS_ERRORS } from './merchants.errors';
import type {
  FirstKeys,
  Merchant,
  MerchantOpening,
  PreparedOpening,
  SealedAccount,
  SealedContract,
  SettlementAccount,
  WantedContract,
} from './merchants.types';
import { newSecretKey } from './secrets';

const KEY_BYTES = 32;

/**
 * Opens a merchant, or adds to one that is there: sealed before the transaction, written inside the caller's, so that
 * whatever else belongs to it is kept with it, or nothing is.
 */
@Injectable()
export class MerchantOpenings {
  constructor(
    private readonly sealer: Sealer,
    private readonly apiKeys: ApiKeysService,
    private readonly encryptionKeys: EncryptionKeysService,
    private readonly directory: MerchantDirectory,
    private readonly audit: AuditFacade,
    private readonly config: AppConfig,
    private readonly clock: Clock,
  ) {}

  /** Before the transaction: sealing may make a key. Contracts have been checked by `contractFaultsOf`. */
  async prepare({ mid, opened, contracts, services }: MerchantOpening): Promise<PreparedOpening> {
    const sealedContracts: SealedContract[] = [];
    for (const contract of contracts) sealedContracts.push(await this.sealed(mid, contract));
    const common = { mid, contracts: sealedContracts, services };
    if (opened === null)
      return {
        ...{ ...common, merchant: null, sellerCode: null },
        ...{ keys: null, encryptionKeySealed: null, account: null },
      };
    const material = randomBytes(KEY_BYTES);
    const kid = `ek_${newId('key').slice('key_'.length)}`;
    const keys: FirstKeys = {
      secretKey: newSecretKey(this.config.demo),
      encryptionKey: { kid, key: material.toString('base64') },
    };
    const { keySealed } = await this.encryptionKeys.seal(mid, kid, material);
    return {
      ...common,
      merchant: opened.merchant,
      sellerCode: opened.sellerCode,
      keys: new Secret(keys),
      encryptionKeySealed: keySealed,
      account: await this.sealedAccount(mid, opened.account),
    };
  }

  /** Throws MID_TAKEN, CONTRACT_EXISTS: the transaction is to be given up then. */
  async write(tx: EntityManager, prepared: PreparedOpening, actor: string): Promise<void> {
    const { mid, merchant, contracts, services } = prepared;
    if (merchant === null) await this.extend(tx, mid, contracts.length > 0);
    else await this.insertMerchant(tx, merchant, actor);
    if (prepared.sellerCode !== null)
      await tx.query('UPDATE merchants SET seller_code = ? WHERE mid = ?', [prepared.sellerCode, mid]);
    if (prepared.account !== null) await this.insertAccount(tx, mid, prepared.account);
    for (const service of services) {
      await tx.query('INSERT IGNORE INTO merchant_services (mid, service_code, since) VALUES (?, ?, ?)', [
        mid,
        service,
        databaseTime(this.clock.now()),
      ]);
    }
    for (const contract of contracts) await this.insertContract(tx, contract, actor);
    if (prepared.keys === null) return;
    const { secretKey, encryptionKey } = prepared.keys.expose();
    await this.apiKeys.ensure(tx, mid, secretKey, actor);
    const sealed = { kid: encryptionKey.kid, mid, keySealed: prepared.encryptionKeySealed! };
    await this.encryptionKeys.ensure(tx, sealed, actor);
  }

  /** After the commit: this process sees at once what it has written. */
  forget(mid: string): void {
    this.directory.merchants.forget(mid);
    this.directory.contractsOf.forget(mid);
  }

  private async sealed(mid: string, contract: WantedContract): Promise<SealedContract> {
    const { credentials, ...terms } = contract;
    if (credentials === undefined) throw new Error('a new contract without credentials');
    const id = newId('ctr');
    const text = JSON.stringify(credentials.expose());
    const context = credentialsContext({ id, mid });
    return { ...terms, id, mid, credentialsSealed: await this.sealer.seal('merchant-secret', context, text) };
  }

  private async sealedAccount(mid: string, account: SettlementAccount): Promise<SealedAccount> {
    const { bankCode, holderName, holderCheck } = account;
    const number = account.accountNumber.expose();
    const context = { table: 'merchant_accounts', column: 'account_sealed', rowId: mid, mid };
    const sealed = await this.sealer.seal('pii', context, number);
    return { bankCode, holderName, holderCheck, sealed, masked: maskAccountNumber(number) };
  }

  private async insertMerchant(tx: EntityManager, merchant: Merchant, actor: string): Promise<void> {
    const { mid, legacyEncryptionAllowed, ...fields } = merchant;
    try {
      await tx
        .createQueryBuilder()
        .insert()
        .into(MerchantEntity)
        .values({ ...fields, mid, legacyEncryptionAllowed: legacyEncryptionAllowed ? 1 : 0 })
        .updateEntity(false)
        .execute();
    } catch (error) {
      if (isDuplicateKey(error)) throw fault(MERCHANTS_ERRORS, 'MID_TAKEN');
      throw error;
    }
    await this.audit.record(tx, { actor, action: 'merchant.create', target: mid, mid, outcome: 'SUCCESS' });
  }

  private async extend(tx: EntityManager, mid: string, hasContracts: boolean): Promise<void> {
    await lockMerchant(tx, mid);
    if (!hasContracts) return;
    await tx.query('UPDATE merchants SET contracts_version = contracts_version + 1 WHERE mid = ?', [mid]);
  }

  private async insertAccount(tx: EntityManager, mid: string, account: SealedAccount): Promise<void> {
    await tx.query(
      `INSERT INTO merchant_accounts (mid, bank_code, account_sealed, account_masked, holder_name, holder_check, created_at)
       VALUES (?, ?, ?, ?, ?, ?, ?)`,
      [
        mid,
        account.bankCode,
        account.sealed,
        account.masked,
        account.holderName,
        account.holderCheck,
        databaseTime(this.clock.now()),
      ],
    );
  }

  private async insertContract(tx: EntityManager, contract: SealedContract, actor: string): Promise<void> {
    const { id, mid, acquirer, credentialsSealed } = contract;
    try {
      await tx
        .createQueryBuilder()
        .insert()
        .into(AcquirerContractEntity)
        .values({ ...contractColumns(contract), id, mid, credentialsSealed })
        .updateEntity(false)
        .execute();
    } catch (error) {
      if (isDuplicateKey(error)) throw fault(MERCHANTS_ERRORS, 'CONTRACT_EXISTS');
      throw error;
    }
    const details = { acquirer, contractId: id };
    await this.audit.record(tx, {
      actor,
      action: 'contract.create',
      target: id,
      mid,
      outcome: 'SUCCESS',
      details,
    });
  }
}
