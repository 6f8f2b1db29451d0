import { maskCardNumber, maskPhone } from '../masking/masking';
import { isBusinessNumber } from '../numbers/business-number';
import { passesLuhn } from '../numbers/luhn';

/** 소득공제, 지출증빙, 자진발급. */
export const RECEIPT_PURPOSES = ['INCOME_DEDUCTION', 'EXPENSE_PROOF', 'VOLUNTARY'] as const;
export type ReceiptPurpose = (typeof RECEIPT_PURPOSES)[number];

export type ReceiptIdentifierKind = 'PHONE' | 'CARD' | 'BUSINESS_NUMBER' | 'VOLUNTARY';

/** The tax office's number for a receipt that nobody asked for (010-000-1234): no phone has it. */
export const VOLUNTARY_IDENTIFIER = '0100001234';

/** 010 has eight digits more; the older prefixes seven or eight. */
const MOBILE_PHONE = /^(010\d{8}|01[16789]\d{7,8})$/;
const CARD = /^\d{13,19}$/;
/** The tax office's own cash-receipt cards: 18 digits that begin with its telephone number. They bear no Luhn digit. */
const TAX_OFFICE_CARD = /^1544\d{14}$/;
const WRITTEN = /^\d(?:[- ]?\d){8,18}$/;

export interface ReceiptIdentifier {
  readonly kind: ReceiptIdentifierKind;
  /** Digits only. */
  readonly digits: string;
}

/**
 * What a customer gave, as far as it fits the purpose, or null: a mobile phone or a card for 소득공제, a business number
 * (with its check digit) or a card for 지출증빙, nothing or 010-000-1234 for 자진발급. Hyphens and blanks between digits
 * are taken. Resident numbers are never taken: a shop may not collect them. Pure.
 */
export function readReceiptIdentifier(purpose: ReceiptPurpose, written?: string): ReceiptIdentifier | null {
  if (purpose === 'VOLUNTARY' && written === undefined)
    return { kind: 'VOLUNTARY', digits: VOLUNTARY_IDENTIFIER };
  if (written === undefined || !WRITTEN.test(written)) return null;
  const digits = written.replace(/[- ]/g, '');
  if (purpose === 'VOLUNTARY') return digits === VOLUNTARY_IDENTIFIER ? { kind: 'VOLUNTARY', digits } : null;
  if (purpose === 'INCOME_DEDUCTION' && MOBILE_PHONE.test(digits)) return { kind: 'PHONE', digits };
  if (purpose === 'EXPENSE_PROOF' && isBusinessNumber(digits)) return { kind: 'BUSINESS_NUMBER', digits };
  return isReceiptCard(digits) ? { kind: 'CARD', digits } : null;
}

function isReceiptCard(digits: string): boolean {
  return CARD.test(digits) && (TAX_OFFICE_CARD.test(digits) || passesLuhn(digits));
}

/** What may be shown and kept in clear. */
export function maskReceiptIdentifier({ kind, digits }: ReceiptIdentifier): string {
  switch (kind) {
    case 'PHONE':
      return maskPhone(digits);
    case 'CARD':
      return maskCardNumber(digits);
    case 'BUSINESS_NUMBER':
      return `${digits.slice(0, 3)}*****${digits.slice(-2)}`;
    case 'VOLUNTARY':
      return VOLUNTARY_IDENTIFIER;
  }
}
