import type { DeclineCode } from '../port/acquirer.types';

/**
 * TossPayments error codes that say for certain that no approval was made, and what they mean in our catalogue
 * (TossPayments "API 에러 코드"). `notProcessed`: the order was not taken at all, so another acquirer may be asked.
 * A code that is not here is unknown, never a decline.
 */
export const TOSS_DECLINES: Readonly<Record<string, { code: DeclineCode; notProcessed?: true }>> = {
  REJECT_CARD_COMPANY: { code: 'CARD_DECLINED' },
  INVALID_REJECT_CARD: { code: 'CARD_DECLINED' },
  REJECT_CARD_PAYMENT: { code: 'CARD_LIMIT_EXCEEDED' },
  EXCEED_MAX_PAYMENT_AMOUNT: { code: 'CARD_LIMIT_EXCEEDED' },
  EXCEED_MAX_DAILY_PAYMENT_COUNT: { code: 'CARD_LIMIT_EXCEEDED' },
  EXCEED_MAX_ONE_DAY_AMOUNT: { code: 'CARD_LIMIT_EXCEEDED' },
  EXCEED_MAX_AMOUNT: { code: 'AMOUNT_NOT_ALLOWED' },
  BELOW_MINIMUM_AMOUNT: { code: 'AMOUNT_NOT_ALLOWED' },
  REJECT_ACCOUNT_PAYMENT: { code: 'CARD_BALANCE_INSUFFICIENT' },
  INVALID_CARD_LOST_OR_STOLEN: { code: 'CARD_LOST_OR_STOLEN' },
  INVALID_STOPPED_CARD: { code: 'CARD_STOPPED' },
  INVALID_CARD_EXPIRATION: { code: 'CARD_EXPIRED' },
  INVALID_CARD_NUMBER: { code: 'CARD_NUMBER_INVALID' },
  INVALID_CARD: { code: 'CARD_NUMBER_INVALID' },
  INVALID_CARD_PASSWORD: { code: 'CARD_PASSWORD_INVALID' },
  EXCEED_MAX_AUTH_COUNT: { code: 'CARD_PASSWORD_TRIES_EXCEEDED' },
  INVALID_CARD_IDENTITY: { code: 'BIRTH_OR_BUSINESS_NO_MISMATCH' },
  INVALID_BIRTH_DAY_FORMAT: { code: 'BIRTH_OR_BUSINESS_NO_MISMATCH' },
  NOT_SUPPORTED_CARD_TYPE: { code: 'CARD_NOT_SUPPORTED' },
  NOT_SUPPORTED_METHOD: { code: 'CARD_NOT_SUPPORTED' },
  INVALID_CARD_COMPANY: { code: 'CARD_NOT_SUPPORTED' },
  NOT_REGISTERED_CARD_COMPANY: { code: 'CARD_NOT_SUPPORTED' },
  INVALID_CARD_INSTALLMENT_PLAN: { code: 'INSTALLMENT_NOT_ALLOWED' },
  EXCEED_MAX_CARD_INSTALLMENT_PLAN: { code: 'INSTALLMENT_NOT_ALLOWED' },
  NOT_SUPPORTED_INSTALLMENT_PLAN_CARD_OR_MERCHANT: { code: 'INSTALLMENT_NOT_ALLOWED' },
  NOT_SUPPORTED_MONTHLY_INSTALLMENT_PLAN: { code: 'INSTALLMENT_NOT_ALLOWED' },
  FDS_ERROR: { code: 'SUSPECTED_FRAUD' },
  MAINTAINED_METHOD: { code: 'ACQUIRER_MAINTENANCE', notProcessed: true },
  UNAUTHORIZED_KEY: { code: 'ACQUIRER_REJECTED', notProcessed: true },
  INVALID_API_KEY: { code: 'ACQUIRER_REJECTED', notProcessed: true },
  INCORRECT_BASIC_AUTH_FORMAT: { code: 'ACQUIRER_REJECTED', notProcessed: true },
  NOT_FOUND_MERCHANT: { code: 'ACQUIRER_REJECTED', notProcessed: true },
  NOT_FOUND_TERMINAL_ID: { code: 'ACQUIRER_REJECTED', notProcessed: true },
  NOT_REGISTERED_BUSINESS: { code: 'ACQUIRER_REJECTED', notProcessed: true },
  FORBIDDEN_REQUEST: { code: 'ACQUIRER_REJECTED', notProcessed: true },
  INVALID_REQUEST: { code: 'ACQUIRER_REJECTED' },
  INVALID_ORDER_ID: { code: 'ACQUIRER_REJECTED' },
  INVALID_ORDER_NAME: { code: 'ACQUIRER_REJECTED' },
  INVALID_EMAIL: { code: 'ACQUIRER_REJECTED' },
  INVALID_IDEMPOTENCY_KEY: { code: 'ACQUIRER_REJECTED' },
};

