import type { AcquirerCapabilities, CredentialNames } from '../port/acquirer.port';

export const PORTONE_CREDENTIALS: CredentialNames = {
  required: ['apiKey', 'apiSecret', 'pg'],
  optional: [],
};

export const PORTONE_CAPABILITIES: AcquirerCapabilities = {
  keyIn: true,
  // PortOne V1 has no call that undoes by order number unseen: inquiry by order, then cancel.
  netCancel: false,
  ownTransactionId: false,
  window: true,
  paidInWindow: true,
  webhook: true,
  billing: false,
  virtualAccount: false,
  cashReceipt: false,
  accountHolder: false,
  movementList: false,
  settlementList: false,
  partialCancel: true,
  // No idempotency key; `checksum` makes each cancel a compare-and-set on the balance instead.
  idempotentCancel: false,
};
