import type { AcquirerCapabilities, CredentialNames } from '../port/acquirer.port';

/** The cid is the contract's own merchant id; of its secret part (cid_secret) no contract of ours has one. */
export const KAKAOPAY_CREDENTIALS: CredentialNames = { required: ['secretKey'], optional: [] };

export const KAKAOPAY_CAPABILITIES: AcquirerCapabilities = {
  // The payer's phone authenticates; no card number ever comes here.
  keyIn: false,
  // By tid alone: inquiry, then cancel.
  netCancel: false,
  windowNetCancel: false,
  ownTransactionId: false,
  window: true,
  paidInWindow: false,
  webhook: true,
  // A subscription (SID) begins in the payer's window under another cid, never from a card number.
  billing: false,
  virtualAccount: false,
  cashReceipt: false,
  accountHolder: false,
  // No list is documented: a payment is looked up by its tid.
  // No list is documented: reconciliation asks about each order of a day.
  movementList: false,
  settlementList: false,
  partialCancel: true,
  // No idempotency keys: a repeated cancel is refused because the balance is another (cancel_available_amount).
  idempotentCancel: false,
};
