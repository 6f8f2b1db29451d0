import type { AcquirerContext } from '../core/acquirer';
import { CardBook } from '../core/card-book';
import type { BookCard, BookPayment } from '../core/card-book.types';
import type { CardProfile } from '../core/cards';
import { Register } from '../core/register';
import { VirtualAccounts } from '../core/virtual-accounts';
import { compactTime } from './inicis.time';

/** What KG Inicis keeps of a payment besides what every book keeps. */
export interface InicisExtra {
  readonly goodName: string;
  readonly buyerName: string;
  readonly buyerTel: string;
  readonly buyerEmail: string;
  /** A card unless said. */
  readonly method?: 'BANK_TRANSFER' | 'VIRTUAL_ACCOUNT';
  /** The hash of the token under which a payer authenticated; only for payments that came from the window. */
  readonly session?: string;
}

export type InicisPayment = BookPayment<InicisExtra>;

/** A card behind a billing key: what it is and what it will do, never its number. */
export interface BilledCard {
  readonly mid: string;
  readonly card: BookCard;
  readonly profile: CardProfile;
}

export interface CashReceipt {
  readonly mid: string;
  readonly tid: string;
  readonly amount: number;
  readonly authNo: string;
  readonly atMs: number;
  readonly cancel: { readonly authNo: string; readonly atMs: number } | null;
}

/** Kinds of transaction ids, ten characters each. Only `INIAPICARD` has been seen; the others are ours. */
type TidKind =
  'INIAPICARD' | 'INIAPIVBNK' | 'INIAPIBILL' | 'INIAPICSHR' | 'StdpayCARD' | 'StdpayDBNK' | 'StdpayNOTI';

const SERIAL_DIGITS = 6;
const MID_AT = 10;
const MID_LENGTH = 10;

export class InicisBook extends CardBook<InicisExtra> {
  readonly accounts: VirtualAccounts;
  /** Who paid into an account, by its transaction id. */
  readonly depositors: Register<string>;
  /** By the hash of the billing key. */
  readonly billedCards: Register<BilledCard>;
  /** By transaction id, which each tells too. */
  readonly receipts: Register<CashReceipt>;
  /** How many of the registers' ids were made, so that none is made twice within a second. */
  private others = 0;

  constructor(private readonly acquirer: AcquirerContext) {
    super(acquirer);
    this.accounts = new VirtualAccounts(acquirer);
    this.depositors = new Register(acquirer, 'depositor');
    this.billedCards = new Register(acquirer, 'billed-card');
    this.receipts = new Register(acquirer, 'cash-receipt');
  }

  /** The time of the world, which signed timestamps follow; the book's own may have been moved for a test. */
  realNowMs(): number {
    return this.acquirer.clock.nowMs() - this.acquirer.clock.offsetMs;
  }

  /**
   * A transaction id of 40 characters: a kind of ten, the merchant id, the Korean time, six digits. The digits grow
   * with every payment, decline, cancel and entry of a register, so that no two of them share one within a second.
   */
  newTid(kind: TidKind, mid: string): string {
    const serial = (this.ledger.nextSeq + this.size + this.others) % 10 ** SERIAL_DIGITS;
    return `${kind}${mid}${compactTime(this.nowMs())}${String(serial).padStart(SERIAL_DIGITS, '0')}`;
  }

  keepCard(keyHash: string, card: BilledCard): void {
    this.others += 1;
    this.billedCards.put(keyHash, card);
  }

  keepReceipt(receipt: CashReceipt): void {
    this.others += 1;
    this.receipts.put(receipt.tid, receipt);
  }

  /** The payment of an order number: approved, or an account; a window that nobody confirmed is none. */
  visible(mid: string, payment: InicisPayment | undefined): InicisPayment | undefined {
    const isAccount = payment?.order.extra.method === 'VIRTUAL_ACCOUNT';
    return payment?.mid === mid && (payment.approval !== null || isAccount) ? payment : undefined;
  }

  /** What became of a window that a payer finished; undefined while its token is unused. */
  confirmed(mid: string, session: InicisPayment): InicisPayment | undefined {
    const { transactionId, acquirerOrderNo } = session.order;
    return this.byOrder(mid, acquirerOrderNo).find(({ order }) => order.extra.session === transactionId);
  }

  override restore(record: unknown): void {
    if (this.accounts.restore(record) || this.depositors.restore(record)) return;
    if (this.billedCards.restore(record) || this.receipts.restore(record)) {
      this.others += 1;
      return;
    }
    super.restore(record);
  }

  override forget(): void {
    super.forget();
    this.others = 0;
    this.accounts.forget();
    for (const register of [this.depositors, this.billedCards, this.receipts]) register.forget();
  }
}

/** The merchant id inside a transaction id, by which a stranger's payment is told from one that is not there. */
export function midOfTid(tid: string): string {
  return tid.slice(MID_AT, MID_AT + MID_LENGTH);
}
