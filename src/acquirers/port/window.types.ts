import type { ApprovedCard, ApprovalOutcome, Exchange } from './acquirer.types';

/** An order that a payer will pay in the acquirer's own window. */
export interface WindowOrder {
  /** Our own number at the acquirer, as in ApprovalOrder. */
  readonly acquirerOrderNo: string;
  readonly amount: number;
  readonly taxFreeAmount: number;
  readonly goodsName: string;
  readonly buyerName?: string;
  readonly buyerEmail?: string;
  readonly buyerPhone?: string;
  readonly customerKey?: string;
  /** What the payer is to pay by, where the merchant wished for one; a window that cannot be told so shows all it has. */
  readonly method?: 'CARD' | 'EASY_PAY' | 'BANK_TRANSFER';
  readonly requestedAt: Date;
  /** Where the window sends the payer back to. */
  readonly returnUrl: string;
}

/** How preparing a window ended. No money can have moved. */
export type WindowOutcome =
  | {
      readonly kind: 'OPENED';
      /** Where the acquirer gives its id before the payer pays. */
      readonly acquirerTransactionId: string | null;
      /** What the shop's page hands to the acquirer's script, or the address to send the payer to. No secret. */
      readonly clientParams: Readonly<Record<string, string | number | boolean>>;
      /** Null where nothing had to be asked. */
      readonly exchange: Exchange | null;
    }
  | { readonly kind: 'REFUSED' | 'NOT_SENT' | 'UNKNOWN'; readonly exchange: Exchange };

/** What the payer's browser brought back from the window. Nothing of it is believed. */
export interface WindowProof {
  readonly paymentKey?: string;
  readonly impUid?: string;
  readonly tid?: string;
  readonly pgToken?: string;
  readonly paymentId?: string;
  readonly authToken?: string;
  /** KG Inicis: the data centre that authenticated the payer. */
  readonly idcName?: string;
}

export interface ConfirmOrder {
  readonly acquirerOrderNo: string;
  /** As the window was opened with, where the acquirer gave an id then. */
  readonly acquirerTransactionId: string | null;
  readonly amount: number;
  readonly taxFreeAmount: number;
  readonly customerKey?: string;
  readonly requestedAt: Date;
  readonly proof: WindowProof;
}

export type WindowPayment = {
  readonly acquirerTransactionId: string;
  /** As the acquirer has it: ours, or ours cut short. */
  readonly acquirerOrderNo: string;
  readonly approvedAt: Date;
  readonly method: 'CARD' | 'EASY_PAY' | 'BANK_TRANSFER' | 'VIRTUAL_ACCOUNT' | 'OTHER';
  readonly card: ApprovedCard | null;
};

/** How the confirming of a window payment ended. */
export type ConfirmOutcome =
  | (WindowPayment & { readonly kind: 'APPROVED'; readonly exchange: Exchange })
  /** Money was taken, but not what we asked for: it must go back. */
  | {
      readonly kind: 'MISMATCH';
      readonly what: 'AMOUNT' | 'ORDER_NO' | 'CURRENCY';
      readonly acquirerTransactionId: string;
      /** The order number and amount as the acquirer has them. */
      readonly acquirerOrderNo: string;
      readonly amount: number;
      readonly exchange: Exchange;
    }
  /** The payer has not finished: nothing was taken, a later confirm may succeed. */
  | { readonly kind: 'NOT_PAID'; readonly exchange: Exchange }
  | Exclude<ApprovalOutcome, { kind: 'APPROVED' }>;
