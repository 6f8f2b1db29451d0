import type { AcquirerCapabilities, CredentialNames } from '../port/acquirer.port';

export const INICIS_CREDENTIALS: CredentialNames = { required: ['apiKey', 'iv'], optional: ['signKey'] };

export const INICIS_CAPABILITIES: AcquirerCapabilities = {
  keyIn: true,
  // None by order number: what nobody confirms in this moment is undone by inquiry, then refund.
  netCancel: false,
  windowNetCancel: true,
  ownTransactionId: false,
  window: true,
  paidInWindow: false,
  webhook: true,
  billing: true,
  virtualAccount: true,
  cashReceipt: true,
  // Neither is documented (MAPPING.md).
  accountHolder: false,
  // No list is documented: reconciliation asks about each order of a day.
  movementList: false,
  settlementList: false,
  partialCancel: true,
  // No idempotency keys: a repeated cancel is refused because the balance is another (confirmPrice) or nothing is left.
  idempotentCancel: false,
};
