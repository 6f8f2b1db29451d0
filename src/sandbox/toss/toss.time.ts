const KOREA_OFFSET_MS = 9 * 60 * 60_000;

/** ISO 8601 with the offset +09:00 and whole seconds, the form of every time of TossPayments. */
export function tossTime(atMs: number): string {
  return `${koreanSeconds(atMs)}+09:00`;
}

/** The `createdAt` of webhooks: Korean time with six decimals and no offset. */
export function tossLocalTime(atMs: number): string {
  const milliseconds = new Date(atMs).toISOString().slice(20, 23);
  return `${koreanSeconds(atMs)}.${milliseconds}000`;
}

/** `yyyyMMddHHmmss` in Korea. */
export function compactTime(atMs: number): string {
  return koreanSeconds(atMs).replace(/\D/g, '');
}

/** Reads `yyyy-MM-dd'T'HH:mm:ss` as Korean time; undefined for any other form and for days that do not exist. */
export function parseTossLocalTime(text: unknown): number | undefined {
  if (typeof text !== 'string' || !/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}$/.test(text)) return undefined;
  const atMs = Date.parse(`${text}+09:00`);
  return !Number.isNaN(atMs) && koreanSeconds(atMs) === text ? atMs : undefined;
}

/** The due date of a virtual account: a Korean local time, with its offset or without. */
export function parseTossDueDate(text: unknown): number | undefined {
  return parseTossLocalTime(typeof text === 'string' ? text.replace(/\+09:00$/, '') : text);
}

/** The Korean month of an instant as a number that can be compared: 202612. */
export function koreanMonth(atMs: number): number {
  return Number(compactTime(atMs).slice(0, 6));
}

function koreanSeconds(atMs: number): string {
  return new Date(atMs + KOREA_OFFSET_MS).toISOString().slice(0, 19);
}
