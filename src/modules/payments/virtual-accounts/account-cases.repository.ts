import { Injectable } from '@nestjs/common';
import { DataSource, type EntityManager } from 'typeorm';
import { databaseTime, fromDatabaseTime } from '../../../common/time/korean-time';
import type { Channel } from '../../../acquirers/port/acquirer.types';
import type { PaymentStatus } from '../payment.state';
import type { AccountCaseStatus } from './account-case.state';
import type { AccountCase, AccountCaseFilter, AccountCaseView } from './virtual-account.types';

type Row = Readonly<Record<string, string | number | null>>;

const COLUMNS = `k.*, p.order_no, p.channel, p.status AS payment_status, p.amount AS payment_amount`;
/** The filters by how few cases are left of them; the list goes through the index of the first that is asked for. */
const BY_FEWEST = [
  'mid',
  'status',
  'acquirer',
  'code',
] as const satisfies readonly (keyof AccountCaseFilter)[];

/** Reads cases of virtual accounts and closes them. The journal opens them. */
@Injectable()
export class AccountCasesRepository {
  constructor(private readonly dataSource: DataSource) {}

  /** The newest first, below the number `before` where it is given. */
  async page(filter: AccountCaseFilter, before: string | null, count: number): Promise<AccountCaseView[]> {
    const asked = BY_FEWEST.filter((name) => filter[name] !== undefined);
    const conditions = asked.map((name) => `k.${name} = ?`);
    const values: (string | number | undefined)[] = asked.map((name) => filter[name]);
    if (before !== null) {
      conditions.push('k.seq < ?');
      values.push(before);
    }
    const where = conditions.length === 0 ? '' : `WHERE ${conditions.join(' AND ')}`;
    const index = asked[0] === undefined ? 'PRIMARY' : `ix_virtual_account_cases_${asked[0]}`;
    const rows = await this.dataSource.manager.query<Row[]>(
      `SELECT ${COLUMNS} FROM virtual_account_cases k FORCE INDEX (${index}) JOIN payments p ON p.id = k.payment_id
       ${where} ORDER BY k.seq DESC LIMIT ?`,
      [...values, count],
    );
    return rows.map(caseFromRow);
  }

  /** The case of an account that is open, else the last that was closed. */
  async latestOf(virtualAccountId: string): Promise<AccountCaseView | null> {
    const [row] = await this.dataSource.manager.query<Row[]>(
      `SELECT ${COLUMNS} FROM virtual_account_cases k JOIN payments p ON p.id = k.payment_id
       WHERE k.virtual_account_id = ? ORDER BY k.status = 'OPEN' DESC, k.seq DESC LIMIT 1`,
      [virtualAccountId],
    );
    return row === undefined ? null : caseFromRow(row);
  }

  /** False when somebody else has closed it. */
  async close(
    tx: EntityManager,
    seq: number,
    closing: { readonly by: string; readonly reason: string; readonly at: Date },
  ): Promise<boolean> {
    const { affectedRows } = await tx.query<{ affectedRows: number }>(
      `UPDATE virtual_account_cases SET status = 'CLOSED', closed_at = ?, closed_by = ?, close_reason = ?
       WHERE seq = ? AND status = 'OPEN'`,
      [databaseTime(closing.at), closing.by, closing.reason, seq],
    );
    return affectedRows === 1;
  }

  /** Accounts that only a person can put right. */
  async countOpen(): Promise<number> {
    const [row] = await this.dataSource.manager.query<{ n: number | string }[]>(
      `SELECT COUNT(*) AS n FROM virtual_account_cases WHERE status = 'OPEN'`,
    );
    return Number(row?.n ?? 0);
  }
}

function caseFromRow(row: Row): AccountCaseView {
  const text = (name: string) => row[name] as string | null;
  const closedAt = text('closed_at');
  return {
    seq: Number(row.seq),
    virtualAccountId: row.virtual_account_id as string,
    paymentId: row.payment_id as string,
    mid: row.mid as string,
    acquirer: row.acquirer as string,
    code: row.code as AccountCase,
    amount: row.amount === null ? null : Number(row.amount),
    status: row.status as AccountCaseStatus,
    openedAt: fromDatabaseTime(row.opened_at as string),
    closedAt: closedAt === null ? null : fromDatabaseTime(closedAt),
    closedBy: text('closed_by'),
    closeReason: text('close_reason'),
    orderNo: row.order_no as string,
    channel: row.channel as Channel,
    paymentStatus: row.payment_status as PaymentStatus,
    paymentAmount: Number(row.payment_amount),
  };
}
