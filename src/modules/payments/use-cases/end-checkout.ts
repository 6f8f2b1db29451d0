import { createHash } from 'node:crypto';
import { Inject, Injectable } from '@nestjs/common';
import { ACQUIRERS, type AcquirerRegistry } from '../../../acquirers/port/acquirer.port';
import { AppError, fault } from '../../../common/errors/app-error';
import { isId } from '../../../common/ids/id';
import { Logger } from '../../../common/logging/logger';
import { Clock } from '../../../common/time/clock';
import type { DataScope } from '../../../common/http/data-scope';
import { MerchantsFacade } from '../../merchants/merchants.facade';
import { RoutingFacade } from '../../routing/routing.facade';
import { referenceOf } from '../acquirer-reference';
import { PaymentJournal } from '../journal/payment-journal';
import type { Payment } from '../payments.types';
import { PaymentTimes } from '../payment-time';
import { CancelPayment } from './cancel-payment';
import { CHECKOUT_ERRORS } from '../checkout/checkout.errors';
import type { CheckoutWithPayment } from '../checkout/checkout.types';
import { CheckoutsRepository } from '../checkout/checkouts.repository';
import { ConfirmCheckout } from './confirm-checkout';
import { WindowConfirmer } from './window-confirmer';

const CLAIM_MAX = 20;
const WORKER = 'gateway:worker';

/** How checkouts end otherwise than by a confirm: given up by the payer, by time, or not acknowledged. */
@Injectable()
export class EndCheckout {
  constructor(
    @Inject(ACQUIRERS) private readonly acquirers: AcquirerRegistry,
    private readonly merchants: MerchantsFacade,
    private readonly routing: RoutingFacade,
    private readonly journal: PaymentJournal,
    private readonly checkouts: CheckoutsRepository,
    private readonly confirming: ConfirmCheckout,
    private readonly confirmer: WindowConfirmer,
    private readonly cancels: CancelPayment,
    private readonly times: PaymentTimes,
    private readonly clock: Clock,
    private readonly logger: Logger,
  ) {}

  /** The payer closed the window. Repeated, it answers the same; a confirm that came first stands. */
  async failByPayer(
    checkoutId: string,
    proof: { readonly scope: DataScope } | { readonly paymentToken: string },
    told: { readonly code: string; readonly message: string },
  ): Promise<CheckoutWithPayment> {
    const found =
      'scope' in proof
        ? await this.inScope(proof.scope, checkoutId)
        : await this.confirming.byToken(checkoutId, proof.paymentToken);
    const actor = 'payer:checkout';
    const reason = 'given up by the payer';
    const end = {
      to: 'FAILED',
      failureCode: 'PAYER_CANCELLED',
      actor,
      reason,
      told,
      at: this.clock.now(),
    } as const;
    await this.journal.checkouts.end(found.payment.paymentId, end);
    return this.inScope({ kind: 'ALL' }, checkoutId);
  }

  async inScope(scope: DataScope, checkoutId: string): Promise<CheckoutWithPayment> {
    const found = isId('chk', checkoutId) ? await this.checkouts.find(scope, checkoutId) : null;
    if (found === null) throw fault(CHECKOUT_ERRORS, 'CHECKOUT_NOT_FOUND');
    return found;
  }

  async acknowledge(scope: DataScope, checkoutId: string): Promise<CheckoutWithPayment> {
    const found = await this.inScope(scope, checkoutId);
    if (found.checkout.acknowledgedAt !== null) return found;
    const approved = found.payment.status === 'APPROVED';
    if (!approved || !(await this.journal.checkouts.acknowledge(checkoutId, this.clock.now()))) {
      throw fault(CHECKOUT_ERRORS, 'NOT_ACKNOWLEDGEABLE', {
        members: { paymentStatus: found.payment.status },
      });
    }
    return this.inScope(scope, checkoutId);
  }

  /** The worker's sweep over checkouts whose time is up. Answers how many it took. */
  async sweep(): Promise<number> {
    const due = await this.journal.checkouts.claimDue(CLAIM_MAX, this.times.workerLeaseMs);
    await Promise.all(
      due.map(async (checkoutId) => {
        try {
          await this.timeUp(checkoutId);
        } catch (error) {
          this.logger.failure('worker.checkout', error, { checkoutId });
        }
      }),
    );
    return due.length;
  }

  private async timeUp(checkoutId: string): Promise<void> {
    const found = await this.checkouts.find({ kind: 'ALL' }, checkoutId);
    if (found === null) return;
    const { checkout, payment } = found;
    if (payment.status === 'CREATED') return this.expire(payment);
    const open = payment.status === 'APPROVED' || payment.status === 'PARTIALLY_CANCELLED';
    const wanted = open && checkout.acknowledgeWithinSeconds !== null && checkout.acknowledgedAt === null;
    if (wanted && (await this.journal.checkouts.missAcknowledgement(checkoutId))) {
      await this.cancelUnacknowledged(checkoutId, payment);
      // Another cancel that is under way may still be refused, and what it holds is then the payer's again.
      if (await this.isBeingCancelled(checkoutId)) return;
    }
    // A confirm under way is the payments' own worker's; its end sets the next time.
    if (payment.status !== 'IN_PROGRESS') await this.journal.checkouts.settled(checkoutId);
  }

  /** Where the window takes the money itself, the acquirer is asked first: what was paid goes back. */
  private async expire(payment: Payment): Promise<void> {
    const adapter = this.acquirers.get(payment.acquirer);
    const contract = await this.merchants.findContract(payment.contractId);
    if (adapter === undefined || contract === null) throw new Error('a checkout without its acquirer');
    if (adapter.capabilities.paidInWindow) {
      const seen = await adapter.inquire(this.routing.accessTo(contract), referenceOf(payment));
      if (seen.kind === 'UNKNOWN' || (seen.kind === 'FOUND' && seen.state === 'PENDING')) return;
      const paid =
        seen.kind === 'FOUND' && (seen.state === 'APPROVED' || seen.state === 'PARTIALLY_CANCELLED');
      if (paid) {
        const proof = { impUid: seen.acquirerTransactionId };
        await this.confirmer
          .confirm(payment, proof, { callerAmount: null, actor: WORKER, giveBack: true })
          .catch(expectedProblem);
        return;
      }
    }
    const reason = 'not confirmed in time';
    const end = {
      to: 'EXPIRED',
      failureCode: 'CHECKOUT_EXPIRED',
      actor: WORKER,
      reason,
      at: this.clock.now(),
    } as const;
    await this.journal.checkouts.end(payment.paymentId, end);
  }

  private async isBeingCancelled(checkoutId: string): Promise<boolean> {
    const found = await this.checkouts.find({ kind: 'ALL' }, checkoutId);
    return found !== null && found.payment.pendingCancelAmount > 0;
  }

  /** One cancel of all that is left, under a key of its own: a sweep that runs twice cancels once. */
  private async cancelUnacknowledged(checkoutId: string, payment: Payment): Promise<void> {
    const requestKey = createHash('sha256').update(`unacknowledged ${checkoutId}`).digest('hex');
    await this.cancels
      .run({
        scope: { kind: 'ALL' },
        paymentId: payment.paymentId,
        wish: {},
        reason: '가맹점이 결제를 확인하지 않음',
        actor: WORKER,
        requestKey,
      })
      .catch(expectedProblem);
  }
}

/**
 * An answer that tells a caller how the money stands is the end of the worker's own task. What could not be done just now,
 * or not be written, is tried again in a later sweep.
 */
function expectedProblem(error: unknown): void {
  if (!(error instanceof AppError) || error.entry.kind === 'UNAVAILABLE') throw error;
}
