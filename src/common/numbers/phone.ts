/** A Korean mobile number, with or without hyphens. */
export const MOBILE_PHONE = /^01[016789]-?\d{3,4}-?\d{4}$/;

/** Any Korean telephone number, with or without hyphens. */
export const TELEPHONE = /^0\d{1,3}-?\d{3,4}-?\d{4}$|^1\d{3}-?\d{4}$/;

/** Digits only: the one form of a number. */
export function canonicalPhone(phone: string): string {
  return phone.replace(/\D/g, '');
}
