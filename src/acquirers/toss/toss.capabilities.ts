import type { AcquirerCapabilities } from '../port/acquirer.port';

export const TOSS_CAPABILITIES: AcquirerCapabilities = {
  keyIn: true,
  // TossPayments has no call that undoes by order number: inquiry by order, then cancel.
  netCancel: false,
  ownTransactionId: false,
  window: true,
  paidInWindow: false,
  webhook: true,
  billing: false,
  virtualAccount: false,
  cashReceipt: false,
  lists: false,
  partialCancel: true,
  idempotentCancel: true,
};
