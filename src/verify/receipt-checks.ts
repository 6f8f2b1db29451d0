import type { SqlPool } from '../common/db/pool';
import { RECEIPT_CANCEL_TRANSITIONS, RECEIPT_TRANSITIONS } from '../modules/cash-receipts/receipt.state';
import type { Violation } from './violation';

const legal = (table: Readonly<Record<string, readonly string[]>>) =>
  Object.entries(table)
    .flatMap(([from, tos]) => tos.map((to) => `('${from}','${to}')`))
    .join(',');

const PARTS = 'supply_amount + vat + tax_free_amount + service_charge';

/** What the database alone can prove of cash receipts. Every check names the rows that break it. */
export const RECEIPT_CHECKS = [
  {
    invariant: 'INV-26',
    what: 'an order number has more than one cash receipt',
    sql: `SELECT MIN(id) AS id FROM cash_receipts WHERE replaced_by_id IS NULL GROUP BY mid, order_no HAVING COUNT(*) > 1`,
  },
  {
    invariant: 'INV-26',
    what: 'a cash receipt was replaced although it may stand, or by none that follows it',
    sql: `SELECT r.id FROM cash_receipts r LEFT JOIN cash_receipts n ON n.id = r.replaced_by_id AND n.mid = r.mid
            AND n.order_no = r.order_no AND n.generation = r.generation + 1
          WHERE r.replaced_by_id IS NOT NULL AND (r.status NOT IN ('CANCELLED', 'FAILED') OR n.id IS NULL)`,
  },
  {
    invariant: 'INV-26',
    what: 'a cash receipt follows on none that it could take the place of',
    sql: `SELECT r.id FROM cash_receipts r LEFT JOIN cash_receipts b ON b.replaced_by_id = r.id AND b.amount > r.amount
          WHERE r.generation > 1 AND (r.origin_payment_id IS NULL OR b.id IS NULL)`,
  },
  {
    invariant: 'INV-26',
    what: 'a cash receipt was issued by more than one attempt',
    sql: `SELECT receipt_id AS id FROM cash_receipt_attempts WHERE operation = 'ISSUE' AND outcome = 'ISSUED'
          GROUP BY receipt_id HAVING COUNT(*) > 1`,
  },
  {
    invariant: 'INV-26',
    what: 'an issued cash receipt lacks its approval number, time or provider key',
    sql: `SELECT id FROM cash_receipts WHERE status IN ('ISSUED', 'PARTIALLY_CANCELLED', 'CANCELLED')
          AND (approval_no IS NULL OR issued_at IS NULL OR provider_receipt_id IS NULL)`,
  },
  {
    invariant: 'INV-26',
    what: 'a cash receipt is in progress with nothing due: no worker would ever end it',
    sql: `SELECT id FROM cash_receipts WHERE status = 'IN_PROGRESS' AND due_at IS NULL UNION ALL
          SELECT id FROM cash_receipt_cancels WHERE status = 'IN_PROGRESS' AND due_at IS NULL`,
  },
  {
    invariant: 'INV-27',
    what: 'the parts of a cash receipt or of its cancel do not add up',
    sql: `SELECT id FROM cash_receipts WHERE ${PARTS} <> amount UNION ALL
          SELECT id FROM cash_receipt_cancels WHERE ${PARTS} <> amount`,
  },
  {
    invariant: 'INV-27',
    what: 'balance, pending and cancelled amounts of a cash receipt do not add up',
    sql: `SELECT id FROM cash_receipts WHERE balance_amount + pending_cancel_amount + cancelled_amount <> amount
          OR balance_amount < 0 OR pending_cancel_amount < 0 OR cancelled_amount < 0`,
  },
  {
    invariant: 'INV-27',
    what: 'the cancels of a cash receipt pass its amount, or one of its parts',
    sql: `SELECT r.id FROM cash_receipts r JOIN cash_receipt_cancels c ON c.receipt_id = r.id AND c.status <> 'FAILED'
          GROUP BY r.id, r.amount, r.supply_amount, r.vat, r.tax_free_amount, r.service_charge
          HAVING SUM(c.amount) > r.amount OR SUM(c.supply_amount) > r.supply_amount OR SUM(c.vat) > r.vat
            OR SUM(c.tax_free_amount) > r.tax_free_amount OR SUM(c.service_charge) > r.service_charge`,
  },
  {
    invariant: 'INV-27',
    what: 'the cancels of a cash receipt do not sum to what it says was cancelled',
    sql: `SELECT r.id FROM cash_receipts r LEFT JOIN (SELECT receipt_id, SUM(IF(status = 'DONE', amount, 0)) AS done,
            SUM(IF(status IN ('IN_PROGRESS', 'UNCONFIRMED'), amount, 0)) AS pending
            FROM cash_receipt_cancels GROUP BY receipt_id) c ON c.receipt_id = r.id
          WHERE r.cancelled_amount <> COALESCE(c.done, 0) OR r.pending_cancel_amount <> COALESCE(c.pending, 0)`,
  },
  {
    invariant: 'INV-27',
    what: 'the state of a cash receipt does not fit what was cancelled',
    sql: `SELECT id FROM cash_receipts WHERE (status = 'CANCELLED' AND cancelled_amount <> amount)
          OR (status = 'PARTIALLY_CANCELLED' AND (cancelled_amount = 0 OR cancelled_amount = amount))
          OR (status NOT IN ('CANCELLED', 'PARTIALLY_CANCELLED') AND cancelled_amount <> 0)`,
  },
  {
    invariant: 'INV-27',
    what: 'an automatic cash receipt was cancelled by more than its payment',
    sql: `SELECT r.id FROM cash_receipts r JOIN payments p ON p.id = r.origin_payment_id
          JOIN cash_receipt_cancels c ON c.receipt_id = r.id AND c.origin_payment_cancel_id IS NOT NULL
            AND c.origin_payment_cancel_id <> r.id AND c.status <> 'FAILED'
          GROUP BY r.id, p.status, p.amount, p.cancelled_amount
          HAVING SUM(c.amount) > IF(p.status = 'REVERSED', p.amount, p.cancelled_amount)`,
  },
  {
    invariant: 'INV-27',
    what: 'an automatic cash receipt was taken back whole although nothing of its payment was cancelled',
    sql: `SELECT r.id FROM cash_receipts r JOIN payments p ON p.id = r.origin_payment_id
          JOIN cash_receipt_cancels c ON c.receipt_id = r.id AND c.origin_payment_cancel_id = r.id
          WHERE c.status <> 'FAILED' AND (c.amount <> r.amount OR p.cancelled_amount <= p.amount - r.amount)`,
  },
  {
    invariant: 'INV-8',
    what: 'an event of a cash receipt tells of a change that the state table does not allow',
    sql: `SELECT receipt_id AS id FROM cash_receipt_events WHERE from_status IS NOT NULL AND
          ((cancel_id IS NULL AND (from_status, to_status) NOT IN (${legal(RECEIPT_TRANSITIONS)})) OR
           (cancel_id IS NOT NULL AND (from_status, to_status) NOT IN (${legal(RECEIPT_CANCEL_TRANSITIONS)})))`,
  },
  {
    invariant: 'INV-8',
    what: 'the last event of a cash receipt is not its state',
    sql: `SELECT r.id FROM cash_receipts r LEFT JOIN cash_receipt_events e
            ON e.id = (SELECT MAX(id) FROM cash_receipt_events WHERE receipt_id = r.id AND cancel_id IS NULL)
          WHERE NOT (e.to_status <=> r.status)`,
  },
];

