import { Inject, Injectable } from '@nestjs/common';
import { ACQUIRERS, canBill, type AcquirerRegistry } from '../../../acquirers/port/acquirer.port';
import { crashPoint } from '../../../common/crash/crash-point';
import { fault } from '../../../common/errors/app-error';
import { Logger } from '../../../common/logging/logger';
import { Clock } from '../../../common/time/clock';
import { AppConfig } from '../../../config/app-config';
import { MerchantsFacade } from '../../merchants/merchants.facade';
import { RoutingFacade } from '../../routing/routing.facade';
import { BILLING_ERRORS } from '../billing.errors';
import type { BillingKey } from '../billing.types';
import { BillingKeyVault } from '../keys/billing-key.vault';
import { BillingKeysRepository } from '../keys/billing-keys.repository';
import { UnknownIssue } from './unknown-issue';
import { isRevoked, REVOKE_REFUSALS_MAX, revokePauseMs } from '../keys/billing-key.state';

const CLAIM_MAX = 20;
const WORKER = 'gateway:worker';

/** Ends a billing key: from the first commit on it pays nothing; the acquirer is told until it says that it is gone. */
@Injectable()
export class RevokeBillingKey {
  constructor(
    @Inject(ACQUIRERS) private readonly acquirers: AcquirerRegistry,
    private readonly merchants: MerchantsFacade,
    private readonly routing: RoutingFacade,
    private readonly keys: BillingKeysRepository,
    private readonly vault: BillingKeyVault,
    private readonly unknown: UnknownIssue,
    private readonly config: AppConfig,
    private readonly clock: Clock,
    private readonly logger: Logger,
  ) {}

  /** The key as it is now, REVOKED or REVOKING; the same again when it was before. Throws when it was never issued. */
  async run(mid: string, billingKey: string, actor: string): Promise<BillingKey> {
    const key = await this.existing(mid, billingKey);
    if (isRevoked(key.status)) return key;
    if (key.status !== 'ACTIVE') {
      throw fault(BILLING_ERRORS, 'BILLING_KEY_NOT_ACTIVE', { members: { billingKeyStatus: key.status } });
    }
    const writer = { actor, reason: 'revoked by the merchant', at: this.clock.now() };
    if (key.storage === 'SEALED_CARD') {
      await this.keys.change(key, { to: 'REVOKED' }, writer);
      return this.existing(mid, billingKey);
    }
    const dueInMs = this.config.worker.leaseMs;
    const began = await this.keys.change(key, { to: 'REVOKING', dueInMs }, writer);
    crashPoint('billing.revoking');
    if (began) await this.tellAcquirer(await this.existing(mid, billingKey), actor);
    return this.existing(mid, billingKey);
  }

  /** The worker's part: issues whose process died, and revocations that the acquirer has not confirmed. */
  async sweep(): Promise<number> {
    const due = await this.keys.claimDue(CLAIM_MAX, this.config.worker.leaseMs);
    await Promise.all(
      due.map(async (key) => {
        try {
          await (key.status === 'ISSUING' ? this.giveUp(key) : this.tellAcquirer(key, WORKER));
        } catch (error) {
          this.logger.failure('worker.billing-key', error, { billingKey: key.billingKey });
        }
      }),
    );
    return due.length;
  }

  private async giveUp(key: BillingKey): Promise<void> {
    const writer = { actor: WORKER, reason: 'abandoned while it was being issued', at: this.clock.now() };
    await this.unknown.giveUp(key, writer);
  }

  private async tellAcquirer(key: BillingKey, actor: string): Promise<void> {
    if (key.status !== 'REVOKING') return;
    const token = await this.vault.openToken(key);
    const contract = await this.merchants.findContract(key.contractId);
    const adapter = this.acquirers.get(key.acquirer);
    const done = (reason: string) => ({ actor, reason, at: this.clock.now() });
    if (token === null || contract === null || adapter === undefined || !canBill(adapter)) {
      await this.keys.change(key, { to: 'REVOKED' }, done('nothing is left to be told to the acquirer'));
      return;
    }
    const startedAt = this.clock.now();
    const customerKey = await this.vault.openCustomerKey(key);
    const { kind, exchange } = await adapter.revokeBillingKey(
      this.routing.accessTo(contract),
      token,
      customerKey,
    );
    crashPoint('billing.revoked-there');
    const attempt = {
      operation: 'REVOKE',
      outcome: kind,
      acquirer: key.acquirer,
      exchange,
      startedAt,
    } as const;
    if (kind === 'REVOKED') {
      await this.keys.change(key, { to: 'REVOKED', attempt }, done('revoked by the acquirer'));
    } else if (kind === 'REFUSED' && key.tries + 1 >= REVOKE_REFUSALS_MAX) {
      this.logger.warn('billing-key.revocation-refused', {
        billingKey: key.billingKey,
        acquirer: key.acquirer,
      });
      await this.keys.change(
        key,
        { to: 'REVOKED', attempt },
        done('refused by the acquirer; our token is destroyed'),
      );
    } else {
      const pause = Math.max(1, Math.round(revokePauseMs(key.tries) * this.config.timeScale));
      await this.keys.postpone(key, pause, attempt, this.clock.now());
    }
  }

  private async existing(mid: string, billingKey: string): Promise<BillingKey> {
    const key = await this.keys.find(mid, billingKey);
    if (key === null) throw fault(BILLING_ERRORS, 'BILLING_KEY_NOT_FOUND');
    return key;
  }
}
