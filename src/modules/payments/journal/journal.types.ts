import type { Channel, Exchange } from '../../../acquirers/port/acquirer.types';
import type { PaymentPoints } from '../../points/points.types';
import type { PaymentStatus } from '../payment.state';
import type { AttemptOutcome, FailureCode, Operation } from '../payments.types';

/** What an approval does to its customer's points. */
export interface ApprovalPoints extends PaymentPoints {
  readonly mid: string;
  readonly customerKey: string;
  /** What the acquirer is asked for, won. */
  readonly cardAmount: number;
}

/** What is committed before an approval leaves: the payment, its attempt, its first event. */
export interface ApprovalIntent {
  readonly paymentId: string;
  readonly attemptId: string;
  readonly mid: string;
  readonly orderNo: string;
  readonly channel: Channel;
  readonly contractId: string;
  readonly acquirer: string;
  readonly acquirerOrderNo: string;
  /** Where the acquirer lets us make it up; known before the call leaves. */
  readonly acquirerTransactionId: string | null;
  readonly amount: number;
  readonly taxFreeAmount: number;
  readonly serviceCharge: number;
  readonly vat: number;
  readonly goodsName: string;
  readonly buyerName: string | null;
  readonly buyerContactSealed: Buffer | null;
  readonly customerKey: string | null;
  readonly branchId: string | null;
  readonly metadata: Readonly<Record<string, string>> | null;
  readonly contentFingerprint: string;
  readonly requestHash: string;
  readonly cardFirst6: string;
  readonly cardLast4: string;
  readonly cardNumberLength: number;
  readonly installmentMonths: number;
  /** Milliseconds after which a worker may take the payment for abandoned. */
  readonly dueInMs: number;
  readonly at: Date;
  readonly actor: string;
  readonly limits: ContractLimits | null;
  /** Null where it neither uses nor can earn points. */
  readonly points: ApprovalPoints | null;
}

/** Daily and monthly limits that an approval counts towards, in won; null = none. */
export interface ContractLimits {
  readonly day: string;
  readonly dailyLimit: number | null;
  readonly monthlyLimit: number | null;
}

export type OpenResult =
  | { readonly kind: 'OPENED'; readonly version: number }
  /** The order number names a payment already. */
  | { readonly kind: 'EXISTS' }
  /** The merchant net-cancelled the order number before it came. */
  | { readonly kind: 'BARRED' }
  /** The very same request asked for an earlier attempt. */
  | { readonly kind: 'ASKED_BEFORE' }
  | { readonly kind: 'OVER_LIMIT' }
  /** The customer has fewer points than the order is to be paid with. */
  | { readonly kind: 'POINTS_SHORT' };

/** An approval's end, told to the journal. `version` is the one that OPENED gave: the fence. */
export interface ApprovalClosing {
  readonly paymentId: string;
  readonly attemptId: string;
  readonly version: number;
  readonly to: Extract<PaymentStatus, 'APPROVED' | 'FAILED' | 'REVERSING'>;
  readonly outcome: AttemptOutcome;
  readonly acquirerTransactionId: string | null;
  readonly approvalNo: string | null;
  readonly cardIssuer: string | null;
  readonly cardType: string | null;
  readonly cardOwnerType: string | null;
  readonly interestFree: boolean | null;
  readonly failureCode: FailureCode | null;
  readonly approvedAt: Date | null;
  /** For REVERSING: milliseconds until a worker may take over. */
  readonly dueInMs: number | null;
  readonly exchange: Exchange;
  readonly actor: string;
  readonly reason: string;
  readonly at: Date;
  readonly usageDay: string | null;
  readonly points: ApprovalPoints | null;
}

export type CloseResult =
  | { readonly kind: 'CLOSED'; readonly version: number }
  /** Somebody else has taken the payment over; the caller must not report an approval. */
  | { readonly kind: 'LOST' };

/** A second try on a payment: after a decline, or at the next acquirer. */
export interface NextAttempt {
  readonly intent: ApprovalIntent;
  readonly fromVersion: number;
  readonly attemptNumber: number;
  /** The attempt before, closed in the same transaction; absent when it is closed already. */
  readonly closing?: {
    readonly attemptId: string;
    readonly outcome: AttemptOutcome;
    readonly exchange: Exchange;
  };
}

/** One exchange other than an approval, kept with what it changed. */
export interface ExchangeRecord {
  readonly attemptId: string;
  readonly paymentId: string;
  readonly cancelId: string | null;
  readonly operation: Operation;
  readonly outcome: AttemptOutcome;
  readonly acquirer: string;
  readonly contractId: string;
  readonly acquirerOrderNo: string;
  readonly acquirerTransactionId: string | null;
  readonly exchange: Exchange;
  readonly startedAt: Date;
  readonly finishedAt: Date;
}

/** The database could not say whether a transaction was committed, and could not be asked in time. */
export class JournalOutcomeUnknown extends Error {
  constructor(
    readonly paymentId: string,
    options?: ErrorOptions,
  ) {
    super('the journal does not know whether it was written', options);
    this.name = 'JournalOutcomeUnknown';
  }
}

/** What a worker may take up: how much, for how long, and whose work not. */
export interface Claim {
  readonly limit: number;
  readonly leaseMs: number;
  /** Acquirers that have enough work under way. */
  readonly without: readonly string[];
}
