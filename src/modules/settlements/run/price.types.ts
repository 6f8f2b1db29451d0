/** What decides a payment's policy and payout day; an empty text stands for "none". */
export interface PriceSubject {
  readonly mid: string;
  readonly contract_id: string;
  readonly branch_id: string;
  readonly acquirer: string;
  readonly method: string;
  readonly card_issuer: string;
  readonly card_type: string;
}

/** What payments of a kind and of amounts within a band (won, both included) are settled by. */
export interface Price extends PriceSubject {
  readonly amount_min: number;
  readonly amount_max: number;
  readonly policy_id: string;
  readonly rate_ppm: number;
  readonly fixed_fee: number;
  readonly minimum_fee: number;
  readonly acquirer_cost_ppm: number;
}

/** A price, and the settlement that its payments go into. */
export interface PlacedPrice extends Price {
  readonly settlement_id: string;
}

/** What one earner has of the fees of a merchant's payments under a policy. */
export interface CommissionPrice {
  readonly mid: string;
  readonly policy_id: string;
  readonly earner_kind: 'AGENCY' | 'SELLER';
  readonly earner_code: string;
  readonly rate_ppm: number;
}

/** A merchant's payments of one contract that are paid out on one Korean day. */
export interface Payout {
  readonly mid: string;
  readonly contractId: string;
  readonly payoutDay: string;
}
