import { settledDifferencesOf, type OwnSettled, type TheirLine } from './settled.policy';

const DAY = '2026-03-02';
const NOON = { at: new Date(`${DAY}T12:00:00+09:00`), day: DAY };
const line = (over: Partial<TheirLine> = {}): TheirLine => ({
  ...{
    movementKey: 'm1',
    kind: 'APPROVAL',
    acquirerOrderNo: 'o',
    acquirerTransactionId: 't',
    amount: 10_000,
  },
  ...{ fee: 230, vat: 23, net: 9_747, ...NOON },
  ...over,
});
const own = (over: Partial<OwnSettled> = {}): OwnSettled => ({
  ...{ sourceId: 'pay_1', kind: 'APPROVAL', acquirerCancelId: null, amount: 10_000, cost: 230, ...NOON },
  ...over,
});
const cancelLine = line({ movementKey: 'm2', kind: 'CANCEL', fee: -230, vat: -23, net: -9_747 });
const cancel = own({ sourceId: 'pcn_1', kind: 'CANCEL', acquirerCancelId: 'm2', cost: -230 });

function kinds(theirs: readonly TheirLine[], ours: readonly OwnSettled[], isKnown = true): string[] {
  const payment = isKnown ? { paymentId: 'pay_1', state: 'APPROVED', openSince: null } : null;
  const books = { acquirerTransactionId: 't', payment, theirs, own: ours };
  return settledDifferencesOf(books, { day: DAY, openBefore: NOON.at, feeTolerance: 1 }).findings.map(
    ({ kind, ownAmount, acquirerAmount }) => `${kind} ${ownAmount}/${acquirerAmount}`,
  );
}

it.each<[string, TheirLine[], OwnSettled[], string[]]>([
  ['the same', [line(), cancelLine], [own(), cancel], []],
  ['a won of rounding', [line({ fee: 231, net: 9_746 })], [own()], []],
  ['a rate that nobody has told', [line({ fee: 500, net: 9_477 })], [own({ cost: null })], []],
  ['what was taken back on its day and is in no list', [], [own(), cancel], []],
  ['a sale that is not settled', [], [own()], ['NOT_SETTLED_THERE 10000/null']],
  ['a cancel that is not settled', [line()], [own(), cancel], ['NOT_SETTLED_THERE 10000/null']],
  ['another amount', [line({ amount: 9_000 })], [own()], ['SETTLED_AMOUNT_DIFFERS 10000/9000']],
  ['another fee', [line({ fee: 270, vat: 27, net: 9_703 })], [own()], ['FEE_DIFFERS 230/270']],
  ['a line that does not add up', [line({ net: 9_700 })], [own({ cost: null })], ['FEE_DIFFERS null/230']],
])('finds of %s …', (_, theirs, ours, found) => {
  expect(kinds(theirs, ours)).toEqual(found);
});

it('finds a line of a payment that is not ours, and nothing in one that was undone', () => {
  expect(kinds([line()], [], false)).toEqual(['MISSING_HERE null/10000']);
  expect(kinds([line(), cancelLine], [])).toEqual([]);
});
