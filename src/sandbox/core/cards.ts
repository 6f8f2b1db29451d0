import { stableHash } from './random';

/** The test cards that every acquirer of the sandbox knows, by meaning; each acquirer puts them into its own codes. */

/** Why an issuer refuses. */
export type DeclineReason =
  | 'issuer-declined'
  | 'limit-exceeded'
  | 'expired-card'
  | 'lost-or-stolen'
  | 'wrong-password'
  | 'wrong-identity'
  | 'installment-not-allowed'
  | 'maintenance';

/** What happens on approval besides the plain answer. */
export type ApprovalPlay =
  'approve-then-silent' | 'silent' | 'approve-late' | 'approve-then-error' | 'approve-then-unreadable';

/** What happens on a later cancel; kept with the payment, since the card number is not. */
export type CancelPlay = 'first-cancel-silent' | 'cancel-refused-at-first';

export type Issuer = 'SHINHAN' | 'KB' | 'SAMSUNG' | 'HYUNDAI' | 'LOTTE' | 'NH' | 'HANA' | 'WOORI' | 'BC';

export interface CardProfile {
  readonly issuer: Issuer;
  readonly check: boolean;
  readonly corporate: boolean;
  readonly decline?: DeclineReason;
  readonly approval?: ApprovalPlay;
  readonly cancel?: CancelPlay;
}

const card = (rest: Partial<CardProfile> = {}): CardProfile => ({
  issuer: 'SHINHAN',
  check: false,
  corporate: false,
  ...rest,
});

const TEST_CARDS: ReadonlyMap<string, CardProfile> = new Map([
  ['4242424242424242', card()],
  ['5555555555554444', card({ issuer: 'KB', check: true })],
  ['3530111333300000', card({ issuer: 'SAMSUNG', corporate: true })],
  ['4000000000000002', card({ decline: 'issuer-declined' })],
  ['4000000000009995', card({ decline: 'limit-exceeded' })],
  ['4000000000000069', card({ decline: 'expired-card' })],
  ['4000000000009979', card({ decline: 'lost-or-stolen' })],
  ['4000000000006108', card({ approval: 'approve-then-silent' })],
  ['4000000000006116', card({ approval: 'silent' })],
  ['4000000000006124', card({ approval: 'approve-late' })],
  ['4000000000006132', card({ approval: 'approve-then-error' })],
  ['4000000000006140', card({ approval: 'approve-then-unreadable' })],
  ['4000000000006157', card({ decline: 'wrong-password' })],
  ['4000000000006165', card({ decline: 'wrong-identity' })],
  ['4000000000006173', card({ decline: 'installment-not-allowed' })],
  ['4000000000006181', card({ decline: 'maintenance' })],
  ['4000000000006199', card({ cancel: 'first-cancel-silent' })],
  ['4000000000006207', card({ cancel: 'cancel-refused-at-first' })],
]);

const ISSUERS: readonly Issuer[] = [
  'SHINHAN',
  'KB',
  'SAMSUNG',
  'HYUNDAI',
  'LOTTE',
  'NH',
  'HANA',
  'WOORI',
  'BC',
];

/** Any number that is no test card is a personal credit card of an issuer that its number always leads to. */
export function cardProfile(cardNumber: string): CardProfile {
  const known = TEST_CARDS.get(cardNumber);
  if (known) return known;
  return card({ issuer: ISSUERS[stableHash(cardNumber) % ISSUERS.length] ?? 'SHINHAN' });
}

export function isTestCard(cardNumber: string): boolean {
  return TEST_CARDS.has(cardNumber);
}

/** ISO/IEC 7812-1, annex B. */
export function passesLuhn(cardNumber: string): boolean {
  let sum = 0;
  for (let fromRight = 0; fromRight < cardNumber.length; fromRight += 1) {
    const digit = cardNumber.charCodeAt(cardNumber.length - 1 - fromRight) - 48;
    const weighted = fromRight % 2 === 1 ? digit * 2 : digit;
    sum += weighted > 9 ? weighted - 9 : weighted;
  }
  return sum % 10 === 0;
}

/** How long the waits named by the test cards are, before SANDBOX_TIME_SCALE. */
export const LATE_APPROVAL_MS = 3_000;
export const CANCEL_REFUSED_FOR_MS = 60_000;
export const SILENCE_MAX_MS = 120_000;
