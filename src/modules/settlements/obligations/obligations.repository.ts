import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { wonFromDatabase } from '../../../common/money/won';
import { addDays, databaseTime, fromDatabaseTime, startOfKoreanDay } from '../../../common/time/korean-time';
import * as sql from './obligations-sql';

/** What is owed at the end of a day. Won. */
export interface Owed {
  /** Withheld from payouts. */
  readonly held: number;
  /** Of settlements that are not paid out yet, less what merchants owe us. */
  readonly payableSettled: number;
  /** Of movements that no run has settled yet, before fees. */
  readonly payableUnsettled: number;
  /** What merchants owe us after cancels; it lowers nobody else's claim, and is added back. */
  readonly merchantDebt: number;
  /** Cancels that were asked for and have not ended. Until they do, the same won are payable, too. */
  readonly pendingCancels: number;
  /** Deposits that came to no payment. */
  readonly depositsToReturn: number;
}

/** The obligations of a day, as they are kept. Won. */
export interface Obligations extends Owed {
  /** Korean day. */
  readonly day: string;
  /** All of them together. */
  readonly obligation: number;
  readonly coverRatioPpm: number;
  readonly requiredCover: number;
  readonly registeredCover: number;
  /** By how much the cover is too small; 0 where it is enough. */
  readonly shortfall: number;
  readonly recordedAt: Date;
}

type Row = Readonly<Record<string, string | number>>;
type NewObligations = Omit<Obligations, 'obligation' | 'shortfall' | 'recordedAt'>;

const COLUMNS = `CAST(o.day AS CHAR) AS on_day, o.*`;

/** Obligations of days, as they are reckoned and as they are kept. */
@Injectable()
export class ObligationsRepository {
  constructor(private readonly dataSource: DataSource) {}

  /** Reckoned from the ledger, the movements and the cancels. */
  async owedAt(day: string): Promise<Owed> {
    const end = databaseTime(startOfKoreanDay(addDays(day, 1)));
    const [balances] = await this.dataSource.manager.query<Row[]>(sql.BALANCES, [day, end]);
    const unsettled = await this.amount(sql.UNSETTLED, Array<string>(7).fill(end));
    return {
      held: wonFromDatabase(balances!.held!),
      payableSettled: wonFromDatabase(balances!.payable!) - unsettled,
      payableUnsettled: unsettled,
      merchantDebt: wonFromDatabase(balances!.debt!),
      pendingCancels: await this.amount(sql.PENDING_CANCELS, [end, end, end, end, end, end]),
      depositsToReturn: await this.amount(sql.DEPOSITS_TO_RETURN, [end, end]),
    };
  }

  /** What operators have registered for a day. */
  registeredCover(day: string): Promise<number> {
    return this.amount(sql.REGISTERED_COVER, [day]);
  }

  /** The first day that has no obligations yet; null while nothing was ever booked. */
  async nextDay(): Promise<string | null> {
    const [row] = await this.dataSource.manager.query<{ day: string | null }[]>(sql.NEXT_DAY);
    return row?.day ?? null;
  }

  /** Of two that keep the same day one does. */
  async keep({ day, ...kept }: NewObligations): Promise<void> {
    await this.dataSource.manager.query(
      `INSERT IGNORE INTO settlement_obligations (day, held, payable_settled, payable_unsettled, merchant_debt,
         pending_cancels, deposits_to_return, cover_ratio_ppm, required_cover, registered_cover)
       VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
      [
        ...[
          day,
          kept.held,
          kept.payableSettled,
          kept.payableUnsettled,
          kept.merchantDebt,
          kept.pendingCancels,
        ],
        ...[kept.depositsToReturn, kept.coverRatioPpm, kept.requiredCover, kept.registeredCover],
      ],
    );
  }

  /** Kept ones from the latest day back, before a day where it is given. */
  async page(
    { from, to }: { readonly from: string; readonly to: string },
    before: string | null,
    count: number,
  ): Promise<Obligations[]> {
    const rows = await this.dataSource.manager.query<Row[]>(
      `SELECT ${COLUMNS} FROM settlement_obligations o
       WHERE o.day BETWEEN ? AND ? AND o.day < COALESCE(?, '9999-12-31') ORDER BY o.day DESC LIMIT ?`,
      [from, to, before, count],
    );
    return rows.map(obligationsOf);
  }

  private async amount(statement: string, values: string[]): Promise<number> {
    const [row] = await this.dataSource.manager.query<Row[]>(statement, values);
    return wonFromDatabase(row!.amount!);
  }
}

function obligationsOf(row: Row): Obligations {
  const won = (name: string) => wonFromDatabase(row[name]!);
  return {
    day: row.on_day as string,
    ...{
      held: won('held'),
      payableSettled: won('payable_settled'),
      payableUnsettled: won('payable_unsettled'),
    },
    ...{ merchantDebt: won('merchant_debt'), pendingCancels: won('pending_cancels') },
    ...{ depositsToReturn: won('deposits_to_return'), obligation: won('obligation') },
    ...{ coverRatioPpm: won('cover_ratio_ppm'), requiredCover: won('required_cover') },
    ...{ registeredCover: won('registered_cover'), shortfall: won('shortfall') },
    recordedAt: fromDatabaseTime(row.recorded_at as string),
  };
}
