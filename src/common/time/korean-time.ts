const KOREA_OFFSET_MS = 9 * 60 * 60 * 1000;

/** ISO 8601 with milliseconds and the offset +09:00, the form of every time in the API. Korea has no daylight saving. */
export function koreanTime(at: Date): string {
  return `${new Date(at.getTime() + KOREA_OFFSET_MS).toISOString().slice(0, -1)}+09:00`;
}

/** The Korean calendar day of an instant, `YYYY-MM-DD`. */
export function koreanDay(at: Date): string {
  return new Date(at.getTime() + KOREA_OFFSET_MS).toISOString().slice(0, 10);
}

/** The instant at which a Korean day begins. The day must be `YYYY-MM-DD`. */
export function startOfKoreanDay(day: string): Date {
  return new Date(Date.parse(`${day}T00:00:00.000Z`) - KOREA_OFFSET_MS);
}

/** The Korean day so many days later (or earlier, when negative). */
export function addDays(day: string, days: number): string {
  return new Date(Date.parse(`${day}T00:00:00.000Z`) + days * 86_400_000).toISOString().slice(0, 10);
}

/** True for a day that exists: `2026-02-29` does not. */
export function isCalendarDay(text: string): boolean {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text)) return false;
  const parsed = new Date(`${text}T00:00:00.000Z`);
  return !Number.isNaN(parsed.getTime()) && parsed.toISOString().slice(0, 10) === text;
}

/** UTC text for a DATETIME(3) parameter. */
export function databaseTime(at: Date): string {
  return at.toISOString().slice(0, 23).replace('T', ' ');
}

/** Reads a DATETIME(3) that came back as text or Date; null stays null. */
export function fromDatabaseTime(value: string | Date): Date {
  return value instanceof Date ? value : new Date(`${value.replace(' ', 'T')}Z`);
}
