import type { InquiryOutcome } from '../../../acquirers/port/acquirer.types';
import { type AskedPayment, differenceOf } from './inquiry.policy';

const exchange = {
  endpoint: 'x',
  request: {},
  httpStatus: 200,
  response: null,
  code: null,
  message: null,
  latencyMs: 1,
};
type Found = Extract<InquiryOutcome, { kind: 'FOUND' }>;
const found = (state: Found['state'], amount: number, balanceAmount: number): Found => ({
  ...{ kind: 'FOUND', state, amount, balanceAmount, acquirerTransactionId: 't', cancels: [], exchange },
});
const own = (over: Partial<AskedPayment> = {}): AskedPayment => ({
  ...{ paymentId: 'pay_1', state: 'APPROVED', acquirerOrderNo: 'pay_1', acquirerTransactionId: 't' },
  ...{ isCharged: true, amount: 1_000, balanceAmount: 1_000 },
  ...over,
});
const declined = own({ state: 'FAILED', isCharged: false, balanceAmount: 0 });

it.each<[string, AskedPayment, InquiryOutcome, string | null]>([
  ['the same', own(), found('APPROVED', 1_000, 1_000), null],
  ['the same partial cancel', own({ balanceAmount: 400 }), found('PARTIALLY_CANCELLED', 1_000, 400), null],
  ['a full cancel', own({ balanceAmount: 0 }), found('CANCELLED', 1_000, 1_000), null],
  ['silence', own(), { kind: 'UNKNOWN', exchange }, null],
  ['a decline', declined, found('NOT_APPROVED', 1_000, 0), null],
  ['a decline that is not known', declined, { kind: 'NOT_FOUND', exchange }, null],
  ['a decline that was charged', declined, found('APPROVED', 1_000, 1_000), 'STATE_DIFFERS null/1000'],
  ['what is not there', own(), { kind: 'NOT_FOUND', exchange }, 'MISSING_THERE 1000/null'],
  ['what was not approved', own(), found('NOT_APPROVED', 1_000, 0), 'STATE_DIFFERS 1000/1000'],
  ['another amount', own(), found('APPROVED', 900, 900), 'AMOUNT_DIFFERS 1000/900'],
  ['a cancel there only', own(), found('PARTIALLY_CANCELLED', 1_000, 600), 'CANCEL_DIFFERS 0/400'],
  [
    'a cancel here only',
    own({ balanceAmount: 400 }),
    found('APPROVED', 1_000, 1_000),
    'CANCEL_DIFFERS 600/0',
  ],
])('finds of %s …', (_, mine, theirs, expected) => {
  const difference = differenceOf(mine, theirs);
  const shown = difference && `${difference.kind} ${difference.ownAmount}/${difference.acquirerAmount}`;
  expect(shown).toBe(expected);
});
