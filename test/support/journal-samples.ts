import type { Exchange } from '../../src/acquirers/port/acquirer.types';
import { newId } from '../../src/common/ids/id';
import type {
  ApprovalClosing,
  ApprovalIntent,
  ExchangeRecord,
} from '../../src/modules/payments/journal/journal.types';

/* What is handed to the journals: plain approvals of M0000001, each with ids and an order number of its own. */

let counter = 0;
export function intent(over: Partial<ApprovalIntent> = {}): ApprovalIntent {
  const paymentId = newId('pay');
  counter += 1;
  return {
    paymentId,
    attemptId: newId('att'),
    mid: 'M0000001',
    orderNo: `ORDER-${counter}`,
    channel: 'KEY_IN',
    contractId: 'ctr_1',
    acquirer: 'toss',
    acquirerTransactionId: null,
    acquirerOrderNo: paymentId,
    amount: 55_000,
    taxFreeAmount: 0,
    serviceCharge: 0,
    vat: 5_000,
    goodsName: '아메리카노 "두 잔"',
    buyerName: '홍길동',
    buyerContactSealed: Buffer.from([1, 2, 250]),
    customerKey: null,
    branchId: null,
    metadata: { cart: 'c-1' },
    contentFingerprint: 'f'.repeat(64),
    requestHash: 'e'.repeat(64),
    cardFirst6: '424242',
    cardLast4: '4242',
    cardNumberLength: 16,
    installmentMonths: 0,
    dueInMs: 60_000,
    at: new Date('2026-01-02T03:04:05.678Z'),
    actor: 'merchant:M0000001',
    limits: null,
    points: null,
    ...over,
  };
}

export const exchange: Exchange = {
  endpoint: 'POST /x',
  request: { a: 1 },
  httpStatus: 200,
  response: { b: '한글' },
  code: null,
  message: null,
  latencyMs: 12.4,
};

export function closing(of: ApprovalIntent, over: Partial<ApprovalClosing> = {}): ApprovalClosing {
  return {
    paymentId: of.paymentId,
    attemptId: of.attemptId,
    version: 1,
    to: 'APPROVED',
    outcome: 'APPROVED',
    acquirerTransactionId: `tx-${of.paymentId}`,
    approvalNo: '00012345',
    cardIssuer: 'SHINHAN',
    cardType: 'CREDIT',
    cardOwnerType: 'PERSONAL',
    interestFree: false,
    failureCode: null,
    approvedAt: new Date('2026-01-02T03:04:06.000Z'),
    dueInMs: null,
    exchange,
    actor: 'merchant:M0000001',
    reason: 'approved by the acquirer',
    at: new Date('2026-01-02T03:04:06.100Z'),
    usageDay: null,
    points: null,
    ...over,
  };
}

export function record(paymentId: string, over: Partial<ExchangeRecord> = {}): ExchangeRecord {
  return {
    attemptId: newId('att'),
    paymentId,
    cancelId: null,
    operation: 'CANCEL',
    outcome: 'CANCELLED',
    acquirer: 'toss',
    contractId: 'ctr_1',
    acquirerOrderNo: paymentId,
    acquirerTransactionId: 'tx',
    exchange,
    startedAt: new Date(),
    finishedAt: new Date(),
    ...over,
  };
}
