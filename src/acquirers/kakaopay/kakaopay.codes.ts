import type { CancelOutcome, DeclineCode } from '../port/acquirer.types';

interface Decline {
  readonly code: DeclineCode;
  readonly notProcessed?: true;
}

const NOT_TAKEN: Decline = { code: 'ACQUIRER_REJECTED', notProcessed: true };
const REJECTED: Decline = { code: 'ACQUIRER_REJECTED' };
const AMOUNT: Decline = { code: 'AMOUNT_NOT_ALLOWED' };
const LIMIT: Decline = { code: 'CARD_LIMIT_EXCEEDED' };
const BALANCE: Decline = { code: 'CARD_BALANCE_INSUFFICIENT' };
const STOPPED: Decline = { code: 'CARD_STOPPED' };
const NOT_SUPPORTED: Decline = { code: 'CARD_NOT_SUPPORTED' };
const IDENTITY: Decline = { code: 'BIRTH_OR_BUSINESS_NO_MISMATCH' };
const INSTALLMENT: Decline = { code: 'INSTALLMENT_NOT_ALLOWED' };

/**
 * KakaoPay's codes that say for certain that this confirm took nothing (its code workbook): `-706`, or, where a payment
 * method refused, `-780/` and the method's own reason. `notProcessed`: turned away at the door. A code that is not
 * here is unknown, never a decline.
 */
export const KAKAOPAY_DECLINES: Readonly<Record<string, Decline>> = {
  '-2': REJECTED,
  '-3': NOT_TAKEN,
  '-5': NOT_TAKEN,
  '-7': { code: 'ACQUIRER_MAINTENANCE', notProcessed: true },
  '-10': NOT_TAKEN,
  '-301': NOT_TAKEN,
  '-401': NOT_TAKEN,
  '-703': AMOUNT,
  '-704': AMOUNT,
  '-705': NOT_SUPPORTED,
  '-706': REJECTED,
  '-707': REJECTED,
  '-708': REJECTED,
  '-721': REJECTED,
  '-722': AMOUNT,
  '-723': REJECTED,
  '-724': AMOUNT,
  '-725': AMOUNT,
  '-726': REJECTED,
  '-730': NOT_TAKEN,
  '-731': NOT_TAKEN,
  '-732': NOT_TAKEN,
  '-733': NOT_TAKEN,
  '-798': NOT_TAKEN,
  '-799': NOT_TAKEN,
  '-780/LACK_BALANCE': BALANCE,
  '-780/NOT_ENOUGH_BALANCE': BALANCE,
  '-780/LIMIT_BALANCE': LIMIT,
  '-780/LIMIT_ONE_TIME': LIMIT,
  '-780/LIMIT_USE_PER_DAY': LIMIT,
  '-780/BANK_ACCOUNT_NOT_FOUND': NOT_SUPPORTED,
  '-780/BANK_NOT_CONNECTED': NOT_SUPPORTED,
  '-780/BANK_ACCOUNT_BLOCKED': STOPPED,
  '-780/USER_LOCKED': STOPPED,
  '-780/USER_NOT_FOUND': REJECTED,
  '-780/BANK_FIRM_UNAVAILABLE': { code: 'ACQUIRER_MAINTENANCE' },
  '-780/UNDER_CONSTRUCTION': { code: 'ACQUIRER_MAINTENANCE' },
  '-780/0001': STOPPED,
  '-780/0002': LIMIT,
  '-780/0003': NOT_SUPPORTED,
  '-780/0004': { code: 'CARD_EXPIRED' },
  '-780/0005': INSTALLMENT,
  '-780/0006': INSTALLMENT,
  '-780/0007': REJECTED,
  '-780/0008': REJECTED,
  '-780/0009': NOT_SUPPORTED,
  '-780/0013': AMOUNT,
  '-780/0014': { code: 'CARD_NUMBER_INVALID' },
  '-780/0015': LIMIT,
  '-780/0016': LIMIT,
  '-780/0019': { code: 'CARD_PASSWORD_INVALID' },
  '-780/0021': { code: 'CARD_PASSWORD_TRIES_EXCEEDED' },
  '-780/0023': { code: 'CARD_EXPIRY_INVALID' },
  '-780/0026': { code: 'CARD_LOST_OR_STOLEN' },
  '-780/0027': { code: 'CARD_DECLINED' },
  '-780/0029': REJECTED,
  '-780/0032': STOPPED,
  '-780/0051': IDENTITY,
  '-780/0052': IDENTITY,
  '-780/0062': LIMIT,
  '-780/0118': { code: 'CARD_NUMBER_INVALID' },
  '-780/0156': { code: 'CARD_PASSWORD_INVALID' },
  '-780/0174': BALANCE,
  '-780/0196': { code: 'CARD_EXPIRED' },
};