/**
 * What the confirm of a window payment answers besides: the payer may have used an account or points there. As above,
 * each says for certain that this confirm took nothing.
 */
export const TOSS_CONFIRM_DECLINES: typeof TOSS_DECLINES = {
  ...TOSS_DECLINES,
  // The payer was too late, or what the browser brought is no payment of this contract.
  NOT_FOUND_PAYMENT_SESSION: { code: 'ACQUIRER_REJECTED' },
  NOT_FOUND_PAYMENT: { code: 'ACQUIRER_REJECTED' },
  INVALID_AUTHORIZE_AUTH: { code: 'ACQUIRER_REJECTED' },
  NOT_ALLOWED_POINT_USE: { code: 'CARD_NOT_SUPPORTED' },
  EXCEED_MAX_ONE_DAY_WITHDRAW_AMOUNT: { code: 'CARD_LIMIT_EXCEEDED' },
  EXCEED_MAX_ONE_TIME_WITHDRAW_AMOUNT: { code: 'CARD_LIMIT_EXCEEDED' },
  RESTRICTED_TRANSFER_ACCOUNT: { code: 'CARD_NOT_SUPPORTED' },
  INVALID_PASSWORD: { code: 'CARD_PASSWORD_INVALID' },
  NOT_AVAILABLE_BANK: { code: 'ACQUIRER_MAINTENANCE' },
};

/** What the issuing of a billing key answers besides: the card could not be authenticated. */
export const TOSS_BILLING_KEY_DECLINES: typeof TOSS_DECLINES = {
  ...TOSS_DECLINES,
  INVALID_BILL_KEY_REQUEST: { code: 'ACQUIRER_REJECTED' },
  INVALID_BILLING_AUTH: { code: 'ACQUIRER_REJECTED' },
};

/** What a charge answers besides: the key is none of this contract, of another customer, or gone. */
export const TOSS_CHARGE_DECLINES: typeof TOSS_DECLINES = {
  ...TOSS_BILLING_KEY_DECLINES,
  NOT_FOUND_BILLING: { code: 'ACQUIRER_REJECTED' },
  NOT_MATCHES_CUSTOMER_KEY: { code: 'ACQUIRER_REJECTED' },
  ALREADY_REMOVED_BILLING_KEY: { code: 'ACQUIRER_REJECTED' },
};

/** The payer has not authenticated this order yet. */
export const TOSS_NOT_PAID: readonly string[] = ['UNAPPROVED_ORDER_ID'];

type Refusal = {
  reason: 'ALREADY_CANCELLED' | 'BALANCE' | 'NOT_FOUND' | 'NOT_ALLOWED' | 'OTHER';
  retryLater: boolean;
};

/** Codes of the cancel operation that say for certain that nothing was cancelled by this call. */
export const TOSS_CANCEL_REFUSALS: Readonly<Record<string, Refusal>> = {
  ALREADY_CANCELED_PAYMENT: { reason: 'ALREADY_CANCELLED', retryLater: false },
  ALREADY_REFUND_PAYMENT: { reason: 'ALREADY_CANCELLED', retryLater: false },
  NOT_CANCELABLE_AMOUNT: { reason: 'BALANCE', retryLater: false },
  NOT_MATCHES_REFUNDABLE_AMOUNT: { reason: 'BALANCE', retryLater: false },
  EXCEED_CANCEL_AMOUNT_DISCOUNT_AMOUNT: { reason: 'BALANCE', retryLater: false },
  NOT_FOUND_PAYMENT: { reason: 'NOT_FOUND', retryLater: false },
  NOT_CANCELABLE_PAYMENT: { reason: 'NOT_ALLOWED', retryLater: false },
  NOT_CANCELABLE_PAYMENT_FOR_DORMANT_USER: { reason: 'NOT_ALLOWED', retryLater: false },
  EXCEED_MAX_REFUND_DUE: { reason: 'NOT_ALLOWED', retryLater: false },
  NOT_ALLOWED_PARTIAL_REFUND: { reason: 'NOT_ALLOWED', retryLater: false },
  NOT_ALLOWED_PARTIAL_REFUND_WAITING_DEPOSIT: { reason: 'NOT_ALLOWED', retryLater: false },
  REFUND_REJECTED: { reason: 'OTHER', retryLater: false },
  INVALID_REQUEST: { reason: 'OTHER', retryLater: false },
  INVALID_REFUND_ACCOUNT_INFO: { reason: 'OTHER', retryLater: false },
  INVALID_REFUND_ACCOUNT_NUMBER: { reason: 'OTHER', retryLater: false },
  INVALID_BANK: { reason: 'OTHER', retryLater: false },
  FORBIDDEN_BANK_REFUND_REQUEST: { reason: 'OTHER', retryLater: false },
  FORBIDDEN_CONSECUTIVE_REQUEST: { reason: 'OTHER', retryLater: true },
  EXCEED_CANCEL_LIMIT: { reason: 'OTHER', retryLater: true },
  NOT_AVAILABLE_BANK: { reason: 'OTHER', retryLater: true },
  FORBIDDEN_REQUEST: { reason: 'OTHER', retryLater: true },
  UNAUTHORIZED_KEY: { reason: 'OTHER', retryLater: true },
  INCORRECT_BASIC_AUTH_FORMAT: { reason: 'OTHER', retryLater: true },
};

