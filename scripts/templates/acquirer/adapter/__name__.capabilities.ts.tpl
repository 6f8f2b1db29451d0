import type { AcquirerCapabilities } from '../port/acquirer.port';

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
  lists: false,
  partialCancel: true,
  idempotentCancel: false,
};
