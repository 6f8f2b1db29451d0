import { Injectable } from '@nestjs/common';
import { ResolveUnknownJob } from './resolve-unknown.job';

/** What the rest of the gateway may ask of payments. */
@Injectable()
export class PaymentsFacade {
  constructor(private readonly resolveUnknown: ResolveUnknownJob) {}

  /** One sweep over what is unresolved; answers how many pieces of work it took. */
  resolveUnresolved(): Promise<number> {
    return this.resolveUnknown.sweep();
  }

  /** Resolves when nothing that a sweep took up is running any more. */
  settled(): Promise<void> {
    return this.resolveUnknown.settled();
  }
}
