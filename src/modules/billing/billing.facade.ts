import { Injectable } from '@nestjs/common';
import { ChargeSubscriptionsJob } from './subscriptions/charge-subscriptions.job';
import { RevokeBillingKey } from './use-cases/revoke-billing-key';

/** What the rest of the gateway may ask of billing. */
@Injectable()
export class BillingFacade {
  constructor(
    private readonly keys: RevokeBillingKey,
    private readonly charges: ChargeSubscriptionsJob,
  ) {}

  /** One sweep over what is due; answers how many pieces of work it took up. */
  async sweep(): Promise<number> {
    return (await this.keys.sweep()) + (await this.charges.sweep());
  }

  /** Resolves when nothing that a sweep took up is running any more. */
  settled(): Promise<void> {
    return this.charges.settled();
  }
}
