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
 * The condition of a search's lead. An action with a dot is that action; without one it is the first part of many, e.g.
 * `api-key` of `api-key.create` and `api-key.revoke`.
 */
export function leadCondition(search: AuditSearch): { readonly sql: string; readonly value: string } | null {
  const lead = LEADS.find((each) => search[each] !== undefined);
  if (lead === undefined) return null;
  const value = search[lead]!;
  if (lead === 'action') return { sql: value.includes('.') ? 'action = ?' : 'action_family = ?', value };
  return { sql: lead === 'requestId' ? 'request_id = ?' : `${lead} = ?`, value };
}
