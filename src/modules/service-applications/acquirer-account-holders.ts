import { Inject, Injectable } from '@nestjs/common';
import { ACQUIRERS, type AcquirerRegistry, knowsAccountHolders } from '../../acquirers/port/acquirer.port';
import { AppConfig } from '../../config/app-config';
import { isSameHolder } from '../../common/banks/bank-account';
import { Logger } from '../../common/logging/logger';
import type { HolderCheck } from '../merchants/merchants.types';
import type { AccountHolderPort } from './account-holder.port';
import type { WantedAccount } from './service-applications.types';

/**
 * Asks the bank through the acquirer that ACCOUNT_HOLDER_ACQUIRER names, under the gateway's own contract with it. Where
 * none is named, or no answer comes, the account is left to the operator's eye.
 */
@Injectable()
export class AcquirerAccountHolders implements AccountHolderPort {
  constructor(
    @Inject(ACQUIRERS) private readonly acquirers: AcquirerRegistry,
    private readonly config: AppConfig,
    private readonly logger: Logger,
  ) {}

  async check({ bankCode, accountNumber, holderName }: WantedAccount): Promise<HolderCheck> {
    const { accountHolder, acquirer } = this.config;
    if (accountHolder === null) return 'UNCHECKED';
    const adapter = this.acquirers.get(accountHolder.acquirer);
    if (adapter === undefined || !knowsAccountHolders(adapter)) return 'UNCHECKED';
    const access = {
      contractId: 'account-holder',
      acquirerMerchantId: accountHolder.merchantId,
      credentials: accountHolder.credentials,
      connectTimeoutMs: acquirer.connectTimeoutMs,
      answerTimeoutMs: acquirer.answerTimeoutMs,
    };
    try {
      const found = await adapter.findAccountHolder(access, { bankCode, accountNumber });
      if (found.kind === 'FOUND') return isSameHolder(holderName, found.holderName) ? 'MATCHED' : 'DIFFERENT';
      return found.kind === 'NOT_FOUND' ? 'DIFFERENT' : 'UNCHECKED';
    } catch (error) {
      this.logger.failure('service-applications.account-holder', error);
      return 'UNCHECKED';
    }
  }
}
