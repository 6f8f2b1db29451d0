import type { PaymentMethod } from '../merchants/merchants.types';
import type { AdjustmentStatus, HoldStatus, SettlementStatus } from './settlement.state';

/**
 * The days that are holidays, by Korean calendar year (`2026`); undefined for a year whose holidays nobody has told.
 * Weekends and 1 May are not among them unless they are holidays by law too.
 */
export type HolidayYears = (year: string) => ReadonlySet<string> | undefined;

export const HOLIDAY_KINDS = ['ADD', 'STRIKE'] as const;
/** What the operator says of a day: it is a holiday, or it is none, whatever the library says. */
export type HolidayKind = (typeof HOLIDAY_KINDS)[number];

/** What the operator said of a day. The latest word on a day holds; none is ever changed. */
export interface HolidayEntry {
  /** Grows with time. */
  readonly seq: number;
  /** Korean day, `YYYY-MM-DD`. */
  readonly day: string;
  readonly kind: HolidayKind;
  readonly name: string;
  readonly reason: string;
  readonly createdBy: string;
  readonly createdAt: Date;
}

/** Which payments a merchant's settlement cycle is asked for. */
export interface CycleKey {
  readonly mid: string;
  readonly contractId: string | null;
  readonly method: PaymentMethod | null;
}

/** From a Korean day on, payments of this merchant (of one contract, of one method; null = of all) settle by this cycle. */
export interface SettlementTerms extends CycleKey {
  readonly termsId: string;
  /** Grows with time: of two that begin on one day the later said holds. */
  readonly seq: number;
  /** As `D+2`, `W-FRI+3` or `M-31+5`. */
  readonly cycle: string;
  /** Korean day of capture, `YYYY-MM-DD`. */
  readonly effectiveFrom: string;
  readonly reason: string;
  readonly createdBy: string;
  readonly createdAt: Date;
}

/** The terms of all merchants that are in force on one day of capture. */
export interface TermsInForce {
  readonly day: string;
  /** The terms that merchants have of their own, one for each merchant, contract and method. */
  readonly terms: readonly SettlementTerms[];
  /** The most particular that fits: contract and method, contract, method, merchant, else the configured default. */
  cycleOf(key: CycleKey): string;
}

/** A Korean day of capture and the day on which it is paid out, `YYYY-MM-DD`. */
export interface CapturedDay {
  readonly capturedOn: string;
  readonly payoutOn: string;
}

/** What a merchant's payments of one contract come to on one payout day. Won. */
export interface Settlement {
  readonly settlementId: string;
  readonly mid: string;
  readonly contractId: string;
  /** Korean day. */
  readonly payoutDay: string;
  readonly status: SettlementStatus;
  readonly version: number;
  readonly lineCount: number;
  readonly approvalAmount: number;
  /** 0 or less. */
  readonly cancelAmount: number;
  readonly fee: number;
  readonly vat: number;
  readonly adjustmentAmount: number;
  /** What earlier settlements were short of; 0 or less. */
  readonly carriedIn: number;
  /** What it was short of itself, and a later one carries; 0 or less. */
  readonly carriedOut: number;
  /** Approvals and cancels less fee and VAT, with adjustments and what is carried in, less what is carried out. */
  readonly payoutAmount: number;
  readonly holdReason: string | null;
  /** The hold of the whole merchant that it is under. */
  readonly holdId: string | null;
  readonly payoutReference: string | null;
  readonly failureReason: string | null;
  readonly confirmedAt: Date | null;
  readonly paidAt: Date | null;
  readonly createdAt: Date;
}

/** Withholds everything of a merchant. */
export interface MerchantHold {
  readonly holdId: string;
  readonly mid: string;
  readonly status: HoldStatus;
  readonly reason: string;
  readonly createdBy: string;
  readonly createdAt: Date;
  readonly releaseReason: string | null;
  readonly releasedBy: string | null;
  readonly releasedAt: Date | null;
}

/** What an operator gives a merchant (above 0) or takes from it, approved by another operator. */
export interface Adjustment {
  readonly adjustmentId: string;
  readonly mid: string;
  readonly contractId: string;
  /** Won, never 0. */
  readonly amount: number;
  readonly reason: string;
  readonly status: AdjustmentStatus;
  readonly requestedBy: string;
  readonly createdAt: Date;
  readonly decidedBy: string | null;
  readonly decidedAt: Date | null;
  readonly decisionReason: string | null;
  /** Where it counts; null until it is approved. */
  readonly settlementId: string | null;
}

export interface Page<T> {
  readonly data: readonly T[];
  readonly nextCursor: string | null;
}

export interface PageWish {
  readonly limit: number;
  readonly cursor?: string;
}
