/**
 * The accounts of the ledger. Debits are written positive, credits negative:
 * an asset (what acquirers owe us, the bank) grows by debits, a debt (what we owe merchants, agencies, the tax office)
 * and income grow by credits.
 */
export const LEDGER_ACCOUNTS = [
  /** What acquirers have taken from payers and owe us. */
  'ACQUIRER_RECEIVABLE',
  /** What we owe merchants. */
  'MERCHANT_PAYABLE',
  /** What is withheld from a merchant's payout. */
  'MERCHANT_HELD',
  'FEE_INCOME',
  'VAT_PAYABLE',
  'COMMISSION_EXPENSE',
  'COMMISSION_PAYABLE',
  'BANK',
  /** What operators gave merchants or took from them besides fees, for a reason that is kept. */
  'ADJUSTMENTS',
] as const;
export type LedgerAccount = (typeof LEDGER_ACCOUNTS)[number];

/** What happened to money of a payment: it was charged, given back by a cancel, or undone by a net cancel. */
export const MOVEMENT_KINDS = ['APPROVAL', 'CANCEL', 'REVERSAL'] as const;
export type MovementKind = (typeof MOVEMENT_KINDS)[number];

/** One balanced transfer: `amount` won (> 0) into the debit account out of the credit account. */
export interface LedgerTransfer {
  /** With the source it is unique: the same thing is never booked twice. */
  readonly kind: string;
  /** The id of what it records: a payment, cancel, settlement line, settlement … */
  readonly sourceId: string;
  readonly mid: string | null;
  readonly debit: LedgerAccount;
  readonly credit: LedgerAccount;
  readonly amount: number;
}
