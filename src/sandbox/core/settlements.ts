import { addDays, koreanDay } from '../../common/time/korean-time';
import type { AcquirerContext } from './acquirer';
import type { Ledger, LedgerEntry, NumberedEntry } from './ledger';
import { Register } from './register';

const PPM = 1_000_000;

/** What an acquirer takes, and when it pays. */
export interface SettlementTerms {
  /** Share of the amount in millionths, cut down to whole won; VAT is a tenth of it. */
  readonly feePpm: number;
  /** Calendar days until the payout; a Saturday or Sunday moves it to Monday. */
  readonly payoutAfterDays: number;
}

export interface SettlementLine {
  readonly seq: number;
  readonly entry: LedgerEntry;
  /** Won; negative for a cancel, as are `vat` and `net`. */
  readonly fee: number;
  readonly vat: number;
  readonly net: number;
  /** Korean days. */
  readonly capturedDay: string;
  readonly payoutDay: string;
}

interface SettledDay {
  readonly day: string;
  /** The last ledger entry that the list may hold. */
  readonly untilSeq: number;
}

/** The settlement lists of one acquirer: a day has one once somebody has asked for it, and it does not change after. */
export class Settlements {
  private readonly days: Register<SettledDay>;

  constructor(
    context: Pick<AcquirerContext, 'journal'>,
    private readonly ledger: Ledger,
    private readonly terms: SettlementTerms,
  ) {
    this.days = new Register(context, 'settled-day');
  }

  /** Makes the list of a day, unless it is there already; answers how many lines it has. */
  settle(day: string): number {
    if (this.days.get(day) === undefined) this.days.put(day, { day, untilSeq: this.ledger.nextSeq - 1 });
    return this.lines((line) => line.capturedDay === day).length;
  }

  isSettled(day: string): boolean {
    return this.days.get(day) !== undefined;
  }

  /** Lines of all settled days that match, in the order of the ledger. */
  lines(accept: (line: SettlementLine) => boolean): SettlementLine[] {
    const found: SettlementLine[] = [];
    for (const numbered of this.ledger.page({}, 0, Infinity)) {
      const line = this.lineOf(numbered);
      const settled = this.days.get(line.capturedDay);
      if (settled !== undefined && line.seq <= settled.untilSeq && accept(line)) found.push(line);
    }
    return found;
  }

  restore(record: unknown): boolean {
    return this.days.restore(record);
  }

  forget(): void {
    this.days.forget();
  }

  /** `toldFee`: instead of the one by the terms; negative for a cancel. */
  lineOf({ seq, entry }: NumberedEntry, toldFee?: number): SettlementLine {
    const sign = entry.kind === 'approval' ? 1 : -1;
    const fee = toldFee === undefined ? Math.floor((entry.amount * this.terms.feePpm) / PPM) : sign * toldFee;
    const vat = Math.floor(fee / 10);
    const capturedDay = koreanDay(new Date(entry.atMs));
    return {
      seq,
      entry,
      fee: sign * fee,
      vat: sign * vat,
      net: sign * (entry.amount - fee - vat),
      capturedDay,
      payoutDay: payoutDay(capturedDay, this.terms.payoutAfterDays),
    };
  }
}

function payoutDay(capturedDay: string, afterDays: number): string {
  const day = addDays(capturedDay, afterDays);
  const weekday = new Date(`${day}T00:00:00.000Z`).getUTCDay();
  return addDays(day, weekday === 6 ? 2 : weekday === 0 ? 1 : 0);
}
