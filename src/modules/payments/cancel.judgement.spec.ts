import type { Exchange, InquiryOutcome } from '../../acquirers/port/acquirer.types';
import { judgeCancel } from './cancel.judgement';

const exchange: Exchange = {
  endpoint: 'GET /x',
  request: {},
  httpStatus: 200,
  response: {},
  code: null,
  message: null,
  latencyMs: 1,
};

const seen = (balanceAmount: number, cancels: { acquirerCancelId: string | null; amount: number }[] = []) =>
  ({
    kind: 'FOUND',
    state: balanceAmount === 0 ? 'CANCELLED' : 'APPROVED',
    acquirerTransactionId: 't',
    amount: 1_000,
    balanceAmount,
    cancels,
    exchange,
  }) satisfies InquiryOutcome;

describe('judgeCancel', () => {
  it('finds a cancel by what is left, and its id among those that no other cancel has', () => {
    const cancels = [
      { acquirerCancelId: 'a', amount: 100 },
      { acquirerCancelId: 'b', amount: 100 },
    ];
    expect(judgeCancel(seen(800, cancels), { doneAmount: 100, doneIds: ['a'] }, 100)).toEqual({
      kind: 'DONE',
      acquirerCancelId: 'b',
    });
  });

  it.each([
    ['nothing of it is gone', seen(900), { doneAmount: 100, doneIds: ['a'] }, 'NOT_DONE'],
    ['more is gone than we know of', seen(500), { doneAmount: 100, doneIds: ['a'] }, 'BOOKS_DIFFER'],
    ['less is gone than we know of', seen(1_000), { doneAmount: 100, doneIds: ['a'] }, 'BOOKS_DIFFER'],
    ['the order is not found', { kind: 'NOT_FOUND', exchange }, { doneAmount: 0, doneIds: [] }, 'UNKNOWN'],
    ['the inquiry failed', { kind: 'UNKNOWN', exchange }, { doneAmount: 0, doneIds: [] }, 'UNKNOWN'],
  ] as const)('says so when %s', (_, outcome, book, kind) => {
    expect(judgeCancel(outcome, book, 100).kind).toBe(kind);
  });
});
