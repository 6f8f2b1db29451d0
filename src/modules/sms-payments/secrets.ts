import { createHash, randomBytes, randomInt } from 'node:crypto';
import { CODE_DIGITS } from './code.policy';
import type { SmsPayment } from './sms-payments.types';

const TOKEN_BYTES = 32;
/** 32 bytes in base64url. */
const TOKEN = /^[\w-]{43}$/;

/** 256 bits of chance: what a link is found by. Only its hash is kept. */
export function newToken(): string {
  return randomBytes(TOKEN_BYTES).toString('base64url');
}

export function isToken(text: string): boolean {
  return TOKEN.test(text);
}

export function tokenHash(token: string): Buffer {
  return createHash('sha256').update(token, 'utf8').digest();
}

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
