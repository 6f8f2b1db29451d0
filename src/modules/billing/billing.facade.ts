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

  /** One sweep over billing keys that are between states; answers how many pieces of work it took up. */
  revoke(): Promise<number> {
    return this.keys.sweep();
  }

  /** One sweep over the subscriptions that are due; answers how many pieces of work it took up. */
  charge(): Promise<number> {
    return this.charges.sweep();
  }

  /** Resolves when nothing that a sweep took up is running any more. */
  settled(): Promise<void> {
    return this.charges.settled();
  }
}
