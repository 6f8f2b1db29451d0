import { CASE_TRANSITIONS } from '../modules/reconciliation/case.state';
import type { Check } from './violation';

const LEGAL = Object.entries(CASE_TRANSITIONS)
  .flatMap(([from, tos]) => tos.map((to) => `('${from}','${to}')`))
  .join(',');

/** A run whose neighbours are done too: while one of them reads, the rows of a day may change before they are counted. */
const AT_REST = `r.status = 'DONE' AND NOT EXISTS (SELECT 1 FROM reconciliation_runs n WHERE n.contract_id = r.contract_id
  AND n.list = r.list AND n.day BETWEEN r.day - INTERVAL 1 DAY AND r.day + INTERVAL 1 DAY AND n.status <> 'DONE')`;

const listedCheck = (list: string, table: string): Check => ({
  invariant: 'INV-11',
  what: `a reconciliation run does not count what was listed of ${list.toLowerCase()}`,
  sql: `SELECT r.id FROM reconciliation_runs r WHERE r.list = '${list}' AND r.basis = 'LIST' AND ${AT_REST}
          AND r.listed_count <> (SELECT COUNT(*) FROM ${table} m WHERE m.contract_id = r.contract_id
            AND m.listed_day = r.day AND m.withdrawn_at IS NULL)`,
});

/** Runs against what they read and found; cases against their events. */
export const RECONCILIATION_CHECKS: readonly Check[] = [
  listedCheck('MOVEMENTS', 'acquirer_movements'),
  listedCheck('SETTLEMENTS', 'acquirer_settlement_lines'),
  {
    invariant: 'INV-11',
    what: 'a reconciliation run does not count the cases that it found',
    sql: `SELECT r.id FROM reconciliation_runs r WHERE r.status = 'DONE' AND r.difference_count <>
            (SELECT COUNT(*) FROM reconciliation_cases k WHERE k.run_id = r.id AND k.confirmed_at >= r.started_at)`,
  },
  {
    invariant: 'INV-11',
    what: 'a break that was not found again is still open',
    sql: `SELECT k.id FROM reconciliation_cases k JOIN reconciliation_runs r ON r.id = k.run_id
          WHERE r.status = 'DONE' AND k.status <> 'RESOLVED' AND k.confirmed_at < r.started_at`,
  },
  {
    invariant: 'INV-11',
    what: 'a reconciliation case changed its state in a way that the table of states does not have',
    sql: `SELECT case_id AS id FROM reconciliation_case_events
          WHERE from_status IS NOT NULL AND (from_status, to_status) NOT IN (${LEGAL})`,
  },
  {
    invariant: 'INV-11',
    what: 'the events of a reconciliation case do not follow on each other from its opening',
    sql: `SELECT e.case_id AS id FROM (SELECT case_id, from_status,
            LAG(to_status) OVER (PARTITION BY case_id ORDER BY id) AS was FROM reconciliation_case_events) e
          WHERE NOT (e.from_status <=> e.was)`,
  },
  {
    invariant: 'INV-11',
    what: 'the last event of a reconciliation case is not what it says',
    sql: `SELECT k.id FROM reconciliation_cases k LEFT JOIN reconciliation_case_events e ON e.id =
            (SELECT MAX(l.id) FROM reconciliation_case_events l WHERE l.case_id = k.id)
          WHERE NOT (e.to_status <=> k.status) OR NOT (e.owner_id <=> k.owner_id)
            OR NOT (e.resolution <=> k.resolution) OR (k.status = 'RESOLVED' AND NOT (e.actor <=> k.resolved_by))`,
  },
];
