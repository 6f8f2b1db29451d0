import type { SqlPool } from '../common/db/pool';
import type { Violation } from './violation';

/** One line of the acquirer's own book. */
export interface LedgerLine {
  readonly kind: 'approval' | 'cancel';
  readonly acquirerOrderNo: string;
  readonly acquirerTransactionId: string;
  /** The acquirer's name of the merchant: order numbers are unique within one only. */
  readonly mid: string;
  readonly amount: number;
}

/** What an acquirer believes of one of our order numbers. Whole won. */
export interface LedgerBalance {
  approvals: number;
  approved: number;
  cancelled: number;
  readonly transactionIds: Set<string>;
}

/** What we believe of it. */
export interface OurSide {
  readonly acquirerMerchantId: string;
  readonly acquirerOrderNo: string;
  readonly paymentId: string;
  readonly status: string;
  /** Whether this is the attempt that the payment stands on. */
  readonly current: boolean;
  /** Amounts are of the card part: the acquirer knows nothing of points. */
  readonly amount: number;
  readonly cancelledAmount: number;
  readonly pendingAmount: number;
  readonly transactionId: string | null;
}

const OURS = /^pay_[0-9A-HJKMNP-TV-Z]{26}(-\d+)?$/;
const CHARGED = new Set(['APPROVED', 'PARTIALLY_CANCELLED', 'CANCELLED']);
const BETWEEN = new Set(['IN_PROGRESS', 'REVERSING']);
const PAGE_MAX = 1_000_000;

const keyOf = (merchantId: string, orderNo: string) => `${merchantId} ${orderNo}`;
const orderOf = (key: string) => key.slice(key.indexOf(' ') + 1);

export function addLine(book: Map<string, LedgerBalance>, line: LedgerLine): void {
  const key = keyOf(line.mid, line.acquirerOrderNo);
  const balance = book.get(key) ?? {
    approvals: 0,
    approved: 0,
    cancelled: 0,
    transactionIds: new Set<string>(),
  };
  if (line.kind === 'approval') {
    balance.approvals += 1;
    balance.approved += line.amount;
    balance.transactionIds.add(line.acquirerTransactionId);
  } else balance.cancelled += line.amount;
  book.set(key, balance);
}

/** Every acquirer that keeps a book there; each is compared with ours. Throws when the sandbox cannot be asked. */
export async function acquirersOf(sandboxUrl: string): Promise<readonly string[]> {
  const answer = await fetch(`${sandboxUrl}/__sandbox/health`);
  if (!answer.ok) throw new Error(`the sandbox answered ${answer.status}`);
  const { acquirers } = (await answer.json()) as { acquirers: readonly { acquirer: string }[] };
  if (acquirers.length === 0) throw new Error('the sandbox has no acquirer');
  return acquirers.map(({ acquirer }) => acquirer);
}

/** The acquirer's whole book, page by page. Throws when it cannot be read: an unread book proves nothing. */
export async function readLedger(sandboxUrl: string, acquirer: string): Promise<Map<string, LedgerBalance>> {
  const book = new Map<string, LedgerBalance>();
  let after = '';
  for (let page = 0; page < PAGE_MAX; page += 1) {
    const answer = await fetch(`${sandboxUrl}/__sandbox/ledger?acquirer=${acquirer}${after}`);
    if (!answer.ok) throw new Error(`the ledger of ${acquirer} answered ${answer.status}`);
    const { data, nextCursor } = (await answer.json()) as { data: LedgerLine[]; nextCursor: string | null };
    for (const line of data) addLine(book, line);
    if (nextCursor === null) return book;
    after = `&cursor=${encodeURIComponent(nextCursor)}`;
  }
  throw new Error('the ledger has no end');
}

