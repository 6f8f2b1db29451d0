import { Inject, Injectable } from '@nestjs/common';
import { SqlPool, type SqlValue } from '../../../common/db/pool';
import { places } from '../../../common/db/places';
import { wonFromDatabase } from '../../../common/money/won';
import { fromDatabaseTime, koreanDay } from '../../../common/time/korean-time';
import { RECONCILIATION_POOL } from '../reconciliation-pool';
import type { OwnSettled } from './settled.policy';

type Row = Readonly<Record<string, SqlValue>>;

/** Which acquirer's account a contract speaks for: contracts of several merchants may share one. */
export interface Account {
  readonly contractId: string;
  readonly acquirer: string;
  /** All contracts of the account, this one too, and their merchants. */
  readonly contractIds: readonly string[];
  readonly mids: readonly string[];
}

/** A payment as both sides may name it. */
export interface KnownPayment {
  readonly paymentId: string;
  readonly contractId: string;
  readonly orderNo: string;
  readonly acquirerOrderNo: string;
  readonly acquirerTransactionId: string | null;
  readonly status: string;
  readonly createdAt: Date;
  readonly openSince: Date | null;
}

const COLUMNS = `p.id, p.contract_id, p.order_no, p.acquirer_order_no, p.acquirer_transaction_id, p.status, p.created_at,
  IF(p.status IN ('CREATED', 'IN_PROGRESS', 'REVERSING', 'WAITING_FOR_DEPOSIT'),
    COALESCE(p.unknown_since, p.updated_at), NULL) AS open_since,
  (SELECT MIN(c.requested_at) FROM payment_cancels c WHERE c.payment_id = p.id AND c.status = 'IN_PROGRESS')
    AS cancel_open_since`;

/** Our side of what is compared: payments by the acquirer's names of them, and their movements. */
@Injectable()
export class OwnBooks {
  constructor(@Inject(RECONCILIATION_POOL) private readonly pool: SqlPool) {}

  async accountOf({ contractId, acquirer }: Pick<Account, 'contractId' | 'acquirer'>): Promise<Account> {
    const rows = await this.pool.execute<{ id: string; mid: string }[]>(
      `SELECT o.id, o.mid FROM acquirer_contracts c
       JOIN acquirer_contracts o ON o.acquirer = c.acquirer AND o.acquirer_merchant_id = c.acquirer_merchant_id
       WHERE c.id = ? ORDER BY o.removed_at IS NOT NULL, o.id`,
      [contractId],
    );
    const mids = [...new Set(rows.map(({ mid }) => mid))];
    return { contractId, acquirer, contractIds: rows.map(({ id }) => id), mids };
  }

  byTransaction(acquirer: string, ids: readonly string[]): Promise<KnownPayment[]> {
    return this.payments(`p.acquirer = ? AND p.acquirer_transaction_id IN`, [acquirer], ids);
  }

  byId(ids: readonly string[]): Promise<KnownPayment[]> {
    return this.payments('p.id IN', [], ids);
  }

  /** By the number of an attempt: the payment's own, or that which the shop gave its order. */
  async byOrderNo(mids: readonly string[], orderNos: readonly string[]): Promise<KnownPayment[]> {
    if (mids.length === 0) return [];
    const ids = orderNos.map((orderNo) => orderNo.replace(/-\d+$/, '').slice(0, 30));
    const own = await this.byId(ids);
    const shops = await this.payments(`p.mid IN (${places(mids)}) AND p.order_no IN`, mids, orderNos);
    return [...own, ...shops];
  }

  /** Movements by payment. Points alone moved nothing at the acquirer, and are not among them. */
  async movements(paymentIds: readonly string[]): Promise<Map<string, OwnSettled[]>> {
    const found = new Map<string, OwnSettled[]>();
    if (paymentIds.length === 0) return found;
    const rows = await this.query(
      `SELECT t.payment_id, t.source_id, t.kind, t.settled_amount, t.occurred_at, c.acquirer_cancel_id,
           IF(l.acquirer_cost_ppm > 0, l.acquirer_cost, NULL) AS cost
         FROM transactions t LEFT JOIN payment_cancels c ON c.id = t.source_id AND t.kind = 'CANCEL'
         LEFT JOIN settlement_lines l ON l.transaction_seq = t.seq
         WHERE t.settled_amount <> 0 AND t.payment_id IN (${places(paymentIds)}) ORDER BY t.seq`,
      paymentIds,
    );
    for (const row of rows) {
      const at = fromDatabaseTime(String(row.occurred_at));
      const movement: OwnSettled = {
        sourceId: String(row.source_id),
        kind: row.kind === 'APPROVAL' ? 'APPROVAL' : 'CANCEL',
        acquirerCancelId: row.acquirer_cancel_id === null ? null : String(row.acquirer_cancel_id),
        amount: Math.abs(wonFromDatabase(row.settled_amount as string | number)),
        at,
        day: koreanDay(at),
        cost: row.cost === null ? null : wonFromDatabase(row.cost as string | number),
      };
      const key = String(row.payment_id);
      found.set(key, [...(found.get(key) ?? []), movement]);
    }
    return found;
  }

  private async payments(
    condition: string,
    values: readonly string[],
    names: readonly string[],
  ): Promise<KnownPayment[]> {
    if (names.length === 0) return [];
    const rows = await this.query(`SELECT ${COLUMNS} FROM payments p WHERE ${condition} (${places(names)})`, [
      ...values,
      ...names,
    ]);
    return rows.map(paymentFromRow);
  }

  /** By the text protocol: of lists of every length no prepared statement is kept. */
  private query(sql: string, values: readonly string[]): Promise<Row[]> {
    return this.pool.use((connection) => connection.query<Row[]>(sql, values));
  }
}

function paymentFromRow(row: Row): KnownPayment {
  const times = [row.open_since, row.cancel_open_since].flatMap((time) =>
    time === null || time === undefined ? [] : [fromDatabaseTime(String(time))],
  );
  times.sort((a, b) => a.getTime() - b.getTime());
  return {
    paymentId: String(row.id),
    contractId: String(row.contract_id),
    orderNo: String(row.order_no),
    acquirerOrderNo: String(row.acquirer_order_no),
    acquirerTransactionId: row.acquirer_transaction_id === null ? null : String(row.acquirer_transaction_id),
    status: String(row.status),
    createdAt: fromDatabaseTime(String(row.created_at)),
    openSince: times[0] ?? null,
  };
}
