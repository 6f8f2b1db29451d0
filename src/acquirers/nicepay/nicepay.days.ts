import { koreanDay } from '../../common/time/korean-time';

/** How far NICEPAY's clock, and the payer's time in the window, may carry an order into the day beside ours. */
const NEAR_MIDNIGHT_MS = 15 * 60_000;

const compact = (day: string) => day.replaceAll('-', '');

/** The Korean days (`yyyyMMdd`) on which an order may be filed: its own, and a neighbour when midnight is near. */
export function orderDays(requestedAt: Date): readonly [string, string?] {
  const dayAt = (offsetMs: number) => compact(koreanDay(new Date(requestedAt.getTime() + offsetMs)));
  const day = dayAt(0);
  const neighbour = [dayAt(NEAR_MIDNIGHT_MS), dayAt(-NEAR_MIDNIGHT_MS)].find((other) => other !== day);
  return neighbour === undefined ? [day] : [day, neighbour];
}
