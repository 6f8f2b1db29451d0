import { randomInt } from 'node:crypto';
import { koreanTime } from '../../common/time/korean-time';
import type { AcquirerContext } from '../core/acquirer';
import { CardBook } from '../core/card-book';
import type { BookPayment } from '../core/card-book.types';
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

/** Everything that PortOne keeps: payments, amounts registered beforehand, access tokens. */
export class PortoneBooks {
  readonly payments: CardBook<PortoneExtra>;
  readonly tokens: PortoneTokens;
  private readonly prepared = new Map<string, PreparedRecord>();

  constructor(readonly context: AcquirerContext) {
    this.payments = new CardBook(context);
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
    if (isPrepared(record)) this.apply(record);
    else this.payments.restore(record);
  }

  forget(): void {
    this.payments.forget();
    this.prepared.clear();
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
