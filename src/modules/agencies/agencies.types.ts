export interface Agency {
  readonly agencyCode: string;
  readonly name: string;
  readonly representative: string;
  readonly phone: string;
}

export const PARTNER_STATUSES = ['ACTIVE', 'SUSPENDED', 'CLOSED'] as const;
/** Of an agency or a seller. SUSPENDED: brings in nothing new, and its members only look; CLOSED: for ever. Neither ends what was agreed before. */
export type PartnerStatus = (typeof PARTNER_STATUSES)[number];

/** An agency as it and an operator see it. */
export interface RegisteredAgency extends Agency {
  /** The order in which agencies were registered. */
  readonly seq: number;
  readonly parentCode: string | null;
  /** Ten digits; null for one that is older than this register. */
  readonly businessNumber: string | null;
  readonly email: string | null;
  readonly status: PartnerStatus;
  readonly sellerCode: string | null;
  /** The bank of the settlement account; null without one. The account itself is sealed and never shown. */
  readonly bankCode: string | null;
  /** Grows with every change; a change names the one that it starts from. */
  readonly version: number;
  readonly createdAt: Date;
}

export interface SettlementAccount {
  readonly bankCode: string;
  readonly accountNumber: string;
  readonly holderName: string;
}

export interface NewAgency {
  readonly name: string;
  readonly businessNumber: string;
  readonly representative: string;
  readonly phone: string;
  readonly email: string;
  readonly account: SettlementAccount;
  readonly sellerCode: string | null;
  /** Undefined: below the caller's own agency, or at the top for an operator. */
  readonly parentCode?: string;
}

export interface AgencyChange {
  readonly version: number;
  readonly representative?: string;
  readonly phone?: string;
  readonly status?: PartnerStatus;
  readonly reason: string;
}

export interface Seller {
  readonly seq: number;
  readonly sellerCode: string;
  readonly name: string;
  readonly businessNumber: string | null;
  /** Masked. */
  readonly phone: string;
  readonly status: PartnerStatus;
  readonly version: number;
  readonly createdAt: Date;
}

/** Whose commission a rate is. */
export type CommissionOwner = { readonly agencyCode: string } | { readonly sellerCode: string };

export interface CommissionRate {
  readonly rateId: string;
  readonly seq: number;
  /** Korean day from whose beginning it holds. */
  readonly effectiveFrom: string;
  /** Of the fee, parts per million. */
  readonly ratePpm: number;
  readonly reason: string;
  readonly createdBy: string;
  readonly createdAt: Date;
}

/** Who earns of a fee, and how much of it. */
export interface CommissionLevel {
  readonly kind: 'AGENCY' | 'SELLER';
  readonly code: string;
  /** Of the fee, parts per million. */
  readonly ratePpm: number;
}

export interface Page<T> {
  readonly data: readonly T[];
  readonly nextCursor: string | null;
}

export interface PageWish {
  readonly limit: number;
  readonly cursor?: string;
}
