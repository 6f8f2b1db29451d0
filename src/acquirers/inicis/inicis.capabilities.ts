import type { AcquirerCapabilities, CredentialNames } from '../port/acquirer.port';

export const INICIS_CREDENTIALS: CredentialNames = { required: ['apiKey', 'iv'], optional: ['signKey'] };

export const INICIS_CAPABILITIES: AcquirerCapabilities = {
  keyIn: true,
  // The net cancel of the payment window needs the form of the confirm call, which nobody keeps (netCancelWindow);
  // key-in has none at all. By order number an approval is undone by inquiry, then refund.
  netCancel: false,
  ownTransactionId: false,
  window: true,
  paidInWindow: false,
  webhook: true,
  billing: false,
  virtualAccount: false,
  cashReceipt: false,
  accountHolder: false,
  movementList: false,
  settlementList: false,
  partialCancel: true,
  // No idempotency keys: a repeated cancel is refused because the balance is another (confirmPrice) or nothing is left.
  idempotentCancel: false,
};
