const place = (rowId: string, mid: string) => ({ table: 'sms_payments', column: 'phone_sealed', rowId, mid });

/** Where a payer's sealed number lives. */
export const phoneContext = place;

/** Digits only: the one form of a number. */
export function canonicalPhone(phone: string): string {
  return phone.replace(/\D/g, '');
}
