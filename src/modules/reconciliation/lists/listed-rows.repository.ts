import { Inject, Injectable } from '@nestjs/common';
import type { AcquirerMovement, AcquirerSettlementLine } from '../../../acquirers/port/ability.types';
import { SqlPool, type SqlValue } from '../../../common/db/pool';
import { retryConflicts } from '../../../common/db/unit-of-work';
import { databaseTime } from '../../../common/time/korean-time';
import { RECONCILIATION_POOL } from '../reconciliation-pool';
import type { ListName } from '../reconciliation.types';

/** Which table keeps what a list says. */
export const TABLES = { MOVEMENTS: 'acquirer_movements', SETTLEMENTS: 'acquirer_settlement_lines' } as const;

const ROWS_AT_ONCE = 200;
const COLUMNS = [
  ...['contract_id', 'movement_key', 'kind', 'acquirer_order_no', 'acquirer_transaction_id', 'amount'],
  ...['occurred_at', 'listed_day', 'first_seen_at', 'seen_at'],
];
const SETTLED_COLUMNS = ['fee', 'vat', 'net', 'payout_day'];
/** What a later reading says counts; when it was said first stays. */
const UNCHANGED = ['contract_id', 'movement_key', 'kind', 'first_seen_at', 'seen_at'];

/** One reading of a contract's list of a day. `since`: when it began, by the database's clock. */
export interface Reading {
  readonly list: ListName;
  readonly contractId: string;
  readonly day: string;
  readonly since: string;
}

export type ListedLine = AcquirerMovement | AcquirerSettlementLine;

/** What acquirers' lists said, a row for each movement, as the last reading had it. */
@Injectable()
export class ListedRows {
  constructor(@Inject(RECONCILIATION_POOL) private readonly pool: SqlPool) {}

  async begin(list: ListName, contractId: string, day: string): Promise<Reading> {
    const [row] = await this.pool.execute<{ at: string }[]>('SELECT UTC_TIMESTAMP(3) AS at');
    return { list, contractId, day, since: row!.at };
  }

  /** A page. Said again it stays the same row. */
  async store(reading: Reading, lines: readonly ListedLine[]): Promise<void> {
    const { list } = reading;
    const columns = list === 'SETTLEMENTS' ? [...COLUMNS, ...SETTLED_COLUMNS] : COLUMNS;
    const updates = columns
      .filter((column) => !UNCHANGED.includes(column))
      .map((column) => `${column} = VALUES(${column})`);
    for (let at = 0; at < lines.length; at += ROWS_AT_ONCE) {
      const some = lines.slice(at, at + ROWS_AT_ONCE);
      const row = `(${columns.map(() => '?').join(', ')})`;
      await retryConflicts(() =>
        this.pool.use((connection) =>
          connection.query(
            `INSERT INTO ${TABLES[list]} (${columns.join(', ')}) VALUES ${some.map(() => row).join(', ')}
             ON DUPLICATE KEY UPDATE ${updates.join(', ')}, seen_at = GREATEST(seen_at, VALUES(seen_at)),
               withdrawn_at = NULL`,
            some.flatMap((line) => valuesOf(reading, line)),
          ),
        ),
      );
    }
  }

  /** The list was read to its end: what it has no more is withdrawn, and the count of its day's run is right again. */
  async finish({ list, contractId, day, since }: Reading): Promise<void> {
    const table = TABLES[list];
    await retryConflicts(() =>
      this.pool.transaction('finish-reading', async (tx) => {
        await tx.execute(
          `UPDATE ${table} SET withdrawn_at = UTC_TIMESTAMP(3)
           WHERE contract_id = ? AND listed_day = ? AND seen_at < ? AND withdrawn_at IS NULL`,
          [contractId, day, since],
        );
        await tx.execute(
          `UPDATE reconciliation_runs SET listed_count = (SELECT COUNT(*) FROM ${table} m
             WHERE m.contract_id = ? AND m.listed_day = ? AND m.withdrawn_at IS NULL)
           WHERE contract_id = ? AND list = ? AND day = ?`,
          [contractId, day, contractId, list, day],
        );
      }),
    );
  }
}

function valuesOf({ contractId, day, since }: Reading, line: ListedLine): SqlValue[] {
  const values: SqlValue[] = [
    ...[contractId, stored(line.movementId), line.kind, stored(line.acquirerOrderNo)],
    ...[stored(line.acquirerTransactionId), line.amount, databaseTime(line.at), day, since, since],
  ];
  return 'fee' in line ? [...values, line.fee, line.vat, line.net, line.payoutDay] : values;
}

const TEXT_MAX = 200;

/** As the columns take it: an acquirer's own texts are ASCII, what is listed of strangers may not be. */
function stored(text: string): string {
  return text.replace(/[^\x21-\x7e]/g, '?').slice(0, TEXT_MAX);
}
