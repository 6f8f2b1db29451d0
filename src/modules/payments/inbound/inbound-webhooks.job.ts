import { Inject, Injectable } from '@nestjs/common';
import {
  ACQUIRERS,
  type AcquirerPort,
  type AcquirerRegistry,
  hasWebhooks,
} from '../../../acquirers/port/acquirer.port';
import type { ContractAccess, InquiryOutcome } from '../../../acquirers/port/acquirer.types';
import type { WebhookHint } from '../../../acquirers/port/webhook.types';
import { AppError } from '../../../common/errors/app-error';
import { Logger } from '../../../common/logging/logger';
import { Clock } from '../../../common/time/clock';
import { MerchantsFacade } from '../../merchants/merchants.facade';
import { RoutingFacade } from '../../routing/routing.facade';
import { referenceOf } from '../acquirer-reference';
import { CheckoutsRepository } from '../checkout/checkouts.repository';
import { DepositSettler } from '../use-cases/deposit-settler';
import { WindowConfirmer } from '../use-cases/window-confirmer';
import { PaymentJournal } from '../journal/payment-journal';
import { wasCharged } from '../payment.state';
import type { Payment } from '../payments.types';
import { PaymentTimes } from '../payment-time';
import { pauseAfter } from '../reversal.policy';
import { AccountVault } from '../virtual-accounts/account-vault';
import { InboundWebhooks, type ReceivedWebhook, type WebhookEnd } from './inbound-webhooks.store';

const CLAIM_MAX = 50;
const TRIES_MAX = 12;
const ACTOR = 'gateway:webhook';

/** Shorter than this no number is taken for a cut one. */
const CUT_LENGTH_MIN = 16;

/** A payment that a message may be about, and how to ask about it. */
interface Meant {
  readonly payment: Payment;
  readonly access: ContractAccess;
}

/** `null`: cannot be said yet, look again later. */
type End = WebhookEnd | null;

const done = (note: string, paymentId: string): End => ({ status: 'DONE', note, paymentId });
const ignored = (note: string, paymentId?: string): End => ({ status: 'IGNORED', note, paymentId });

/**
 * The worker's part of inbound webhooks. A webhook only says which payment to look at: what it claims is never
 * believed, the acquirer is asked. A confirm that runs meanwhile has the payment; the webhook waits and finds it done.
 */
@Injectable()
export class InboundWebhooksJob {
  constructor(
    @Inject(ACQUIRERS) private readonly acquirers: AcquirerRegistry,
    private readonly webhooks: InboundWebhooks,
    private readonly merchants: MerchantsFacade,
    private readonly routing: RoutingFacade,
    private readonly checkouts: CheckoutsRepository,
    private readonly confirmer: WindowConfirmer,
    private readonly deposits: DepositSettler,
    private readonly vault: AccountVault,
    private readonly journal: PaymentJournal,
    private readonly times: PaymentTimes,
    private readonly clock: Clock,
    private readonly logger: Logger,
  ) {}

  async sweep(): Promise<number> {
    const due = await this.webhooks.claimDue(CLAIM_MAX, this.times.workerLeaseMs);
    await Promise.all(due.map((webhook) => this.guarded(webhook)));
    return due.length;
  }

  private async guarded(webhook: ReceivedWebhook): Promise<void> {
    try {
      const end = await this.process(webhook);
      if (end !== null) await this.webhooks.end(webhook.id, end, this.clock.now());
      else if (webhook.tries >= TRIES_MAX) {
        await this.webhooks.end(webhook.id, { status: 'FAILED', note: 'TRIES_EXCEEDED' }, this.clock.now());
        this.logger.error('webhook.gave-up', { acquirer: webhook.acquirer });
      } else {
        const pause = pauseAfter(webhook.tries, this.times.timeScale, Math.random());
        await this.webhooks.postpone(webhook.id, pause);
      }
    } catch (error) {
      this.logger.failure('worker.webhook', error, { acquirer: webhook.acquirer });
    }
  }

  private async process({ acquirer, raw }: ReceivedWebhook): Promise<End> {
    const adapter = this.acquirers.get(acquirer);
    if (adapter === undefined || !hasWebhooks(adapter)) return ignored('NO_ADAPTER');
    const reading = adapter.readWebhook(raw);
    if (reading.kind !== 'HINT') return ignored('UNREADABLE');
    const meant = await this.meantBy(adapter, reading.hint);
    const [found] = meant;
    if (found === undefined) return ignored('NO_PAYMENT');
    if (meant.length > 1) {
      this.logger.error('webhook.ambiguous', { acquirer, event: reading.hint.event });
      return ignored('AMBIGUOUS');
    }
    const { payment, access } = found;
    const secret = await this.vault.depositSecretOf(payment);
    if (adapter.verifyWebhook(access, raw, secret) === 'INVALID')
      return ignored('SIGNATURE', payment.paymentId);
    const startedAt = this.clock.now();
    const seen = await this.ask(adapter, found, reading.hint);
    return payment.channel === 'VIRTUAL_ACCOUNT'
      ? this.bringAccountTogether(payment, seen, startedAt)
      : this.bringTogether(adapter, payment, seen);
  }

