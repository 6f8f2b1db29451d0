import { createHash } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { crashPoint } from '../../../common/crash/crash-point';
import { AppError } from '../../../common/errors/app-error';
import { Logger } from '../../../common/logging/logger';
import { Clock } from '../../../common/time/clock';
import { koreanDay } from '../../../common/time/korean-time';
import { RunningWork } from '../../../common/jobs/running-work';
import { AppConfig } from '../../../config/app-config';
import { DECLINE_ERRORS } from '../../payments/decline.errors';
import { ChargeBillingKey } from '../use-cases/charge-billing-key';
import { type ClaimedCharge, ChargesRepository } from './charges.repository';
import { type ChargeAnswer, isPassing, judgeAnswer, undonePauseMs, waitMs } from './charge.policy';
import { SubscriptionsRepository, type Taken } from './subscriptions.repository';

const BATCH_MAX = 100;
const RUNNING_MAX = 48;
/** One acquirer that is silent must not keep the others' charges waiting. */
const RUNNING_PER_ACQUIRER_MAX = 32;
/** Fewer free slots than this are not worth a claim. */
const FREE_MIN = 8;
/** Until a subscription whose day could not be worked on is looked at again; before scaling. */
const SET_ASIDE_MS = 10 * 60_000;
const SET_ASIDE_MAX = 1_000;
const WORKER = 'gateway:worker';

/**
 * The worker's part of subscriptions: a period whose day has come becomes a charge, a charge becomes a payment. Several
 * workers may run: periods and tries are claimed in committed rows, and what a try asks for has an order number of its
 * own, so that a repetition finds the payment instead of making another.
 */
@Injectable()
export class ChargeSubscriptionsJob {
  /** What is under way, and at which acquirer. */
  private readonly running = new RunningWork({ max: RUNNING_MAX, perGroupMax: RUNNING_PER_ACQUIRER_MAX });
  /** Subscriptions whose day could not be worked on, and until when they wait, by the monotonic clock. */
  private readonly setAside = new Map<string, number>();

  constructor(
    private readonly subscriptions: SubscriptionsRepository,
    private readonly charges: ChargesRepository,
    private readonly charging: ChargeBillingKey,
    private readonly config: AppConfig,
    private readonly clock: Clock,
    private readonly logger: Logger,
  ) {}

  /** One sweep. Answers how many pieces of work it took up; they go on after it has returned. */
  async sweep(): Promise<number> {
    const at = this.clock.now();
    const today = koreanDay(at);
    const writer = { actor: WORKER, reason: 'by the calendar', at };
    const take = { today, limit: BATCH_MAX, without: this.setAsideNow() };
    const due = this.heed(await this.subscriptions.bringDue(take, writer));
    const told = this.heed(await this.subscriptions.notify({ ...take, without: this.setAsideNow() }, writer));
    await this.waitForSlots();
    const { free } = this.running;
    if (free < FREE_MIN) return due + told;
    const claim = { limit: free, leaseMs: this.config.worker.leaseMs, without: this.running.crowded() };
    const claimed = await this.charges.claim(today, claim, writer);
    crashPoint('subscription.claimed');
    for (const charge of claimed) this.start(charge);
    return due + told + claimed.length;
  }

  /** Those whose work failed wait, so that they are not all that a sweep ever sees. Answers how many were done. */
  private heed({ taken, failed }: Taken): number {
    const until = this.clock.monotonicMs() + SET_ASIDE_MS * this.config.timeScale;
    for (const { subscriptionId, error } of failed) {
      this.logger.failure('subscription.set-aside', error, { subscriptionId });
      this.setAside.set(subscriptionId, until);
    }
    return taken;
  }

  private setAsideNow(): readonly string[] {
    const now = this.clock.monotonicMs();
    for (const [id, until] of this.setAside) if (until <= now) this.setAside.delete(id);
    return [...this.setAside.keys()].slice(0, SET_ASIDE_MAX);
  }

  /** Resolves when nothing that a sweep took up is running any more. */
  settled(): Promise<void> {
    return this.running.settled();
  }

  /** For as long as charges end at all; a silent acquirer keeps nobody waiting longer than a poll. */
  private async waitForSlots(): Promise<void> {
    const over = new AbortController();
    const limit = this.clock.sleep(this.config.worker.pollMs, over.signal).then(() => over.abort());
    while (this.running.free < FREE_MIN && !over.signal.aborted) {
      await Promise.race([this.running.next(), limit]);
    }
    over.abort();
  }

  private start(charge: ClaimedCharge): void {
    const { chargeId, acquirer } = charge;
    this.running.start(
      acquirer,
      () => this.charge(charge),
      (error) => this.logger.failure('worker.subscription', error, { chargeId }),
    );
  }

  private async charge(charge: ClaimedCharge): Promise<void> {
    const answer = await this.ask(charge);
    crashPoint('subscription.answered');
    const at = this.clock.now();
    const today = koreanDay(at);
    const verdict = judgeAnswer(answer, charge, today);
    const pause =
      verdict.kind === 'TRY_UNDONE'
        ? undonePauseMs(charge.undoneTries, this.config.billing.undonePauseMs)
        : Math.max(1, Math.round(waitMs(charge.waits) * this.config.timeScale));
    const settling = { verdict, paymentId: answer.paymentId ?? charge.paymentId, today, waitMs: pause };
    const settled = await this.charges.settle(charge, settling, { actor: WORKER, reason: '', at });
    if (!settled) this.logger.warn('subscription.overtaken', { chargeId: charge.chargeId });
  }

  private async ask(charge: ClaimedCharge): Promise<ChargeAnswer> {
    const { mid, billingKey, orderNo, amount, taxFreeAmount, goodsName } = charge;
    const buyerName = charge.buyerName ?? undefined;
    try {
      const { payment } = await this.charging.run({
        mid,
        actor: `subscription:${charge.subscriptionId}`,
        billingKey,
        order: { orderNo, amount, taxFreeAmount, goodsName, buyerName },
        requestHash: createHash('sha256').update(`${orderNo} ${charge.sends}`).digest('hex'),
      });
      return { kind: 'APPROVED', paymentId: payment.paymentId };
    } catch (error) {
      if (!(error instanceof AppError)) throw error;
      const { code, extras } = error;
      if (!isPassing(code)) this.logger.warn('subscription.refused', { chargeId: charge.chargeId, code });
      const told = extras.members ?? {};
      return {
        kind: 'PROBLEM',
        code,
        isDecline: code in DECLINE_ERRORS,
        paymentId: typeof told.paymentId === 'string' ? told.paymentId : null,
        paymentStatus: typeof told.paymentStatus === 'string' ? told.paymentStatus : null,
      };
    }
  }
}
