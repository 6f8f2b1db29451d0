/** What a policy may tell apart; the same names as a payment's own. */
export const FEE_METHODS = ['CARD', 'VIRTUAL_ACCOUNT', 'BANK_TRANSFER', 'EASY_PAY'] as const;
export type FeeMethod = (typeof FEE_METHODS)[number];

export const FEE_CARD_TYPES = ['CREDIT', 'CHECK', 'GIFT', 'UNKNOWN'] as const;
export type FeeCardType = (typeof FEE_CARD_TYPES)[number];

/** 영세, 중소1, 중소2, 중소3, 일반: from the smallest yearly sales to the greatest. */
export const TIERS = ['SMALL', 'MEDIUM_1', 'MEDIUM_2', 'MEDIUM_3', 'GENERAL'] as const;
export type Tier = (typeof TIERS)[number];

/** What a tier's merchants pay unless something else is agreed. Won, and parts per million. */
export interface FeeTier {
  readonly tier: Tier;
  /** The Korean day from which it holds. */
  readonly effectiveFrom: string;
  /** Greatest yearly sales of the tier, included; null = no limit. */
  readonly yearlySalesMax: number | null;
  readonly creditRatePpm: number;
  readonly checkRatePpm: number;
  readonly creditCostPpm: number;
  readonly checkCostPpm: number;
  readonly bankTransferRatePpm: number;
  readonly bankTransferMinimumFee: number;
  readonly virtualAccountFee: number;
}

/** Which payments of a merchant a policy is for; null = whatever it is. */
export interface FeeScope {
  readonly branchId: string | null;
  readonly acquirer: string | null;
  readonly cardIssuer: string | null;
  readonly cardType: FeeCardType | null;
  readonly method: FeeMethod | null;
  /** Won, both included. */
  readonly amountMin: number | null;
  readonly amountMax: number | null;
}

/** What a fee is reckoned by: a rate in ppm of the amount, won for each payment, and the least that it comes to. */
export interface FeeTerms {
  readonly ratePpm: number;
  readonly fixedFee: number;
  readonly minimumFee: number;
}

export interface PolicyTerms extends FeeTerms {
  /** What the acquirer takes of the amount, ppm. */
  readonly acquirerCostPpm: number;
  /** Of the fee, ppm, in place of the rate of the merchant's own agency; null = as agreed with that agency. */
  readonly agencyCommissionPpm: number | null;
  /** The same for the seller. */
  readonly sellerCommissionPpm: number | null;
}

export interface FeePolicy extends FeeScope, PolicyTerms {
  readonly policyId: string;
  /** Grows with each policy that is set. */
  readonly seq: number;
  readonly mid: string;
  /** Korean day from whose beginning it holds. */
  readonly effectiveFrom: string;
  /** From that day on there is no policy of this scope any more: a less specific one holds again. */
  readonly ended: boolean;
  readonly tier: Tier | null;
  readonly reason: string;
  readonly createdBy: string;
  readonly createdAt: Date;
}

/** What decides which policy a payment is under. */
export interface FeeSubject {
  readonly branchId: string | null;
  readonly acquirer: string;
  readonly cardIssuer: string | null;
  readonly cardType: FeeCardType | null;
  readonly method: FeeMethod;
  /** The whole amount as it was approved, also for the lines of its cancels. */
  readonly amount: number;
}

/** Fee and the VAT on it, won. Negative on the line of a cancel. */
export interface FeeAmounts {
  readonly fee: number;
  readonly vat: number;
}

export interface FeePolicyWish extends FeeScope, PolicyTerms {
  readonly mid: string;
  readonly effectiveFrom: string;
  readonly ended: boolean;
  readonly reason: string;
}

export interface MerchantPolicyWish {
  readonly mid: string;
  readonly tier: Tier;
  /** Korean day. */
  readonly from: string;
  readonly actor: string;
}
