import type { AcquirerCapabilities, CredentialNames } from '../port/acquirer.port';

export const NICEPAY_CREDENTIALS: CredentialNames = {
  required: ['clientKey', 'secretKey', 'merchantKey'],
  optional: [],
};

export const NICEPAY_CAPABILITIES: AcquirerCapabilities = {
  keyIn: true,
  netCancel: true,
  windowNetCancel: false,
  // The legacy webapi takes the TID from us, so that a lost answer can be undone by it.
  ownTransactionId: true,
  window: true,
  paidInWindow: false,
  webhook: true,
  billing: true,
  virtualAccount: true,
  cashReceipt: true,
  accountHolder: false,
  // No list is documented: reconciliation asks about each order of a day.
  movementList: false,
  settlementList: false,
  partialCancel: true,
  // A partial cancel that is sent again would take money back again, or be refused for its number.
  idempotentCancel: false,
};
