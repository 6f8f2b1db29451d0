import type { InquiryOutcome } from '../../../acquirers/port/acquirer.types';
import type { Finding } from '../reconciliation.types';

/** A payment of ours that the acquirer is asked about. Won; the acquirer's part of it, without points. */
export interface AskedPayment {
  readonly paymentId: string;
  readonly state: string;
  readonly acquirerOrderNo: string;
  readonly acquirerTransactionId: string | null;
  /** Charged, money that has gone back since included. */
  readonly isCharged: boolean;
  readonly amount: number;
  /** What is left of it after all cancels and reversals. */
  readonly balanceAmount: number;
}

const TAKEN: readonly string[] = ['APPROVED', 'PARTIALLY_CANCELLED'];

/** What differs between our book and what the acquirer says of an order now; null where nothing does. */
export function differenceOf(own: AskedPayment, seen: InquiryOutcome): Finding | null {
  if (seen.kind === 'UNKNOWN') return null;
  if (!own.isCharged) {
    const isTaken = seen.kind === 'FOUND' && TAKEN.includes(seen.state);
    return isTaken ? finding('STATE_DIFFERS', own, seen) : null;
  }
  if (seen.kind === 'NOT_FOUND') return finding('MISSING_THERE', own, seen);
  if (seen.state === 'NOT_APPROVED' || seen.state === 'PENDING') return finding('STATE_DIFFERS', own, seen);
  if (seen.amount !== own.amount) return finding('AMOUNT_DIFFERS', own, seen);
  const left = seen.state === 'CANCELLED' ? 0 : seen.balanceAmount;
  if (left === own.balanceAmount) return null;
  const cancelled = { ownAmount: own.amount - own.balanceAmount, acquirerAmount: seen.amount - left };
  return { ...finding('CANCEL_DIFFERS', own, seen), movementKind: 'CANCEL', ...cancelled };
}

function finding(
  kind: Finding['kind'],
  own: AskedPayment,
  seen: Exclude<InquiryOutcome, { kind: 'UNKNOWN' }>,
): Finding {
  const isFound = seen.kind === 'FOUND';
  return {
    kind,
    movementKind: 'APPROVAL',
    paymentId: own.paymentId,
    sourceId: own.paymentId,
    movementKey: null,
    acquirerOrderNo: own.acquirerOrderNo,
    acquirerTransactionId: isFound ? seen.acquirerTransactionId : own.acquirerTransactionId,
    ownAmount: own.isCharged ? own.amount : null,
    ownState: own.state,
    acquirerAmount: isFound ? seen.amount : null,
    acquirerState: isFound ? seen.state : null,
  };
}
