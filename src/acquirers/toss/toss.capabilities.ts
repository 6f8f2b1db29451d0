import type { AcquirerCapabilities, CredentialNames } from '../port/acquirer.port';

/** The client key is for the payer's page; calls from here are signed by the secret key alone ("API 인증"). */
export const TOSS_CREDENTIALS: CredentialNames = { required: ['secretKey'], optional: ['clientKey'] };

export const TOSS_CAPABILITIES: AcquirerCapabilities = {
  keyIn: true,
  // TossPayments has no call that undoes by order number: inquiry by order, then cancel.
  netCancel: false,
  ownTransactionId: false,
  window: true,
  paidInWindow: false,
  webhook: true,
  billing: true,
  virtualAccount: true,
  cashReceipt: true,
  accountHolder: false,
  movementList: true,
  settlementList: true,
  partialCancel: true,
  idempotentCancel: true,
};
