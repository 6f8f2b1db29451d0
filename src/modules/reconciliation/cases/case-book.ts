import { createHash } from 'node:crypto';
import type { SqlConnection } from '../../../common/db/pool';
import { places } from '../../../common/db/places';
import { newId } from '../../../common/ids/id';
import { EXPLAINED } from '../case.state';
import type { ClaimedRun, Comparison, Finding } from '../reconciliation.types';

/** Who opens cases, and ends those that a later list explains. */
export const RECONCILER = 'system:reconciliation';

const FINDING_COLUMNS = [
  ...['kind', 'movement_kind', 'payment_id', 'source_id', 'movement_key', 'acquirer_order_no'],
  ...['acquirer_transaction_id', 'own_amount', 'own_state', 'acquirer_amount', 'acquirer_state'],
];

const STATE_MAX = 60;

/** A break that is new. */
export interface OpenedCase {
  readonly caseId: string;
  readonly finding: Finding;
}

/** Equal for the same break found again; states that pass by are not part of it, amounts are. */
export function findingKey({ day, list }: ClaimedRun, finding: Finding): string {
  const { kind, movementKind, sourceId, movementKey, paymentId, acquirerTransactionId } = finding;
  const parts = [day, list, kind, movementKind, sourceId, movementKey, paymentId, acquirerTransactionId];
  const amounts = [finding.ownAmount, finding.acquirerAmount];
  return createHash('sha256')
    .update(JSON.stringify([...parts, ...amounts]))
    .digest('hex');
}

/**
 * Opens what is new and confirms what is known, in the transaction that holds the run's row: nobody else writes cases of
 * that run. What a person has resolved is confirmed and stays resolved.
 */
export async function report(
  tx: SqlConnection,
  run: ClaimedRun,
  { findings, openPaymentIds }: Pick<Comparison, 'findings' | 'openPaymentIds'>,
): Promise<OpenedCase[]> {
  await keepOpen(tx, run, openPaymentIds);
  const byKey = new Map(findings.map((finding) => [findingKey(run, finding), finding]));
  if (byKey.size === 0) return [];
  const keys = [...byKey.keys()];
  const known = await tx.query<{ finding_key: string }[]>(
    `SELECT finding_key FROM reconciliation_cases WHERE contract_id = ? AND finding_key IN (${places(keys)})
       AND standing = 1`,
    [run.contractId, ...keys],
  );
  const knownKeys = new Set(known.map(({ finding_key: key }) => key));
  if (knownKeys.size > 0) {
    await tx.query(
      `UPDATE reconciliation_cases SET confirmed_at = UTC_TIMESTAMP(3), version = version + 1
       WHERE contract_id = ? AND finding_key IN (${places([...knownKeys])}) AND standing = 1`,
      [run.contractId, ...knownKeys],
    );
  }
  const opened: OpenedCase[] = [];
  for (const [key, finding] of byKey) {
    if (knownKeys.has(key)) continue;
    const caseId = newId('rcn');
    await insert(tx, run, { caseId, key, finding });
    opened.push({ caseId, finding });
  }
  return opened;
}

async function insert(
  tx: SqlConnection,
  run: ClaimedRun,
  { caseId, key, finding }: { caseId: string; key: string; finding: Finding },
): Promise<void> {
  const columns = ['id', 'run_id', 'finding_key', 'day', 'list', 'contract_id', 'mid', 'acquirer'];
  const values = [
    ...[caseId, run.runId, key, run.day, run.list, run.contractId, run.mid, run.acquirer],
    ...[finding.kind, finding.movementKind, finding.paymentId, finding.sourceId, finding.movementKey],
    ...[finding.acquirerOrderNo, finding.acquirerTransactionId, finding.ownAmount],
    ...[cut(finding.ownState), finding.acquirerAmount, cut(finding.acquirerState)],
  ];
  await tx.query(
    `INSERT INTO reconciliation_cases (${[...columns, ...FINDING_COLUMNS].join(', ')}, status, version, opened_at,
       confirmed_at) VALUES (${places(values)}, 'OPEN', 1, UTC_TIMESTAMP(3), UTC_TIMESTAMP(3))`,
    values,
  );
  await tx.query(
    `INSERT INTO reconciliation_case_events (case_id, from_status, to_status, actor, occurred_at)
     VALUES (?, NULL, 'OPEN', ?, UTC_TIMESTAMP(3))`,
    [caseId, RECONCILER],
  );
}

/** Known breaks of payments that something is under way of: whether they are explained is known once that has ended. */
async function keepOpen(
  tx: SqlConnection,
  { runId }: ClaimedRun,
  paymentIds: readonly string[],
): Promise<void> {
  if (paymentIds.length === 0) return;
  await tx.query(
    `UPDATE reconciliation_cases SET confirmed_at = UTC_TIMESTAMP(3), version = version + 1
     WHERE run_id = ? AND payment_id IN (${places(paymentIds)}) AND status IN ('OPEN', 'ASSIGNED')`,
    [runId, ...paymentIds],
  );
}

/** Ends the run's cases that this execution did not find any more. Answers how many. */
export async function explain(tx: SqlConnection, { runId }: ClaimedRun): Promise<number> {
  const gone = `k.run_id = ? AND k.status IN ('OPEN', 'ASSIGNED')
    AND k.confirmed_at < (SELECT r.started_at FROM reconciliation_runs r WHERE r.id = k.run_id)`;
  await tx.execute(
    `INSERT INTO reconciliation_case_events (case_id, from_status, to_status, actor, owner_id, resolution, occurred_at)
     SELECT k.id, k.status, 'RESOLVED', ?, k.owner_id, ?, UTC_TIMESTAMP(3) FROM reconciliation_cases k WHERE ${gone}`,
    [RECONCILER, EXPLAINED, runId],
  );
  const { affectedRows } = await tx.execute<{ affectedRows: number }>(
    `UPDATE reconciliation_cases k SET k.status = 'RESOLVED', k.resolution = ?, k.resolved_by = ?,
       k.resolved_at = UTC_TIMESTAMP(3), k.version = k.version + 1 WHERE ${gone}`,
    [EXPLAINED, RECONCILER, runId],
  );
  return affectedRows;
}

const cut = (state: string | null) => state?.replace(/[^\x20-\x7e]/g, '?').slice(0, STATE_MAX) ?? null;
