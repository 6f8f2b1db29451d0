import type { AcquirerCapabilities, CredentialNames } from '../port/acquirer.port';

/** Three headers of every call; some contracts have a fourth ("인증"). */
export const NAVERPAY_CREDENTIALS: CredentialNames = {
  required: ['clientId', 'clientSecret', 'chainId'],
  optional: ['financialId'],
};

export const NAVERPAY_CAPABILITIES: AcquirerCapabilities = {
  keyIn: false,
  // No call undoes by order number: inquiry by the history, then cancel.
  netCancel: false,
  ownTransactionId: false,
  window: true,
  // The window only authenticates; the money is taken by our apply.
  paidInWindow: false,
  webhook: true,
  // Its recurring payments are registered by the payer in a window of NaverPay's, never from a card number.
  billing: false,
  virtualAccount: false,
  cashReceipt: false,
  accountHolder: false,
  movementList: true,
  // Rows name an expected settlement but no day of payout.
  settlementList: false,
  partialCancel: true,
  idempotentCancel: true,
};
