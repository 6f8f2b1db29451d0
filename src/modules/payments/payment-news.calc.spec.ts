import { newsOf, paymentAfter } from './payment-news.calc';
import { PAYMENT_STATUSES } from './payment.state';
import type { Payment } from './payments.types';

describe('what of a payment is told', () => {
  it('is each end, and no step on the way', () => {
    const told = PAYMENT_STATUSES.map((to) => [to, newsOf('IN_PROGRESS', to)]);
    expect(Object.fromEntries(told)).toEqual({
      CREATED: null,
      IN_PROGRESS: null,
      WAITING_FOR_DEPOSIT: null,
      APPROVED: 'approved',
      PARTIALLY_CANCELLED: 'partially_cancelled',
      CANCELLED: 'cancelled',
      FAILED: 'failed',
      EXPIRED: null,
      REVERSING: null,
      REVERSED: 'reversed',
    });
  });

  it('is no cancel of what was never paid', () => {
    expect(newsOf('WAITING_FOR_DEPOSIT', 'CANCELLED')).toBeNull();
    expect(newsOf('APPROVED', 'CANCELLED')).toBe('cancelled');
  });
});

describe('a payment as it was', () => {
  const now = {
    status: 'CANCELLED',
    amount: 10_000,
    cancelledAmount: 10_000,
    balanceAmount: 0,
    pendingCancelAmount: 0,
    approvedAt: new Date(0),
    approvalNo: '12345678',
    failureCode: null,
    dueAt: null,
  } as unknown as Payment;

  it('has the balance of then', () => {
    expect(paymentAfter(now, 'APPROVED', 0)).toMatchObject({ status: 'APPROVED', balanceAmount: 10_000 });
    expect(paymentAfter(now, 'PARTIALLY_CANCELLED', 4_000)).toMatchObject({
      status: 'PARTIALLY_CANCELLED',
      cancelledAmount: 4_000,
      balanceAmount: 6_000,
      approvalNo: '12345678',
    });
  });

  it('tells nothing of an approval that came after a decline', () => {
    expect(paymentAfter(now, 'FAILED', 0)).toMatchObject({
      status: 'FAILED',
      approvedAt: null,
      approvalNo: null,
      cancelledAmount: 0,
    });
  });
});
