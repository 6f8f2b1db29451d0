import { addedPayments, Discrepancies } from './discrepancies';
import type { LedgerEntry } from './ledger';

const entry = (kind: LedgerEntry['kind'], movementId: string, amount: number, atMs: number): LedgerEntry => ({
  ...{ kind, movementId, amount, atMs, mid: 'm', acquirerOrderNo: 'o', acquirerTransactionId: 't' },
});
const BOOK = [
  entry('approval', 'a', 1_000, 10),
  entry('cancel', 'c0', 300, 20),
  entry('cancel', 'c1', 200, 30),
];
const named = { list: 'MOVEMENTS', acquirerTransactionId: 't', index: 0 } as const;
const listed = (discrepancies: Discrepancies) =>
  discrepancies
    .entries('MOVEMENTS', 'm', BOOK)
    .map(({ movementId, kind, amount }) => `${movementId} ${kind} ${amount}`);

function planted(...all: Parameters<Discrepancies['plant']>[0]): Discrepancies {
  const discrepancies = new Discrepancies();
  expect(discrepancies.plant(all)).toBe(true);
  return discrepancies;
}

it('tells the book where nothing is planted, and again once it is cleared', () => {
  const discrepancies = planted({ ...named, what: 'OMIT', kind: 'approval' });
  expect(listed(discrepancies)).toEqual(['c0 cancel 300', 'c1 cancel 200']);
  discrepancies.clear();
  expect(listed(discrepancies)).toEqual(['a approval 1000', 'c0 cancel 300', 'c1 cancel 200']);
});

it('tells one movement otherwise, and only in its list', () => {
  const discrepancies = planted(
    { ...named, what: 'AMOUNT', kind: 'cancel', index: 1, amount: 201 },
    { ...named, what: 'KIND', kind: 'approval' },
    { ...named, what: 'MOVE', kind: 'cancel', byMs: 100 },
    { what: 'ADD', entry: { ...entry('approval', 'x', 5, 25), acquirerTransactionId: 'u' } },
    { what: 'ADD', entry: { ...entry('approval', 'y', 5, 25), mid: 'another' } },
  );
  expect(listed(discrepancies)).toEqual(['a cancel 1000', 'x approval 5', 'c1 cancel 201', 'c0 cancel 300']);
  expect(discrepancies.entries('SETTLEMENTS', 'm', BOOK).map(({ movementId }) => movementId)).toEqual([
    'a',
    'c0',
    'x',
    'c1',
  ]);
});

it('tells payments in the same way, added ones too', () => {
  const [payment] = addedPayments(BOOK, {});
  expect(payment).toMatchObject({
    approval: { movementId: 'a' },
    cancels: [{ amount: 300 }, { amount: 200 }],
  });
  const cancelled = planted({ ...named, what: 'CANCELLED', kind: 'approval' }).payment(payment!);
  expect(cancelled.cancels.map(({ amount }) => amount)).toEqual([300, 200, 500]);
  const omitted = planted({ ...named, what: 'OMIT', kind: 'cancel', index: 1 }).payment(payment!);
  expect(omitted.cancels.map(({ amount }) => amount)).toEqual([300]);
  expect(planted({ ...named, what: 'OMIT', kind: 'approval' }).payment(payment!).approval).toBeNull();
});
