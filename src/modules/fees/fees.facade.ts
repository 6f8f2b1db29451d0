import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { Clock } from '../../common/time/clock';
import { koreanDay } from '../../common/time/korean-time';
import { type CancelStep, cancelFee, feeOf } from './fee.calc';
import { FeePolicies } from './fee-policies.service';
import { policyFor } from './fee-policy.policy';
import type { FeeAmounts, FeePolicy, FeeSubject, FeeTerms, FeeTier, MerchantPolicyWish } from './fees.types';

/** What other modules may ask of fees. */
@Injectable()
export class FeesFacade {
  constructor(
    private readonly policies: FeePolicies,
    private readonly clock: Clock,
  ) {}

  /** The tier of so many won of yearly sales on a Korean day, today unless given. */
  tierOf(yearlySales: number, day = this.today()): Promise<FeeTier> {
    return this.policies.tierOf(yearlySales, day);
  }

  /**
   * Gives a merchant the policies of its tier, once: false, and nothing changed, when it was given some before. Writes
   * an audit row in the caller's transaction, so call it near its end.
   */
  async ensureMerchantPolicy(tx: EntityManager, wish: MerchantPolicyWish): Promise<boolean> {
    const tier = await this.policies.tierNamed(wish.tier, wish.from, tx);
    return this.policies.ensureOfTier(tx, tier, wish);
  }

  /** The policies of a merchant that hold on a Korean day. */
  policiesFor(mid: string, day: string): Promise<FeePolicy[]> {
    return this.policies.inForce(mid, day);
  }

  /** The same for many merchants by one statement; a merchant without any has an empty list. */
  policiesForAll(mids: readonly string[], day: string): Promise<ReadonlyMap<string, FeePolicy[]>> {
    return this.policies.inForceOfAll(mids, day);
  }

  /** Gives the policies of tier GENERAL to those of the merchants that have none on a day, in transactions of its own. */
  ensureAnyPolicy(mids: readonly string[], day: string, actor: string): Promise<void> {
    return this.policies.ensureAny(mids, day, actor);
  }

  /** Which of the policies in force a payment is under; null when none fits. */
  policyOf(inForce: readonly FeePolicy[], payment: FeeSubject): FeePolicy | null {
    return policyFor(inForce, payment);
  }

  /** Fee and VAT of an approval. */
  approvalFee(amount: number, terms: FeeTerms): FeeAmounts {
    return feeOf(amount, terms);
  }

  /** Fee and VAT of a cancel's line, not above 0. */
  cancelFee(step: CancelStep, terms: FeeTerms): FeeAmounts {
    return cancelFee(step, terms);
  }

  private today(): string {
    return koreanDay(this.clock.now());
  }
}
