import { Injectable } from '@nestjs/common';
import { EndCheckout } from './use-cases/end-checkout';
import { InboundWebhooksJob } from './inbound/inbound-webhooks.job';
import { ReceiptWishes } from './receipts/receipt-wishes';
import type { ClaimedReceiptWish } from './receipts/receipt-wish.types';
import { ResolveUnknownJob } from './resolve-unknown.job';

/** What the rest of the gateway may ask of payments. */
@Injectable()
export class PaymentsFacade {
  constructor(
    private readonly resolveUnknown: ResolveUnknownJob,
    private readonly endCheckout: EndCheckout,
    private readonly inboundWebhooks: InboundWebhooksJob,
    private readonly receiptWishes: ReceiptWishes,
  ) {}

  /** One sweep over what is unresolved, due or received; answers how many pieces of work it took. */
  async resolveUnresolved(): Promise<number> {
    const taken = await Promise.all([
      this.resolveUnknown.sweep(),
      this.endCheckout.sweep(),
      this.inboundWebhooks.sweep(),
    ]);
    return taken.reduce((sum, count) => sum + count, 0);
  }

  /** Resolves when nothing that a sweep took up is running any more. */
  settled(): Promise<void> {
    return this.resolveUnknown.settled();
  }

  /** Takes up to `limit` wishes for cash receipts that are due, for `leaseMs`, with their payments as committed. */
  claimReceiptWishes(limit: number, leaseMs: number): Promise<ClaimedReceiptWish[]> {
    return this.receiptWishes.claimDue(limit, leaseMs);
  }

  postponeReceiptWish(wish: ClaimedReceiptWish, dueInMs: number): Promise<void> {
    return this.receiptWishes.postpone(wish, dueInMs);
  }

  /** Nothing is left to be done for a wish; `note` says why. */
  endReceiptWish(wish: ClaimedReceiptWish, note: string): Promise<void> {
    return this.receiptWishes.end(wish, note);
  }
}
