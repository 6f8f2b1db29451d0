import type { CancelPlay, CardProfile, Issuer } from './cards';

/** What a book keeps of a card: never its number. */
export interface BookCard {
  readonly first8: string;
  readonly last4: string;
  readonly length: number;
  readonly issuer: Issuer;
  readonly check: boolean;
  readonly corporate: boolean;
}

export interface BookOrder<Extra> {
  /** The acquirer's key of the payment. */
  readonly transactionId: string;
  readonly acquirerOrderNo: string;
  readonly amount: number;
  readonly taxFreeAmount: number;
  readonly requestedAtMs: number;
  readonly installmentMonths: number;
  /** Null where no card is behind it, e.g. a wallet's own money. */
  readonly card: BookCard | null;
  readonly cancelPlay?: CancelPlay;
  /** What only this acquirer knows of a payment. JSON; no card number, no secret. */
  readonly extra: Extra;
}

export interface BookApproval {
  readonly atMs: number;
  readonly approvalNo: string;
  /** The key of this movement of money. */
  readonly movementId: string;
}

export interface BookFailure {
  readonly atMs: number;
  readonly code: string;
  readonly message: string;
}

export interface BookCancel {
  readonly atMs: number;
  readonly movementId: string;
  readonly amount: number;
  readonly taxFreeAmount: number;
  readonly reason: string;
  /** The merchant's own number of this cancel, where the acquirer takes each number once. */
  readonly requestNo?: string;
}

export interface BookPayment<Extra> {
  readonly order: BookOrder<Extra>;
  /** The acquirer's merchant id; null while a payer's window is finished and no contract has confirmed it. */
  mid: string | null;
  /** What the card will do when asked; only for a window that is not confirmed. */
  readonly profile: CardProfile | null;
  approval: BookApproval | null;
  failure: BookFailure | null;
  cancels: readonly BookCancel[];
}

export type BookRecord<Extra> =
  /** A payment that waits: the payer is in the window, or has finished it. */
  | {
      readonly kind: 'opened';
      readonly mid: string | null;
      readonly order: BookOrder<Extra>;
      readonly profile: CardProfile | null;
    }
  | {
      readonly kind: 'approved';
      readonly mid: string;
      readonly transactionId: string;
      /** Absent where `opened` told it before. */
      readonly order?: BookOrder<Extra>;
      readonly approval: BookApproval;
    }
  | {
      readonly kind: 'failed';
      readonly mid: string;
      readonly transactionId: string;
      readonly order?: BookOrder<Extra>;
      readonly failure: BookFailure;
    }
  | { readonly kind: 'cancelled'; readonly transactionId: string; readonly cancel: BookCancel };

export const RECORD_KINDS: readonly string[] = ['opened', 'approved', 'failed', 'cancelled'];
