import { Inject, Injectable } from '@nestjs/common';
import { ACQUIRERS, canBill, type AcquirerRegistry } from '../../../acquirers/port/acquirer.port';
import { AppConfig } from '../../../config/app-config';
import type { BillingKey } from '../billing.types';
import type { Writer } from '../billing-writes';
import { BillingKeyVault } from '../keys/billing-key.vault';
import { BillingKeysRepository, type KeyAttempt, type KeyChange } from '../keys/billing-keys.repository';

/**
 * Gives up an issue without a usable answer. Most acquirers name no token by our number: there may be one that nobody
 * here knows, and nobody can charge it. Where the token is a name of ours it is taken back, by way of REVOKING.
 */
@Injectable()
export class UnknownIssue {
  constructor(
    @Inject(ACQUIRERS) private readonly acquirers: AcquirerRegistry,
    private readonly keys: BillingKeysRepository,
    private readonly vault: BillingKeyVault,
    private readonly config: AppConfig,
  ) {}

  /** False when somebody else changed the key first. */
  async giveUp(key: BillingKey, writer: Writer, attempt?: KeyAttempt): Promise<boolean> {
    return this.keys.change(key, { ...(await this.endOf(key)), attempt }, writer);
  }

  private async endOf(key: BillingKey): Promise<KeyChange> {
    const adapter = this.acquirers.get(key.acquirer);
    if (adapter === undefined || !canBill(adapter) || adapter.billingTokenOf === undefined)
      return { to: 'ISSUE_UNKNOWN' };
    const customerKey = await this.vault.openCustomerKey(key);
    const token = adapter.billingTokenOf({ customerKey, acquirerOrderNo: key.billingKey });
    return {
      to: 'REVOKING',
      set: { token_sealed: await this.vault.sealToken(key, token) },
      // Not before the acquirer can no longer be working on the issue: then "no such key" is the truth.
      dueInMs: this.config.acquirer.maxProcessingMs,
    };
  }
}
