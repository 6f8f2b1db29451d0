import type { Secret } from '../../common/masking/secret';

/** What an adapter is told of the contract under which it acts. */
export interface ContractAccess {
  readonly contractId: string;
  readonly acquirerMerchantId: string;
  readonly credentials: Secret<Readonly<Record<string, string>>>;
  readonly connectTimeoutMs: number;
  readonly answerTimeoutMs: number;
}

/** Card data of one key-in approval. Lives in memory for the length of the call and nowhere else. */
export interface KeyInCard {
  readonly cardNumber: string;
  /** YYMM */
  readonly cardExpiry: string;
  readonly birthOrBusinessNo?: string;
  readonly cardPasswordTwoDigits?: string;
}

/** How an approval was asked for. Some acquirers undo and look up each kind by another interface. */
export type Channel = 'KEY_IN' | 'WINDOW' | 'BILLING' | 'VIRTUAL_ACCOUNT';

export interface ApprovalOrder {
  /** Our own number of this attempt at the acquirer; unique for ever, and the key of every later inquiry. */
  readonly acquirerOrderNo: string;
  /** The acquirer's id of the transaction where we make it up ourselves (OwnTransactionIds), else null. */
  readonly acquirerTransactionId: string | null;
  readonly requestedAt: Date;
  readonly amount: number;
  readonly taxFreeAmount: number;
  readonly goodsName: string;
  readonly installmentMonths: number;
  readonly buyerName?: string;
  readonly buyerEmail?: string;
  readonly card: Secret<KeyInCard>;
}

/** What we know of the approval that is to be undone or looked up. */
export interface ApprovalReference {
  readonly acquirerOrderNo: string;
  /** Missing when the answer to the approval was lost and the acquirer makes up its ids itself. */
  readonly acquirerTransactionId: string | null;
  readonly channel: Channel;
  /** When the payment was asked for first; some acquirers look up by order number and Korean day. */
  readonly requestedAt: Date;
  readonly amount: number;
}

export interface CancelOrder {
  readonly reference: ApprovalReference;
  /** Same key = same cancel; a new key after a definite refusal. */
  readonly cancelKey: string;
  readonly cancelAmount: number;
  readonly taxFreeAmount: number;
  /** What is left at the acquirer before this cancel, cancels under way not counted. */
  readonly balanceAmount: number;
  readonly reason: string;
}

export interface ApprovedCard {
  readonly approvalNo: string;
  /** Our name of the issuer, e.g. `SHINHAN`; the acquirer's own code when the table lacks it. */
  readonly issuer: string;
  readonly cardType: 'CREDIT' | 'CHECK' | 'GIFT' | 'UNKNOWN';
  readonly ownerType: 'PERSONAL' | 'CORPORATE' | 'UNKNOWN';
  readonly interestFree: boolean;
}

/** One exchange with an acquirer as it is kept: masked by the adapter, by allow-list. */
export interface Exchange {
  readonly endpoint: string;
  readonly request: Readonly<Record<string, unknown>>;
  readonly httpStatus: number | null;
  readonly response: Readonly<Record<string, unknown>> | null;
  readonly code: string | null;
  readonly message: string | null;
  readonly latencyMs: number;
}

/** The one normalised decline catalogue. */
export const DECLINE_CODES = [
  'CARD_DECLINED',
  'CARD_LIMIT_EXCEEDED',
  'CARD_BALANCE_INSUFFICIENT',
  'CARD_EXPIRED',
  'CARD_EXPIRY_INVALID',
  'CARD_LOST_OR_STOLEN',
  'CARD_STOPPED',
  'CARD_NUMBER_INVALID',
  'CARD_PASSWORD_INVALID',
  'CARD_PASSWORD_TRIES_EXCEEDED',
  'BIRTH_OR_BUSINESS_NO_MISMATCH',
  'CARD_NOT_SUPPORTED',
  'INSTALLMENT_NOT_ALLOWED',
  'AMOUNT_NOT_ALLOWED',
  'ACQUIRER_MAINTENANCE',
  'ACQUIRER_REJECTED',
  'SUSPECTED_FRAUD',
] as const;
export type DeclineCode = (typeof DECLINE_CODES)[number];

/**
 * How an approval ended. Four outcomes, not two: a time-out, a broken connection, a 5xx, an answer that cannot be read
 * or does not match what was asked is `UNKNOWN`, never declined.
 */
export type ApprovalOutcome =
  | {
      readonly kind: 'APPROVED';
      readonly acquirerTransactionId: string;
      readonly approvedAt: Date;
      readonly card: ApprovedCard;
      readonly exchange: Exchange;
    }
  /** A documented code that says no approval was made. `notProcessed`: documented too that another acquirer may be asked. */
  | {
      readonly kind: 'DECLINED';
      readonly declineCode: DeclineCode;
      readonly notProcessed: boolean;
      readonly exchange: Exchange;
    }
  /** Provably not a byte was taken. */
  | { readonly kind: 'NOT_SENT'; readonly exchange: Exchange }
  | {
      readonly kind: 'UNKNOWN';
      /** Known when an answer came that contradicts what was asked. */
      readonly acquirerTransactionId: string | null;
      readonly exchange: Exchange;
    };

/** How a cancel ended. `REFUSED`: a documented code says nothing was cancelled; `retryLater` that time alone may cure it. */
export type CancelOutcome =
  | {
      readonly kind: 'CANCELLED';
      readonly acquirerCancelId: string | null;
      readonly cancelledAt: Date;
      readonly exchange: Exchange;
    }
  | {
      readonly kind: 'REFUSED';
      readonly reason: 'ALREADY_CANCELLED' | 'BALANCE' | 'NOT_FOUND' | 'NOT_ALLOWED' | 'OTHER';
      readonly retryLater: boolean;
      readonly exchange: Exchange;
    }
  | { readonly kind: 'NOT_SENT'; readonly exchange: Exchange }
  | { readonly kind: 'UNKNOWN'; readonly exchange: Exchange };

export interface AcquirerCancelRecord {
  readonly acquirerCancelId: string | null;
  readonly amount: number;
}

/**
 * What the acquirer says of one of our order numbers now. Of a virtual account: `PENDING` waits for its deposit,
 * `APPROVED` was deposited, `NOT_APPROVED` was closed or ran out without one, `CANCELLED` was refunded.
 */
export type InquiryOutcome =
  | {
      readonly kind: 'FOUND';
      readonly state: 'APPROVED' | 'PARTIALLY_CANCELLED' | 'CANCELLED' | 'NOT_APPROVED' | 'PENDING';
      readonly acquirerTransactionId: string;
      readonly amount: number;
      readonly balanceAmount: number;
      readonly cancels: readonly AcquirerCancelRecord[];
      /** Only of PENDING: an account is open there, and takes money without another word from us. */
      readonly awaitsDeposit?: true;
      /** Of a virtual account that was deposited. */
      readonly deposit?: { readonly depositor: string | null; readonly depositedAt: Date };
      readonly exchange: Exchange;
    }
  /** It says that it knows no such order: believed only after its longest processing time. */
  | { readonly kind: 'NOT_FOUND'; readonly exchange: Exchange }
  | { readonly kind: 'UNKNOWN'; readonly exchange: Exchange };
