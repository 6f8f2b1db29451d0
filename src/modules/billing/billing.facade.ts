import { Injectable } from '@nestjs/common';
import { RevokeBillingKey } from './use-cases/revoke-billing-key';

/** What the rest of the gateway may ask of billing. */
@Injectable()
export class BillingFacade {
  constructor(private readonly keys: RevokeBillingKey) {}

  /** One sweep over what is due; answers how many pieces of work it took up. */
  async sweep(): Promise<number> {
    return this.keys.sweep();
  }

  /** Resolves when nothing that a sweep took up is running any more. */
  settled(): Promise<void> {
    return Promise.resolve();
  }
}
