import type { AcquirerCapabilities, CredentialNames } from '../port/acquirer.port';

export const __NAME___CREDENTIALS: CredentialNames = { required: ['secretKey'], optional: [] };

export const __NAME___CAPABILITIES: AcquirerCapabilities = {
  keyIn: true,
  netCancel: false,
  ownTransactionId: false,
  window: false,
  paidInWindow: false,
  webhook: false,
  billing: false,
  virtualAccount: false,
  cashReceipt: false,
  accountHolder: false,
  movementList: false,
  settlementList: false,
  partialCancel: true,
  idempotentCancel: false,
};
