import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { Sealer } from '../../common/crypto/sealer';
import { isDuplicateKey } from '../../common/db/database-errors';
import { UnitOfWork } from '../../common/db/unit-of-work';
import { newId } from '../../common/ids/id';
import { AuditFacade } from '../audit/audit.facade';
import { AcquirerContractEntity } from './acquirer-contract.entity';
import { ApiKeysService } from './api-keys.service';
import { EncryptionKeysService } from './encryption-keys.service';
import { contractColumns, credentialsContext } from './contract-row';
import { MerchantDirectory } from './merchant-directory';
import { MerchantEntity } from './merchant.entity';
import type { Merchant, NewContract, NewMerchant } from './merchants.types';

interface SealedContract extends NewContract {
  readonly id: string;
  readonly mid: string;
  readonly credentialsSealed: Buffer;
}

/** Makes a merchant with its contracts and keys, once, however often it is asked to. */
@Injectable()
export class MerchantRegistrar {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly audit: AuditFacade,
    private readonly sealer: Sealer,
    private readonly apiKeys: ApiKeysService,
    private readonly encryptionKeys: EncryptionKeysService,
    private readonly directory: MerchantDirectory,
  ) {}

  /** Adds what is missing and changes nothing that is there. True when the merchant itself was new. */
  async ensure(wanted: NewMerchant, actor: string): Promise<boolean> {
    const { merchant, secretKey, encryptionKey } = wanted;
    const { mid } = merchant;
    const contracts: SealedContract[] = [];
    for (const contract of wanted.contracts) contracts.push(await this.sealed(mid, contract));
    const requestKey =
      encryptionKey &&
      (await this.encryptionKeys.seal(mid, encryptionKey.kid, encryptionKey.material.expose()));
    const created = await this.unitOfWork.run('merchant.ensure', async (tx) => {
      const isNew = await this.insertMerchant(tx, merchant, actor);
      for (const contract of contracts) await this.insertContract(tx, contract, actor);
      if (secretKey !== undefined) await this.apiKeys.ensure(tx, mid, secretKey.expose(), actor);
      if (requestKey !== undefined) await this.encryptionKeys.ensure(tx, requestKey, actor);
      return isNew;
    });
    this.directory.merchants.forget(mid);
    this.directory.contractsOf.forget(mid);
    return created;
  }

  private async sealed(mid: string, contract: NewContract): Promise<SealedContract> {
    const id = newId('ctr');
    const credentials = JSON.stringify(contract.credentials.expose());
    const credentialsSealed = await this.sealer.seal(
      'merchant-secret',
      credentialsContext({ id, mid }),
      credentials,
    );
    return { ...contract, id, mid, credentialsSealed };
  }

  private async insertMerchant(tx: EntityManager, merchant: Merchant, actor: string): Promise<boolean> {
    const { mid, name, businessNumber, representative, address, phone, status, agencyCode } = merchant;
    const { routingStrategy } = merchant;
    const legacyEncryptionAllowed = merchant.legacyEncryptionAllowed ? 1 : 0;
    const fields = { mid, name, businessNumber, representative, address, phone, status, agencyCode };
    const isNew = await insertAbsent(() =>
      tx
        .createQueryBuilder()
        .insert()
        .into(MerchantEntity)
        .values({ ...fields, legacyEncryptionAllowed, routingStrategy })
        .updateEntity(false)
        .execute(),
    );
    if (isNew)
      await this.audit.record(tx, { actor, action: 'merchant.create', target: mid, mid, outcome: 'SUCCESS' });
    return isNew;
  }

  private async insertContract(tx: EntityManager, contract: SealedContract, actor: string): Promise<void> {
    const { id, mid, acquirer } = contract;
    const isNew = await insertAbsent(() =>
      tx
        .createQueryBuilder()
        .insert()
        .into(AcquirerContractEntity)
        .values({ ...contractColumns(contract), id, mid, credentialsSealed: contract.credentialsSealed })
        .updateEntity(false)
        .execute(),
    );
    if (!isNew) return;
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

/** InnoDB undoes only the statement that met a duplicate; the transaction goes on. */
async function insertAbsent(insert: () => Promise<unknown>): Promise<boolean> {
  try {
    await insert();
    return true;
  } catch (error) {
    if (isDuplicateKey(error)) return false;
    throw error;
  }
}
