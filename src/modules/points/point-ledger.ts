import type { SqlValue } from '../../common/db/pool';
import { newId } from '../../common/ids/id';
import { wonFromDatabase } from '../../common/money/won';
import type { SqlTransaction } from '../../common/outbox/outbox';
import { databaseTime, fromDatabaseTime } from '../../common/time/korean-time';
import { movePoints } from './point-account.state';
import type { PointAccount, PointBalances, PointEntry, PointKind } from './points.types';

/** Whose points. */
export interface PointOwner {
  readonly mid: string;
  readonly customerKey: string;
}

export interface PointMove {
  readonly owner: PointOwner;
  readonly kind: PointKind;
  readonly amount: number;
  readonly paymentId: string | null;
  readonly cancelId: string | null;
  /** Hex; a repeated correction finds its first entry by it. */
  readonly requestKey: string | null;
  readonly actor: string;
  readonly reason: string;
  readonly at: Date;
}

type Row = Readonly<Record<string, string | number | null>>;
const won = (row: Row, column: string) => wonFromDatabase(row[column]!);

/**
 * The one writer of accounts and their history, in the caller's transaction. It locks the account's row first, so that
 * many at once on one account go one after the other and none passes the balance. A caller that also holds a payment's
 * row locked that one before: payment, then account.
 */
export class PointLedger {
  /** Applies one movement and writes its line; null when there are not enough points. */
  async move(tx: SqlTransaction, move: PointMove): Promise<PointEntry | null> {
    const { owner, kind, amount } = move;
    const before = await this.lock(tx, move);
    const moved = movePoints(before, kind, amount);
    if (moved.kind === 'SHORT') return null;
    const { after, change } = moved;
    const changed = (await tx.query(
      `UPDATE point_accounts SET balance = ?, held = ?, debt = ?, version = version + 1, updated_at = ?
       WHERE mid = ? AND customer_key = ? AND version = ?`,
      [
        ...[after.balance, after.held, after.debt, databaseTime(move.at)],
        ...[owner.mid, owner.customerKey, before.version],
      ],
    )) as { affectedRows: number };
    if (changed.affectedRows !== 1) throw new Error('a locked point account changed');
    return this.append(tx, move, { change, balanceAfter: after.balance });
  }

  private async append(
    tx: SqlTransaction,
    move: PointMove,
    { change, balanceAfter }: { change: PointBalances; balanceAfter: number },
  ): Promise<PointEntry> {
    const entryId = newId('pnt');
    const reason = move.reason.slice(0, 200);
    const values: SqlValue[] = [
      ...[entryId, move.owner.mid, move.owner.customerKey, move.kind, move.amount],
      ...[change.balance, change.held, change.debt, balanceAfter, move.paymentId, move.cancelId],
      ...[move.requestKey, move.actor, reason, databaseTime(move.at)],
    ];
    const { insertId } = (await tx.query(
      `INSERT INTO point_entries (id, mid, customer_key, kind, amount, balance_change, held_change, debt_change,
         balance_after, payment_id, cancel_id, request_key, actor, reason, occurred_at)
       VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
      values,
    )) as { insertId: number };
    return {
      entryId,
      seq: insertId,
      kind: move.kind,
      amount: move.amount,
      balanceChange: change.balance,
      heldChange: change.held,
      debtChange: change.debt,
      balanceAfter,
      paymentId: move.paymentId,
      cancelId: move.cancelId,
      actor: move.actor,
      reason,
      occurredAt: move.at,
    };
  }

  /** Holds the account's row until the transaction ends; makes it where there was none. */
  private async lock(
    tx: SqlTransaction,
    { owner, at, kind }: PointMove,
  ): Promise<PointBalances & { version: number }> {
    const find = async () => {
      const rows = (await tx.query(
        'SELECT balance, held, debt, version FROM point_accounts WHERE mid = ? AND customer_key = ? FOR UPDATE',
        [owner.mid, owner.customerKey],
      )) as Row[];
      return rows[0];
    };
    let row = await find();
    if (row === undefined) {
      // Whoever has never had points is not made known by asking to use some.
      if (kind === 'HOLD') return { balance: 0, held: 0, debt: 0, version: 0 };
      // Takes the exclusive lock at once where another has made it meanwhile; INSERT IGNORE would share it.
      await tx.query(
        `INSERT INTO point_accounts (mid, customer_key, created_at, updated_at) VALUES (?, ?, ?, ?)
         ON DUPLICATE KEY UPDATE version = version`,
        [owner.mid, owner.customerKey, databaseTime(at), databaseTime(at)],
      );
      row = await find();
    }
    if (row === undefined) throw new Error('a point account that was made is not there');
    return {
      balance: won(row, 'balance'),
      held: won(row, 'held'),
      debt: won(row, 'debt'),
      version: Number(row.version),
    };
  }
}

export function accountFromRow(row: Row): PointAccount {
  return {
    mid: row.mid as string,
    customerKey: row.customer_key as string,
    balance: won(row, 'balance'),
    held: won(row, 'held'),
    debt: won(row, 'debt'),
    updatedAt: fromDatabaseTime(row.updated_at as string),
  };
}

export function entryFromRow(row: Row): PointEntry {
  return {
    entryId: row.id as string,
    seq: Number(row.seq),
    kind: row.kind as PointKind,
    amount: won(row, 'amount'),
    balanceChange: won(row, 'balance_change'),
    heldChange: won(row, 'held_change'),
    debtChange: won(row, 'debt_change'),
    balanceAfter: won(row, 'balance_after'),
    paymentId: row.payment_id as string | null,
    cancelId: row.cancel_id as string | null,
    actor: row.actor as string,
    reason: row.reason as string,
    occurredAt: fromDatabaseTime(row.occurred_at as string),
  };
}
