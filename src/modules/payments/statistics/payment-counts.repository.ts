import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { type DataScope, scopeCondition } from '../../../common/http/data-scope';
import { wonFromDatabase } from '../../../common/money/won';
import { type RollUp, RollUps } from '../../../common/roll-up/roll-up';
import { addDays, databaseTime, startOfKoreanDay } from '../../../common/time/korean-time';
import { ADD_EVENTS, directCounts, FIGURES, PAYMENT_COUNTS, rolledCounts } from './payment-counts-sql';

/** Payments of a period by the state that they are in now. */
export interface PaymentStats {
  readonly total: number;
  readonly completed: number;
  readonly cancelled: number;
  readonly pending: number;
  /** What never charged anybody: declined, run out, undone. */
  readonly failed: number;
  /** Won that were approved, cancelled later or not. */
  readonly totalAmount: number;
  readonly cancelledAmount: number;
}

export interface Days {
  /** Korean days, both included. */
  readonly from: string;
  readonly to: string;
}

type Row = Readonly<Record<(typeof FIGURES)[number], string>>;

const ROLL_UP: RollUp = {
  ...PAYMENT_COUNTS,
  add: (tx, { from, through }) => tx.query(ADD_EVENTS, [from, through]),
};

/** Counts of payments: roll-ups and the events after them. Right to the second. */
@Injectable()
export class PaymentCounts {
  constructor(
    private readonly dataSource: DataSource,
    private readonly rollUps: RollUps,
  ) {}

  /** The worker's part; answers how many batches of events were summed up. */
  sweep(): Promise<number> {
    return this.rollUps.sweep(ROLL_UP);
  }

  /** By the day of the request. */
  async ofDays(scope: DataScope, days: Days): Promise<PaymentStats> {
    // While the first filling goes on, or no worker has run for long.
    if (!(await this.rollUps.isNear(ROLL_UP))) return this.counted(scope, days);
    const counts = scopeCondition(scope, { mid: 'f.mid', branchId: 'f.branch_id' });
    const payments = scopeCondition(scope, { mid: 'p.mid', branchId: 'p.branch_id' });
    const values = [...counts.values, days.from, days.to, ...payments.values, ...instantsOf(days)];
    const sql = rolledCounts(`${counts.sql} AND ${grainOf(scope)}`, payments.sql);
    return this.read(sql, values);
  }

  /** The same without roll-ups, over every payment of the days. */
  counted(scope: DataScope, days: Days): Promise<PaymentStats> {
    const { sql, values } = scopeCondition(scope, { mid: 'p.mid', branchId: 'p.branch_id' });
    return this.read(directCounts(sql), [...values, ...instantsOf(days)]);
  }

  private async read(sql: string, values: string[]): Promise<PaymentStats> {
    const [row] = await this.dataSource.manager.query<Row[]>(sql, values);
    const { total, completed, cancelled, pending, failed, total_amount, cancelled_amount } = row!;
    const [counted, done, undone, open] = [total, completed, cancelled, pending].map(wonFromDatabase);
    return {
      ...{ total: counted!, completed: done!, cancelled: undone!, pending: open! },
      ...{ failed: wonFromDatabase(failed), totalAmount: wonFromDatabase(total_amount) },
      cancelledAmount: wonFromDatabase(cancelled_amount),
    };
  }
}

/** Which of the three sums of a day is read: of all, of a whole merchant, of a branch. */
function grainOf({ kind }: DataScope): string {
  if (kind === 'ALL') return `f.mid = '' AND f.branch_id = ''`;
  return kind === 'BRANCH' ? 'TRUE' : `f.branch_id = ''`;
}

const instantsOf = ({ from, to }: Days) =>
  [startOfKoreanDay(from), startOfKoreanDay(addDays(to, 1))].map(databaseTime);
