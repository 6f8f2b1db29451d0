import { differencesOf, type PaymentBooks } from './differences.policy';
import type { OwnMovement, TheirMovement } from './pairing.policy';

const DAY = '2026-03-02';
const at = (time: string, day = DAY) => ({ at: new Date(`${day}T${time}+09:00`), day });
const NOON = at('12:00:00');

const there = (over: Partial<TheirMovement> = {}): TheirMovement => ({
  ...{
    movementKey: 'm1',
    kind: 'APPROVAL',
    acquirerOrderNo: 'pay_1',
    acquirerTransactionId: 't1',
    amount: 1_000,
  },
  ...NOON,
  ...over,
});
const here = (over: Partial<OwnMovement> = {}): OwnMovement => ({
  ...{ sourceId: 'pay_1', kind: 'APPROVAL', acquirerCancelId: null, amount: 1_000, ...NOON },
  ...over,
});
const cancelThere = (key: string, amount: number, over: Partial<TheirMovement> = {}) =>
  there({ movementKey: key, kind: 'CANCEL', amount, ...over });
const cancelHere = (id: string, amount: number, key: string | null = null) =>
  here({ sourceId: id, kind: 'CANCEL', amount, acquirerCancelId: key });

const payment = (state: string, openSince: Date | null = null) => ({ paymentId: 'pay_1', state, openSince });
const terms = { day: DAY, openBefore: new Date('2026-03-02T00:00:00+09:00') };
function kinds(books: Partial<PaymentBooks>, day = DAY): string[] {
  const whole = {
    ...{ acquirerTransactionId: 't1', payment: payment('APPROVED'), theirs: [], own: [] },
    ...books,
  };
  const { findings } = differencesOf(whole, { ...terms, day });
  return findings.map(({ kind, movementKind, ownAmount, acquirerAmount }) => {
    return `${kind} ${movementKind} ${ownAmount}/${acquirerAmount}`;
  });
}

describe('finds nothing', () => {
  it.each<[string, Partial<PaymentBooks>]>([
    ['where both say the same', { theirs: [there()], own: [here()] }],
    [
      'of cancels of one amount, some of which are known by their id',
      {
        theirs: [there(), cancelThere('a', 300), cancelThere('b', 300)],
        own: [here(), cancelHere('pcn_1', 300), cancelHere('pcn_2', 300, 'a')],
      },
    ],
    [
      'near midnight, on the day before or after',
      { theirs: [there(at('00:00:01', '2026-03-03'))], own: [here(at('23:59:59'))] },
    ],
    [
      'of an approval whose answer was lost and that was undone',
      { payment: payment('REVERSED'), theirs: [there(), cancelThere('a', 1_000)] },
    ],
    [
      'of an attempt that was undone before the next one was approved',
      { payment: payment('ATTEMPT_ENDED'), theirs: [there(), cancelThere('a', 1_000)] },
    ],
  ])('%s', (_, books) => {
    expect(kinds(books)).toEqual([]);
  });
});

describe('finds', () => {
  it.each<[string, Partial<PaymentBooks>, string[]]>([
    ['what only the acquirer has', { payment: null, theirs: [there()] }, ['MISSING_HERE APPROVAL null/1000']],
    ['what only we have', { own: [here()] }, ['MISSING_THERE APPROVAL 1000/null']],
    [
      'a second charge of an order',
      { payment: payment('OTHER_TRANSACTION'), theirs: [there()] },
      ['MISSING_HERE APPROVAL null/1000'],
    ],
    [
      'another amount',
      { theirs: [there({ amount: 999 })], own: [here()] },
      ['AMOUNT_DIFFERS APPROVAL 1000/999'],
    ],
    [
      'another amount of one cancel, by its id',
      {
        theirs: [there(), cancelThere('a', 300), cancelThere('b', 201)],
        own: [here(), cancelHere('pcn_1', 200, 'b'), cancelHere('pcn_2', 300, 'a')],
      },
      ['CANCEL_DIFFERS CANCEL 200/201'],
    ],
    [
      'another amount of a cancel without one',
      { theirs: [there(), cancelThere('a', 301)], own: [here(), cancelHere('pcn_1', 300)] },
      ['CANCEL_DIFFERS CANCEL 300/301'],
    ],
    [
      'one of two equal cancels missing there',
      {
        theirs: [there(), cancelThere('a', 300)],
        own: [here(), cancelHere('pcn_1', 300), cancelHere('pcn_2', 300)],
      },
      ['MISSING_THERE CANCEL 300/null'],
    ],
    [
      'a cancel that the acquirer made alone',
      { theirs: [there(), cancelThere('a', 1_000)], own: [here()] },
      ['MISSING_HERE CANCEL null/1000'],
    ],
    [
      'an approval that is a cancel there',
      { theirs: [cancelThere('m1', 1_000)], own: [here()] },
      ['STATE_DIFFERS APPROVAL 1000/1000'],
    ],
    [
      'a charge of what was declined here',
      { payment: payment('FAILED'), theirs: [there()] },
      ['STATE_DIFFERS APPROVAL null/1000'],
    ],
    [
      'once, what was undone here and only in part there',
      { payment: payment('REVERSED'), theirs: [there(), cancelThere('a', 400)] },
      ['STATE_DIFFERS APPROVAL null/1000'],
    ],
  ])('%s', (_, books, found) => {
    expect(kinds(books)).toEqual(found);
  });
});

it('tells a break on one day only', () => {
  const own = [here(at('23:59:59'))];
  expect(kinds({ own }, '2026-03-01')).toEqual([]);
  expect(kinds({ own }, '2026-03-02')).toHaveLength(1);
  expect(kinds({ own }, '2026-03-03')).toEqual([]);
});

it('waits for what is not settled here, and not for ever', () => {
  const books = { acquirerTransactionId: 't1', theirs: [there()], own: [] };
  const open = (since: string) =>
    differencesOf({ ...books, payment: payment('REVERSING', new Date(since)) }, terms);
  expect(open('2026-03-02T10:00:00+09:00')).toEqual({
    findings: [],
    openCount: 1,
    openPaymentIds: [payment('REVERSING').paymentId],
  });
  expect(open('2026-03-01T10:00:00+09:00')).toMatchObject({
    findings: [{ kind: 'STATE_DIFFERS' }],
    openCount: 0,
  });
});