/** After a fault run has come to rest nothing may be left between states. */
export const SETTLED_RECEIPT_CHECKS = [
  {
    invariant: 'INV-27',
    what: 'what stands of the cash receipts of a payment is not what is left of it',
    sql: `SELECT w.payment_id AS id FROM cash_receipt_wishes w JOIN payments p ON p.id = w.payment_id
          JOIN cash_receipts r ON r.origin_payment_id = w.payment_id
          WHERE w.due_at IS NOT NULL
            AND NOT EXISTS (SELECT 1 FROM cash_receipts f WHERE f.origin_payment_id = w.payment_id
              AND f.replaced_by_id IS NULL AND f.status IN ('FAILED', 'UNCONFIRMED', 'IN_PROGRESS'))
            AND NOT EXISTS (SELECT 1 FROM cash_receipts o JOIN cash_receipt_cancels c ON c.receipt_id = o.id
              WHERE o.origin_payment_id = w.payment_id AND (c.status = 'UNCONFIRMED'
                OR (c.origin_payment_cancel_id IS NULL AND c.status = 'DONE')))
          GROUP BY w.payment_id, p.status, p.amount, p.cancelled_amount
          HAVING SUM(IF(r.status IN ('ISSUED', 'PARTIALLY_CANCELLED'), r.balance_amount, 0))
            <> IF(p.status = 'REVERSED', 0, p.amount - p.cancelled_amount)`,
  },
  {
    invariant: 'INV-26',
    what: 'a cash receipt or its cancel is still in progress',
    sql: `SELECT id FROM cash_receipts WHERE status = 'IN_PROGRESS' UNION ALL
          SELECT id FROM cash_receipt_cancels WHERE status = 'IN_PROGRESS'`,
  },
];

/** One line of a provider's own book. */
export interface BookedReceipt {
  readonly kind: 'issue' | 'cancel';
  /** Empty where the provider takes no number of ours: then only its own id names a receipt. */
  readonly acquirerOrderNo: string;
  readonly receiptId: string;
  readonly approvalNo: string;
  readonly originalApprovalNo: string | null;
  readonly amount: number;
}

/** What we believe of a number under which a receipt was asked for. */
export interface OurReceipt {
  readonly receiptId: string;
  readonly status: string;
  /** Whether it is the number that the receipt stands on; earlier ones were refused. */
  readonly current: boolean;
  readonly acquirerOrderNo: string;
  readonly providerReceiptId: string | null;
  readonly approvalNo: string | null;
  readonly amount: number;
  readonly cancelledAmount: number;
  readonly pendingAmount: number;
}