/** The payer has not authenticated this payment yet. */
export const KAKAOPAY_NOT_PAID: readonly string[] = ['-701'];

/** The only code of an inquiry that says that there is no such payment. */
export const KAKAOPAY_NOT_FOUND = '-721';

type Refusal = Pick<Extract<CancelOutcome, { kind: 'REFUSED' }>, 'reason' | 'retryLater'>;
const refusal = (reason: Refusal['reason'], retryLater = false): Refusal => ({ reason, retryLater });

/** Codes of a cancel that say for certain that nothing was cancelled by this call. */
export const KAKAOPAY_CANCEL_REFUSALS: Readonly<Record<string, Refusal>> = {
  '-710': refusal('BALANCE'),
  '-721': refusal('NOT_FOUND'),
  '-781': refusal('NOT_ALLOWED'),
  '-784': refusal('NOT_ALLOWED'),
  '-781/0022': refusal('NOT_ALLOWED'),
  '-781/0024': refusal('NOT_FOUND'),
  '-781/0136': refusal('NOT_FOUND'),
  '-781/0025': refusal('ALREADY_CANCELLED'),
  '-781/0140': refusal('ALREADY_CANCELLED'),
  '-781/0138': refusal('BALANCE'),
  '-781/INVALID_CANCEL_AMOUNT': refusal('BALANCE'),
  '-781/INVALID_CANCEL_STATUS': refusal('OTHER', true),
  '-781/BANK_FIRM_UNAVAILABLE': refusal('OTHER', true),
  '-781/UNDER_CONSTRUCTION': refusal('OTHER', true),
  '-2': refusal('OTHER'),
  '-722': refusal('OTHER'),
  '-724': refusal('OTHER'),
  '-725': refusal('OTHER'),
  '-3': refusal('OTHER', true),
  '-5': refusal('OTHER', true),
  '-7': refusal('OTHER', true),
  '-10': refusal('OTHER', true),
  '-301': refusal('OTHER', true),
  '-401': refusal('OTHER', true),
  '-730': refusal('OTHER', true),
  '-731': refusal('OTHER', true),
  '-732': refusal('OTHER', true),
  '-733': refusal('OTHER', true),
  '-798': refusal('OTHER', true),
  '-799': refusal('OTHER', true),
};

/** Issuers by the two codes that have been seen; KakaoPay publishes no table. */
const ISSUER_CODES: Readonly<Record<string, string>> = { '106': 'HYUNDAI', '212': 'SUHYUP' };

/** Issuers by name, without its ending. */
const ISSUER_NAMES: Readonly<Record<string, string>> = {
  비씨: 'BC',
  BC: 'BC',
  국민: 'KB',
  KB국민: 'KB',
  KB: 'KB',
  하나: 'HANA',
  삼성: 'SAMSUNG',
  신한: 'SHINHAN',
  현대: 'HYUNDAI',
  롯데: 'LOTTE',
  농협: 'NH',
  NH농협: 'NH',
  NH: 'NH',
  우리: 'WOORI',
  씨티: 'CITI',
  수협: 'SUHYUP',
  신협: 'SHINHYUP',
  광주: 'GWANGJU',
  전북: 'JEONBUK',
  제주: 'JEJU',
  카카오뱅크: 'KAKAO_BANK',
  케이뱅크: 'K_BANK',
  토스뱅크: 'TOSS_BANK',
};

/** Our name of an issuer; KakaoPay's own code where neither code nor name is known. */
export function kakaopayIssuer(code: string, name: string): string {
  const stem = name.replace(/(은행)?(카드)?$/, '');
  const known = Object.hasOwn(ISSUER_CODES, code) ? ISSUER_CODES[code] : undefined;
  const named = Object.hasOwn(ISSUER_NAMES, stem) ? ISSUER_NAMES[stem] : undefined;
  return known ?? named ?? (code.replace(/[^\x20-\x7e]/g, '?').slice(0, 30) || 'UNKNOWN');
}
