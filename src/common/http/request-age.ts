/** Whether the request's own time is further off than allowed, either way. */
export function isOffClock(requestedAt: string, now: Date, skewMs: number): boolean {
  return !(Math.abs(Date.parse(requestedAt) - now.getTime()) <= skewMs);
}
