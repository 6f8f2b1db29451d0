import type { AuditOutcome } from './audit.types';

/** By what a search is led; each has its indexes, and one of them at most leads a search. */
export const LEADS = ['actor', 'target', 'mid', 'requestId', 'action'] as const;
export type Lead = (typeof LEADS)[number];

export interface AuditSearch extends Partial<Record<Lead, string>> {
  readonly outcome?: AuditOutcome;
  /** The first instant, and the first one after. */
  readonly from?: Date;
  readonly to?: Date;
}

/** By how much processes' clocks may differ: rows are in the order of the chain, and each has its writer's time. */
export const CLOCKS_DIFFER_MS = 300_000;

/** The leads that are given beyond the first one: nothing serves them together. */
export function leadsTooMany(search: AuditSearch): readonly Lead[] {
  return LEADS.filter((lead) => search[lead] !== undefined).slice(1);
}

/**
 * What a search is led by. An action with a dot is that action; without one it is the first part of many, e.g.
 * `api-key` of `api-key.create` and `api-key.revoke`.
 */
export function leadCondition(
  search: AuditSearch,
): { readonly column: string; readonly value: string } | null {
  const lead = LEADS.find((each) => search[each] !== undefined);
  if (lead === undefined) return null;
  const value = search[lead]!;
  if (lead === 'action') return { column: value.includes('.') ? 'action' : 'action_family', value };
  return { column: lead === 'requestId' ? 'request_id' : lead, value };
}

const INDEXES: Readonly<Record<string, string>> = { action_family: 'family', request_id: 'request' };

/** The index that serves it: said, not left to be guessed. Few rows share a request, so its outcome has none. */
export function searchIndex(search: AuditSearch): string {
  const lead = leadCondition(search);
  const byOutcome = search.outcome === undefined ? '' : '_outcome';
  if (lead === null) return search.outcome === undefined ? 'PRIMARY' : 'ix_audit_logs_outcome';
  const name = INDEXES[lead.column] ?? lead.column;
  if (name === 'request') return 'ix_audit_logs_request';
  // The first two were made with the table.
  const bySeq = name === 'mid' || name === 'target' ? '_seq' : '';
  return `ix_audit_logs_${name}${byOutcome === '' ? bySeq : byOutcome}`;
}
