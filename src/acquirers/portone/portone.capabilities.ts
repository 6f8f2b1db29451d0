import type { AcquirerCapabilities, CredentialNames } from '../port/acquirer.port';

export const PORTONE_CREDENTIALS: CredentialNames = {
  required: ['apiKey', 'apiSecret', 'pg'],
  // For virtual accounts and cash receipts.
  optional: ['channelKey'],
};

export const PORTONE_CAPABILITIES: AcquirerCapabilities = {
  keyIn: true,
  // PortOne V1 has no call that undoes by order number unseen: inquiry by order, then cancel.
  netCancel: false,
  windowNetCancel: false,
  ownTransactionId: false,
  window: true,
  paidInWindow: true,
  webhook: true,
  billing: true,
  virtualAccount: true,
  cashReceipt: true,
  accountHolder: true,
  // Its list goes by when payments began, 90 days back at most: what moved of older ones is asked about one by one.
  movementList: true,
  // PortOne V1 has no list of what its providers settle.
  settlementList: false,
  partialCancel: true,
  // No idempotency key; `checksum` makes each cancel a compare-and-set on the balance instead.
  idempotentCancel: false,
};
