import { newId } from '../../src/common/ids/id';
import type { AccountIntent, IssuedAccount } from '../../src/modules/payments/journal/account-journal';
import { exchange } from './journal-samples';

/* What is handed to the journal of virtual accounts: accounts of M0000001 at TossPayments that wait for 10,000 won. */

export const at = new Date('2026-01-02T03:04:05.678Z');
let counter = 0;

export const accountIntent = (over: Partial<AccountIntent> = {}): AccountIntent => {
  const paymentId = newId('pay');
  counter += 1;
  return {
    virtualAccountId: newId('vac'),
    paymentId,
    attemptId: newId('att'),
    mid: 'M0000001',
    orderNo: `VA-${counter}-${paymentId.slice(-6)}`,
    contractId: 'ctr_1',
    acquirer: 'toss',
    acquirerOrderNo: paymentId,
    acquirerTransactionId: null,
    amount: 10_000,
    taxFreeAmount: 0,
    vat: 909,
    goodsName: '만년필',
    customerName: '홍길동',
    buyerContactSealed: null,
    customerKey: null,
    branchId: null,
    metadata: null,
    contentFingerprint: 'f'.repeat(64),
    bankCode: '088',
    dueAt: new Date(Date.now() + 3_600_000),
    receiptWish: null,
    limits: null,
    dueInMs: 60_000,
    actor: 'merchant:M0000001',
    at,
    ...over,
  };
};

export const issuedAccount = (over: Partial<IssuedAccount> = {}): IssuedAccount => ({
  acquirerTransactionId: 'tk_1',
  bankCode: '088',
  accountSealed: Buffer.alloc(40, counter),
  accountMasked: '********6789',
  depositSecretSealed: null,
  dueAt: new Date(Date.now() + 3_600_000),
  lookInMs: 60_000,
  exchange,
  actor: 'merchant:M0000001',
  at,
  ...over,
});
