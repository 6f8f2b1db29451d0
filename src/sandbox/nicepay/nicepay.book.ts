import type { AcquirerContext } from '../core/acquirer';
import { balanceOf, CardBook, cancelPlayNow } from '../core/card-book';
import type { BookCancel, BookCard, BookPayment } from '../core/card-book.types';
import type { CardProfile } from '../core/cards';
import { Register } from '../core/register';
import { VirtualAccounts } from '../core/virtual-accounts';
import { compactDay, tidTime } from './nicepay.time';

/** What only NICEPAY keeps of a payment. */
export interface NicepayExtra {
  /** By which interface it came: those of the new API have its webhooks. */
  readonly via: 'LEGACY_KEY_IN' | 'LEGACY_ACCOUNT' | 'WINDOW' | 'BILLING';
  /** By what else than a card it is paid. */
  readonly account?: AccountPart;
  /** The bank of a transfer in the window. */
  readonly bankCode?: string;
  readonly goodsName: string;
  readonly interestFree: boolean;
  readonly buyerName: string | null;
  readonly buyerTel: string | null;
  readonly buyerEmail: string | null;
  readonly mallReserved: string | null;
}

/** The virtual account that a payment waits for. */
export interface AccountPart {
  readonly bankCode: string;
  readonly accountNumber: string;
  readonly holder: string;
  readonly dueAtMs: number;
}

/** A card behind a billing key: what it plays, never its number. */
export interface BillingKey {
  readonly mid: string;
  readonly card: BookCard;
  readonly profile: CardProfile;
  readonly isDeleted: boolean;
}

/** A cash receipt, by its TID; not for whom. */
export interface Receipt {
  readonly mid: string;
  readonly tid: string;
  readonly orderId: string;
  readonly amount: number;
  readonly approvedAtMs: number;
  readonly approveNo: string;
  readonly cancels: readonly ReceiptCancel[];
}

export interface ReceiptCancel {
  readonly orderId: string;
  readonly amount: number;
  readonly atMs: number;
  readonly approveNo: string;
}

export type NicepayPayment = BookPayment<NicepayExtra>;
export type NicepayStatus = 'paid' | 'ready' | 'failed' | 'cancelled' | 'partialCancelled' | 'expired';

/** The MID inside TIDs that NICEPAY itself makes up; it is not the merchant's (manual, sample TIDs). */
const OWN_MID = 'UT0000000m';
const TID_SERIALS = 10_000;
const DAY_MS = 86_400_000;
/** A card within a year, a deposit within 180 days (manual, "취소·환불"). */
const CANCEL_WITHIN_DAYS = { card: 365, account: 180 };

/** One book for both APIs: a payment keyed in by the legacy webapi can be found by the new one (unconfirmed). */
export class NicepayBook extends CardBook<NicepayExtra> {
  readonly accounts: VirtualAccounts;
  readonly billingKeys: Register<BillingKey>;
  readonly receipts: Register<Receipt>;
  private serial = 0;

  constructor(context: AcquirerContext) {
    super(context);
    this.accounts = new VirtualAccounts(context);
    this.billingKeys = new Register(context, 'billing-key');
    this.receipts = new Register(context, 'receipt');
  }

  override restore(record: unknown): void {
    const isKept =
      this.accounts.restore(record) || this.billingKeys.restore(record) || this.receipts.restore(record);
    if (!isKept) super.restore(record);
  }

  override forget(): void {
    super.forget();
    this.accounts.forget();
    this.billingKeys.forget();
    this.receipts.forget();
  }

  /**
   * MID + kind + yyMMddHHmmss + four digits. Kind: method (01 card, 02 bank, 03 account, 04 receipt) and medium (01 a
   * payment, 10 a partial cancel, 16 billing).
   */
  newTid(kind: string, mid = OWN_MID): string {
    this.serial += 1;
    const serial = (this.size + this.ledger.nextSeq + this.serial) % TID_SERIALS;
    return `${mid}${kind}${tidTime(this.nowMs())}${String(serial).padStart(4, '0')}`;
  }

  /** Takes an account back that nobody has paid into: no money moved, so the ledger says nothing of it. */
  closeAccount(payment: NicepayPayment, reason: string): void {
    const { transactionId } = payment.order;
    const account = this.accounts.byTransaction(transactionId);
    if (account !== undefined) this.accounts.moveTo(account, 'CLOSED');
    this.fail(payment.mid ?? '', transactionId, { code: '2001', message: reason });
  }

  isTidUsed(mid: string, tid: string): boolean {
    return this.byTransaction(mid, tid) !== undefined;
  }

  /** Books a cancel. A partial one has a TID of its own, a full one that of the payment. */
  bookCancel(
    payment: NicepayPayment,
    cancel: { amount: number; taxFreeAmount: number; reason: string; requestNo?: string; partial: boolean },
  ): BookCancel {
    const { transactionId } = payment.order;
    const { partial, ...rest } = cancel;
    const movementId = partial
      ? this.newTid(`${transactionId.slice(10, 12)}10`, transactionId.slice(0, 10))
      : transactionId;
    return this.cancel(payment, { ...rest, movementId });
  }

  playOfCancel(payment: NicepayPayment): 'plain' | 'silent' | 'refused' {
    return cancelPlayNow(this, payment);
  }

  isTooOldToCancel(payment: NicepayPayment): boolean {
    const days = payment.order.extra.account ? CANCEL_WITHIN_DAYS.account : CANCEL_WITHIN_DAYS.card;
    return this.nowMs() - (payment.approval?.atMs ?? 0) > days * DAY_MS;
  }
}

/** After several partial cancels of everything it stays partialCancelled, with nothing left (unconfirmed). */
export function statusOf(payment: NicepayPayment, nowMs: number): NicepayStatus {
  const { account } = payment.order.extra;
  if (payment.failure) return account ? 'cancelled' : 'failed';
  if (!payment.approval) return account && nowMs > account.dueAtMs ? 'expired' : 'ready';
  const [first] = payment.cancels;
  if (first === undefined) return 'paid';
  return first.amount === payment.order.amount ? 'cancelled' : 'partialCancelled';
}

/** When an account was taken back before anybody paid into it; undefined where it was not. */
export function closedAt(payment: NicepayPayment): number | undefined {
  return payment.order.extra.account ? payment.failure?.atMs : undefined;
}

export function isFullyCancelled(payment: NicepayPayment): boolean {
  return payment.approval !== null && balanceOf(payment) === 0;
}

/** A cancel whose number has been taken before: partial cancels need a fresh one each. */
export function isCancelNoUsed(payment: NicepayPayment, requestNo: string): boolean {
  return payment.cancels.some((cancel) => cancel.requestNo === requestNo);
}

/** The day under which an order is found. */
export function orderDayOf(payment: NicepayPayment): string {
  return compactDay(payment.order.requestedAtMs);
}
