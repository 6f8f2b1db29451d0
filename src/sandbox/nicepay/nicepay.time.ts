import { koreanTime } from '../../common/time/korean-time';

const korean = (atMs: number) => koreanTime(new Date(atMs));

/** `yyyy-MM-dd'T'HH:mm:ss.SSS+0900`, the form of every time of the new API. */
export function nicepayTime(atMs: number): string {
  return korean(atMs).replace('+09:00', '+0900');
}

/** The same to the second: paidAt and its like carry no milliseconds of their own. */
export function nicepaySecond(atMs: number): string {
  return nicepayTime(Math.floor(atMs / 1_000) * 1_000);
}

/** `yyyyMMddHHmmss` in Korea. */
export function compactTime(atMs: number): string {
  return korean(atMs).slice(0, 19).replace(/\D/g, '');
}

/** `yyMMddHHmmss` in Korea: the time inside a TID, and AuthDate. */
export function tidTime(atMs: number): string {
  return compactTime(atMs).slice(2);
}

/** `yyyyMMdd` in Korea. */
export function compactDay(atMs: number): string {
  return compactTime(atMs).slice(0, 8);
}

/** The Korean month of an instant as YYMM, for card expiries. */
export function koreanMonth(atMs: number): string {
  return compactTime(atMs).slice(2, 6);
}

const EXPIRY = /^(\d{4})(\d{2})(\d{2})(?:(\d{2})(\d{2}))?$/;

/** `yyyyMMdd` (to the end of that day) or `yyyyMMddHHmm` in Korea, when an account runs out; null for anything else. */
export function readExpiry(text: string): number | null {
  const parts = EXPIRY.exec(text);
  if (parts === null) return null;
  const [, year, month, day, hour, minute] = parts;
  const time = hour === undefined ? '23:59:59' : `${hour}:${minute}:00`;
  const atMs = Date.parse(`${year}-${month}-${day}T${time}+09:00`);
  return Number.isNaN(atMs) ? null : atMs;
}