const OURS = /^R-[A-Za-z0-9_-]{22}$/;
const STOOD = new Set(['ISSUED', 'PARTIALLY_CANCELLED', 'CANCELLED']);
const BETWEEN = new Set(['IN_PROGRESS', 'UNCONFIRMED']);
const PAGE_MAX = 1_000_000;

/** All receipts and cancels that a provider has booked. Throws when they cannot be read: an unread book proves nothing. */
export async function readBookedReceipts(sandboxUrl: string, provider: string): Promise<BookedReceipt[]> {
  const book: BookedReceipt[] = [];
  let after = '';
  for (let page = 0; page < PAGE_MAX; page += 1) {
    const answer = await fetch(`${sandboxUrl}/__sandbox/cash-receipts?acquirer=${provider}${after}`);
    if (!answer.ok) throw new Error(`the cash receipts of ${provider} answered ${answer.status}`);
    const { data, nextCursor } = (await answer.json()) as {
      data: BookedReceipt[];
      nextCursor: string | null;
    };
    book.push(...data);
    if (nextCursor === null) return book;
    after = `&cursor=${encodeURIComponent(nextCursor)}`;
  }
  throw new Error('the cash receipts have no end');
}

export async function readOurReceipts(pool: SqlPool, provider: string): Promise<OurReceipt[]> {
  const rows = await pool.execute<Record<string, string | number | null>[]>(
    `SELECT r.id, r.status, r.approval_no, r.amount, r.cancelled_amount, r.pending_cancel_amount,
       r.provider_receipt_id, n.acquirer_order_no, n.acquirer_order_no = r.acquirer_order_no AS is_current
     FROM cash_receipts r JOIN (
       SELECT id AS receipt_id, acquirer_order_no FROM cash_receipts WHERE provider = ? UNION
       SELECT receipt_id, acquirer_order_no FROM cash_receipt_attempts WHERE provider = ? AND operation = 'ISSUE'
     ) n ON n.receipt_id = r.id`,
    [provider, provider],
  );
  return rows.map((row) => ({
    receiptId: row.id as string,
    status: row.status as string,
    current: Number(row.is_current) === 1,
    acquirerOrderNo: row.acquirer_order_no as string,
    providerReceiptId: row.provider_receipt_id as string | null,
    approvalNo: row.approval_no as string | null,
    amount: Number(row.amount),
    cancelledAmount: Number(row.cancelled_amount),
    pendingAmount: Number(row.pending_cancel_amount),
  }));
}

/** Compares both books, both ways. Pure. */
export function compareReceipts(book: readonly BookedReceipt[], ours: readonly OurReceipt[]): Violation[] {
  const issues = new Map<string, BookedReceipt[]>();
  const cancelled = new Map<string, number>();
  for (const line of book) {
    const { kind, originalApprovalNo: original, amount } = line;
    const number = line.acquirerOrderNo || line.receiptId;
    if (kind === 'issue') issues.set(number, [...(issues.get(number) ?? []), line]);
    else if (original !== null) cancelled.set(original, (cancelled.get(original) ?? 0) + amount);
  }
  const found = ours.flatMap((side) => {
    const nameless = side.current ? issues.get(side.providerReceiptId ?? '') : undefined;
    const lines = issues.get(side.acquirerOrderNo) ?? nameless ?? [];
    const wrong = compareOne(lines, side, (approvalNo) => cancelled.get(approvalNo) ?? 0);
    return wrong === null ? [] : [{ ...wrong, id: side.receiptId }];
  });
  const known = new Set(ours.map(({ acquirerOrderNo }) => acquirerOrderNo));
  for (const number of issues.keys()) {
    // What does not bear a number of ours was issued at the sandbox by somebody else.
    if (OURS.test(number) && !known.has(number))
      found.push({ invariant: 'INV-26', what: 'the provider issued what we have no attempt of', id: number });
  }
  return found;
}

function compareOne(
  lines: readonly BookedReceipt[],
  side: OurReceipt,
  cancelledThere: (approvalNo: string) => number,
): Omit<Violation, 'id'> | null {
  const wrong = (invariant: string, what: string) => ({ invariant, what });
  const [line] = lines;
  if (lines.length > 1) return wrong('INV-26', `the provider issued the receipt ${lines.length} times`);
  if (!side.current || (!STOOD.has(side.status) && !BETWEEN.has(side.status)))
    return line === undefined ? null : wrong('INV-26', `${side.status} here, yet issued there`);
  if (BETWEEN.has(side.status)) return null;
  if (line === undefined) return wrong('INV-26', `${side.status} here, unknown there`);
  if (line.approvalNo !== side.approvalNo)
    return wrong('INV-26', 'the provider knows the receipt under another approval number');
  if (line.amount !== side.amount)
    return wrong('INV-27', `a receipt of ${side.amount} here, of ${line.amount} there`);
  const there = cancelledThere(line.approvalNo);
  return there < side.cancelledAmount || there > side.cancelledAmount + side.pendingAmount
    ? wrong('INV-27', `a receipt cancelled by ${side.cancelledAmount} here, by ${there} there`)
    : null;
}
