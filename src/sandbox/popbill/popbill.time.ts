const KOREA_OFFSET_MS = 9 * 60 * 60_000;

/** `yyyyMMddHHmmss` in Korea, the form of Popbill's times. */
export function kstCompact(atMs: number): string {
  return new Date(atMs + KOREA_OFFSET_MS).toISOString().slice(0, 19).replace(/\D/g, '');
}
