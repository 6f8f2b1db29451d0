import { randomBytes } from 'node:crypto';
import type { AcquirerContext } from '../core/acquirer';
import { Ledger, type LedgerEntry } from '../core/ledger';
import { Register } from '../core/register';
import { Settlements } from '../core/settlements';
import { Discrepancies } from '../core/discrepancies';
import { VirtualAccounts } from '../core/virtual-accounts';
import { IdempotencyStore } from './toss.idempotency';
import { compactTime } from './toss.time';
import { CONFIRM_WITHIN_MS, isExpired, type TossPayment } from './toss.payment';
import { TossWebhooks } from './toss.webhooks';
import {
  isTossRecord,
  type TossBillingKey,
  type TossCashReceipt,
  type TossApproval,
  type TossCancel,
  type TossOrder,
  type TossRecord,
} from './toss.records';

/** What the sandbox's TossPayments takes, and after how many days it pays. Every contract's own in reality. */
/** The rate that the gateway's own default policies reckon for a merchant of no tier. */
const TERMS = { feePpm: 23_000, payoutAfterDays: 3 };
const NO_CANCELS: readonly never[] = [];
/** Sessions that no contract has confirmed yet belong to nobody. */
const UNCLAIMED = '';
const SEQ_DIGITS = 9;
const TRANSACTION_KEY_LENGTH = 32;

/**
 * The sandbox's TossPayments: its payments, its ledger and its idempotency keys. They change only by a record, the
 * same way when it happens and when the journal is read back, so that what is rebuilt is what there was.
 */
export class TossBook {
  readonly ledger = new Ledger();
  /** What lists are made to say. */
  readonly discrepancies = new Discrepancies();
  readonly idempotency = new IdempotencyStore();
  readonly accounts: VirtualAccounts;
  readonly billingKeys: Register<TossBillingKey>;
  readonly receipts: Register<TossCashReceipt>;
  readonly settlements: Settlements;
  private readonly payments = new Map<string, TossPayment>();
  private readonly orders = new Map<string, Map<string, TossPayment>>();

  private readonly webhooks: TossWebhooks;
  /** What is kept beside the payments. */
  private readonly registers: readonly Pick<Register<unknown>, 'restore' | 'forget'>[];

  constructor(private readonly context: AcquirerContext) {
    this.webhooks = new TossWebhooks(context);
    this.accounts = new VirtualAccounts(context);
    this.billingKeys = new Register(context, 'billing-key');
    this.receipts = new Register(context, 'cash-receipt');
    this.settlements = new Settlements(context, this.ledger, TERMS);
    this.registers = [this.accounts, this.billingKeys, this.receipts, this.settlements];
  }

  nowMs(): number {
    return this.context.clock.nowMs();
  }

  get timeScale(): number {
    return this.context.timeScale;
  }

  /** Writes the record to the journal and carries it out. The answer must wait for the journal's barrier. */
  commit(record: TossRecord): void {
    this.context.journal.append(record);
    this.apply(record);
    if (record.kind === 'session') this.watchExpiry(record.order.paymentKey);
    else this.webhooks.changedBy(record, this.paymentOf(record));
  }

  restore(record: unknown): void {
    if (this.registers.some((register) => register.restore(record))) return;
    if (!isTossRecord(record)) {
      throw new Error(
        `The toss journal holds a record of an unknown kind: ${JSON.stringify(record).slice(0, 120)}`,
      );
    }
    this.apply(record);
  }

  forget(): void {
    this.discrepancies.clear();
    this.ledger.clear();
    this.idempotency.clear();
    this.payments.clear();
    this.orders.clear();
    for (const register of this.registers) register.forget();
  }

  /** A payment of this contract, or one that nobody has confirmed yet. */
  byKey(mid: string, paymentKey: string): TossPayment | undefined {
    const payment = this.payments.get(paymentKey);
    const seen = payment && (payment.mid === mid || payment.mid === null) ? payment : undefined;
    if (seen) this.noticeExpiry(seen);
    return seen;
  }

  byOrder(mid: string, orderId: string): TossPayment | undefined {
    const unclaimed = this.orders.get(UNCLAIMED)?.get(orderId);
    const seen = this.orders.get(mid)?.get(orderId) ?? (unclaimed?.mid === null ? unclaimed : undefined);
    if (seen) this.noticeExpiry(seen);
    return seen;
  }

  /** True where this order number was approved once or has an account, even if it was cancelled since. */
  isOrderUsed(mid: string, orderId: string): boolean {
    const payment = this.orders.get(mid)?.get(orderId);
    return payment !== undefined && (payment.approval !== null || payment.account !== undefined);
  }

  newPaymentKey(nowMs: number): string {
    const serial = this.payments.size.toString(36).padStart(5, '0');
    return `tk_${compactTime(nowMs)}${serial}${randomBytes(3).toString('hex')}`;
  }

  newApproval(): TossApproval {
    const serial = this.ledger.nextSeq;
    const approveNo = String(30_000_000 + (serial % 70_000_000));
    return { atMs: this.nowMs(), transactionKey: this.newTransactionKey(), approveNo };
  }