/** Every approval that we asked an acquirer for. */
export async function readOurSide(pool: SqlPool, acquirer: string): Promise<OurSide[]> {
  const rows = await pool.execute<Record<string, string | number | null>[]>(
    // A window's order has one number for all its tries, and another one where the payer paid for something else.
    `SELECT IF(a.id = p.attempt_id, p.acquirer_order_no, a.acquirer_order_no) AS acquirer_order_no,
       c.acquirer_merchant_id, a.id AS attempt_id, p.id, p.status, p.attempt_id AS current_attempt_id,
       p.amount - p.point_amount AS amount, p.cancelled_amount - COALESCE(b.done_points, 0) AS cancelled_amount,
       p.pending_cancel_amount - COALESCE(b.pending_points, 0) AS pending_cancel_amount, p.acquirer_transaction_id,
       p.approved_at
     FROM payment_attempts a JOIN payments p ON p.id = a.payment_id JOIN acquirer_contracts c ON c.id = a.contract_id
     LEFT JOIN (SELECT payment_id, SUM(IF(status = 'DONE', point_amount, 0)) AS done_points,
       SUM(IF(status = 'IN_PROGRESS', point_amount, 0)) AS pending_points
       FROM payment_cancels WHERE point_amount > 0 GROUP BY payment_id) b ON b.payment_id = p.id
     WHERE a.operation = IF(p.channel = 'VIRTUAL_ACCOUNT', 'OPEN', 'APPROVE') AND a.acquirer = ? AND (p.channel <> 'WINDOW' OR a.id = p.attempt_id)`,
    [acquirer],
  );
  return rows.map((row) => ({
    acquirerMerchantId: row.acquirer_merchant_id as string,
    acquirerOrderNo: row.acquirer_order_no as string,
    paymentId: row.id as string,
    // An account that was closed before any deposit charged nobody.
    status: row.status === 'CANCELLED' && row.approved_at === null ? 'CLOSED' : (row.status as string),
    current: row.attempt_id === row.current_attempt_id,
    amount: Number(row.amount),
    cancelledAmount: Number(row.cancelled_amount),
    pendingAmount: Number(row.pending_cancel_amount),
    transactionId: row.acquirer_transaction_id as string | null,
  }));
}

/**
 * Compares both books, both ways. `between` ALLOWED: a deposit whose notice was lost is found by the worker's next look.
 * Pure.
 */
export function compareBooks(
  book: ReadonlyMap<string, LedgerBalance>,
  ours: readonly OurSide[],
  between: 'ALLOWED' | 'FORBIDDEN' = 'FORBIDDEN',
): Violation[] {
  const found: Violation[] = [];
  const known = new Set<string>();
  for (const side of ours) {
    const key = keyOf(side.acquirerMerchantId, side.acquirerOrderNo);
    known.add(key);
    if (between === 'ALLOWED' && side.status === 'WAITING_FOR_DEPOSIT') continue;
    const violation = compareOne(book.get(key), side);
    if (violation !== null) found.push({ ...violation, id: side.paymentId });
  }
  for (const key of book.keys()) {
    const acquirerOrderNo = orderOf(key);
    // Orders that do not bear a number of ours were made at the sandbox by somebody else.
    if (!known.has(key) && OURS.test(acquirerOrderNo)) {
      found.push({
        invariant: 'INV-2',
        what: 'the acquirer approved what we have no attempt of',
        id: acquirerOrderNo,
      });
    }
  }
  return found;
}

function compareOne(theirs: LedgerBalance | undefined, side: OurSide): Omit<Violation, 'id'> | null {
  if (theirs !== undefined && theirs.approvals > 1) {
    return { invariant: 'INV-1', what: `the acquirer approved the order ${theirs.approvals} times` };
  }
  if (BETWEEN.has(side.status) && side.current) return null;
  const left = theirs === undefined ? 0 : theirs.approved - theirs.cancelled;
  if (!CHARGED.has(side.status) || !side.current) {
    return left === 0
      ? null
      : { invariant: 'INV-2', what: `${side.status} here, yet ${left} won are charged there` };
  }
  if (theirs === undefined) return { invariant: 'INV-3', what: `${side.status} here, unknown there` };
  if (theirs.approved !== side.amount) {
    return { invariant: 'INV-3', what: `approved ${side.amount} here, ${theirs.approved} there` };
  }
  if (side.transactionId === null || !theirs.transactionIds.has(side.transactionId)) {
    return { invariant: 'INV-3', what: 'the acquirer knows it under another key' };
  }
  const most = side.cancelledAmount + side.pendingAmount;
  if (theirs.cancelled < side.cancelledAmount || theirs.cancelled > most) {
    return { invariant: 'INV-5', what: `cancelled ${side.cancelledAmount} here, ${theirs.cancelled} there` };
  }
  return null;
}
