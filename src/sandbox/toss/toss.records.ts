import type { CancelPlay, CardProfile } from '../core/cards';

/** What the journal of the TossPayments sandbox holds, one line each. No card number is ever part of it. */

export interface TossCard {
  /** Masked as the wire shows it. */
  readonly number: string;
  readonly issuerCode: string;
  readonly cardType: '신용' | '체크';
  readonly ownerType: '개인' | '법인';
  readonly installmentPlanMonths: number;
  readonly useCardPoint: boolean;
  readonly isInterestFree: boolean;
}

export interface TossApproval {
  readonly atMs: number;
  readonly transactionKey: string;
  readonly approveNo: string;
}

export interface TossCancel {
  readonly atMs: number;
  readonly transactionKey: string;
  readonly amount: number;
  readonly taxFreeAmount: number;
  readonly reason: string;
}

export interface TossFailure {
  readonly code: string;
  readonly message: string;
}

/** Under which idempotency key a call was made, and what to replay where that is not simply the payment as it was. */
export interface IdempotencyMark {
  readonly scope: string;
  readonly traceId: string;
  readonly atMs: number;
  readonly answer?: { readonly status: number; readonly body: string };
}

/** TossPayments' names of what pays ("결제수단"). */
export type TossMethod = '카드' | '계좌이체' | '가상계좌';

/** The account that waits for a payer's deposit. */
export interface TossAccount {
  /** As the wire shows it, with the `X` of test keys. */
  readonly accountNumber: string;
  /** TossPayments' own two characters. */
  readonly bankCode: string;
  readonly customerName: string;
  readonly dueAtMs: number;
}

/** What is known of a payment from its first moment. */
export interface TossOrder {
  readonly paymentKey: string;
  readonly orderId: string;
  readonly orderName: string;
  readonly amount: number;
  readonly taxFreeAmount: number;
  readonly requestedAtMs: number;
  /** Null where no card pays. */
  readonly card: TossCard | null;
  /** A card where it is absent. */
  readonly method?: TossMethod;
  /** Charged by a billing key. */
  readonly billed?: true;
  /** What a later cancel of this payment plays. */
  readonly cancelPlay?: CancelPlay;
}

/** A payer finished the payment window; the merchant has not confirmed yet. The contract is known on confirm. */
export interface SessionRecord {
  readonly kind: 'session';
  readonly order: TossOrder;
  /** What the card will do on confirm, since its number is not kept. Absent where no card pays. */
  readonly profile?: CardProfile;
}

export interface ApprovalRecord {
  readonly kind: 'approval';
  readonly mid: string;
  readonly order: TossOrder;
  readonly approval: TossApproval;
  readonly mark?: IdempotencyMark;
}

export interface ConfirmationRecord {
  readonly kind: 'confirmation';
  readonly mid: string;
  readonly paymentKey: string;
  readonly approval: TossApproval;
  readonly mark?: IdempotencyMark;
}

/** A confirm that the issuer refused: the payment ends there. */
export interface AbortRecord {
  readonly kind: 'abort';
  readonly mid: string;
  readonly paymentKey: string;
  readonly failure: TossFailure;
  readonly mark?: IdempotencyMark;
}

/** An account was issued, by the API (a new payment) or by the confirm of a payment window. */
export interface IssueRecord {
  readonly kind: 'issue';
  readonly mid: string;
  readonly order: TossOrder;
  readonly account: TossAccount;
  readonly mark?: IdempotencyMark;
}

/** A payer's transfer to an issued account, of the whole amount. */
export interface DepositRecord {
  readonly kind: 'deposit';
  readonly paymentKey: string;
  readonly approval: TossApproval;
  readonly depositor: string;
}

export interface CancelRecord {
  readonly kind: 'cancel';
  readonly paymentKey: string;
  readonly cancel: TossCancel;
  readonly mark?: IdempotencyMark;
}

/** A stored card. Of its number only the mask and what the test card plays are left. */
export interface TossBillingKey {
  readonly billingKey: string;
  readonly mid: string;
  readonly customerKey: string;
  readonly card: TossCard;
  readonly profile: CardProfile;
  readonly authenticatedAtMs: number;
  readonly removed: boolean;
}

/** One line of TossPayments' receipts: an issue, or a cancel of a whole one or a part. */
export interface TossCashReceipt {
  readonly receiptKey: string;
  readonly mid: string;
  readonly orderId: string;
  readonly orderName: string;
  readonly type: '소득공제' | '지출증빙';
  readonly transactionType: 'CONFIRM' | 'CANCEL';
  /** The receipt that a cancel belongs to. */
  readonly cancels: string | null;
  readonly issueNumber: string;
  readonly amount: number;
  readonly taxFreeAmount: number;
  /** Masked. */
  readonly identity: string;
  readonly requestedAtMs: number;
}

/** A refusal that is kept only because its idempotency key must give it again. */
export interface AnswerRecord {
  readonly kind: 'answer';
  readonly mark: IdempotencyMark;
}

export type TossRecord =
  | SessionRecord
  | ApprovalRecord
  | ConfirmationRecord
  | AbortRecord
  | IssueRecord
  | DepositRecord
  | CancelRecord
  | AnswerRecord;

const KINDS: readonly TossRecord['kind'][] = [
  'session',
  'approval',
  'confirmation',
  'abort',
  'issue',
  'deposit',
  'cancel',
  'answer',
];

export function isTossRecord(record: unknown): record is TossRecord {
  if (typeof record !== 'object' || record === null || !('kind' in record)) return false;
  return KINDS.some((kind) => kind === record.kind);
}
