import { randomInt } from 'node:crypto';
import { CODE_DIGITS } from './code.policy';
import type { SmsPayment } from './sms-payments.types';

export function newCode(): string {
  return String(randomInt(10 ** CODE_DIGITS)).padStart(CODE_DIGITS, '0');
}

/** What a code is hashed with: the same digits are another code for another payment, amount or phone. */
export function boundCode(
  payment: Pick<SmsPayment, 'smsPaymentId' | 'amount' | 'orderNo' | 'phoneIndex'>,
  code: string,
): string {
  const { smsPaymentId, amount, orderNo, phoneIndex } = payment;
  return JSON.stringify([smsPaymentId, amount, orderNo, phoneIndex.toString('hex'), code]);
}
