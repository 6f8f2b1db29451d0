import type { InquiryOutcome } from '../../../acquirers/port/acquirer.types';
import type { PaymentStatus } from '../payment.state';

/** OPEN: it is not settled here yet. UNKNOWN: the acquirer gave no answer that can be read. */
export const BOOK_VERDICTS = ['MATCHES', 'DIFFERS', 'OPEN', 'UNKNOWN'] as const;
export type BookVerdict = (typeof BOOK_VERDICTS)[number];

/** What our book says of a payment. Won; the acquirer's part of it, without points. */
export interface OurBook {
  readonly status: PaymentStatus;
  readonly charged: boolean;
  readonly amount: number;
  readonly balanceAmount: number;
}

const BETWEEN: readonly PaymentStatus[] = ['CREATED', 'IN_PROGRESS', 'REVERSING', 'WAITING_FOR_DEPOSIT'];
const TAKEN: readonly string[] = ['APPROVED', 'PARTIALLY_CANCELLED'];

/** Whether the acquirer's book says the same as ours. */
export function compareBooks(ours: OurBook, seen: InquiryOutcome): BookVerdict {
  if (BETWEEN.includes(ours.status)) return 'OPEN';
  if (seen.kind === 'UNKNOWN') return 'UNKNOWN';
  if (!ours.charged) return seen.kind === 'FOUND' && TAKEN.includes(seen.state) ? 'DIFFERS' : 'MATCHES';
  const isSame =
    seen.kind === 'FOUND' &&
    seen.amount === ours.amount &&
    (seen.state === 'CANCELLED' ? 0 : seen.balanceAmount) === ours.balanceAmount &&
    seen.state !== 'NOT_APPROVED' &&
    seen.state !== 'PENDING';
  return isSame ? 'MATCHES' : 'DIFFERS';
}
