import type { CancelOutcome, DeclineCode } from '../port/acquirer.types';

/**
 * Result codes of apply that say for certain that no approval was made ("결제승인", result codes). `notProcessed`: the
 * order was turned away at the door. AlreadyOnGoing and AlreadyComplete say the opposite or nothing; they and whatever
 * is not here are unknown, never a decline.
 */
export const NAVERPAY_DECLINES: Readonly<Record<string, { code: DeclineCode; notProcessed?: true }>> = {
  // Refusals of card companies and banks; only a message tells more, and no document lists the messages.
  Fail: { code: 'CARD_DECLINED' },
  OwnerAuthFail: { code: 'BIRTH_OR_BUSINESS_NO_MISMATCH' },
  NotEnoughAccountBalance: { code: 'CARD_BALANCE_INSUFFICIENT' },
  BankMaintenance: { code: 'ACQUIRER_MAINTENANCE' },
  FaultCheckOngoing: { code: 'ACQUIRER_MAINTENANCE' },
  MaintenanceOngoing: { code: 'ACQUIRER_MAINTENANCE', notProcessed: true },
  // Ten minutes after the payer authenticated.
  TimeExpired: { code: 'ACQUIRER_REJECTED' },
  InvalidMerchant: { code: 'ACQUIRER_REJECTED', notProcessed: true },
  RequireParameter: { code: 'ACQUIRER_REJECTED' },
  InvalidParameter: { code: 'ACQUIRER_REJECTED' },
};

type Refusal = Pick<Extract<CancelOutcome, { kind: 'REFUSED' }>, 'reason' | 'retryLater'>;

/**
 * Result codes of cancel that say for certain that this call cancelled nothing ("결제취소", result codes). Unknown are
 * CancelNotComplete (NaverPay has taken it and tries again by itself), AlreadyOnGoing (it may be this very cancel) and
 * Fail ("other failure").
 */
export const NAVERPAY_CANCEL_REFUSALS: Readonly<Record<string, Refusal>> = {
  AlreadyCanceled: { reason: 'ALREADY_CANCELLED', retryLater: false },
  OverRemainAmount: { reason: 'BALANCE', retryLater: false },
  RestAmountDiff: { reason: 'BALANCE', retryLater: false },
  TaxScopeAmtGreaterThanRemainError: { reason: 'BALANCE', retryLater: false },
  InvalidPaymentId: { reason: 'NOT_FOUND', retryLater: false },
  CancelDeadlineExpired: { reason: 'NOT_ALLOWED', retryLater: false },
  InvalidDiscountCancelCondition: { reason: 'NOT_ALLOWED', retryLater: false },
  TaxScopeAmountError: { reason: 'OTHER', retryLater: false },
  RequireParameter: { reason: 'OTHER', retryLater: false },
  InvalidParameter: { reason: 'OTHER', retryLater: false },
  PreCancelNotComplete: { reason: 'OTHER', retryLater: true },
  MaintenanceOngoing: { reason: 'OTHER', retryLater: true },
  FaultCheckOngoing: { reason: 'OTHER', retryLater: true },
  InvalidMerchant: { reason: 'OTHER', retryLater: true },
};

/** Undefined for a code that is not listed. */
export function naverpayDecline(code: string) {
  return Object.hasOwn(NAVERPAY_DECLINES, code) ? NAVERPAY_DECLINES[code] : undefined;
}

/** Undefined for a code that is not listed. */
export function naverpayRefusal(code: string): Refusal | undefined {
  return Object.hasOwn(NAVERPAY_CANCEL_REFUSALS, code) ? NAVERPAY_CANCEL_REFUSALS[code] : undefined;
}

/** `cardCorpCode` in our names, as public clients list it; the code itself stands for one that is not here. */
const ISSUERS: ReadonlyMap<string, string> = new Map([
  ['C0', 'SHINHAN'],
  ['C1', 'BC'],
  ['C2', 'GWANGJU'],
  ['C3', 'KB'],
  ['C4', 'NH'],
  ['C5', 'LOTTE'],
  ['C6', 'KDB'],
  ['C7', 'SAMSUNG'],
  ['C8', 'SUHYUP'],
  ['C9', 'CITI'],
  ['CA', 'HANA'],
  ['CB', 'WOORI'],
  ['CC', 'JEONBUK'],
  ['CD', 'JEJU'],
  ['CF', 'HANA'],
  ['CH', 'HYUNDAI'],
]);

export function naverpayIssuer(cardCorpCode: string): string {
  return ISSUERS.get(cardCorpCode) ?? cardCorpCode.replace(/[^\x20-\x7e]/g, '?').slice(0, 30);
}

/** Codes of the history that say that nothing was looked up. */
export const NAVERPAY_LIST_REFUSALS: readonly string[] = [
  'RequireParameter',
  'InvalidParameter',
  'TimeConditionError',
];
