import type { LinkStanding } from '../payments/link-payments.types';
import {
  assertSmsTransition,
  shownStatus,
  SMS_PAYMENT_TRANSITIONS,
  type SmsPaymentStatus,
} from './sms-payment.state';
import { endingOf } from './use-cases/settle-sms-payment';

type PaymentStatus = LinkStanding['status'];
const PAYMENT_STATUSES: readonly PaymentStatus[] = [
  'CREATED',
  'IN_PROGRESS',
  'WAITING_FOR_DEPOSIT',
  'APPROVED',
  'PARTIALLY_CANCELLED',
  'CANCELLED',
  'FAILED',
  'EXPIRED',
  'REVERSING',
  'REVERSED',
];
const STATUSES = Object.keys(SMS_PAYMENT_TRANSITIONS) as SmsPaymentStatus[];

it('lets nothing follow an end, and payment only upon PAYING', () => {
  for (const end of ['PAID', 'FAILED', 'EXPIRED', 'CANCELLED'] as const) {
    for (const to of STATUSES) expect(() => assertSmsTransition(end, to)).toThrow(`from ${end} to ${to}`);
  }
  expect(
    STATUSES.filter((from) => (SMS_PAYMENT_TRANSITIONS[from] as readonly string[]).includes('PAID')),
  ).toEqual(['PAYING']);
});

it('shows an open one as expired from its time on, and nothing else', () => {
  const at = new Date('2026-01-02T03:04:05.000Z');
  for (const status of STATUSES) {
    expect(shownStatus(status, at, at)).toBe(status === 'REQUESTED' ? 'EXPIRED' : status);
    expect(shownStatus(status, new Date(at.getTime() + 1), at)).toBe(status);
  }
});

describe('what a payment came to', () => {
  const standing = (status: PaymentStatus, isOurs = true) => ({
    paymentId: 'pay_1',
    status,
    isOurs,
    failureCode: null,
    nextCheckAt: null,
  });

  it.each(PAYMENT_STATUSES)('%s leads only where the table allows', (status) => {
    for (const isOurs of [true, false]) {
      const ending = endingOf(standing(status, isOurs));
      if (ending !== null) expect(() => assertSmsTransition('PAYING', ending.to)).not.toThrow();
      if (ending?.to === 'PAID')
        expect([isOurs, ['APPROVED', 'PARTIALLY_CANCELLED', 'CANCELLED']]).toEqual([
          true,
          expect.arrayContaining([status]),
        ]);
    }
  });

  it('is not settled while it is not known', () => {
    expect([endingOf(standing('IN_PROGRESS')), endingOf(standing('REVERSING'))]).toEqual([null, null]);
  });

  it('lets the payer try again after a decline, and where no acquirer was asked', () => {
    expect(endingOf(null)).toEqual({ to: 'REQUESTED' });
    expect(endingOf(standing('FAILED'))).toMatchObject({ to: 'REQUESTED', paymentId: 'pay_1' });
  });

  it('is never taken from an order that another one paid', () => {
    expect(endingOf(standing('APPROVED', false))).toEqual({ to: 'FAILED', failureCode: 'ORDER_NO_CONFLICT' });
  });
});
