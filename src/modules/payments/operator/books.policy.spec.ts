import type { InquiryOutcome } from '../../../acquirers/port/acquirer.types';
import { compareBooks, type OurBook } from './books.policy';

const exchange = {} as Extract<InquiryOutcome, { kind: 'UNKNOWN' }>['exchange'];
type Found = Extract<InquiryOutcome, { kind: 'FOUND' }>;
const found = (state: Found['state'], amount: number, balanceAmount: number): Found => ({
  ...{ kind: 'FOUND', state, amount, balanceAmount, acquirerTransactionId: 't', cancels: [], exchange },
});
const absent: InquiryOutcome = { kind: 'NOT_FOUND', exchange };
const silent: InquiryOutcome = { kind: 'UNKNOWN', exchange };
const ours = (status: OurBook['status'], amount: number, balanceAmount: number): OurBook => ({
  ...{ status, amount, balanceAmount },
  charged: ['APPROVED', 'PARTIALLY_CANCELLED', 'CANCELLED'].includes(status),
});

it.each<[string, OurBook, InquiryOutcome, string]>([
  ['the same approval', ours('APPROVED', 1_000, 1_000), found('APPROVED', 1_000, 1_000), 'MATCHES'],
  ['another amount', ours('APPROVED', 1_000, 1_000), found('APPROVED', 900, 900), 'DIFFERS'],
  [
    'a cancel made there only',
    ours('APPROVED', 1_000, 1_000),
    found('PARTIALLY_CANCELLED', 1_000, 400),
    'DIFFERS',
  ],
  [
    'the same partial cancel',
    ours('PARTIALLY_CANCELLED', 1_000, 400),
    found('PARTIALLY_CANCELLED', 1_000, 400),
    'MATCHES',
  ],
  ['a full cancel', ours('CANCELLED', 1_000, 0), found('CANCELLED', 1_000, 1_000), 'MATCHES'],
  ['an approval that is not there', ours('APPROVED', 1_000, 1_000), absent, 'DIFFERS'],
  [
    'an approval that is not one there',
    ours('APPROVED', 1_000, 1_000),
    found('NOT_APPROVED', 1_000, 1_000),
    'DIFFERS',
  ],
  ['an undone payment that is not there', ours('REVERSED', 1_000, 1_000), absent, 'MATCHES'],
  [
    'an undone payment that is charged there',
    ours('REVERSED', 1_000, 1_000),
    found('APPROVED', 1_000, 1_000),
    'DIFFERS',
  ],
  ['a decline', ours('FAILED', 1_000, 1_000), found('NOT_APPROVED', 1_000, 0), 'MATCHES'],
  ['one that is not settled here', ours('REVERSING', 1_000, 1_000), found('APPROVED', 1_000, 1_000), 'OPEN'],
  ['silence', ours('APPROVED', 1_000, 1_000), silent, 'UNKNOWN'],
])('finds of %s …', (_, mine, theirs, verdict) => {
  expect(compareBooks(mine, theirs)).toBe(verdict);
});
