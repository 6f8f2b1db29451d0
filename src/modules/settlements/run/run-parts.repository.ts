import { insertRows, valuesOf } from '../../../common/db/insert-rows';
import type { SqlConnection, SqlPool, SqlValue } from '../../../common/db/pool';
import { frozenPayouts } from '../open-settlement';
import {
  APPROVAL_COMMISSIONS,
  CANCEL_COMMISSIONS,
  COMMISSION_TRANSFERS,
  DAILY_COMMISSIONS,
} from './commission-sql';
import type { CommissionPrice, PlacedPrice, PriceSubject } from './price.types';
import type { RunPart } from './run-parts.policy';
import * as sql from './run-sql';
import { partOf } from './settlement-cases.repository';

/** A part's lines are not as many as its movements: nothing of it may stand. */
export class IncompleteLines extends Error {
  constructor({ day, part }: RunPart, movements: number, lines: number) {
    super(`part ${part} of ${day} has ${movements} movements, and ${lines} lines`);
    this.name = 'IncompleteLines';
  }
}

export interface PlacedPart {
  readonly prices: readonly PlacedPrice[];
  readonly commissions: readonly CommissionPrice[];
  /** Of the merchants that have prices: so many lines have to come of it. */
  readonly movements: number;
}

/** The parts of daily runs. Each is done under its row lock: two runs of a day share its parts. */
export class RunPartsRepository {
  constructor(private readonly pool: SqlPool) {}

  /** A part that nobody works on just now; null when there is none. It is not locked: see `claim`. */
  peek(day: string): Promise<RunPart | null> {
    return this.pool.transaction('peek-part', async (tx) => {
      const [row] = await tx.execute<Row[]>(
        `SELECT CAST(captured_day AS CHAR) AS day, part, first_mid, last_mid, transaction_count
         FROM settlement_run_parts WHERE captured_day = ? AND done_at IS NULL AND case_id IS NULL
         ORDER BY part LIMIT 1 FOR UPDATE SKIP LOCKED`,
        [day],
      );
      return row === undefined ? null : partOf(row);
    });
  }

  /** Locks a part that is not done; false when it is, or another works on it. */
  async claim(tx: SqlConnection, { day, part }: RunPart): Promise<boolean> {
    const rows = await tx.execute<unknown[]>(
      `SELECT part FROM settlement_run_parts WHERE captured_day = ? AND part = ? AND done_at IS NULL
       FOR UPDATE SKIP LOCKED`,
      [day, part],
    );
    return rows.length > 0;
  }

  /** Parts that are to be done before the day is; those that wait for a case are not among them. */
  async countOpen(day: string): Promise<number> {
    const [row] = await this.pool.execute<{ n: number | string }[]>(
      `SELECT COUNT(*) AS n FROM settlement_run_parts
       WHERE captured_day = ? AND done_at IS NULL AND case_id IS NULL`,
      [day],
    );
    return Number(row!.n);
  }

  subjects(part: RunPart): Promise<PriceSubject[]> {
    return this.pool.execute<PriceSubject[]>(sql.SUBJECTS, rangeOf(part));
  }

  /** By `payoutKey`: the payouts of a part's merchants from a day on whose sums are frozen already. */
  frozenPayouts(tx: SqlConnection, { firstMid, lastMid, day: from }: RunPart): Promise<Set<string>> {
    const query = <T>(sql: string, values: SqlValue[]) => tx.execute<T>(sql, values);
    return frozenPayouts(query, { firstMid, lastMid, from });
  }

  /** How many movements the merchants of a part have on its day. */
  async countMovements(tx: SqlConnection, part: RunPart): Promise<number> {
    const [row] = await tx.execute<{ n: number | string }[]>(sql.COUNT_MOVEMENTS, rangeOf(part));
    return Number(row!.n);
  }

  /** Makes lines of the priced merchants and everything that follows from them. Throws IncompleteLines. */
  async settle(tx: SqlConnection, part: RunPart, placed: PlacedPart): Promise<void> {
    const { prices, commissions, movements } = placed;
    const range = rangeOf(part);
    await insertRows(tx, 'settlement_prices', { given: PRICE_COLUMNS }, valuesOf(PRICE_COLUMNS, prices));
    await insertRows(
      tx,
      'settlement_commission_rates',
      { given: COMMISSION_COLUMNS },
      valuesOf(COMMISSION_COLUMNS, commissions),
    );
    await tx.execute(sql.APPROVAL_LINES, range);
    await tx.execute(sql.CANCEL_LINES, range);
    const [counted] = await tx.execute<{ n: number | string }[]>(sql.COUNT_LINES, range);
    if (Number(counted!.n) !== movements) throw new IncompleteLines(part, movements, Number(counted!.n));
    for (const statement of [sql.ADD_TO_SETTLEMENTS, sql.FEE_TRANSFERS, sql.VAT_TRANSFERS]) {
      await tx.execute(statement, range);
    }
    for (const statement of [sql.BRANCH_SALES, sql.MERCHANT_SALES, sql.BRANCH_TOTALS]) {
      await tx.execute(statement, range);
    }
    if (await this.mayHaveCommissions(tx, commissions)) {
      for (const statement of [APPROVAL_COMMISSIONS, CANCEL_COMMISSIONS, DAILY_COMMISSIONS]) {
        await tx.execute(statement, range);
      }
      await tx.execute(COMMISSION_TRANSFERS, [part.day, part.part, ...range]);
    }
    for (const table of ['settlement_prices', 'settlement_commission_rates']) {
      await tx.execute(`DELETE FROM ${table} WHERE mid BETWEEN ? AND ?`, [part.firstMid, part.lastMid]);
    }
    await tx.execute(
      'UPDATE settlement_run_parts SET done_at = UTC_TIMESTAMP(3) WHERE captured_day = ? AND part = ?',
      [part.day, part.part],
    );
  }

  /** Cancels may take back what an agency had that earns nothing any more: where there was ever one, all is looked at. */
  private async mayHaveCommissions(
    tx: SqlConnection,
    commissions: readonly CommissionPrice[],
  ): Promise<boolean> {
    if (commissions.length > 0) return true;
    const [row] = await tx.execute<{ found: number | string }[]>(
      'SELECT EXISTS (SELECT 1 FROM commission_lines) AS found',
    );
    return Number(row!.found) === 1;
  }
}

type Row = Readonly<Record<string, SqlValue>>;

const rangeOf = ({ day, firstMid, lastMid }: RunPart): string[] => [day, firstMid, lastMid];

const PRICE_COLUMNS = [
  ...['mid', 'contract_id', 'branch_id', 'acquirer', 'method', 'card_issuer', 'card_type'],
  ...['amount_min', 'amount_max', 'policy_id', 'rate_ppm', 'fixed_fee', 'minimum_fee'],
  ...['acquirer_cost_ppm', 'settlement_id'],
] as const satisfies readonly (keyof PlacedPrice)[];

const COMMISSION_COLUMNS = [
  ...['mid', 'policy_id', 'earner_kind', 'earner_code', 'rate_ppm'],
] as const satisfies readonly (keyof CommissionPrice)[];