  /** Which payments the message may be about: by number, else those whose number was cut to it. */
  private async meantBy(adapter: AcquirerPort, hint: WebhookHint): Promise<readonly Meant[]> {
    const { name: acquirer } = adapter;
    const { acquirerOrderNo, acquirerMerchantId } = hint;
    if (acquirerOrderNo === null) return [];
    const ofMerchant = async (payments: readonly Payment[]) => {
      const all = await Promise.all(payments.map((payment) => this.withAccess(payment)));
      return all.filter(
        (one) =>
          one !== null &&
          (acquirerMerchantId === null || one.access.acquirerMerchantId === acquirerMerchantId),
      ) as readonly Meant[];
    };
    const exact = await ofMerchant(await this.checkouts.byAcquirerOrder(acquirer, acquirerOrderNo));
    if (exact.length > 0 || acquirerOrderNo.length < CUT_LENGTH_MIN) return exact;
    // The acquirer is asked under each contract: only the payment's own knows it, and only of this amount.
    const begun = await ofMerchant(await this.checkouts.openByPrefix({ acquirer }, acquirerOrderNo));
    const seen = await Promise.all(begun.map((one) => this.ask(adapter, one, hint)));
    return begun.filter((_, index) => seen[index]?.kind === 'FOUND');
  }

  private async withAccess(payment: Payment): Promise<Meant | null> {
    const contract = await this.merchants.findContract(payment.contractId);
    return contract === null ? null : { payment, access: this.routing.accessTo(contract) };
  }

  private ask(adapter: AcquirerPort, { payment, access }: Meant, hint: WebhookHint): Promise<InquiryOutcome> {
    const reference = referenceOf(payment);
    const acquirerTransactionId = reference.acquirerTransactionId ?? hint.acquirerTransactionId;
    return adapter.inquire(access, { ...reference, acquirerTransactionId });
  }

  /** What the acquirer's book says of a virtual account. An issue or a reversal under way has the payment. */
  private async bringAccountTogether(payment: Payment, seen: InquiryOutcome, startedAt: Date): Promise<End> {
    const { paymentId } = payment;
    if (seen.kind === 'UNKNOWN') return null;
    switch (payment.status) {
      case 'CREATED':
      case 'IN_PROGRESS':
      case 'REVERSING':
        return null;
      case 'WAITING_FOR_DEPOSIT': {
        const { kind } = await this.deposits.settle(payment, seen, { actor: ACTOR, startedAt });
        return kind === 'UNKNOWN' ? null : done(kind, paymentId);
      }
      default:
        if (wasCharged(payment)) return this.compare(payment, seen);
        return done(await this.deposits.heardAfterEnd(payment, seen), paymentId);
    }
  }

  /** What the acquirer's book says against ours. */
  private async bringTogether(adapter: AcquirerPort, payment: Payment, seen: InquiryOutcome): Promise<End> {
    const { paymentId } = payment;
    if (seen.kind === 'UNKNOWN') return null;
    const paid = seen.kind === 'FOUND' && (seen.state === 'APPROVED' || seen.state === 'PARTIALLY_CANCELLED');
    switch (payment.status) {
      case 'CREATED':
        if (!paid || !adapter.capabilities.paidInWindow) return done('NOT_PAID', paymentId);
        return this.confirm(payment, seen.acquirerTransactionId);
      case 'IN_PROGRESS':
      case 'REVERSING':
        return null;
      case 'FAILED':
      case 'EXPIRED':
        return paid && payment.channel === 'WINDOW'
          ? this.giveBack(payment, seen.acquirerTransactionId)
          : done('AGREED', paymentId);
      case 'REVERSED':
        if (!paid) return done('AGREED', paymentId);
        await this.journal.reversals.lookAgain(paymentId, seen.acquirerTransactionId);
        return done('PAID_TOO_LATE', paymentId);
      default:
        return this.compare(payment, seen);
    }
  }

  private async confirm(payment: Payment, impUid: string): Promise<End> {
    try {
      const confirmed = await this.confirmer.confirm(
        payment,
        { impUid },
        { callerAmount: null, actor: ACTOR },
      );
      return confirmed.kind === 'LOST' ? null : done(confirmed.kind, payment.paymentId);
    } catch (error) {
      // A problem answer says that the matter has been dealt with: declined, or going back.
      if (!(error instanceof AppError)) throw error;
      return done(error.code, payment.paymentId);
    }
  }

  private async giveBack(payment: Payment, acquirerTransactionId: string): Promise<End> {
    const late = { acquirerTransactionId, leaseMs: 1, actor: ACTOR, at: this.clock.now() };
    const undoing = await this.journal.confirms.undoLate(payment, late);
    if (undoing === null) return null;
    this.logger.warn('checkout.paid-too-late', { paymentId: payment.paymentId, acquirer: payment.acquirer });
    return done('PAID_TOO_LATE', payment.paymentId);
  }

  private compare(payment: Payment, seen: InquiryOutcome): End {
    const { paymentId, cancelledAmount, pendingCancelAmount } = payment;
    if (pendingCancelAmount > 0) return null;
    const theirs = seen.kind === 'FOUND' ? seen.amount - seen.balanceAmount : null;
    if (theirs === cancelledAmount) return done('AGREED', paymentId);
    this.logger.error('books-differ', { paymentId, acquirer: payment.acquirer });
    return done('BOOKS_DIFFER', paymentId);
  }
}
