import type { SqlValue } from '../../common/db/pool';
import { newId } from '../../common/ids/id';

type Query = <T>(sql: string, values: SqlValue[]) => Promise<T>;

/** A merchant's money of one contract that is paid out on one Korean day. */
export interface PayoutPlace {
  readonly mid: string;
  readonly contractId: string;
  readonly payoutDay: string;
}

/**
 * The one settlement of a merchant, contract and payout day that still takes lines, locked until the caller's transaction
 * ends; made where there is none.
 */
export async function openSettlement(
  query: Query,
  { mid, contractId, payoutDay }: PayoutPlace,
  { actor, reason }: { readonly actor: string; readonly reason: string },
): Promise<string> {
  const id = newId('stl');
  const { affectedRows } = await query<{ affectedRows: number }>(
    `INSERT IGNORE INTO settlements (id, mid, contract_id, payout_day, status) VALUES (?, ?, ?, ?, 'SCHEDULED')`,
    [id, mid, contractId, payoutDay],
  );
  if (affectedRows === 1) {
    await query(
      `INSERT INTO settlement_events (settlement_id, from_status, to_status, actor, reason, occurred_at)
       VALUES (?, NULL, 'SCHEDULED', ?, ?, UTC_TIMESTAMP(3))`,
      [id, actor, reason],
    );
  }
  const [row] = await query<{ id: string }[]>(
    'SELECT id FROM settlements WHERE mid = ? AND contract_id = ? AND open_payout_day = ? FOR UPDATE',
    [mid, contractId, payoutDay],
  );
  return row!.id;
}
