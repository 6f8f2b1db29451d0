import { __Name__Adapter } from '../../../../src/acquirers/__name__/__name__.adapter';
import { __NAME___CANCEL_REFUSALS, __NAME___DECLINES } from '../../../../src/acquirers/__name__/__name__.codes';
import { none, type ConformanceFixture } from '../fixture';

export const __name__: ConformanceFixture = {
  name: '__name__',
  adapter: ({ http, config }) => new __Name__Adapter(http, config),
  // The spare contract of its sandbox; leave this out once the demo data holds one.
  contract: {
    acquirerMerchantId: '__name__test90',
    credentials: { secretKey: 'test_sk_sandbox___name___spare' },
  },
  operations: { approveKeyIn: 'approve', cancel: 'cancel', inquire: 'inquire' },
  window: none('no payment window'),
  declines: {
    approveKeyIn: __NAME___DECLINES,
    confirmWindow: none('no payment window'),
    cancel: __NAME___CANCEL_REFUSALS,
  },
  notPaid: none('no payment window'),
  members: {
    approveKeyIn: {
      amount: 'amount',
      orderNo: 'orderNo',
      merchant: none('the answer names no merchant'),
      currency: none('the answer names no currency'),
    },
    confirmWindow: none('no payment window'),
    cancel: { amount: 'cancels.0.amount', transactionId: 'transactionId' },
    inquire: { orderNo: 'orderNo' },
  },
  tells: { issuer: true, cardType: false, ownerType: false },
  webhook: none('no webhooks'),
};
