import type { AcquirerContext } from '../core/acquirer';
import { CardBook } from '../core/card-book';
import type { BookPayment } from '../core/card-book.types';
import { compactTime } from './naverpay.time';

/** What NaverPay keeps of a payment besides what every book keeps. */
export interface NaverpayExtra {
  readonly productName: string;
  readonly merchantUserKey: string;
}

export type NaverpayPayment = BookPayment<NaverpayExtra>;

/** What a reservation said of the payment that a payer will then make. */
export interface Reservation {
  readonly reserveId: string;
  readonly merchantPayKey: string;
  readonly merchantUserKey: string;
  readonly productName: string;
  readonly totalPayAmount: number;
  readonly taxExScopeAmount: number;
}

/** The first answer under an idempotency key. */
export interface KeptAnswer {
  readonly scope: string;
  readonly body: string;
  readonly acquirerOrderNo: string;
  readonly atMs: number;
}

type OwnRecord =
  | { readonly kind: 'reserved'; readonly reservation: Reservation }
  | { readonly kind: 'answered'; readonly answer: KeptAnswer };

/** How long NaverPay keeps a key is not documented. */
const KEPT_MS = 15 * 24 * 60 * 60_000;
const SERIAL_DIGITS = 10;

export class NaverpayBook extends CardBook<NaverpayExtra> {
  private readonly reservations = new Map<string, Reservation>();
  private readonly answers = new Map<string, KeptAnswer>();
  /** Keys and payments of calls that have no answer yet. */
  private readonly running = new Set<string>();

  constructor(private readonly acquirer: AcquirerContext) {
    super(acquirer);
  }

  /** `20260102NP0000000001`: the Korean day, and digits that grow with every payment. */
  newPaymentId(): string {
    return this.idOfToday(this.size + 1);
  }

  /** Of the same form; digits apart from those of payments. */
  newHistoryId(): string {
    return this.idOfToday(9 * 10 ** (SERIAL_DIGITS - 1) + this.ledger.nextSeq);
  }

  reserve(reservation: Reservation): void {
    this.commitOwn({ kind: 'reserved', reservation });
  }

  reservationOf(merchantPayKey: string): Reservation | undefined {
    return this.reservations.get(merchantPayKey);
  }

  /** False where a call under this name is still running. */
  begin(name: string): boolean {
    if (this.running.has(name)) return false;
    this.running.add(name);
    return true;
  }

  end(name: string): void {
    this.running.delete(name);
  }

  isRunning(name: string): boolean {
    return this.running.has(name);
  }

  earlierAnswer(scope: string): KeptAnswer | undefined {
    const kept = this.answers.get(scope);
    return kept && this.nowMs() - kept.atMs < KEPT_MS ? kept : undefined;
  }

  keep(answer: KeptAnswer): void {
    this.commitOwn({ kind: 'answered', answer });
  }

  override restore(record: unknown): void {
    if (isOwn(record)) this.applyOwn(record);
    else super.restore(record);
  }

  override forget(): void {
    super.forget();
    this.reservations.clear();
    this.answers.clear();
    this.running.clear();
  }

  private commitOwn(record: OwnRecord): void {
    this.acquirer.journal.append(record);
    this.applyOwn(record);
  }

  private applyOwn(record: OwnRecord): void {
    if (record.kind === 'reserved') {
      this.reservations.set(record.reservation.merchantPayKey, record.reservation);
    } else this.answers.set(record.answer.scope, record.answer);
  }

  private idOfToday(serial: number): string {
    return `${compactTime(this.nowMs()).slice(0, 8)}NP${String(serial).padStart(SERIAL_DIGITS, '0')}`;
  }
}

function isOwn(record: unknown): record is OwnRecord {
  if (typeof record !== 'object' || record === null || !('kind' in record)) return false;
  return record.kind === 'reserved' || record.kind === 'answered';
}
