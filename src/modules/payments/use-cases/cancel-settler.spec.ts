import { Clock } from '../../../common/time/clock';
import { CancelSettler } from './cancel-settler';

const MAX_PROCESSING_MS = 60_000;
const PAYMENT = {
  ...{
    paymentId: 'pay_1',
    contractId: 'ctr_1',
    acquirer: 'nicepay',
    attemptId: '',
    amount: 41_000,
    pointAmount: 0,
  },
  ...{
    acquirerOrderNo: 'pay_1',
    acquirerTransactionId: 'tid_1',
    channel: 'VIRTUAL_ACCOUNT',
    createdAt: new Date(),
  },
};
const CANCEL = {
  cancelId: 'pcn_1',
  paymentId: 'pay_1',
  amount: 11_000,
  pointAmount: 0,
  tries: 4,
  dueAt: null,
};
const EXCHANGE = { endpoint: 'GET /x', code: null };

/** Milliseconds until the next look at a cancel that the acquirer's book lacks, unanswered for so long. */
async function nextLookAfter(unansweredForMs: number | null): Promise<number | undefined> {
  let next: number | undefined;
  const journal = {
    cancelTurns: {
      take: () =>
        Promise.resolve({ kind: 'TURN', cancel: CANCEL, doneAmount: 0, doneIds: [], unansweredForMs }),
    },
    cancels: {
      postpone: (_: unknown, { dueInMs }: { dueInMs: number }) => {
        next = dueInMs;
        return Promise.resolve(CANCEL);
      },
    },
  };
  const seen = { kind: 'FOUND', state: 'APPROVED', amount: 41_000, balanceAmount: 41_000, cancels: [] };
  const adapter = {
    capabilities: { idempotentCancel: false, virtualAccount: true },
    inquire: () => Promise.resolve({ ...seen, acquirerTransactionId: 'tid_1', exchange: EXCHANGE }),
    refundDeposit: () => Promise.resolve({ kind: 'UNKNOWN', exchange: EXCHANGE }),
  };
  const settler = new CancelSettler(
    new Map([['nicepay', adapter]]) as never,
    { findContract: () => Promise.resolve({}) } as never,
    { accessTo: () => ({ answerTimeoutMs: 1_000 }) } as never,
    journal as never,
    { refundOf: () => Promise.resolve({ bankCode: '004', holderName: '홍길동' }) } as never,
    { maxProcessingMs: MAX_PROCESSING_MS, timeScale: 1, turnWaitMs: 1, abandonedAfterMs: () => 1 } as never,
    new Clock(),
    { warn: () => undefined } as never,
  );
  expect((await settler.settle(PAYMENT as never, CANCEL as never)).kind).toBe('OPEN');
  return next;
}

it('looks again as soon as a cancel that is not in the book may be sent again', async () => {
  expect(await nextLookAfter(58_800)).toBe(1_201);
  expect(await nextLookAfter(10_000)).toBe(50_001);
});

it('waits by the growing pauses once it was sent again', async () => {
  expect(await nextLookAfter(MAX_PROCESSING_MS)).toBeGreaterThanOrEqual(60_000);
});
