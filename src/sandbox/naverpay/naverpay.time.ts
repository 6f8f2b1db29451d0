import { koreanTime } from '../../common/time/korean-time';

/** `yyyyMMddHHmmss` in Korea, the form of every time in NaverPay's bodies. */
export function compactTime(atMs: number): string {
  return koreanTime(new Date(atMs)).replace(/\D/g, '').slice(0, 14);
}

/** Reads `yyyyMMddHHmmss` as Korean time; undefined for any other form and for times that do not exist. */
export function parseCompactTime(text: string): number | undefined {
  const parts = /^(\d{4})(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)$/.exec(text);
  if (!parts) return undefined;
  const [, year, month, day, hour, minute, second] = parts;
  const atMs = Date.parse(`${year}-${month}-${day}T${hour}:${minute}:${second}+09:00`);
  return !Number.isNaN(atMs) && compactTime(atMs) === text ? atMs : undefined;
}
