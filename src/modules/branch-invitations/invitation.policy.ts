/** What became of one row of a list of recipients. */
export const INVITE_RESULTS = [
  'INVITED',
  'DUPLICATE_IN_LIST',
  'ALREADY_INVITED',
  'PHONE_LIMIT',
  'MERCHANT_LIMIT',
] as const;
export type InviteResult = (typeof INVITE_RESULTS)[number];

/** How many were sent on the latest day on which any was. */
export interface DaySends {
  readonly day: string;
  readonly sends: number;
}

/** How many may be sent on a Korean day. */
export interface SendLimits {
  /** To one number, whichever merchants send. */
  readonly phoneDailyMax: number;
  readonly merchantDailyMax: number;
}

export function sentOn(today: string, seen: DaySends | undefined): number {
  return seen?.day === today ? seen.sends : 0;
}

export interface InviteSeen {
  readonly inListBefore: boolean;
  readonly hasOpen: boolean;
  readonly phoneSends: number;
  readonly merchantSends: number;
}

/** Whether a row is invited; the first reason that speaks against it is told. */
export function judgeInvite(seen: InviteSeen, limits: SendLimits): InviteResult {
  if (seen.inListBefore) return 'DUPLICATE_IN_LIST';
  if (seen.hasOpen) return 'ALREADY_INVITED';
  if (seen.phoneSends >= limits.phoneDailyMax) return 'PHONE_LIMIT';
  if (seen.merchantSends >= limits.merchantDailyMax) return 'MERCHANT_LIMIT';
  return 'INVITED';
}

const LOOK_PAUSES_MS = [2_000, 3_000, 5_000, 15_000, 60_000, 300_000, 900_000, 3_600_000] as const;

/** How long until it is looked at again what became of the message. Milliseconds, before scaling. */
export function lookPauseMs(looks: number): number {
  return LOOK_PAUSES_MS[Math.min(looks, LOOK_PAUSES_MS.length - 1)]!;
}
