import { createHash } from 'node:crypto';
import { AUDIT_DETAILS, type AuditDetails } from './audit.types';

/** What a row's hash covers besides the row before it. Written once in exactly this form. */
export interface AuditContent {
  readonly seq: number;
  readonly id: string;
  readonly at: Date;
  readonly actor: string;
  readonly action: string;
  readonly target: string;
  readonly mid: string | null;
  readonly outcome: string;
  readonly requestId: string | null;
  readonly clientAddress: string | null;
  readonly details: string;
}

/** The hash before the first row. */
export const CHAIN_START = Buffer.alloc(32);

/** SHA-256 over the previous hash and the content. A JSON array leaves no doubt where one field ends. */
export function chainHash(previous: Buffer, content: AuditContent): Buffer {
  const { seq, id, at, actor, action, target, mid, outcome, requestId, clientAddress, details } = content;
  const canonical = JSON.stringify([
    seq,
    id,
    at.toISOString(),
    actor,
    action,
    target,
    mid,
    outcome,
    requestId,
    clientAddress,
    details,
  ]);
  return createHash('sha256').update(previous).update(canonical, 'utf8').digest();
}

/** Printable ASCII only, cut to the column: what is hashed must be exactly what the column gives back. */
export function asciiColumn(value: string, lengthMax: number): string {
  return value
    .replace(/[^\x20-\x7e]/g, '?')
    .slice(0, lengthMax)
    .trimEnd();
}

const DETAIL_TEXT_MAX = 200;
const DETAILS_MAX = 2_000;

/** The listed details as JSON text, names in the list's order. */
export function detailsText(details: AuditDetails = {}): string {
  const kept: Record<string, string | number | boolean | null> = {};
  for (const name of AUDIT_DETAILS) {
    const value = details[name];
    if (value === undefined) continue;
    kept[name] = typeof value === 'string' ? value.slice(0, DETAIL_TEXT_MAX) : value;
  }
  const text = JSON.stringify(kept);
  return text.length <= DETAILS_MAX ? text : '{}';
}