  /** Begins with the number of its ledger entry, so that no two are equal. */
  newTransactionKey(): string {
    const serial = this.ledger.nextSeq.toString(36).padStart(SEQ_DIGITS, '0');
    const filler = randomBytes(12).toString('hex');
    return `${serial}${filler}`.slice(0, TRANSACTION_KEY_LENGTH).toUpperCase();
  }

  /** What a contract moved, as its list tells it. */
  listed(mid: string): LedgerEntry[] {
    const entries = this.ledger.page({ accept: (entry) => entry.mid === mid }, 0, Infinity);
    return this.discrepancies.entries(
      'MOVEMENTS',
      mid,
      entries.map(({ entry }) => entry),
    );
  }

  private paymentOf(record: Exclude<TossRecord, { kind: 'session' }>): TossPayment | undefined {
    if (record.kind === 'answer') return undefined;
    return this.payments.get('order' in record ? record.order.paymentKey : record.paymentKey);
  }

  /** Expiry is nobody's doing: it is noticed when its time is over, or by the next look where the clock was moved. */
  private watchExpiry(paymentKey: string): void {
    const payment = this.known(paymentKey);
    setTimeout(() => {
      if (this.payments.get(paymentKey) === payment) this.noticeExpiry(payment);
    }, CONFIRM_WITHIN_MS + 1).unref();
  }

  private noticeExpiry(payment: TossPayment): void {
    if (isExpired(payment, this.nowMs())) this.webhooks.expired(payment);
  }

  private apply(record: TossRecord): void {
    switch (record.kind) {
      case 'session':
        this.open(record.order, UNCLAIMED, { mid: null, profile: record.profile });
        return;
      case 'approval': {
        const payment = this.open(record.order, record.mid, { mid: record.mid });
        this.approve(payment, record.mid, record.approval);
        this.idempotency.keep(record.mark, payment);
        return;
      }
      case 'confirmation': {
        const payment = this.claim(record.paymentKey, record.mid);
        this.approve(payment, record.mid, record.approval);
        this.idempotency.keep(record.mark, payment);
        return;
      }
      case 'abort':
        this.claim(record.paymentKey, record.mid).failure = record.failure;
        this.idempotency.keep(record.mark);
        return;
      case 'issue': {
        const { paymentKey } = record.order;
        if (!this.payments.has(paymentKey)) this.open(record.order, record.mid, { mid: record.mid });
        this.claim(paymentKey, record.mid).account = record.account;
        this.idempotency.keep(record.mark);
        return;
      }
      case 'deposit': {
        const payment = this.known(record.paymentKey);
        payment.depositor = record.depositor;
        this.approve(payment, payment.mid ?? UNCLAIMED, record.approval);
        return;
      }
      case 'cancel':
        this.cancel(record);
        return;
      case 'answer':
        this.idempotency.keep(record.mark);
        return;
    }
  }

  private open(order: TossOrder, owner: string, rest: Pick<TossPayment, 'mid' | 'profile'>): TossPayment {
    const payment = { order, approval: null, failure: null, cancels: NO_CANCELS, ...rest };
    this.payments.set(order.paymentKey, payment);
    this.ordersOf(owner).set(order.orderId, payment);
    return payment;
  }

  private claim(paymentKey: string, mid: string): TossPayment {
    const payment = this.known(paymentKey);
    payment.mid = mid;
    this.ordersOf(mid).set(payment.order.orderId, payment);
    return payment;
  }

  private approve(payment: TossPayment, mid: string, approval: TossApproval): void {
    payment.approval = approval;
    this.ledger.add({
      kind: 'approval',
      acquirerOrderNo: payment.order.orderId,
      acquirerTransactionId: payment.order.paymentKey,
      movementId: approval.transactionKey,
      mid,
      amount: payment.order.amount,
      atMs: approval.atMs,
    });
  }

  private cancel(record: Extract<TossRecord, { kind: 'cancel' }>): void {
    const payment = this.known(record.paymentKey);
    payment.cancels = [...payment.cancels, record.cancel];
    // Closing an account that nobody has paid into moves no money.
    if (payment.approval !== null) this.bookCancel(payment, record.cancel);
    this.idempotency.keep(record.mark, payment);
  }

  private bookCancel(payment: TossPayment, cancel: TossCancel): void {
    this.ledger.add({
      kind: 'cancel',
      acquirerOrderNo: payment.order.orderId,
      acquirerTransactionId: payment.order.paymentKey,
      movementId: cancel.transactionKey,
      mid: payment.mid ?? UNCLAIMED,
      amount: cancel.amount,
      atMs: cancel.atMs,
    });
  }

  private known(paymentKey: string): TossPayment {
    const payment = this.payments.get(paymentKey);
    if (!payment) throw new Error(`The toss journal names the payment ${paymentKey} before it begins.`);
    return payment;
  }

  private ordersOf(owner: string): Map<string, TossPayment> {
    let orders = this.orders.get(owner);
    if (!orders) {
      orders = new Map();
      this.orders.set(owner, orders);
    }
    return orders;
  }
}
