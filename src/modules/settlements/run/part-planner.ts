import { AppError, fault } from '../../../common/errors/app-error';
import { FeesFacade } from '../../fees/fees.facade';
import type { FeePolicy } from '../../fees/fees.types';
import type { PayoutBook, PayoutDays } from './payout-days';
import { bandsOf } from './price-bands.policy';
import type { CommissionPrice, Payout, Price, PriceSubject } from './price.types';
import type { CommissionBook, RunCommissions } from './run-commissions';
import type { RunPart } from './run-parts.policy';
import type { RunPartsRepository } from './run-parts.repository';
import { SETTLEMENT_RUN_ERRORS } from './settlement-run.errors';

/** How one merchant's movements of a day are settled. */
export interface MerchantPlan {
  /** With the payout day that they are due on. */
  readonly prices: readonly { readonly price: Price; readonly due: Payout }[];
  readonly commissions: readonly CommissionPrice[];
}

export interface PartPlan {
  readonly part: RunPart;
  /** Of every merchant of the part: its plan, or the code of the error that keeps it from being settled. */
  readonly merchants: ReadonlyMap<string, MerchantPlan | string>;
  readonly following: (payoutDay: string) => string;
}

/**
 * Reads what a part is settled by: policies, terms, holidays and commission rates as they held on its day. All of it is
 * history that no one changes any more, so it is read before the part's transaction begins.
 */
export class PartPlanner {
  constructor(
    private readonly parts: RunPartsRepository,
    private readonly fees: FeesFacade,
    private readonly commissions: RunCommissions,
    private readonly payoutDays: PayoutDays,
  ) {}

  async plan(part: RunPart): Promise<PartPlan> {
    const subjects = await this.parts.subjects(part);
    const byMid = new Map<string, PriceSubject[]>();
    for (const subject of subjects) byMid.set(subject.mid, [...(byMid.get(subject.mid) ?? []), subject]);
    const mids = [...byMid.keys()];
    const book = await this.payoutDays.on(part.day);
    const policies = await this.fees.policiesForAll(mids, part.day);
    const sharesOf = await this.commissions.on(part.day, mids);
    const merchants = new Map<string, MerchantPlan | string>();
    for (const [mid, own] of byMid) {
      merchants.set(
        mid,
        planOrCode(() => this.merchantPlan(own, { book, sharesOf, inForce: policies.get(mid) ?? [] })),
      );
    }
    return { part, merchants, following: (payoutDay) => book.following(payoutDay) };
  }

  private merchantPlan(
    subjects: readonly PriceSubject[],
    terms: {
      readonly book: PayoutBook;
      readonly sharesOf: CommissionBook;
      readonly inForce: readonly FeePolicy[];
    },
  ): MerchantPlan {
    const { book, sharesOf, inForce } = terms;
    const prices: MerchantPlan['prices'][number][] = [];
    const used = new Map<string, FeePolicy>();
    for (const subject of subjects) {
      const { mid, contract_id: contractId, method } = subject;
      const due = { mid, contractId, payoutDay: book.of({ mid, contractId, method }) };
      for (const { price, policy } of this.bandPrices(subject, inForce)) {
        prices.push({ price, due });
        used.set(policy.policyId, policy);
      }
    }
    const commissions = [...used.values()].flatMap((policy) =>
      sharesOf(policy.mid, policy).map(({ kind, code, ratePpm }) => ({
        ...{ mid: policy.mid, policy_id: policy.policyId, rate_ppm: ratePpm },
        ...{ earner_kind: kind, earner_code: code },
      })),
    );
    return { prices, commissions };
  }

  private bandPrices(
    subject: PriceSubject,
    inForce: readonly FeePolicy[],
  ): { price: Price; policy: FeePolicy }[] {
    return bandsOf(inForce).map(({ min, max }) => {
      const policy = this.fees.policyOf(inForce, {
        branchId: subject.branch_id === '' ? null : subject.branch_id,
        acquirer: subject.acquirer,
        cardIssuer: subject.card_issuer === '' ? null : subject.card_issuer,
        cardType: (subject.card_type === '' ? null : subject.card_type) as FeePolicy['cardType'],
        method: subject.method as NonNullable<FeePolicy['method']>,
        amount: min,
      });
      if (policy === null) {
        throw fault(SETTLEMENT_RUN_ERRORS, 'NO_FEE_POLICY', { members: { mid: subject.mid } });
      }
      const price = {
        ...subject,
        amount_min: min,
        amount_max: max,
        policy_id: policy.policyId,
        rate_ppm: policy.ratePpm,
        fixed_fee: policy.fixedFee,
        minimum_fee: policy.minimumFee,
        acquirer_cost_ppm: policy.acquirerCostPpm,
      };
      return { price, policy };
    });
  }
}

/** A fault in one merchant's data is that merchant's alone: every other error is the whole part's. */
function planOrCode(plan: () => MerchantPlan): MerchantPlan | string {
  try {
    return plan();
  } catch (error) {
    if (error instanceof AppError) return error.code;
    throw error;
  }
}
