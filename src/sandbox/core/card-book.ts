import { randomBytes } from 'node:crypto';
import type { AcquirerContext } from './acquirer';
import type {
  BookApproval,
  BookCancel,
  BookCard,
  BookOrder,
  BookPayment,
  BookRecord,
} from './card-book.types';
import { RECORD_KINDS } from './card-book.types';
import { CANCEL_REFUSED_FOR_MS, type CardProfile } from './cards';
import { Discrepancies } from './discrepancies';
import { Ledger } from './ledger';

/**
 * Payments, their cancels and the ledger of one acquirer of the sandbox. It changes only by a record, in the same way
 * when it happens and when the journal is read back. Each acquirer says what it shows of them in its own words.
 */
export class CardBook<Extra> {
  readonly ledger = new Ledger();
  /** What lists and inquiries are made to say. */
  readonly discrepancies = new Discrepancies();
  private readonly payments = new Map<string, BookPayment<Extra>>();
  private readonly orders = new Map<string, BookPayment<Extra>[]>();

  constructor(private readonly context: AcquirerContext) {}

  nowMs(): number {
    return this.context.clock.nowMs();
  }

  get timeScale(): number {
    return this.context.timeScale;
  }

  get size(): number {
    return this.payments.size;
  }

  /** A payment of this contract, or one that nobody has confirmed yet. */
  byTransaction(mid: string, transactionId: string): BookPayment<Extra> | undefined {
    const payment = this.payments.get(transactionId);
    return payment && (payment.mid === mid || payment.mid === null) ? payment : undefined;
  }

  /** All payments of this order number that this contract can see, the oldest first. */
  byOrder(mid: string, acquirerOrderNo: string): readonly BookPayment<Extra>[] {
    const all = this.orders.get(acquirerOrderNo) ?? [];
    return all.filter((payment) => payment.mid === mid || payment.mid === null);
  }

  /** The one that counts: approved if any is, else the latest. */
  latestByOrder(mid: string, acquirerOrderNo: string): BookPayment<Extra> | undefined {
    const all = this.byOrder(mid, acquirerOrderNo);
    return all.find(({ approval }) => approval !== null) ?? all.at(-1);
  }

  /** Whether this order number was approved once, even if it was cancelled since. */
  isOrderUsed(mid: string, acquirerOrderNo: string): boolean {
    return this.byOrder(mid, acquirerOrderNo).some(
      (payment) => payment.mid === mid && payment.approval !== null,
    );
  }

  /** Every payment of a contract, the newest first. */
  *all(mid: string): Generator<BookPayment<Extra>> {
    for (const payment of [...this.payments.values()].reverse()) if (payment.mid === mid) yield payment;
  }

  open(mid: string | null, order: BookOrder<Extra>, profile: CardProfile | null): BookPayment<Extra> {
    this.commit({ kind: 'opened', mid, order, profile });
    return this.known(order.transactionId);
  }

  /** Books an approval. `order` for a payment that the book has not seen before. */
  approve(mid: string, payment: BookOrder<Extra> | string): BookPayment<Extra> {
    const [transactionId, order] = typeof payment === 'string' ? [payment] : [payment.transactionId, payment];
    this.commit({ kind: 'approved', mid, transactionId, order, approval: this.newApproval() });
    return this.known(transactionId);
  }

  fail(
    mid: string,
    payment: BookOrder<Extra> | string,
    failure: { readonly code: string; readonly message: string },
  ): BookPayment<Extra> {
    const [transactionId, order] = typeof payment === 'string' ? [payment] : [payment.transactionId, payment];
    this.commit({ kind: 'failed', mid, transactionId, order, failure: { atMs: this.nowMs(), ...failure } });
    return this.known(transactionId);
  }

  /** Books a cancel; the caller has checked that it is allowed. */
  cancel(
    payment: BookPayment<Extra>,
    cancel: {
      readonly amount: number;
      readonly taxFreeAmount?: number;
      readonly reason: string;
      readonly movementId?: string;
      readonly requestNo?: string;
    },
  ): BookCancel {
    const record: BookCancel = {
      atMs: this.nowMs(),
      movementId: cancel.movementId ?? newMovementId(),
      amount: cancel.amount,
      taxFreeAmount: cancel.taxFreeAmount ?? 0,
      reason: cancel.reason,
      ...(cancel.requestNo === undefined ? {} : { requestNo: cancel.requestNo }),
    };
    this.commit({ kind: 'cancelled', transactionId: payment.order.transactionId, cancel: record });
    return record;
  }

