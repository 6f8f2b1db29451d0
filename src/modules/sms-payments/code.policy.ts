import { shownStatus } from './sms-payment.state';
import type { CodeVerdict, SmsPayment } from './sms-payments.types';

/** payments.md, "SMS payments": six digits, five tries, five sends a day to a phone. */
export const CODE_DIGITS = 6;
export const CODE_TRIES_MAX = 5;
export const CODE_SENDS_MAX = 5;
/** The first one, and five more. */
export const LINK_SENDS_MAX = 6;

/** How many codes a phone was sent on which Korean day. */
export interface PhoneSends {
  readonly day: string;
  readonly sends: number;
  readonly lastSentAt: Date | null;
}

export type SendVerdict =
  | { readonly kind: 'SEND'; readonly sends: number }
  | { readonly kind: 'TOO_SOON'; readonly nextSendAt: Date }
  | { readonly kind: 'TOO_MANY' };

/** Whether a phone may be sent another code now. */
export function judgeSend(seen: PhoneSends, today: string, now: Date, pauseMs: number): SendVerdict {
  const sends = seen.day === today ? seen.sends : 0;
  if (sends >= CODE_SENDS_MAX) return { kind: 'TOO_MANY' };
  return tooSoon(seen.lastSentAt, now, pauseMs) ?? { kind: 'SEND', sends: sends + 1 };
}

/** Whether the link may be sent once more now. */
export function judgeResend(
  seen: { readonly linkSends: number; readonly linkSentAt: Date },
  now: Date,
  pauseMs: number,
): SendVerdict {
  if (seen.linkSends >= LINK_SENDS_MAX) return { kind: 'TOO_MANY' };
  return tooSoon(seen.linkSentAt, now, pauseMs) ?? { kind: 'SEND', sends: seen.linkSends + 1 };
}

function tooSoon(last: Date | null, now: Date, pauseMs: number): SendVerdict | null {
  if (last === null) return null;
  const nextSendAt = new Date(last.getTime() + pauseMs);
  return nextSendAt > now ? { kind: 'TOO_SOON', nextSendAt } : null;
}

/** Whether a code could still be tried. */
export function hasLiveCode(
  { codeHash, codeTries, codeExpiresAt }: Pick<SmsPayment, 'codeHash' | 'codeTries' | 'codeExpiresAt'>,
  now: Date,
): boolean {
  return codeHash !== null && codeExpiresAt !== null && codeExpiresAt > now && codeTries < CODE_TRIES_MAX;
}

/**
 * What a confirm may do; every one that meets a live code is a try. `isRight` says whether the code is the right one,
 * compared beforehand in constant time.
 */
export function judgeConfirm(
  seen: SmsPayment,
  given: { readonly isRight: boolean; readonly keyId: string },
  now: Date,
): CodeVerdict {
  if (seen.status === 'PAYING') return { kind: 'BUSY' };
  const status = shownStatus(seen.status, seen.expiresAt, now);
  if (status !== 'REQUESTED') return { kind: 'CLOSED', status };
  if (!hasLiveCode(seen, now)) return { kind: 'NO_CODE' };
  if (!given.isRight) return { kind: 'WRONG', triesLeft: CODE_TRIES_MAX - seen.codeTries - 1 };
  return seen.keyId === given.keyId ? { kind: 'CLAIM' } : { kind: 'OLD_KEY' };
}
