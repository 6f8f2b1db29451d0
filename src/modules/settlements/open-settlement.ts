import { places } from '../../common/db/places';
import type { SqlValue } from '../../common/db/pool';
import { newId } from '../../common/ids/id';
import { payoutKey } from './run/payout-place.policy';
import type { Payout } from './run/price.types';

type Query = <T>(sql: string, values: SqlValue[]) => Promise<T>;

const AT_ONCE = 200;

/**
 * By `payoutKey`, the ids of the settlements that still take lines: one for each payout, made where there is none, and
 * locked until the caller's transaction ends. Three statements for every AT_ONCE payouts.
 */
export async function openSettlements(
  query: Query,
  wanted: readonly Payout[],
  deed: { readonly actor: string; readonly reason: string },
): Promise<Map<string, string>> {
  const found = new Map<string, string>();
  // In one order, so that two who open the same ones wait for each other instead of both giving up.
  const sorted = [...wanted].sort((a, b) => (payoutKey(a) < payoutKey(b) ? -1 : 1));
  for (let at = 0; at < sorted.length; at += AT_ONCE) {
    for (const row of await openSome(query, sorted.slice(at, at + AT_ONCE), deed)) {
      found.set(payoutKey({ mid: row.mid, contractId: row.contract_id, payoutDay: row.day }), row.id);
    }
  }
  return found;
}

/** The same for one payout. */
export async function openSettlement(
  query: Query,
  payout: Payout,
  deed: { readonly actor: string; readonly reason: string },
): Promise<string> {
  return (await openSettlements(query, [payout], deed)).get(payoutKey(payout))!;
}

interface OpenRow {
  readonly id: string;
  readonly mid: string;
  readonly contract_id: string;
  readonly day: string;
}

async function openSome(
  query: Query,
  wanted: readonly Payout[],
  { actor, reason }: { readonly actor: string; readonly reason: string },
): Promise<OpenRow[]> {
  const rows = wanted.map((payout) => ({ id: newId('stl'), ...payout }));
  // Not INSERT IGNORE: it takes a shared lock of a row that is there, which two then want alone, and hides other faults.
  await query(
    `INSERT INTO settlements (id, mid, contract_id, payout_day, status)
     VALUES ${rows.map(() => "(?, ?, ?, ?, 'SCHEDULED')").join(', ')}
     ON DUPLICATE KEY UPDATE status = status`,
    rows.flatMap(({ id, mid, contractId, payoutDay }) => [id, mid, contractId, payoutDay]),
  );
  // Of our ids only those are there whose payout had no open settlement.
  await query(
    `INSERT INTO settlement_events (settlement_id, from_status, to_status, actor, reason, occurred_at)
     SELECT id, NULL, 'SCHEDULED', ?, ?, UTC_TIMESTAMP(3) FROM settlements WHERE id IN (${places(rows)})`,
    [actor, reason, ...rows.map(({ id }) => id)],
  );
  return query<OpenRow[]>(
    `SELECT id, mid, contract_id, CAST(open_payout_day AS CHAR) AS day FROM settlements
     WHERE ${rows.map(() => '(mid = ? AND contract_id = ? AND open_payout_day = ?)').join(' OR ')} FOR UPDATE`,
    rows.flatMap(({ mid, contractId, payoutDay }) => [mid, contractId, payoutDay]),
  );
}
