import { Clock } from '../../../common/time/clock';
import type { Payment } from '../payments.types';
import { Reverser } from './reverser';

const MAX_PROCESSING_MS = 60_000;
const EXCHANGE = { endpoint: 'POST /x', code: null };
const PAYMENT = {
  ...{ paymentId: 'pay_1', contractId: 'ctr_1', acquirer: 'nicepay', status: 'REVERSING', channel: 'KEY_IN' },
  ...{ acquirerOrderNo: 'pay_1', acquirerTransactionId: 'tid_1', reversalTries: 3, failureCode: null },
  ...{ attemptId: 'att_01KAJR38VNR81X7S9FZBZ4D62E' },
  ...{ amount: 50_000, pointAmount: 0, taxFreeAmount: 0, createdAt: new Date() },
} as unknown as Payment;

/** What a round writes, long after the call, where the book that is looked into knows no such order. */
async function roundAfter(netCancel: object, ownTransactionId: boolean, channel = 'KEY_IN'): Promise<string> {
  const written: string[] = [];
  const adapter = {
    capabilities: { netCancel: true, windowNetCancel: false, ownTransactionId, paidInWindow: false },
    netCancel: () => Promise.resolve({ exchange: EXCHANGE, ...netCancel }),
    inquire: () => Promise.resolve({ kind: 'NOT_FOUND', exchange: EXCHANGE }),
  };
  const reversals = {
    finish: () => Promise.resolve((written.push('REVERSED'), true)),
    postpone: () => Promise.resolve((written.push('POSTPONED'), PAYMENT)),
  };
  const reverser = new Reverser(
    new Map([['nicepay', adapter]]) as never,
    { findContract: () => Promise.resolve({}) } as never,
    { accessTo: () => ({ answerTimeoutMs: 1_000 }) } as never,
    { reversals } as never,
    { maxProcessingMs: MAX_PROCESSING_MS, timeScale: 1, recheckMs: 1, inlineLeaseMs: 1 } as never,
    new Clock(),
    { info: () => undefined } as never,
  );
  // Where the id came with an approval, its absence elsewhere proves nothing: these payments have none.
  const payment = ownTransactionId ? PAYMENT : { ...PAYMENT, acquirerTransactionId: null };
  await reverser.reverse({ ...payment, channel } as Payment, MAX_PROCESSING_MS + 1, 1_000);
  return written.join();
}

it.each([
  ['was not answered', { kind: 'UNKNOWN' }],
  ['was never sent', { kind: 'NOT_SENT', reason: 'connect' }],
])('believes no absence where a net cancel by our own id %s', async (_, netCancel) => {
  expect(await roundAfter(netCancel, true)).toBe('POSTPONED');
});

it('believes it where the acquirer says so by that id, or where there is one book only', async () => {
  expect(await roundAfter({ kind: 'REFUSED', reason: 'NOT_FOUND' }, true)).toBe('REVERSED');
  expect(await roundAfter({ kind: 'UNKNOWN' }, false)).toBe('REVERSED');
  expect(await roundAfter({ kind: 'UNKNOWN' }, true, 'WINDOW')).toBe('REVERSED');
});