  restore(record: unknown): void {
    if (
      typeof record !== 'object' ||
      record === null ||
      !('kind' in record) ||
      !RECORD_KINDS.includes(String(record.kind))
    ) {
      throw new Error(
        `The journal holds a record of an unknown kind: ${JSON.stringify(record).slice(0, 120)}`,
      );
    }
    this.apply(record as BookRecord<Extra>);
  }

  forget(): void {
    this.discrepancies.clear();
    this.ledger.clear();
    this.payments.clear();
    this.orders.clear();
  }

  private commit(record: BookRecord<Extra>): void {
    this.context.journal.append(record);
    this.apply(record);
  }

  private apply(record: BookRecord<Extra>): void {
    switch (record.kind) {
      case 'opened':
        this.add(record.order, record.mid, record.profile);
        return;
      case 'approved': {
        const payment = this.claim(record);
        payment.approval = record.approval;
        this.ledger.add({
          kind: 'approval',
          ...this.entry(payment, record.approval),
          amount: payment.order.amount,
        });
        return;
      }
      case 'failed':
        this.claim(record).failure = record.failure;
        return;
      case 'cancelled': {
        const payment = this.known(record.transactionId);
        payment.cancels = [...payment.cancels, record.cancel];
        this.ledger.add({
          kind: 'cancel',
          ...this.entry(payment, record.cancel),
          amount: record.cancel.amount,
        });
        return;
      }
    }
  }

  private entry(
    payment: BookPayment<Extra>,
    movement: { readonly atMs: number; readonly movementId: string },
  ) {
    const { atMs, movementId } = movement;
    const { acquirerOrderNo, transactionId } = payment.order;
    return {
      acquirerOrderNo,
      acquirerTransactionId: transactionId,
      movementId,
      mid: payment.mid ?? '',
      atMs,
    };
  }

  private claim(record: {
    readonly mid: string;
    readonly transactionId: string;
    readonly order?: BookOrder<Extra>;
  }): BookPayment<Extra> {
    const payment = record.order
      ? this.add(record.order, record.mid, null)
      : this.known(record.transactionId);
    payment.mid = record.mid;
    return payment;
  }

  private add(order: BookOrder<Extra>, mid: string | null, profile: CardProfile | null): BookPayment<Extra> {
    const payment: BookPayment<Extra> = { order, mid, profile, approval: null, failure: null, cancels: [] };
    this.payments.set(order.transactionId, payment);
    const known = this.orders.get(order.acquirerOrderNo);
    if (known) known.push(payment);
    else this.orders.set(order.acquirerOrderNo, [payment]);
    return payment;
  }

  private known(transactionId: string): BookPayment<Extra> {
    const payment = this.payments.get(transactionId);
    if (!payment) throw new Error(`The journal names the payment ${transactionId} before it begins.`);
    return payment;
  }

  private newApproval(): BookApproval {
    const approvalNo = String(30_000_000 + (this.ledger.nextSeq % 70_000_000));
    return { atMs: this.nowMs(), approvalNo, movementId: newMovementId() };
  }
}

export function bookCard(cardNumber: string, profile: CardProfile): BookCard {
  return {
    first8: cardNumber.slice(0, 8),
    last4: cardNumber.slice(-4),
    length: cardNumber.length,
    issuer: profile.issuer,
    check: profile.check,
    corporate: profile.corporate,
  };
}

export function balanceOf(payment: BookPayment<unknown>): number {
  return payment.cancels.reduce((left, { amount }) => left - amount, payment.order.amount);
}

/** Won of tax-free value that is left. */
export function taxFreeLeft(payment: BookPayment<unknown>): number {
  return payment.cancels.reduce(
    (left, { taxFreeAmount }) => left - taxFreeAmount,
    payment.order.taxFreeAmount,
  );
}

/** What the payment's test card does to a cancel now. */
export function cancelPlayNow(
  book: { nowMs(): number; readonly timeScale: number },
  payment: BookPayment<unknown>,
): 'plain' | 'silent' | 'refused' {
  const { cancelPlay } = payment.order;
  if (cancelPlay === 'first-cancel-silent' && payment.cancels.length === 0) return 'silent';
  const sinceMs = book.nowMs() - (payment.approval?.atMs ?? 0);
  const refusedForMs = CANCEL_REFUSED_FOR_MS * book.timeScale;
  return cancelPlay === 'cancel-refused-at-first' && sinceMs < refusedForMs ? 'refused' : 'plain';
}

function newMovementId(): string {
  return randomBytes(12).toString('hex').toUpperCase();
}
