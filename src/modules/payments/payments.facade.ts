import { Injectable } from '@nestjs/common';
import { EndCheckout } from './use-cases/end-checkout';
import { InboundWebhooksJob } from './inbound/inbound-webhooks.job';
import { DepositWatchJob } from './virtual-accounts/deposit-watch.job';
import { ResolveUnknownJob } from './resolve-unknown.job';

/** What the rest of the gateway may ask of payments. */
@Injectable()
export class PaymentsFacade {
  constructor(
    private readonly resolveUnknown: ResolveUnknownJob,
    private readonly endCheckout: EndCheckout,
    private readonly inboundWebhooks: InboundWebhooksJob,
    private readonly depositWatch: DepositWatchJob,
  ) {}

  /** One sweep over what is unresolved, due or received; answers how many pieces of work it took. */
  async resolveUnresolved(): Promise<number> {
    const taken = await Promise.all([
      this.resolveUnknown.sweep(),
      this.endCheckout.sweep(),
      this.inboundWebhooks.sweep(),
      this.depositWatch.sweep(),
    ]);
    return taken.reduce((sum, count) => sum + count, 0);
  }

  /** Resolves when nothing that a sweep took up is running any more. */
  async settled(): Promise<void> {
    await Promise.all([this.resolveUnknown.settled(), this.depositWatch.settled()]);
  }
}
