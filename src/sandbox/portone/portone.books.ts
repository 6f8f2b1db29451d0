import { randomInt } from 'node:crypto';
import { koreanTime } from '../../common/time/korean-time';
import type { AcquirerContext } from '../core/acquirer';
import { CardBook } from '../core/card-book';
import type { BookCard, BookPayment } from '../core/card-book.types';
import type { CardProfile } from '../core/cards';
import { Register } from '../core/register';
import { VirtualAccounts } from '../core/virtual-accounts';
import { PortoneTokens } from './portone.tokens';

/** What only PortOne knows of a payment. */
export interface PortoneExtra {
  readonly name: string | null;
  readonly buyerName: string | null;
  readonly buyerEmail: string | null;
  readonly buyerTel: string | null;
  readonly customData: string | null;
  readonly payMethod: string;
  readonly channel: 'pc' | 'api';
  /** `{provider}.{mid}` */
  readonly pg: string;
  readonly pgTid: string;
  /** The console's choice for webhooks about this payment. */
  readonly webhookAs: 'json' | 'form';
  /** Of a virtual account. */
  readonly account?: AccountPart;
  /** Of a charge to a stored card. */
  readonly customerUid?: string;
}

export interface AccountPart {
  readonly bankCode: string;
  readonly accountNumber: string;
  readonly holder: string | null;
  readonly dueAtMs: number;
}

/** A card that is stored under the shop's name for it. Not its number. */
export interface PortoneCustomer {
  readonly mid: string;
  readonly customerUid: string;
  readonly card: BookCard;
  readonly profile: CardProfile;
  readonly name: string | null;
  readonly tel: string | null;
  readonly email: string | null;
  readonly insertedAtMs: number;
  readonly updatedAtMs: number;
  readonly isRemoved: boolean;
}

/** Not whom it is for. */
export interface PortoneReceipt {
  readonly mid: string;
  readonly merchantUid: string;
  readonly type: 'person' | 'company';
  readonly amount: number;
  readonly vat: number;
  readonly applyNum: string;
  readonly appliedAtMs: number;
  readonly cancelledAtMs: number | null;
}

export type PortonePayment = BookPayment<PortoneExtra>;

interface PreparedRecord {
  readonly kind: 'prepared';
  readonly mid: string;
  readonly merchantUid: string;
  readonly amount: number;
}

/** The schema's length of a `merchant_uid`; Smartro cuts what is longer without a word (support "pg" pages). */
const MERCHANT_UID_MAX = 40;

/** Everything that PortOne keeps: payments and their accounts, prepared amounts, stored cards, receipts, tokens. */
export class PortoneBooks {
  readonly payments: CardBook<PortoneExtra>;
  readonly tokens: PortoneTokens;
  readonly accounts: VirtualAccounts;
  private readonly customers: Register<PortoneCustomer>;
  private readonly receipts: Register<PortoneReceipt>;
  private readonly registers: readonly Pick<Register<unknown>, 'restore' | 'forget'>[];
  private readonly prepared = new Map<string, PreparedRecord>();

  constructor(readonly context: AcquirerContext) {
    this.payments = new CardBook(context);
    this.accounts = new VirtualAccounts(context);
    this.customers = new Register(context, 'customer');
    this.receipts = new Register(context, 'cash-receipt');
    this.registers = [this.accounts, this.customers, this.receipts];
    this.tokens = new PortoneTokens(() => context.clock.nowMs() - context.clock.offsetMs);
  }

  nowMs(): number {
    return this.context.clock.nowMs();
  }

  prepare(mid: string, merchantUid: string, amount: number): void {
    const record: PreparedRecord = { kind: 'prepared', mid, merchantUid, amount };
    this.context.journal.append(record);
    this.apply(record);
  }

  preparedAmount(mid: string, merchantUid: string): number | undefined {
    return this.prepared.get(keyOf(mid, merchantUid))?.amount;
  }

  restore(record: unknown): void {
    if (this.registers.some((register) => register.restore(record))) return;
    if (isPrepared(record)) this.apply(record);
    else this.payments.restore(record);
  }

  forget(): void {
    this.payments.forget();
    this.prepared.clear();
    for (const register of this.registers) register.forget();
  }

  /** Undefined where it was removed, too. */
  customer(mid: string, customerUid: string): PortoneCustomer | undefined {
    const found = this.customers.get(keyOf(mid, customerUid));
    return found?.isRemoved ? undefined : found;
  }

  keepCustomer(customer: PortoneCustomer): PortoneCustomer {
    return this.customers.put(keyOf(customer.mid, customer.customerUid), customer);
  }

  receipt(mid: string, merchantUid: string): PortoneReceipt | undefined {
    return this.receipts.get(keyOf(mid, merchantUid));
  }

  keepReceipt(receipt: PortoneReceipt): PortoneReceipt {
    return this.receipts.put(keyOf(receipt.mid, receipt.merchantUid), receipt);
  }

  allReceipts(): PortoneReceipt[] {
    return [...this.receipts.values()];
  }

  /** Nine digits, as the tax office's numbers are. */
  newReceiptNo(): string {
    return String(100_000_001 + (this.receipts.size % 800_000_000));
  }

  newImpUid(mid: string): string {
    for (;;) {
      const id = `imp_${String(this.payments.size).padStart(7, '0')}${String(randomInt(100_000)).padStart(5, '0')}`;
      if (!this.payments.byTransaction(mid, id)) return id;
    }
  }

  /** The provider's transaction id: thirty characters, as NICEPAY builds them. */
  newPgTid(pg: string): string {
    const mid = (pg.split('.')[1] ?? pg).slice(0, 9).padEnd(9, '0');
    const time = koreanTime(new Date(this.nowMs())).replace(/\D/g, '').slice(2, 14);
    return `${mid}m0101${time}${String(randomInt(10_000)).padStart(4, '0')}`;
  }

  private apply(record: PreparedRecord): void {
    this.prepared.set(keyOf(record.mid, record.merchantUid), record);
  }
}

export function cutMerchantUid(merchantUid: string, max = MERCHANT_UID_MAX): string {
  return merchantUid.slice(0, Math.min(max, MERCHANT_UID_MAX));
}

function keyOf(mid: string, merchantUid: string): string {
  return `${mid} ${merchantUid}`;
}

function isPrepared(record: unknown): record is PreparedRecord {
  return typeof record === 'object' && record !== null && 'kind' in record && record.kind === 'prepared';
}
