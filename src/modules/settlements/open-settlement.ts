import { ChangedMeanwhile } from '../../common/db/database-errors';
import { places } from '../../common/db/places';
import type { SqlValue } from '../../common/db/pool';
import { newId } from '../../common/ids/id';
import { payoutKey } from './run/payout-place.policy';
import type { Payout } from './run/price.types';

type Query = <T>(sql: string, values: SqlValue[]) => Promise<T>;

const AT_ONCE = 200;

/** By `payoutKey`: the payouts of some merchants from a day on whose sums are frozen already. */
export async function frozenPayouts(
  query: Query,
  { firstMid, lastMid, from }: { readonly firstMid: string; readonly lastMid: string; readonly from: string },
): Promise<Set<string>> {
  const rows = await query<Omit<OpenRow, 'id'>[]>(
    `SELECT mid, contract_id, CAST(payout_day AS CHAR) AS day FROM settlements
     WHERE mid BETWEEN ? AND ? AND payout_day >= ? AND status <> 'SCHEDULED'`,
    [firstMid, lastMid, from],
  );
  return new Set(
    rows.map(({ mid, contract_id: contractId, day }) => payoutKey({ mid, contractId, payoutDay: day })),
  );
}

/**
 * By `payoutKey`, the ids of the settlements that still take lines: one for each payout, made where there is none, and
 * locked until the caller's transaction ends. Four statements for every AT_ONCE payouts. Throws ChangedMeanwhile where a
 * payout has been frozen, held or confirmed, since it was looked for: a payout day has one settlement.
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
  const open = await query<OpenRow[]>(
    `SELECT id, mid, contract_id, CAST(open_payout_day AS CHAR) AS day FROM settlements
     WHERE ${rows.map(() => '(mid = ? AND contract_id = ? AND open_payout_day = ?)').join(' OR ')} FOR UPDATE`,
    rows.flatMap(({ mid, contractId, payoutDay }) => [mid, contractId, payoutDay]),
  );
  await checkOpen(query, open);
  return open;
}

/** The open ones are locked by now, so that none is frozen any more. */
async function checkOpen(query: Query, open: readonly OpenRow[]): Promise<void> {
  const [row] = await query<{ found: number | string }[]>(
    `SELECT EXISTS (SELECT 1 FROM settlements s JOIN settlements f
       ON f.mid = s.mid AND f.contract_id = s.contract_id AND f.payout_day = s.payout_day AND f.id <> s.id
     WHERE s.id IN (${places(open)})) AS found`,
    open.map(({ id }) => id),
  );
  if (Number(row!.found) === 1) throw new ChangedMeanwhile('a payout was frozen meanwhile');
}
