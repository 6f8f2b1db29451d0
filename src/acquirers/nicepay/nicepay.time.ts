import { koreanTime } from '../../common/time/korean-time';

const COMPACT = /^(\d{4})(\d{2})(\d{2})(\d{2})(\d{2})(\d{2})$/;

/** `yyyyMMddHHmmss` in Korea: EdiDate of the legacy webapi. */
export function legacyTime(at: Date): string {
  return koreanTime(at).slice(0, 19).replace(/\D/g, '');
}

/** ISO 8601 with milliseconds and `+0900`: ediDate of the new API. */
export function newApiTime(at: Date): string {
  return koreanTime(at).replace('+09:00', '+0900');
}

/**
 * Reads a Korean time of the legacy answers: `yyMMddHHmmss` (public samples) or `yyyyMMddHHmmss` (the manual's table of
 * AuthDate). Null for anything else.
 */
export function readLegacyTime(text: string): Date | null {
  const parts = COMPACT.exec(text.length === 12 ? `20${text}` : text);
  if (parts === null) return null;
  const [, year, month, day, hour, minute, second] = parts;
  return readIso(`${year}-${month}-${day}T${hour}:${minute}:${second}+09:00`);
}

/** Reads a time of the new API, `+0900` without its colon. Null for `0`, which means never, and for anything else. */
export function readNewApiTime(text: string): Date | null {
  return readIso(text.replace(/([+-]\d{2})(\d{2})$/, '$1:$2'));
}

function readIso(text: string): Date | null {
  if (!/^\d{4}-\d{2}-\d{2}T/.test(text)) return null;
  const at = Date.parse(text);
  return Number.isNaN(at) ? null : new Date(at);
}