/** Of any operation: who asks is not known, or what is asked cannot be read. Nothing was done. */
const REFUSED_AT_THE_DOOR: readonly string[] = [
  'UNAUTHORIZED_KEY',
  'INVALID_API_KEY',
  'INCORRECT_BASIC_AUTH_FORMAT',
  'NOT_FOUND_MERCHANT',
  'FORBIDDEN_REQUEST',
  'INVALID_REQUEST',
  'INVALID_IDEMPOTENCY_KEY',
];

/** A billing key that is gone already. */
export const TOSS_REVOKED = 'ALREADY_REMOVED_BILLING_KEY';
/** Codes that say for certain that a billing key was not removed. */
export const TOSS_REVOKE_REFUSALS: ReadonlySet<string> = new Set([
  ...REFUSED_AT_THE_DOOR,
  'NOT_FOUND_BILLING',
  'INVALID_BILL_KEY_REQUEST',
]);

/** Codes that say for certain that no virtual account was issued. */
export const TOSS_ACCOUNT_REFUSALS: ReadonlySet<string> = new Set([
  ...REFUSED_AT_THE_DOOR,
  'INVALID_ORDER_ID',
  'INVALID_ORDER_NAME',
  'INVALID_BANK',
  'BELOW_MINIMUM_AMOUNT',
  'EXCEED_MAX_AMOUNT',
  'EXCEED_MAX_DUE_DATE',
  'EXCEED_MAX_VALID_HOURS',
  'NOT_AVAILABLE_BANK',
  'NOT_SUPPORTED_METHOD',
  'MAINTAINED_METHOD',
]);

/**
 * Codes that say for certain that no cash receipt was issued. DUPLICATED_CASH_RECEIPT is not among them: the one that
 * is there may be ours.
 */
export const TOSS_RECEIPT_REFUSALS: ReadonlySet<string> = new Set([
  ...REFUSED_AT_THE_DOOR,
  'INVALID_ORDER_ID',
  'INVALID_ORDER_NAME',
  'NOT_REGISTERED_BUSINESS',
]);

/** Codes that say for certain that a cancel took nothing from a cash receipt. */
export const TOSS_RECEIPT_CANCEL_REFUSALS: ReadonlySet<string> = new Set([
  ...REFUSED_AT_THE_DOOR,
  'NOT_FOUND',
  'ALREADY_CANCELED_PAYMENT',
  'NOT_CANCELABLE_AMOUNT',
  'NOT_CANCELABLE_PAYMENT',
]);

/** Codes by which a list is refused. */
export const TOSS_LIST_REFUSALS: ReadonlySet<string> = new Set(REFUSED_AT_THE_DOOR);

/** TossPayments issuer codes ("기관 코드") in our names; the code itself stands for one that is not listed. */
export const TOSS_ISSUERS: Readonly<Record<string, string>> = {
  '31': 'BC',
  '3K': 'IBK_BC',
  '11': 'KB',
  '21': 'HANA',
  '51': 'SAMSUNG',
  '41': 'SHINHAN',
  '61': 'HYUNDAI',
  '71': 'LOTTE',
  '91': 'NH',
  W1: 'WOORI',
  '33': 'WOORI_BC',
  '36': 'CITI',
  '34': 'SUHYUP',
  '62': 'SHINHYUP',
  '46': 'GWANGJU',
  '35': 'JEONBUK',
  '42': 'JEJU',
  '30': 'KDB',
  '37': 'POST',
  '38': 'MG',
  '39': 'SAVINGS_BANK',
  '15': 'KAKAO_BANK',
  '3A': 'K_BANK',
  '24': 'TOSS_BANK',
  '4V': 'VISA',
  '4M': 'MASTERCARD',
  '4J': 'JCB',
  '7A': 'AMEX',
  '6D': 'DINERS',
  '3C': 'UNIONPAY',
};
