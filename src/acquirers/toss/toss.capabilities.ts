import type { AcquirerCapabilities } from '../port/acquirer.port';

export const TOSS_CAPABILITIES: AcquirerCapabilities = {
  keyIn: true,
  // TossPayments has no call that undoes by order number: inquiry by order, then cancel.
  netCancel: false,
  partialCancel: true,
  idempotentCancel: true,
};
